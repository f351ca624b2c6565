"""The kinds of exercises: to predict a number, to find a place, to repair a machine, and to write a clause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from attrs import frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.explorer.links import Link, followed, link_of
from concordant.checks.explorer.seeking import nearest
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.truths import Here
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.lessons.grading import BUDGET, Subject, answers, asked, held, loaded, missed
from concordant.checks.lessons.lesson import Exercise, Grade, Material
from concordant.checks.misuse import Misuse
from concordant.checks.reports.totals import counted
from concordant.refimpl.machine import AnySystem
from concordant.spec.vocabulary import Clause


def moves_until(system: AnySystem, clause: Clause) -> int:
    """Return after how many moves, at the least, a clause is false, or what it asks for is reached."""
    verdict = asked(system, clause).verdict(clause.id)
    return len(verdict.trace or ())


def moves_repeated(system: AnySystem, clause: Clause) -> int:
    """Return how many moves are repeated for ever on the lasso on which a clause of liveness is false; 0 where nothing more happens."""
    return asked(system, clause).verdict(clause.id).cycle or 0


def states_of(system: AnySystem, reductions: Reductions = Reductions()) -> int:
    """Return how many states a system has, or how many are left of them."""
    report = explore(system, budget=BUDGET, reductions=reductions)
    if report.stopped:
        raise Misuse(f"the states cannot be counted: {report.stopped}")
    return report.states


@frozen
class Exercises:
    """Makes the exercises of a lesson, of what is given in it."""

    material: Material

    def _machine(self, folder: Path) -> ModuleType:
        return loaded(folder, self.material.machine)

    def predict(
        self, asks: str, key: str, count: Callable[[ModuleType], int], unit: str, hints: tuple[str, ...], *, name: str = "predict"
    ) -> Exercise:
        """Ask for a number, before it is looked for. `count`: finds it, by the machine."""

        def grade(folder: Path) -> Grade:
            said = answers(folder).get(key)
            if type(said) is not int:
                return Grade(False, f"{key} in answers.toml is no whole number: write it without quotes, {key} = 1")
            if said == count(self._machine(folder)):
                return Grade(True, f"{counted(said, unit)} it is")
            return Grade(False, f"{key} = {said} in answers.toml: it is another number")

        return Exercise(name, asks, grade, hints, answer=(key, lambda folder: count(self._machine(folder))))

    def find(self, asks: str, key: str, place: str, clause: str, so: str, hints: tuple[str, ...], *, name: str = "find") -> Exercise:
        """Ask for a link to a place of a file, or of a system in it, where a clause is false, or reached. `so`: says of a place that it is."""
        file = place.partition(":")[0]

        def grade(folder: Path) -> Grade:
            link = answers(folder).get(key)
            if not isinstance(link, str) or not link:
                return Grade(False, f"{key} in answers.toml is empty")
            link = link.removeprefix("concordant explore ").strip(" '")
            try:
                if Link.read(link).name.partition(":")[0] != file:
                    return Grade(False, f"{link} is no link to a place of {place}")
                linked = followed(link)
                if linked.explorer.setting.system is not setting(place).system:  # which may have other names: FILE.py, FILE.py:SYSTEM
                    return Grade(False, f"{link} is no link to a place of {place}")
            except Misuse as misuse:
                return Grade(False, str(misuse))
            for truth in linked.explorer.at(linked.numbers).truths:
                if truth.clause.name == clause and truth.here in (Here.FALSE, Here.REACHED):
                    return Grade(True, f"{so}, after {counted(len(linked.numbers), 'move')}")
            return Grade(False, f"at that place it is not so that {so}")

        def solve(folder: Path) -> str:
            loaded(folder, file.removesuffix(".py"))
            explorer = Explorer(setting(place))
            run = nearest(explorer, (), explorer.setting.clause(clause)).run
            if run is None:
                raise Misuse(f"there is no place of {place} where {so}")
            return link_of(explorer, run)

        return Exercise(name, asks, grade, hints, answer=(key, solve))

    def repair(
        self, asks: str, subject: Callable[[ModuleType, ModuleType], Subject | tuple[Subject, ...]], hints: tuple[str, ...]
    ) -> Exercise:
        """Ask for a machine that keeps all its promises. `subject`: puts it together, of the machine that is given and of `repair.py`.

        It may be put together in several ways, in all of which they must be kept.
        """

        def grade(folder: Path) -> Grade:
            made = subject(self._machine(folder), loaded(folder, "repair"))
            said = []
            for each in made if isinstance(made, tuple) else (made,):
                found = held(each, "repair.py")
                if not found.passed:
                    return found
                said.append(found.says)
            return Grade(True, "; ".join(said))

        return Exercise("repair", asks, grade, hints, file="repair.py")

    def clause(self, asks: str, clause: str, right: str, hints: tuple[str, ...]) -> Exercise:
        """Ask for a clause that holds of what is right, and of nothing that is wrong and hidden. `right`: says what is right."""

        def grade(folder: Path) -> Grade:
            self._machine(folder)
            mine, hidden = loaded(folder, "clause"), self.material.hidden()
            said = getattr(mine, clause, None)
            if not isinstance(said, Clause):
                return Grade(False, f"{clause} in clause.py is no clause: leave its first line as it was")
            for subject in hidden.right(said):
                keeps = held(subject, right)
                if keeps.passed:
                    continue
                if keeps.stopped:
                    return keeps
                too = "little" if any(f" is {each.value}" in keeps.says for each in (Status.VACUOUS, Status.NOT_PROMISED)) else "much"
                return Grade(False, f"it asks too {too}: {keeps.says}")
            wrong = hidden.wrong(said)
            left = missed(wrong, said)
            if left:
                more = f", and of {len(left) - 1} more" if left[1:] else ""
                return Grade(False, f"it asks too little: it holds of one that {left[0]}{more}")
            return Grade(True, f"it holds of {right}, and of none of {counted(len(wrong), 'wrong one')}")

        return Exercise("clause", asks, grade, hints, file="clause.py")
