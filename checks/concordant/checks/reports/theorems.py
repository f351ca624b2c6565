"""How theorems are printed, and what exit code they give."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from concordant.checks.reports.counterexamples import counted
from concordant.checks.run import OK, UNDECIDED, VIOLATED
from concordant.proofs.kernel.theorems import Outcome, Standing, Theorem

STYLES = {Standing.PROVED: "green", Standing.SHOWN: "green", Standing.FAILED: "bold red", Standing.UNKNOWN: "yellow"}


def print_theorem(console: Console, theorem: Theorem, outcome: Outcome) -> None:
    """Print a theorem: how it stands, its claim and its quantifiers, and what was counted."""
    head = Text.assemble((theorem.id, "bold"), "  ", (outcome.standing.value, STYLES[outcome.standing]), f"  {outcome.seconds:.2f} s")
    console.print(head, soft_wrap=True)
    console.print(Text(f"  {theorem.claim}  [{theorem.quantifiers}]"), soft_wrap=True)
    if outcome.detail:
        console.print(Text(f"  {outcome.detail}", "dim" if outcome.good else "red"), soft_wrap=True)


def print_theorems_total(console: Console, outcomes: Iterable[Outcome]) -> None:
    """Print one line on all theorems."""
    outcomes = tuple(outcomes)
    counts = {standing: sum(outcome.standing is standing for outcome in outcomes) for standing in Standing}
    words = ", ".join(f"{count} {standing.value}" for standing, count in counts.items() if count)
    console.print(f"{counted(len(outcomes), 'theorem')}: {words}; {sum(outcome.seconds for outcome in outcomes):.1f} s", style="bold")


def standing_code(outcomes: Iterable[Outcome]) -> int:
    """Return 0 where every theorem stands as it claims, 1 where one failed, 3 where one is unknown."""
    found = {outcome.standing for outcome in outcomes}
    if Standing.FAILED in found:
        return VIOLATED
    return UNDECIDED if Standing.UNKNOWN in found else OK
