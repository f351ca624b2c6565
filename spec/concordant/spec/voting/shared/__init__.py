"""What several stems of this group share: profiles, outcomes and axioms."""
