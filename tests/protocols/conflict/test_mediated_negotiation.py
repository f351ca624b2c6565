"""Mediated negotiation, input in and step out."""

from __future__ import annotations

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
    system,
)
from concordant.refimpl.machine import Step, step
from concordant.spec.conflict.bargaining import Agreed, Agreement, Disagreed, Problem
from concordant.spec.conflict.goal_negotiation import Chosen, Negotiation, Nothing, Party
from concordant.spec.conflict.mediated_negotiation import (
    Ended,
    GiveUp,
    Heard,
    History,
    Invite,
    Left,
    MediatorView,
    PartyView,
    Position,
    Result,
    Run,
    State,
    Stated,
    WalkAway,
    agreed_in,
    negotiations,
    position,
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


def ended(run: Run | None, agreed: str | None) -> Step[Mediating]:
    return step(Over(), Announce(Ended(run, agreed)), Send(P0, Result(agreed)), Send(P1, Result(agreed)))


class TestRules:
    def test_bargaining_is_on_what_all_put_a_worth_on(self) -> None:
        assert by_bargaining(BOTH.heard) == Run(PROBLEM, Agreed("a", ("a",)))

    def test_a_choice_is_among_what_is_proposed(self) -> None:
        scores: Map[str, Amount] = Map.of({"a": 1, "b": 2})
        positions = Map.of({P0: position(1, 1, proposal="a"), P1: position(1, 1, proposal="b")})
        parties = tuple(Party(str(name), each.proposal, each.worth, each.least) for name, each in positions.items())

        assert ByScores(scores)(positions) == Run(Negotiation(parties, scores), Chosen("b", ("b",), ("party0", "party1")))


class TestMediator:
    def test_invites_everybody(self) -> None:
        assert CHAIR.start() == step(Hearing(), Send(P0, Invite()), Send(P1, Invite()))

    def test_hears_each_party_once_and_decides_when_it_has_heard_all(self) -> None:
        assert CHAIR.receive(Hearing(), P0, State(FIRST)) == step(ONE, Announce(Heard(P0, FIRST)))
        assert CHAIR.receive(ONE, P0, State(SECOND)) is None
        assert CHAIR.receive(ONE, P1, State(SECOND)) == Step(
            Over(), (Announce(Heard(P1, SECOND)), *ended(Run(PROBLEM, Agreed("a", ("a",))), "a").effects)
        )

    def test_ends_without_agreement_when_the_time_is_over_or_the_rule_finds_none(self) -> None:
        worthless = Hearing(Map.of({P0: position(0)}))
        found = by_bargaining(worthless.heard.put(P1, position(0)))

        assert CHAIR.fire(ONE, GiveUp()) == ended(None, None)
        assert CHAIR.receive(worthless, P1, State(position(0))) == Step(
            Over(), (Announce(Heard(P1, position(0))), *ended(found, None).effects)
        )
        assert found.outcome == Disagreed()

    def test_announces_what_is_chosen(self) -> None:
        chair = Mediator((P0, P1), ByScores(Map.of({"a": 1})))
        proposing = position(1, proposal="a")
        found = chair.rule(Map.of({P0: proposing, P1: proposing}))

        assert chair.receive(Hearing(Map.of({P0: proposing})), P1, State(proposing)) == Step(
            Over(), (Announce(Heard(P1, proposing)), *ended(found, "a").effects)
        )

    def test_hears_nothing_more_when_it_is_over(self) -> None:
        assert CHAIR.receive(Over(), P0, State(FIRST)) is None

    def test_has_a_deadline_until_it_is_over(self) -> None:
        states = (Hearing(), Over())

        assert [CHAIR.armed(state) for state in states] == [(GiveUp(),), ()]
        assert [CHAIR.view(state) for state in states] == [MediatorView(over=False), MediatorView(over=True)]
        assert [tuple(CHAIR.survives(state)) for state in states] == [(state,) for state in states]


class TestNegotiator:
    ME = Negotiator(FIRST)

    def test_states_its_position_once_and_is_bound(self) -> None:
        assert self.ME.start() == step(Free())
        assert self.ME.receive(Free(), MEDIATOR, Invite()) == step(Committed(), Announce(Stated(FIRST)), Send(MEDIATOR, State(FIRST)))
        assert self.ME.receive(Committed(), MEDIATOR, Invite()) is None
        assert [self.ME.armed(state) for state in (Free(), Committed(), Told(Result(None)))] == [(WalkAway(),), (), ()]

    def test_walks_away_if_it_is_not_bound(self) -> None:
        assert self.ME.fire(Free(), WalkAway()) == step(Committed(), Announce(Left()))

    @pytest.mark.parametrize("state", [Free(), Committed()])
    def test_is_told_once(self, state: Negotiating) -> None:
        assert self.ME.receive(state, MEDIATOR, Result(None)) == step(Told(Result(None)))
        assert self.ME.receive(Told(Result(None)), MEDIATOR, Result("a")) is None
        assert self.ME.view(Told(Result(None))) == PartyView(free=False, told=Result(None))
        assert self.ME.view(state) == PartyView(free=isinstance(state, Free))
        assert tuple(self.ME.survives(state)) == (state,)


class TestRecord:
    def test_keeps_who_has_stated_left_and_was_heard_and_two_ends_at_most(self) -> None:
        start, end = History(Map.of({P0: FIRST, P1: SECOND})), Ended(None, None)
        busy = start.after(P0, P0, Stated(FIRST)).after(P1, P1, Left()).after(MEDIATOR, MEDIATOR, Heard(P0, FIRST))

        assert busy == evolve(start, stated=frozenset({P0}), left=frozenset({P1}), heard=Map.of({P0: FIRST}))
        assert busy.after(P0, P0, end).after(P0, P0, end).after(P0, P0, end) == evolve(busy, ends=(end, end))
        assert busy.after(P0, P0, Send(MEDIATOR, State(FIRST))) is busy

    def test_finds_what_is_agreed_in_what_a_rule_says(self) -> None:
        assert [agreed_in(each) for each in (Agreed("a", ("a",)), Chosen("b", ("b",), ()), Disagreed(), Nothing(()))] == [
            "a",
            "b",
            None,
            None,
        ]

    def test_finds_the_positions_in_what_a_rule_has_run_on(self) -> None:
        chosen = Negotiation((Party("party0", "a", FIRST.worth, 1),), Map.of({"a": 1}))
        ends = (Ended(Run(PROBLEM, Disagreed()), None), Ended(Run(chosen, Nothing(())), None), Ended(None, None))
        history = History(Map(), ends=ends)

        assert positions_in(PROBLEM) == Map.of({"party0": FIRST, "party1": SECOND})
        assert positions_in(chosen) == Map.of({"party0": Position(FIRST.worth, 1, "a")})
        assert tuple(problems(history)) == ((PROBLEM, Disagreed()),)
        assert tuple(negotiations(history)) == ((chosen, Nothing(())),)


def test_two_parties_agree_or_not_in_every_order_of_messages() -> None:
    report = explore(system(FIRST, SECOND))

    assert (report.states, report.transitions) == (193, 402)
