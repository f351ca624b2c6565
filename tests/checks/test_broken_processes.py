"""What a process arms, shows, leaves behind and comes back with is checked like its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.checks.semantics.rows import BrokenSystem
from concordant.refimpl.machine import AnyProcess, Byzantine, Move, Step, System, machines_in, step
from concordant.spec.vocabulary import Address, Announce, Cases, Faults, NoHistory, Seen, Send, always, case
from tests.checks.toys import A, B, Ends, Goes, Kept, Later, Note, Teller, Toy
from tests.checks.walks import broken, seen
from tests.oracles.two_phase import Manager, Prepare

# ---- triggers


@frozen
class Arms(Toy):
    """Arms whatever it is given, and fires nothing."""

    triggers: Callable[[], Any]

    def armed(self, state: Kept) -> tuple[Any, ...]:  # noqa: ARG002
        armed: tuple[Any, ...] = self.triggers()
        return armed


@pytest.mark.parametrize(
    ("triggers", "said"),
    [
        (lambda: [Later()], "a0: armed(state) returned [Later(number=0)]; return a tuple of triggers"),
        (lambda: ("later",), "a0: trigger 'later' must derive from Deadline, Completion or Internal"),
        (lambda: (Later(), Later()), "a0: armed(state) lists a trigger twice: (Later(0), Later(0)); one value per choice"),
        (
            lambda: (Prepare(),),
            "a0: Prepare() is of class tests.oracles.two_phase.Prepare; declare what leaves the process in the spec of its stem",
        ),
        (lambda: (Later([]),), "a0: [] of class list may not be in a state, message or event; use a tuple"),  # type: ignore[arg-type]  # the mistake
    ],
)
def test_what_is_armed_is_a_tuple_of_distinct_triggers(triggers: Callable[[], Any], said: str) -> None:
    assert broken(Arms(triggers)) == f"{said}\n  input: armed(state)\n  state: Kept(())"


def test_a_process_that_arms_what_it_does_not_fire_is_broken() -> None:
    assert broken(Arms(lambda: (Later(),))) == (
        "a0: the handler raised NotImplementedError: Arms arms Later(number=0) but defines no fire(state, trigger)\n"
        "  input: Fire(a0, Later(0))\n"
        "  state: Kept(())"
    )


def test_a_trigger_that_fires_always_has_an_effect() -> None:
    class Mute(Arms):
        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
            return None  # type: ignore[return-value]  # the mistake

    assert broken(Mute(lambda: (Later(),))).startswith(
        "a0: the handler returned None, though this input always has an effect; return step(state, *effects)\n"
    )


# ---- what is said


@frozen
class Runs(Toy):
    """Says what the machine that it runs may say, if it runs one."""

    machine: AnyProcess | None

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002
        return step(state, Announce(Prepare()))


def test_a_process_may_say_what_a_machine_may_that_it_holds_and_nothing_else_of_other_stems() -> None:
    held = Runs(Runs(Manager()))

    assert machines_in(held) == (held, Runs(Manager()), Manager())
    assert explore(System({A: held, B: Teller(A, (7,))}, NoHistory(), ())).complete
    assert "declare what leaves the process in the spec of its stem" in broken(Runs(None))


# ---- views, survivors, recoveries


def test_a_view_of_another_class_than_annotated_is_broken() -> None:
    class Strange(Toy):
        def view(self, state: Kept) -> Kept:
            return state.notes  # type: ignore[return-value]  # the mistake

    shown = seen(System({A: Strange()}, NoHistory(), ()))

    with pytest.raises(BrokenProcess) as found:
        shown.views(Kept)

    assert str(found.value) == "a0: view(state) returned (), but is annotated to return Kept\n  input: view(state)\n  state: Kept(())"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ((), "a0: survives(state) leaves nothing: list at least one state, such as the start state"),
        (([1],), "a0: [1] of class list may not be in a state, message or event; use a tuple"),
        (None, "a0: survives(state) returned None; return each state that a crash may leave, such as (state,)"),
    ],
)
def test_a_crash_leaves_at_least_one_legal_state(left: Any, said: str) -> None:
    class Leaves(Toy):
        def survives(self, state: Kept) -> Iterable[Kept]:  # noqa: ARG002
            survivors: Iterable[Kept] = left
            return survivors

    assert broken(Leaves(), faults=Faults(crashes=1, who=(A,))) == f"{said}\n  input: survives(state)\n  state: Kept(())"


def test_a_recovery_that_raises_is_reported_with_what_survived() -> None:
    class Stuck(Toy):
        def recover(self, state: Kept) -> Step[Kept]:
            raise LookupError(state)

    assert broken(Stuck(), faults=Faults(crashes=1, recoveries=1, who=(A,))) == (
        "a0: the handler raised LookupError: Kept(notes=())\n  input: Recover(a0)\n  state: Kept(())"
    )


# ---- classes that cannot be read


class Unannotated(Toy):
    def view(self, state: Kept):  # type: ignore[no-untyped-def]  # noqa: ANN201  # the mistake
        return state


class Vague(Toy):
    def view(self, state: Kept) -> object:  # type: ignore[override]  # the mistake
        return state


def test_a_view_is_annotated_with_one_class() -> None:
    class Local:
        pass

    class Hidden(Toy):
        def view(self, state: Kept) -> Local:  # type: ignore[override]  # noqa: ARG002  # the mistake
            return Local()

    said = "{}.view must be annotated to return one record class of its spec, not {}"

    for process, reason in (
        (Unannotated(), said.format("Unannotated", "None")),
        (Vague(), said.format("Vague", "<class 'object'>")),
        (Hidden(), "Hidden.view is annotated with Local, which its module does not define"),
    ):
        with pytest.raises(TypeError) as found:
            explore(System({A: process}, NoHistory(), ()))
        assert str(found.value) == reason


def test_a_view_is_a_value() -> None:
    class Open(Toy):
        def view(self, state: Kept) -> Kept:  # noqa: ARG002
            return Kept([1])  # type: ignore[arg-type]  # the mistake

    shown = seen(System({A: Open()}, NoHistory(), ()))

    with pytest.raises(
        BrokenProcess, match=r"^a0: \[1\] of class list may not be in a state, message or event; use a tuple\n  input: view"
    ):
        shown.views(Kept)


# ---- conditions of the system


def no_such_process(seen: Seen[NoHistory]) -> bool:
    return seen.up(Address("nobody"))


def no_such_field(move: Move, seen: Seen[NoHistory]) -> bool:  # noqa: ARG001
    return bool(move.nothing)  # type: ignore[union-attr]  # the mistake


def liar(may_send: Any) -> dict[str, Any]:
    return {"byzantine": (Byzantine(Address("eve"), may_send),)}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"within": (no_such_process,)}, "the bound no_such_process of the system raised KeyError: nobody0"),
        (
            {"assume": (no_such_field,)},
            "the assumption no_such_field of the system raised AttributeError: 'Receive' object has no attribute 'nothing'",
        ),
        (
            liar(lambda history: history.sent),
            "what eve0 may send raised AttributeError: 'NoHistory' object has no attribute 'sent'\n  history: NoHistory()",
        ),
        (liar(lambda _: [Note(1)]), "what eve0 may send includes Note(1); list sends, such as Send(to, message)"),
        (
            liar(lambda _: [Send(A, [1])]),
            """what eve0 may send raised TypeError: [1] of class list may not be in a state, message or event; use a tuple
  history: NoHistory()""",
        ),
        (liar(lambda _: [Send(B, Note(1)), Send(A, Note(2))]), "eve0 may send Note(1) to b0, which is no process of the system"),
    ],
)
def test_a_broken_assumption_bound_or_forgery_is_reported_by_name(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(BrokenSystem) as found:
        explore(System({A: Teller(A, (1,))}, NoHistory(), (), **parts))

    assert str(found.value) == said


def test_a_view_that_breaks_inside_a_clause_is_the_fault_of_the_process() -> None:
    class Blind(Toy):
        def view(self, state: Kept) -> Kept:
            raise OverflowError(state.notes)

    @always()
    def looks(seen: Seen[NoHistory]) -> Cases:
        """It can be seen."""
        yield case(bool(seen.views(Kept)))

    with pytest.raises(BrokenProcess, match=r"^a0: the handler raised OverflowError: \(\)\n  input: view\(state\)\n  state: Kept\(\(\)\)$"):
        explore(System({A: Blind()}, NoHistory(), (looks,)))
    with pytest.raises(BrokenProcess, match="OverflowError"):
        explore(System({A: Blind()}, NoHistory(), (), within=(lambda seen: bool(seen.views(Kept)),)))
