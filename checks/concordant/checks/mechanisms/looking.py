"""Whether a clause about an outcome looks at the outcome: one that does not says nothing of the rule, whatever its sentence says."""

from __future__ import annotations

from typing import Any, NoReturn

from concordant.checks.exploration.judge import BrokenClause
from concordant.spec.vocabulary import ForAll


class _Looked(BaseException):
    """Somebody looks: no handler of exceptions in a clause takes this for its own."""


def _look(*_: object) -> NoReturn:
    raise _Looked


OPERATIONS = "getattribute eq ne lt le gt ge bool hash iter len contains getitem call str repr format"
Outcome = type("Outcome", (), {f"__{name}__": _look for name in OPERATIONS.split()})
"""Its instance stands for any outcome, and tells when something is asked of it; not of identity, which tells nothing."""


def require_look(clause: ForAll[Any, Any], profile: Any) -> None:
    """Raise a BrokenClause where a clause, which has a case of this profile, has it without asking anything of the outcome."""
    try:
        judged = any(True for _ in clause.cases(profile, Outcome()))
    except _Looked:
        return
    if judged:
        raise BrokenClause(f"clause {clause.id} states a case without a look at the outcome, of which that says nothing")
