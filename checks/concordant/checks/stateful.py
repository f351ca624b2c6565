"""A system as a state machine of Hypothesis: longer random runs than a search reaches, shrunk when a clause fails.

It needs Hypothesis, which comes with `concordant[hypothesis]`.

>>> from concordant.checks.starting.lock import system
>>> TestLock = state_machine(system()).TestCase
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from concordant.checks.exploration.judge import Judge, decided
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.traces import frames
from concordant.checks.misuse import Misuse
from concordant.checks.reports.counterexamples import pictured
from concordant.checks.semantics.promises import promised
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.states import State, Taken
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Sometimes


class Violated(AssertionError):  # noqa: N818  # it says what is the case
    """A clause fails in a run; the text is the run, as in every report."""


def state_machine(system: System[Any]) -> type[RuleBasedStateMachine]:
    """Return a state machine whose rules are the moves of a system, and whose invariants are the clauses of safety that it promises.

    Each run is a path of the system, so that what fails really fails; what does not fail was not tried. `TestCase` of it is a test for
    pytest and unittest, `settings(max_examples=…, stateful_step_count=…)` says how many runs, and how long. A system that promises nothing that would be judged is a Misuse.
    """
    safety, _ = decided(clause for clause in promised(system.promises, system) if not isinstance(clause, Sometimes))
    if not safety:
        raise Misuse(
            "state_machine(system) would judge nothing: the system promises no clause of safety under its faults; promise one, or use explore"
        )
    semantics = Semantics(system)

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            (self.state,) = semantics.initial()
            self.start, self.steps = self.state, list[tuple[Taken, State]]()
            self.judge = Judge(semantics, safety)
            self.options = self._enter()

        def _enter(self) -> list[tuple[Taken, State]]:
            """Judge the state, and every move out of it, and return those."""
            self.judge.visit(self.state)
            options = list(semantics.successors(self.state))
            for taken, target in options:
                self.judge.cross(self.state, taken, target)
            self.judge.leave(self.state)
            for tally in self.judge.tallies.values():
                if tally.telling is not None:
                    steps = self.steps if tally.edge is None else [*self.steps, tally.edge]
                    trace = frames(semantics, (self.start, tuple(steps)))
                    verdict = Verdict(tally.clause, Status.VIOLATED, trace=trace, facts=tally.telling.facts)
                    raise Violated("\n" + "\n".join(pictured(verdict)))
            return options

        @rule(data=st.data())
        def move(self, data: st.DataObject) -> None:
            if not self.options:  # the run has ended; a state machine of Hypothesis must always go on
                return
            step = self.options[data.draw(st.integers(0, len(self.options) - 1), label="which move")]
            self.steps.append(step)
            _, self.state = step
            self.options = self._enter()

    Machine.__name__ = Machine.__qualname__ = "StateMachine"
    return Machine
