"""Conditional workflows: stages linked under conditions, where a stage that is not reached is known not to be, and so are those behind it.

Source: Leymann and Roller, "Production Workflow" (2000), and WS-BPEL 2.0 (2007), section 11.6: dead-path elimination. Every link gets a
status, taken or not, also those of a stage that does not run; a stage is decided when all its links are. Van der Aalst, "The Application of
Petri Nets to Workflow Management" (1998), section 4: a workflow is sound if it can always still end, if nothing is left when it does, and if
no stage of it is dead. Van der Aalst et al., "Workflow Patterns" (2003), 4 to 7: the choices and merges.
Assumes: a stage that ends well answers one question, yes or no, on what it saw; its links read that answer and nothing else.
Chosen: a link is taken for one answer, or for any. A stage joins its links as all, one or any of them must be taken. One that fails takes none.
What is not sound is rejected before anything begins: a stage that no answers let run, a merge of one that some let two reach.
Does not promise: that a workflow whose stages fail does what it was to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import product
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Completion,
    Fair,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    always_possible,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)


class Join(Enum):
    """How many of its links must be taken for a stage to run; one without links runs in any case."""

    ALL = "all"
    ONE = "one"
    ANY = "any"


@frozen
class Link:
    """Leads from a stage, if its answer is this one; None: whatever it answers."""

    before: str
    when: bool | None = None

    def __str__(self) -> str:
        return self.before if self.when is None else f"{self.before} if {'yes' if self.when else 'no'}"


@frozen
class Stage:
    """A stage with its links, at most one from each other."""

    name: str
    links: tuple[Link, ...] = ()
    join: Join = Join.ALL

    def __str__(self) -> str:
        after = f" after {self.join.value} of {', '.join(map(str, self.links))}" if self.links else ""
        return f"{self.name}{after}"


class End(Enum):
    """How a stage has ended: with an answer, badly, or without having run."""

    YES = "yes"
    NO = "no"
    FAILED = "failed"
    SKIPPED = "skipped"


WELL = (End.NO, End.YES)
"""How a stage ends that answers: no and yes."""
Ends: TypeAlias = Map[str, End]

# ---- which workflows are sound: by trying all answers


def is_taken(link: Link, ends: Ends) -> bool:
    """Tell whether a link is taken, where the stage before it has ended."""
    return ends[link.before] in (WELL if link.when is None else (WELL[link.when],))


def runs(stage: Stage, ends: Ends) -> bool:
    """Tell whether a stage is to run, where all before it have ended."""
    taken = [is_taken(link, ends) for link in stage.links]
    return {Join.ALL: all(taken), Join.ANY: any(taken) or not taken, Join.ONE: taken.count(True) == 1 or not taken}[stage.join]


def endings(stages: tuple[Stage, ...], answers: Mapping[str, End]) -> Ends:
    """Return how each stage ends if those that run answer so, or fail; no order occurs in it. Those in a circle do not end."""
    found: Ends = Map()
    for _ in stages:  # none is later than all others
        for stage in stages:
            if all(link.before in found for link in stage.links):
                found = found.put(stage.name, answers[stage.name] if runs(stage, found) else End.SKIPPED)
    return found


def wrong(stages: tuple[Stage, ...]) -> Iterator[Rejected]:
    """Yield every reason for which a workflow is not sound."""
    names = [stage.name for stage in stages]
    for stage in stages:
        before = [link.before for link in stage.links]
        if names.count(stage.name) > 1:
            yield Rejected(f"two stages are named {stage.name}")
        yield from (Rejected(f"{stage.name} is linked to {other} twice") for other in before if before.count(other) > 1)
        yield from (Rejected(f"{stage.name} is linked to {other}, which is no stage") for other in before if other not in names)
    possible = [endings(stages, dict(zip(names, chosen, strict=True))) for chosen in product(WELL, repeat=len(names))]
    for stage in stages:
        ended = [ends for ends in possible if stage.name in ends]
        if not ended:
            yield Rejected(f"{stage.name} can never be decided")
        elif all(ends[stage.name] is End.SKIPPED for ends in ended):
            yield Rejected(f"{stage.name} can never run")
        if stage.join is Join.ONE and any(sum(is_taken(link, ends) for link in stage.links) > 1 for ends in ended):
            yield Rejected(f"{stage.name} may be reached twice")


# ---- requests and answers


@frozen
class Run:
    """Run this workflow. Answered by `Done` once all has ended, or by a `Rejected`: `BUSY`, or for a reason in `wrong`."""

    stages: tuple[Stage, ...]


@frozen
class Done:
    """How each stage ended."""

    ends: Ends


BUSY = Rejected("another workflow is under way")

# ---- triggers


@frozen
class Answers(Completion):
    """A stage ends well, and answers yes or no."""

    stage: str
    yes: bool


@frozen
class Fails(Completion):
    """A stage ends badly."""

    stage: str


# ---- events


@frozen
class Begun:
    """A workflow begins."""

    client: Address
    stages: tuple[Stage, ...]


@frozen
class Started:
    """A stage runs."""

    stage: str


@frozen
class Skipped:
    """A stage is not to run."""

    stage: str


# ---- views


@frozen
class WorkflowView:
    """Which stages wait to be decided, and which run, each by name."""

    waiting: tuple[str, ...]
    running: tuple[str, ...]


# ---- history


@frozen
class Course:
    """What is known of the workflow under way. `owner`: who waits for it. `ends`: how stages have ended, by what they did themselves.

    `failures`: how many stages have failed.
    """

    calls: Calls = Calls()
    owner: Address | None = None
    stages: tuple[Stage, ...] = ()
    started: frozenset[str] = frozenset()
    ends: Ends = Map()
    failures: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Course:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Begun(client, stages):
                return Course(seen.calls, client, stages, failures=self.failures)
            case Started(stage):
                return evolve(seen, started=self.started | {stage})
            case Skipped(stage):
                return evolve(seen, ends=self.ends.put(stage, End.SKIPPED))
            case Answers(stage, yes):
                return evolve(seen, ends=self.ends.put(stage, WELL[yes]))
            case Fails(stage):
                return evolve(seen, ends=self.ends.put(stage, End.FAILED), failures=self.failures + 1)
            case Reply(to) if to == self.owner:
                return evolve(seen, owner=None)
            case _:
                return seen

    @property
    def running(self) -> frozenset[str]:
        """What has started and not ended."""
        return self.started - frozenset(self.ends)

    def undecided(self, name: str) -> tuple[str, ...]:
        """The stages before one that have not ended."""
        return tuple(link.before for stage in self.stages if stage.name == name for link in stage.links if link.before not in self.ends)

    def must_run(self, name: str) -> bool:
        """Tell whether a stage of which all before have ended is to run."""
        return any(runs(stage, self.ends) for stage in self.stages if stage.name == name)


# ---- clauses


@on_event(Begun)
def only_what_is_sound_begins(before: Course, by: Address, event: Begun) -> Cases:
    """A workflow begins for a client that has asked for it, alone, and only if all its stages can run and none can be reached twice."""
    asked = before.calls.open.get(Call(event.client, by))
    reasons = tuple(wrong(event.stages))
    yield case(asked == Run(event.stages) and before.owner is None and not reasons, begins=event.stages, asked=asked, wrong=reasons)


@on_event(Started)
def a_join_waits_for_all_that_may_come(before: Course, by: Address, event: Started) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A stage starts only when all before it have ended or are known not to run, also those that it could do without."""
    undecided = before.undecided(event.stage)
    yield case(not undecided, stage=event.stage, undecided=undecided)


