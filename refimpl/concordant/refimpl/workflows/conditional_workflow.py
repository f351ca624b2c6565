"""A conditional workflow as one machine, by dead-path elimination; the stages that run are its environment."""

from __future__ import annotations

from collections.abc import Container
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Map, Rejected, Reply, Seen
from concordant.spec.workflows import conditional_workflow as spec
from concordant.spec.workflows.conditional_workflow import (
    BUSY,
    Answers,
    Begun,
    Course,
    Done,
    End,
    Fails,
    Join,
    Link,
    Run,
    Skipped,
    Stage,
    Started,
    WorkflowView,
)


@frozen
class Idle:
    """Nothing is under way."""


@frozen
class Running:
    """A workflow: for whom, which of its stages are undecided and which run, and how the others have ended."""

    client: Address
    undecided: tuple[Stage, ...]
    running: frozenset[str] = frozenset()
    ends: Map[str, End] = Map()


State: TypeAlias = Idle | Running


def flaw(stages: tuple[Stage, ...]) -> str | None:
    """Say why a workflow is not sound; None if it is.

    >>> flaw((Stage("a"), Stage("b", (Link("a", True),)), Stage("c", (Link("a", False), Link("b")))))
    'c can never run'
    """
    names = [stage.name for stage in stages]
    for place, stage in enumerate(stages):
        before = [link.before for link in stage.links]
        if stage.name in names[:place]:
            return f"two stages are named {stage.name}"
        for number, other in enumerate(before):
            if other not in names:
                return f"{stage.name} is linked to {other}, which is no stage"
            if other in before[:number]:
                return f"{stage.name} is linked to {other} twice"
    return _unsound(stages)


def _unsound(stages: tuple[Stage, ...]) -> str | None:
    """Follow through the graph in which cases each stage runs; a case, a number, has a bit for the answer of each stage."""
    # The hard step. What answers will be is not known before anything begins, and need not be: in each case, one answer of every
    # stage, it is decided which stages run. So whatever could go wrong in any run goes wrong in a case.
    cases = frozenset(range(2 ** len(stages)))
    yes = Map.of({stage.name: frozenset(each for each in cases if each >> place & 1) for place, stage in enumerate(stages)})
    runs: Map[str, frozenset[int]] = Map()
    while ready := [stage for stage in stages if stage.name not in runs and is_decided(stage, runs)]:
        for stage in ready:
            ways = [runs[link.before] & _taken(link.when, yes[link.before], cases) for link in stage.links]
            if stage.join is Join.ONE and sum(map(len, ways)) > len(frozenset[int]().union(*ways)):
                return f"{stage.name} may be reached twice"
            reached = cases.intersection(*ways) if stage.join is Join.ALL or not ways else frozenset[int]().union(*ways)
            if not reached:
                return f"{stage.name} can never run"
            runs = runs.put(stage.name, reached)
    return next((f"{stage.name} can never be decided" for stage in stages if stage.name not in runs), None)


def _taken(when: bool | None, yes: frozenset[int], cases: frozenset[int]) -> frozenset[int]:
    """Return the cases in which a link is taken, of those in which the stage before it answers yes and all."""
    if when is None:
        return cases
    return yes if when else cases - yes


def is_decided(stage: Stage, ended: Container[str]) -> bool:
    """Tell whether all before a stage have ended."""
    return all(link.before in ended for link in stage.links)


