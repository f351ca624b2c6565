"""Tampering: what a clause binds is noticed when it is altered, and what none binds is named."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.scope import Scope
from concordant.checks.exploration.tampering import effects, following, made_up, tampered, unbound
from concordant.checks.semantics.scrambling import scrambled
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Case,
    Cases,
    Clause,
    Map,
    NoHistory,
    Rejected,
    Reply,
    Send,
    always_each,
    at_rest,
    on_event,
)
from concordant.spec.vocabulary.clauses import Seen
from tests.checks.toys import ANN, A, B, Do, Done, Kept, Note, Noticed, Tell, Toy


@frozen
class Desk(Toy):
    """Tells a colleague of each request, announces it and answers it."""

    colleague: Address

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept]:
        number = request.number
        return step(state, Send(self.colleague, Note(number)), Announce(Noticed(number)), Reply(client, Done(number)))

    def receive(self, state: Kept, source: Address, message: Note) -> Step[Kept]:  # noqa: ARG002  # there is one colleague
        return step(state.plus(message.number))


@on_event(Reply)
def is_told_one(before: NoHistory, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Users are told that one was done."""
    yield Case(event.answer == Done(1))


@on_event(Noticed)
def notices_one(before: NoHistory, by: Address, event: Noticed) -> Cases:  # noqa: ARG001
    """One is noticed."""
    yield Case(event.number == 1)


@always_each(Kept)
def keeps_ones(view: Kept, process: Address, history: NoHistory) -> Cases:  # noqa: ARG001
    """Nothing but ones is kept."""
    yield Case(set(view.notes) <= {1})


@at_rest()
def nobody_waits(seen: Seen[NoHistory]) -> Cases:
    """Nobody waits."""
    yield Case(not seen.waiting())


def office(*clauses: Clause) -> System[NoHistory]:
    return System({A: Desk(B), B: Desk(A)}, NoHistory(), clauses, users=(User(ANN, (A,), ((Do(1),),)),))


def scope(*clauses: Clause) -> Scope:
    return Scope("office", "a desk and its colleague", office(*clauses))


EVERYTHING = (
    "answer Done: number",
    "answer Done: left out",
    "answer Done: Rejected instead",
    "event Noticed: number",
    "event Noticed: left out",
    "message Note: number",
)


def test_what_no_clause_binds_is_named() -> None:
    assert unbound([scope()]) == EVERYTHING


@pytest.mark.parametrize(
    ("clause", "bound"),
    [
        (is_told_one, {"answer Done: number", "answer Done: Rejected instead"}),
        (nobody_waits, {"answer Done: left out"}),
        (notices_one, {"event Noticed: number"}),
        (keeps_ones, {"message Note: number"}),
    ],
)
def test_a_clause_binds_what_it_reads(clause: Clause, bound: set[str]) -> None:
    assert set(EVERYTHING) - set(unbound([scope(clause)])) == bound


def test_what_is_bound_in_one_scope_is_bound() -> None:
    assert unbound([scope(is_told_one), scope(nobody_waits), scope(notices_one, keeps_ones)]) == ("event Noticed: left out",)


def test_a_run_that_fails_on_what_is_altered_has_noticed_it() -> None:
    @on_event(Noticed)
    def fails_on_others(before: NoHistory, by: Address, event: Noticed) -> Cases:  # noqa: ARG001
        """Knows one only."""
        yield Case({1: True}[event.number])

    assert "event Noticed: number" not in unbound([scope(fails_on_others)])


def test_a_tampered_system_does_as_it_did_but_for_its_effects() -> None:
    silent = tampered(office(), lambda effect: None if isinstance(effect, Announce) else effect)

    assert effects(office()) == (Announce(Noticed(1)), Reply(ANN, Done(1)), Send(B, Note(1)))
    assert effects(silent) == (Reply(ANN, Done(1)), Send(B, Note(1)))
    assert type(silent.processes[A]).__module__ == Desk.__module__


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (True, False),
        (1, 2),
        ("x", "not x"),
        (A, Address("a", 1)),
        (("x",), ()),
        ((), (None,)),
        (frozenset(), frozenset({None})),
        (Map.of({1: 2}), Map()),
        (Map[str, object](), Map((("made up", None),))),
        (Note(1), Note(2)),
        (None, None),
    ],
)
def test_where_no_other_value_was_seen_one_is_made_up(value: Any, other: Any) -> None:
    assert made_up(value) == following(value, [value]) == other


def test_a_set_made_up_for_one_of_another_order_is_a_plain_one() -> None:
    assert type(made_up(scrambled(frozenset({1})))) is frozenset


def test_the_value_that_follows_is_another_of_those_seen() -> None:
    assert [following(value, ["a", "b", "c"]) for value in "abc"] == ["b", "c", "a"]
    assert following("d", ["a", "b"]) == "a"
    assert following(Rejected("a"), [Rejected("a"), Rejected("b")]) == Rejected("b")
