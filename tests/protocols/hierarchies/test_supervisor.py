"""The supervisor: what it gives out, how a failure ends a task, and what agents make of stops that come early, late or twice."""

from __future__ import annotations

from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.hierarchies.supervisor.agents import STALE_STOP
from concordant.pitfalls.hierarchies.supervisor.supervisors import LEAVES
from concordant.refimpl.hierarchies.supervisor import ANYTHING, RIVAL, SUPERVISOR, USER, Agent, Idle, Nursery, Ready, Supervisor, Working
from concordant.refimpl.machine import Ask, Cancel, Fire, Move, Pitfall, Receive, step
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Failed, Over, Run, Stop, Stopped
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import (
    BUSY,
    AgentView,
    Began,
    Coordinate,
    Fails,
    Gathered,
    Halted,
    Outcome,
    Succeeds,
    SupervisorView,
    Unstarted,
)
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send, addresses

FIRST, SECOND = addresses("agent", 2)
TWO = Supervisor(Map.of({FIRST: ANYTHING, SECOND: frozenset({"any", "drawing"})}))
A, B, C, DRAWING = Subtask("a"), Subtask("b"), Subtask("c"), Subtask("d", needs="drawing")
BOTH = Map.of({FIRST: Run(1, "a"), SECOND: Run(2, "d")})
AGENT = Agent(SUPERVISOR)


def moves(pitfall: Pitfall) -> list[Move | None]:
    return [frame.move for frame in refute(pitfall).verdict.trace or () if frame.move is not None]


def gathered(**outcomes: Outcome) -> Gathered:
    return Gathered(Map.of(outcomes))


def test_each_agent_gets_the_first_subtask_that_it_can_do_and_the_rest_waits() -> None:
    taken = TWO.request(Idle(), USER, Coordinate((DRAWING, A, B)))

    waits = Nursery(USER, (B,), 2, running=BOTH.put(FIRST, Run(1, "a")).put(SECOND, Run(2, "d")))
    accepted = Announce(Accepted(USER, (DRAWING, A, B)))
    assert taken == step(waits, accepted, Send(FIRST, Run(1, "a")), Send(SECOND, Run(2, "d")))
    assert TWO.view(waits) == SupervisorView((B,), frozenset())
    assert TWO.request(waits, RIVAL, Coordinate((A,))) == step(waits, Reply(RIVAL, BUSY))


def test_a_task_that_cannot_be_done_is_rejected_with_the_reason() -> None:
    def told(*subtasks: Subtask, down: frozenset[Address] = frozenset()) -> object:
        return TWO.request(Idle(down=down), USER, Coordinate(subtasks)).effects

    assert told() == (Reply(USER, Rejected("there is nothing to do")),)
    assert told(A, B, A) == (Reply(USER, Rejected("two subtasks are named a")),)
    assert told(A, Subtask("s", needs="singing")) == (Reply(USER, Rejected("no agent can do s")),)
    assert told(DRAWING, down=frozenset({SECOND})) == (Reply(USER, Rejected("no agent can do d")),)


def test_who_is_done_gets_what_waits_and_the_last_ends_the_task() -> None:
    waits = Nursery(USER, (B,), 2, running=BOTH)
    after = Nursery(USER, (), 3, running=BOTH.put(FIRST, Run(3, "b")), outcomes=Map.of({"a": Done("x")}))
    assert TWO.receive(waits, FIRST, Over(1, Done("x"))) == step(after, Send(FIRST, Run(3, "b")))

    last = Nursery(USER, (), 2, running=BOTH.drop(FIRST), outcomes=Map.of({"a": Done("x")}))
    assert TWO.receive(last, SECOND, Over(2, Done("y"))) == step(Idle(2), Reply(USER, gathered(a=Done("x"), d=Done("y"))))


def test_a_failure_stops_the_rest_which_is_waited_for() -> None:
    failed = TWO.receive(Nursery(USER, (B,), 2, running=BOTH), FIRST, Over(1, Failed()))
    closing = Nursery(USER, (B,), 2, running=BOTH.drop(FIRST), outcomes=Map.of({"a": Failed()}), closing=True)
    assert failed == step(closing, Send(SECOND, Stop(2)))

    told = Reply(USER, gathered(a=Failed(), b=Unstarted(), d=Stopped()))
    assert TWO.receive(closing, SECOND, Over(2, Stopped())) == step(Idle(2), told)
    assert TWO.receive(closing, SECOND, Over(2, Done("y"))) == step(Idle(2), Reply(USER, gathered(a=Failed(), b=Unstarted(), d=Done("y"))))


