"""The second lesson on Paxos: ballots, promises, and the one value that is safe."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("ballots", "synod")
ASK = Exercises(MATERIAL)

LESSON = Lesson(
    MATERIAL,
    "Paxos, second half: ballots, and the value that is safe",
    60,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves two values are chosen",
            "moves",
            lambda synod: moves_until(synod.SYSTEM, synod.agreement),
            "move",
            (
                "A value is chosen when two acceptors have voted for it in the same ballot. What has to come before the first vote?",
                "One proposer needs a request, two acceptors that promise, two promises that come in, and two votes: seven.",
                "The other needs as many, and none can be saved.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_chosen",
            "synod.py",
            "agreement",
            "two values are chosen",
            (
                "Let the first proposer have its value chosen, and then the second: nothing holds it back.",
                "The clause agreement has a button, or in the terminal: seek agreement. The search takes some seconds.",
            ),
        ),
        ASK.repair(
            "two guards: what a proposer may propose, and when an acceptor may vote",
            lambda synod, mine: synod.system(mine.MyProposer, mine.MyAcceptor),
            (
                "An acceptor that has promised a ballot has said: I vote in no lower one. The ballot itself is no lower one.",
                "If a value may be chosen already, one of the majority that you have asked has voted for it, and has told you.",
                "Where you were told of two values, which one may be chosen? The one whose ballot is higher: max(votes, key=…).",
            ),
        ),
        ASK.clause(
            "what an acceptor keeps",
            "an_acceptor_keeps_its_word",
            "the right acceptors",
            (
                "There are three things in the sentence: yield a case for each. before and after are what one acceptor shows.",
                "Who has promised and then shows None has lost its promise: that is no less than a lower one.",
            ),
        ),
        ASK.find(
            "a link to a place where a proposer has taken another value than its own",
            "adopted",
            "repair.py",
            "adopts_an_earlier_value",
            "an earlier value was adopted",
            (
                "Let one acceptor vote for x, the one that both proposers reach, and then let the second proposer ask.",
                "It is enough that one has voted: the proposer cannot know whether that was a majority.",
            ),
            name="adopt",
        ),
    ),
)
