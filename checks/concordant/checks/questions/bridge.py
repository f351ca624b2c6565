"""Bridges: is every transition of a protocol's small scopes a step of its proved model, and is every action of the model taken?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.bridge import Crossing, cross, crossable, systems, unnoticed
from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Scope
from concordant.checks.questions.question import Means, ended, noted
from concordant.checks.registry import Protocol
from concordant.proofs.kernel.refinement import Bridge
from concordant.proofs.kernel.said import TOLD, Spoken, on_record, otherwise
from concordant.proofs.kernel.standing import unproved
from concordant.refimpl.machine import Pitfall

TRANSITIONS_A_SECOND = 40_000


@frozen(eq=False)
class BridgeQuestion:
    """Whether the code of a protocol takes only steps of the proved model, in its small scopes."""

    stem: str
    bridge: Bridge
    scopes: tuple[Scope | Family, ...]
    mistakes: tuple[Pitfall, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return f"bridge:{self.stem}/code_takes_steps_of_the_model"

    @property
    def title(self) -> str:
        """What is asked."""
        silent = f" The model says nothing of {', '.join(self.bridge.silent)}." if self.bridge.silent else ""
        steps = (
            f"Every transition of {len(self.scopes)} small scopes is a step of the proved model, and every action of the model is taken;"
        )
        return f"{steps} of each role some mistake is none.{silent}"

    @property
    def cost(self) -> float:
        """From the number of transitions that are expected."""
        return sum(scope.expected.transitions for scope in self.scopes if scope.expected is not None) / TRANSITIONS_A_SECOND

    def told(self) -> Spoken:
        """Return by what each relation of the model is told, over all of the scopes."""
        all_told = (cross(self.bridge, system, scope.reductions).told for scope in self.scopes for system in systems(scope))
        return by_relation(each for told in all_told for each in told)

    def answer(self, means: Means) -> Answer:
        """Cross the bridge in scope after scope, to the first that is wrong."""
        taken: Counter[str] = Counter()
        states = transitions = 0
        seconds, told = 0.0, set[tuple[str, str]]()
        crossing: Crossing | None = None
        name = ""
        for scope, system in ((each, system) for each in self.scopes for system in systems(each)):
            name, crossing = scope.name, cross(self.bridge, system, scope.reductions, means.budget)
            taken, seconds = taken + crossing.actions, seconds + crossing.seconds
            told |= crossing.told
            states, transitions = states + crossing.states, transitions + crossing.transitions
            if crossing.problem is not None or crossing.stopped is not None:
                break
        never = sorted(set(self.bridge.made.actions) - set(taken))
        problem = None if crossing is None else crossing.problem
        stopped = None if crossing is None else crossing.stopped
        if problem is None and stopped is None and never:
            problem = f"never taken: {', '.join(never)}"
        problem = (
            unproved(self.stem, self.bridge.made) if problem is None and stopped is None else problem and f"in scope {name}: {problem}"
        )
        blind = unnoticed(self.bridge, self.scopes, self.mistakes) if problem is None and stopped is None else ()
        if blind:
            problem = f"no mistake of {', '.join(blind)} is noticed: what the bridge tells of them may be a tale"
        if problem is None and stopped is None:
            problem = "; ".join(otherwise(self.stem, TOLD, by_relation(told))) or None if TOLD in on_record(self.stem) else None
        conclusion = ended(stopped) if problem is None else Conclusion.NOT_AS_CLAIMED
        return Answer(
            self.id,
            self.stem,
            self.title,
            conclusion,
            {Conclusion.AS_CLAIMED: "crossed", Conclusion.NOT_AS_CLAIMED: "NO STEP OF THE MODEL"}.get(conclusion, conclusion.value),
            counts={"states": states, "transitions": transitions, "scopes": len(self.scopes)},
            notes=noted(detail=_in_words(by_relation(told)), problem=problem, trace=() if crossing is None else crossing.trace),
            stopped=stopped,
            seconds=seconds,
        )


def by_relation(told: Iterable[tuple[str, str]]) -> Spoken:
    """Return by what each relation is told."""
    found: dict[str, list[str]] = {}
    for relation, by in sorted(set(told)):
        found.setdefault(relation, []).append(by)
    return {relation: ", ".join(by) for relation, by in found.items()}


def _in_words(told: Spoken) -> str:
    return "; ".join(f"{relation} is told by {by}" for relation, by in told.items())


def ask(protocol: Protocol) -> Iterator[BridgeQuestion]:
    """List the bridges of a protocol: one, where it has a proved model. Without a scope that is crossed none of its actions is taken."""
    of: tuple[Scope | Family, ...] = (*protocol.scopes, *protocol.families)
    return (BridgeQuestion(protocol.stem, bridge, crossable(bridge, of), tuple(protocol.pitfalls)) for bridge in protocol.bridges)
