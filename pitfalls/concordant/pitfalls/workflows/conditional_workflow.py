"""Wrong conditional workflows: joins that wait for ever or not at all, conditions that are read too late, and what is not sound."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.refimpl.workflows.conditional_workflow import Engine, Idle, Running, State, system
from concordant.spec.vocabulary import Address, Announce, Map, Reply
from concordant.spec.workflows import conditional_workflow as spec
from concordant.spec.workflows.conditional_workflow import Answers, Done, End, Fails, Join, Link, Run, Skipped, Stage, Started, WorkflowView

A, B = Stage("a"), Stage("b")
IF_YES, IF_NO = Stage("b", (Link("a", when=True),)), Stage("c", (Link("a", when=False),))
MERGED = Stage("d", (Link("b"), Link("c")), Join.ONE)
CHOICE = Run((A, IF_YES, IF_NO, MERGED))
BOTH = Stage("c", (Link("a"), Link("b")))
EITHER = Stage("c", (Link("a"), Link("b")), Join.ANY)

# ---- what begins


@frozen
class ChecksNothing(Engine):
    """Begins whatever it is given."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class RefusesNothingToDo(Engine):
    """Turns away a workflow without stages."""

    def refuses(self, stages: tuple[Stage, ...]) -> str | None:
        return super().refuses(stages) if stages else "there is nothing to run"


