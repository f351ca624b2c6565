"""Attacks by what one engine passes over and the other does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Report, Status
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Step, System, step
from concordant.spec.vocabulary import Address, Announce, Cases, NoHistory, Seen, always, case
from tests.checks.toys import A, Ends, Goes, Kept, Later, Noticed, Toy

ENGINES = pytest.mark.parametrize("engine", [explore, explore_tabulated])


@frozen
class Counting(NoHistory):
    """Is derived from the history that remembers nothing, and remembers something."""

    times: int = 0

    def after(self, at: Address, by: Address, happening: object, /) -> Counting:  # noqa: ARG002  # whoever does it
        return evolve(self, times=self.times + 1) if isinstance(happening, Noticed) else self


class Twice(Toy):
    """Notices something twice."""

    def armed(self, state: Kept) -> tuple[Goes, ...]:
        return (Goes(),) if len(state.notes) < 2 else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:  # noqa: ARG002
        return step(state.plus(1), Announce(Noticed(1)))


@always()
def it_is_noticed_once(seen: Seen[Counting]) -> Cases:
    """It is noticed once at most."""
    yield case(seen.history.times < 2)


@ENGINES
def test_a_history_that_is_derived_from_the_one_that_remembers_nothing_is_told_what_happens(engine: Callable[..., Report]) -> None:
    report = engine(System({A: Twice()}, Counting(), (it_is_noticed_once,)))

    assert report.verdict(it_is_noticed_once).status is Status.VIOLATED
