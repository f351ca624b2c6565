"""What a machine contributes to a scope: its answer to every input that comes about there.

Everything else of a scope, the network, users, crashes, history and clauses, is the same for a mutant. So if a mutant answers
each of these inputs as the original does, then by induction over the moves it reaches the same states by the same transitions:
nothing tells the two apart in that scope, and none of it needs to be explored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, field, frozen

from concordant.checks.exploration.explore import Task
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.report import RuleReport
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.semantics.handlers import BrokenProcess, Handlers
from concordant.checks.semantics.parts import Parts
from concordant.checks.semantics.rows import Happening
from concordant.checks.semantics.steps import happens_first
from concordant.refimpl.machine import Fire, Handled, Step, System
from concordant.spec.vocabulary import Address, Announce, Deadline, Deliver, Effect, OnEvent, Send


@frozen(eq=False)
class LocalInput:
    """One input of one process in one state; or, in words, what is asked of a state alone."""

    handlers: Handlers
    state: Any
    move: Handled | str

    def ask(self) -> object:
        """Return the answer; what breaks a rule of processes is an answer too."""
        try:
            match self.move:
                case "start":
                    return self.handlers.start()
                case "armed":
                    return self.handlers.armed(self.state)
                case "survives":
                    return self.handlers.survivors(self.state)
                case "view":
                    return self.handlers.view(self.state)
                case str():
                    raise ValueError(f"nothing is asked by {self.move!r}")
                case _:
                    return self.handlers.handle(self.state, self.move)
        except BrokenProcess as broken:
            return BreaksARule(str(broken))


@frozen
class BreaksARule:
    """What a process answers that breaks a rule."""

    what: str


@frozen(eq=False)
class AnswerTable:
    """Every question that comes about in a system, with the original's answer. `histories`: all that were reached."""

    system: System[Any]
    answers: tuple[tuple[LocalInput, object], ...]
    histories: tuple[Any, ...]
    _folded: dict[tuple[object, ...], bool] = field(factory=dict, init=False)

    def differing(self) -> Iterator[tuple[LocalInput, object, object]]:
        """Yield where the machine now answers otherwise: the question, the original's answer, and this one."""
        for question, answer in self.answers:
            now = question.ask()
            if now != answer and not self._differ_in_order(question, answer, now):
                yield question, answer, now

    def _differ_in_order(self, question: LocalInput, before: object, now: object) -> bool:
        """Tell whether two steps differ in the order of their effects alone, and nothing of the system depends on that.

        A step is one move. The order within it shows on a channel that keeps it, where a crash cuts the step, in what the
        history makes of it, and in what clauses about events say, each of the history just before.
        """
        system, address = self.system, question.handlers.address
        if not isinstance(before, Step) or not isinstance(now, Step) or before.state != now.state:
            return False
        if Counter(before.effects) != Counter(now.effects) or system.network.fifo:
            return False
        first = () if isinstance(question.move, str) else happens_first(address, question.move)
        key = (address, first, before.effects, now.effects)
        if key not in self._folded:
            is_cut = system.faults.mid_step and system.faults.crashes > 0 and address in system.faults.who
            pairs = [(before.effects, now.effects), *(zip(cuts(before.effects), cuts(now.effects), strict=True) if is_cut else ())]
            self._folded[key] = all(
                Counter(one) == Counter(other)
                and _told(system, history, address, first, one) == _told(system, history, address, first, other)
                for one, other in pairs
                for history in self.histories
            )
        return self._folded[key]


def cuts(effects: tuple[Effect, ...]) -> Iterator[tuple[Effect, ...]]:
    """Yield what a crash in the middle of a step leaves of its effects: all that is announced, and the first so many sends."""
    sends = [effect for effect in effects if isinstance(effect, Send)]
    for count in range(len(sends) + 1):
        late = sends[count:]
        yield tuple(
            effect for effect in effects if isinstance(effect, Announce | Deliver) or (isinstance(effect, Send) and effect not in late)
        )


def _told(
    system: System[Any], history: Any, address: Address, first: tuple[Happening, ...], effects: tuple[Effect, ...]
) -> tuple[Any, Counter[object]]:
    """Return the history after an input with some effects, and what the clauses about events say of each."""
    said: Counter[object] = Counter()
    for happening in first:
        history = history.after(happening.at, happening.by, happening.what)
    for effect in effects:
        what = effect.event if isinstance(effect, Announce) else effect
        for clause in system.promises:
            if isinstance(clause, OnEvent) and isinstance(what, clause.event):
                said[clause.id, effect, _holds(clause, history, address, what)] += 1
        history = history.after(address, address, what)
    return history, said


def _holds(clause: OnEvent[Any, Any], history: Any, address: Address, what: object) -> object:
    try:
        return all(each.holds for each in clause.cases(history, address, what))
    except Exception as error:  # noqa: BLE001  # every answer meets every history here, also one that it never meets in a run
        return BreaksARule(f"{type(error).__name__}: {error}")


def table_of(task: Task) -> AnswerTable:
    """Return the table of a system that was explored."""
    parts: Parts = task.semantics.parts
    faults = parts.system.faults
    questions: list[LocalInput] = []
    for process, handlers in enumerate(parts.steps.handlers):
        questions.append(LocalInput(handlers, None, "start"))
        crashes = faults.crashes > 0 and handlers.address in faults.who
        for local in parts.steps.locals[process].values:
            asked = ["view", *(["armed"] if local.up else []), *(["survives"] if local.up and crashes else [])]
            questions += [LocalInput(handlers, local.state, what) for what in asked]
    questions += [
        LocalInput(parts.steps.handlers[process], parts.steps.locals[process][local].state, move)
        for (process, local, move), _ in parts.steps.rows()
    ]
    return AnswerTable(parts.system, tuple((each, each.ask()) for each in questions), tuple(parts.observations.histories.values))


def says_less_at_a_deadline(question: LocalInput, before: object, now: object) -> bool:
    """Tell whether all that differs is that, when a deadline passes, some message is not sent."""
    if not isinstance(question.move, Fire) or not isinstance(question.move.trigger, Deadline):
        return False
    if not isinstance(before, Step) or not isinstance(now, Step) or before.state != now.state:
        return False
    less = Counter(before.effects)
    less.subtract(Counter(now.effects))
    return all(count >= 0 and (count == 0 or isinstance(effect, Send)) for effect, count in less.items())


@frozen(eq=False)
class Runs:
    """Every profile on which a rule was run while a grid was judged, with its outcome."""

    outcomes: tuple[tuple[Any, object], ...]
    rule: Callable[[Any], object]

    def differ(self) -> bool:
        """Tell whether the rule now has another outcome somewhere."""
        return any(_outcome(self.rule, profile) != outcome for profile, outcome in self.outcomes)


def _outcome(rule: Callable[[Any], object], profile: object) -> object:
    try:
        return rule(profile)
    except Exception as error:  # noqa: BLE001  # whatever a rule raises, it does now and did not before, or the other way round
        return BreaksARule(f"{type(error).__name__}: {error}")


def runs_of(grid: Grid) -> tuple[Runs, RuleReport]:
    """Judge a grid, and note every run of its rule."""
    noted: list[tuple[Any, object]] = []
    rule = grid.mechanism.rule

    def noting(profile: Any) -> object:
        outcome = rule(profile)
        noted.append((profile, outcome))
        return outcome

    report = judge_grid(evolve(grid, mechanism=evolve(grid.mechanism, rule=noting)))
    return Runs(tuple(noted), rule), report
