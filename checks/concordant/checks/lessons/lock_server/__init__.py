"""The lesson on the lock server: a message that comes twice gives back what another holds by now."""

from __future__ import annotations

from pathlib import Path

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.explorer.links import Link, followed
from concordant.checks.explorer.truths import Here
from concordant.checks.lessons.grading import answers, held, loaded
from concordant.checks.lessons.lesson import Exercise, Grade, Lesson
from concordant.checks.lessons.lock_server.material import hidden, repaired
from concordant.checks.misuse import Misuse
from concordant.checks.reports.totals import counted
from concordant.spec.vocabulary import Always, AlwaysEach


def predicted(folder: Path) -> Grade:
    """Compare the predicted length with that of the shortest run."""
    lock = loaded(folder, "lock")
    verdict = explore(lock.SYSTEM, (lock.mutual_exclusion,)).verdict(lock.mutual_exclusion)
    said = answers(folder).get("moves")
    if said == len(verdict.trace or ()):
        return Grade(True, f"{said} moves it is")
    return Grade(False, f"moves = {said} in answers.toml; the shortest run has another length: try it in concordant explore lock.py")


def found(folder: Path) -> Grade:
    """Follow the link, and look whether two hold the lock there."""
    link = answers(folder).get("two_hold")
    if not isinstance(link, str) or not link:
        return Grade(False, "two_hold in answers.toml is empty")
    try:
        if Link.read(link).name.partition(":")[0] != "lock.py":
            return Grade(False, f"{link} is no link to a place of lock.py")
        linked = followed(link)
    except Misuse as misuse:
        return Grade(False, str(misuse))
    false = [each.clause.name for each in linked.explorer.at(linked.numbers).truths if each.here is Here.FALSE]
    if "mutual_exclusion" in false:
        return Grade(True, f"two clients hold the lock after {counted(len(linked.numbers), 'move')}")
    return Grade(False, "at that place at most one client holds the lock")


def mended(folder: Path) -> Grade:
    """Explore the lock with the student's guards."""
    lock, mine = loaded(folder, "lock"), loaded(folder, "repair")
    return held(lock.system(mine.MyServer(), mine.MyClient), "repair.py")


def said(folder: Path) -> Grade:
    """Judge the student's clause by the repaired lock, and by four that are wrong."""
    lock, mine = loaded(folder, "lock"), loaded(folder, "clause")
    clause = mine.the_server_knows_who_holds
    if not isinstance(clause, Always | AlwaysEach):
        return Grade(False, "the_server_knows_who_holds in clause.py is no clause: leave its first line as it was")
    server, client = repaired(lock)
    right = held(lock.system(server(), client, clause), "the repaired lock")
    if not right.passed:
        return Grade(False, f"it asks too much: {right.says}")
    left = [
        what
        for what, wrong in hidden(lock).items()
        if explore(lock.system(wrong(), client, clause), (clause,)).verdict(clause).status is not Status.VIOLATED
    ]
    if left:
        return Grade(
            False, f"it asks too little: it holds of a server that {left[0]}" + (f", and of {len(left) - 1} more" if left[1:] else "")
        )
    return Grade(True, "it holds of the repaired lock, and of none of four wrong ones")


LESSON = Lesson(
    "lock_server",
    "A lock, and a message that comes twice",
    45,
    ("lesson.md", "lock.py", "repair.py", "clause.py", "answers.toml"),
    (
        Exercise(
            "predict",
            "after how many moves two clients hold the lock",
            predicted,
            (
                "The user of client0 asks for the lock twice. What of the first time may still be in the network the second time?",
                "After it was received, a message can be received again. Which one could a client take for the answer to what it asks now?",
                "Count every request of a user and every receipt of a message; the last is that of the second client's grant.",
            ),
        ),
        Exercise(
            "find",
            "a link to a place where that is so",
            found,
            (
                "Let client0 hold the lock, give it back, and ask again. Which grant is still in the network?",
                "The clause mutual_exclusion has a button, or in the terminal: seek mutual_exclusion. Look at the run that it finds.",
            ),
        ),
        Exercise(
            "repair",
            "two guards of the lock",
            mended,
            (
                "The server has to know that a release is about what it lends now: by whom, and under which number.",
                "A grant that a client has taken before may come again while it waits for the next: state.last is the number of the last.",
            ),
        ),
        Exercise(
            "clause",
            "what server and clients keep together",
            said,
            (
                "The view Lends says to whom, and under which number. Compare both with the client, and with what it holds.",
                "A server may also lend the lock while nobody holds it yet: say it of those that hold it only.",
            ),
        ),
    ),
)
