"""The lesson on agreement where somebody lies: why it takes four to bear one traitor."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("traitor", "generals")
ASK = Exercises(MATERIAL)
DIFFERENT = "two obey different orders"

LESSON = Lesson(
    MATERIAL,
    "One traitor, and why it takes four",
    60,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            f"after how many moves {DIFFERENT}",
            "moves",
            lambda generals: moves_until(generals.SYSTEM, generals.agreement),
            "move",
            (
                "How many echoes do these four take for enough? A general that echoes counts itself.",
                "The first general may say one thing to one, and another to another; and it echoes besides.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_orders",
            "generals.py",
            "agreement",
            DIFFERENT,
            (
                "Choose two generals. Let the traitor give each an order, and support it by an echo.",
                "The clause agreement has a button, or in the terminal: seek agreement.",
            ),
        ),
        ASK.repair(
            "two guards, so that all that are no traitors obey one order, and the right one",
            lambda generals, mine: (generals.system(mine.MyGeneral), generals.system(mine.MyGeneral, traitor=3)),
            (
                "Two groups, each of which is enough, must have somebody in common who is no traitor: so more than the traitors in common.",
                "Two groups of q among n have at least 2q - n in common. That must be more than the number of traitors.",
                "The network tells truly who has sent a message. Who gives orders?",
            ),
        ),
        ASK.find(
            "a link to a place where, of three generals, two obey different orders",
            "two",
            "repair.py:TWO_OF_THREE",
            "agreement",
            DIFFERENT,
            ("Two groups of two among three have one in common. Who is it?", "It is the same as exercise 2, without the general between."),
            name="two",
        ),
        ASK.find(
            "a link to a place where, of three generals that want three echoes, the order is not obeyed",
            "three",
            "repair.py:THREE_OF_THREE",
            "what_is_ordered_is_done",
            "nothing more happens and the order is not obeyed",
            ("What can a traitor do by doing nothing?", "Let both others hear all that they say to each other."),
            name="three",
        ),
        ASK.clause(
            "what an order that is obeyed has to do with echoes",
            "what_is_obeyed_was_echoed",
            "the repaired generals",
            (
                "Only those that are no traitors show what they do. Of four that are three, and of three echoes one may be a lie.",
                "Count those with other.echoed == does.obeys: they are more than half of all_do.",
                "Whoever obeys may have echoed another order itself: it was lied to.",
            ),
        ),
    ),
)
