"""Gossip, input in and step out."""

from __future__ import annotations

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.refimpl.machine import step
from concordant.refimpl.messaging.gossip import A, B, C, Exchanges, Gossiping, Hot, Node, everybody, flood, system
from concordant.spec.messaging import gossip as spec
from concordant.spec.messaging.gossip import Digest, Exchange, History, Learned, Name, News, NodeView, Push, Rumour, Spread, Told
from concordant.spec.vocabulary import Address, Announce, Crashed, Fair, Faults, Map, Network, Send

USER = Address("user")
FIRST, SECOND, THIRD = Name(A, 0), Name(A, 1), Name(B, 0)
ONE, TWO, THREE = Rumour(FIRST, "a"), Rumour(SECOND, "b"), Rumour(THIRD, "c")
QUIET = Node(A, (B, C), 0)
PUSHING = Node(A, (B, C), 2, Exchanges.NONE)
KNOWS_ONE = Gossiping(Map.of({FIRST: "a"}))
KNOWS_TWO = Gossiping(Map.of({FIRST: "a", THIRD: "c"}))


class TestWhatIsNew:
    def test_a_node_names_what_it_is_asked_to_spread_by_itself_and_a_number(self) -> None:
        first = QUIET.request(Gossiping(), USER, Spread("a"))
        other = Gossiping(Map.of({THIRD: "c", FIRST: "a"}))

        assert QUIET.start() == step(Gossiping())
        assert first == step(KNOWS_ONE, Announce(Learned(ONE)))
        assert QUIET.request(other, USER, Spread("b")) == step(Gossiping(other.known.put(SECOND, "b")), Announce(Learned(TWO)))

    def test_it_pushes_what_is_new_to_others_than_whom_it_has_it_from(self) -> None:
        asked = PUSHING.request(Gossiping(), USER, Spread("a"))
        heard = PUSHING.receive(Gossiping(), B, News(Map.of({THIRD: "c"})))

        assert asked == step(evolve(KNOWS_ONE, hot=Map.of({FIRST: Hot(2, frozenset({B, C}))})), Announce(Learned(ONE)))
        assert heard == step(Gossiping(Map.of({THIRD: "c"}), Map.of({THIRD: Hot(2, frozenset({C}))})), Announce(Learned(THREE)))

    def test_with_one_peer_there_is_nobody_else_to_push_to(self) -> None:
        alone = Node(A, (B,), 1)

        assert alone.receive(Gossiping(), B, News(Map.of({THIRD: "c"}))) == step(Gossiping(Map.of({THIRD: "c"})), Announce(Learned(THREE)))

    def test_it_learns_once_and_in_the_order_of_names(self) -> None:
        assert QUIET.receive(KNOWS_ONE, B, News(Map.of({FIRST: "a"}))) == step(KNOWS_ONE)
        assert QUIET.receive(Gossiping(), C, News(Map.of({THIRD: "c", FIRST: "a"}))) == step(
            KNOWS_TWO, Announce(Learned(ONE)), Announce(Learned(THREE))
        )


class TestPushes:
    def test_it_pushes_to_each_peer_at_most_once_and_to_so_many_at_most(self) -> None:
        both = evolve(KNOWS_ONE, hot=Map.of({FIRST: Hot(2, frozenset({B, C}))}))
        rest = evolve(KNOWS_ONE, hot=Map.of({FIRST: Hot(1, frozenset({C}))}))
        pushed = News(Map.of({FIRST: "a"}))

        assert PUSHING.armed(both) == (Push(FIRST, B), Push(FIRST, C))
        assert PUSHING.fire(both, Push(FIRST, B)) == step(rest, Send(B, pushed))
        assert PUSHING.armed(rest) == (Push(FIRST, C),)
        assert PUSHING.fire(rest, Push(FIRST, C)) == step(KNOWS_ONE, Send(C, pushed))
        assert PUSHING.armed(KNOWS_ONE) == ()

    @pytest.mark.parametrize("hot", [Hot(1, frozenset({B, C})), Hot(2, frozenset({B}))])
    def test_it_ends_with_the_last_push_or_the_last_peer(self, hot: Hot) -> None:
        state = evolve(KNOWS_ONE, hot=Map.of({FIRST: hot}))

        assert PUSHING.fire(state, Push(FIRST, B)) == step(KNOWS_ONE, Send(B, News(Map.of({FIRST: "a"}))))

    def test_a_node_that_would_tell_fewer_than_nobody_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'fanout' must be >= 0: -1"):
            Node(A, (B,), -1)

    def test_nodes_that_would_tell_nobody_are_refused(self) -> None:
        with pytest.raises(ValueError, match="push to one peer or more, or have exchanges"):
            flood(fanout=0)


