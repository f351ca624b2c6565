"""Managers and workers: who is given what, what becomes of parts that come back, and whom a manager believes."""

from __future__ import annotations

from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.hierarchies.manager_worker.as_written import FOR_EVER, NEVER_TRIED
from concordant.pitfalls.hierarchies.manager_worker.telling import CREDITED_TWICE
from concordant.refimpl.hierarchies.manager_worker import (
    ALONE,
    HEAD,
    RIVAL,
    USER,
    Idle,
    Leading,
    Manager,
    Ready,
    Worker,
    Working,
    below_head,
)
from concordant.refimpl.machine import Ask, Fire, Move, Pitfall, Receive, Suspect, step
from concordant.spec.hierarchies.manager_worker import (
    BUSY,
    Accepted,
    Assign,
    Credit,
    Divided,
    Ended,
    Fails,
    ManagerView,
    Perform,
    Place,
    Report,
    Staff,
    Succeeds,
    Task,
    WorkerView,
)
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send, addresses

A, B, C = Task("a"), Task("b"), Task("c")
BOTH, ALL = Task("ab", (A, B)), Task("abc", (Task("ab", (A, B)), C))
MANAGER, (FIRST, SECOND) = Address("manager", 1), addresses("worker", 2)
LEVELS = (ALONE, Place(MANAGER, HEAD), Place(FIRST, MANAGER, frozenset({"a", "b"})), Place(SECOND, HEAD, frozenset({"a", "c"})))
TOP, BELOW, WORKER = Manager(HEAD, LEVELS), Manager(MANAGER, LEVELS), Worker(FIRST, MANAGER)
BY_FIRST, BY_SECOND = Credit("a", FIRST), Credit("a", SECOND)


def moves(pitfall: Pitfall) -> list[Move | None]:
    return [frame.move for frame in refute(pitfall).verdict.trace or () if frame.move is not None]


def had(**times: int) -> Map[Address, int]:
    return Map.of({{"manager": MANAGER, "first": FIRST, "second": SECOND}[name]: count for name, count in times.items()})


def test_what_nobody_can_see_to_as_a_whole_is_divided_until_somebody_can() -> None:
    taken = TOP.request(Idle(), USER, Perform(ALL))

    leading = Leading(Idle(had=had(manager=1)), USER, (BOTH, C), MANAGER)
    assert taken == step(leading, Announce(Accepted(USER, ALL)), Announce(Divided(ALL, (BOTH, C))), Send(MANAGER, Assign(1, BOTH)))
    assert TOP.view(leading) == ManagerView()
    assert TOP.request(leading, RIVAL, Perform(A)) == step(leading, Reply(RIVAL, BUSY))


def test_a_manager_takes_a_task_as_a_worker_does_and_once() -> None:
    leading = Leading(Idle(last=1, had=had(first=1)), HEAD, (A, B), FIRST)

    taken = BELOW.receive(Idle(), HEAD, Assign(1, BOTH))
    assert taken == step(leading, Announce(Divided(BOTH, (A, B))), Send(FIRST, Assign(1, A)))
    assert BELOW.receive(leading, HEAD, Assign(2, BOTH)) is None
    assert BELOW.receive(Idle(last=1), HEAD, Assign(1, BOTH)) is None


def test_who_was_given_least_is_given_more() -> None:
    assert TOP.request(Idle(had=had(manager=1)), USER, Perform(A)).effects[1:] == (Send(SECOND, Assign(2, A)),)
    assert TOP.request(Idle(had=had(manager=1, second=1)), USER, Perform(A)).effects[1:] == (Send(MANAGER, Assign(3, A)),)


def test_what_comes_back_is_given_to_another_and_the_rest_waits() -> None:
    leading = Leading(Idle(had=had(manager=1)), USER, (BOTH, C), MANAGER)

    after = TOP.receive(leading, MANAGER, Report(1, (), (A, B)))
    goes_on = Leading(Idle(had=had(manager=1, second=1)), USER, (A, B, C), SECOND, tried=frozenset({("a", MANAGER)}))
    assert after == step(goes_on, Send(SECOND, Assign(2, A)))
    again = TOP.receive(goes_on, SECOND, Report(2, (), (A,)))
    assert again == step(goes_on.lasting, Reply(USER, Ended((), (A, B, C))))


