"""Exercise 5: say what a value that is chosen has to do with votes, and four systems that you have not seen do not keep it."""

from __future__ import annotations

from concordant.checks.lessons.one_round.vote import History, Votes
from concordant.spec.vocabulary import Cases, Seen, always, case


@always()
def what_is_chosen_has_a_majority(seen: Seen[History]) -> Cases:
    """For a value that is chosen most acceptors have voted."""
    votes = seen.views(Votes).values()
    for value in sorted(seen.history.chosen):
        yield case(len(votes) == 3, value=value)  # say it here
