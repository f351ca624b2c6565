"""graphlib.TopologicalSorter, judged by what is promised of workflows: what can be put into an order is built, in whatever order it is listed."""

from functools import partial
from graphlib import CycleError, TopologicalSorter

from concordant.checks import Grid
from concordant.refimpl.machine import Mechanism
from concordant.spec.workflows.workflow_definition import (
    Faulty,
    Flaw,
    Workflow,
    Wrong,
    graphs,
    nothing_is_replaced_unasked,
    only_what_can_be_run_is_built,
    what_is_built_is_what_was_drafted,
)


def define(definition):
    """Build what is prepared without an error, and of which all is ready once."""
    draft = definition.draft
    sorter = TopologicalSorter({stage.name: stage.after for stage in draft.stages})
    if draft.name in definition.registered and not draft.replaces:
        return Faulty((Flaw(Wrong.TAKEN),))
    try:
        sorter.prepare()
    except CycleError as error:
        return Faulty(tuple(Flaw(Wrong.CIRCLE, name) for name in sorted(set(error.args[1]))))
    done = []
    while ready := sorter.get_ready():
        done += ready
        sorter.done(*ready)
    is_whole = sorted(done) == sorted(stage.name for stage in draft.stages) != []
    return Workflow(draft.name, draft.stages, draft.notes) if is_whole else Faulty((Flaw(Wrong.NO_STAGES),))


PROMISES = (only_what_can_be_run_is_built, what_is_built_is_what_was_drafted, nothing_is_replaced_unasked)
SMALL = Grid("small", "every graph of up to three stages, circles among them", Mechanism(define, partial(graphs, most=3), PROMISES))
