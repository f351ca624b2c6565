"""Counts that a user pins in a file of their own: a model that changes silently is the commonest way to pass for the wrong reason.

`concordant check lock.py --update-counts` writes `concordant.lock.json` in the working directory; from then on a scope without counts
of its own must have those. It belongs into version control. It counts wherever the command is given: that of the working directory, or
of the nearest folder above, and that of the folder of a protocol, or the nearest above.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from concordant.checks.answers import Answer, Note
from concordant.checks.misuse import Misuse
from concordant.checks.reading import json_of
from concordant.checks.registry import SPEC, is_a_users, protocols_loaded

FILE = "concordant.lock.json"
FORMAT = "concordant-counts/1"
MISSING = -1
"""Stands for a count that is not pinned, and is no count."""


def files(*more: Path) -> tuple[Path, ...]:
    """Return the files that pin counts for whoever works here, in some `more` folders, and of the protocols that were loaded of users."""
    modules = (module for each in protocols_loaded().values() if not each.is_ours for module in each.load(SPEC))
    theirs = (Path(str(module.__file__)).parent for module in modules if getattr(module, "__file__", None))
    found = (_nearest(folder.resolve()) for folder in (Path(), *more, *theirs))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _nearest(folder: Path) -> Path | None:
    return next((each / FILE for each in (folder, *folder.parents) if (each / FILE).is_file()), None)


def file_to_write() -> Path:
    """Return where counts are pinned: where they are, or else in the working directory. Where they are in several files it is a Misuse."""
    found = files()
    if len(found) > 1:
        raise Misuse(f"counts are pinned in {' and in '.join(map(str, found))}; pin those of one after the other, from its own folder")
    return found[0] if found else Path(FILE)


def require_own(stems: Iterable[str]) -> None:
    """Raise a Misuse where only protocols of ours are asked about: those keep their counts in their scopes."""
    stems = tuple(dict.fromkeys(stems))
    if not any(map(is_a_users, stems)):
        which = f"those of {stems[0]} stand" if len(stems) == 1 else "ours stand"
        raise Misuse(
            f"--update-counts pins the counts of your own protocols, and {which} in checks/concordant/checks/scopes;"
            " pin there what --verbose prints"
        )


@frozen
class Pins:
    """Counts by question."""

    counts: Mapping[str, Mapping[str, int]] = field(factory=dict)

    @classmethod
    def read(cls, file: Path) -> Pins:
        """Return what a file pins: nothing where there is none. A file that cannot be understood is a Misuse."""
        if not file.exists():
            return cls()
        try:
            found = json_of(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Misuse(f"{file} cannot be read: {error}; write it anew with --update-counts") from error
        counts = found.get("counts") if isinstance(found, dict) and found.get("format") == FORMAT else None
        if not isinstance(counts, dict) or not all(map(_are_counts, counts.values())):
            raise Misuse(f"{file} is no file of the format {FORMAT}; write it anew with --update-counts")
        return cls(counts)

    @classmethod
    def read_all(cls, *more: Path) -> Pins:
        """Return what all files pin that count here; see `files`. Of two that pin one scope otherwise, one would not count: a Misuse."""
        found: dict[str, tuple[Path, Mapping[str, int]]] = {}
        for file in files(*more):
            for id, counts in cls.read(file).counts.items():
                first, known = found.setdefault(id, (file, counts))
                if known != counts:
                    raise Misuse(f"{first} and {file} pin other counts of {id}, and both count here; leave one of them out")
        return cls({id: counts for id, (_, counts) in found.items()})

    @property
    def protocols(self) -> frozenset[str]:
        """The stems of the protocols that some count is about."""
        return frozenset(map(_protocol, self.counts))

    def applied(self, answer: Answer) -> Answer:
        """Return an answer with what is expected of its counts, unless its scope says so itself."""
        wanted = self.counts.get(answer.question)
        if wanted is None or answer.expected is not None or not answer.judges or answer.note("sampled") or not answer.counts:
            return answer
        expected = {name: wanted.get(name, MISSING) for name in answer.counts}
        return evolve(answer, expected=expected, notes=(*answer.notes, Note("pinned_apart")))

    def left_over(self, asked: Iterable[str]) -> tuple[str, ...]:
        """Name the questions that are pinned and are not among those asked, though others about their protocol are."""
        ids = set(asked)
        protocols = {_protocol(id) for id in ids}
        return tuple(id for id in self.counts if id not in ids and _protocol(id) in protocols)

    def require(self, asked: Iterable[str]) -> None:
        """Raise a Misuse where a pinned scope is gone: under another name, its counts would be pinned no more."""
        gone = self.left_over(asked)
        if gone:
            raise Misuse(f"{FILE} pins {', '.join(gone)}, which is asked no more; give the scope its name again, or --update-counts")

    def updated(self, answers: Iterable[Answer]) -> Pins:
        """Return the pins with the counts of answers that went to their end, where no scope pins its own, and without what is gone."""
        answers = tuple(answers)
        found = {
            answer.question: dict(answer.counts)
            for answer in answers
            if answer.judges and answer.counts and answer.stopped is None and answer.expected is None
        }
        gone = self.left_over(answer.question for answer in answers)
        return Pins({id: counts for id, counts in {**self.counts, **found}.items() if id not in gone})

    def write(self, file: Path) -> None:
        """Write the file, sorted, so that a change of it is read easily."""
        text = json.dumps({"format": FORMAT, "counts": {id: self.counts[id] for id in sorted(self.counts)}}, indent=2)
        file.write_text(f"{text}\n", encoding="utf-8")


def _are_counts(found: object) -> bool:
    return isinstance(found, dict) and all(type(count) is int and count >= 0 for count in found.values())


def _protocol(id: str) -> str:
    return id.partition(":")[2].partition("/")[0]
