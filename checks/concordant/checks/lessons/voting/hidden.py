"""What the lesson's exercises are graded with: a rule that elects whoever beats all others, and four that do not."""

from __future__ import annotations

from concordant.checks import Grid
from concordant.checks.lessons.voting.election import CANDIDATES, Ballots, beats, borda, grid
from concordant.checks.lessons.voting.solved.clause import who_beats_all_others_is_elected
from concordant.checks.lessons.voting.solved.repair import my_rule
from concordant.spec.vocabulary import RuleClause

__all__ = ["right", "who_beats_all_others_is_elected", "wrong"]


def plurality(ballots: Ballots) -> str:
    """Elect whom most put first."""
    return max(CANDIDATES, key=lambda candidate: sum(ranking[0] == candidate for ranking in ballots.by.values()))


def veto(ballots: Ballots) -> str:
    """Elect whom fewest put last."""
    return min(CANDIDATES, key=lambda candidate: sum(ranking[-1] == candidate for ranking in ballots.by.values()))


def in_turn(ballots: Ballots) -> str:
    """Let x and y compete, and then the loser against z: the wrong one goes on."""
    loser = "y" if beats(ballots, "x", "y") else "x"
    return loser if beats(ballots, loser, "z") else "z"


def right(clause: RuleClause) -> tuple[Grid, ...]:
    """Return Black's rule, which promises a clause."""
    return (grid(my_rule, clause),)


def wrong(clause: RuleClause) -> dict[str, Grid]:
    """Return the wrong rules by what they do."""
    return {
        "elects whom most put first": grid(plurality, clause),
        "elects whom fewest put last": grid(veto, clause),
        "adds up places": grid(borda, clause),
        "lets the loser go on": grid(in_turn, clause),
    }
