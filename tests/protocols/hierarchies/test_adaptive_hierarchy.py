"""The hierarchy that adapts: how roles are filled, when they are filled anew, and whose result is taken."""

from __future__ import annotations

from concordant.checks.refuting.pitfalls import refute
from concordant.pitfalls.hierarchies.adaptive_hierarchy.as_written import CHANGED_PROFILES
from concordant.pitfalls.hierarchies.adaptive_hierarchy.epochs import NOT_FENCED, TWO_IN_ONE
from concordant.refimpl.hierarchies.adaptive_hierarchy import (
    OBSERVER,
    ORGANISER,
    RIVAL,
    USER,
    Acting,
    Agent,
    Free,
    Idle,
    Organiser,
    Organising,
)
from concordant.refimpl.machine import Ask, Fire, Move, Pitfall, Receive, Suspect, step
from concordant.spec.hierarchies.adaptive_hierarchy import (
    BUSY,
    Abandoned,
    Accepted,
    AgentView,
    Appoint,
    Finishes,
    Organised,
    OrganiserView,
    Perform,
    Performed,
    Recorded,
    Result,
    Reweigh,
    Role,
)
from concordant.spec.vocabulary import Address, Announce, Map, Rejected, Reply, Send, addresses

TOP, LOW = Role("top"), Role("low", "top")
FIRST, SECOND, THIRD = addresses("agent", 3)
ABLE = Map.of({FIRST: frozenset({"top"}), SECOND: frozenset({"top", "low"}), THIRD: frozenset({"low"})})
TWO = Organiser(ABLE, 2)
FILLED = Map.of({"low": SECOND, "top": FIRST})
BELOW = Organising(Idle(1), USER, (TOP, LOW), FILLED, Map.of({"low": 1}))
LAST = Organising(Idle(2), USER, (TOP, LOW), FILLED, Map.of({"low": 1, "top": 2}), frozenset({"low"}))
AGENT = Agent(ORGANISER)


def moves(pitfall: Pitfall) -> list[Move | None]:
    return [frame.move for frame in refute(pitfall).verdict.trace or () if frame.move is not None]


def loads(first: int = 0, second: int = 0) -> Map[Address, int]:
    return Map.of({agent: load for agent, load in ((FIRST, first), (SECOND, second)) if load})


def test_roles_are_filled_at_the_least_cost_and_taken_up_from_below() -> None:
    taken = TWO.request(Idle(), USER, Perform((TOP, LOW)))

    assert taken == step(BELOW, Announce(Accepted(USER, (TOP, LOW))), Announce(Organised(FILLED)), Send(SECOND, Appoint(1, "low")))
    assert TWO.view(BELOW) == OrganiserView(FILLED, frozenset())
    assert TWO.view(Idle()) == OrganiserView(Map(), frozenset())
    assert TWO.request(BELOW, RIVAL, Perform((TOP,))) == step(BELOW, Reply(RIVAL, BUSY))
    other = TWO.request(Idle(loads=loads(second=1)), USER, Perform((TOP, LOW))).effects[1]
    assert other == Announce(Organised(Map.of({"low": THIRD, "top": FIRST})))


def test_a_task_whose_roles_are_no_tree_or_cannot_be_filled_is_rejected_with_the_reason() -> None:
    def told(*roles: Role, down: frozenset[Address] = frozenset()) -> object:
        return TWO.request(Idle(down=down), USER, Perform(roles)).effects

    def no(reason: str) -> object:
        return (Reply(USER, Rejected(reason)),)

    assert told() == no("there are no roles")
    assert told(TOP, LOW, LOW) == no("two roles are named low")
    assert told(TOP, Role("low")) == no("there are two top roles")
    assert told(TOP, Role("low", "side")) == no("nothing leads from low to the top")
    assert told(Role("top", "low"), LOW) == no("nothing leads from top to the top")
    assert told(Role("boss")) == no("the roles cannot be filled")
    assert told(TOP, LOW, down=frozenset({SECOND, THIRD})) == no("the roles cannot be filled")


def test_a_role_is_taken_up_when_those_below_are_done_and_the_last_ends_the_task() -> None:
    recorded = Announce(Recorded(1, "low", SECOND))
    assert TWO.receive(BELOW, SECOND, Result(1, "low")) == step(LAST, recorded, Send(FIRST, Appoint(2, "top")))

    performed = Reply(USER, Performed(FILLED))
    assert TWO.receive(LAST, FIRST, Result(2, "top")) == step(Idle(2), Announce(Recorded(2, "top", FIRST)), performed)


