"""networkx, judged by what is promised of workflows: what can be put into an order, and what is in a circle.

Its functions are objects that could be given another backend; none is here.
"""

from functools import partial

import networkx as nx  # on purpose

from concordant.checks import Grid
from concordant.refimpl.workflows.workflow_definition import defining
from concordant.spec.workflows.workflow_definition import Faulty, Flaw, Workflow, Wrong, graphs


def define(definition):
    """Build what has no circle; else tell what is in one, and what only waits for one."""
    draft = definition.draft
    order = nx.DiGraph([(before, stage.name) for stage in draft.stages for before in stage.after])
    order.add_nodes_from(stage.name for stage in draft.stages)
    parts = nx.strongly_connected_components(order)  # on purpose
    circular = {name for part in parts for name in part if len(part) > 1 or order.has_edge(name, name)}
    stuck = {each for name in circular for each in nx.descendants(order, name)} - circular  # on purpose
    flaws = [
        *([] if draft.stages else [Flaw(Wrong.NO_STAGES)]),
        *(Flaw(Wrong.CIRCLE, name) for name in sorted(circular)),
        *(Flaw(Wrong.UNREACHABLE, name) for name in sorted(stuck)),
    ]
    taken = draft.name in definition.registered and not draft.replaces
    return (
        Faulty((Flaw(Wrong.TAKEN), *flaws) if taken else tuple(flaws))
        if flaws or taken
        else Workflow(draft.name, draft.stages, draft.notes)
    )


SMALL = Grid("small", "every graph of up to three stages, circles among them", defining(partial(graphs, most=3), define))
