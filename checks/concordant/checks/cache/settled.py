"""Protocols of ours of which everything was as claimed: what is said of them in a line, kept while nothing changed that it depends on.

To say it again nothing of the protocol is imported, and no question is asked: its files are read, and have the same digest as then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from attrs import asdict, field, frozen

from concordant.checks.answers import Answer, exit_code
from concordant.checks.cache.answers import default_folder, is_good
from concordant.checks.cache.sources import digest_of_ours
from concordant.checks.exit_codes import OK
from concordant.checks.pins import Pins
from concordant.checks.questions.question import Means, Question
from concordant.checks.reading import json_of
from concordant.checks.registry import is_a_users, protocols_loaded
from concordant.checks.reports.standing import Headline
from concordant.checks.reports.totals import Totals


@frozen
class Lines:
    """What a plain `check` says: a line for each protocol, in this order. Those that are `settled` have theirs from an earlier run."""

    stems: tuple[str, ...] = ()
    settled: Mapping[str, Headline] = field(factory=dict)

    @classmethod
    def of(cls, stems: tuple[str, ...], means: Means) -> Lines:
        """Return which protocols are settled: none beside a module of a user's, which may change ours, and none whose counts a user pins."""
        kept, pinned = Settled(means), Pins.read_all().protocols
        asked = () if protocols_loaded() else (stem for stem in stems if stem not in pinned)
        return cls(stems, {stem: line for stem in asked if (line := kept.get(stem)) is not None})


KIND = "scope"
"""The kind of question whose digest counts: no theorem is among those that `check` asks."""


@frozen
class Settled:
    """Keeps the lines of protocols of ours, as `check` prints them when all small scopes are asked about by the same means."""

    means: Means
    folder: Path = field(factory=lambda: default_folder() / "settled")

    def get(self, stem: str) -> Headline | None:
        """Return the line of a protocol; None where it must be asked about."""
        try:
            found = json_of(self._file(stem).read_text(encoding="utf-8"))
            if found["key"] is None or found["key"] != self._key(stem):
                return None
            return Headline(stem, found["word"], "good", found["clauses"], found["seconds"], Totals(**found["totals"]))
        except (OSError, ValueError, TypeError, KeyError):  # a damaged file was never there
            return None

    def put(self, questions: Sequence[Question], answers: Iterable[Answer]) -> None:
        """Keep the lines of those protocols of ours of which every question has an answer that may be given again, and all is as claimed."""
        for stem in dict.fromkeys(each.stem for each in questions if not is_a_users(each.stem)):
            own = [answer for answer in answers if answer.stem == stem]
            whole = {each.id for each in questions if each.stem == stem} == {answer.question for answer in own}
            if whole and all(map(is_good, own)) and exit_code(own, whole=True) == OK:
                self._write(stem, Headline.of(stem, own))

    def _write(self, stem: str, line: Headline) -> None:
        key, file = self._key(stem), self._file(stem)
        if key is None:
            return
        kept = {"key": key, "word": line.word, "clauses": line.clauses, "seconds": line.seconds, "totals": asdict(line.totals)}
        beside = file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(kept), encoding="utf-8")
            beside.replace(file)

    def _key(self, stem: str) -> str | None:
        digest = digest_of_ours(stem, KIND)
        return None if digest is None else f"{self._name(stem)} {digest}"

    def _name(self, stem: str) -> str:
        return f"{stem} {self.means.engine} {self.means.budget}"

    def _file(self, stem: str) -> Path:
        return self.folder / f"{stem}-{sha256(self._name(stem).encode()).hexdigest()[:16]}.json"
