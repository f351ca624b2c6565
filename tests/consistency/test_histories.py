"""What clients saw: how a history folds it in, and what is said of known histories, short and long."""

from __future__ import annotations

import random

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.common.consistency.causality import causal_orders, own_writes
from concordant.spec.common.consistency.clauses import causal, linearizable, reads_own_writes, sequentially_consistent
from concordant.spec.common.consistency.judging import linearization, sequential_order
from concordant.spec.common.consistency.objects import (
    AboutRegisters,
    Add,
    Counter,
    Done,
    Model,
    Read,
    Register,
    Swap,
    Swapped,
    Value,
    Write,
)
from concordant.spec.common.consistency.operations import Operation, Operations, split
from concordant.spec.common.consistency.ordering import InTime, Ordered, Undecided, Unordered, order
from concordant.spec.vocabulary import Address, CancelAsked, Crashed, Malformed, Map, Reply, Unheard, Unknown, addresses

ANN, BOB, CAROL = (Address(name) for name in ("ann", "bob", "carol"))
DESK, BRANCH = addresses("desk", 2)
REGISTER = Register(0)


def wrote(client: Address, value: object, begins: int, ends: int | None, key: str = "") -> Operation:
    return Operation(client, Write(value, key), begins, ends, None if ends is None else Done())


def read(client: Address, value: object, begins: int, ends: int, key: str = "") -> Operation:
    return Operation(client, Read(key), begins, ends, Value(value))


# ---- folding


def test_requests_and_answers_become_operations_that_begin_anew_after_an_answer() -> None:
    history = Operations().after(DESK, ANN, Write(1)).after(DESK, BOB, Read()).after(DESK, DESK, Reply(BOB, Value(0)))
    history = history.after(BRANCH, BOB, Read()).after(DESK, DESK, Reply(ANN, Done()))

    assert history.all == (
        Operation(ANN, Write(1), 0, 1, Done(), DESK),
        Operation(BOB, Read(), 0, 0, Value(0), DESK),
        Operation(BOB, Read(), 1, None, None, BRANCH),
    )
    assert str(history.all[0]) == "ann0: Write(value=1, key='') → Done()"
    assert str(history.all[2]) == "bob0: Read(key='')"


def test_histories_in_which_the_same_operations_come_before_the_same_others_are_equal() -> None:
    one = Operations().after(DESK, ANN, Read()).after(DESK, BOB, Read()).after(DESK, DESK, Reply(ANN, 1)).after(DESK, DESK, Reply(BOB, 2))
    other = Operations().after(DESK, BOB, Read()).after(DESK, ANN, Read()).after(DESK, DESK, Reply(BOB, 2)).after(DESK, DESK, Reply(ANN, 1))
    later = Operations().after(DESK, ANN, Read()).after(DESK, DESK, Reply(ANN, 1)).after(DESK, BOB, Read()).after(DESK, DESK, Reply(BOB, 2))

    assert one == other != later


@pytest.mark.parametrize(
    ("by", "what"),
    [(DESK, Crashed()), (ANN, CancelAsked()), (DESK, Unheard(ANN, Done())), (BOB, Malformed(Read())), (DESK, Reply(BOB, Done()))],
)
def test_what_is_no_request_and_no_answer_to_one_changes_nothing(by: Address, what: object) -> None:
    asked = Operations().after(DESK, ANN, Write(1))

    assert asked.after(DESK, by, what) == asked


def test_a_request_that_was_never_answered_stays_open_and_the_answer_is_to_the_later_one() -> None:
    history = Operations().after(DESK, ANN, Write(1)).after(DESK, DESK, Reply(ANN, Unknown())).after(DESK, ANN, Read())

    assert history.after(DESK, DESK, Reply(ANN, Value(1))) == Operations(
        Map.of({ANN: (Operation(ANN, Write(1), 0, at=DESK), Operation(ANN, Read(), 0, 0, Value(1), DESK))})
    )


