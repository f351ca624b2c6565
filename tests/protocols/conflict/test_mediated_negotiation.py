"""Mediated negotiation, input in and step out."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.refimpl.conflict.mediated_negotiation import (
    MEDIATOR,
    ByScores,
    Committed,
    Free,
    Hearing,
    Mediating,
    Mediator,
    Negotiating,
    Negotiator,
    Over,
    Told,
    by_bargaining,
    position,
    system,
)
from concordant.refimpl.machine import Step, step
from concordant.spec.conflict.bargaining import Agreed, Agreement, Disagreed, Problem
from concordant.spec.conflict.goal_negotiation import Chosen, Negotiation, Party
from concordant.spec.conflict.mediated_negotiation import (
    NOT_ALL,
    Ended,
    GiveUp,
    Heard,
    History,
    Invite,
    Leave,
    Left,
    MediatorView,
    Outcome,
    PartyView,
    Position,
    Profile,
    Result,
    State,
    Stated,
    WalkAway,
    negotiations,
    positions_in,
    problems,
)
from concordant.spec.vocabulary import Amount, Announce, Map, Send, addresses

P0, P1 = PARTIES = addresses("party", 2)
FIRST, SECOND = position(3, 1), position(1, 2)
CHAIR = Mediator(PARTIES, by_bargaining)
ONE, BOTH = Hearing(Map.of({P0: FIRST})), Hearing(Map.of({P0: FIRST, P1: SECOND}))
PROBLEM = Problem(
    ("party0", "party1"),
    (Agreement("a", Map.of({"party0": 3, "party1": 1})), Agreement("b", Map.of({"party0": 1, "party1": 2}))),
    Map.of({"party0": 0, "party1": 0}),
)


def ended(profile: Profile | None, outcome: Outcome) -> Step[Mediating]:
    return step(Over(), Announce(Ended(profile, outcome)), Send(P0, Result(outcome)), Send(P1, Result(outcome)))


class TestRules:
    def test_bargaining_is_on_what_all_put_a_worth_on(self) -> None:
        assert by_bargaining(BOTH.heard) == (PROBLEM, Agreed("a", ("a",)))

    def test_a_choice_is_among_what_is_proposed(self) -> None:
        scores: Map[str, Amount] = Map.of({"a": 1, "b": 2})
        positions = Map.of({P0: position(1, 1, proposal="a"), P1: position(1, 1, proposal="b")})
        parties = tuple(Party(str(name), each.proposal, each.worth, each.least) for name, each in positions.items())

        assert ByScores(scores)(positions) == (Negotiation(parties, scores), Chosen("b", ("b",), ("party0", "party1")))


class TestMediator:
    def test_invites_everybody(self) -> None:
        assert CHAIR.start() == step(Hearing(), Send(P0, Invite()), Send(P1, Invite()))

    def test_hears_each_party_once_and_decides_when_it_has_heard_all(self) -> None:
        assert CHAIR.receive(Hearing(), P0, State(FIRST)) == step(ONE, Announce(Heard(P0, FIRST)))
        assert CHAIR.receive(ONE, P0, State(SECOND)) is None
        assert CHAIR.receive(ONE, P1, State(SECOND)) == Step(
            Over(), (Announce(Heard(P1, SECOND)), *ended(PROBLEM, Agreed("a", ("a",))).effects)
        )

    def test_ends_without_agreement_when_somebody_leaves_or_the_time_is_over(self) -> None:
        assert CHAIR.receive(ONE, P1, Leave()) == ended(None, NOT_ALL)
        assert CHAIR.fire(ONE, GiveUp()) == ended(None, NOT_ALL)

    @pytest.mark.parametrize("message", [State(FIRST), Leave()])
    def test_hears_nothing_more_when_it_is_over(self, message: Any) -> None:
        assert CHAIR.receive(Over(), P0, message) is None

    def test_has_a_deadline_until_it_is_over(self) -> None:
        states = (Hearing(), Over())

        assert [CHAIR.armed(state) for state in states] == [(GiveUp(),), ()]
        assert [CHAIR.view(state) for state in states] == [MediatorView(over=False), MediatorView(over=True)]
        assert [tuple(CHAIR.survives(state)) for state in states] == [(state,) for state in states]


class TestNegotiator:
    ME = Negotiator(MEDIATOR, FIRST, impatient=True)

    def test_states_its_position_once_and_is_bound(self) -> None:
        assert self.ME.start() == step(Free())
        assert self.ME.receive(Free(), MEDIATOR, Invite()) == step(Committed(), Announce(Stated(FIRST)), Send(MEDIATOR, State(FIRST)))
        assert self.ME.receive(Committed(), MEDIATOR, Invite()) is None
        assert [self.ME.armed(state) for state in (Free(), Committed(), Told(NOT_ALL))] == [(WalkAway(),), (), ()]

    def test_walks_away_if_it_is_impatient_and_not_bound(self) -> None:
        assert self.ME.fire(Free(), WalkAway()) == step(Committed(), Announce(Left()), Send(MEDIATOR, Leave()))
        assert evolve(self.ME, impatient=False).armed(Free()) == ()

    @pytest.mark.parametrize("state", [Free(), Committed()])
    def test_is_told_once(self, state: Negotiating) -> None:
        assert self.ME.receive(state, MEDIATOR, Result(NOT_ALL)) == step(Told(NOT_ALL))
        assert self.ME.receive(Told(NOT_ALL), MEDIATOR, Result(Disagreed())) is None
        assert self.ME.view(Told(NOT_ALL)) == PartyView(NOT_ALL)
        assert self.ME.view(state) == PartyView()
        assert tuple(self.ME.survives(state)) == (state,)


class TestRecord:
    def test_keeps_who_has_stated_left_and_was_heard_and_two_ends_at_most(self) -> None:
        start, end = History(Map.of({P0: FIRST, P1: SECOND})), Ended(None, NOT_ALL)
        busy = start.after(P0, P0, Stated(FIRST)).after(P1, P1, Left()).after(MEDIATOR, MEDIATOR, Heard(P0, FIRST))

        assert busy == evolve(start, stated=frozenset({P0}), left=frozenset({P1}), heard=Map.of({P0: FIRST}))
        assert busy.after(P0, P0, end).after(P0, P0, end).after(P0, P0, end) == evolve(busy, ends=(end, end))
        assert busy.after(P0, P0, Send(MEDIATOR, Leave())) is busy

    def test_finds_the_positions_in_what_a_rule_has_run_on(self) -> None:
        chosen = Negotiation((Party("party0", "a", FIRST.worth, 1),), Map.of({"a": 1}))
        ends = (Ended(PROBLEM, Disagreed()), Ended(chosen, NOT_ALL))
        history = History(Map(), ends=ends)

        assert positions_in(PROBLEM) == Map.of({"party0": FIRST, "party1": SECOND})
        assert positions_in(chosen) == Map.of({"party0": Position(FIRST.worth, 1, "a")})
        assert tuple(problems(history)) == ((PROBLEM, Disagreed()),)
        assert tuple(negotiations(history)) == ((chosen, NOT_ALL),)


def test_two_parties_agree_or_not_in_every_order_of_messages() -> None:
    report = explore(system(FIRST, SECOND, impatient=2))

    assert (report.states, report.transitions) == (313, 798)
