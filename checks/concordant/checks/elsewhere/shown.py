"""The run that shows something: of a pitfall, a known violation, a clause. It is what other formats write."""

from __future__ import annotations

from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Frame, Status, Verdict
from concordant.checks.exploration.scope import Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.misuse import Misuse
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.registry import Named, Protocol
from concordant.refimpl.machine import AnySystem, KnownViolation, Mechanism, Pitfall
from concordant.spec.vocabulary import Clause, Sometimes


@frozen
class Shown:
    """A run of a system and what it shows. `name`: of the pitfall, the known violation or the clause, or of what is stepped through.

    `clause`: which one it shows, if any. `scope`: of what is stepped through, the scope, if it has one. `cycle`: how many of its last moves are repeated for ever; None where it is no lasso.
    """

    name: str
    protocol: Protocol
    system: AnySystem
    trace: tuple[Frame, ...]
    clause: Clause | None = None
    cycle: int | None = None
    scope: str | None = None

    @classmethod
    def of(cls, name: str, protocol: Protocol, system: AnySystem, verdict: Verdict) -> Shown:
        """Return the run of a verdict."""
        return cls(name, protocol, system, verdict.trace or (), verdict.clause, verdict.cycle)

    @property
    def sentence(self) -> str:
        """What the run shows, in a sentence; empty where it shows no clause."""
        return "" if self.clause is None else self.clause.sentence

    @property
    def in_words(self) -> str:
        """What this is a run of, and which clause it shows."""
        return f"{self.name} shows {self.clause.id}" if self.clause else f"a run of {self.name}"


def shown(protocol: Protocol, part: Named | None) -> Shown:
    """Return the run that shows a part of a protocol; a Misuse where none does: for a whole protocol, or a rule."""
    match part:
        case Pitfall() if not isinstance(part.subject, Mechanism):
            found = Shown.of(part.id, protocol, part.system, refute(part).verdict)
        case KnownViolation() if not isinstance(part.subject, Mechanism):
            found = Shown.of(part.id, protocol, part.system, replay_known_violation(part))
        case Sometimes():
            reached = example(protocol, part)
            if reached is None:
                raise Misuse(f"{part.id} is reached in no small scope of {protocol.stem}")
            found = Shown.of(part.id, protocol, reached[0].system, reached[1])
        case Clause():
            breaking = [each for each in protocol.pitfalls if each.breaks is part and not isinstance(each.subject, Mechanism)]
            if not breaking:
                raise Misuse(f"{part.id} is broken by no pitfall of {protocol.stem} with a run; name a pitfall or a known violation")
            return shown(protocol, min(breaking, key=lambda each: (not each.quick, each.length)))
        case Situation():
            raise Misuse(
                f"{protocol.stem}.{part.name} is a situation, which shows no clause; name a clause, a pitfall or a known violation"
            )
        case _:
            raise Misuse(
                f"{part.id if part else protocol.stem} is shown by no run of a system; name a clause, a pitfall or a known violation"
            )
    if not found.trace:
        raise Misuse(f"{found.name} is shown by no run today; concordant explain {found.name} says what came of it")
    return found


def example(protocol: Protocol, clause: Clause) -> tuple[Scope, Verdict] | None:
    """Return the first small scope in which a clause is reached, with the run that reaches it; None where there is none."""
    for scope in protocol.scopes:
        if scope.size is Size.SMALL and clause in scope.system.promises:
            verdict = explore(scope.system, (clause,), until=clause, reductions=scope.reductions).verdict(clause)
            if verdict.status is Status.HOLDS:
                return scope, verdict
    return None
