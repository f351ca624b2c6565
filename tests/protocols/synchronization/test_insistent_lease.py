"""A lease for agents that insist, input in and step out."""

from __future__ import annotations

from concordant.refimpl.machine import step
from concordant.refimpl.synchronization.insistent_lease import SERVER, Insistent, Server, Want
from concordant.spec.synchronization.insistent_lease import Acquire, AskAgain, Granted, InsistentView, Leased, Refused, ServerView, Take
from concordant.spec.vocabulary import Address, Announce, Send, addresses

A, B = addresses("agent", 2)
USER = Address("user")
FREE, LENT = ServerView(None, 0), ServerView(A, 2)


def test_a_server_lends_to_one_at_a_time_and_counts_how_long() -> None:
    server = Server(2)

    assert server.start() == step(FREE)
    assert server.receive(FREE, A, Acquire()) == step(LENT, Announce(Leased(A)), Send(A, Granted()))
    assert server.receive(LENT, B, Acquire()) == step(LENT, Send(B, Refused()))
    assert server.tick(LENT, 1) == step(ServerView(A, 1))
    assert server.tick(ServerView(A, 1), 0) == server.tick(FREE, 0) == step(FREE)
    assert server.view(LENT) == LENT


def test_an_agent_that_insists_asks_again_when_it_was_refused_until_it_is_granted_the_lease() -> None:
    insists = Insistent(SERVER)

    assert insists.start() == step(Want.NOTHING)
    assert insists.request(Want.NOTHING, USER, Take()) == step(Want.ASKS, Send(SERVER, Acquire()))
    assert insists.request(Want.ASKS, USER, Take()) == step(Want.ASKS)
    assert insists.receive(Want.ASKS, SERVER, Refused()) == step(Want.REFUSED)
    assert insists.armed(Want.REFUSED) == (AskAgain(),)
    assert insists.fire(Want.REFUSED, AskAgain()) == step(Want.ASKS, Send(SERVER, Acquire()))
    assert insists.receive(Want.ASKS, SERVER, Granted()) == step(Want.NOTHING)
    assert insists.armed(Want.NOTHING) == ()
    assert insists.view(Want.ASKS) == InsistentView()
