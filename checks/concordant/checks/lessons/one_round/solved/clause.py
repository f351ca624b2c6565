"""Exercise 5, done: two of three acceptors show the value."""

from __future__ import annotations

from concordant.checks.lessons.one_round.vote import History, Votes
from concordant.spec.vocabulary import Cases, Seen, always, case


@always()
def what_is_chosen_has_a_majority(seen: Seen[History]) -> Cases:
    """For a value that is chosen most acceptors have voted."""
    votes = seen.views(Votes).values()
    for value in sorted(seen.history.chosen):
        voters = [vote for vote in votes if vote.value == value]
        yield case(len(voters) > len(votes) // 2, value=value, votes=len(voters))