@frozen
class Engine(Process[State, Never, Run, Answers | Fails]):
    """Runs one workflow at a time."""

    def start(self) -> Step[State]:
        return step(Idle())

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        if isinstance(state, Running):
            return step(state, Reply(client, BUSY))
        reason = self.refuses(request.stages)
        if reason is not None:
            return step(state, Reply(client, Rejected(reason)))
        return self.go_on(Running(client, request.stages), Announce(Begun(client, request.stages)))

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return flaw(stages)

    def armed(self, state: State) -> tuple[Answers | Fails, ...]:
        running = sorted(state.running) if isinstance(state, Running) else []
        return tuple(ending for name in running for ending in (Answers(name, yes=True), Answers(name, yes=False), Fails(name)))

    def fire(self, state: State, trigger: Answers | Fails) -> Step[State]:
        if isinstance(state, Idle):
            raise ValueError(f"{trigger!r}: nothing is under way; only what is armed may fire")
        match trigger:
            case Answers(name, yes):
                return self.go_on(self.ended(state, name, End.YES if yes else End.NO))
            case Fails(name):
                return self.go_on(self.ended(state, name, End.FAILED))
            case _:
                assert_never(trigger)

    def ended(self, state: Running, name: str, end: End) -> Running:
        return evolve(state, running=state.running - {name}, ends=state.ends.put(name, end))

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        """Decide all that can be, stage by stage: who is skipped decides those behind it, too. End when nothing is left."""
        for stage in state.undecided:
            if self.may_be_decided(stage, state):
                rest = evolve(state, undecided=tuple(other for other in state.undecided if other != stage))
                after, decided = self.decide(stage, rest)
                return self.go_on(after, *before, decided)
        return step(Idle(), *before, Reply(state.client, self.done(state))) if self.is_over(state) else step(state, *before)

    def may_be_decided(self, stage: Stage, state: Running) -> bool:
        return is_decided(stage, state.ends)

    def decide(self, stage: Stage, rest: Running) -> tuple[Running, Announce]:
        if self.is_reached(stage, [self.is_taken(link, rest) for link in stage.links]):
            return evolve(rest, running=rest.running | {stage.name}), Announce(Started(stage.name))
        return self.skip(stage, rest), Announce(Skipped(stage.name))

    def skip(self, stage: Stage, rest: Running) -> Running:
        return self.ended(rest, stage.name, End.SKIPPED)

    def is_taken(self, link: Link, state: Running) -> bool:
        match state.ends[link.before]:
            case End.YES:
                return link.when is not False
            case End.NO:
                return link.when is not True
            case _:
                return False

    def is_reached(self, stage: Stage, taken: list[bool]) -> bool:
        return all(taken) if stage.join is Join.ALL else any(taken) or not taken

    def is_over(self, state: Running) -> bool:
        return not state.undecided and not state.running

    def done(self, state: Running) -> Done:
        return Done(state.ends)

    def view(self, state: State) -> WorkflowView:
        if isinstance(state, Idle):
            return WorkflowView((), ())
        return WorkflowView(tuple(sorted(stage.name for stage in state.undecided)), tuple(sorted(state.running)))


PROMISES: tuple[Clause, ...] = (
    spec.only_what_is_sound_begins,
    spec.a_join_waits_for_all_that_may_come,
    spec.a_stage_runs_where_its_join_says_so,
    spec.a_stage_is_skipped_where_it_cannot_run,
    spec.each_starts_once,
    spec.what_is_decided_does_not_wait,
    spec.the_view_is_true,
    spec.proper_completion,
    spec.the_outcome_depends_on_answers_alone,
    spec.a_rejection_is_true,
    spec.nobody_is_answered_twice,
    spec.no_deadlock,
    spec.every_workflow_ends,
    spec.option_to_complete,
)

ENGINE, CLIENT, RIVAL = Address("engine"), Address("client"), Address("client", 1)


def system(
    *runs: Run,
    rival: tuple[Run, ...] = (),
    failures: int = 0,
    engine: type[Engine] = Engine,
    examples: tuple[Clause, ...] = (),
) -> System[Course]:
    """Put an engine together with a client that asks for these workflows, and a rival that does for others. `failures`: how many stages may fail."""

    def bad_luck_is_bounded(move: Move, seen: Seen[Course]) -> bool:
        return not (isinstance(move, Fire) and isinstance(move.trigger, Fails)) or seen.history.failures < failures

    scripts = {CLIENT: runs, RIVAL: rival}
    return System(
        {ENGINE: engine()},
        Course(),
        (*PROMISES, *examples),
        users=tuple(User(name, (ENGINE,), tuple((run,) for run in script)) for name, script in scripts.items() if script),
        assume=(bad_luck_is_bounded,),
    )