class TestExchanges:
    def test_a_node_may_begin_an_exchange_at_any_time_with_the_names_of_what_it_knows(self) -> None:
        assert QUIET.armed(KNOWS_ONE) == (Exchange(B), Exchange(C))
        assert QUIET.fire(KNOWS_ONE, Exchange(C)) == step(KNOWS_ONE, Send(C, Digest(frozenset({FIRST}))))

    @pytest.mark.parametrize(
        ("exchanges", "given", "wanted"),
        [
            (Exchanges.PUSH, Map(), frozenset({SECOND})),
            (Exchanges.PULL, Map.of({THIRD: "c"}), frozenset()),
            (Exchanges.BOTH, Map.of({THIRD: "c"}), frozenset({SECOND})),
        ],
    )
    def test_a_digest_is_answered_by_what_is_lacking_there_and_here(
        self, exchanges: Exchanges, given: Map[Name, object], wanted: frozenset[Name]
    ) -> None:
        node = Node(A, (B, C), 0, exchanges)

        assert node.receive(KNOWS_TWO, B, Digest(frozenset({FIRST, SECOND}))) == step(KNOWS_TWO, Send(B, News(given, wanted)))

    def test_a_digest_that_lacks_nothing_is_not_answered(self) -> None:
        assert QUIET.receive(KNOWS_ONE, B, Digest(frozenset({FIRST}))) == step(KNOWS_ONE)

    def test_what_is_wanted_is_sent(self) -> None:
        assert QUIET.receive(KNOWS_ONE, B, News(Map.of({THIRD: "c"}), frozenset({FIRST}))) == step(
            KNOWS_TWO, Announce(Learned(THREE)), Send(B, News(Map.of({FIRST: "a"})))
        )


def test_what_a_node_knows_survives_a_crash_and_what_it_was_about_to_do_does_not() -> None:
    busy = evolve(KNOWS_ONE, hot=Map.of({FIRST: Hot(1, frozenset({B}))}))

    assert QUIET.survives(busy) == (KNOWS_ONE,)
    assert QUIET.recover(KNOWS_ONE) == step(KNOWS_ONE)
    assert QUIET.view(KNOWS_TWO) == NodeView(frozenset({ONE, THREE}))


def test_a_history_remembers_what_was_asked_in_order_and_what_was_learned() -> None:
    history = History().after(A, USER, Spread("a")).after(A, A, Learned(ONE)).after(A, USER, Spread("b")).after(A, A, Learned(TWO))

    assert history == History(asked=Map.of({A: ("a", "b")}), learned=Map.of({A: frozenset({ONE, TWO})}))
    assert history.after(B, B, Crashed()) == history
    assert history.learned_at(B) == frozenset()


def test_a_history_remembers_pushes_where_there_are_no_exchanges_and_else_whether_an_answer_went_both_ways() -> None:
    pushed, both = Send(B, News(Map.of({FIRST: "a"}))), Send(B, News(Map.of({FIRST: "a"}), frozenset({THIRD})))

    assert History(fanout=1).after(A, A, pushed) == History(fanout=1, told=frozenset({Told(A, FIRST, B)}))
    assert History(gives=True).after(A, A, pushed) == History(gives=True)
    assert History(gives=True).after(A, A, both) == History(gives=True, both_ways=True)


# ---- which fairness, and how many losses


@pytest.mark.parametrize(
    ("fair", "status"),
    [
        (Fair.DELIVERY | Fair.CHOICES, Status.HOLDS),
        (Fair.DELIVERY | Fair.TRIGGERS, Status.VIOLATED),
        (Fair.CHOICES, Status.VIOLATED),
        (Fair.DELIVERY, Status.VIOLATED),
    ],
)
def test_in_rounds_all_hear_of_it_only_if_every_peer_is_chosen_again_and_again(fair: Fair, status: Status) -> None:
    """Weak fairness is not enough: while one peer is awaited no other can be chosen."""
    rounds = system(network=Network(losses=None), faults=Faults(synchronous=True))

    assert explore(rounds, (evolve(spec.all_hear_of_it, given=fair),)).verdicts[0].status is status


@pytest.mark.parametrize(
    ("nodes", "losses", "status"), [(2, 0, Status.HOLDS), (2, 1, Status.VIOLATED), (3, 1, Status.HOLDS), (3, 2, Status.VIOLATED)]
)
def test_a_flood_makes_good_fewer_losses_than_a_node_has_peers(nodes: int, losses: int, status: Status) -> None:
    """With what each node knows itself, and not with a list that all of them share."""
    asked = flood(peers=everybody(nodes), network=Network(losses=losses))

    assert explore(asked, (evolve(spec.a_flood_reaches_all, under=spec.ALL),)).verdicts[0].status is status


@pytest.mark.parametrize(("nodes", "status"), [(3, Status.HOLDS), (4, Status.VIOLATED)])
def test_one_push_each_is_enough_for_three_nodes_and_not_for_four(nodes: int, status: Status) -> None:
    """A node does not push back to whom it has a rumour from, and of three that leaves the one that lacks it."""
    asked = flood(peers=everybody(nodes), fanout=1)

    assert explore(asked, (spec.a_flood_reaches_all,)).verdicts[0].status is status


def test_what_is_no_rumour_is_pushed_to_anybody() -> None:
    assert list(spec.is_pushed_to_few.cases(History(), A, Send(B, Digest(frozenset())))) == []


def test_of_a_rumour_that_nobody_was_asked_to_spread_another_clause_tells() -> None:
    assert list(spec.no_alteration.cases(History(), B, Learned(ONE))) == []
