"""What wrong rules of definition break."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from concordant.pitfalls.workflows.workflow_definition.rules import (
    as_a_set,
    as_completed,
    as_predefined,
    built,
    by_stage,
    every_flaw_twice,
    first_flaw,
    in_order_added,
    last_flaw_first,
    last_two_exchanged,
    mandatory,
    named_by_its_class,
    never_replaced,
    nothing_can_run,
    optional_is_not_depended_on,
    stages_backwards,
    unreachable_is_circular,
    with_an_optional_stage,
    without,
    without_notes,
)
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.refimpl.workflows.workflow_definition import defining
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows import workflow_definition as spec
from concordant.spec.workflows.workflow_definition import ARTICLE, PAPER, Definition, Wrong

SMALL, ANYHOW = partial(spec.graphs, most=3), partial(spec.named_anyhow, most=2)


def alone(draft: spec.Draft) -> Callable[[Draw], Definition]:
    """Return how one draft is drawn, which is not registered."""
    return lambda draw: Definition(draw.one_of("workflow", (draft,)))


ARTICLE_AS_WRITTEN = Pitfall(
    "WFD-1",
    "The article workflow is an error: its stages lack what their class needs.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(alone(ARTICLE), as_predefined),
    length=1,
    raises=True,
)
PAPER_AS_WRITTEN = Pitfall(
    "WFD-2",
    "So is the paper workflow.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(alone(PAPER), as_predefined),
    length=1,
    raises=True,
)
NO_HASH = Pitfall(
    "WFD-3",
    "Stages are put into a set by whoever executes them, and have no hash.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(alone(PAPER), as_a_set),
    length=1,
    raises=True,
)
NO_NOTES = Pitfall(
    "WFD-4",
    "A workflow without notes is an error, and the article has none.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(alone(ARTICLE), as_completed),
    length=1,
    raises=True,
)
UNCHECKED = Pitfall(
    "WFD-5",
    "A stage that depends on itself is built, and found out when others have run.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(SMALL, without(Wrong.CIRCLE, Wrong.UNREACHABLE)),
    length=2,
)
UNCHECKED_UNKNOWN = Pitfall(
    "WFD-5/unknown",
    "The same, of one that depends on what is no stage.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.UNKNOWN, Wrong.UNREACHABLE)),
    length=6,
)
UNCHECKED_DUPLICATE = Pitfall(
    "WFD-5/duplicate",
    "The same, of two with one name.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.DUPLICATE)),
    length=8,
)
PARALLEL = Unmodelled(
    "WFD-6", Reason.IMPOSSIBLE, "A stage has no flag `parallel`, only one that it runs alone, which is about all pairs that it is in."
)
THREE_NAMES = Unmodelled("WFD-7", Reason.IMPOSSIBLE, "A name is given once, in the draft.")
SHARED_LISTS = Unmodelled("WFD-8", Reason.IMPOSSIBLE, "Stages, and what they depend on, are tuples.")
NAMELESS = Pitfall(
    "workflow_definition.Without/names",
    "A stage or a workflow without a name is built.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.NAMELESS_STAGE)),
    length=6,
)
NAMELESS_WORKFLOW = Pitfall(
    "workflow_definition.Without/name",
    "A workflow without a name is built.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.NO_NAME)),
    length=6,
)
EMPTY = Pitfall(
    "workflow_definition.Without/stages",
    "A workflow without stages is built.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.NO_STAGES)),
    length=4,
)
REPLACED = Pitfall(
    "workflow_definition.Without/taken",
    "A workflow takes the place of another of its name, and nobody has asked for that.",
    breaks=spec.nothing_is_replaced_unasked,
    subject=defining(SMALL, without(Wrong.TAKEN)),
    length=2,
)
REPLACED_AT_ONCE = Pitfall(
    "workflow_definition.Without/taken_at_once",
    "The same: it is built though its name is taken.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(ANYHOW, without(Wrong.TAKEN)),
    length=6,
)
NEVER_REPLACED = Pitfall(
    "workflow_definition.NeverReplaced",
    "A workflow that is to take the place of another is refused.",
    breaks=spec.nothing_is_replaced_unasked,
    subject=defining(SMALL, never_replaced),
    length=2,
)
NOTHING_CAN_RUN = Pitfall(
    "workflow_definition.NothingCanRun",
    "If one stage cannot run, all are said to be unable to.",
    breaks=spec.all_that_is_wrong_is_told,
    subject=defining(SMALL, nothing_can_run),
    length=2,
)
LAST_TWO_EXCHANGED = Pitfall(
    "workflow_definition.LastTwoExchanged",
    "Of three things that are wrong, the last is told before the one in front of it.",
    breaks=spec.told_in_order,
    subject=defining(SMALL, last_two_exchanged),
    length=10,
)
FIRST_FLAW = Pitfall(
    "workflow_definition.FirstFlaw",
    "Of two things that are wrong only the first is told.",
    breaks=spec.all_that_is_wrong_is_told,
    subject=defining(SMALL, first_flaw),
    length=5,
)
UNREACHABLE_UNTOLD = Pitfall(
    "workflow_definition.Without/unreachable",
    "A stage that only waits for a circle is not told: when the circle is mended, it may be found to be wrong.",
    breaks=spec.all_that_is_wrong_is_told,
    subject=defining(SMALL, without(Wrong.UNREACHABLE)),
    length=5,
)
UNREACHABLE_IS_CIRCULAR = Pitfall(
    "workflow_definition.UnreachableIsCircular",
    "A stage that only waits for a circle is said to be in it.",
    breaks=spec.all_that_is_wrong_is_told,
    subject=defining(SMALL, unreachable_is_circular),
    length=5,
)
EVERY_FLAW_TWICE = Pitfall(
    "workflow_definition.EveryFlawTwice",
    "What is wrong is told twice.",
    breaks=spec.told_in_order,
    subject=defining(SMALL, every_flaw_twice),
    length=1,
)
LAST_FLAW_FIRST = Pitfall(
    "workflow_definition.LastFlawFirst",
    "What is wrong is told from the end.",
    breaks=spec.told_in_order,
    subject=defining(SMALL, last_flaw_first),
    length=5,
)
BY_STAGE = Pitfall(
    "workflow_definition.ByStage",
    "What is wrong is told stage by stage.",
    breaks=spec.told_in_order,
    subject=defining(SMALL, by_stage),
    length=5,
)
STAGES_BACKWARDS = Pitfall(
    "workflow_definition.StagesBackwards",
    "What is wrong is told kind by kind, and the last stage first.",
    breaks=spec.told_in_order,
    subject=defining(SMALL, stages_backwards),
    length=5,
)
IN_ORDER_ADDED = Pitfall(
    "workflow_definition.InOrderAdded",
    "A stage that is added before one that it depends on is refused.",
    breaks=spec.order_of_stages_is_irrelevant,
    subject=defining(SMALL, in_order_added),
    length=6,
)
IN_ORDER_ADDED_REFUSED = Pitfall(
    "workflow_definition.InOrderAdded/refused",
    "The same: some order would do.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(SMALL, in_order_added),
    length=5,
)
OPTIONAL = Pitfall(
    "workflow_definition.OptionalIsNotDependedOn",
    "A stage that depends on an optional one is refused, though it can do without.",
    breaks=spec.only_what_can_be_run_is_built,
    subject=defining(with_an_optional_stage, optional_is_not_depended_on),
    length=2,
)
WITHOUT_NOTES = Pitfall(
    "workflow_definition.WithoutNotes",
    "The notes about a workflow are lost.",
    breaks=spec.what_is_built_is_what_was_drafted,
    subject=defining(spec.predefined, built(without_notes)),
    length=2,
)
MANDATORY = Pitfall(
    "workflow_definition.Mandatory",
    "Optional stages are built as mandatory ones.",
    breaks=spec.what_is_built_is_what_was_drafted,
    subject=defining(with_an_optional_stage, built(mandatory)),
    length=2,
)
NAMED_BY_ITS_CLASS = Pitfall(
    "workflow_definition.NamedByItsClass",
    "Workflows are registered under another name than they were drafted with.",
    breaks=spec.what_is_built_is_what_was_drafted,
    subject=defining(SMALL, built(named_by_its_class)),
    length=2,
)