@frozen
class LeavesOneOut(Engine):
    """Begins with one stage less than was asked for."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:
        return super().request(state, client, Run(request.stages[:-1]))


@frozen
class TakesOnMore(Engine):
    """Begins a workflow while another is under way, and forgets that."""

    def request(self, state: State, client: Address, request: Run) -> Step[State]:  # noqa: ARG002  # that is the mistake
        return super().request(Idle(), client, request)


# ---- joins


@frozen
class SkipsNobody(Engine):
    """Leaves a branch that was not taken undecided, and so all behind it."""

    def may_be_decided(self, stage: Stage, state: Running) -> bool:
        decided = super().may_be_decided(stage, state)
        return decided and self.is_reached(stage, [self.is_taken(link, state) for link in stage.links])


@frozen
class JoinsWhatHasRun(Engine):
    """Joins any that have run: those that have not started are not waited for."""

    def may_be_decided(self, stage: Stage, state: Running) -> bool:
        there = any(link.before in state.ends for link in stage.links)
        none_runs = not any(link.before in state.running for link in stage.links)
        return there and none_runs if stage.join is Join.ANY and stage.links else super().may_be_decided(stage, state)

    def is_taken(self, link: Link, state: Running) -> bool:
        return link.before in state.ends and super().is_taken(link, state)


@frozen
class ReadsTheContextLater(Engine):
    """Keeps one answer for all, which each stage overwrites, and reads it when it comes to the join."""

    def ended(self, state: Running, name: str, end: End) -> Running:
        after = super().ended(state, name, end)
        if end not in (End.YES, End.NO):
            return after
        return evolve(after, ends=Map.of({other: end if was in (End.YES, End.NO) else was for other, was in after.ends.items()}))


@frozen
class AnyIsEnough(Engine):
    """Runs a stage where any of its links is taken."""

    def is_reached(self, stage: Stage, taken: list[bool]) -> bool:
        return super().is_reached(evolve(stage, join=Join.ANY), taken)


@frozen
class WantsAll(Engine):
    """Runs a stage only where all of its links are taken."""

    def is_reached(self, stage: Stage, taken: list[bool]) -> bool:
        return super().is_reached(evolve(stage, join=Join.ALL), taken)


@frozen
class FailsFast(Engine):
    """Skips all that has not started when a stage fails."""

    def fire(self, state: State, trigger: Answers | Fails) -> Step[State]:
        if isinstance(state, Idle) or isinstance(trigger, Answers):
            return super().fire(state, trigger)
        after = evolve(state, undecided=())
        for stage in state.undecided:
            after = self.skip(stage, after)
        return self.go_on(self.ended(after, trigger.stage, End.FAILED), *(Announce(Skipped(stage.name)) for stage in state.undecided))


@frozen
class StaysFresh(Engine):
    """Lets a stage run again while another does, so that no answer is old."""

    def fire(self, state: State, trigger: Answers | Fails) -> Step[State]:
        again = isinstance(state, Running) and len(state.running) > 1
        return step(state, Announce(Started(trigger.stage))) if again else super().fire(state, trigger)


@frozen
class Waves(Engine):
    """Decides nothing while anything runs."""

    def may_be_decided(self, stage: Stage, state: Running) -> bool:
        return not state.running and super().may_be_decided(stage, state)


# ---- what is shown and told


@frozen
class ShowsWhatRuns(Engine):
    """Shows what runs alone."""

    def view(self, state: State) -> WorkflowView:
        return evolve(super().view(state), waiting=())


@frozen
class ShowsWhatWaits(Engine):
    """Shows what waits alone."""

    def view(self, state: State) -> WorkflowView:
        return evolve(super().view(state), running=())


@frozen
class EndsWithTheLast(Engine):
    """Ends when nothing is to be decided any more, although some run."""

    def is_over(self, state: Running) -> bool:
        return not state.undecided


@frozen
class CallsFailuresSkipped(Engine):
    """Tells of a stage that has failed that it was skipped."""

    def done(self, state: Running) -> Done:
        return Done(Map.of({name: End.SKIPPED if end is End.FAILED else end for name, end in state.ends.items()}))


@frozen
class AnswersAtOnce(Engine):
    """Tells its client of a failure at once, and then of the end."""

    def fire(self, state: State, trigger: Answers | Fails) -> Step[State]:
        after = super().fire(state, trigger)
        if isinstance(trigger, Answers) or isinstance(after.state, Idle):
            return after
        return step(after.state, *after.effects, Reply(after.state.client, Done(after.state.ends)))


FIRST = Run((A, B, BOTH))
D_AFTER_B = Stage("d", (Link("b"),))

NO_CONDITIONS = Unmodelled(
    "CND-1",
    Reason.NO_CODE,
    "the documents draw a choice, and neither their stages nor their workflows have a place for a condition",
)
SKIPS_NOBODY = Pitfall(
    "CND-2",
    "The branch that is not taken is never skipped: a join of all waits for it.",
    breaks=spec.no_deadlock,
    subject=system(CHOICE, engine=SkipsNobody),
    length=3,
)
NO_WAY_OUT = Pitfall(
    "CND-2/stuck",
    "A workflow in which one branch is not taken can never end any more.",
    breaks=spec.option_to_complete,
    subject=system(CHOICE, engine=SkipsNobody),
    length=1,
)
WAITS_FOR_EVER = Pitfall(
    "CND-2/waits",
    "Who has asked for a workflow in which one branch is not taken waits for ever.",
    breaks=spec.every_workflow_ends,
    subject=system(CHOICE, engine=SkipsNobody),
    length=3,
)
JOINS_WHAT_HAS_RUN = Pitfall(
    "CND-3",
    "A join of any waits for those that have started: it does not know of a slower branch, which has yet to.",
    breaks=spec.a_join_waits_for_all_that_may_come,
    subject=system(Run((A, B, D_AFTER_B, Stage("c", (Link("a"), Link("d")), Join.ANY))), engine=JoinsWhatHasRun),
    length=2,
)
READS_THE_CONTEXT_LATER = Pitfall(
    "CND-4",
    "Conditions read one context, which a concurrent stage has changed since: the branch is taken that was not chosen.",
    breaks=spec.a_stage_runs_where_its_join_says_so,
    subject=system(
        Run((A, B, Stage("c", (Link("a", when=True), Link("b"))), Stage("d", (Link("a", when=False), Link("b"))))),
        engine=ReadsTheContextLater,
    ),
    length=3,
)
CHECKS_NOTHING = Pitfall(
    "conditional_workflow.ChecksNothing",
    "A workflow begins in which a stage can never run: all of a choice must be taken.",
    breaks=spec.only_what_is_sound_begins,
    subject=system(Run((A, IF_YES, IF_NO, Stage("d", (Link("b"), Link("c"))))), engine=ChecksNothing),
    length=1,
)
REFUSES_NOTHING_TO_DO = Pitfall(
    "conditional_workflow.RefusesNothingToDo",
    "A workflow without stages is turned away, though nothing is wrong with it.",
    breaks=spec.a_rejection_is_true,
    subject=system(Run(()), engine=RefusesNothingToDo),
    length=1,
)
LEAVES_ONE_OUT = Pitfall(
    "conditional_workflow.LeavesOneOut",
    "Not all stages run that were asked for.",
    breaks=spec.only_what_is_sound_begins,
    subject=system(Run((A, B)), engine=LeavesOneOut),
    length=1,
)
TAKES_ON_MORE = Pitfall(
    "conditional_workflow.TakesOnMore",
    "A workflow takes the place of another, whose client is forgotten.",
    breaks=spec.only_what_is_sound_begins,
    subject=system(Run((A,)), rival=(Run((B,)),), engine=TakesOnMore),
    length=2,
)
ANY_IS_ENOUGH = Pitfall(
    "conditional_workflow.AnyIsEnough",
    "A stage runs that joins all of its links, of which one is not taken.",
    breaks=spec.a_stage_runs_where_its_join_says_so,
    subject=system(FIRST, failures=1, engine=AnyIsEnough),
    length=3,
)
WANTS_ALL = Pitfall(
    "conditional_workflow.WantsAll",
    "A stage is skipped that joins one of its links, which is taken.",
    breaks=spec.a_stage_is_skipped_where_it_cannot_run,
    subject=system(CHOICE, engine=WantsAll),
    length=3,
)
FAILS_FAST = Pitfall(
    "conditional_workflow.FailsFast",
    "The first failure skips all that has not started, whether or not it could do without.",
    breaks=spec.a_stage_is_skipped_where_it_cannot_run,
    subject=system(Run((A, B, EITHER)), failures=1, engine=FailsFast),
    length=2,
)
STAYS_FRESH = Pitfall(
    "conditional_workflow.StaysFresh",
    "A stage that has answered is run again while another runs.",
    breaks=spec.each_starts_once,
    subject=system(FIRST, engine=StaysFresh),
    length=2,
)
NEVER_READY = Pitfall(
    "conditional_workflow.StaysFresh/ends",
    "Two stages that are run again by turns run for ever.",
    breaks=spec.every_workflow_ends,
    subject=system(FIRST, engine=StaysFresh),
    length=8,
)
WAVES = Pitfall(
    "conditional_workflow.Waves",
    "A stage that could run waits for one that does not concern it.",
    breaks=spec.what_is_decided_does_not_wait,
    subject=system(Run((A, B, Stage("c", (Link("a"),)))), engine=Waves),
    length=1,
)
SHOWS_WHAT_RUNS = Pitfall(
    "conditional_workflow.ShowsWhatRuns",
    "Nobody sees what is still to be decided.",
    breaks=spec.the_view_is_true,
    subject=system(CHOICE, engine=ShowsWhatRuns),
    length=1,
)
SHOWS_WHAT_WAITS = Pitfall(
    "conditional_workflow.ShowsWhatWaits",
    "Nobody sees what runs.",
    breaks=spec.the_view_is_true,
    subject=system(CHOICE, engine=ShowsWhatWaits),
    length=1,
)
ENDS_WITH_THE_LAST = Pitfall(
    "conditional_workflow.EndsWithTheLast",
    "A workflow ends when its last stage has started, and something is left running.",
    breaks=spec.proper_completion,
    subject=system(Run((A, B)), engine=EndsWithTheLast),
    length=1,
)
CALLS_FAILURES_SKIPPED = Pitfall(
    "conditional_workflow.CallsFailuresSkipped",
    "A client is told of a stage that has failed that it was skipped.",
    breaks=spec.the_outcome_depends_on_answers_alone,
    subject=system(Run((A,)), failures=1, engine=CallsFailuresSkipped),
    length=2,
)
ANSWERS_AT_ONCE = Pitfall(
    "conditional_workflow.AnswersAtOnce",
    "A client is told of a failure, and once more of the end.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(Run((A, B)), failures=1, engine=AnswersAtOnce),
    length=3,
)
