"""The lesson on a replicated log: whom to vote for, and what may be called committed."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material
from concordant.spec.consensus.raft.clauses import commits_an_older_entry

MATERIAL = Material("replicated_log", "replica")
ASK = Exercises(MATERIAL)
REPLACED = "what was committed is replaced"

LESSON = Lesson(
    MATERIAL,
    "Raft, second half: one log on several servers, and what may be called committed",
    75,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            f"after how many moves {REPLACED}",
            "moves",
            lambda replica: moves_until(replica.SYSTEM, replica.what_is_committed_stays),
            "move",
            (
                "The first is elected, has one command stored by the third, and hears so: then it is committed. What does the second need?",
                "All that is under way arrives before anybody stands, also votes that are not needed any more: both others are asked, and both answer.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "replaced",
            "replica.py",
            "what_is_committed_stays",
            REPLACED,
            (
                "Let the first commit x with the third. Then let the second stand, which has heard of nothing.",
                "The clause what_is_committed_stays has a button, or in the terminal: seek what_is_committed_stays.",
            ),
        ),
        ASK.repair(
            "two guards: whom a server votes for, and what a leader may commit",
            lambda replica, mine: (
                replica.system(mine.MyServer, commits_an_older_entry, asked=replica.TWO_AT_THE_FIRST),
                replica.behind(mine.MyServer),
            ),
            (
                "What is committed is stored by a majority, and an election needs a majority: somebody in both must refuse whoever lacks it.",
                "Compare whole positions, not terms or indices alone: last >= own.",
                "Copies are worth something if whoever has one refuses all whose logs lack that entry. Of which entries is that so? Look at figure 8, exercise 4.",
            ),
        ),
        ASK.find(
            "a link to a place where, with your votes and whatever a majority stores committed, it is replaced again",
            "figure_8",
            "repair.py:FIGURE_8",
            "what_is_committed_stays",
            REPLACED,
            (
                "Both leaders begin with a command that they keep to themselves: their entries have terms 1 and 2.",
                "In the third term the first has x stored by the third server. Why does that then vote for the second?",
                "The clause what_is_committed_stays has a button, or in the terminal: seek what_is_committed_stays.",
            ),
            name="figure_8",
        ),
        ASK.find(
            "a link to a place where an entry of an earlier term is committed all the same",
            "along",
            "repair.py:SYSTEM",
            "commits_an_older_entry",
            "an older entry is committed",
            (
                "Whoever commits an entry commits all that stand before it.",
                "In its second term the first server needs a new command.",
            ),
            name="along",
        ),
        ASK.clause(
            "what a leader has from its first moment on",
            "a_leader_has_what_was_committed",
            "the repaired servers",
            (
                "The log of a leader begins with what is due: compare view.log[: len(due)].",
                "Somebody may still lead whose term is over, and need not have what was committed later. Each place of history.committed has a term.",
                "The term that counts is that in which an entry was committed, which is each.term, and not that of the entry.",
            ),
        ),
    ),
)
