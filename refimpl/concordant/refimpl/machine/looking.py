"""Whether a clause looks at an outcome that it judges: one that does not says nothing of the rule, whatever its sentence says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from concordant.spec.vocabulary import Cases, Draw, ForAll, RuleClause


class _Looked(BaseException):
    """Somebody looks: no handler of exceptions in a clause takes this for its own."""


def _look(*_: object) -> NoReturn:
    raise _Looked


LOOKS = "getattribute eq ne lt le gt ge bool hash iter next reversed len contains getitem call str repr format"
NUMBERS = "neg pos abs invert int float complex index round trunc floor ceil"
BINARY = "add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor"
OPERATIONS = (*LOOKS.split(), *NUMBERS.split(), *BINARY.split(), *(f"r{name}" for name in BINARY.split()))
Outcome = type("Outcome", (), {f"__{name}__": _look for name in OPERATIONS})
"""Its instance stands for any outcome, and tells when something is asked of it; not of identity, which tells nothing."""


def looks_at_outcomes(clause: RuleClause, profile: Any, draw: Draw) -> bool:
    """Tell whether a clause asks something of an outcome before it states a case of a profile and of what it draws besides."""
    judged: Callable[[Any], Cases] = (
        (lambda outcome: clause.cases(profile, outcome))
        if isinstance(clause, ForAll)
        else (lambda outcome: clause.cases(lambda _: outcome, profile, draw))
    )
    try:
        return not any(True for _ in judged(Outcome()))
    except _Looked:
        return True
