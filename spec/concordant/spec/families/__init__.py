"""What several protocols of one family share: their profiles, outcomes and axioms, tried on all of them."""
