"""Pictures of traces in text: where a message was sent and where it arrived, what is in flight, within the width."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.report import Frame
from concordant.checks.pictures.in_text import drawn
from concordant.checks.pictures.layout import Left, layout
from concordant.checks.pictures.words import legend
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.refuting.repaired import departure, without_mistake
from concordant.checks.registry import find, protocol
from concordant.pitfalls.consensus.paxos_synod.voting import Amnesiac
from concordant.refimpl.consensus.paxos_synod import Acceptor
from concordant.refimpl.machine import Crash, Pitfall
from concordant.spec.vocabulary import Address


def pitfall(id: str) -> Pitfall:
    _, found = find(id)
    assert isinstance(found, Pitfall)
    return found


def trace(id: str) -> tuple[Frame, ...]:
    found = refute(pitfall(id)).verdict.trace
    assert found is not None
    return found


def test_a_picture_shows_where_each_message_was_sent_and_what_is_in_flight_at_the_end() -> None:
    assert list(drawn(layout(trace("UNA-2")), 100)) == [
        "          user0      coordinator0",
        "   1        ├─────────────▶         Put()",
        "   2        │             ●         Close()",
        "      in flight at the end:",
        *(
            f"        coordinator0 → elector{number}  {message}"
            for number in range(3)
            for message in ("Decision(True)  from 2", "Question()  from 1")
        ),
        "      from 2: sent in move 2",
    ]


def test_where_names_take_too_much_room_they_are_shortened_and_explained_and_no_row_is_too_long() -> None:
    lines = list(drawn(layout(trace("paxos_synod.SaysNoTooSoon")), 80, marked=(11,)))

    assert lines[0] == "       u0   u1   p0   p1   a0   a1   a2"
    assert lines[10] == "  10    │    │    ├────┼────┼────▶    │    Accept(Vote(1.proposer0, 'x'…  from 5"
    assert lines[11] == "◆ 11    │    │    ◀────┼────┼────┤    │    Nack(1.proposer0, 1.proposer1)"
    assert lines[12] == "      u user, p proposer, a acceptor"
    assert max(map(len, lines)) <= 80


def test_a_long_label_is_cut() -> None:
    lines = list(drawn(layout(trace("paxos_synod.SaysNoTooSoon")), 60))

    assert max(map(len, lines)) <= 60
    assert "…" in lines[10]


def test_many_messages_in_flight_are_counted() -> None:
    made = layout(trace("UNA-3"))
    many = [Left(Address("a"), Address("b", number), "M()", None) for number in range(11)]

    assert list(drawn(type(made)(made.lanes, made.rows, tuple(many)), 100))[-2:] == ["        a0 → b7  M()", "        and 3 more"]


def test_the_mistake_of_a_pitfall_is_marked_where_the_right_process_does_something_else() -> None:
    found = departure(pitfall("PAX-7").system, trace("PAX-7"))

    assert found is not None
    assert (found.move, [str(type(each.what).__name__) for each in found.happened]) == (9, ["Reply"])


def test_the_process_without_a_mistake_has_its_fields() -> None:
    wrong = Amnesiac((Address("learner"),))

    assert without_mistake(wrong) == Acceptor((Address("learner"),))


def test_what_a_crash_may_leave_is_the_mistake_of_who_forgets() -> None:
    forgets = next(each for each in protocol("paxos_synod").pitfalls if isinstance(each.system.processes[Address("acceptor")], Amnesiac))
    moves = refute(forgets).verdict.trace

    found = departure(forgets.system, moves or ())

    assert found is not None
    assert isinstance((moves or ())[found.move - 1].move, Crash)


@pytest.mark.parametrize("id", ["UNA-3", "X-7"])
def test_a_mistake_that_is_no_process_of_its_own_or_has_what_the_right_one_refuses_is_not_marked(id: str) -> None:
    assert departure(pitfall(id).system, trace(id)) is None


def test_a_legend_explains_the_signs_that_a_picture_has_and_no_others() -> None:
    assert list(legend(layout(trace("FIF-1")))) == [
        "━▶ asked from outside",
        "─▶ a message, from its sending to its receipt",
        "╌▶ received once more",
        "┈○ in flight at the end",
    ]
    assert list(legend(layout(trace("GDL-7")), acts=True))[1:] == [
        "╌✗ lost",
        "✗ a crash, and dots while it is down",
        "▲ a recovery",
        "◆ here the mistake acts",
    ]
