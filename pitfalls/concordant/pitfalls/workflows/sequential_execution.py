"""Wrong sequences: the documents' dictionary that is half updated, and what else goes wrong from one stage to the next."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.sequential_execution import Idle, Running, Sequencer, State, flaw, system
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Reply
from concordant.spec.workflows import sequential_execution as spec
from concordant.spec.workflows.sequential_execution import CANCELLED, Completed, Context, Fails, Read, Run, SequenceView, Succeeds
from concordant.spec.workflows.shared.stages import Stage

A, B, B_AFTER_A = Stage("a"), Stage("b"), Stage("b", ("a",))
AB = Run((A, B))

# ---- what begins


@frozen
class IgnoresDependencies(Sequencer):
    """Runs stages as they are listed, whatever they depend on."""

    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        return super().refuses(tuple(Stage(stage.name) for stage in stages), context)


@frozen
class Overwrites(Sequencer):
    """Lets a stage overwrite what another of its name has returned."""

    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        known = {*context, *(stage.name for stage in stages)}
        wanted = tuple(other for stage in stages for other in stage.after if other not in known)
        return flaw((Stage("", wanted),), Map()) if wanted else None


@frozen
class RefusesNothingToDo(Sequencer):
    """Turns away a sequence without stages."""

    def refuses(self, stages: tuple[Stage, ...], context: Context) -> str | None:
        return super().refuses(stages, context) if stages else "there is nothing to run"


@frozen
class LeavesOneOut(Sequencer):
    """Begins with one stage less than was asked for."""

    def run(self, state: State, client: Address, stages: tuple[Stage, ...]) -> Step[State]:
        return super().run(state, client, stages[:-1])


@frozen
class TakesOnMore(Sequencer):
    """Begins a sequence while another is under way, and forgets that."""

    def run(self, state: State, client: Address, stages: tuple[Stage, ...]) -> Step[State]:
        return super().run(Idle(state.context), client, stages)


# ---- what starts, and what it sees


@frozen
class RunsItAgain(Sequencer):
    """Stays with a stage that has succeeded."""

    def fire(self, state: State, trigger: Succeeds | Fails) -> Step[State]:
        if isinstance(trigger, Succeeds) and isinstance(state, Running):
            return self.go_on(evolve(state, copy=state.copy.put(trigger.stage, trigger.returned)))
        return super().fire(state, trigger)


@frozen
class GoesOn(Sequencer):
    """Leaves out a stage that fails."""

    def fire(self, state: State, trigger: Succeeds | Fails) -> Step[State]:
        if isinstance(trigger, Fails) and isinstance(state, Running):
            return self.go_on(evolve(state, stages=state.stages[1:]))
        return super().fire(state, trigger)


@frozen
class IgnoresTheCancel(Sequencer):
    """Takes note of a cancel, and goes on."""

    def cancel(self, state: State, client: Address) -> Step[State] | None:
        return step(state) if super().cancel(state, client) else None


@frozen
class SeesTheContextAlone(Sequencer):
    """Shows a stage what was there before the sequence."""

    def sees(self, state: Running) -> Context:
        return state.context


# ---- what counts


@frozen
class UpdatesInPlace(Sequencer):
    """Puts each result into the context at once, as the documents do."""

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        return super().go_on(evolve(state, context=state.copy), *before)


@frozen
class KeepsWhatWasDone(Sequencer):
    """Lets count what was returned before a failure."""

    def undone(self, state: Running) -> Idle:
        return Idle(state.copy)


@frozen
class ReadsTheCopy(Sequencer):
    """Tells who reads what is being worked on."""

    def request(self, state: State, client: Address, request: Run | Read) -> Step[State]:
        if isinstance(request, Read) and isinstance(state, Running):
            return step(state, Reply(client, state.copy))
        return super().request(state, client, request)


# ---- what is told


@frozen
class SwallowsFailures(Sequencer):
    """Catches what a stage raises, and takes it for done."""

    def fire(self, state: State, trigger: Succeeds | Fails) -> Step[State]:
        return super().fire(state, Succeeds(trigger.stage))


@frozen
class TellsWhatWas(Sequencer):
    """Tells its client the context in which the sequence began."""

    def go_on(self, state: Running, *before: Announce) -> Step[State]:
        after = super().go_on(state, *before)
        told = (evolve(each, answer=Completed(state.context)) if isinstance(each, Reply) else each for each in after.effects)
        return Step(after.state, tuple(told))


@frozen
class LooksIdle(Sequencer):
    """Shows the context alone."""

    def view(self, state: State) -> SequenceView:
        return evolve(super().view(state), running=None)


@frozen
class ShowsTheFirst(Sequencer):
    """Shows a stage whether or not one runs."""

    def view(self, state: State) -> SequenceView:
        return evolve(super().view(state), running="a")


@frozen
class AnswersWhoCancels(Sequencer):
    """Answers who cancels at once, and then when the stage has ended."""

    def cancel(self, state: State, client: Address) -> Step[State] | None:
        after = super().cancel(state, client)
        return after and step(after.state, Reply(client, CANCELLED))


@frozen
class StopsListening(Sequencer):
    """Does not hear any more how a stage ends once its sequence is cancelled."""

    def armed(self, state: State) -> tuple[Succeeds | Fails, ...]:
        return () if isinstance(state, Running) and state.leaving else super().armed(state)


CANCELS = Faults(cancellations=1)

UPDATED_IN_PLACE = Pitfall(
    "SEQ-1",
    "Each result is put into the caller's context at once: when a later stage fails it is half updated.",
    breaks=spec.all_or_nothing,
    subject=system(AB, sequencer=UpdatesInPlace),
    length=2,
)
DEPENDENCIES_IGNORED = Pitfall(
    "SEQ-2",
    "A stage runs before one on which it depends, since it is listed before.",
    breaks=spec.only_what_can_run_in_this_order_begins,
    subject=system(Run((B_AFTER_A, A)), sequencer=IgnoresDependencies),
    length=1,
)
OVERWRITTEN = Pitfall(
    "SEQ-3",
    "Of two stages of one name, the second overwrites what the first has returned.",
    breaks=spec.only_what_can_run_in_this_order_begins,
    subject=system(Run((A, A)), sequencer=Overwrites),
    length=1,
)
REFUSES_NOTHING_TO_DO = Pitfall(
    "sequential_execution.RefusesNothingToDo",
    "A sequence without stages is turned away, though nothing is wrong with it.",
    breaks=spec.an_answer_is_true,
    subject=system(Run(()), sequencer=RefusesNothingToDo),
    length=1,
)
LEAVES_ONE_OUT = Pitfall(
    "sequential_execution.LeavesOneOut",
    "Not all stages run that were asked for.",
    breaks=spec.only_what_can_run_in_this_order_begins,
    subject=system(AB, sequencer=LeavesOneOut),
    length=1,
)
TAKES_ON_MORE = Pitfall(
    "sequential_execution.TakesOnMore",
    "A sequence takes the place of another, whose client is forgotten.",
    breaks=spec.only_what_can_run_in_this_order_begins,
    subject=system(AB, others=(AB,), sequencer=TakesOnMore),
    length=2,
)
SHOWS_THE_FIRST = Pitfall(
    "sequential_execution.ShowsTheFirst",
    "Somebody sees a stage run when no sequence is under way.",
    breaks=spec.the_view_is_true,
    subject=system(AB, sequencer=ShowsTheFirst),
    length=0,
)
RUNS_IT_AGAIN = Pitfall(
    "sequential_execution.RunsItAgain",
    "A stage that has succeeded is run once more.",
    breaks=spec.one_after_the_other,
    subject=system(AB, sequencer=RunsItAgain),
    length=2,
)
RUNS_FOR_EVER = Pitfall(
    "sequential_execution.RunsItAgain/ends",
    "A stage that has succeeded is run again and again.",
    breaks=spec.every_sequence_ends,
    subject=system(AB, failures=0, sequencer=RunsItAgain),
    length=5,
)
GOES_ON = Pitfall(
    "sequential_execution.GoesOn",
    "A stage that fails is left out, and the next runs without what it would have returned.",
    breaks=spec.nothing_starts_after_a_failure,
    subject=system(AB, sequencer=GoesOn),
    length=2,
)
IGNORES_THE_CANCEL = Pitfall(
    "sequential_execution.IgnoresTheCancel",
    "A sequence that nobody wants any more goes on.",
    breaks=spec.nothing_starts_after_a_failure,
    subject=system(AB, faults=CANCELS, sequencer=IgnoresTheCancel),
    length=3,
)
SEES_THE_CONTEXT_ALONE = Pitfall(
    "sequential_execution.SeesTheContextAlone",
    "A stage does not see what those before it have returned.",
    breaks=spec.each_sees_what_went_before,
    subject=system(AB, sequencer=SeesTheContextAlone),
    length=2,
)
KEEPS_WHAT_WAS_DONE = Pitfall(
    "sequential_execution.KeepsWhatWasDone",
    "When a stage fails, what those before it have returned counts all the same.",
    breaks=spec.all_or_nothing,
    subject=system(AB, sequencer=KeepsWhatWasDone),
    length=3,
)
READS_THE_COPY = Pitfall(
    "sequential_execution.ReadsTheCopy",
    "Another client reads what may never come to count.",
    breaks=spec.an_answer_is_true,
    subject=system(AB, others=(Read(),), sequencer=ReadsTheCopy),
    length=3,
)
SWALLOWS_FAILURES = Pitfall(
    "sequential_execution.SwallowsFailures",
    "What a stage raises is caught and forgotten: the sequence is complete.",
    breaks=spec.an_answer_is_true,
    subject=system(Run((A,)), sequencer=SwallowsFailures),
    length=2,
)
TELLS_WHAT_WAS = Pitfall(
    "sequential_execution.TellsWhatWas",
    "A client is told the context as it was before.",
    breaks=spec.an_answer_is_true,
    subject=system(Run((A,)), sequencer=TellsWhatWas),
    length=2,
)
LOOKS_IDLE = Pitfall(
    "sequential_execution.LooksIdle",
    "Nobody sees which stage runs.",
    breaks=spec.the_view_is_true,
    subject=system(AB, sequencer=LooksIdle),
    length=1,
)
ANSWERS_WHO_CANCELS = Pitfall(
    "sequential_execution.AnswersWhoCancels",
    "Who cancels is answered at once, and again when the stage has ended.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(AB, faults=CANCELS, sequencer=AnswersWhoCancels),
    length=3,
)
STOPS_LISTENING = Pitfall(
    "sequential_execution.StopsListening",
    "Who has cancelled hears nothing any more.",
    breaks=spec.no_deadlock,
    subject=system(AB, faults=CANCELS, sequencer=StopsListening),
    length=2,
)
WAITS_FOR_EVER = Pitfall(
    "sequential_execution.StopsListening/waits",
    "Who has cancelled waits for ever.",
    breaks=spec.every_sequence_ends,
    subject=system(AB, faults=CANCELS, sequencer=StopsListening),
    length=2,
)
NO_WAY_OUT = Pitfall(
    "sequential_execution.StopsListening/stuck",
    "A sequence that was cancelled can never end any more.",
    breaks=spec.a_sequence_can_end,
    subject=system(AB, faults=CANCELS, sequencer=StopsListening),
    length=2,
)
