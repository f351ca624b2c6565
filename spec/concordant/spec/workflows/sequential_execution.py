"""Sequential execution: one stage after the other, each of which sees what those before it have returned; all of it counts, or nothing.

Source: van der Aalst et al., "Workflow Patterns" (2003), sequence; Gray, "The Transaction Concept" (1981), atomicity.
Assumes: stages are run by the environment, which tells whether they have succeeded.
Chosen: there is one context, into which a sequence puts what its stages return, all at once when the last of them has succeeded. Until then
it works on a copy: if a stage fails, or the run is cancelled, the context is what it was. A stage may depend on those before it in the list
and on what is in the context; to want anything else is rejected before anything begins, and so is a name that is taken.
Does not promise: that what stages did outside of the context is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls as common
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    CancelAsked,
    Cases,
    Completion,
    Fair,
    Fault,
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
from concordant.spec.workflows.shared.stages import Stage

Context: TypeAlias = Map[str, str]
"""What stages have returned, by their names."""

# ---- requests and answers


@frozen
class Run:
    """Run these in their order. Answered by `Completed`, `Failed`, or by a `Rejected`: `BUSY`, `CANCELLED`, or for a reason in `wrong`."""

    stages: tuple[Stage, ...]


@frozen
class Read:
    """Tell what is in the context. Answered by it."""


@frozen
class Completed:
    """All stages have succeeded, and this is the context now."""

    context: Context


@frozen
class Failed:
    """A stage has failed, and the context is what it was."""

    stage: str


BUSY = Rejected("another sequence is under way")
CANCELLED = Rejected("the run was cancelled")


def wrong(stages: tuple[Stage, ...], context: Context) -> Iterator[Rejected]:
    """Yield every reason for which stages cannot run in this order on this context."""
    names = [stage.name for stage in stages]
    for place, stage in enumerate(stages):
        if names.count(stage.name) > 1:
            yield Rejected(f"two stages are named {stage.name}")
        if stage.name in context:
            yield Rejected(f"the context has {stage.name} already")
        known = {*context, *names[:place]}
        yield from (Rejected(f"{stage.name} depends on {other}, which is not there yet") for other in stage.after if other not in known)


# ---- triggers


@frozen
class Succeeds(Completion):
    """A stage ends, and returns something."""

    stage: str

    @property
    def returned(self) -> str:
        """What it returns."""
        return f"result of {self.stage}"


@frozen
class Fails(Completion):
    """A stage ends badly, or is stopped."""

    stage: str


# ---- events


@frozen
class Begun:
    """A sequence begins."""

    client: Address
    stages: tuple[Stage, ...]


@frozen
class Started:
    """A stage begins, and sees this."""

    stage: str
    sees: Context


# ---- views


@frozen
class SequenceView:
    """What is in the context, and the stage that runs; None where none does."""

    context: Context
    running: str | None


# ---- history


@frozen
class Sequence:
    """What is known of the sequence under way, and what those before have left. `failures`: how many stages have failed.

    `owner`: who waits for it. `done`: those that have succeeded, in their order. `running`: the one that has started and not ended.
    `failed`: the one that has. `leaving`: its owner wants no more of it. `undone`: something was returned that did not come to count.
    """

    calls: Calls = Calls()
    context: Context = Map()
    owner: Address | None = None
    stages: tuple[Stage, ...] = ()
    done: tuple[str, ...] = ()
    running: str | None = None
    failed: str | None = None
    leaving: bool = False
    failures: int = 0
    undone: bool = False

    def after(self, at: Address, by: Address, happening: object) -> Sequence:
        """Fold one happening."""
        seen = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Begun(client, stages):
                return Sequence(seen.calls, self.context, client, stages, failures=self.failures, undone=self.undone)
            case Started(stage):
                return evolve(seen, running=stage)
            case Succeeds(stage):
                return evolve(seen, running=None, done=(*self.done, stage)[: len(self.stages) + 1])
            case Fails(stage):
                return evolve(seen, running=None, failed=stage, failures=self.failures + 1)
            case CancelAsked() if by == self.owner:
                return evolve(seen, leaving=True)
            case Reply(to) if to == self.owner:
                context = self.left if self.is_whole else self.context
                return Sequence(seen.calls, context, failures=self.failures, undone=self.undone or (context != self.left))
            case _:
                return seen

    @property
    def names(self) -> tuple[str, ...]:
        """The stages of the sequence, in their order."""
        return tuple(stage.name for stage in self.stages)

    @property
    def is_whole(self) -> bool:
        """Whether all stages have succeeded, and nobody has cancelled before that."""
        return self.done == self.names and not self.leaving

    @property
    def left(self) -> Context:
        """The context with what was returned by now: a fold of the results in their order."""
        return Map.of({**dict(self.context.items()), **{name: Succeeds(name).returned for name in self.done}})


# ---- clauses

ALL = Fault.CANCELLATION


@on_event(Begun, under=ALL)
def only_what_can_run_in_this_order_begins(before: Sequence, by: Address, event: Begun) -> Cases:
    """A sequence begins for a client that has asked for it, alone, and only if each stage finds all that it depends on and a name of its own."""
    asked = before.calls.open.get(Call(event.client, by))
    reasons = tuple(wrong(event.stages, before.context))
    right = asked == Run(event.stages) and before.owner is None and not reasons
    yield case(right, asked=asked, begins=event.stages, wrong=reasons, owner=before.owner)


@on_event(Started, under=ALL)
def one_after_the_other(before: Sequence, by: Address, event: Started) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A stage starts when all before it in the list have succeeded, and no other runs: the next one, and each once."""
    following = before.names[len(before.done) :][:1] if before.running is None else ()
    yield case((event.stage,) == following, starts=event.stage, done=before.done, running=before.running)


