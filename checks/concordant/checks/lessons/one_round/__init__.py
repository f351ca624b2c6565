"""The first lesson on Paxos: a majority of votes is enough to agree, and one round of them is not enough to decide."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("one_round", "vote")
ASK = Exercises(MATERIAL)

LESSON = Lesson(
    MATERIAL,
    "Paxos, first half: why one round of votes is not enough",
    45,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves two values are chosen",
            "moves",
            lambda vote: moves_until(vote.SYSTEM, vote.agreement),
            "move",
            (
                "How many votes does this proposer take for a majority of three acceptors? Look at is_majority.",
                "Two users ask. Then each proposer needs one vote: one that is asked for, and one that is heard.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_chosen",
            "vote.py",
            "agreement",
            "two values are chosen",
            ("Let two acceptors vote, each for another value.", "The clause agreement has a button, or in the terminal: seek agreement."),
        ),
        ASK.repair(
            "two guards, so that at most one value is chosen",
            lambda vote, mine: vote.system(mine.MyProposer, mine.MyAcceptor),
            (
                "Any two majorities of three acceptors have one in common. How many are a majority, then?",
                "The acceptor that two majorities have in common must not vote for both. It may say yes to the same value again.",
                "If your acceptors vote for nothing, or for x alone, another clause tells.",
            ),
        ),
        ASK.find(
            "a link to a place where, of three values, none can be chosen any more",
            "split",
            "repair.py:THREE",
            "something_is_chosen",
            "nothing more happens and nothing is chosen",
            (
                "There are three acceptors and three values. How may the votes fall?",
                "Let all votes be heard, too: only then is it at rest.",
            ),
            name="split",
        ),
        ASK.clause(
            "what a chosen value has to do with votes",
            "what_is_chosen_has_a_majority",
            "the repaired system",
            (
                "Count the acceptors that show the value: vote.value == value.",
                "Of three acceptors more than one: do not write 2 where len(votes) // 2 says it for any number.",
            ),
        ),
    ),
)
