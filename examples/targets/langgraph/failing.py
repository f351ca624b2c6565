"""Two nodes of one superstep of langgraph, of which one fails and is run again, as a history: what a node does it does once.

python failing.py | concordant check-history messages /dev/stdin --as exactly-once
"""

import json
from operator import add
from typing import Annotated, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

DRIVER, SUCCEEDS, FAILS = range(3)


class State(TypedDict):
    """What was done."""

    done: Annotated[list, add]


failures = [1]


def log(type, process, node, **rest):
    print(json.dumps({"process": process, "type": type, "f": type, "value": f"for {node}", **rest}), flush=True)


def succeeds(_state):
    log("deliver", SUCCEEDS, SUCCEEDS)
    return {"done": ["one"]}


def fails(_state):
    if failures:
        failures.clear()
        raise ValueError
    log("deliver", FAILS, FAILS)
    return {"done": ["other"]}


graph = StateGraph(State)
for node in (succeeds, fails):
    graph.add_node(node.__name__, node)
    graph.add_edge(START, node.__name__)
    graph.add_edge(node.__name__, END)
driven = graph.compile(checkpointer=InMemorySaver())
thread = {"configurable": {"thread_id": "1"}}
for node in (SUCCEEDS, FAILS):
    log("send", DRIVER, node, to=node)
try:
    driven.invoke({"done": []}, thread)
except ValueError:
    driven.invoke(None, thread)
