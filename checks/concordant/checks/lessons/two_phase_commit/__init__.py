"""The lesson on two-phase commit: who has promised may not decide alone, and so may have to wait for ever."""

from __future__ import annotations

from concordant.checks.lessons.exercises import Exercises, moves_until
from concordant.checks.lessons.lesson import Lesson, Material

MATERIAL = Material("two_phase_commit", "commit")
ASK = Exercises(MATERIAL)

LESSON = Lesson(
    MATERIAL,
    "All or nothing, and the price of it",
    60,
    ("repair.py", "clause.py"),
    (
        ASK.predict(
            "after how many moves one participant has committed and the other aborted",
            "moves",
            lambda commit: moves_until(commit.SYSTEM, commit.agreement),
            "move",
            (
                "One participant has to commit, so the coordinator has to hear a yes of both. How many moves is that?",
                "Both yes votes are in. One participant hears that it is committed; what can the other do meanwhile, alone?",
                "One request; two that hear of it, two that finish their work, two votes that come in: that is seven. Two more.",
            ),
        ),
        ASK.find(
            "a link to a place where that is so",
            "torn",
            "commit.py:SYSTEM",
            "agreement",
            "one has committed and the other aborted",
            (
                "Open commit.py:SYSTEM, and let both participants finish their work before anybody votes.",
                "The clause agreement has a button, or in the terminal: seek agreement. Look at the run that it finds.",
            ),
        ),
        ASK.repair(
            "two guards, so that all commit or all abort and nobody waits for ever",
            lambda commit, mine: commit.system(mine.MyCoordinator, mine.MyParticipant),
            (
                "While votes come in, nothing is decided. Which answer is then the only true one?",
                "A yes is a promise to do as the coordinator decides. In which phase has a participant promised nothing yet?",
                "If your participants never abort alone, one waits for a message that was lost: nobody_is_blocked says so.",
            ),
        ),
        ASK.find(
            "a link to a place where a participant of the right system can never decide",
            "blocked",
            "commit.py:STOPPED",
            "nobody_is_blocked",
            "a participant waits for ever",
            (
                "The coordinator may stop. Before which message comes is that worst for a participant?",
                "Let the participant be prepared, then let the coordinator crash, and let the participant ask once.",
            ),
            name="stuck",
        ),
        ASK.clause(
            "what log and participants keep together",
            "a_commit_is_everybodys",
            "the repaired system",
            (
                "A log that says nothing yet is None, and nobody may have committed then.",
                "The second half: where log.decision is True, in which two phases can a participant be? Say it of each.",
            ),
        ),
    ),
)