@on_event(Started)
def a_stage_runs_where_its_join_says_so(before: Course, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts only if as many of its links are taken as it joins: of a choice, the branch that was chosen and no other."""
    undecided = before.undecided(event.stage)  # of these another clause tells
    yield case(bool(undecided) or before.must_run(event.stage), stage=event.stage, ends=before.ends)


@on_event(Skipped)
def a_stage_is_skipped_where_it_cannot_run(before: Course, by: Address, event: Skipped) -> Cases:  # noqa: ARG001
    """A stage is skipped only when all before it have ended, and too few of its links are taken: of a choice, never all branches."""
    undecided = before.undecided(event.stage)
    yield case(not undecided and not before.must_run(event.stage), stage=event.stage, undecided=undecided, ends=before.ends)


@on_event(Started)
def each_starts_once(before: Course, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage starts at most once in a run."""
    yield case(event.stage not in before.started, stage=event.stage, started=before.started)


@always_each(WorkflowView)
def what_is_decided_does_not_wait(view: WorkflowView, workflow: Address, history: Course) -> Cases:  # noqa: ARG001
    """No stage waits of which all before have ended: it runs or is skipped at once, and so are all behind it."""
    decided = tuple(name for name in view.waiting if not history.undecided(name))
    yield case(not decided, waits=decided, ends=history.ends)


@always_each(WorkflowView)
def the_view_is_true(view: WorkflowView, workflow: Address, history: Course) -> Cases:  # noqa: ARG001
    """An outsider sees what runs and what is still to be decided, as it is."""
    undecided = {stage.name for stage in history.stages} - history.started - set(history.ends) if history.owner is not None else ()
    so = WorkflowView(tuple(sorted(undecided)), tuple(sorted(history.running)))
    yield case(view == so, view=view, so=so)


@on_event(Reply)
def proper_completion(before: Course, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """When a workflow ends nothing of it is left: every stage has ended or was skipped, and none runs."""
    if event.to == before.owner:
        left = tuple(stage.name for stage in before.stages if stage.name not in before.ends)
        yield case(not left, left=left, running=before.running)


@on_event(Reply)
def the_outcome_depends_on_answers_alone(before: Course, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """How each stage ended is what the answers make of the graph, whichever stage was quicker."""
    if event.to == before.owner:
        answers = {stage.name: before.ends.get(stage.name, End.SKIPPED) for stage in before.stages}
        due = Done(endings(before.stages, answers))
        yield case(event.answer == due, told=event.answer, due=due)


@on_event(Reply)
def a_rejection_is_true(before: Course, by: Address, event: Reply) -> Cases:
    """A client whose workflow does not begin is told why, and that is true."""
    asked = before.calls.open.get(Call(event.to, by))
    if event.to != before.owner and isinstance(asked, Run):
        true = (*wrong(asked.stages), *((BUSY,) if before.owner is not None else ()))
        yield case(event.answer in true, told=event.answer, true=true)


@always()
def nobody_is_answered_twice(seen: Seen[Course]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@at_rest()
def no_deadlock(seen: Seen[Course]) -> Cases:
    """At rest every workflow has ended: no join waits for a branch that was not taken."""
    return common.nobody_waits(seen)


@eventually(Fair.TRIGGERS)
def every_workflow_ends(seen: Seen[Course]) -> Cases:
    """Every workflow ends, if every stage that runs does."""
    return common.nobody_waits(seen)


@always_possible()
def option_to_complete(seen: Seen[Course]) -> Cases:
    """Whatever was answered and has failed, a workflow that has begun can still end."""
    return common.nobody_waits(seen)


# ---- what can happen


@sometimes
def a_branch_is_left_out(seen: Seen[Course]) -> Cases:
    """Nothing has failed, and a stage is skipped, and another behind it runs."""
    ends = seen.history.ends
    behind = (stage for stage in seen.history.stages if any(ends.get(link.before) is End.SKIPPED for link in stage.links))
    yield case(seen.history.failures == 0 and any(stage.name in seen.history.started for stage in behind))


@sometimes
def a_failure_is_passed_on(seen: Seen[Course]) -> Cases:
    """A stage fails, and one behind it is skipped."""
    yield case(seen.history.failures > 0 and End.SKIPPED in seen.history.ends.values())