def test_a_result_is_taken_once_and_of_the_latest_epoch_only() -> None:
    assert TWO.receive(LAST, SECOND, Result(1, "low")) is None
    assert TWO.receive(LAST, THIRD, Result(1, "top")) is None
    assert TWO.receive(Idle(2), FIRST, Result(2, "top")) is None


def test_a_role_passes_on_only_when_that_saves_the_margin() -> None:
    def reweighed(state: Idle | Organising, agent: Address, *, more: bool = True) -> object:
        return TWO.request(state, OBSERVER, Reweigh(agent, more))

    once = Organising(Idle(1, loads(second=1)), USER, (TOP, LOW), FILLED, Map.of({"low": 1}))
    assert reweighed(BELOW, SECOND) == step(once)
    moved = Map.of({"low": THIRD, "top": FIRST})
    twice = Organising(Idle(2, loads(second=2)), USER, (TOP, LOW), moved, Map.of({"low": 2}))
    assert reweighed(once, SECOND) == step(twice, Announce(Organised(moved)), Send(THIRD, Appoint(2, "low")))
    assert reweighed(Idle(), FIRST, more=False) == step(Idle(loads=loads(first=-1)))


def test_what_is_done_stays_with_who_has_done_it() -> None:
    loaded = Organising(Idle(2, loads(first=4)), USER, (TOP, LOW), FILLED, LAST.epochs, LAST.done)

    assert TWO.request(loaded, OBSERVER, Reweigh(FIRST, more=True)).effects == ()


def test_who_is_lost_is_replaced_in_a_new_epoch_and_the_others_go_on() -> None:
    moved = Map.of({"low": THIRD, "top": FIRST})
    down = frozenset({SECOND})

    replaced = Organising(Idle(2, down=down), USER, (TOP, LOW), moved, Map.of({"low": 2}))
    assert TWO.suspect(BELOW, SECOND) == step(replaced, Announce(Organised(moved)), Send(THIRD, Appoint(2, "low")))
    assert TWO.suspect(replaced, SECOND) is None
    assert TWO.suspect(Idle(), SECOND) == step(Idle(down=down))
    done = Organising(Idle(2, down=down), USER, (TOP, LOW), FILLED, LAST.epochs, LAST.done)
    assert TWO.suspect(LAST, SECOND) == step(done)


def test_a_task_is_abandoned_when_its_roles_cannot_be_filled_any_more() -> None:
    told = Reply(USER, Abandoned(Map.of({"low": SECOND})))

    assert TWO.suspect(LAST, FIRST) == step(Idle(2, down=frozenset({FIRST})), told)


def test_an_agent_acts_in_the_latest_epoch_that_it_knows_of() -> None:
    first, second = Appoint(1, "top"), Appoint(2, "low")

    assert AGENT.receive(Free(), ORGANISER, second) == step(Acting(second))
    assert AGENT.receive(Acting(second), ORGANISER, first) is None
    assert AGENT.receive(Acting(first), ORGANISER, second) == step(Acting(second))
    assert AGENT.receive(Free(2), ORGANISER, second) is None
    assert AGENT.armed(Free()) == ()
    assert AGENT.armed(Acting(first)) == (Finishes(1, "top"),)
    assert AGENT.fire(Acting(first), Finishes(1, "top")) == step(Free(1), Send(ORGANISER, Result(1, "top")))
    assert (AGENT.view(Acting(first)), AGENT.view(Free(1))) == (AgentView(first), AgentView(None))


def test_without_a_new_epoch_two_act_in_one_after_three_moves() -> None:
    assert moves(TWO_IN_ONE) == [
        Ask(ORGANISER, USER, Perform((TOP,))),
        Receive(FIRST, ORGANISER, Appoint(1, "top")),
        Suspect(ORGANISER, FIRST),
    ]


def test_the_shortest_false_credit_is_the_result_of_who_was_replaced() -> None:
    assert moves(NOT_FENCED) == [
        Ask(ORGANISER, USER, Perform((TOP,))),
        Receive(FIRST, ORGANISER, Appoint(1, "top")),
        Suspect(ORGANISER, FIRST),
        Fire(FIRST, Finishes(1, "top")),
        Receive(ORGANISER, FIRST, Result(1, "top")),
    ]


def test_measured_by_what_it_has_changed_itself_a_role_moves_at_the_first_change_of_load() -> None:
    assert moves(CHANGED_PROFILES) == [Ask(ORGANISER, USER, Perform((TOP,))), Ask(ORGANISER, OBSERVER, Reweigh(FIRST, more=True))]
