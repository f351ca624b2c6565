"""A load balancer, request in and step out; and what it makes of a batch."""

from __future__ import annotations

from typing import Any

import pytest

from concordant.checks.exploration.explore import explore
from concordant.pitfalls.allocation.load_balancer.documents import HERD
from concordant.refimpl.allocation.load_balancer import BALANCER, Balancer, Balancing, one_after_the_other
from concordant.refimpl.machine import Ask, step
from concordant.spec.allocation import load_balancer as spec
from concordant.spec.allocation.load_balancer import (
    ANOTHER,
    NO_LOAD,
    NOT_YOURS,
    OTHER_SKILLS,
    Accepted,
    Assigned,
    BalancerView,
    Complete,
    Done,
    Finished,
    Given,
    Gone,
    History,
    Join,
    Joined,
    Leave,
    Lost,
    Noted,
    Request,
    Returned,
    Submit,
    Task,
    Waits,
    batches,
)
from concordant.spec.allocation.load_balancer.batches import Batch, Plan
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, addresses

FIRST, SECOND, THIRD = addresses("worker", 3)
USER, WATCH = Address("user"), Address("watch")
X, BOTH = frozenset({"x"}), frozenset({"x", "y"})
A, B, Y = Task("a", "x", 3), Task("b", "x", 1), Task("y", "y", 2)
ONE = Balancer()
BUSY = Balancing(Map.of({FIRST: BOTH, SECOND: X}), (), Map.of({"a": (A, FIRST)}), Map.of({"b": (B, SECOND)}))
WAITING = Balancing(Map.of({SECOND: X}), (Y,))


def test_a_task_goes_to_who_can_and_has_the_least_to_do_and_of_equals_to_the_first() -> None:
    assert ONE.start() == step(Balancing())
    given = Balancing(BUSY.staff, (), BUSY.given.put("c", (Task("c", "x", 1), SECOND)), BUSY.done)
    assert ONE.request(BUSY, USER, Submit(Task("c", "x", 1))) == step(
        given, Announce(Accepted(Task("c", "x", 1))), Announce(Assigned("c", SECOND)), Reply(USER, Given(SECOND))
    )
    assert ONE.choose(Balancing(BUSY.staff), A) == FIRST
    assert ONE.choose(BUSY, Y) == FIRST
    assert ONE.choose(WAITING, Y) is None


def test_what_nobody_can_do_waits_for_somebody_who_can() -> None:
    assert ONE.request(Balancing(Map.of({SECOND: X})), USER, Submit(Y)) == step(WAITING, Announce(Accepted(Y)), Reply(USER, Waits()))
    found = Balancing(Map.of({FIRST: BOTH, SECOND: X}), (), Map.of({"y": (Y, FIRST)}))
    assert ONE.request(WAITING, FIRST, Join(BOTH)) == step(
        found, Announce(Joined(FIRST, BOTH)), Announce(Assigned("y", FIRST)), Reply(FIRST, Noted())
    )


def test_what_is_done_is_no_load_any_more_and_counts_once() -> None:
    done = Balancing(BUSY.staff, (), Map(), BUSY.done.put("a", (A, FIRST)))

    assert ONE.request(BUSY, FIRST, Complete("a")) == step(done, Announce(Finished("a", FIRST)), Reply(FIRST, Noted()))
    assert ONE.request(done, FIRST, Complete("a")) == step(done, Reply(FIRST, Noted()))
    assert [ONE.view(state) for state in (BUSY, done)] == [
        BalancerView(Map.of({FIRST: 3, SECOND: 0}), (), Map.of({"a": FIRST}), Map.of({"b": SECOND})),
        BalancerView(Map.of({FIRST: 0, SECOND: 0}), (), Map(), Map.of({"a": FIRST, "b": SECOND})),
    ]


@pytest.mark.parametrize(("client", "request_"), [(FIRST, Leave()), (WATCH, Lost(FIRST))])
def test_what_a_worker_has_that_goes_is_given_to_another(client: Address, request_: Request) -> None:
    gone = Balancing(Map.of({SECOND: X}), (), Map.of({"a": (A, SECOND)}), BUSY.done)

    assert ONE.request(BUSY, client, request_) == step(
        gone, Announce(Gone(FIRST)), Announce(Returned("a")), Announce(Assigned("a", SECOND)), Reply(client, Noted())
    )
    assert ONE.request(gone, client, request_) == step(gone, Reply(client, Noted()))
    assert ONE.request(gone, FIRST, Complete("a")) == step(gone, Reply(FIRST, NOT_YOURS))


@pytest.mark.parametrize(
    ("client", "asked", "answer"),
    [
        (USER, Submit(A), Given(FIRST)),
        (USER, Submit(B), Done(SECOND)),
        (USER, Submit(Task("a", "x", 4)), ANOTHER),
        (USER, Submit(Task("b", "y", 1)), ANOTHER),
        (USER, Submit(Task("c", "x", 0)), NO_LOAD),
        (FIRST, Join(BOTH), Noted()),
        (FIRST, Join(X), OTHER_SKILLS),
        (SECOND, Complete("a"), NOT_YOURS),
        (SECOND, Complete("c"), NOT_YOURS),
        (SECOND, Complete("b"), Noted()),
        (THIRD, Leave(), Noted()),
    ],
)
def test_what_is_asked_again_or_wrongly_changes_nothing_and_is_answered_by_what_is_so(client: Address, asked: Request, answer: Any) -> None:
    assert ONE.request(BUSY, client, asked) == step(BUSY, Reply(client, answer))
    assert ONE.request(WAITING, USER, Submit(Y)) == step(WAITING, Reply(USER, Waits()))


def test_a_batch_goes_to_the_least_loaded_each_in_turn() -> None:
    tasks = tuple(Task(name, "x", load) for name, load in (("a", 1), ("b", 1), ("c", 2)))
    given = Map.of({"a": FIRST, "b": SECOND, "c": FIRST})

    assert one_after_the_other(Batch((X, X), tasks)) == Plan(given)
    assert one_after_the_other(Batch((X,), (Y,))) == Plan(Map())
    assert one_after_the_other(Batch((X,), (Task("a", "x", 0),))) == NO_LOAD


def test_of_a_rejected_batch_only_that_is_judged() -> None:
    one = Batch((X,), (Task("a", "x", 0),))
    clauses = (*batches.CLAUSES, batches.within_twice_the_best, batches.as_good_as_the_best)

    assert [clause.name for clause in clauses if list(clause.cases(one, NO_LOAD))] == ["batches_without_loads_are_rejected"]


def test_two_tasks_for_which_one_worker_is_chosen_at_once_are_both_given_to_it() -> None:
    trace = explore(HERD.system).verdict("load_balancer.who_can_and_has_the_least_to_do_is_given_it").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(BALANCER, FIRST, Join(X)),
        Ask(BALANCER, USER, Submit(Task("a", "x", 1))),
        Ask(BALANCER, USER, Submit(Task("b", "x", 1))),
        Ask(BALANCER, SECOND, Join(X)),
        Ask(BALANCER, THIRD, Join(X)),
        Ask(BALANCER, WATCH, Lost(FIRST)),
    ]


def test_an_answer_is_judged_only_where_somebody_has_asked() -> None:
    assert list(spec.an_answer_is_true.cases(History(), BALANCER, Reply(USER, Noted()))) == []
    assert spec.truth(History(), USER, Rejected("no request")) == NO_LOAD
