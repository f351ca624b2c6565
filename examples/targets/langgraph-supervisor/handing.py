"""A supervisor of langgraph-supervisor that hands a task to two agents at once, as a history: what each was given, and what the supervisor heard back.

python handing.py | concordant check-history messages /dev/stdin --as exactly-once
"""

import json

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph_supervisor import create_supervisor

AGENTS = {"math": 1, "research": 2}


def log(type, process, value, **rest):
    print(json.dumps({"process": process, "type": type, "f": type, "value": value, **rest}), flush=True)


class Supervisor(BaseChatModel):
    """In place of a language model: hands the task to all agents, and ends when it has heard from them."""

    @property
    def _llm_type(self):
        return "fixed"

    def bind_tools(self, _tools, **_options):
        return self

    def _generate(self, messages, _stop=None, _run_manager=None, **_options):
        heard = [each.content for each in messages if isinstance(each, AIMessage) and each.content.startswith("done by")]
        if not heard:
            for name, process in AGENTS.items():
                log("send", 0, f"for {name}", to=process)
            calls = [{"name": f"transfer_to_{name}", "args": {}, "id": name} for name in AGENTS]
            said = AIMessage("", tool_calls=calls)
        else:
            for each in heard:
                log("deliver", 0, each)
            said = AIMessage("all done")
        return ChatResult(generations=[ChatGeneration(message=said)])


def agent(name):
    def work(_state):
        log("deliver", AGENTS[name], f"for {name}")
        log("send", AGENTS[name], f"done by {name}", to=0)
        return {"messages": [AIMessage(f"done by {name}", name=name)]}

    graph = StateGraph(MessagesState)
    graph.add_node("work", work)
    graph.add_edge(START, "work")
    graph.add_edge("work", END)
    return graph.compile(name=name)


if __name__ == "__main__":
    create_supervisor([agent(name) for name in AGENTS], model=Supervisor(), parallel_tool_calls=True).compile().invoke(
        {"messages": [HumanMessage("do it")]}
    )
