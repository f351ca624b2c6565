"""Is a declared symmetry true? Every row, fold and clause that a run used is repeated under every exchange of two blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.parts import Happening, Parts, Row
from concordant.checks.semantics.renaming import Renamer, Renaming
from concordant.checks.semantics.seen import Memo, Snapshot
from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Handled
from concordant.spec.vocabulary import Always, AlwaysEach, AtRest, Case, Clause, EveryStep, OnEvent, Send, Sometimes


class UntrueSymmetry(Exception):  # noqa: N818  # it says what is untrue
    """Processes that were declared interchangeable are not; the text names the row, fold or clause that tells them apart."""


def check_symmetry(symmetry: Symmetry, clauses: Iterable[Clause], memos: dict[str, Memo[Any]], asked: Iterable[Memo[bool]]) -> None:
    """Raise UntrueSymmetry at the first thing of the run that tells two interchangeable blocks apart.

    `memos`: of clauses about states, by id; `asked`: of assumptions and bounds. Both tell in which states they were run.
    """
    for names in symmetry.transpositions():
        for difference in _differences(symmetry, names, tuple(clauses), memos, tuple(asked)):
            exchanged = " and ".join(str(old) for old, new in names if old < new)
            others = " and ".join(str(new) for old, new in names if old < new)
            raise UntrueSymmetry(
                f"{exchanged} and {others} are not interchangeable, though the system declares them symmetric\n  {difference}"
            )


def _differences(
    symmetry: Symmetry, names: Renaming, clauses: tuple[Clause, ...], memos: dict[str, Memo[Any]], asked: tuple[Memo[bool], ...]
) -> Iterator[str]:
    parts, renamer = symmetry.parts, symmetry.renamer
    yield from _users_differ(parts, renamer, names)
    reordered: dict[int, set[tuple[Happening, ...]]] = {}
    for (process, local, move), row in parts.rows():
        yield from _row_differs(parts, renamer, names, process, local, move, row, reordered)
    yield from _folds_differ(parts, renamer, names, reordered)
    yield from _processes_differ(parts, renamer, names)
    for clause in clauses:
        yield from _clause_differs(parts, renamer, names, clause, memos.get(clause.id))
    for memo in asked:
        for state, given in memo.ran():
            other = memo.function(Snapshot(parts, renamer.state(state, names)), *renamer.value(given, names))
            if other != memo.function(Snapshot(parts, state), *given):
                yield f"an assumption or bound of the system tells them apart, of {' '.join(map(text, given)) or 'a state'}"


def _users_differ(parts: Parts, renamer: Renamer, names: Renaming) -> Iterator[str]:
    users = {user.name: user for user in parts.users}
    for user in parts.users:
        other = users[renamer.value(user.name, names)]
        renamed = renamer.value(user.at, names)
        if set(renamed) != set(other.at):
            yield f"{other.name} asks {text(other.at)}, and would ask {text(renamed)}; exchange users with the processes that they ask"
        if (renamer.value(user.script, names), user.outstanding, user.repeat) != (other.script, other.outstanding, other.repeat):
            yield f"{user.name} and {other.name} have different scripts"


def _row_differs(
    parts: Parts,
    renamer: Renamer,
    names: Renaming,
    process: int,
    local: int,
    move: Handled,
    row: Row | None,
    reordered: dict[int, set[tuple[Happening, ...]]],
) -> Iterator[str]:
    other = parts.row(renamer.process(process, names), renamer.local(process, local, names), renamer.value(move, names))
    where = f"{move_text(move)}, in state {text(parts.locals[process][local].state)}"
    if row is None or other is None:
        if row is not other:
            yield f"{where}: one takes notice, the other does not"
        return
    if renamer.local(process, row.local, names) != other.local:
        renamed = parts.locals[renamer.process(process, names)]
        yield f"{where}: leads to {text(renamed[renamer.local(process, row.local, names)].state)} renamed, but to {text(renamed[other.local].state)} there"
    expected = renamer.happenings(row.happenings, names)
    if Counter(expected) != Counter(other.happenings):
        yield f"{where}: effects {text(tuple(each.what for each in expected))} renamed, but {text(tuple(each.what for each in other.happenings))} there"
    if (
        parts.system.faults.mid_step
        and parts.addresses[process] in parts.system.faults.who
        and _sends(expected) != _sends(other.happenings)
    ):
        yield f"{where}: sends in another order, which a crash in the middle of the step tells apart"
    if expected != other.happenings:
        reordered.setdefault(parts.happened.id(row.happenings), set()).add(other.happenings)


def _sends(happenings: tuple[Happening, ...]) -> tuple[Send, ...]:
    return tuple(happening.what for happening in happenings if isinstance(happening.what, Send))


def _folds_differ(parts: Parts, renamer: Renamer, names: Renaming, reordered: dict[int, set[tuple[Happening, ...]]]) -> Iterator[str]:
    for (history, happened), folded in parts.folds():
        orders = {renamer.happenings(parts.happened[happened], names), *reordered.get(happened, ())}
        expected = renamer.history(folded, names)
        for order in orders:
            if parts.fold(renamer.history(history, names), parts.happened.id(order)) != expected:
                yield f"the history tells them apart, after {text(tuple(each.what for each in order))}: {text(parts.histories[history])}"


def _processes_differ(parts: Parts, renamer: Renamer, names: Renaming) -> Iterator[str]:
    for process, table in enumerate(parts.locals):
        other = renamer.process(process, names)
        for local in range(len(table)):
            renamed = renamer.local(process, local, names)
            state = text(table[local].state)
            if Counter(renamer.value(parts.armed(process, local), names)) != Counter(parts.armed(other, renamed)):
                yield f"{parts.addresses[process]} arms other triggers than {parts.addresses[other]}, in state {state}"
            if renamer.value(parts.views[parts.view(process, local)], names) != parts.views[parts.view(other, renamed)]:
                yield f"{parts.addresses[process]} shows another view than {parts.addresses[other]}, in state {state}"
            if table[local].up and parts.addresses[process] in parts.system.faults.who:
                left = {renamer.local(process, survivor, names) for survivor in parts.survivors(process, local)}
                if left != set(parts.survivors(other, renamed)):
                    yield f"a crash leaves {parts.addresses[process]} with another state than {parts.addresses[other]}, in state {state}"
    who = set(parts.system.faults.who)
    if set(renamer.value(tuple(who), names)) != who:
        yield "one may crash and the other may not"
    for history in range(len(parts.histories)):
        if Counter(renamer.value(parts.forgeries(history), names)) != Counter(parts.forgeries(renamer.history(history, names))):
            yield f"what may be forged tells them apart, after {text(parts.histories[history])}"


def _clause_differs(parts: Parts, renamer: Renamer, names: Renaming, clause: Clause, memo: Memo[Any] | None) -> Iterator[str]:
    match clause:
        case Always() | Sometimes() | AtRest() if memo is not None:
            for state, _ in memo.ran():
                here = clause.cases(Snapshot(parts, state))
                if _outcomes(here) != _outcomes(clause.cases(Snapshot(parts, renamer.state(state, names)))):
                    yield f"clause {clause.id} tells them apart, in a state with history {text(parts.histories[state.history])}"
        case AlwaysEach(view=view, cases=cases):
            for process in parts.seeing(view):
                for local in range(len(parts.locals[process])):
                    shown: Any = parts.views[parts.view(process, local)]
                    for history in parts.histories.values[:64]:
                        renamed = cases(
                            renamer.value(shown, names), renamer.value(parts.addresses[process], names), renamer.value(history, names)
                        )
                        if _outcomes(cases(shown, parts.addresses[process], history)) != _outcomes(renamed):
                            yield f"clause {clause.id} tells them apart, of {text(shown)}"
        case EveryStep(view=view, cases=cases):
            for (process, local, _), row in parts.rows():
                if row is not None and process in parts.seeing(view):
                    pair: tuple[Any, Any] = (parts.views[parts.view(process, local)], parts.views[parts.view(process, row.local)])
                    if _outcomes(cases(*pair)) != _outcomes(cases(*renamer.value(pair, names))):
                        yield f"clause {clause.id} tells them apart, of {text(pair[0])} and then {text(pair[1])}"
        case OnEvent(event=event, cases=cases):
            for (history, happened), _ in parts.folds():
                past = parts.histories[history]
                for at, by, what in parts.happened[happened]:
                    if isinstance(what, event):
                        renamed = cases(renamer.value(past, names), renamer.value(by, names), renamer.value(what, names))
                        if _outcomes(cases(past, by, what)) != _outcomes(renamed):
                            yield f"clause {clause.id} tells them apart, of {text(what)}"
                    past = parts.after(past, at, by, what)
        case _:
            pass


def _outcomes(cases: Iterable[Case]) -> Counter[bool]:
    return Counter(case.holds for case in cases)
