"""Both engines agree on stacks, whatever befalls them; symmetry and reductions say of stacks what the whole search says."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry_check import UntrueSymmetry
from concordant.refimpl.machine import AnySystem, Layer, Over, OverQueue, Process, Step, System, User, over, step
from concordant.spec.vocabulary import (
    Address,
    AlwaysPossible,
    Announce,
    Deadline,
    Deliver,
    Eventually,
    Faults,
    InfinitelyOften,
    Network,
    NoHistory,
    Send,
    Transmit,
    addresses,
)
from tests.layers.toys import COUNTING, LOSSY, STUBBORN, A, B, Outbox, Say, Stubborn, Talker, talk
from tests.tabulated.equality import assert_equal, found
from tests.tabulated.random_systems import random_system
from tests.tabulated.symmetric_systems import symmetric_system

FEW = Budget(states=500)


@frozen
class Carried:
    message: object


@frozen
class Passed:
    """The event."""

    source: Address


@frozen
class Nothing:
    """The state of a relay: none; and its view."""


@frozen
class Nudge(Deadline):
    """Something may come to an end below."""


@frozen
class Relay(Process[Nothing, Carried, Transmit, Nudge]):
    """A link that remembers nothing: it wraps and unwraps, and announces what it passes on."""

    def start(self) -> Step[Nothing]:
        return step(Nothing())

    def request(self, state: Nothing, client: Address, request: Transmit) -> Step[Nothing] | None:  # noqa: ARG002
        return step(state, Send(request.to, Carried(request.message)))

    def receive(self, state: Nothing, source: Address, message: Carried) -> Step[Nothing] | None:
        return step(state, Announce(Passed(source)), Deliver(source, message.message))

    def armed(self, state: Nothing) -> tuple[Nudge, ...]:  # noqa: ARG002
        return (Nudge(),)

    def fire(self, state: Nothing, trigger: Nudge) -> Step[Nothing]:  # noqa: ARG002
        return step(state)

    def suspect(self, state: Nothing, peer: Address) -> Step[Nothing] | None:
        return step(state, Announce(Passed(peer)))

    def recover(self, state: Nothing) -> Step[Nothing]:
        return step(state)

    def view(self, state: Nothing) -> Nothing:
        return state


RELAY = Layer(lambda _: Relay(), NoHistory())


def stacked(system: System[Any], combine: type[Over] = Over) -> AnySystem:
    return over(evolve(system, assume=(), byzantine=()), RELAY, network=system.network, combine=combine)


def sends_outside(system: System[Any]) -> bool:
    return bool(system.byzantine)


FAULTY = [
    Faults(crashes=1, who=(A, B)),
    Faults(crashes=1, recoveries=1, who=(A, B)),
    Faults(crashes=1, recoveries=1, who=(A,), mid_step=True),
    Faults(synchronous=True),
    Faults(detector=True, mistakes=1),
]


@pytest.mark.parametrize("faults", FAULTY, ids=str)
@pytest.mark.parametrize("combine", [Over, OverQueue])
def test_both_engines_agree_on_stacks_under_every_fault(faults: Faults, combine: type[Over]) -> None:
    for layers in ((STUBBORN,), (COUNTING, STUBBORN)):
        assert_equal(over(talk((1,), faults), *layers, network=LOSSY, combine=combine))


@pytest.mark.parametrize(
    "network", [Network(fifo=True, losses=None, capacity=2), Network(duplicating=True, losses=1), Network(losses=None, capacity=1)], ids=str
)
def test_both_engines_agree_on_stacks_over_every_network(network: Network) -> None:
    assert_equal(over(talk((1,)), STUBBORN, network=network))


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_both_engines_agree_on_random_systems_over_a_link(first: int) -> None:
    compared = 0
    for seed in range(first, first + 20):
        system = random_system(seed)
        if not sends_outside(system):
            whole = stacked(system, OverQueue if seed % 4 == 0 and not system.network.duplicating else Over)
            if explore(whole, (), budget=FEW).complete:
                assert_equal(whole)
                compared += 1

    assert compared >= 5


def test_a_link_that_changes_nothing_leaves_a_random_system_as_it_was() -> None:
    """Whoever sends, receives and crashes as before: the states, moves and what both report of clauses are the same."""
    compared = 0
    for seed in range(40):
        system = evolve(random_system(seed), assume=(), byzantine=(), faults=Faults())
        if system.network.duplicating or sends_outside(random_system(seed)):  # what is ignored above is delivered below: there it is a move
            continue
        if explore(system, (), budget=FEW).complete:
            alone, whole = found(explore(system)), found(explore(over(system, SILENT, network=system.network)))
            assert (whole.states, whole.transitions, whole.depth, whole.at_rest) == (
                alone.states,
                alone.transitions,
                alone.depth,
                alone.at_rest,
            )
            assert [(each.clause, each.status, each.length) for each in whole.judged] == [
                (each.clause, each.status, each.length) for each in alone.judged
            ]
            compared += 1

    assert compared >= 10


@frozen
class Quiet(Relay):
    """Nothing but wraps and unwraps."""

    def receive(self, state: Nothing, source: Address, message: Carried) -> Step[Nothing] | None:
        return step(state, Deliver(source, message.message))

    def armed(self, state: Nothing) -> tuple[()]:  # noqa: ARG002
        return ()


SILENT = Layer(lambda _: Quiet(), NoHistory())


# ---- symmetry


def is_safety(verdict: Verdict) -> bool:
    return not isinstance(verdict.clause, Eventually | InfinitelyOften | AlwaysPossible)


def told(verdict: Verdict) -> tuple[str, Status, int | None]:
    return verdict.clause.id, verdict.status, verdict.length


@pytest.mark.parametrize("combine", [Over, OverQueue])
def test_up_to_symmetry_a_stack_keeps_its_verdicts(combine: type[Over]) -> None:
    compared = 0
    for seed in range(20):
        whole = stacked(symmetric_system(seed), combine)
        try:
            Semantics(whole, symmetric=True)
        except UntrueSymmetry:  # the first steps tell nodes apart
            continue
        full = explore(whole, budget=FEW)
        if not full.complete:
            continue
        reduced = explore(whole, reductions=Reductions(symmetry=True))
        assert reduced.states <= full.states
        assert [told(each) for each in reduced.verdicts if is_safety(each)] == [told(each) for each in full.verdicts if is_safety(each)]
        compared += 1

    assert compared >= 5


def test_talkers_who_say_the_same_to_a_third_are_symmetric_over_a_link() -> None:
    full, reduced = explore(gossip(Stubborn)), explore(gossip(Stubborn), reductions=Reductions(symmetry=True))

    assert (full.states, reduced.states) == (100, 55), "10 states of each link, and pairs of them without an order"


@frozen
class Favourite(Stubborn):
    """Acknowledges nobody but node 1."""

    def receive(self, state: Outbox, source: Address, message: Any) -> Step[Outbox] | None:
        return Stubborn.receive(self, state, source, message) if source.number != 0 else None


def test_a_link_that_tells_processes_apart_is_not_symmetric() -> None:
    with pytest.raises(UntrueSymmetry, match="node0 with user0 and node1 with user1 are not interchangeable"):
        explore(gossip(Favourite), reductions=Reductions(symmetry=True))


def gossip(link: type[Stubborn]) -> AnySystem:
    nodes, users, third = addresses("node", 2), addresses("user", 2), Address("third")
    asked = tuple(User(user, (node,), ((Say(1),),)) for user, node in zip(users, nodes, strict=True))
    system = System(
        {**{node: Talker(third) for node in nodes}, third: Talker(third)},
        NoHistory(),
        (),
        users=asked,
        symmetric=(tuple(zip(nodes, users, strict=True)),),
    )
    return over(system, evolve(STUBBORN, make=lambda _: link(), promises=()), network=LOSSY)
