"""What is said beside a picture, by every reporter: where a mistake acts, what is repeated for ever, what a lie gains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concordant.checks.pictures.layout import Diagram, Mark
from concordant.checks.refuting.repaired import Departure
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import effect_texts

LIE = {"agent", "lie", "honest", "lying", "gains", "would_gain"}
"""The facts of `truthful`, which make a table."""


def legend(picture: Diagram, *, acts: bool = False) -> Iterator[str]:
    """Explain each sign that a drawn diagram has. `acts`: whether it marks where a mistake acts."""

    def has(mark: Mark, *, sent: bool | None = None, again: bool = False) -> bool:
        return any(row.mark is mark and row.again == again and sent in (None, row.sent is not None) for row in picture.rows)

    signs = (
        ("━▶ asked from outside", has(Mark.ARRIVES, sent=False)),
        ("─▶ a message, from its sending to its receipt", has(Mark.ARRIVES, sent=True)),
        ("╌▶ received once more", has(Mark.ARRIVES, again=True)),
        ("╌✗ lost", any(row.mark is Mark.LOST for row in picture.rows)),
        ("┈○ in flight at the end", any(each.sent and {each.source, each.to} <= {*picture.lanes} for each in picture.left)),
        ("● a step of its own", has(Mark.INSIDE)),
        ("✗ a crash, and dots while it is down", has(Mark.DOWN)),
        ("▲ a recovery", has(Mark.UP)),
        ("◆ here the mistake acts", acts),
    )
    return (words for words, there in signs if there)


def departure_lines(departs: Departure, *, crash: bool) -> Iterator[str]:
    """Say what the process without the mistake does at the same input."""
    if departs.state is None:
        yield "◆ here the mistake acts: the right process takes no notice of this"
        return
    effects = effect_texts(departs.happened)
    if crash:
        yield f"◆ here the mistake acts: a crash of the right process leaves {text(departs.state)}"
        return
    yield f"◆ here the mistake acts: the right process {effects[0] if effects else 'sends and says nothing'}"
    yield from (f"    and {effect}" for effect in effects[1:])
    yield f"    and is then {text(departs.state)}"


def lasso_line(cycle: int, length: int) -> str:
    """Say what is repeated for ever.

    >>> lasso_line(0, 3), lasso_line(2, 5)
    ('so it stays for ever: nothing more is owed', 'moves 4 to 5 are repeated for ever, and leave nothing undone that is owed')
    """
    if cycle == 0:
        return "so it stays for ever: nothing more is owed"
    moves = f"move {length} is" if cycle == 1 else f"moves {length - cycle + 1} to {length} are"
    return f"{moves} repeated for ever, and leave{'s' if cycle == 1 else ''} nothing undone that is owed"


def lie_rows(facts: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    """Return the table of honesty beside the lie, headings first; nothing where the facts are not those of a lie."""
    if not facts.keys() >= LIE:
        return ()
    return (
        ("", "profile", "outcome", f"utility of {facts['agent']}"),
        ("honest", *(text(facts[name]) for name in ("profile", "honest", "gains"))),
        ("lying", *(text(facts[name]) for name in ("lie", "lying", "would_gain"))),
    )
