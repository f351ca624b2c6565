"""The rules of comparison: what an environment can tell of two steps counts, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest
from attrs import field, frozen

from concordant.checks.conform.comparing import Candidate, Difference, Heard, Matching, compared
from concordant.checks.conform.table import Outcome, Table
from concordant.checks.conform.telling import Supports, Told
from concordant.spec.vocabulary import Address, Announce, Completion, Deadline, Deliver, Effect, Network, Rejected, Reply, Send, likeness

A, B, USER = Address("a"), Address("b"), Address("user")
UNORDERED, FIFO, COPIED = Network(), Network(fifo=True), Network(duplicating=True)
LOSSY = Network(losses=None)
GOES_ON = 9


@frozen
class View:
    value: int


@frozen
class Ring(Deadline):
    number: int


@frozen
class Ends(Completion):
    number: int


@frozen
class Seen:
    """A history that keeps what it hears, each thing once, and what it heard first."""

    told: frozenset[object] = frozenset()
    first: object = None

    def after(self, at: Address, by: Address, happening: object) -> Seen:  # noqa: ARG002
        return Seen(self.told | {happening}, self.first or happening)


@frozen
class Role:
    """What a comparison asks of a table: a step of its own is left in one local state; in local state n the view is n, and a deadline n is armed and an end n; clauses judge whole numbers as they are announced."""

    network: Network
    histories: Mapping[object, Seen] = field(factory=lambda: {None: Seen()})
    at: Address = A
    judged: tuple[type, ...] = (int,)

    def view(self, local: int) -> View:
        return View(local)

    def looks(self, local: int, name: str) -> object:
        return likeness(getattr(self.view(local), name))

    def those_armed(self, local: int, kind: type) -> tuple[object, ...]:
        return tuple(each for each in (Ring(local), Ends(local)) if isinstance(each, kind))

    def deadlines(self, local: int) -> frozenset[object]:
        return frozenset(map(likeness, self.those_armed(local, Deadline)))

    def completions(self, local: int) -> frozenset[object]:
        return frozenset(map(likeness, self.those_armed(local, Completion)))

    def goes_on(self, local: int) -> bool:
        return local == GOES_ON


def compare(
    network: Network,
    expected: tuple[Effect, ...],
    found: tuple[Effect, ...],
    *,
    told: dict[str, Any] | None = None,
    control: frozenset[str] = frozenset(),
    exact: tuple[str, ...] = (),
    sends: int | None = None,
) -> Matching:
    """Compare one step, from the start, in which the reference comes to local state 1."""
    answer = Told(found, **(told or {}))
    supports = Supports(control, ("value",), (), frozenset(), frozenset(exact))
    before = [(Candidate(0), (Outcome(1, expected, sends),))]
    return compared(cast(Table, Role(network)), supports, before, answer, Heard().after(answer))


TO_A, TO_A_TOO, TO_B = Send(A, "m"), Send(A, "n"), Send(B, "m")


@pytest.mark.parametrize(
    ("network", "expected", "found", "same"),
    [
        (UNORDERED, (TO_A, TO_A_TOO), (TO_A_TOO, TO_A), True),
        (UNORDERED, (TO_A, TO_A), (TO_A,), False),
        (FIFO, (TO_A, TO_A_TOO), (TO_A_TOO, TO_A), False),
        (FIFO, (TO_A, TO_B, TO_A_TOO), (TO_B, TO_A, TO_A_TOO), True),
        (COPIED, (TO_A, TO_A), (TO_A,), True),
        (COPIED, (TO_A,), (TO_A, TO_B), False),
        (UNORDERED, (Send(A, 1),), (Send(A, True),), False),
    ],
)
def test_sends_are_compared_as_the_network_keeps_them(
    network: Network, expected: tuple[Effect, ...], found: tuple[Effect, ...], same: bool
) -> None:
    comparison = compare(network, expected, found)

    assert (comparison.difference is None) is same
    assert not comparison.quiet


@pytest.mark.parametrize(
    ("network", "found", "quiet"),
    [(LOSSY, (TO_A,), True), (LOSSY, (), True), (LOSSY, (TO_B, TO_A_TOO), False), (UNORDERED, (TO_A,), False)],
)
def test_fewer_sends_are_quiet_only_where_messages_may_be_lost(network: Network, found: tuple[Effect, ...], quiet: bool) -> None:
    comparison = compare(network, (TO_A, TO_A_TOO), found)

    assert (comparison.quiet, comparison.difference is None) == (quiet, quiet)


def test_a_rejection_counts_by_its_class_and_another_answer_by_its_content() -> None:
    rejected, other = Reply(USER, Rejected("no")), Reply(USER, Rejected("never"))

    assert compare(UNORDERED, (rejected,), (other,)).difference is None
    assert compare(UNORDERED, (Reply(USER, 1),), (Reply(USER, 2),)).difference == Difference("replies", "1 to user0", "2 to user0")
    assert compare(UNORDERED, (Reply(USER, 1),), ()).difference == Difference("replies", "1 to user0", "none")


def test_announcements_are_equal_if_the_history_is() -> None:
    one, other, third = Announce("x"), Announce("y"), Announce("z")

    assert compare(UNORDERED, (one, other, third), (one, third, other, one)).difference is None
    assert compare(UNORDERED, (one, other), (other, one)).difference == Difference("announcements", "'x', 'y'", "'y', 'x'")
    assert compare(UNORDERED, (one,), (other,)).difference == Difference("announcements", "'x'", "'y'")


def test_of_what_clauses_judge_as_it_happens_nothing_is_announced_that_the_reference_does_not_in_this_step() -> None:
    one, two = Announce(1), Announce(2)

    assert compare(UNORDERED, (one, two), (one, two, one)).difference == Difference("announcements", "1, 2", "1")
    assert compare(UNORDERED, (one, one), (one,)).difference is None
    assert compare(UNORDERED, (Announce("x"),), (Announce("x"), Announce("x"))).difference is None


def test_what_is_declared_exact_is_compared_and_only_then() -> None:
    rejected, other, event = Reply(USER, Rejected("no")), Reply(USER, Rejected("never")), Announce("x")
    ends = {"outcomes": (Ends(2),)}

    assert compare(UNORDERED, (rejected,), (other,), exact=("reasons",)).difference == Difference(
        "replies", "Rejected('no') to user0", "Rejected('never') to user0"
    )
    assert compare(UNORDERED, (), (), told=ends, exact=("outcomes",)).difference == Difference("outcomes", "Ends(1)", "Ends(2)")
    assert compare(UNORDERED, (), (), told=ends).difference is None
    assert compare(LOSSY, (TO_A,), (), exact=("sends",)).difference == Difference("sends", "'m' to a0", "none")
    assert compare(UNORDERED, (event, TO_A), (TO_A, event), exact=("order",)).difference == Difference(
        "the order of effects", "'x', 'm' to a0", "'m' to a0, 'x'"
    )
    assert compare(UNORDERED, (event, TO_A), (TO_A, event)).difference is None
    assert compare(UNORDERED, (event, TO_A, TO_B), (event, TO_B, TO_A), exact=("order",)).difference is None


def test_deliveries_count_with_their_source() -> None:
    assert compare(UNORDERED, (Deliver(A, "m"),), (Deliver(B, "m"),)).difference == Difference("deliveries", "'m' from a0", "'m' from b0")


def test_the_view_and_the_deadlines_count_as_far_as_they_are_shown() -> None:
    shown = compare(UNORDERED, (), (), told={"observed": (("value", 2),)})
    armed = compare(UNORDERED, (), (), told={"deadlines": (Ring(2),)}, control=frozenset({"triggers"}))

    assert shown.difference == Difference("view.value", "1", "2")
    assert armed.difference == Difference("armed", "Ring(1)", "Ring(2)")
    assert compare(UNORDERED, (), (), told={"deadlines": (Ring(2),)}).difference is None


def test_who_has_a_step_of_its_own_left_where_the_reference_rests_differs() -> None:
    left = compare(UNORDERED, (), (), told={"own": ({"own": "again"},)})

    assert left.difference == Difference("steps of its own", "none is left", "one is left")


def test_a_message_that_is_none_of_the_protocol_differs() -> None:
    assert compare(UNORDERED, (), (), told={"strange": "it says hello"}).difference == Difference(
        "messages", "those of the protocol", "it says hello"
    )


def test_a_step_that_a_crash_cuts_short_sends_what_had_gone_out_and_answers_nobody() -> None:
    down = {"down": True}

    assert compare(UNORDERED, (TO_A, TO_B), (TO_A,), told=down, sends=1).difference is None
    assert compare(UNORDERED, (TO_A, TO_B), (TO_A, TO_B), told=down, sends=1).difference is not None
    assert compare(UNORDERED, (TO_A,), (TO_A, Reply(USER, 1)), told=down, sends=1).difference == Difference(
        "replies", "none in a step that a crash cuts short", "1 to user0"
    )
    assert compare(UNORDERED, (TO_A,), (TO_A,), sends=1).difference == Difference("crash", "down", "up")


def test_an_answer_is_explained_by_any_of_the_places_where_the_reference_may_be() -> None:
    answer = Told((TO_B,))
    before = [(Candidate(0), (Outcome(1, (TO_A,)), Outcome(2, (TO_B,)))), (Candidate(5), (Outcome(3, (TO_B,)),))]
    supports = Supports(frozenset(), (), (), frozenset())
    comparison = compared(cast(Table, Role(UNORDERED)), supports, before, answer, Heard().after(answer))

    assert comparison.difference is None
    assert [candidate.local for candidate in comparison.candidates] == [2, 3]
