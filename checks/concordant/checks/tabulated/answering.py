"""Answering what the kernel asks in some state, with the clauses and assumptions told what they must know."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from concordant.checks.tabulated.assumptions import Assumptions
from concordant.checks.tabulated.clauses import Clauses
from concordant.checks.tabulated.filling import Filling
from concordant.checks.tabulated.journal import GAPS, USES
from concordant.checks.tabulated.kernel import questions as q
from concordant.checks.tabulated.phases import HANDLERS, phase
from concordant.checks.tabulated.space import Space
from concordant.spec.vocabulary import Fault


@define(eq=False, repr=False)
class Answering:
    """What stands between the kernel and the functions of one system."""

    space: Space
    filling: Filling
    clauses: Clauses
    assumptions: Assumptions
    occurred: Fault = Fault.NONE

    @phase(HANDLERS)
    def first_uses(self, uses: list[list[int]]) -> None:
        """Judge outcomes that were used for the first time, given the state and the outcome of each."""
        self.space.journal.note(USES, uses)
        numbers = self.space.numbers
        for state, outcome in uses:
            process, before, after = self.filling.outcomes[outcome, [q.PROCESS, q.BEFORE, q.AFTER]].tolist()
            if process in self.clauses.looks_at_steps:
                self.clauses.step(state, process, before, after)
            input_ = self.filling.inputs_of[outcome]
            if input_ >= 0 and numbers.is_duplicated(numbers.inputs[process][input_]):
                self.occurred |= Fault.DUPLICATION

    @phase(HANDLERS)
    def answer(self, gaps: Mapping[int, int]) -> None:
        """Answer questions, given the state in which each was asked first."""
        self.space.journal.note(GAPS, list(gaps.items()))
        plain: list[int] = []
        for question, state in gaps.items():
            kind, owner, x, y = q.asked(question)
            match kind:
                case q.ALLOWS if owner != q.IN_A_READING:
                    self.filling.keep([question], [self.assumptions.allows(x, state)])
                case q.ALLOWS:
                    group, verdict = self.assumptions.judges(x, state)
                    if verdict is None:
                        self.filling.keep([q.asking(q.ALLOWS, 0, x)], [group])
                    else:
                        self.filling.keep([question], [verdict])
                case q.RENAMES:
                    self.space.rename(y, x)
                case q.READS:
                    self.assumptions.read(owner, state)
                case _:
                    if kind == q.FOLDS:
                        self.clauses.happen(state, x, y)
                    if kind == q.HEARS:
                        self._check_asked(state, owner, x)
                    plain.append(question)
        self.filling.answer(plain)

    def _check_asked(self, state: int, user: int, user_state: int) -> None:
        """Let the reference semantics complain where a user is answered who has asked nothing yet."""
        numbers = self.space.numbers
        place, _ = numbers.user_states[user][user_state]
        if place == 0:
            for _ in numbers.semantics.successors(numbers.state(self.space.values(state))):
                pass
