"""The centralized coordinator: who is given what, and what becomes of the common state."""

from __future__ import annotations

from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.hierarchies.centralized_coordinator import PLANNED_AHEAD
from concordant.refimpl.hierarchies.centralized_coordinator import COORDINATOR, RIVAL, USER, Common, Coordinator, Performing
from concordant.refimpl.hierarchies.supervisor import ANYTHING
from concordant.refimpl.machine import Ask, Crash, Fire, Receive, Suspect, step
from concordant.spec.hierarchies.centralized_coordinator import BUSY, Aborted, CoordinatorView, Perform, Performed
from concordant.spec.hierarchies.shared.runs import Accepted, Done, Failed, Over, Run
from concordant.spec.hierarchies.shared.subtasks import Subtask
from concordant.spec.hierarchies.supervisor import Succeeds
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send, addresses

FIRST, SECOND = addresses("agent", 2)
TWO = Coordinator(Map.of({FIRST: ANYTHING, SECOND: frozenset({"any", "drawing"})}))
A, B, DRAWING = Subtask("a"), Subtask("b"), Subtask("d", needs="drawing")
OLD = Map.of({"z": "old"})
HAD_ONE = Map.of({FIRST: 1})


def test_the_first_subtask_is_given_to_the_first_who_can_do_it() -> None:
    begun = Performing(Common(OLD, 1), USER, (DRAWING, A), SECOND, had=Map.of({SECOND: 1}))

    assert TWO.request(Common(OLD), USER, Perform((DRAWING, A))) == step(
        begun, Announce(Accepted(USER, (DRAWING, A))), Send(SECOND, Run(1, "d"))
    )
    assert TWO.request(begun, RIVAL, Perform((A,))) == step(begun, Reply(RIVAL, BUSY))
    assert TWO.view(begun) == TWO.view(Common(OLD)) == CoordinatorView(OLD)


def test_a_task_that_cannot_be_done_is_rejected_with_the_reason() -> None:
    def told(*subtasks: Subtask, down: frozenset[Address] = frozenset()) -> object:
        return TWO.request(Common(down=down), USER, Perform(subtasks)).effects

    assert told() == (Reply(USER, Rejected("there is nothing to do")),)
    assert told(A, B, A) == (Reply(USER, Rejected("two subtasks are named a")),)
    assert told(DRAWING, down=frozenset({SECOND})) == (Reply(USER, Rejected("no agent can do d")),)


def test_the_next_subtask_goes_to_who_has_had_fewer() -> None:
    state = Performing(Common(OLD, 1), USER, (A, B), FIRST, had=HAD_ONE)
    after = Performing(Common(OLD, 2), USER, (B,), SECOND, Map.of({"a": "x"}), Map.of({FIRST: 1, SECOND: 1}))

    assert TWO.receive(state, FIRST, Over(1, Done("x"))) == step(after, Send(SECOND, Run(2, "b")))


def test_all_results_become_common_with_the_last_or_none() -> None:
    last = Performing(Common(OLD, 2), USER, (B,), SECOND, Map.of({"a": "x"}))

    done = Map.of({"a": "x", "b": "y"})
    assert TWO.receive(last, SECOND, Over(2, Done("y"))) == step(Common(done.put("z", "old"), 2), Reply(USER, Performed(done)))
    assert TWO.receive(last, SECOND, Over(2, Failed())) == step(Common(OLD, 2), Reply(USER, Aborted("b")))
    assert TWO.receive(last, SECOND, Over(1, Failed())) is None
    assert TWO.receive(Common(OLD, 2), SECOND, Over(2, Failed())) is None


def test_a_task_is_aborted_when_its_agent_is_down_or_nobody_is_left() -> None:
    state = Performing(Common(OLD, 1), USER, (A, DRAWING), FIRST, had=HAD_ONE)
    other_down = Performing(Common(OLD, 1, frozenset({SECOND})), USER, (A, DRAWING), FIRST, had=HAD_ONE)

    assert TWO.suspect(state, FIRST) == step(Common(OLD, 1, frozenset({FIRST})), Reply(USER, Aborted("a")))
    assert TWO.suspect(state, SECOND) == step(other_down)
    assert TWO.receive(other_down, FIRST, Over(1, Done("x"))) == step(other_down.common, Reply(USER, Aborted("d")))
    assert TWO.suspect(Common(), FIRST) == step(Common(down=frozenset({FIRST})))
    assert TWO.suspect(Common(down=frozenset({FIRST})), FIRST) is None


def test_whoever_plans_ahead_gives_work_to_an_agent_that_has_died_meanwhile() -> None:
    moves = [frame.move for frame in refute(PLANNED_AHEAD).verdict.trace or () if frame.move is not None]

    assert sorted(map(type, moves), key=str) == sorted((Ask, Receive, Fire, Receive, Crash, Suspect), key=str)
    assert moves[0] == Ask(COORDINATOR, USER, Perform((A, B)))
    assert Fire(FIRST, Succeeds(Run(1, "a"))) in moves
    assert moves[-1] == Receive(COORDINATOR, FIRST, Over(1, Done("result 1 of a")))