# ---- known histories


def test_a_read_that_misses_an_earlier_write_cannot_be_ordered_and_both_are_named() -> None:
    write, old = wrote(ANN, 1, 0, 1), read(BOB, 0, 2, 3)

    assert linearization(REGISTER, (write, old)) == {"": Unordered((), (old, write))}
    assert linearization(REGISTER, (write, read(BOB, 0, 1, 3))) == {"": Ordered((read(BOB, 0, 1, 3), write))}


def test_a_read_beside_a_write_may_see_it_or_not_but_no_later_read_goes_back() -> None:
    write, new, old = wrote(ANN, 1, 0, None), read(BOB, 1, 0, 1), read(CAROL, 0, 2, 3)

    assert linearization(REGISTER, (write, new)) == {"": Ordered((write, new))}
    assert linearization(REGISTER, (write, old)) == {"": Ordered((old,))}
    assert linearization(REGISTER, (write, new, old)) == {"": Unordered((), (old, write, new))}


def test_what_was_never_written_or_is_read_before_it_is_written_cannot_be_ordered() -> None:
    early, strange = read(BOB, 1, 0, 1), read(BOB, 7, 0, 1)

    assert linearization(REGISTER, (early, wrote(ANN, 1, 2, 3))) == {"": Unordered((), (early,))}
    assert linearization(REGISTER, (strange,)) == {"": Unordered((), (strange,))}


def test_one_and_true_are_two_values_of_a_register() -> None:
    assert linearization(REGISTER, (wrote(ANN, 1, 0, 1), read(BOB, True, 2, 3))) == {"": Unordered((), (read(BOB, True, 2, 3),))}
    swap = Operation(ANN, Swap(False, 1), 0, 1, Swapped(swapped=True))  # a register may hold it
    assert linearization(REGISTER, (swap,)) == {"": Unordered((), (swap,))}


def test_a_write_with_an_answer_that_no_write_gets_cannot_be_ordered() -> None:
    odd = Operation(ANN, Write(1), 0, 1, Value(1))

    assert linearization(REGISTER, (odd,)) == {"": Unordered((), (odd,))}


def test_the_witness_is_a_longest_beginning_of_an_order_and_what_cannot_come_next() -> None:
    first, second, wrong = (Operation(ANN, Swap(old, old + 1), old, old, Swapped(swapped=True)) for old in (0, 1, 1))
    late = Operation(BOB, Swap(1, 2), 5, 6, Swapped(swapped=True))

    assert wrong == second
    assert linearization(REGISTER, (first, second, late)) == {"": Unordered((first, second), (late,))}


def test_objects_are_judged_apart_and_those_without_an_answer_are_left_out() -> None:
    x, y, z = wrote(ANN, 1, 0, 1, "x"), read(BOB, 1, 2, 3, "y"), wrote(CAROL, 1, 0, None, "z")

    assert linearization(REGISTER, (x, y, z)) == {"x": Ordered((x,)), "y": Unordered((), (y,))}


def test_what_two_registers_show_may_be_sequentially_consistent_of_each_and_not_of_both() -> None:
    """Two who each announce themselves and then look for the other: neither sees the other (Lamport 1979)."""
    x = (wrote(ANN, 1, 0, 0, "x"), read(BOB, 0, 1, 1, "x"))
    y = (wrote(BOB, 1, 0, 0, "y"), read(ANN, 0, 1, 1, "y"))

    assert [type(sequential_order(REGISTER, some)) for some in (x, y, (*x, *y))] == [Ordered, Ordered, Unordered]


def test_readers_who_see_independent_writes_in_two_orders_see_what_is_causal_and_not_sequential() -> None:
    writes = wrote(ANN, 1, 0, 0), wrote(BOB, 2, 0, 0)
    reads = [
        read(Address("reader", who), value, place, place) for who, seen in enumerate(((1, 2), (2, 1))) for place, value in enumerate(seen)
    ]

    assert isinstance(sequential_order(REGISTER, (*writes, *reads)), Unordered)
    assert {type(judged) for judged in causal_orders(REGISTER, (*writes, *reads)).values()} == {Ordered}


