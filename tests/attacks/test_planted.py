"""Machines and rules with a defect that somebody might make, by hand: each was refuted by no clause in any small scope of its stem."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.report import Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.registry import protocol
from concordant.refimpl.consensus import raft_membership
from concordant.refimpl.consensus.raft import Leader, Server, State, Trigger
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.refimpl.memory.result_cache import AgingCache, Caching, Kept
from concordant.refimpl.memory.working_memory import Memory, Remembering, Request
from concordant.refimpl.recovery.partial_failure import Gatherer, Gathering
from concordant.refimpl.recovery.retry_recovery import Agent, Serving
from concordant.refimpl.workflows import coordination_metrics as metrics
from concordant.refimpl.workflows.conditional_workflow import Engine, Running
from concordant.refimpl.workflows.prefetch_execution import Prefetcher
from concordant.refimpl.workflows.prefetch_execution import Running as Prefetching
from concordant.refimpl.workflows.sequential_execution import Sequencer, flaw
from concordant.spec.consensus.raft import Position, position
from concordant.spec.memory.working_memory import Store
from concordant.spec.recovery.retry_recovery import Perform, Performed
from concordant.spec.vocabulary import Address, Amount, Map
from concordant.spec.workflows.conditional_workflow import Join, Link
from concordant.spec.workflows.conditional_workflow import Stage as Conditional
from concordant.spec.workflows.coordination_metrics import Attempted, Event, Log, Outcome
from concordant.spec.workflows.sequential_execution import Context
from concordant.spec.workflows.shared.stages import Stage
from tests.attacks.test_answers import refuting


@frozen
class LooksAtNeighbours(Sequencer):
    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        names = [stage.name for stage in stages]
        is_fine = len(names) > len(set(names)) and all(one != other for one, other in pairwise(names))
        return None if is_fine else super().refuses(stages, context)


@frozen
class NeedsItself(Sequencer):
    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        return flaw(tuple(evolve(each, after=tuple(other for other in each.after if other != each.name)) for each in stages), context)


@frozen
class JoinsTheFirst(Engine):
    def may_be_decided(self, stage: Conditional, state: Running) -> bool:
        return super().may_be_decided(stage, state) or (stage.join is Join.ONE and any(self.is_taken(link, state) for link in stage.links))

    def is_taken(self, link: Link, state: Running) -> bool:
        return link.before in state.ends and super().is_taken(link, state)


@frozen
class LosesItsWindow(Prefetcher):
    def ahead(self, state: Prefetching) -> range:
        return Prefetcher.ahead(evolve(self, window=1) if state.version else self, state)


@frozen
class NeedsNoMoreThanThereAre(Gatherer):
    def is_enough(self, task: Gathering) -> bool:
        return len(task.succeeded) >= min(self.policy.needed or len(task.stages), len(task.stages))


@frozen
class AnswersForWhatIsGiven(Agent):
    def begin(self, state: Serving, asked: Perform) -> Step[Serving]:
        known = asked.key is not None and asked.key in state.record
        return self.tell(state, Performed(asked.attempt, asked.given + 1)) if known else super().begin(state, asked)


@frozen
class RenewsWhatIsUsed(AgingCache):
    def tell(self, state: Caching, client: Address, hit: Kept) -> Step[Caching]:
        after = super().tell(state, client, hit)
        return step(evolve(after.state, kept=(*after.state.kept[:-1], evolve(hit, began=state.now))), *after.effects)


@frozen
class KeepsItsImportance(Memory):
    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        if isinstance(request, Store):
            known = self.find(state, request.key)
            return super().request(state, client, evolve(request, importance=known.importance if known else request.importance))
        return super().request(state, client, request)


@frozen
class CountsAnew(Memory):
    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        after = super().make_room(state, hand)
        long = Map.of((key, item if key in state.long else evolve(item, uses=1)) for key, item in after.state.long.items())
        return step(evolve(after.state, long=long), *after.effects)


@frozen
class StandsOnceRemoved(raft_membership.Server):
    def armed(self, state: State) -> tuple[Trigger, ...]:
        return self.among(state.log).armed(state) if self.me in self.first else super().armed(state)


@frozen
class CommitsWithOneOther(Server):
    def may_commit(self, state: State, role: Leader, index: int) -> bool:
        return position(state.log, index).term == state.term and sum(stored >= index for stored in role.stored.values()) > len(
            self.peers[:1]
        )


@frozen
class VotesForNoShorterLog(Server):
    def is_up_to_date(self, last: Position, own: Position) -> bool:
        return last >= own and last.index >= own.index


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        pytest.param(LooksAtNeighbours, "only_what_can_run_in_this_order_begins", id="two stages of one name have another between them"),
        pytest.param(NeedsItself, "only_what_can_run_in_this_order_begins", id="a stage depends on itself"),
        pytest.param(JoinsTheFirst, "a_join_waits_for_all_that_may_come", id="a merge of one does not wait for the other"),
        pytest.param(LosesItsWindow, "nothing_in_the_window_waits", id="nothing far ahead is fetched once the store was changed"),
        pytest.param(NeedsNoMoreThanThereAre, "the_policy_decides", id="fewer stages than are needed are enough"),
        pytest.param(AnswersForWhatIsGiven, "what_agents_say_is_true", id="what was done once is told as if it were done anew"),
        pytest.param(RenewsWhatIsUsed, "the_view_is_true", id="a result that is used does not grow old"),
        pytest.param(KeepsItsImportance, "the_least_is_demoted", id="the importance of a key never changes"),
        pytest.param(CountsAnew, "what_is_used_often_is_at_hand", id="a key that is demoted was never used"),
        pytest.param(StandsOnceRemoved, "an_election_needs_a_majority", id="a server stands that was a member, and is none by its log"),
        pytest.param(CommitsWithOneOther, "a_majority_stores_what_is_committed", id="a leader of four commits with one other"),
        pytest.param(VotesForNoShorterLog, "a_leader_is_elected", id="a shorter log of a later term gets no vote"),
    ],
)
def test_a_small_scope_refutes_a_machine_in_which(wrong: type[AnyProcess], clause: str) -> None:
    assert clause in refuting(wrong)


def is_in_time_whatever_the_run(events: tuple[Event, ...]) -> bool:
    return RIGHT_TIME(tuple(evolve(each, run="all") if isinstance(each, Attempted) else each for each in events))


def is_forwards_to_the_last(events: tuple[Event, ...], event: Event, began: dict[str, Amount]) -> bool:
    last = [each for each in events if isinstance(each, Attempted)][-1:]
    return RIGHT_WAY((*(each for each in events if not isinstance(each, Attempted)), *last), event, began)


def measure_by_kind(log: Log) -> Outcome:
    first = {entry.number: entry.event for entry in reversed(log.entries)}
    alike = tuple(evolve(each, event=first[each.number]) if type(each.event) is type(first[each.number]) else each for each in log.entries)
    return RIGHT_MEASURE(Log(alike))


RIGHT_TIME, RIGHT_WAY, RIGHT_MEASURE = metrics.is_in_time, metrics.is_forwards, metrics.measure


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("is_in_time", is_in_time_whatever_the_run), ("is_forwards", is_forwards_to_the_last), ("measure", measure_by_kind)],
    ids=["two runs have stages of one name", "a run ends before one of its first attempts", "one number is given to two of a kind"],
)
def test_a_grid_refutes_metrics_of_logs_in_which(name: str, wrong: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, name, wrong)
    small = [evolve(grid, mechanism=evolve(grid.mechanism, rule=metrics.measure)) for grid in protocol("coordination_metrics").grids[2:]]

    verdicts = [verdict for grid in small for verdict in judge_grid(grid).verdicts]

    assert "malformed_logs_are_rejected" in {each.clause.name for each in verdicts if each.status is Status.VIOLATED}
