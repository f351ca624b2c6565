"""Users, their scripts and their calls."""

from __future__ import annotations

import pytest

from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Call, Malformed, NoHistory, Reply, Unheard
from tests.checks.toys import ANN, BOB, A, B, Clerk, Do, Done, Kept, Late, Log, Noticed, Silent, Tell, Toy
from tests.checks.walks import counts, kept, log, moves, seen


def asked(*users: User, silent: bool = False) -> System[NoHistory]:
    """Return a system of two clerks, or two that answer nothing."""
    clerk = Silent() if silent else Clerk()
    return System({A: clerk, B: clerk}, NoHistory(), (), users=users)


# ---- scripts


def test_a_place_of_a_script_offers_each_alternative_and_is_spent_by_one_of_them() -> None:
    system = asked(User(ANN, (A,), ((Do(1), Do(2)), (Do(3),))))

    assert moves(system) == ["ann0 asks a0: Do(1)", "ann0 asks a0: Do(2)"]
    assert moves(system, "ann0 asks a0: Do(2)") == ["ann0 asks a0: Do(3)"]
    assert moves(system, "ann0 asks a0: Do(2)", "ann0 asks a0: Do(3)") == []
    # asked: -, 1, 2, 13, 23
    assert counts(system) == (5, 2 + 1 + 1, 3)


def test_a_place_may_be_asked_of_one_of_several_processes() -> None:
    system = asked(User(ANN, (B, A), ((Do(1), Do(2)),)))

    assert moves(system) == ["ann0 asks b0: Do(1)", "ann0 asks b0: Do(2)", "ann0 asks a0: Do(1)", "ann0 asks a0: Do(2)"]
    assert counts(system) == (5, 4, 2)


def test_users_ask_independently() -> None:
    system = asked(User(ANN, (A,), ((Do(1),),)), User(BOB, (A,), ((Do(2),),)))

    # asked: -, 1, 2, 12, 21
    assert counts(system) == (5, 2 + 1 + 1, 3)


def test_a_request_that_is_not_taken_is_no_move_and_its_place_is_not_spent() -> None:
    class Choosy(Clerk):
        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:
            return super().request(state, client, request) if request.number == 2 else None

    system = System({A: Choosy()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1), Do(2)), (Do(1),))),))

    assert moves(system) == ["ann0 asks a0: Do(2)"]
    assert moves(system, "ann0 asks a0: Do(2)") == []


def test_a_script_that_repeats_starts_over() -> None:
    class Forgetful(Clerk):
        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
            return step(state, Reply(client, Done(0)))

    system = System({A: Forgetful()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),), (Do(2),)), repeat=True),))

    assert moves(system, "ann0 asks a0: Do(1)", "ann0 asks a0: Do(2)") == ["ann0 asks a0: Do(1)"]
    # nothing asked yet; the first place asked; the second place asked, and so on round and round
    assert counts(system) == (3, 3, 3)


def test_a_user_without_a_script_asks_nothing_even_if_it_repeats() -> None:
    assert moves(asked(User(ANN, (A,), ()), User(BOB, (A,), (), repeat=True))) == []


def test_a_malformed_request_arrives_bare_and_stands_wrapped_in_the_move_and_in_the_history() -> None:
    system = System({A: Clerk()}, Log(), (), users=(User(ANN, (A,), ((Malformed(Do(7)),),)),))

    assert moves(system) == ["ann0 asks a0: Malformed(Do(7))"]
    assert kept(system, "ann0 asks a0: Malformed(Do(7))") == {A: (7,)}
    assert log(system, "ann0 asks a0: Malformed(Do(7))") == [(A, ANN, Malformed(Do(7))), (A, A, Reply(ANN, Done(7)))]


# ---- calls


def test_a_user_asks_nothing_more_while_its_only_call_is_open() -> None:
    system = asked(User(ANN, (A, B), ((Do(1),), (Do(2),))), silent=True)

    assert moves(system, "ann0 asks a0: Do(1)") == []
    assert seen(system).waiting() == ()
    assert seen(system, "ann0 asks a0: Do(1)").waiting() == (Call(ANN, A),)
    assert counts(system) == (3, 2, 2)


def test_a_user_with_two_calls_outstanding_asks_two_different_processes() -> None:
    system = asked(User(ANN, (A, B), ((Do(1),), (Do(2),), (Do(3),)), outstanding=2), silent=True)

    assert moves(system, "ann0 asks a0: Do(1)") == ["ann0 asks b0: Do(2)"]
    assert moves(system, "ann0 asks a0: Do(1)", "ann0 asks b0: Do(2)") == []
    assert seen(system, "ann0 asks b0: Do(1)", "ann0 asks a0: Do(2)").waiting() == (Call(ANN, A), Call(ANN, B))
    # asked: -, 1 of one or the other, then 2 of the one left
    assert counts(system) == (5, 4, 3)


