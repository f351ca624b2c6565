"""Saving a search to a file, and going on from there as if it had never stopped.

A file holds numbers only: rows, parents, and the journal of what was asked. Handlers and clauses are asked again when it
is read, which takes as long as they took; whether they answer the same is then compared.
"""

from __future__ import annotations

import json
import time
import warnings
import zlib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from attrs import define, field

import concordant.checks
import concordant.refimpl
import concordant.spec
from concordant.checks.cache.sources import reached
from concordant.checks.misuse import Misuse
from concordant.checks.tabulated.digests import Digests
from concordant.checks.tabulated.journal import GAPS, USES, VISITS, Journal
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.kernel.representing import MOST_MEMBERS
from concordant.checks.tabulated.placing import Placing
from concordant.checks.tabulated.representing import MOST_PERMUTATIONS
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary.clauses import content_of

if TYPE_CHECKING:
    from concordant.checks.tabulated.search import Exploration

EVERY = 60
"""Seconds between two savings, unless these take more than a twentieth of the time."""


class StaleCheckpoint(Misuse):
    """A file holds another search than the one that is to go on."""


class CannotSave(Exception):  # noqa: N818  # as BrokenProcess
    """A search could not be saved, such as on a disk that is full."""


@define(eq=False, repr=False)
class Checkpoint:
    """A file to which a search is saved. `name`: of the scope. An existing file is where the search begins."""

    file: Path
    name: str = ""
    _due: float = field(factory=lambda: time.monotonic() + EVERY, init=False)
    _digests: Digests | None = field(default=None, init=False)

    def save_if_due(self, search: Exploration) -> None:
        """Save a search now and then. Where that fails, it says so and tries again later."""
        if time.monotonic() >= self._due:
            try:
                self.save(search)
            except CannotSave as error:
                self._due = time.monotonic() + EVERY
                warnings.warn(f"{error}; the search goes on", stacklevel=2)

    def save(self, search: Exploration) -> None:
        """Save a search, between two chunks; the file is replaced at once, when the new one is complete. CannotSave if that fails."""
        began = time.monotonic()
        arrays = _arrays(search, self.name) | self._answers(search)
        arrays["digest"] = _digest(arrays)
        try:
            with self._beside.open("wb") as file:
                np.savez(file, **arrays)
            self._beside.replace(self.file)
        except OSError as error:
            raise CannotSave(f"{self.file} could not be saved: {error}") from error
        self._due = time.monotonic() + max(EVERY, 20 * (time.monotonic() - began))

    @property
    def left(self) -> str:
        """Say what there is in the file when it cannot be written."""
        return f"{self.file} is as it was saved before" if self.file.exists() else f"{self.file} was not saved before"

    @property
    def _beside(self) -> Path:
        return self.file.with_name(f"{self.file.name}.new")

    def resume(self, search: Exploration) -> bool:
        """Let a search that has not begun go on from the file, if there is one; StaleCheckpoint where that is of another search.

        A place where nothing can be saved is a ValueError now, and not when the search is stopped.
        """
        if search.space.apart:
            raise Misuse(
                f"a search up to symmetry with more than {MOST_MEMBERS} interchangeable processes, or {MOST_PERMUTATIONS} orders of them, "
                "cannot be saved; leave out the checkpoint, or the reduction"
            )
        try:
            self._beside.touch()
            self._beside.unlink()
        except OSError as error:
            raise Misuse(f"{self.file} cannot be saved: {error}; give another file") from error
        search.space.journal.keeps, search.space.journal.before = True, search.clauses.groups.show
        if not self.file.exists():
            return False
        saved = self._load()
        self._compare(json.loads(str(saved["about"])), about(search, self.name))
        self._go_on(search, saved)
        return True

    def _load(self) -> dict[str, Any]:
        if not self.file.is_file():  # such as a pipe, which would be waited for
            raise StaleCheckpoint(f"{self.file} is no checkpoint: it is no plain file; give another file")
        try:
            with self.file.open("rb") as file, np.load(file, allow_pickle=False) as saved:
                arrays = dict(saved)
            digest = str(arrays.pop("digest"))
        except (OSError, EOFError, BadZipFile, KeyError, ValueError, zlib.error) as error:
            raise StaleCheckpoint(f"{self.file} is no checkpoint: {error}; give another file") from error
        if digest != _digest(arrays):
            raise StaleCheckpoint(f"{self.file} is not what was saved: it was cut short, or changed; remove it to start anew")
        return arrays

    def remove(self) -> None:
        """Remove the file of a search that is complete."""
        self.file.unlink(missing_ok=True)

    def _compare(self, saved: dict[str, str], now: dict[str, str]) -> None:
        for what, value in now.items():
            if saved.get(what) != value:
                raise StaleCheckpoint(
                    f"{self.file} was saved with another {what}: {saved.get(what)}, now {value}; remove it to start anew, or give another file"
                )

    def _go_on(self, search: Exploration, saved: Any) -> None:
        space, groups = search.space, search.clauses.groups
        bits, words, shifts = saved["placing"].tolist()
        placing = Placing(tuple(bits), tuple(words), tuple(shifts), int(saved["width"]))
        regions = range(len(space.states.ends))
        space.take_over(placing, [(saved[f"rows{region}"], saved[f"parents{region}"]) for region in regions], int(saved["table"]))
        _ask_again(search, saved["heads"], saved["numbers"])
        groups.take_over(saved["kept"], saved["codes"])
        space.clusters.unite(placing.bits)
        search.filling.outcomes[saved["firsts"][:, 1], q.FRESH] &= ~1  # what the kernel has told, and nobody has judged
        for what, mine in self._answers(search).items():
            if not np.array_equal(mine, saved[what]):
                raise StaleCheckpoint(
                    f"handlers or clauses answer otherwise than when {self.file} was saved ({what}); remove it to start anew"
                )
        search.team.take_over(saved["counts"], saved["rooms"], saved)
        search.judge.at_rest, search.depth, search.beyond = saved["totals"].tolist()
        search.growth.marks = [saved[name].tolist() for name in sorted(saved) if name.startswith("mark")]
        search.begin_at(saved["todo"], saved["since"].tolist(), float(saved["seconds"]), saved["beyond"], saved["resting"])

    def _answers(self, search: Exploration) -> dict[str, Any]:
        """Return what the answers of handlers and clauses came to."""
        filling, tallies = search.filling, search.judge.tallies.values()
        search.clauses.groups.show()
        self._digests = self._digests or Digests(search.numbers)
        return {
            "values": np.array(self._digests.all()),
            "sizes": np.array(list(search.numbers.sizes()), np.int64),
            "outcomes": filling.outcomes[: filling.outcome_count],
            "lists": filling.pool.array[: filling.pool.size],
            "cases": np.array([(tally.cases, tally.telling is not None) for tally in tallies], np.int64),
        }


