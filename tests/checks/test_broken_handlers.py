"""A broken handler is reported with the process, the input and the state, never as a traceback from inside the explorer."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from attrs import define, frozen

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Bag, NoHistory, Reply, Send
from tests.checks.toys import ANN, BOB, A, B, Do, Done, Ends, Goes, Kept, Later, Note, Silent, Tell, Teller, Toy
from tests.checks.walks import broken
from tests.oracles.two_phase import Commit

NOBODY = Address("nobody")
COUNT = count()


@frozen
class Receives(Toy):
    """Does with a message what it is told."""

    does: Callable[[Kept, Address], Any]

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept] | None:  # noqa: ARG002
        made: Step[Kept] | None = self.does(state, source)
        return made


def on_receipt(does: Callable[[Kept, Address], Any]) -> str:
    """Return what is said first of a process that does this with a message."""
    said, *where = broken(Receives(does)).split("\n")
    assert where == ["  input: Receive(a0, b0, Note(7))", "  state: Kept(())"]
    return said


def fail(error: Exception) -> None:
    raise error


# ---- the whole text


def test_a_handler_that_raises_is_reported_with_process_input_and_state() -> None:
    assert broken(Receives(lambda state, source: step(state.plus(1 // (source.number))))) == (
        "a0: the handler raised ZeroDivisionError: integer division or modulo by zero\n  input: Receive(a0, b0, Note(7))\n  state: Kept(())"
    )


def test_a_handler_that_sends_to_nobody_is_reported_with_the_message() -> None:
    assert broken(Receives(lambda state, _: step(state, Send(NOBODY, Note(3))))) == (
        "a0: sends Note(3) to nobody0, who is no process and no Byzantine participant\n  input: Receive(a0, b0, Note(7))\n  state: Kept(())"
    )


def test_a_handler_that_answers_one_who_cannot_ask_it_is_reported_with_the_answer() -> None:
    class Answers(Silent):
        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
            return step(state.plus(request.number), Reply(BOB, Done(4)))

    users = User(ANN, (A,), ((Do(1),),)), User(BOB, (B,), ((Do(2),),))

    assert broken(Answers(), users=users) == (
        "a0: answers Done(4) to bob0, who can never ask it\n  input: Ask(a0, ann0, Do(1))\n  state: Kept(())"
    )


def test_the_state_that_is_reported_is_the_one_in_which_the_handler_breaks() -> None:
    class Third(Toy):
        def armed(self, state: Kept) -> tuple[Goes, ...]:
            return (Goes(len(state.notes)),)

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
            if trigger.number == 2:
                raise RuntimeError("two")
            return step(state.plus(trigger.number))

    assert broken(Third()) == "a0: the handler raised RuntimeError: two\n  input: Fire(a0, Goes(2))\n  state: Kept((0, 1))"


# ---- what a step may be


def test_a_handler_that_returns_something_else_than_a_step_is_broken() -> None:
    said = "a0: the handler returned {}; return step(state, *effects), or None for no effect"

    assert on_receipt(lambda state, _: state) == said.format("Kept(notes=())")
    assert on_receipt(lambda state, _: (state, ())) == said.format("(Kept(notes=()), ())")


def test_effects_that_are_no_tuple_are_broken() -> None:
    assert on_receipt(lambda state, _: Step(state, Send(B, Note(1)))) == (  # type: ignore[arg-type]  # the mistake
        "a0: the effects Send(to=b0, message=Note(number=1)) are no tuple; return step(state, *effects)"
    )


def test_an_effect_of_another_class_is_broken() -> None:
    assert on_receipt(lambda state, _: step(state, Note(1))) == (  # type: ignore[arg-type]  # the mistake
        "a0: effect Note(number=1) must be a Send, a Reply, an Announce or a Deliver"
    )


@define
class Mutable:
    notes: list[int]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (lambda: 0.5, "0.5 of class float may not be in a state, message or event; use an int or a Fraction: arithmetic is exact"),
        (lambda: [1], "[1] of class list may not be in a state, message or event; use a tuple"),
        (lambda: {1}, "{1} of class set may not be in a state, message or event; use a frozenset"),
        (lambda: {1: 2}, "{1: 2} of class dict may not be in a state, message or event; use Map.of(…), which is immutable and sorted"),
        (lambda: Mutable([]), "Mutable(notes=[]) of class Mutable may not be in a state, message or event; make its class @frozen"),
        (
            lambda: b"x",
            "b'x' of class bytes may not be in a state, message or event; use ints, Fractions, strings, enums, tuples, frozensets, Map, Bag and frozen attrs classes",
        ),
    ],
)
def test_what_may_not_be_in_a_state_may_not_leave_a_handler_either(value: Callable[[], Any], said: str) -> None:
    assert on_receipt(lambda *_: step(Kept((1, (value(),))))) == f"a0: {said}"  # type: ignore[arg-type]  # the mistake
    assert on_receipt(lambda state, source: step(state, Send(source, Note((1, (value(),)))))) == f"a0: {said}"  # type: ignore[arg-type]
    assert on_receipt(lambda state, _: step(state, Announce((1, (value(),))))) == f"a0: {said}"


def test_a_state_may_hold_a_bag() -> None:
    explore(System({A: Receives(lambda *_: step(Kept((Bag.of((2, 1)),)))), B: Teller(A, (7,))}, NoHistory(), ()))  # type: ignore[arg-type]


# ---- what a handler may do


def test_a_handler_that_changes_its_state_in_place_is_broken() -> None:
    def spoil(state: Kept, _: Address) -> Step[Kept]:
        object.__setattr__(state, "notes", (9,))
        return step(state)

    assert broken(Receives(spoil)).startswith("a0: the handler changed its state in place; return step(new_state) instead\n")


def test_a_handler_that_is_not_deterministic_is_broken() -> None:
    assert on_receipt(lambda state, _: step(state.plus(next(COUNT)))) == (
        "a0: the handler is not deterministic: Step(Kept((0,)), ()), then Step(Kept((1,)), ())"
    )


def test_what_leaves_a_process_is_declared_in_the_spec_of_its_stem() -> None:
    said = "a0: {} is of class {}; declare what leaves the process in the spec of its stem"

    assert on_receipt(lambda state, _: step(state, Announce(Commit()))) == said.format("Commit()", "tests.oracles.two_phase.Commit")
    assert on_receipt(lambda state, source: step(state, Send(source, 5))) == said.format("5", "builtins.int")
    assert asked(Reply(ANN, "yes")) == said.format("'yes'", "builtins.str")


def test_what_the_vocabulary_shares_leaves_any_process() -> None:
    explore(
        System({A: Receives(lambda state, _: step(state, Announce(Later()), Announce(NoHistory()))), B: Teller(A, (7,))}, NoHistory(), ())
    )


# ---- answers


def asked(*effects: Reply, script: tuple[Do, ...] = (Do(1),)) -> str:
    class Answers(Silent):
        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
            return step(state.plus(request.number), *effects)

    users = User(ANN, (A,), (script,)), User(BOB, (A,), (script,))
    return broken(Answers(), users=users).partition("\n")[0]


def test_one_who_is_answered_twice_in_a_step_is_an_error() -> None:
    assert asked(Reply(ANN, Done(1)), Reply(ANN, Done(2))) == "a0: answers ann0 twice in one step; at most one reply to each user"


def test_one_who_has_asked_nothing_yet_is_not_answered() -> None:
    class Eager(Toy):
        def start(self) -> Step[Kept]:
            return step(Kept(), Reply(ANN, Done(1)))

    assert asked(Reply(BOB, Done(1))) == "a0: answers bob0, who has asked nothing yet"
    assert broken(Eager(), users=(User(ANN, (A,), ((Do(1),),)),)) == (
        "a0: answers ann0, who has asked nothing yet\n  input: start()\n  state: None"
    )