def test_a_task_is_done_when_nothing_is_left_of_it() -> None:
    last = Leading(Idle(had=had(second=1)), USER, (C,), SECOND, credits=(BY_FIRST,))

    done = TOP.receive(last, SECOND, Report(1, (Credit("c", SECOND),), ()))
    assert done == step(last.lasting, Reply(USER, Ended((BY_FIRST, Credit("c", SECOND)), ())))
    below = Leading(Idle(last=4, had=had(first=1)), HEAD, (A,), FIRST)
    assert BELOW.receive(below, FIRST, Report(1, (BY_FIRST,), ())) == step(below.lasting, Send(HEAD, Report(4, (BY_FIRST,), ())))


def test_only_who_has_the_task_is_believed() -> None:
    leading = Leading(Idle(had=had(manager=1, second=1)), USER, (A,), SECOND)

    assert TOP.receive(leading, MANAGER, Report(1, (BY_FIRST,), ())) is None
    assert TOP.receive(leading.lasting, SECOND, Report(2, (BY_SECOND,), ())) is None


def test_what_somebody_had_who_is_down_is_given_to_another() -> None:
    down = frozenset({MANAGER})
    leading = Leading(Idle(had=had(manager=1)), USER, (A,), MANAGER)

    goes_on = Leading(Idle(had=had(manager=1, second=1), down=down), USER, (A,), SECOND)
    assert TOP.suspect(leading, MANAGER) == step(goes_on, Send(SECOND, Assign(2, A)))
    assert TOP.suspect(goes_on, MANAGER) is None
    assert TOP.suspect(Idle(), MANAGER) == step(Idle(down=down))
    other = Leading(Idle(down=down), USER, (A,), SECOND)
    assert TOP.suspect(Leading(Idle(), USER, (A,), SECOND), MANAGER) == step(other)


def test_an_organisation_that_is_no_forest_and_a_task_with_twins_are_rejected_with_the_reason() -> None:
    def told(staff: Staff, task: Task = A) -> object:
        return Manager(HEAD, staff).request(Idle(), USER, Perform(task)).effects

    def no(reason: str) -> object:
        return (Reply(USER, Rejected(reason)),)

    assert told((ALONE, Place(FIRST, HEAD), Place(FIRST, HEAD))) == no("worker0 has two places")
    assert told((ALONE, Place(FIRST, MANAGER))) == no("no path leads from worker0 to a head")
    assert told((ALONE, Place(MANAGER, MANAGER))) == no("no path leads from manager1 to a head")
    assert told(below_head("a"), Task("ab", (A, Task("b", (A,))))) == no("two tasks are named a")
    assert told(below_head("b")) == (Announce(Accepted(USER, A)), Reply(USER, Ended((), (A,))))


def test_a_worker_does_what_is_new_and_reports_it() -> None:
    working = Working(Assign(3, A))

    assert WORKER.receive(Ready(2), MANAGER, Assign(3, A)) == step(working)
    assert WORKER.receive(Ready(3), MANAGER, Assign(3, A)) is None
    assert WORKER.receive(working, MANAGER, Assign(4, A)) is None
    assert WORKER.armed(Ready()) == ()
    assert WORKER.armed(working) == (Succeeds("a"), Fails("a"))
    assert WORKER.fire(working, Succeeds("a")) == step(Ready(3), Send(MANAGER, Report(3, (BY_FIRST,), ())))
    assert WORKER.fire(working, Fails("a")) == step(Ready(3), Send(MANAGER, Report(3, (), (A,))))
    assert WORKER.fire(Ready(3), Fails("a")) == step(Ready(3))
    assert (WORKER.view(working), WORKER.view(Ready())) == (WorkerView("a"), WorkerView(None))


def test_as_written_what_cannot_be_divided_is_divided_for_ever() -> None:
    assert [type(move) for move in moves(FOR_EVER)] == [Ask, Fire, Fire]


def test_as_written_the_second_worker_is_never_tried() -> None:
    assert moves(NEVER_TRIED) == [
        Ask(HEAD, USER, Perform(A)),
        Receive(FIRST, HEAD, Assign(1, A)),
        Fire(FIRST, Fails("a")),
        Receive(HEAD, FIRST, Report(1, (), (A,))),
    ]


def test_the_shortest_false_credit_is_the_report_of_who_was_given_up() -> None:
    assert moves(CREDITED_TWICE) == [
        Ask(HEAD, USER, Perform(A)),
        Receive(FIRST, HEAD, Assign(1, A)),
        Suspect(HEAD, FIRST),
        Fire(FIRST, Succeeds("a")),
        Receive(HEAD, FIRST, Report(1, (BY_FIRST,), ())),
    ]
