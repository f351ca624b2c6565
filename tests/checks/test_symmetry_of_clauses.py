"""A declared symmetry that is untrue of a history or an assumption is found out, and what tells processes apart is named; a clause may tell them apart."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.refimpl.machine import Move, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Always,
    Announce,
    Cases,
    Crashed,
    Fault,
    Faults,
    NoHistory,
    Reply,
    Seen,
    Send,
    Unheard,
    addresses,
    always,
    always_each,
    at_rest,
    case,
    every_step,
    on_event,
    sometimes,
)
from tests.checks.toys import Counter as ToThree
from tests.checks.toys import Do, Done, Ends, Goes, Kept, Late, Later, Log, Note, Noticed, Toy

SYMMETRY = Reductions(symmetry=True)
C0, C1, C2 = addresses("counter", 3)
U0, U1 = addresses("user", 2)
TELLER = Address("teller")


@frozen
class Counting(Toy):
    """Counts the requests of its user."""

    def request(self, state: Kept, client: Address, request: Any) -> Step[Kept]:
        return step(state.plus(request.number), Reply(client, Done(request.number)))


def counters(counter: type[Toy] = Counting, **other: Any) -> System[Any]:
    """Two counters and their users, declared interchangeable."""
    users = (User(U0, (C0,), ((Do(1),),)), User(U1, (C1,), ((Do(1),),)))
    parts: dict[str, Any] = {"history": NoHistory(), "promises": (), "symmetric": (((C0, U0), (C1, U1)),), **other}
    return System({C0: counter(), C1: counter()}, users=users, **parts)


def asymmetry(system: System[Any]) -> str:
    """Return what is said to tell processes apart."""
    with pytest.raises(UntrueSymmetry) as caught:
        explore(system, reductions=SYMMETRY)
    return str(caught.value)


class Broadcaster(Toy):
    """Tells both counters, in the order of their names."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else (Goes(),)

    def fire(self, state: Kept, trigger: object) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1), Send(C0, Note(1)), Send(C1, Note(1)))


# ---- histories


@frozen
class Favourite:
    """Remembers one kind of happening, and only at the first counter."""

    kind: type
    number: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Favourite:  # noqa: ARG002
        return evolve(self, number=1) if isinstance(happening, self.kind) and at == C0 else self


@frozen
class First:
    """Remembers who was told first."""

    told: Address | None = None

    def after(self, at: Address, by: Address, happening: object) -> First:  # noqa: ARG002
        return First(happening.to) if isinstance(happening, Send) and self.told is None else self


@frozen
class Cut:
    """Remembers whether the first counter crashed after one send of two."""

    sends: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Cut:  # noqa: ARG002
        match happening:
            case Send():
                return Cut(self.sends + 1)
            case Crashed():
                return Cut(9 if self.sends == 1 and at == C0 else 0)
            case _:
                return self


