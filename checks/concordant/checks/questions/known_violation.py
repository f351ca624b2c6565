"""Known violations: does the witness of a truth about a protocol still show it? Two-phase commit blocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.families import Family, members
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Scope
from concordant.checks.mechanisms.refute import smallest_counterexample
from concordant.checks.misuse import BrokenRule, CannotReplay, Misuse
from concordant.checks.questions.question import Means, noted
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.registry import Protocol
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import AnyMechanism, AnySystem, KnownViolation, Mechanism, System, machines_in
from concordant.spec.vocabulary import ForAll, Relates

SEARCHED = 5
"""For how many seconds a witness is looked for that would show it."""
NOTHING = f"and a search of up to {SEARCHED} s finds none that does"
WORD, WRONG = "violated as it must be", "THE WITNESS DOES NOT SHOW IT"


@frozen(eq=False)
class KnownViolationQuestion:
    """Whether a witness shows that a clause is violated. `name`: its id, with a number where several have it.

    `judged`: the rules that are judged besides, each with what it promises. `scopes`, `families`: what is explored besides.
    """

    stem: str
    name: str
    known: KnownViolation
    judged: tuple[AnyMechanism, ...] = ()
    scopes: tuple[Scope, ...] = ()
    families: tuple[Family, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return f"known_violation:{self.stem}/{self.name}"

    @property
    def title(self) -> str:
        """Why the clause cannot hold."""
        return self.known.why

    @property
    def cost(self) -> float:
        """One run each."""
        return 0.01

    def answer(self, means: Means) -> Answer:  # noqa: ARG002  # a witness is short
        """Replay the witness."""
        began = time.perf_counter()
        try:
            self._require_of_the_protocol()
            verdict = replay_known_violation(self.known)
        except CannotReplay as problem:
            told = f"{problem}; {self._instead()}"
            return Answer(self.id, self.stem, self.title, Conclusion.NOT_AS_CLAIMED, WRONG, notes=noted(problem=told))
        except (Misuse, BrokenRule) as problem:
            return Answer(self.id, self.stem, self.title, Conclusion.NOT_AS_CLAIMED, WRONG, notes=noted(problem=str(problem)))
        shown = verdict.status is Status.VIOLATED
        return Answer(
            self.id,
            self.stem,
            self.title,
            Conclusion.AS_CLAIMED if shown else Conclusion.NOT_AS_CLAIMED,
            WORD if shown else WRONG,
            (verdict,),
            notes=noted(problem=None if shown else self._instead()),
            seconds=time.perf_counter() - began,
        )

    def _instead(self) -> str:
        """Say which witness would show it: the smallest that a search finds."""
        subject, clause, budget = self.known.subject, self.known.clause, Budget(seconds=SEARCHED)
        if isinstance(subject, Mechanism) and isinstance(clause, ForAll | Relates):
            drawn = smallest_counterexample(subject, clause, budget=budget)
            return f"this does: {text(dict(drawn.given))}" if drawn.status is Status.VIOLATED else NOTHING
        if not isinstance(subject, System):
            return NOTHING
        found = explore(subject, (clause,), until=clause, budget=budget).verdict(clause)
        if found.status is not Status.VIOLATED or found.trace is None:
            return NOTHING
        return f"this run does: {', '.join(text(frame.move) for frame in found.trace)}"

    def _require_of_the_protocol(self) -> None:
        """Raise a Misuse where a rule or machine of others is called this protocol's, or where the protocol promises of its rule what fails."""
        subject, clause = self.known.subject, self.known.clause
        if isinstance(subject, System):
            others = sorted(kind.__name__ for kind in self._of_others(subject))
            if others:
                what = f"{clause.id} fails of a system with {', '.join(others)}, which no scope of {self.stem} has"
                raise Misuse(f"{what}; say it of the processes that are explored, or make it a Pitfall")
        if isinstance(subject, Mechanism) and self.judged:
            same = [each for each in self.judged if each.rule == subject.rule]
            if not same:
                raise Misuse(f"{clause.id} fails of {subject.name}, which no scope of {self.stem} judges; say it of a rule that it has")
            if any(clause in each.promises for each in same):
                raise Misuse(f"{clause.id} is promised of {subject.name}, and so cannot be known to fail of it; leave out one of the two")

    def _of_others(self, subject: AnySystem) -> frozenset[type]:
        """Return the classes of processes that no scope, and no member of a family, has; none where nothing is explored."""
        left, members_too = _machines(subject), (system for family in self.families for _, system in members(family))
        for system in chain((scope.system for scope in self.scopes), members_too):
            left -= _machines(system)
            if not left:
                break
        return left if self.scopes or self.families else frozenset()


def ask(protocol: Protocol) -> Iterator[KnownViolationQuestion]:
    """List the known violations of a protocol."""
    named: dict[str, int] = {}
    judged = tuple(grid.mechanism for grid in protocol.grids)
    for known in protocol.known_violations:
        named[known.id] = number = named.get(known.id, 0) + 1
        yield KnownViolationQuestion(
            protocol.stem, f"{known.id}/{number}" if number > 1 else known.id, known, judged, protocol.scopes, protocol.families
        )


def _machines(system: AnySystem) -> frozenset[type]:
    """Return the classes of all processes of a system, with those that they hold."""
    return frozenset(type(machine) for process in system.processes.values() for machine in machines_in(process))
