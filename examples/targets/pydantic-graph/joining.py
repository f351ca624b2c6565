"""Two producers of one join in pydantic-graph, of which the first collects what it has fanned out, as a history of messages.

python joining.py | concordant check-history messages /dev/stdin --as exactly-once
"""

import asyncio
import json

from pydantic_graph import GraphBuilder
from pydantic_graph.join import reduce_list_append

FANNED, PLAIN, JOIN = range(3)
graph = GraphBuilder(output_type=list)


def log(type, process, message, **rest):
    print(json.dumps({"process": process, "type": type, "f": type, "value": message, **rest}), flush=True)


@graph.step
async def begin(_context):
    return None


@graph.step
async def items(_context):
    return ["first", "second"]


@graph.step
async def each(context):
    return context.inputs


@graph.step
async def collected(context):
    message = " and ".join(sorted(context.inputs))
    log("send", FANNED, message, to=JOIN)
    return message


@graph.step
async def plain(_context):
    log("send", PLAIN, "third", to=JOIN)
    return "third"


@graph.step
async def joined(context):
    for message in context.inputs:
        log("deliver", JOIN, message)
    return context.inputs


collect = graph.join(reduce_list_append, initial_factory=list, node_id="collect")
join = graph.join(reduce_list_append, initial_factory=list, node_id="join")
graph.add(
    graph.edge_from(graph.start_node).to(begin),
    graph.edge_from(begin).to(items, plain),
    graph.edge_from(each).to(collect),
    graph.edge_from(collect).to(collected),
    graph.edge_from(collected, plain).to(join),
    graph.edge_from(join).to(joined),
    graph.edge_from(joined).to(graph.end_node),
)
graph.add_mapping_edge(items, each, downstream_join_id="collect")
asyncio.run(graph.build().run())
