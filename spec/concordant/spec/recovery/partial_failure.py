"""Partial failure: all stages are run to their end, what succeeded is kept under its name, and a policy decides whether that is enough.

Source: what is left of an operation of which parts fail is for its caller to decide: Waldo, Wyant, Wollrath and Kendall, "A Note on
Distributed Computing" (1994); what was done is undone in the reverse order, Garcia-Molina and Salem, "Sagas" (1987), section 2.
Assumes: a stage that has failed or was cancelled has done nothing; what was done can be undone, and that does not fail; the gatherer
does not crash. That a stage crashes is a way to fail, and one that never ends is cancelled when time runs out.
Chosen: how many must succeed is a number, or all; a stage that fails may be run again; if too few succeed, what did is undone, or left
alone. Values of what succeeded go into the context, where what comes later finds them, only if enough did. What is cancelled has not
succeeded. What a stage returns is its value, also if that is an error.
Does not promise: that stages which fail together are told apart by why.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, field, frozen
from attrs.validators import ge, optional

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Deadline,
    Fair,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    on_event,
    sometimes,
)

# ---- results and the policy


@frozen
class Failed:
    """A stage has failed."""


@frozen
class Cancelled:
    """A stage was cancelled."""


Value: TypeAlias = str | Failed
"""What a stage returns; nothing keeps it from returning an error."""


@frozen
class Succeeded:
    """A stage has returned a value."""

    value: Value


Result: TypeAlias = Succeeded | Failed | Cancelled
Results: TypeAlias = Map[str, Result]
"""What became of each stage, by its name."""


@frozen
class Policy:
    """How many stages must succeed, None: all; how often one that fails is run again; and whether, if too few succeed, those that did are undone.

    A number below one, or fewer times than none, is a ValueError.
    """

    needed: int | None = field(default=None, validator=optional(ge(1)))
    again: int = field(default=0, validator=ge(0))
    undoes: bool = False


# ---- requests and answers


@frozen
class RunAll:
    """A user wants stages run. Answered by `Continued`, `Aborted`, or a `Rejected`: `NO_STAGES`, `TWICE`, `BUSY`."""

    stages: tuple[str, ...]


@frozen
class Continued:
    """Enough stages have succeeded, and their values are in the context."""

    results: Results


@frozen
class Aborted:
    """Too few stages have succeeded, and these were undone, in this order."""

    results: Results
    undone: tuple[str, ...]


NO_STAGES = Rejected("there are no stages")
TWICE = Rejected("a stage is named twice")
BUSY = Rejected("other stages are being run")

# ---- triggers


@frozen
class Ended(Completion):
    """A stage has ended."""

    stage: str
    result: Result


@frozen
class Undone(Completion):
    """What a stage has done is undone."""

    stage: str


@frozen
class TimeOut(Deadline):
    """The stages have run for long enough."""


# ---- events


@frozen
class Began:
    """A stage was begun, or begun again."""

    stage: str


@frozen
class Left:
    """Stages that were still running are cancelled: their user has asked for that, or time has run out."""

    stages: tuple[str, ...]


@frozen
class Undoes:
    """What a stage has done is being undone."""

    stage: str


# ---- views


@frozen
class GathererView:
    """The values that what comes later may use, and which stages are running, in the order in which they were asked for."""

    context: Map[str, Value]
    running: tuple[str, ...]


# ---- history


@frozen
class History:
    """Who has asked for which stages, how often each was begun, what became of those that have ended, and which succeeded, in this order.

    `policy` is fixed. `undoing`: what was begun to be undone, in this order; `undone`: how many of these are. Both, and `begun`, go as far
    as once too often. `context`: the values of what was ever kept. `told`: the last answer, until more is asked for. `leaving`: its user
    has asked to cancel what runs; `late`: what ran was cancelled by nobody.
    """

    policy: Policy
    calls: Calls = Calls()
    user: Address | None = None
    asked: tuple[str, ...] = ()
    begun: Map[str, int] = Map()
    ended: Results = Map()
    succeeded: tuple[str, ...] = ()
    undoing: tuple[str, ...] = ()
    undone: int = 0
    context: Map[str, Value] = Map()
    told: Continued | Aborted | None = None
    leaving: bool = False
    late: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case RunAll(stages) if self.user is None and rejection(stages) is None:
                return evolve(after, user=by, asked=stages, told=None)
            case Began(stage):
                return evolve(
                    after,
                    begun=self.begun.put(stage, min(self.begun.get(stage, 0), self.policy.again + 1) + 1),
                    ended=self.ended.drop(stage),
                )
            case Ended(stage, result):
                succeeded = (*self.succeeded, stage) if isinstance(result, Succeeded) else self.succeeded
                return evolve(after, ended=self.ended.put(stage, result), succeeded=succeeded)
            case CancelAsked():
                return evolve(after, leaving=bool(self.running()))
            case Left(stages):
                cancelled: Results = Map.of((stage, Cancelled()) for stage in stages)
                late = self.late or not self.leaving
                return evolve(after, ended=Map.of((*self.ended.items(), *cancelled.items())), leaving=False, late=late)
            case Undoes(stage):
                return evolve(after, undoing=(*self.undoing, stage)[: len(self.succeeded) + 1])
            case Undone():
                return evolve(after, undone=min(self.undone, len(self.undoing)) + 1)
            case Reply(_, Continued() | Aborted() as answer):
                context = self.kept() if isinstance(answer, Continued) else self.context
                return History(self.policy, after.calls, context=context, told=answer, leaving=self.leaving, late=self.late)
            case _:
                return after

    def kept(self) -> Map[str, Value]:
        """Return the context with the values of what has succeeded."""
        values = [(stage, result.value) for stage, result in self.ended.items() if isinstance(result, Succeeded)]
        return Map.of((*self.context.items(), *values))

    def running(self) -> tuple[str, ...]:
        """List the stages that have begun and not ended."""
        return tuple(stage for stage in self.asked if stage in self.begun and stage not in self.ended)

    def enough(self) -> bool:
        """Tell whether as many have succeeded as the policy needs."""
        if self.policy.needed is None:
            return all(isinstance(self.ended.get(stage), Succeeded) for stage in self.asked)
        return len(self.succeeded) >= self.policy.needed


def rejection(stages: tuple[str, ...]) -> Rejected | None:
    """Return why stages are not run; None where they are."""
    if not stages:
        return NO_STAGES
    return TWICE if any(stage in stages[:place] for place, stage in enumerate(stages)) else None


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Began, under=ALL)
def is_run_as_often_as_it_may(before: History, who: Address, event: Began) -> Cases:  # noqa: ARG001  # there is one gatherer
    """A stage that was asked for is begun, and begun again only after it has failed, as often as the policy says."""
    times = before.begun.get(event.stage, 0)
    right = times == 0 or (before.ended.get(event.stage) == Failed() and times <= before.policy.again)
    yield case(event.stage in before.asked and right, stage=event.stage, times=times, ended=before.ended)


@on_event(Reply, under=ALL)
def is_run_again_while_it_may(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """A stage has failed only once it was run as often as the policy says."""
    if isinstance(event.answer, Continued | Aborted):
        failed = tuple(stage for stage, result in event.answer.results.items() if result == Failed())
        given_up = tuple(stage for stage in failed if before.begun.get(stage, 0) <= before.policy.again)
        yield case(not given_up, given_up=given_up, begun=before.begun)


@on_event(Reply, under=ALL)
def every_stage_has_its_own_result(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Once all stages have ended their user is told what became of each, under its name: that and nothing else."""
    if isinstance(event.answer, Continued | Aborted):
        whole = all(stage in before.ended for stage in before.asked)
        yield case(whole and event.answer.results == before.ended, told=event.answer, asked=before.asked, ended=before.ended)


