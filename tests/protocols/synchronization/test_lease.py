"""A lease, input in and step out."""

from __future__ import annotations

import pytest

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import step
from concordant.refimpl.synchronization.lease import SERVER, STORE, Agent, Kept, Lending, Server, Store, Using, system
from concordant.spec.synchronization.lease import (
    Acquire,
    AgentView,
    Answered,
    Expired,
    Fenced,
    Freed,
    Give,
    Granted,
    Leased,
    Put,
    Refused,
    Release,
    ServerView,
    Stored,
    StoreView,
    Take,
    Write,
)
from concordant.spec.synchronization.lease.clauses import a_late_write_is_fenced
from concordant.spec.vocabulary import Address, Announce, Clocks, Send, addresses

A, B = addresses("agent", 2)
USER = Address("user")
LENDS, USES, STORES = Server(3), Agent(SERVER, STORE, 1), Store()
LENT = Lending(A, 1, 3, 1)
HOLDING = Using(1, lease=Granted(1, 4), seen=1)


# ---- the server


def test_who_asks_first_has_the_lease_for_its_length() -> None:
    assert LENDS.start() == step(Lending())
    assert LENDS.receive(Lending(now=2), A, Acquire()) == step(Lending(A, 1, 5, 2), Announce(Leased(A, 1, 5)), Send(A, Granted(1, 5)))


def test_its_holder_may_prolong_it_under_a_higher_token() -> None:
    assert LENDS.receive(LENT, A, Acquire()) == step(Lending(A, 2, 4, 1), Announce(Leased(A, 2, 4)), Send(A, Granted(2, 4)))


def test_another_is_refused_until_the_clock_shows_the_end() -> None:
    assert LENDS.receive(Lending(A, 1, 3, 2), B, Acquire()) == step(Lending(A, 1, 3, 2), Send(B, Refused()))
    assert LENDS.receive(Lending(A, 1, 3, 3), B, Acquire()) == step(Lending(B, 2, 6, 3), Announce(Leased(B, 2, 6)), Send(B, Granted(2, 6)))


def test_only_the_last_lease_can_be_given_back() -> None:
    assert LENDS.receive(Lending(A, 2, 3, 1), A, Release(1)) is None
    assert LENDS.receive(Lending(A, 2, 3, 1), A, Release(2)) == step(Lending(None, 2, 3, 1), Announce(Freed(2)))
    assert LENDS.receive(Lending(None, 2, 3, 1), A, Release(2)) is None


def test_the_server_forgets_nothing_but_the_time() -> None:
    assert LENDS.tick(LENT, 2) == step(Lending(A, 1, 3, 2))
    assert LENDS.survives(LENT) == (Lending(A, 1, 3, 0),)
    assert LENDS.recover(LENT) == step(LENT)
    assert LENDS.view(LENT) == ServerView(1, 3)


# ---- an agent


def test_an_agent_asks_once_at_a_time() -> None:
    assert USES.start() == step(Using())
    assert USES.request(Using(2), USER, Take()) == step(Using(2, asks=True), Send(SERVER, Acquire()))
    assert USES.request(Using(asks=True), USER, Take()) == step(Using(asks=True))
    assert USES.request(HOLDING, USER, Take()) == step(Using(1, True, Granted(1, 4), 1), Send(SERVER, Acquire()))


def test_an_agent_takes_a_lease_that_it_asked_for_while_there_is_time_to_use_it() -> None:
    took = step(Using(2, lease=Granted(1, 4), seen=1), Announce(Answered(1)))
    assert USES.receive(Using(2, asks=True), SERVER, Granted(1, 4)) == took
    assert USES.receive(Using(3, asks=True), SERVER, Granted(1, 4)) == step(Using(3, seen=1), Announce(Answered(None)))
    assert USES.receive(Using(1, True, Granted(1, 4), 1), SERVER, Refused()) == step(HOLDING, Announce(Answered(None)))
    assert USES.receive(HOLDING, SERVER, Refused()) is None
    assert USES.receive(Using(2), SERVER, Granted(1, 4)) is None


