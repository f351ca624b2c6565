"""The lesson on deadlock: who waits for whom, and an order in which nobody waits for ever."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("deadlock", "tools")
ASK = Exercises(MATERIAL)

LESSON = Lesson(
    MATERIAL,
    "Two tools, two agents, and nobody can go on",
    45,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves nothing more happens, and not all is done",
            "moves",
            lambda tools: moves_until(tools.SYSTEM, tools.everybody_is_done),
            "move",
            (
                "Each agent takes one tool, and then asks for the one that the other has. Count requests of users and receipts.",
                "For each agent: its user asks, a shelf hears of it, the agent gets its tool, and the other shelf hears of it.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "stuck",
            "tools.py",
            "everybody_is_done",
            "nothing more happens and not all is done",
            (
                "Let each agent have its first tool before either has its second.",
                "The clause everybody_is_done has a button, or in the terminal: seek everybody_is_done.",
            ),
        ),
        ASK.repair(
            "two guards, so that everybody comes to an end",
            lambda tools, mine: tools.system(mine.MyAgent, works=tools.ROUND),
            (
                "Who has worked needs none of its tools any more.",
                "If all take the tools that they share in one order, whoever has the last of them waits for nothing.",
                "Names can be sorted: sorted(tools).",
            ),
        ),
        ASK.clause(
            "why nobody waits for ever",
            "who_waits_has_what_comes_before",
            "agents that take tools in one order",
            (
                "Compare each tool that the agent has with the one for which it waits: names are compared by <.",
                "Two that wait for each other is too little: three may wait in a circle.",
            ),
        ),
    ),
)