def test_an_effect_that_is_seen_without_its_cause_is_not_causal() -> None:
    question, answer = wrote(ANN, "?", 0, 0, "x"), wrote(BOB, "!", 1, 1, "y")
    heard, seen, missed = read(BOB, "?", 0, 0, "x"), read(CAROL, "!", 0, 0, "y"), read(CAROL, 0, 1, 1, "x")

    judged = causal_orders(REGISTER, (question, answer, heard, seen, missed))

    assert {client: type(each) for client, each in judged.items()} == {ANN: Ordered, BOB: Ordered, CAROL: Unordered}


def test_reads_that_cause_what_they_read_and_reads_of_nothing_are_not_causal() -> None:
    one, other = (read(ANN, 2, 0, 0), wrote(ANN, 1, 1, 1)), (read(BOB, 1, 0, 0), wrote(BOB, 2, 1, 1))

    assert {type(each) for each in causal_orders(REGISTER, (*one, *other)).values()} == {Unordered}
    assert causal_orders(REGISTER, (read(ANN, 7, 0, 0),)) == {ANN: Unordered((), (read(ANN, 7, 0, 0),))}


def test_who_reads_the_initial_value_after_a_write_or_an_older_one_does_not_read_its_own() -> None:
    first, second = wrote(ANN, 1, 0, 0), wrote(ANN, 2, 1, 1)

    assert own_writes(REGISTER, (first, read(ANN, 0, 1, 1))) == {"": Unordered((), (read(ANN, 0, 1, 1),))}
    assert own_writes(REGISTER, (first, second, read(ANN, 2, 2, 2))) == {"": Ordered((first, second))}
    assert isinstance(own_writes(REGISTER, (first, second, read(ANN, 1, 2, 2)))[""], Unordered)
    assert own_writes(REGISTER, (first, read(BOB, 0, 1, 1))) == {}


def test_who_read_from_whom_must_be_known() -> None:
    with pytest.raises(ValueError, match="register '': a value is written twice, or swapped"):
        causal_orders(REGISTER, (wrote(ANN, 1, 0, 0), wrote(BOB, 1, 0, 0)))


def test_a_model_that_says_it_only_looks_and_does_not_is_named() -> None:
    class Careless(Counter):
        def only_looks(self, request: Add | Read, answer: object) -> bool:  # noqa: ARG002
            return True

    with pytest.raises(ValueError, match="only_looks says that it never does"):
        linearization(Careless(), (Operation(ANN, Add(1), 0, 0, Done()),))


class Once(Model[bool, Read]):
    """Can be read once."""

    def start(self) -> bool:
        return False

    def apply(self, state: bool, client: Address, request: Read) -> tuple[bool, object] | None:  # noqa: ARG002
        return None if state else (True, Done())


def test_a_model_of_ones_own_needs_a_start_and_what_a_request_does() -> None:
    first, second = Operation(ANN, Read(), 0, 0, Done()), Operation(BOB, Read(), 0, 0, Done())

    assert sequential_order(Once(), ()) == Ordered(())
    assert sequential_order(Once(), (first,)) == Ordered((first,))
    assert sequential_order(Once(), (first, second)) == Unordered((first,), (second,))


# ---- long ones


