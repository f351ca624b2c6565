"""The lesson on the lock server: a message that comes twice gives back what another holds by now."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("lock_server", "lock")
ASK = Exercises(MATERIAL)

LESSON = Lesson(
    MATERIAL,
    "A lock, and a message that comes twice",
    45,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves two clients hold the lock",
            "moves",
            lambda lock: moves_until(lock.SYSTEM, lock.mutual_exclusion),
            "move",
            (
                "The user of client0 asks for the lock twice. What of the first time may still be in the network the second time?",
                "After it was received, a message can be received again. Which one could a client take for the answer to what it asks now?",
                "Count every request of a user and every receipt of a message; the last is that of the second client's grant.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "two_hold",
            "lock.py",
            "mutual_exclusion",
            "two clients hold the lock",
            (
                "Let client0 hold the lock, give it back, and ask again. Which grant is still in the network?",
                "The clause mutual_exclusion has a button, or in the terminal: seek mutual_exclusion. Look at the run that it finds.",
            ),
        ),
        ASK.repair(
            "two guards of the lock",
            lambda lock, mine: lock.system(mine.MyServer(), mine.MyClient),
            (
                "The server has to know that a release is about what it lends now: by whom, and under which number.",
                "A grant that a client has taken before may come again while it waits for the next: state.last is the number of the last.",
            ),
        ),
        ASK.clause(
            "what server and clients keep together",
            "the_server_knows_who_holds",
            "the repaired lock",
            (
                "The view Lends says to whom, and under which number. Compare both with the client, and with what it holds.",
                "A server may also lend the lock while nobody holds it yet: say it of those that hold it only.",
            ),
        ),
    ),
)
