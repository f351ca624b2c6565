"""Markets, auctions and rules with a defect that somebody might make, by hand: each was refuted by no clause in any small scope of its stem."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.report import Status
from concordant.checks.exploration.scope import Size
from concordant.checks.mechanisms.judging import judge_grid
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.registry import protocol
from concordant.refimpl.allocation.load_balancer import Balancer, Balancing
from concordant.refimpl.allocation.resource_partitioning import round_robin
from concordant.refimpl.allocation.role_assignment import by_importance
from concordant.refimpl.auctions.contract_net import Calling, Manager, Managing
from concordant.refimpl.conflict.bargaining import gained, nash
from concordant.refimpl.machine import AnyProcess, Step, step
from concordant.refimpl.markets.continuous_double_auction import Exchange, Trading, open_of, price_of
from concordant.refimpl.markets.market_session import Market, Session
from concordant.refimpl.markets.posted_price_market import Selling, Shop
from concordant.refimpl.workflows.workflow_definition import define
from concordant.spec.allocation.load_balancer import OTHER_SKILLS, Join, Task
from concordant.spec.allocation.load_balancer import Answer as Told
from concordant.spec.allocation.load_balancer import Request as Wish
from concordant.spec.allocation.resource_partitioning import Division, Parts
from concordant.spec.allocation.role_assignment import Staffing
from concordant.spec.auctions.contract_net import Closed, Reject
from concordant.spec.conflict.bargaining import Agreed, Problem
from concordant.spec.markets.continuous_double_auction import UNKNOWN, Cancel, Entered, Order, Request, Side
from concordant.spec.markets.market_session import Open, Phase
from concordant.spec.markets.market_session import Request as Asked
from concordant.spec.markets.posted_price_market import Post, Posted
from concordant.spec.markets.shared.orders import Book, Cleared
from concordant.spec.vocabulary import Address, Announce, Effect, Map, Rejected, Reply, Send, is_amount
from concordant.spec.workflows.workflow_definition import Definition, Workflow
from tests.attacks.test_answers import refuting


@frozen
class PartlyFilledLosesItsPlace(Exchange):
    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        sign = 1 if order.side is Side.BUY else -1
        return tuple(sorted(super().rivals(state, order), key=lambda each: (sign * price_of(each), each.filled > 0)))


@frozen
class ThirdBeforeSecond(Exchange):
    def rivals(self, state: Trading, order: Order) -> tuple[Entered, ...]:
        rivals = super().rivals(state, order)
        are_equals = len({price_of(each) for each in rivals}) == 1
        return (rivals[0], *rivals[:0:-1]) if are_equals else rivals


@frozen
class CancelsByNameAlone(Exchange):
    def request(self, state: Trading, client: Address, request: Request) -> Step[Trading]:
        others = [each for each in state.orders if isinstance(request, Cancel) and each.order.name == request.name and open_of(each) > 0]
        if others and self.known(state, client, others[0].order.name) is None:
            cancelled = self.cancel_rest(state, others[0])
            return Step(cancelled.state, (*cancelled.effects, Reply(client, UNKNOWN)))
        return super().request(state, client, request)


@frozen
class ForgetsWhatIsCancelled(Exchange):
    def known(self, state: Trading, trader: Address, name: str) -> Entered | None:
        known = super().known(state, trader, name)
        return known if known is None or known.cancelled == 0 else None


@frozen
class ReleasesWheneverAsked(Exchange):
    def request(self, state: Trading, client: Address, request: Request) -> Step[Trading]:
        known = self.known(state, client, request.name) if isinstance(request, Cancel) else None
        if known is not None and known.cancelled > 0:
            return self.answered(self.set_aside(state, known, -known.cancelled), client, known.order.name, None)
        return super().request(state, client, request)


@frozen
class SellsLessThanNothing(Exchange):
    def is_sound(self, order: Order) -> bool:
        priced = order.price is None or (is_amount(order.price) and order.price >= 0)
        return is_amount(order.quantity) and order.quantity != 0 and priced


@frozen
class ClearsOnce(Market):
    def match(self, state: Session, book: Book) -> Cleared:
        return super().match(state, book) if state.epoch == 1 else Cleared((), book.orders)


@frozen
class ClearsPairs(Market):
    def match(self, state: Session, book: Book) -> Cleared:
        return super().match(state, book) if len(book.orders) < 3 else Cleared((), book.orders)


@frozen
class IsOpenedOnce(Market):
    def leads(self, state: Session, request: Asked) -> Phase | None:
        return None if isinstance(request, Open) and state.epoch else super().leads(state, request)


@frozen
class PostsLessThanNothing(Shop):
    def request(self, state: Selling, client: Address, request: Post) -> Step[Selling]:
        posted = step(evolve(state, price=request.price), Announce(Posted(request.price)), Reply(client, Posted(request.price)))
        return posted if is_amount(request.price) and request.price < 0 else super().request(state, client, request)


@frozen
class LetsOneIn(Balancer):
    def changed(self, state: Balancing, client: Address, request: Wish) -> Step[Balancing]:
        return step(state) if isinstance(request, Join) and state.staff else super().changed(state, client, request)

    def answer(self, state: Balancing, client: Address, request: Wish) -> Told:
        is_refused = isinstance(request, Join) and client not in state.staff
        return OTHER_SKILLS if is_refused else super().answer(state, client, request)


@frozen
class TakesTheLastOfThree(Balancer):
    def choose(self, state: Balancing, task: Task) -> Address | None:
        able = [worker for worker, skills in state.staff.items() if task.needs in skills]
        are_equals = len({self.load(state, worker) for worker in able}) == 1
        return able[-1] if are_equals and len(able) == 3 else super().choose(state, task)


@frozen
class ClearsPairsAtOnePrice(Market):
    def match(self, state: Session, book: Book) -> Cleared:
        cleared = super().match(state, book)
        mean = Fraction(sum(each.pays for each in cleared.trades)) / max(len(cleared.trades), 1)
        return evolve(cleared, trades=tuple(evolve(each, pays=mean, gets=mean) for each in cleared.trades))


@frozen
class RejectsOneLoser(Manager):
    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        losers = [each for each in closed.effects if isinstance(each, Send) and isinstance(each.message, Reject)]
        return Step(closed.state, tuple(each for each in closed.effects if each not in losers[1:]))


@frozen
class NamesTwoOfThree(Manager):
    def close(self, state: Calling) -> Step[Managing]:
        closed = super().close(state)
        return Step(closed.state, tuple(self.shorter(each) for each in closed.effects))

    def shorter(self, effect: Effect) -> Effect:
        match effect:
            case Announce(Closed(tied=tied) as event):
                return Announce(evolve(event, tied=tied[:2]))
            case _:
                return effect


def last_of_those_that_suit_as_well(staffing: Staffing) -> object:
    if len({amount for role in staffing.roles for amount in role.suitability}) < 2:
        return by_importance(staffing)
    return by_importance(
        Staffing(staffing.agents[::-1], tuple(evolve(role, suitability=role.suitability[::-1]) for role in staffing.roles))
    )


def modest_in_its_second_turn(division: Division) -> object:
    if isinstance(outcome := round_robin(division), Rejected):
        return outcome
    left, holders, count = list(range(len(division.goods))), dict[str, str](), len(division.valuations)
    for turn in range(len(division.goods)):
        taker = division.valuations[turn % count]
        modest = turn == 2 * count - 1 and len(left) > 1
        taken = sorted(left, key=lambda good: (-taker.values[good], good))[1 if modest else 0]
        left.remove(taken)
        holders[division.goods[taken]] = taker.agent
    return Parts(Map.of(holders))


def by_sum_where_there_are_three(problem: Problem) -> object:
    if len(problem.agents) < 3 or not isinstance(outcome := nash(problem), Agreed):
        return nash(problem)
    sums = {name: sum(gains) for name, gains in gained(problem).items()}
    tied = tuple(name for name, total in sums.items() if total == max(sums.values()))
    return evolve(outcome, agreement=tied[0], tied=tied)


def without_notes_where_it_replaces(definition: Definition) -> object:
    built = define(definition)
    return evolve(built, notes=Map()) if isinstance(built, Workflow) and definition.draft.replaces else built


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        pytest.param(
            by_importance, last_of_those_that_suit_as_well, "the_first_in_turn_has_the_best", id="the last that suits as well serves"
        ),
        pytest.param(
            round_robin,
            modest_in_its_second_turn,
            "each_takes_the_best_that_is_left",
            id="one takes in its second turn what is second best",
        ),
        pytest.param(nash, by_sum_where_there_are_three, "the_product_is_greatest", id="of three the greatest sum is chosen"),
        pytest.param(
            define, without_notes_where_it_replaces, "what_is_built_is_what_was_drafted", id="what replaces another is without its notes"
        ),
    ],
)
def test_a_small_grid_refutes_a_rule_by_which(right: Callable[..., object], wrong: Callable[..., object], clause: str) -> None:
    grids = [
        grid for grid in protocol(right.__module__.rpartition(".")[2]).grids if grid.size is Size.SMALL and grid.mechanism.rule is right
    ]

    def refuted(grid: Grid) -> bool:
        promised = tuple(each for each in grid.mechanism.promises if each.name == clause)
        report = judge_grid(evolve(grid, mechanism=evolve(grid.mechanism, rule=wrong, promises=promised)))
        return any(verdict.clause.name == clause and verdict.status is Status.VIOLATED for verdict in report.verdicts)

    assert any(map(refuted, grids))


@pytest.mark.parametrize(
    ("wrong", "clause"),
    [
        pytest.param(PartlyFilledLosesItsPlace, "trades_follow_price_and_time", id="an order loses its place when some of it is filled"),
        pytest.param(ThirdBeforeSecond, "trades_follow_price_and_time", id="of three equal orders the third comes before the second"),
        pytest.param(CancelsByNameAlone, "nothing_is_cancelled_without_a_reason", id="a trader cancels the order of another of that name"),
        pytest.param(
            ForgetsWhatIsCancelled, "orders_are_entered_once_as_asked_and_if_covered", id="an order is cancelled and entered again"
        ),
        pytest.param(ReleasesWheneverAsked, "no_more_is_set_aside_than_needed", id="who cancels twice has money back twice"),
        pytest.param(SellsLessThanNothing, "orders_are_entered_once_as_asked_and_if_covered", id="an order is for less than nothing"),
        pytest.param(ClearsOnce, "efficient", id="nothing is traded in the second epoch"),
        pytest.param(ClearsPairs, "efficient", id="nothing is traded where three have orders"),
        pytest.param(IsOpenedOnce, "an_answer_is_true", id="a market that could be opened again is not, as if it were not the time"),
        pytest.param(PostsLessThanNothing, "an_answer_is_true", id="a price is posted that is less than nothing"),
        pytest.param(LetsOneIn, "an_answer_is_true", id="a second worker is not let in, as if it were there with other skills"),
        pytest.param(
            TakesTheLastOfThree, "who_can_and_has_the_least_to_do_is_given_it", id="of three workers alike the last is given a task"
        ),
        pytest.param(ClearsPairsAtOnePrice, "price_is_the_middle_of_each_pair", id="all pairs trade at one price where each has its own"),
        pytest.param(RejectsOneLoser, "everybody_who_proposes_is_told", id="of two that have lost only the first is told"),
        pytest.param(NamesTwoOfThree, "the_cheapest_wins", id="of three equal proposals two are named"),
    ],
)
def test_a_small_scope_refutes_a_market_in_which(wrong: type[AnyProcess], clause: str) -> None:
    assert clause in refuting(wrong)
