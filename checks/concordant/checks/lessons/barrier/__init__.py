"""The lesson on a barrier: a promise that is kept since nothing ever happens."""

from __future__ import annotations

from types import ModuleType

from concordant.checks.lessons.exercises import Exercises
from concordant.checks.lessons.grading import asked
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("barrier", "meeting")
ASK = Exercises(MATERIAL)


def told(barrier: ModuleType) -> int:
    """Return how many cases the clause had: it has one for each worker that has gone on, and so for each such state."""
    return asked(barrier.SYSTEM, barrier.nobody_passes_early).verdict(barrier.nobody_passes_early.id).cases


LESSON = Lesson(
    MATERIAL,
    "A barrier, and a promise that is kept since nothing happens",
    45,
    ("clause.py", "repair.py"),
    (
        ASK.predict(
            "in how many states a worker has gone on",
            "passed",
            told,
            "state",
            (
                "How many messages does the coordinator wait for? How many does each round have on this network?",
                "Look at the word of the check: vacuous. What does it say of the clause?",
            ),
        ),
        ASK.clause(
            "what must be possible",
            "the_barrier_opens",
            "the repaired barrier",
            ("Of how many workers do you speak? all(…), and not any(…).", "There are two rounds: rounds.passed counts them."),
        ),
        ASK.find(
            "a link to a place where a worker has gone on too early",
            "early",
            "meeting.py:REPEATED",
            "nobody_passes_early",
            "a worker has gone on before another has come",
            (
                "Here a message may be received again. What does the coordinator count?",
                "One worker arrives, and nobody else does: let the coordinator hear of it often enough.",
            ),
        ),
        ASK.repair(
            "two guards, so that the barrier opens, and not early",
            lambda barrier, mine: barrier.system(mine.MyCoordinator, mine.MyWorker, MATERIAL.hidden().the_barrier_opens),
            (
                "The coordinator knows who has come: state.who is a set. How many are in it, when all have?",
                "That the first barrier is open may be heard again at the second. message.round says which one is open.",
            ),
        ),
    ),
)
