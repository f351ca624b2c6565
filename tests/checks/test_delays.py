"""A bounded delay: every message is received before so many further moves of a kind, and whatever else happens goes on."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status
from concordant.checks.misuse import Misuse
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.checks.tabulated.numbers import Unsuited
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Always,
    Cases,
    Completion,
    Delay,
    Fair,
    Fault,
    Faults,
    Need,
    Network,
    NoHistory,
    Seen,
    Send,
    always,
    case,
    eventually,
)

MINER, PEER, ANN = Address("miner"), Address("peer"), Address("ann")


@frozen
class Block:
    height: int


@frozen
class Mine(Completion):
    pass


@frozen
class Ask:
    answered = False


@frozen
class View:
    blocks: frozenset[int]


@frozen
class Miner(Process[int, Any, Ask, Mine]):
    """Mines three blocks, one more whenever it is asked, and sends each to its peer."""

    def start(self) -> Step[int]:
        return step(0)

    def view(self, state: int) -> View:
        return View(frozenset(range(1, state + 1)))

    def mine(self, state: int) -> Step[int]:
        return step(state + 1, Send(PEER, Block(state + 1)))

    def request(self, state: int, client: Address, request: Ask) -> Step[int]:  # noqa: ARG002
        return self.mine(state)

    def armed(self, state: int) -> tuple[Mine, ...]:
        return (Mine(),) if state < 3 else ()

    def fire(self, state: int, trigger: Mine) -> Step[int]:  # noqa: ARG002
        return self.mine(state)


@frozen
class Peer(Process[frozenset[int], Block]):
    """Keeps what it receives."""

    def start(self) -> Step[frozenset[int]]:
        return step(frozenset())

    def view(self, state: frozenset[int]) -> View:
        return View(state)

    def receive(self, state: frozenset[int], source: Address, message: Block) -> Step[frozenset[int]]:  # noqa: ARG002
        return step(state | {message.height})


def received_but_the_latest(count: int) -> Always[Any]:
    def cases(seen: Seen[NoHistory]) -> Cases:
        """All blocks but the latest so many have been received."""
        views = seen.views(View)
        mined, received = views[MINER].blocks, views[PEER].blocks
        yield case(all(height in received for height in mined if height <= len(mined) - count), mined=mined, received=received)

    return always(under=Fault.CRASH, needs=Need.BOUNDED_DELAY)(cases)


def mining(delay: Delay | None, but_the_latest: int, **changes: Any) -> System[NoHistory]:
    system: System[NoHistory] = System(
        {MINER: Miner(), PEER: Peer()}, NoHistory(), (received_but_the_latest(but_the_latest),), Network(delay=delay)
    )
    return evolve(system, **changes)


def status(system: System[NoHistory]) -> tuple[Status, int | None]:
    verdict = explore(system).verdicts[0]
    return verdict.status, verdict.length


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_what_was_sent_so_many_moves_ago_is_received_and_nothing_sooner(moves: int) -> None:
    delay = Delay(moves, Mine)

    assert status(mining(delay, moves)) == (Status.HOLDS, None)
    assert status(mining(delay, moves - 1)) == (Status.VIOLATED, moves)


def test_a_delay_makes_fewer_states_of_the_same_depth_and_no_state_in_which_nothing_goes_on() -> None:
    counts = [(report.states, report.depth, report.at_rest) for report in (explore(mining(Delay(n, Mine), n)) for n in (1, 2, 3))]
    free = explore(mining(None, 1), clauses=())

    assert counts == [(7, 7, 1), (11, 7, 1), (15, 7, 1)]
    assert (free.states, free.depth, free.at_rest) == (15, 7, 1)


def test_moves_of_other_kinds_do_not_wait() -> None:
    """Blocks that are mined because somebody asks are no moves of the kind: two of them are in flight at once."""
    asked = mining(Delay(1, Mine), 1, users=(User(ANN, (MINER,), ((Ask(),), (Ask(),))),))

    assert status(asked) == (Status.VIOLATED, 2)
    assert status(evolve(asked, network=Network(delay=Delay(1, Ask)))) == (Status.VIOLATED, 2)
    assert status(evolve(asked, network=Network(delay=Delay(1, object)))) == (Status.HOLDS, None)


def test_what_is_lost_or_goes_to_who_is_down_is_not_waited_for() -> None:
    lossy = evolve(mining(Delay(1, Mine), 1), network=Network(losses=None, delay=Delay(1, Mine)))
    crashing = mining(Delay(1, Mine), 1, faults=Faults(crashes=1, who=(PEER, MINER), mid_step=True))

    lost, gone = explore(lossy, clauses=()), explore(crashing, clauses=())
    assert (lost.states, lost.at_rest) == (22, 8), "of three blocks each is received or lost"
    assert (gone.states, gone.at_rest) == (21, 6)


def test_a_clause_that_needs_a_bounded_delay_is_not_promised_without() -> None:
    assert status(mining(None, 1)) == (Status.NOT_PROMISED, None)


@eventually(Fair.DELIVERY | Fair.TRIGGERS)
def all_is_received(seen: Seen[NoHistory]) -> Cases:
    """Three blocks are received in the end."""
    yield case(len(seen.views(View)[PEER].blocks) == 3)


def test_what_must_happen_in_the_end_is_decided_with_a_bounded_delay() -> None:
    assert status(mining(Delay(1, Mine), 1, promises=(all_is_received,))) == (Status.HOLDS, None)


def test_reductions_the_tabulated_explorer_and_what_is_never_consumed_are_refused() -> None:
    with pytest.raises(Misuse, match="counts every message"):
        explore(mining(Delay(1, Mine), 1), reductions=Reductions(leave_ignored=True))
    with pytest.raises(Unsuited, match="use --engine reference"):
        explore_tabulated(mining(Delay(1, Mine), 1))
    with pytest.raises(ValueError, match="never there in time"):
        Network(duplicating=True, delay=Delay(1, Mine))
    with pytest.raises(ValueError, match="moves=0: a message needs a moment"):
        Delay(0, Mine)