def test_a_cancellation_stops_what_runs_once() -> None:
    closing = Nursery(USER, (), 2, running=BOTH, closing=True)

    assert TWO.cancel(Nursery(USER, (), 2, running=BOTH), USER) == step(closing, Send(FIRST, Stop(1)), Send(SECOND, Stop(2)))
    assert TWO.cancel(closing, USER) == step(closing)
    assert TWO.cancel(Idle(), USER) is None


def test_what_is_not_awaited_is_ignored() -> None:
    assert TWO.receive(Idle(2), FIRST, Over(1, Failed())) is None
    assert TWO.receive(Nursery(USER, (), 2), FIRST, Over(1, Failed())) is None
    assert TWO.receive(Nursery(USER, (), 2, running=BOTH), FIRST, Over(2, Failed())) is None


def test_an_agent_that_is_down_has_failed_and_gets_nothing_more() -> None:
    down = frozenset({FIRST})

    assert TWO.suspect(Idle(1), FIRST) == step(Idle(1, down))
    assert TWO.suspect(Idle(1, down), FIRST) is None
    assert TWO.view(Idle(1, down)) == SupervisorView((), frozenset({SECOND}))
    idle = Nursery(USER, (), 2, running=BOTH.drop(FIRST))
    assert TWO.suspect(idle, FIRST) == step(Nursery(USER, (), 2, down, BOTH.drop(FIRST)))
    alone = Nursery(USER, (), 2, running=BOTH.drop(SECOND))
    assert TWO.suspect(alone, FIRST) == step(Idle(2, down), Reply(USER, gathered(a=Failed())))


def test_an_agent_begins_what_is_new_and_tells_how_it_ended() -> None:
    run = Run(3, "a")

    assert AGENT.receive(Ready(2), SUPERVISOR, run) == step(Working(run), Announce(Began(run)))
    assert AGENT.receive(Ready(3), SUPERVISOR, run) is None
    assert AGENT.receive(Working(run), SUPERVISOR, run) is None
    assert AGENT.armed(Ready()) == ()
    assert AGENT.armed(Working(run)) == (Succeeds(run), Fails(run))
    assert AGENT.fire(Working(run), Succeeds(run)) == step(Ready(3), Send(SUPERVISOR, Over(3, Done("result 3 of a"))))
    assert AGENT.fire(Working(run), Fails(run)) == step(Ready(3), Send(SUPERVISOR, Over(3, Failed())))
    assert AGENT.view(Working(run)) == AgentView(run)
    assert AGENT.view(Ready(3)) == AgentView(None)


def test_a_stop_counts_early_and_in_time_but_not_late() -> None:
    run = Run(3, "a")
    halted = step(Ready(3), Announce(Halted(run)), Send(SUPERVISOR, Over(3, Stopped())))

    assert AGENT.receive(Working(run), SUPERVISOR, Stop(3)) == halted
    assert AGENT.receive(Working(run), SUPERVISOR, Stop(2)) is None
    assert AGENT.receive(Ready(2), SUPERVISOR, Stop(3)) == step(Ready(2, 3))
    assert AGENT.receive(Ready(2, 3), SUPERVISOR, run) == halted
    assert AGENT.receive(Ready(3), SUPERVISOR, Stop(3)) is None


def test_the_shortest_orphan_is_left_by_a_cancellation_that_nobody_waits_for() -> None:
    assert moves(LEAVES) == [
        Ask(SUPERVISOR, USER, Coordinate((A,))),
        Receive(FIRST, SUPERVISOR, Run(1, "a")),
        Cancel(SUPERVISOR, USER),
    ]


def test_a_stop_that_comes_late_may_hit_the_next_subtask_if_stops_are_not_numbered() -> None:
    assert moves(STALE_STOP) == [
        Ask(SUPERVISOR, USER, Coordinate((A,))),
        Receive(FIRST, SUPERVISOR, Run(1, "a")),
        Cancel(SUPERVISOR, USER),
        Fire(FIRST, Succeeds(Run(1, "a"))),
        Receive(SUPERVISOR, FIRST, Over(1, Done("result 1 of a"))),
        Ask(SUPERVISOR, USER, Coordinate((A,))),
        Receive(FIRST, SUPERVISOR, Run(2, "a")),
        Receive(FIRST, SUPERVISOR, Stop(1)),
        Receive(SUPERVISOR, FIRST, Over(2, Stopped())),
    ]
