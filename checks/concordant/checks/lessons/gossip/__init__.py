"""The lesson on gossip: rumours and exchanges, and what must be fair so that all hear in the end."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_repeated, moves_until
from concordant.checks.lessons.lesson import Lesson, Material
from concordant.refimpl.messaging.gossip import Exchanges

MATERIAL = Material("gossip", "rumour")
ASK = Exercises(MATERIAL)
EXCHANGES = (Exchanges.PUSH, Exchanges.PULL, Exchanges.BOTH)

LESSON = Lesson(
    MATERIAL,
    "Gossip: who hears in the end, and what must be fair for that",
    60,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves all know a rumour, by push",
            "push",
            lambda rumour: moves_until(rumour.PUSH, rumour.all_know_it),
            "move",
            (
                "By push there are three messages: what do you know of? I lack this. Here it is. Each is received once.",
                "An exchange is four moves, with the one that begins it, and two are needed. Who is asked first?",
            ),
            name="push",
        ),
        ASK.predict(
            "the same by pull",
            "pull",
            lambda rumour: moves_until(rumour.PULL, rumour.all_know_it),
            "move",
            (
                "By pull whoever begins gets something. So who begins?",
                "An exchange has one message less: this is what I know. Here is more.",
            ),
            name="pull",
        ),
        ASK.find(
            "a link to a place where nothing more happens, and somebody has heard nothing",
            "left_out",
            "rumour.py:RUMOURS",
            "nobody_is_left_out",
            "somebody is left out",
            (
                "Each node passes the rumour on once. To whom may the third pass it on, so that it is lost?",
                "The clause nobody_is_left_out has a button, or in the terminal: seek nobody_is_left_out.",
            ),
        ),
        ASK.repair(
            "two guards, so that all hear, by push, by pull, and both ways",
            lambda rumour, mine: tuple(rumour.system(mine.MyNode, exchanges=each) for each in EXCHANGES),
            (
                "Who never hears, if each node has exchanges with the first of its peers only? It depends on who gives.",
                "Two nodes may know as many rumours, and not the same.",
            ),
        ),
        ASK.predict(
            "how many moves are repeated for ever, though every deadline passes that stays where it is",
            "loop",
            lambda rumour: moves_repeated(rumour.HOPEFUL, rumour.all_hear_as_deadlines_pass),
            "move",
            (
                "While a message is under way no node begins an exchange: which deadlines stay where they are?",
                "Ask: concordant check rumour.py:HOPEFUL. The last moves of the picture are repeated for ever.",
            ),
            name="loop",
        ),
        ASK.clause(
            "that all come to know what any of them knows",
            "all_come_to_know",
            "the repaired nodes",
            (
                "Somebody who has stopped hears nothing more: look at seen.up(node) alone, also for what is to be known.",
                "Fair.TRIGGERS is owed to deadlines that stay where they are. What is owed to those that come back again and again?",
                "Fair.CHOICES: what may be chosen again and again is chosen in the end.",
            ),
        ),
    ),
)
