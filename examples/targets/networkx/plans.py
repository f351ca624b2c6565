"""networkx, judged by what is promised of capacity plans: how many stages may run at once, and by how many chains all are held.

Its functions are objects that could be given another backend; none is here.
"""

import networkx as nx  # on purpose

from concordant.checks import Grid
from concordant.refimpl.allocation.capacity_planning import on_malformed, over, planning
from concordant.spec.allocation.capacity_planning import CIRCLE, DUPLICATE_STAGE, NO_STAGES, UNKNOWN_STAGE, Capacity, careless, crossing


def width(plan):
    """Take a largest antichain, and chains from a largest matching in the transitive closure."""
    order = nx.DiGraph(plan.before)
    if not plan.stages:
        return NO_STAGES
    if len(set(plan.stages)) < len(plan.stages):
        return DUPLICATE_STAGE
    if set(order) - set(plan.stages):
        return UNKNOWN_STAGE
    if not nx.is_directed_acyclic_graph(order):  # on purpose
        return CIRCLE
    order.add_nodes_from(plan.stages)
    together = max(nx.antichains(order), key=lambda stages: (len(stages), sorted(stages)))  # on purpose
    halves = nx.Graph(((early, 0), (late, 1)) for early, late in sorted(nx.transitive_closure_dag(order).edges))  # on purpose
    matched = nx.bipartite.hopcroft_karp_matching(halves, [(stage, 0) for stage in plan.stages if (stage, 0) in halves])
    following = nx.DiGraph((early, late) for (early, half), (late, _) in matched.items() if not half)
    following.add_nodes_from(plan.stages)
    chains = [tuple(nx.topological_sort(following.subgraph(each))) for each in nx.weakly_connected_components(following)]  # on purpose
    return Capacity(len(together), tuple(stage for stage in plan.stages if stage in together), tuple(sorted(chains)))


SMALL = Grid("small", "all orders of up to four stages", planning(4, width), (0,))
CROSSING = Grid("crossing", "five stages of which two wait for one that waits for two", over(crossing, width), (0,))
MALFORMED = Grid("malformed", "three stages and one flaw; at random several", on_malformed(width), (0,), at_random=careless)
