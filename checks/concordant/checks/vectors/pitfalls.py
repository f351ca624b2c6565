"""The vectors tried on wrong rules: on which profile each has another outcome than the reference, and the clause that it violates there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from attrs import frozen

from concordant.checks.draws import Exhaustive
from concordant.checks.mechanisms.running import RuleRaised, Running
from concordant.checks.registry import Protocol
from concordant.checks.vectors.rules import RuleVectors, ToldApart
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import REFUTING, Clause, ForAll, Relates

MOST = 500
"""So many choices of what a clause draws besides the profile are tried."""
DIFFERING = 50
"""On so many profiles on which a rule differs is it looked whether it violates the clause that it is about."""


@frozen
class WrongRule:
    """A wrong rule that was tried. `rule`: the one that it is in the place of, or all that it may be. `where`: a profile on which it has another outcome than these; empty where there is none. `violates`: a clause that fails there, if one does. `breaks`: the one that the pitfall is about."""

    pitfall: str
    rule: str
    where: str
    violates: str
    breaks: str

    @property
    def line(self) -> str:
        """How a table tells it."""
        return f"{self.pitfall}  {self.rule or 'a rule'}  {self.word}"

    @property
    def word(self) -> str:
        """What became of it."""
        if self.violates:
            return f"violates {self.violates} on {self.where}"
        differs = f"differs on {self.where}" if self.where else "is told apart on no profile that was looked at"
        return f"{differs}; {self.breaks} is named by `concordant refute` alone"


def tried_rules(protocol: Protocol) -> Iterator[WrongRule]:
    """Yield what tells each wrong rule of a protocol from the reference: a profile on which it violates the clause that it is about; or else the first on which it differs."""
    vectors = RuleVectors(protocol)
    for pitfall in protocol.pitfalls:
        subject = pitfall.subject
        if isinstance(subject, Mechanism):
            rule = Running(subject.rule)
            found = list(islice(vectors.told_apart(pitfall, subject), DIFFERING))
            if not found:
                yield WrongRule(pitfall.id, "", "", "", pitfall.breaks.id)
                continue
            shown = next((each for each in found if _shows(pitfall.breaks, rule, each)), None)
            shown = shown or next(vectors.in_counterexample(pitfall, subject), None)
            told = shown or found[0]
            clauses: Sequence[Clause] = (pitfall.breaks,) if shown else told.rules[0].promises
            violated = next((clause.id for clause in clauses if _shows(clause, rule, told)), "")
            yield WrongRule(pitfall.id, " or ".join(each.name for each in told.rules), told.where, violated, pitfall.breaks.id)


def _shows(clause: Clause, rule: Running, told: ToldApart) -> bool:
    """Tell whether a case of a clause fails on a profile, for what it draws besides; on one of a counterexample that was judged. What a wrong rule raises refutes it."""
    if told.amounts is None:
        return True
    try:
        match clause:
            case ForAll(cases=cases):
                return not all(case.holds for case in cases(told.profile, rule(told.profile)))
            case Relates(cases=related):
                draw = Exhaustive(told.amounts)
                for _ in range(MOST):
                    if not all(case.holds for case in related(rule, told.profile, draw)):
                        return True
                    if not draw.advance():
                        break
    except (RuleRaised, *REFUTING):
        return True
    return False
