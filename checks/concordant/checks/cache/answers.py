"""The store of answers: a file per question and options, which holds the last answer and what that depended on."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from attrs import evolve, field, frozen

from concordant.checks.answers import Answer, Conclusion, Note
from concordant.checks.cache.folder import folder
from concordant.checks.cache.sources import digest_of
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.questions.question import Means, Question
from concordant.checks.registry import protocol
from concordant.spec.vocabulary import Sometimes

KINDS = ("scope", "family", "profiles", "model", "pitfall", "known_violation", "theorem", "bridge")


def default_folder() -> Path:
    """Return where answers are kept."""
    return folder() / "answers"


@frozen
class Cache:
    """Keeps the answers that are as claimed, and gives them again while nothing changed.

    What is violated, undecided or interrupted is asked every time. A folder that cannot be written keeps nothing; a file that
    cannot be read was never there.
    """

    means: Means
    folder: Path = field(factory=default_folder)
    _digests: dict[tuple[str, str], str | None] = field(factory=dict, init=False, eq=False)

    def get(self, asked: Question) -> Answer | None:
        """Return the kept answer of a question, with a note of when it was given; None where it must be asked."""
        if not self._may_keep(asked):
            return None
        try:
            key, when, answer = pickle.loads(self._file(asked).read_bytes())  # noqa: S301  # the user's own folder
        except Exception:  # noqa: BLE001  # whatever a damaged file does, it is no answer
            return None
        if (
            key is None
            or key != self._key_before(asked)
            or not isinstance(answer, Answer)
            or not all(each.clause.is_known for each in answer.verdicts)
        ):
            return None
        return evolve(answer, notes=(*answer.notes, Note("cached", {"value": when})))

    def put(self, asked: Question, answer: Answer) -> None:
        """Keep an answer, if it may be given again."""
        if not (is_good(answer) and self._may_keep(asked)):
            return
        key = self._key(asked)
        if key is None:
            return
        kept = (key, f"{datetime.now().astimezone():%Y-%m-%d %H:%M}", answer)
        file = self._file(asked)
        beside = file.with_suffix(f".{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(pickle.dumps(kept))
            beside.replace(file)
        except (OSError, pickle.PicklingError, AttributeError, TypeError):  # a folder that cannot be written, a value of a local class
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def _may_keep(self, asked: Question) -> bool:
        plain = self.means.walk is None and self.means.checkpoint is None and not (self.means.breakdown or self.means.coverage)
        return plain and asked.id.partition(":")[0] in KINDS

    def _name(self, asked: Question) -> str:
        return f"{asked.id}\n{self.means.engine}\n{self.means.budget}{' as recorded' if self.means.recorded else ''}"

    def _key_before(self, asked: Question) -> str | None:
        """Return the key of what is looked for, before anything is asked: by then a protocol is read once, for all questions about it."""
        about = asked.stem, asked.id.partition(":")[0]
        if about not in self._digests:
            self._digests[about] = digest_of(protocol(asked.stem), about[1])
        return self._keyed(asked, self._digests[about])

    def _key(self, asked: Question) -> str | None:
        return self._keyed(asked, digest_of(protocol(asked.stem), asked.id.partition(":")[0]))

    def _keyed(self, asked: Question, digest: str | None) -> str | None:
        return None if digest is None else f"{self._name(asked)}\n{digest}"

    def _file(self, asked: Question) -> Path:
        return self.folder / asked.stem / sha256(self._name(asked).encode()).hexdigest()[:32]


def is_good(answer: Answer) -> bool:
    """Tell whether an answer went to its end, is as claimed, and has no verdict on a promise that a reader should see again."""
    whole = answer.conclusion is Conclusion.AS_CLAIMED and answer.as_expected and not answer.stopped
    return whole and not (answer.judges and any(map(_is_to_be_seen, answer.verdicts)))


def _is_to_be_seen(verdict: Verdict) -> bool:
    """Tell whether a verdict is open, or has a counterexample. That a scope never reached a `sometimes` has none, and another may reach it."""
    return verdict.status is Status.INCONCLUSIVE or (verdict.status is Status.VIOLATED and not isinstance(verdict.clause, Sometimes))
