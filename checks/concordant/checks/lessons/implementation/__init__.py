"""The lesson on implementations: an adapter, what it differs in, and what that breaks."""

from __future__ import annotations

from pathlib import Path

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.conform.adapter import Adapter
from concordant.checks.conform.roles import role_of
from concordant.checks.conform.session import InProcess
from concordant.checks.lessons.grading import answers, loaded
from concordant.checks.lessons.implementation.participant import Participant
from concordant.checks.lessons.implementation.solved.adapter import Mine
from concordant.checks.lessons.implementation.solved.repair import MyParticipant
from concordant.checks.lessons.lesson import Exercise, Grade, Lesson, Material
from concordant.checks.questions.conformance import ConformanceQuestion
from concordant.checks.questions.question import Means
from concordant.checks.reports.totals import counted

ROLE = "two_phase_commit.participant"
MATERIAL = Material("implementation", "participant")


def driven(adapter: type[Adapter], kind: type[Participant], *, quick: bool = False) -> Answer:
    """Drive a participant by an adapter, beside the reference. `quick`: by a few tours, and without asking what a difference breaks."""
    made = type("Driven", (adapter,), {"kind": kind})
    return ConformanceQuestion(role_of(ROLE), lambda: InProcess(made()), "adapter:Mine", quick=quick).answer(Means())


def conforms(answer: Answer, what: str) -> Grade:
    """Grade an answer of the kit."""
    if answer.conclusion is Conclusion.AS_CLAIMED:
        return Grade(True, f"it conforms in {counted(answer.counts['cases'], 'case')}")
    return Grade(False, f"{answer.word}, with {what}: concordant conform {ROLE} -- adapter:Mine shows where")


def adapted(folder: Path) -> Grade:
    """Judge the adapter by a participant that is right."""
    loaded(folder, "participant")
    mine, what = loaded(folder, "adapter").Mine, "a right participant behind your adapter"
    first = conforms(driven(mine, MyParticipant, quick=True), what)
    return conforms(driven(mine, MyParticipant), what) if first.passed else first


def broken() -> str:
    """Return the name of the clause that the participant violates, as it is given."""
    (verdict,) = driven(Mine, Participant).verdicts
    return verdict.clause.name


def named(folder: Path) -> Grade:
    """Compare the clause that is named."""
    said = answers(folder).get("violates")
    if said == broken():
        return Grade(True, f"{said} it is")
    return Grade(False, f'violates = "{said}" in answers.toml: it is another; concordant conform names it once your adapter works')


def mended(folder: Path) -> Grade:
    """Judge the participant by an adapter that is right."""
    loaded(folder, "participant")
    return conforms(driven(Mine, loaded(folder, "repair").MyParticipant), "a right adapter before your participant")


LESSON = Lesson(
    MATERIAL,
    "An implementation of one's own, driven beside the reference",
    60,
    ("adapter.py", "repair.py"),
    (
        Exercise(
            "adapter",
            "three methods of an adapter",
            adapted,
            (
                "Each input is one call of the participant, and then the answer is self.stepped().",
                'message["type"] says which message it is; a Decision has its field "commit".',
                'A Finish is the end of its own work, on_finished(trigger["commit"]); any other trigger is on_timeout().',
            ),
            file="adapter.py",
        ),
        Exercise(
            "predict",
            "which clause the participant violates",
            named,
            (
                "concordant explain two_phase_commit lists the clauses. The participant repeats its vote: is what it says then always so?",
                "Which clause speaks of what is sent, and not of what is decided?",
            ),
            answer=("violates", lambda _: broken()),
        ),
        Exercise(
            "repair",
            "a participant that conforms",
            mended,
            (
                "The reference tells what to do: two_phase_commit, of a participant that is asked again, and of one that comes back.",
                "Who has aborted votes no, as often as it is asked. Who is prepared and comes back has promised something: it asks.",
            ),
            file="repair.py",
        ),
    ),
)
