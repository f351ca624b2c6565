"""Ways in which something was compared with nothing, or with itself, and so passed. Each is refused by name now."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, field, frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.judge import BrokenClause
from concordant.checks.exploration.report import Report, Status
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.misuse import Misuse
from concordant.checks.stateful import state_machine
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import Mechanism, Process, Specification, Step, System, User, step
from concordant.spec.common.consistency.clauses import linearizable
from concordant.spec.common.consistency.objects import AboutRegisters, Read, Register, Value
from concordant.spec.common.consistency.operations import Operation, Operations
from concordant.spec.common.refinement import rests_as_specified, shows_no_more
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clocks,
    Draw,
    NoHistory,
    Reply,
    Seen,
    Unknown,
    always,
    always_each,
    case,
    compares,
    identity,
    on_event,
)
from concordant.spec.vocabulary.identity import plain
from tests.checks.toys import Counter, Kept, Noticed, Toy

SHOP, ANN = Address("shop"), Address("ann")


@compares
def does_as_the_other(profile: int, outcome: int, other: int) -> Cases:
    """It does as the other does."""
    yield case(outcome == other, profile=profile)


def double(profile: int) -> int:
    return 2 * profile


def one_or_two(draw: Draw) -> int:
    return draw.one_of("profile", (1, 2))


def test_a_rule_that_is_compared_with_itself_is_an_error() -> None:
    with pytest.raises(BrokenClause, match="does_as_the_other compares a rule with itself"):
        judge_grid(Grid("all", "", Mechanism(double, one_or_two, (does_as_the_other.to(double),)), (0,)))


@pytest.mark.parametrize(("begins", "ends"), [(1, 0), (0, -1)])
def test_an_operation_that_ends_before_it_begins_and_so_comes_before_itself_is_an_error(begins: int, ends: int) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Operation(ANN, Read(), begins, ends, Value(None))


class Silent(Process[None, Any, AboutRegisters]):
    """Answers everything by saying that it does not know."""

    def start(self) -> Step[None]:
        return step(None)

    def view(self, state: None) -> NoHistory:  # noqa: ARG002
        return NoHistory()

    def request(self, state: None, client: Address, request: AboutRegisters) -> Step[None]:  # noqa: ARG002
        return step(state, Reply(client, Unknown()))


def everything(history: Operations) -> tuple[Operation, ...]:
    return history.all


def test_who_never_knows_is_not_linearizable_but_vacuous() -> None:
    shop = System({SHOP: Silent()}, Operations(), (linearizable(Register(), everything),), users=(User(ANN, (SHOP,), ((Read(),),)),))

    assert explore(shop).verdicts[0].status is Status.VACUOUS


def what_is_done(at: Address, by: Address, happening: object) -> object:  # noqa: ARG001
    return happening


def test_a_system_that_is_compared_with_nothing_is_an_error() -> None:
    alone = System({SHOP: Silent()}, NoHistory(), (shows_no_more(what_is_done),))

    with pytest.raises(BrokenClause, match="shows_no_more raised AttributeError"):
        explore(alone)


def nothing(at: Address, by: Address, happening: object) -> object:  # noqa: ARG001
    return None


def test_a_system_is_not_compared_by_something_that_shows_less_than_is_promised() -> None:
    shop = System({SHOP: Silent()}, NoHistory(), (shows_no_more(what_is_done),), users=(User(ANN, (SHOP,), ((Read(),),)),))

    with pytest.raises(BrokenClause, match=r"is shown by <function what_is_done .* compared by <function nothing"):
        explore(evolve(shop, refines=Specification(shop, nothing)))
    with pytest.raises(ValueError, match="give one to both"):
        list(shows_no_more(what_is_done).cases(SimpleNamespace(compared=SimpleNamespace(shows=nothing))))


def test_that_whoever_shows_what_its_specification_cannot_rests_as_that_does_is_vacuous() -> None:
    quiet = System({SHOP: Silent()}, NoHistory(), (), users=(User(ANN, (SHOP,), ()),))
    shop = evolve(quiet, promises=(rests_as_specified(what_is_done),), users=(User(ANN, (SHOP,), ((Read(),),)),))

    assert explore(evolve(shop, refines=Specification(quiet, what_is_done))).verdicts[0].status is Status.VACUOUS


def test_a_specification_is_not_followed_beyond_its_bound() -> None:
    """Explored without its bound, one that may do nothing would allow whatever is done."""
    bounded = evolve(System({SHOP: Counter()}, NoHistory(), ()), within=(lambda seen: False,))  # noqa: ARG005  # whatever it sees

    with pytest.raises(Misuse, match="leave within out, and make its users' scripts shorter"):
        explore(System({SHOP: Counter()}, NoHistory(), (shows_no_more(what_is_done),), refines=Specification(bounded, what_is_done)))


class Late(Toy):
    """Notices something when its clock shows 2."""

    def tick(self, state: Kept, now: int) -> Step[Kept] | None:
        return step(state, Announce(Noticed(1))) if now == 2 else None


def what_is_noticed(at: Address, by: Address, happening: object) -> object:  # noqa: ARG001
    return happening if isinstance(happening, Noticed) else None


def test_that_the_time_of_a_specification_ends_is_no_rest() -> None:
    late = System({SHOP: Late()}, NoHistory(), (), clocks=Clocks(horizon=1))
    never = System({SHOP: Toy()}, NoHistory(), (rests_as_specified(what_is_noticed),), refines=Specification(late, what_is_noticed))

    assert explore(never).verdicts[0].status is Status.VIOLATED


@frozen
class Past:
    """A history with a field that is called as one of the comparison is."""

    shown: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Past:  # noqa: ARG002
        return Past(min(2, self.shown + isinstance(happening, Noticed)))


@always()
def is_never_two(seen: Seen[Past]) -> Cases:
    """It is never two."""
    yield case(seen.history != Past(2))


@always_each(Kept)
def is_never_two_of_any(view: Kept, who: Address, history: Past) -> Cases:  # noqa: ARG001
    """It is never two, whoever is asked."""
    match history:
        case Past(2):
            yield case(False)
        case _:
            yield case(True)


@on_event(Noticed)
def is_never_one_before(history: Past, who: Address, event: Noticed) -> Cases:  # noqa: ARG001
    """It is never one before it happens again."""
    yield case(history != Past(1))


@pytest.mark.parametrize("engine", [explore, explore_tabulated], ids=["reference", "tabulated"])
def test_a_history_beside_a_comparison_equals_and_matches_what_it_does_alone(engine: Callable[..., Report]) -> None:
    alone = System({SHOP: Counter()}, Past(), (is_never_two, is_never_two_of_any, is_never_one_before))
    compared = evolve(alone, refines=Specification(alone, what_is_done))

    assert [each.status for each in engine(compared).verdicts] == [Status.VIOLATED] * 3


def test_random_runs_of_a_system_that_promises_nothing_that_they_judge_are_no_test() -> None:
    with pytest.raises(Misuse, match=r"^state_machine\(system\) would judge nothing"):
        state_machine(System({SHOP: Silent()}, NoHistory(), ()))


def test_no_class_of_a_user_is_told_apart_by_its_own_equality_alone() -> None:
    @frozen
    class Vote:
        number: int = field(eq=False)

    with pytest.raises(
        TypeError, match=r"^@plain above Vote: values are told apart by all that they hold, whatever their == says; leave it out$"
    ):
        plain(Vote)
    assert identity(Vote(1)) != identity(Vote(2))
