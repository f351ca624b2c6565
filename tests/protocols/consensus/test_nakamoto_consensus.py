"""Nakamoto consensus, input in and step out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.pitfalls.consensus.nakamoto_consensus import FIRST_SEEN
from concordant.refimpl.consensus.nakamoto_consensus import DEEPER, IN_TURN, SHALLOW, Miner, luck, system
from concordant.refimpl.machine import Ask, Crash, Forge, KnownViolation, Receive, step
from concordant.spec.consensus.nakamoto_consensus import (
    Adopted,
    Block,
    Chain,
    ChainView,
    Confirmed,
    Mine,
    Mined,
    Settle,
    agree,
    all_extend_one_chain,
    confirmed,
    shared,
    the_chain_grows,
)
from concordant.spec.vocabulary import Address, Announce, Reply, Send, addresses

M0, M1 = addresses("miner", 2)
LIAR, USER = Address("liar"), Address("user")
L0, L1 = addresses("luck", 2)
MINER = Miner(M0, (M1,), 1)


class TestMiner:
    def test_puts_a_block_on_its_chain_and_tells_the_others(self) -> None:
        chain = (M1, M0)

        assert MINER.start() == step(ChainView())
        assert MINER.request(ChainView((M1,)), USER, Mine()) == step(ChainView(chain), Announce(Mined(chain)), Send(M1, Block(chain)))

    @pytest.mark.parametrize(("depth", "settled"), [(0, (M0, M1)), (1, (M0,)), (2, ()), (3, ())])
    def test_answers_what_lies_so_deep_in_its_chain(self, depth: int, settled: Chain) -> None:
        state = ChainView((M0, M1))

        assert evolve(MINER, depth=depth).request(state, USER, Settle()) == step(state, Reply(USER, Confirmed(settled, depth)))

    @pytest.mark.parametrize(
        ("own", "heard", "changes"),
        [
            ((), (M1,), True),
            ((M0,), (M1, M1), True),
            ((M1,), (M0,), True),
            ((M0,), (M1,), False),
            ((M0,), (M0,), False),
            ((M1, M1), (M0,), False),
        ],
    )
    def test_changes_to_a_longer_chain_or_to_the_first_in_order_of_the_longest(self, own: Chain, heard: Chain, changes: bool) -> None:
        expected = step(ChainView(heard), Announce(Adopted(heard))) if changes else None

        assert MINER.receive(ChainView(own), M1, Block(heard)) == expected

    def test_shows_its_chain(self) -> None:
        assert MINER.view(ChainView((M0,))) == ChainView((M0,))


def test_chains_agree_if_one_begins_with_the_other() -> None:
    chains: tuple[Chain, ...] = ((), (M0,), (M0, M1), (M1, M1))

    assert [[shared(one, other) for other in chains] for one in chains] == [[0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 2, 0], [0, 0, 0, 2]]
    assert [[agree(one, other) for other in chains] for one in chains] == [
        [True, True, True, True],
        [True, True, True, False],
        [True, True, True, False],
        [True, False, False, True],
    ]
    assert [confirmed((M0, M1), depth) for depth in range(4)] == [(M0, M1), (M0,), (), ()]


def test_luck_lets_no_fork_get_deeper_than_a_block_must_lie() -> None:
    lucky = luck(1)
    history = evolve(system().history, mined=frozenset({(M0,), (M0, M0)}))
    seen: Any = AtChains(history, {M0: ChainView((M0, M0)), M1: ChainView((M1,))})

    assert [lucky(Ask(at, at, Mine()), seen) for at in (M0, M1)] == [True, False]
    assert [lucky(Forge(M1, LIAR, Block(chain)), seen) for chain in ((LIAR,), (LIAR, LIAR))] == [True, False]
    assert lucky(Crash(M0, ChainView()), seen)


class AtChains:
    """What is seen of miners with these chains."""

    def __init__(self, history: object, chains: dict[Address, ChainView]) -> None:
        self.history, self._chains = history, chains

    def views(self, kind: type[ChainView]) -> dict[Address, ChainView]:
        return {at: view for at, view in self._chains.items() if isinstance(view, kind)}


def test_a_liar_tells_of_blocks_on_any_block_that_was_mined() -> None:
    built = system(secret=2)
    chains = ((LIAR,), (LIAR, LIAR), (M0, LIAR), (M0, LIAR, LIAR))

    assert tuple(built.byzantine[0].may_send(evolve(built.history, mined=frozenset({(M0,)})))) == tuple(
        Send(to, Block(chain)) for to in (M0, M1) for chain in chains
    )
    assert (system().byzantine, system(lucky=False).assume) == ((), ())


def test_where_each_keeps_the_first_chain_that_it_hears_one_block_each_is_enough() -> None:
    trace = explore(FIRST_SEEN.system, (all_extend_one_chain,), until=all_extend_one_chain).verdict(all_extend_one_chain).trace or ()

    assert tuple(frame.move for frame in trace) == (
        Ask(M0, L0, Mine()),
        Ask(M1, L1, Mine()),
        Receive(M1, M0, Block((M0,))),
        Receive(M0, M1, Block((M1,))),
    )


@pytest.mark.parametrize("known", [SHALLOW, DEEPER, IN_TURN], ids=lambda known: known.id)
def test_what_is_confirmed_is_replaced_and_there_is_no_shorter_way(known: KnownViolation) -> None:
    found = explore(known.system, (known.clause,), until=known.clause).verdict(known.clause)

    assert (found.status, found.length) == (Status.VIOLATED, len(known.witness))


def test_a_chain_need_not_grow_where_nothing_is_mined() -> None:
    idle: Any = SimpleNamespace(history=system().history)

    assert list(the_chain_grows.cases(idle)) == []