@on_event(Reply, under=ALL)
def the_policy_decides(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """It goes on if, and only if, as many stages have succeeded as the policy needs: neither what failed nor what was cancelled has."""
    if isinstance(event.answer, Continued | Aborted):
        yield case(
            isinstance(event.answer, Continued) == before.enough(), told=event.answer, succeeded=before.succeeded, policy=before.policy
        )


@on_event(Undoes, under=ALL)
def is_undone_in_reverse(before: History, who: Address, event: Undoes) -> Cases:  # noqa: ARG001
    """What succeeded is undone one after the other, what succeeded last first, once all have ended and too few have succeeded, where the policy says so."""
    over = before.policy.undoes and not before.running() and not before.enough()
    follows = before.undone == len(before.undoing) and (*before.undoing, event.stage) == before.succeeded[::-1][: before.undone + 1]
    yield case(over and follows, stage=event.stage, succeeded=before.succeeded, undoing=before.undoing, undone=before.undone)


@on_event(Reply, under=ALL)
def all_is_undone(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001
    """Whoever is told that it was aborted is told what was undone: all that succeeded, or nothing, as the policy says."""
    if isinstance(event.answer, Aborted):
        right = before.succeeded[::-1] if before.policy.undoes else ()
        done = before.undoing[: before.undone]
        yield case(event.answer.undone == done == right, told=event.answer.undone, undone=done, right=right)


@on_event(Reply, under=ALL)
def is_rejected_for_a_reason(before: History, by: Address, event: Reply) -> Cases:
    """Stages are rejected if, and only if, there are none, one is named twice, or others are being run."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(asked, RunAll):
        why = None if event.to == before.user else rejection(asked.stages) or BUSY
        told = event.answer if isinstance(event.answer, Rejected) else None
        yield case(told == why, asked=asked, told=event.answer, why=why)


@always_each(GathererView, under=ALL)
def the_view_is_true(view: GathererView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """What is running is what was asked for and has not ended, and the context holds the values of all that was ever kept."""
    so = GathererView(history.context, history.running())
    yield case(view == so, view=view, so=so)


@always(under=ALL)
def what_is_cancelled_runs_no_more(seen: Seen[History]) -> Cases:
    """Whoever cancels while stages run has them cancelled at once."""
    yield case(not seen.history.leaving, running=seen.history.running())


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """Whoever asks is answered once, and nobody else is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_call_ends(seen: Seen[History]) -> Cases:
    """Whoever asks is answered, since stages end or time runs out, and what is to be undone is."""
    return calls.nobody_waits(seen)


# ---- what is possible


@sometimes
def some_succeed_and_some_fail(seen: Seen[History]) -> Cases:
    """It goes on, though one stage has failed, with what another has returned."""
    told = seen.history.told
    results = [type(result) for result in told.results.values()] if isinstance(told, Continued) else []
    yield case(Succeeded in results and Failed in results)


@sometimes
def all_succeed(seen: Seen[History]) -> Cases:
    """It goes on, with what all stages have returned."""
    told = seen.history.told
    yield case(isinstance(told, Continued) and all(isinstance(result, Succeeded) for result in told.results.values()))


@sometimes
def the_others_run_on(seen: Seen[History]) -> Cases:
    """A stage has failed for good, and others run on."""
    yield case(Failed() in seen.history.ended.values() and bool(seen.history.running()))


@sometimes
def time_runs_out(seen: Seen[History]) -> Cases:
    """Stages that still run are cancelled, and nobody has asked for that."""
    yield case(seen.history.late)


@sometimes
def a_stage_is_run_again(seen: Seen[History]) -> Cases:
    """A stage that has failed is run again, as often as it may."""
    yield case(any(times > seen.history.policy.again > 0 for times in seen.history.begun.values()))


@sometimes
def what_succeeded_is_undone(seen: Seen[History]) -> Cases:
    """Something that has succeeded is being undone."""
    yield case(bool(seen.history.undoing))
