"""What a graph of langgraph has stored before it was interrupted, and what its next node finds after it was resumed, as a history.

python resuming.py | concordant check-history register /dev/stdin
"""

import json
from typing import Any, TypedDict

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

PLACES = {(1, 2)}


class State(TypedDict):
    """Where somebody was."""

    places: Any


def log(f, value):
    for type in ("invoke", "ok"):
        known = value if f == "write" or type == "ok" else None
        print(json.dumps({"process": 0, "type": type, "f": f, "value": known}), flush=True)


def stores(_state):
    log("write", repr(PLACES))
    return {"places": PLACES}


def finds(state):
    log("read", repr(state["places"]))
    return {}


graph = StateGraph(State)
graph.add_node("stores", stores)
graph.add_node("finds", finds)
graph.add_edge(START, "stores")
graph.add_edge("stores", "finds")
graph.add_edge("finds", END)
interrupted = graph.compile(checkpointer=InMemorySaver(), interrupt_before=["finds"])
thread = {"configurable": {"thread_id": "1"}}
interrupted.invoke({"places": None}, thread)
interrupted.invoke(None, thread)
