"""What a run has judged so far of mutants is kept, so that one that was cut is gone on with, as long as nothing changed that a judgement depends on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from attrs import field, frozen

from concordant.checks.cache.folder import folder
from concordant.checks.cache.sources import digest_of
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.subjects import Part, Subject
from concordant.checks.reading import json_of


def default_folder() -> Path:
    """Return where judgements are kept."""
    return folder() / "mutants"


def digest_of_subject(subject: Subject) -> str | None:
    """Return a digest of all that a judgement depends on; None where that is not known, or a file was written since the run began."""
    kind = "theorem" if subject.part is Part.MACHINE else "pitfall"
    digests = [digest_of(protocol, kind) for protocol in subject.protocols]
    return None if None in digests else sha256("\n".join(map(str, digests)).encode()).hexdigest()


@frozen
class Judgements:
    """The records of a subject, a line each, with the digest of all that it depends on. What has another digest is not known.

    A folder that cannot be written keeps nothing; a line that cannot be read, as when a run ended while it was written, was never there.
    """

    subject: Subject
    folder: Path = field(factory=default_folder)

    def known(self) -> dict[str, Record]:
        """Return what was judged of the mutants as they are today, by their names; where nothing was, forget the rest."""
        digest = digest_of_subject(self.subject)
        found = {} if digest is None else {record.mutant: record for told, record in self._records() if told == digest}
        if not found:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
        return found

    def keep(self, record: Record) -> None:
        """Keep a record, unless it is open, or its digest is not known."""
        digest = digest_of_subject(self.subject)
        if digest is None or record.by is By.UNFINISHED:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps([digest, record.mutant, record.by.value, record.what], ensure_ascii=False) + "\n")

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.subject.stem}.{self.subject.part.value}.jsonl"

    def _records(self) -> Iterator[tuple[str, Record]]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        for line in lines:
            with suppress(ValueError, TypeError):
                digest, mutant, by, what = json_of(line)
                yield digest, Record(self.subject.stem, mutant, By(by), what)