class Twice(Toy):
    """Sends two notes once."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return () if state.notes else (Goes(),)

    def fire(self, state: Kept, trigger: object) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1), Send(TELLER, Note(1)), Send(TELLER, Note(2)))


class Insisting(Late):
    """Announces each of its answers, of which the second comes unasked."""

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return super().fire(state, trigger).then(lambda after: step(after, Announce(Noticed(1))))


CRASHES = Faults(crashes=1, who=(C0, C1))
PAIR: dict[str, Any] = {"promises": (), "symmetric": (((C0,), (C1,)),)}


@pytest.mark.parametrize(
    "system",
    [
        counters(history=Favourite(Reply)),
        counters(history=Favourite(Crashed), faults=CRASHES),
        evolve(counters(history=Favourite(Unheard)), processes={C0: Insisting(U0, 2), C1: Insisting(U1, 2)}),
        System({TELLER: Broadcaster(), C0: Toy(), C1: Toy()}, First(), **PAIR),
        System({C0: Twice(), C1: Twice(), TELLER: Toy()}, Cut(), faults=evolve(CRASHES, mid_step=True), **PAIR),
    ],
    ids=["reply", "crash", "unheard", "order", "cut"],
)
def test_a_history_that_tells_processes_apart_is_reported(system: System[Any]) -> None:
    assert "tells them apart after" in asymmetry(system)


# ---- clauses, assumptions and bounds


@always()
def the_first_is_not_behind(seen: Seen[Any]) -> Cases:
    """The first counter is never behind the second."""
    yield case(len(seen.views(Kept)[C0].notes) >= len(seen.views(Kept)[C1].notes))


@sometimes
def the_first_counts(seen: Seen[Any]) -> Cases:
    """The first counter counts."""
    yield case(bool(seen.views(Kept)[C0].notes))


@at_rest()
def the_first_has_counted(seen: Seen[Any]) -> Cases:
    """There is a case only for the first counter, though it holds."""
    yield from (case(True) for address in seen.views(Kept) if address == C0 and seen.history.lines[0][0] == C0)


@always_each(Kept)
def the_second_ends_last(view: Kept, who: Address, history: Log) -> Cases:
    """The second counter is not ready once everything is."""
    yield case(len(history.lines) < 6 or len(view.notes) < 3 or who != C1 or history.lines[-1][0] == C1)


@on_event(Noticed)
def the_first_begins(history: Log, by: Address, event: Noticed) -> Cases:
    """The first counter begins."""
    yield case(bool(history.lines) or by == C0, number=event.number)


@pytest.mark.parametrize(
    "clause", [the_first_is_not_behind, the_first_counts, the_first_has_counted, the_second_ends_last, the_first_begins]
)
def test_a_clause_that_tells_processes_apart_is_judged_as_in_the_whole_search(clause: Always[Any]) -> None:
    system = System({C0: ToThree(), C1: ToThree()}, Log(), **{**PAIR, "promises": (clause,)})

    whole, reduced = (explore(system, reductions=reductions).verdicts[0] for reductions in (None, SYMMETRY))

    assert (reduced.status, reduced.length) == (whole.status, whole.length)


@frozen
class Named:
    who: Address
    lost: bool = False


@frozen
class Losing(Process[Named]):
    """A crash takes something from it."""

    me: Address

    def start(self) -> Step[Named]:
        return step(Named(self.me))

    def survives(self, state: Named) -> tuple[Named, ...]:
        return (evolve(state, lost=True),)

    def view(self, state: Named) -> Named:
        return state


@every_step(Named, under=Fault.CRASH)
def the_first_loses_nothing(before: Named, after: Named) -> Cases:
    """The first loses nothing."""
    yield case(before.who != C0 or not after.lost)


def test_a_clause_that_tells_the_crash_of_one_apart_is_shown_by_the_crash_of_that_one() -> None:
    system = System({C0: Losing(C0), C1: Losing(C1)}, NoHistory(), faults=CRASHES, **{**PAIR, "promises": (the_first_loses_nothing,)})

    verdict = explore(system, reductions=SYMMETRY).verdicts[0]

    assert (verdict.status, [frame.move.at for frame in verdict.trace or ()]) == (Status.VIOLATED, [C0])  # type: ignore[union-attr]


@always_each(Kept)
def its_own_lines_are_there(view: Kept, who: Address, history: Log) -> Cases:
    """Every number of a counter stands in the history; the clause fails on a history that cannot come with the view."""
    if view.notes:
        yield case([line for line in history.lines if line[0] == who][len(view.notes) - 1][1] == who)


def test_a_clause_is_asked_only_about_what_occurs_together() -> None:
    system = System({C0: ToThree(), C1: ToThree()}, Log(), **{**PAIR, "promises": (its_own_lines_are_there,)})

    assert explore(system, reductions=SYMMETRY).verdicts[0].status is Status.HOLDS


def not_the_second(move: Move, seen: Seen[Any]) -> bool:  # noqa: ARG001
    """Assume that nobody asks the second counter."""
    return getattr(move, "at", None) != C1


def the_first_only(seen: Seen[Any]) -> bool:
    """Bound the second counter."""
    return not seen.views(Kept)[C1].notes


@pytest.mark.parametrize("scope", [{"assume": (not_the_second,)}, {"within": (the_first_only,)}], ids=["assume", "within"])
def test_an_assumption_or_bound_that_tells_processes_apart_is_reported(scope: dict[str, Any]) -> None:
    assert "an assumption or bound of the system: tells them apart, of " in asymmetry(counters(**scope))
