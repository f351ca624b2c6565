"""The first lesson on Raft: terms, votes, and one leader at the most in each."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("terms", "leaders")
ASK = Exercises(MATERIAL)
TWO = "two are elected in one term"

LESSON = Lesson(
    MATERIAL,
    "Raft, first half: terms, and one leader in each",
    45,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            f"after how many moves {TWO}",
            "moves",
            lambda leaders: moves_until(leaders.SYSTEM, leaders.election_safety),
            "move",
            (
                "How many votes does is_majority want of three servers? Divide, and round down.",
                "A server that stands votes for itself.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_lead",
            "leaders.py",
            "election_safety",
            TWO,
            (
                "Let two servers stand.",
                "The clause election_safety has a button, or in the terminal: seek election_safety.",
            ),
        ),
        ASK.repair(
            "two guards: for whom a server may vote, and how many votes are enough",
            lambda leaders, mine: leaders.system(mine.MyServer),
            (
                "Two majorities must have somebody in common, and that one must not have voted for both.",
                "More than half, and not all: one of three may be down. count > n // 2 is more than half.",
                "Who has voted for a candidate may say so again, since the first answer may be lost.",
            ),
        ),
        ASK.find(
            "a link to a place where all have voted in a term, and nobody can be elected in it",
            "split",
            "repair.py",
            "votes_are_split",
            "votes are split",
            ("Who does a server vote for when it stands? Let all three do that in one term.",),
            name="split",
        ),
        ASK.find(
            "a link to a place where two are elected in one term, since a vote was forgotten",
            "forgotten",
            "leaders.py:FORGETFUL",
            "election_safety",
            TWO,
            (
                "The third server votes for one, crashes, comes back, and is asked by the other.",
                "The clause election_safety has a button, or in the terminal: seek election_safety.",
            ),
            name="forget",
        ),
        ASK.clause(
            "what a leader owes to those who have voted",
            "a_leader_has_votes",
            "the repaired servers and the reference",
            (
                "Count voters, not votes: a set of who has cast one.",
                "A vote for the same server in another term is none.",
            ),
        ),
    ),
)