@on_event(Started, under=ALL)
def nothing_starts_after_a_failure(before: Sequence, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """Once a stage has failed, or the run was cancelled, no other starts."""
    yield case(before.failed is None and not before.leaving, starts=event.stage, failed=before.failed, cancelled=before.leaving)


@on_event(Started, under=ALL)
def each_sees_what_went_before(before: Sequence, by: Address, event: Started) -> Cases:  # noqa: ARG001
    """A stage sees the context, and what all before it have returned."""
    yield case(event.sees == before.left, starts=event.stage, sees=event.sees, left=before.left)


@always_each(SequenceView, under=ALL)
def all_or_nothing(view: SequenceView, sequence: Address, history: Sequence) -> Cases:  # noqa: ARG001
    """The context has what a sequence returned only when it is complete, and all of that: nobody ever sees a part."""
    yield case(view.context == history.context, shows=view.context, context=history.context, done=history.done)


@always_each(SequenceView, under=ALL)
def the_view_is_true(view: SequenceView, sequence: Address, history: Sequence) -> Cases:  # noqa: ARG001
    """An outsider sees which stage runs, and that none does when no sequence is under way."""
    yield case(view.running == history.running, shows=view.running, runs=history.running)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: Sequence, by: Address, event: Reply) -> Cases:
    """A client is told what became of its sequence, what is in the context, or why it is rejected; and it is so."""
    asked = before.calls.open.get(Call(event.to, by))
    if event.to == before.owner:
        yield case(event.answer == due(before), told=event.answer, due=due(before))
    else:
        reasons = wrong(asked.stages, before.context) if isinstance(asked, Run) else ()
        busy = (BUSY,) if isinstance(asked, Run) and before.owner is not None else ()
        true: tuple[object, ...] = (before.context,) if asked == Read() else (*reasons, *busy)
        yield case(event.answer in true, asked=asked, told=event.answer, true=true)


def due(before: Sequence) -> Completed | Failed | Rejected | None:
    """Return what the owner of a sequence is to be told now; None while nothing is known."""
    if before.is_whole:
        return Completed(before.left)
    if before.leaving and before.running is None:
        return CANCELLED
    return None if before.failed is None else Failed(before.failed)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[Sequence]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return common.answered_once(seen.history.calls)


@at_rest(under=ALL)
def no_deadlock(seen: Seen[Sequence]) -> Cases:
    """At rest every sequence has ended, and nobody waits."""
    return common.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_sequence_ends(seen: Seen[Sequence]) -> Cases:
    """Every sequence ends, if every stage does."""
    return common.nobody_waits(seen)


@always_possible(under=ALL)
def a_sequence_can_end(seen: Seen[Sequence]) -> Cases:
    """Whatever has happened, every sequence can still end."""
    return common.nobody_waits(seen)


# ---- what can happen


@sometimes
def one_builds_on_another(seen: Seen[Sequence]) -> Cases:
    """A sequence begins in a context that another has left."""
    yield case(seen.history.owner is not None and bool(seen.history.context))


@sometimes
def something_is_undone(seen: Seen[Sequence]) -> Cases:
    """A stage has succeeded, and the context does not have what it returned, since a later one has failed."""
    yield case(seen.history.undone)


@sometimes
def one_is_cancelled(seen: Seen[Sequence]) -> Cases:
    """A sequence is cancelled while a stage runs."""
    yield case(seen.history.leaving and seen.history.running is not None)