def about(search: Exploration, name: str) -> dict[str, str]:
    """Return what must be the same for a search to go on."""
    judge = search.judge
    clauses = [clause.id for clause in judge.clauses]
    reductions = judge.semantics.leave_ignored, judge.semantics.symmetric
    options = (clauses, [clause.id for clause in judge.until], reductions, search.tuning, search.workers, search.traces)
    return {
        "version": version("concordant"),
        "scope": name,
        "options": repr(options),
        "environment": _what(_environment(judge.semantics.system)),
        "content of clauses": _what(judge.clauses),
        "fingerprint of sources": _fingerprint(search),
    }


def _what(decides: tuple[object, ...]) -> str:
    """Return a digest of what something says that decides a search."""
    return sha256(repr(content_of(decides)).encode()).hexdigest()[:16]


def _environment(system: AnySystem) -> tuple[object, ...]:
    """Return what decides which moves there are, and is not asked again."""
    liars = tuple((liar.address, liar.may_send) for liar in system.byzantine)
    given = system.users, liars, system.clocks, system.assume, system.within, system.symmetric
    return (tuple(system.processes), system.network, system.faults, *given)


def _fingerprint(search: Exploration) -> str:
    system = search.judge.semantics.system
    clauses = (clause.cases for clause in search.judge.clauses)
    functions = (*system.assume, *system.within, *(liar.may_send for liar in system.byzantine), *clauses)
    asked = (type(system.history), *map(type, system.processes.values()), *functions)
    theirs = reached(dict.fromkeys(each.__module__ for each in asked)).values()
    return sha256(_ours() + b"".join(path.read_bytes() for path in dict.fromkeys(theirs))).hexdigest()[:16]


@cache
def _ours() -> bytes:
    """Return the digest of our own sources, which are read once: what is changed meanwhile is not what runs."""
    roots = (root for package in (concordant.spec, concordant.refimpl, concordant.checks) for root in package.__path__)
    return sha256(b"".join(path.read_bytes() for root in sorted(roots) for path in sorted(Path(root).rglob("*.py")))).digest()


def _arrays(search: Exploration, name: str) -> dict[str, Any]:
    space, placing, team = search.space, search.space.placing, search.team
    kept, codes = search.clauses.groups.kept()
    heads, numbers = space.journal.saved()
    todo, since, seconds = search.position()
    arrays: dict[str, Any] = {
        "about": json.dumps(about(search, name)),
        "placing": np.array([placing.bits, placing.words, placing.shifts], np.int64),
        "width": placing.width,
        "table": len(space.states.table),
        "heads": heads,
        "numbers": numbers,
        "kept": kept,
        "codes": codes,
        "counts": np.array([worker.counts for worker in team.workers], np.int64),
        "rooms": np.array([worker.room for worker in team.workers], np.int64),
        **team.pending(),
        "beyond": search.beyond_bounds,
        "resting": search.resting,
        "totals": np.array([search.judge.at_rest, search.depth, search.beyond], np.int64),
        "todo": todo,
        "since": np.array(since, np.int64),
        "seconds": seconds,
        **{f"mark{number}": np.array(mark, np.int64) for number, mark in enumerate(search.growth.marks)},
    }
    for region, (rows, parents) in enumerate(space.states.parts()):
        arrays |= {f"rows{region}": rows, f"parents{region}": parents}
    return arrays


def _digest(arrays: Mapping[str, Any]) -> str:
    """Return a digest of all arrays: names, kinds, shapes and contents."""
    digest = sha256()
    for name, array in sorted((name, np.asarray(value)) for name, value in arrays.items()):
        digest.update(f"{name} {array.dtype.str} {array.shape};".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _ask_again(search: Exploration, heads: Any, numbers: Any) -> None:
    """Ask everything in the journal again."""
    answering, clauses, filling = search.team.answering, search.clauses, search.filling
    for kind, records in Journal.entries(heads, numbers):
        match kind:
            case _ if kind == USES:
                answering.first_uses(records.tolist())
                filling.outcomes[records[:, 1], q.FRESH] &= ~1
            case _ if kind == GAPS:
                answering.answer(dict(records.tolist()))
            case _:
                clauses.panels[kind - VISITS].asked_more(records.astype(np.int32))
