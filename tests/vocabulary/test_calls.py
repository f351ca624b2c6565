"""Calls: what a history keeps of requests and answers, and the cases that stems have in common."""

from __future__ import annotations

from attrs import frozen

from concordant.spec.common.calls import Calls, agree, answered_once, final
from concordant.spec.vocabulary import Address, Call, CancelAsked, Crashed, Malformed, Map, Rejected, Reply, Unheard, addresses, case

(DESK, BRANCH), (ANN, BOB) = addresses("desk", 2), addresses("user", 2)
NO = Rejected("no")


@frozen
class Lend:
    """A request."""


@frozen
class Note:
    """A request that nobody answers."""

    answered = False


def after(*happenings: tuple[Address, Address, object]) -> Calls:
    calls = Calls()
    for at, by, what in happenings:
        calls = calls.after(at, by, what)
    return calls


def test_a_request_is_open_until_its_user_is_answered_by_whom_it_asked() -> None:
    asked = after((DESK, ANN, Lend()), (BRANCH, ANN, Malformed("lend")))

    assert asked == Calls(open=Map.of({Call(ANN, DESK): Lend(), Call(ANN, BRANCH): Malformed("lend")}))
    assert asked.after(DESK, DESK, Reply(ANN, NO)) == Calls(
        open=Map.of({Call(ANN, BRANCH): Malformed("lend")}), answered=frozenset({Call(ANN, DESK)})
    )


def test_what_nobody_answers_and_what_no_user_does_opens_no_call_and_cancelling_ends_none() -> None:
    assert after((DESK, ANN, Note()), (DESK, ANN, Malformed(Note())), (DESK, DESK, Lend())) == Calls()
    assert after((DESK, ANN, Lend()), (DESK, ANN, CancelAsked())) == after((DESK, ANN, Lend()))


def test_a_crash_ends_the_calls_of_its_process_and_of_no_other() -> None:
    asked, answered = (DESK, ANN, Lend()), (DESK, DESK, Reply(BOB, NO))

    assert after(asked, answered, (BRANCH, BOB, Lend()), (DESK, DESK, Crashed())) == after((BRANCH, BOB, Lend()))
    assert after(asked, answered, (BRANCH, BRANCH, Crashed())) == after(asked, answered)


def test_the_other_callers_are_those_at_the_same_process() -> None:
    asked = after((DESK, ANN, Lend()), (DESK, BOB, Lend()), (BRANCH, BOB, Lend()))

    assert asked.others(Call(ANN, DESK)) == (Call(BOB, DESK),)
    assert asked.others(Call(BOB, BRANCH)) == ()


def test_an_answer_that_nobody_waits_for_is_one_too_many() -> None:
    once = after((DESK, ANN, Lend()), (DESK, DESK, Reply(ANN, NO)))
    twice = once.after(DESK, DESK, Unheard(ANN, NO))
    ann = frozenset({Call(ANN, DESK)})

    assert list(answered_once(Calls())) == []
    assert list(answered_once(once)) == [case(True, unheard=frozenset(), answered=ann)]
    assert list(answered_once(twice)) == [case(False, unheard=ann, answered=ann)]


def test_all_who_have_decided_must_agree_and_nobody_need_have_decided() -> None:
    assert list(agree({ANN: None})) == []
    assert list(agree({ANN: False, BOB: None})) == [case(True, decided=((ANN, False),))]
    assert list(agree({ANN: False, BOB: True})) == [case(False, decided=((ANN, False), (BOB, True)))]


def test_what_was_decided_is_neither_changed_nor_forgotten() -> None:
    assert list(final(None, True)) == []
    assert [each.holds for after in (False, True, None) for each in final(False, after)] == [True, False, False]