def recorded(clients: int, operations: int, *, values: int | None, seed: int) -> list[Operation]:
    """Record clients of a correct register, each of whose operations takes effect at some moment between its begin and its end."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    waiting = dict.fromkeys(range(clients), (0, "", 0))
    found: list[Operation] = []
    state, clock = 0, 0
    busy: dict[int, tuple[int, AboutRegisters]] = {}
    done: dict[int, object] = {}
    while len(found) < operations:
        clock += 1
        who = draw.choice(list(waiting))
        if who not in busy:
            value = draw.randrange(1, values) if values else clock
            busy[who] = clock, draw.choice((Read(), Write(value), *((Swap(draw.randrange(values), value),) if values else ())))
        elif who not in done:
            state, done[who] = REGISTER.apply(state, ANN, busy[who][1])  # type: ignore[assignment]  # an int is written
        else:
            begins, request = busy.pop(who)
            found.append(Operation(Address("client", who), request, begins, clock, done.pop(who)))
    return found


@pytest.mark.parametrize("values", [5, None], ids=["few values, swapped", "each value written once"])
def test_thousands_of_operations_of_ten_clients_are_ordered(values: int | None) -> None:
    history = recorded(10, 5_000, values=values, seed=1)

    judged = linearization(REGISTER, history, budget=50_000)[""]

    assert isinstance(judged, Ordered)
    assert sorted(judged.order, key=str) == sorted(history, key=str)


def test_one_wrong_answer_among_thousands_is_found_where_each_value_is_written_once() -> None:
    history = recorded(10, 5_000, values=None, seed=2)
    place = next(place for place in range(4_000, 5_000) if isinstance(history[place].request, Read))
    old = next(each.request.value for each in history if isinstance(each.request, Write))
    wrong = Operation(history[place].client, Read(), history[place].begins, history[place].ends, Value(old))

    judged = linearization(REGISTER, (*history[:place], wrong, *history[place + 1 :]))[""]

    assert isinstance(judged, Unordered)
    assert wrong in judged.stuck


def test_a_budget_ends_the_search_undecided() -> None:
    history = recorded(10, 200, values=5, seed=3)
    required, optional = split(history)

    assert order(REGISTER, required, optional, InTime.of(required, optional), budget=50) == Undecided(50)


# ---- in a system


def observed(history: Operations) -> tuple[Operation, ...]:
    return history.all


CLAUSES = (
    linearizable(REGISTER, observed),
    sequentially_consistent(REGISTER, observed),
    causal(REGISTER, observed),
    reads_own_writes(REGISTER, observed),
)


class Desk(Process[int, object, AboutRegisters]):
    """A copy of a register that nobody keeps up to date."""

    def start(self) -> Step[int]:
        return step(0)

    def view(self, state: int) -> Operations:  # noqa: ARG002
        return Operations()

    def request(self, state: int, client: Address, request: AboutRegisters) -> Step[int]:
        after, answer = REGISTER.apply(state, client, request)
        return step(after, Reply(client, answer))  # type: ignore[arg-type]  # an int is written


def copies(at: tuple[Address, ...], *users: User) -> System[Operations]:
    return System({name: Desk() for name in at}, Operations(), CLAUSES, users=users)


def test_one_copy_is_consistent_in_every_way() -> None:
    report = explore(copies((DESK,), *(User(name, (DESK,), ((Write(str(name)),), (Read(),))) for name in (ANN, BOB))))

    assert {verdict.clause.name: verdict.status for verdict in report.verdicts} == dict.fromkeys(
        ("linearizable", "sequentially_consistent", "causal", "reads_own_writes"), Status.HOLDS
    )


def test_two_copies_are_neither_and_the_operations_are_named() -> None:
    report = explore(copies((DESK, BRANCH), User(ANN, (DESK, BRANCH), ((Write(1),), (Read(),)))))

    assert {verdict.clause.name: (verdict.status, verdict.length) for verdict in report.verdicts} == dict.fromkeys(
        ("linearizable", "sequentially_consistent", "causal", "reads_own_writes"), (Status.VIOLATED, 2)
    )
    assert report.verdict("test_histories.linearizable").facts == {
        "object": "",
        "cannot_be_ordered": (Operation(ANN, Read(), 1, 1, Value(0), BRANCH), Operation(ANN, Write(1), 0, 0, Done(), DESK)),
        "after": (),
    }
