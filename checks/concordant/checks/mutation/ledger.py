"""The ledger: what survives, and why. It stands beside the scopes of a stem, as data; numbers are written by the tool, reasons by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from concordant.checks.misuse import Misuse
from concordant.checks.mutation.records import By, Record
from concordant.checks.mutation.subjects import Part

DIGITS = 16
"""Of a digest, so many are kept."""


@frozen
class Survivor:
    """A mutant that nothing promised notices. `by`: what does, if anything. `equivalent`, `accepted`: the reason, one or neither.

    Equivalent: no behaviour differs, in any scope. Accepted: something differs, and nothing that is promised is lost by it.
    """

    by: By
    equivalent: str = ""
    accepted: str = ""

    @property
    def reason(self) -> str:
        """Why it may survive; empty where nobody has said so."""
        return self.equivalent or self.accepted


@frozen
class Account:
    """How many mutants of a machine, or of clauses, are noticed by what, and which survive.

    `void`: how many changes of a clause did not weaken it: it raises then, or the reference breaks what became of it.
    `seal`: a digest of all that were judged and of what was found. `ground`: one of what they were judged on; empty where that is not known.
    """

    noticed: Mapping[By, int] = field(factory=dict)
    survivors: Mapping[str, Survivor] = field(factory=dict)
    void: int = 0
    seal: str = ""
    ground: str = ""

    @property
    def all(self) -> int:
        """How many mutants there are."""
        return sum(self.noticed.values()) + len(self.survivors)

    @property
    def equivalent(self) -> int:
        """How many of the survivors change nothing, for a reason."""
        return sum(bool(each.equivalent) for each in self.survivors.values())

    @property
    def good(self) -> int:
        """How many are noticed or equivalent."""
        return sum(self.noticed.values()) + self.equivalent


def account(records: Iterable[Record], known: Account) -> Account:
    """Count records, and keep the reasons that are known of those that survive."""
    records = tuple(records)
    survivors = {
        record.mutant: evolve(known.survivors.get(record.mutant, Survivor(record.by)), by=record.by)
        for record in sorted(records, key=lambda record: record.mutant)
        if record.by.survives
    }
    noticed = Counter(record.by for record in records if record.by.notices)
    return Account(dict(noticed), survivors, sum(record.by is By.NO_MUTANT for record in records))


def disagreements(records: Iterable[Record], known: Account) -> Iterator[str]:
    """Yield how some records differ from what a ledger says of them."""
    for record in records:
        listed = known.survivors.get(record.mutant)
        if record.by.survives and listed is None:
            yield f"not in the ledger: {record.mutant}, noticed by {record.by.value}"
        elif record.by.survives and listed is not None and listed.by is not record.by:
            yield f"noticed by {record.by.value}, in the ledger by {listed.by.value}: {record.mutant}"
        elif not record.by.survives and listed is not None:
            yield f"in the ledger, and noticed by {record.what}: {record.mutant}"


def staleness(found: Account, known: Account) -> Iterator[str]:
    """Yield how a ledger differs from what was found of all mutants, besides what the records tell."""
    yield from (f"in the ledger, and no mutant: {name}" for name in known.survivors if name not in found.survivors)
    for by in By:
        if found.noticed.get(by, 0) != known.noticed.get(by, 0):
            yield f"noticed by {by.value}: {found.noticed.get(by, 0)}, in the ledger {known.noticed.get(by, 0)}"


def seal_of(found: Account, mutants: Iterable[str]) -> str:
    """Return a digest of the mutants that were judged and of what was found: nothing can be left out, or put in, by hand unnoticed. Reasons do not count."""
    survivors = {name: each.by for name, each in found.survivors.items()}
    lines = [f"{name}: {survivors[name].value if name in survivors else ''}" for name in sorted({*mutants, *survivors})]
    counts = [f"{by.value}: {found.noticed.get(by, 0)}" for by in By]
    return sha256("\n".join((*lines, *counts, str(found.void))).encode()).hexdigest()[:DIGITS]


def read(path: Path) -> dict[Part, Account]:
    """Read a ledger; of a stem that has none, nothing is known."""
    if not path.exists():
        return {}
    return {Part(part): _account(each) for part, each in json.loads(path.read_text(encoding="utf-8")).items()}


def _account(entry: Mapping[str, Any]) -> Account:
    survivors = {
        name: Survivor(By(each["by"]), *(_sentence(name, each, kind) for kind in ("equivalent", "accepted")))
        for name, each in entry["survivors"].items()
    }
    noticed = {By(by): count for by, count in entry["noticed"].items()}
    return Account(noticed, survivors, entry["void"], entry.get("seal", ""), entry.get("ground", ""))


def _sentence(name: str, entry: Mapping[str, str], kind: str) -> str:
    """Return a reason; one in which nothing is said is a Misuse, since it would count as one."""
    reason = entry.get(kind, "")
    if kind in entry and (len(reason.split()) < 2 or not reason.endswith(".") or {"equivalent", "accepted"} <= entry.keys()):
        raise Misuse(
            f"{name}: {kind} is {reason!r}; say why in a sentence that ends with a full stop, or as another, accepted or equivalent"
        )
    return reason


def write(path: Path, accounts: Mapping[Part, Account]) -> None:
    """Write a ledger."""
    entries = {part.value: _entry(accounts[part]) for part in Part if part in accounts}
    path.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _entry(account: Account) -> dict[str, Any]:
    reasons = {name: {"equivalent": each.equivalent, "accepted": each.accepted} for name, each in account.survivors.items()}
    return {
        "seal": account.seal,
        "ground": account.ground,
        "void": account.void,
        "noticed": {by.value: account.noticed[by] for by in By if account.noticed.get(by)},
        "survivors": {
            name: {"by": each.by.value, **{kind: text for kind, text in reasons[name].items() if text}}
            for name, each in account.survivors.items()
        },
    }
