"""Traces in text: move by move with what changed, and as a diagram with a lane per process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concordant.checks.exploration.report import Frame, Verdict
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import effect_texts, move_text
from concordant.refimpl.machine import Ask, Cancel, Crash, Fire, Forge, Lose, Move, Receive, Recover, Suspect
from concordant.spec.vocabulary import Address, Clause


def trace_lines(trace: tuple[Frame, ...]) -> Iterator[str]:
    """Show each move: who did what, what it sent, answered or announced, and only the fields that changed."""
    for number, frame in enumerate(trace, start=1):
        yield f"{number:>3}  {move_text(frame.move)}"
        for effect in effect_texts(frame.happened):
            yield f"       {effect}"
        for change in frame.changes:
            where = f"{change.who}.{change.field}" if change.field else f"{change.who}"
            yield f"       {where}: {text(change.before)} → {text(change.after)}"


def pictured(verdict: Verdict) -> Iterator[str]:
    """Show a trace as a diagram, then move by move, then the clause with its witness."""
    if verdict.trace:
        yield from diagram_lines(verdict.trace)
        yield ""
        yield from trace_lines(verdict.trace)
        yield ""
    if verdict.cycle is not None:
        yield lasso_line(verdict.cycle, len(verdict.trace or ()))
        yield ""
    yield from witness_lines(verdict.clause, verdict.facts)


def lasso_line(cycle: int, length: int) -> str:
    """Say what is repeated for ever.

    >>> lasso_line(0, 3), lasso_line(2, 5)
    ('so it stays for ever: nothing more is owed', 'moves 4 to 5 are repeated for ever, and leave nothing undone that is owed')
    """
    if cycle == 0:
        return "so it stays for ever: nothing more is owed"
    moves = f"move {length} is" if cycle == 1 else f"moves {length - cycle + 1} to {length} are"
    return f"{moves} repeated for ever, and leave{'s' if cycle == 1 else ''} nothing undone that is owed"


def witness_lines(clause: Clause, facts: Mapping[str, object]) -> Iterator[str]:
    """Show the clause, its sentence, and the facts of the case that tells."""
    yield f"{clause.id}: {clause.sentence}"
    for name, value in facts.items():
        yield f"       {name.replace('_', ' ')}: {text(value)}"


def diagram_lines(trace: tuple[Frame, ...]) -> Iterator[str]:
    """Draw a trace: a lane per participant, time downwards, an arrow for each delivery, request and answer.

    `●` something inside, `✗` a crash or a loss, `↑` a recovery.
    """
    lanes = _lanes(trace)
    width = max(len(str(lane)) for lane in lanes) + 2
    yield "     " + "".join(f"{lane!s:^{width}}" for lane in lanes).rstrip()
    for number, frame in enumerate(trace, start=1):
        start, end, mark, label = _arrow(frame.move)
        yield f"{number:>3}  {_row(lanes, width, start, end, mark)}  {label}"


def _lanes(trace: tuple[Frame, ...]) -> list[Address]:
    found: dict[Address, None] = {}
    for frame in trace:
        start, end, _, _ = _arrow(frame.move)
        found[start] = found[end] = None
    order = {role: place for place, role in enumerate(dict.fromkeys(address.role for address in found))}
    return sorted(found, key=lambda address: (order[address.role], address.number))


def _arrow(move: Move) -> tuple[Address, Address, str, str]:
    """Return from whom, to whom, the mark at the end, and the label."""
    match move:
        case Receive(at, source, message):
            return source, at, "▶", text(message)
        case Ask(at, user, request):
            return user, at, "▶", text(request)
        case Cancel(at, user):
            return user, at, "▶", "cancel"
        case Forge(at, by, message):
            return by, at, "▶", f"forged {text(message)}"
        case Lose(source, to, message):
            return source, to, "✗", f"lost {text(message)}"
        case Fire(at, trigger):
            return at, at, "●", text(trigger)
        case Suspect(at, peer):
            return at, at, "●", f"suspects {peer}"
        case Recover(at):
            return at, at, "↑", "recovers"
        case Crash(at):
            return at, at, "✗", move_text(move).partition(";")[0]


def _row(lanes: list[Address], width: int, start: Address, end: Address, mark: str) -> str:
    centre = {lane: place * width + (width - 1) // 2 for place, lane in enumerate(lanes)}
    cells = [" "] * (width * len(lanes))
    for place in centre.values():
        cells[place] = "│"
    a, b = centre[start], centre[end]
    if a != b:
        for place in range(min(a, b) + 1, max(a, b)):
            cells[place] = "┼" if cells[place] == "│" else "─"
        cells[a] = "├" if a < b else "┤"
    cells[b] = {"▶": "▶" if a < b else "◀"}.get(mark, mark)
    return "".join(cells)