def test_open_calls_are_listed_by_user_and_then_by_process() -> None:
    users = User(BOB, (A,), ((Do(3),),)), User(ANN, (B, A), ((Do(1),), (Do(2),)), outstanding=2)

    waiting = seen(asked(*users, silent=True), "ann0 asks b0: Do(1)", "ann0 asks a0: Do(2)", "bob0 asks a0: Do(3)").waiting()

    assert waiting == (Call(BOB, A), Call(ANN, A), Call(ANN, B))


def test_an_answer_ends_the_call_at_once_and_is_never_lost() -> None:
    system = asked(User(ANN, (A,), ((Do(1),), (Do(2),))))

    assert seen(system, "ann0 asks a0: Do(1)").waiting() == ()
    assert moves(system, "ann0 asks a0: Do(1)") == ["ann0 asks a0: Do(2)"]


def test_a_request_that_is_never_answered_opens_no_call() -> None:
    system = asked(User(ANN, (A,), ((Tell(1),), (Tell(2),))))

    assert seen(system, "ann0 asks a0: Tell(1)").waiting() == ()
    assert moves(system, "ann0 asks a0: Tell(1)") == ["ann0 asks a0: Tell(2)"]


def test_an_answer_may_come_in_a_later_step() -> None:
    system = System({A: Late(ANN)}, Log(), (), users=(User(ANN, (A,), ((Do(1),),)),))

    assert moves(system, "ann0 asks a0: Do(1)") == ["a0: Goes(0)"]
    assert seen(system, "ann0 asks a0: Do(1)").waiting() == (Call(ANN, A),)
    assert seen(system, "ann0 asks a0: Do(1)", "a0: Goes(0)").waiting() == ()
    assert log(system, "ann0 asks a0: Do(1)", "a0: Goes(0)") == [(A, ANN, Do(1)), (A, A, Reply(ANN, Done(1)))]


def test_an_answer_to_a_call_that_has_ended_is_unheard() -> None:
    system = System({A: Late(ANN, times=2)}, Log(), (), users=(User(ANN, (A,), ((Do(1),),)),))

    assert log(system, "ann0 asks a0: Do(1)", "a0: Goes(0)", "a0: Goes(0)") == [
        (A, ANN, Do(1)),
        (A, A, Reply(ANN, Done(1))),
        (A, A, Unheard(ANN, Done(1))),
    ]


def test_of_several_answers_in_a_step_only_those_that_nobody_waits_for_are_unheard() -> None:
    class Loud(Silent):
        """Answers both users, and says so, whenever it is asked."""

        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
            if not state.notes:
                return step(state.plus(request.number))
            return step(state, Announce(Noticed(2)), Reply(ANN, Done(1)), Reply(BOB, Done(2)))

    system = System({A: Loud()}, Log(), (), users=(User(ANN, (A,), ((Do(1),),)), User(BOB, (A,), ((Do(2),), (Do(3),)))))
    path = "ann0 asks a0: Do(1)", "bob0 asks a0: Do(2)", "bob0 asks a0: Do(3)"

    assert log(system, *path) == [
        (A, ANN, Do(1)),
        (A, BOB, Do(2)),
        (A, A, Noticed(2)),
        (A, A, Reply(ANN, Done(1))),
        (A, A, Reply(BOB, Done(2))),
        (A, BOB, Do(3)),
        (A, A, Noticed(2)),
        (A, A, Unheard(ANN, Done(1))),
        (A, A, Reply(BOB, Done(2))),
    ]


def test_a_request_is_a_value_and_a_malformed_one_may_hold_anything() -> None:
    with pytest.raises(TypeError, match=r"^0\.5 of class float may not be in a state, message or event; use an int or a Fraction"):
        moves(asked(User(ANN, (A,), ((Do(0.5),),))))  # type: ignore[arg-type]  # the mistake

    refusing = System({A: Toy()}, NoHistory(), (), users=(User(ANN, (A,), ((Malformed(Do(0.5)),),)),))  # type: ignore[arg-type]  # on purpose
    assert moves(refusing) == []


def test_one_process_may_answer_several_users_in_one_step() -> None:
    class Pair(Toy):
        def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:  # noqa: ARG002
            if not state.notes:
                return step(state.plus(request.number))
            return step(state.plus(request.number), Reply(BOB, Done(1)), Reply(ANN, Done(2)))

    system = System({A: Pair()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),),)), User(BOB, (A,), ((Do(2),),))))

    assert seen(system, "ann0 asks a0: Do(1)").waiting() == (Call(ANN, A),)
    assert seen(system, "ann0 asks a0: Do(1)", "bob0 asks a0: Do(2)").waiting() == ()
