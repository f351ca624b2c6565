"""What goes wrong with definitions: the documents' classes as written, which need more than is given and check nothing; and other rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attrs import evolve

from concordant.refimpl.workflows.workflow_definition import define
from concordant.spec.vocabulary import Draw, Map
from concordant.spec.workflows import workflow_definition as spec
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.workflow_definition import Definition, Faulty, Flaw, Outcome, Rule, Workflow, Wrong

# ---- the documents' classes: of stages as in `__init__`, of workflows, and the builder


@dataclass
class WrittenStage:
    """All fields are required, and what can be compared by them and changed has no hash."""

    name: str
    agent_type: str
    depends_on: list[str]
    parallel: bool
    optional: bool


@dataclass
class WrittenWorkflow:
    """The notes are required."""

    name: str
    stages: list[WrittenStage]
    metadata: dict[str, str]


def arguments(stage: Stage) -> dict[str, object]:
    """Return what the documents give for a stage: what it depends on where there is something, and nothing else."""
    given: dict[str, object] = {"name": stage.name, "agent_type": stage.needs}
    return {**given, "depends_on": list(stage.after)} if stage.after else given


def as_predefined(definition: Definition) -> Outcome:
    """Make the stages as the documents do."""
    stages = [WrittenStage(**arguments(stage)) for stage in definition.draft.stages]  # type: ignore[arg-type]  # that is the mistake
    return with_notes(definition, stages)


def as_completed(definition: Definition) -> Outcome:
    """Make the stages with all that they need, and the workflow as the documents do: with notes where there are some."""
    return with_notes(definition, completed(definition.draft.stages))


def completed(stages: tuple[Stage, ...]) -> list[WrittenStage]:
    """Give all that a stage needs."""
    return [WrittenStage(stage.name, stage.needs, list(stage.after), not stage.exclusive, stage.optional) for stage in stages]


def with_notes(definition: Definition, stages: list[WrittenStage]) -> Outcome:
    """Make the workflow with notes where there are some, and build it without a look."""
    notes = {"metadata": dict(definition.draft.notes.items())} if definition.draft.notes else {}
    WrittenWorkflow(definition.draft.name, stages, **notes)
    return unchecked(definition)


def as_a_set(definition: Definition) -> Outcome:
    """Begin as whoever executes the workflow does: by putting its stages into a set."""
    set(completed(definition.draft.stages))  # type: ignore[type-var,unused-ignore]  # that is the mistake
    return unchecked(definition)


def unchecked(definition: Definition) -> Outcome:
    """Build and register whatever is drafted."""
    draft = definition.draft
    return Workflow(draft.name, draft.stages, draft.notes)


# ---- other rules


def without(*kinds: Wrong) -> Rule:
    """Return a rule that does not look for some things that may be wrong."""

    def rule(definition: Definition) -> Outcome:
        return told(definition, lambda flaws: tuple(flaw for flaw in flaws if flaw.wrong not in kinds))

    return rule


def told(definition: Definition, change: Callable[[tuple[Flaw, ...]], tuple[Flaw, ...]]) -> Outcome:
    """Tell something else of what is wrong; build the draft where nothing is left."""
    outcome = define(definition)
    if isinstance(outcome, Workflow):
        return outcome
    flaws = change(outcome.flaws)
    return Faulty(flaws) if flaws else unchecked(definition)


def first_flaw(definition: Definition) -> Outcome:
    """Tell the first that is wrong."""
    return told(definition, lambda flaws: flaws[:1])


def every_flaw_twice(definition: Definition) -> Outcome:
    """Tell what is wrong whenever it is found."""
    return told(definition, lambda flaws: (*flaws, *flaws))


def last_flaw_first(definition: Definition) -> Outcome:
    """Tell what is wrong from the end."""
    return told(definition, lambda flaws: flaws[::-1])


def by_stage(definition: Definition) -> Outcome:
    """Tell what is wrong stage by stage."""
    return told(definition, lambda flaws: tuple(sorted(flaws, key=lambda flaw: (flaw.stage, flaw.before))))


def stages_backwards(definition: Definition) -> Outcome:
    """Tell what is wrong kind by kind, the last stage first."""
    kinds = spec.ORDER
    return told(definition, lambda flaws: tuple(sorted(flaws, key=lambda flaw: kinds.index(flaw.wrong), reverse=True))[::-1])


def unreachable_is_circular(definition: Definition) -> Outcome:
    """Take whatever cannot run for part of a circle."""
    return told(
        definition,
        lambda flaws: tuple(Flaw(Wrong.CIRCLE, flaw.stage) if flaw.wrong is Wrong.UNREACHABLE else flaw for flaw in flaws),
    )


def in_order_added(definition: Definition) -> Outcome:
    """Want each stage to be added after all that it depends on."""
    outcome = define(definition)
    stages = definition.draft.stages
    names = [stage.name for stage in stages]
    early = [stage for place, stage in enumerate(stages) if not set(stage.after) <= set(names[:place])]
    return Faulty(tuple(Flaw(Wrong.UNREACHABLE, stage.name) for stage in early)) if early and isinstance(outcome, Workflow) else outcome


def optional_is_not_depended_on(definition: Definition) -> Outcome:
    """Refuse a stage that depends on an optional one."""
    outcome = define(definition)
    optional = {stage.name for stage in definition.draft.stages if stage.optional}
    wrong = tuple(Flaw(Wrong.UNREACHABLE, each.name) for each in definition.draft.stages if optional & set(each.after))
    return Faulty(wrong) if wrong and isinstance(outcome, Workflow) else outcome


def built(change: Callable[[Workflow], Workflow]) -> Rule:
    """Return a rule that builds something else than was drafted."""

    def rule(definition: Definition) -> Outcome:
        outcome = define(definition)
        return change(outcome) if isinstance(outcome, Workflow) else outcome

    return rule


def without_notes(workflow: Workflow) -> Workflow:
    """Drop the notes."""
    return evolve(workflow, notes=Map())


def mandatory(workflow: Workflow) -> Workflow:
    """Make every stage mandatory."""
    return evolve(workflow, stages=tuple(evolve(stage, optional=False) for stage in workflow.stages))


def named_by_its_class(workflow: Workflow) -> Workflow:
    """Give every workflow the name of its class."""
    return evolve(workflow, name="Workflow")


def never_replaced(definition: Definition) -> Outcome:
    """Refuse every name that is taken."""
    taken = definition.draft.name in definition.registered
    return define(Definition(evolve(definition.draft, replaces=False), definition.registered)) if taken else define(definition)


def nothing_can_run(definition: Definition) -> Outcome:
    """Say of all stages that they cannot run, if one cannot."""
    everything = tuple(Flaw(Wrong.UNREACHABLE, name) for name in sorted({stage.name for stage in definition.draft.stages}))
    return told(definition, lambda flaws: (*(flaw for flaw in flaws if flaw.wrong is not Wrong.UNREACHABLE), *everything))


def last_two_exchanged(definition: Definition) -> Outcome:
    """Of three or more things that are wrong, tell the last before the one in front of it."""
    return told(definition, lambda flaws: (*flaws[:-2], *flaws[:-3:-1]) if len(flaws) > 2 else flaws)


def with_an_optional_stage(draw: Draw) -> Definition:
    """Draw two stages, of which one may be optional, and one may depend on the other."""
    first = Stage("a", optional=draw.one_of("a is optional", (False, True)))
    return Definition(spec.Draft("draft", (first, Stage("b", ("a",) if draw.one_of("b after a", (False, True)) else ()))))