def test_an_agent_takes_no_lease_that_is_older_than_one_it_was_granted() -> None:
    assert USES.receive(Using(asks=True, seen=2), SERVER, Granted(1, 4)) is None
    assert USES.receive(Using(asks=True, seen=2), SERVER, Granted(2, 4)) is None
    took = step(Using(lease=Granted(3, 4), seen=3), Announce(Answered(3)))
    assert USES.receive(Using(asks=True, seen=2), SERVER, Granted(3, 4)) == took


def test_an_agent_lays_the_lease_down_the_guard_before_its_end() -> None:
    assert USES.tick(HOLDING, 2) == step(Using(2, lease=Granted(1, 4), seen=1))
    assert USES.tick(HOLDING, 3) == step(Using(3, seen=1), Announce(Expired(1)))
    assert USES.tick(Using(), 1) == step(Using(1))


def test_an_agent_writes_and_gives_back_only_what_it_holds() -> None:
    assert USES.request(HOLDING, USER, Put()) == step(HOLDING, Send(STORE, Write(1)))
    assert USES.request(HOLDING, USER, Give()) == step(Using(1, seen=1), Send(SERVER, Release(1)))
    assert USES.request(Using(), USER, Put()) == step(Using())
    assert USES.request(Using(), USER, Give()) == step(Using())


def test_an_agent_shows_what_it_holds_and_a_crash_leaves_it_only_the_highest_token() -> None:
    assert (USES.view(Using()), USES.view(HOLDING)) == (AgentView(None, None), AgentView(1, 4))
    assert USES.survives(HOLDING) == (Using(seen=1),)
    assert USES.recover(Using(seen=1)) == step(Using(seen=1))


# ---- the store


def test_the_store_takes_nothing_with_a_lower_token_than_it_has_seen() -> None:
    assert STORES.start() == step(Kept())
    assert STORES.receive(Kept(1), A, Write(1)) == step(Kept(1), Announce(Stored(1, A)))
    assert STORES.receive(Kept(1), B, Write(2)) == step(Kept(2), Announce(Stored(2, B)))
    assert STORES.receive(Kept(2), A, Write(1)) == step(Kept(2, 1), Announce(Fenced(1)))


def test_the_store_forgets_nothing() -> None:
    assert STORES.survives(Kept(2, 1)) == (Kept(2, 1),)
    assert STORES.recover(Kept(2, 1)) == step(Kept(2, 1))
    assert STORES.view(Kept(2, 1)) == StoreView(2, 1)


# ---- the whole


def test_the_shortest_way_to_a_late_write_is_as_it_is_told() -> None:
    report = explore(system(promises=(a_late_write_is_fenced,)))
    trace = report.verdict(a_late_write_is_fenced).trace or ()
    told = [move_text(frame.move) for frame in trace if frame.move is not None]

    assert told == [
        "user0 asks agent0: Take()",
        "server0 receives Acquire() from agent0",
        "agent0 receives Granted(1, 2) from server0",
        "user0 asks agent0: Put()",
        "user1 asks agent1: Take()",
        "the clock of server0 shows 1",
        "the clock of agent0 shows 1",
        "the clock of agent1 shows 1",
        "the clock of server0 shows 2",
        "server0 receives Acquire() from agent1",
        "agent1 receives Granted(2, 4) from server0",
        "user1 asks agent1: Put()",
        "store0 receives Write(2) from agent1",
        "store0 receives Write(1) from agent0",
    ]


@pytest.mark.parametrize(("guard", "holds"), [(0, False), (1, True), (2, True)])
def test_there_is_one_holder_if_and_only_if_the_guard_is_at_least_the_skew(guard: int, holds: bool) -> None:
    report = explore(system((Take(),), (Take(),), length=3, guard=guard, clocks=Clocks(3)))

    assert (report.verdict("lease.one_holder").status is Status.HOLDS) is holds
