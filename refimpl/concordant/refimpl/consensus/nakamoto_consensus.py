"""Nakamoto's miner as a machine: it mines on the best chain that it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import frozen

from concordant.refimpl.machine import Ask, Byzantine, Forge, KnownViolation, Move, Process, Receive, Step, System, User, step
from concordant.spec.consensus import nakamoto_consensus as spec
from concordant.spec.consensus.nakamoto_consensus import Adopted, Block, Chain, ChainView, Confirmed, History, Mine, Mined, Settle
from concordant.spec.vocabulary import Address, Announce, Clause, Delay, Network, Reply, Seen, Send, addresses, broadcast

IN_TIME = Network(delay=Delay(2, Mine))
"""Every block arrives before the next two are mined."""


@frozen
class Miner(Process[ChainView, Block, Mine | Settle]):
    """Keeps one chain, which is all that it shows. `depth`: how deep a block must lie to count as confirmed."""

    me: Address
    peers: tuple[Address, ...]
    depth: int

    def start(self) -> Step[ChainView]:
        return step(ChainView())

    def request(self, state: ChainView, client: Address, request: Mine | Settle) -> Step[ChainView]:
        match request:
            case Mine():
                chain = (*state.chain, self.me)
                return step(ChainView(chain), Announce(Mined(chain)), *broadcast(self.peers, Block(chain)))
            case Settle():
                return step(state, Reply(client, Confirmed(self.confirmed(state.chain), self.depth)))
            case _:
                assert_never(request)

    def confirmed(self, chain: Chain) -> Chain:
        return chain[: -self.depth] if self.depth else chain

    def receive(self, state: ChainView, source: Address, message: Block) -> Step[ChainView] | None:  # noqa: ARG002  # whoever tells it
        if not self.is_better(message.chain, state.chain):
            return None
        return step(ChainView(message.chain), Announce(Adopted(message.chain)))

    def is_better(self, chain: Chain, own: Chain) -> bool:
        # The hard step. Of chains of equal length all prefer the same one, whichever they have heard first: so a fork ends when all
        # has arrived. If each kept its own, it would last until the next block is mined, and half of the work be lost.
        return (-len(chain), chain) < (-len(own), own)

    def view(self, state: ChainView) -> ChainView:
        return state


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.every_block_was_mined,
    spec.a_block_names_its_finder,
    spec.a_chain_never_shrinks,
    spec.common_prefix,
    spec.an_answer_is_true,
    spec.nobody_waits,
    spec.is_confirmed,
    spec.is_reorganised,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.all_extend_one_chain)
TIMELY: tuple[Clause, ...] = (spec.the_chain_grows, spec.is_reorganised)


def luck(depth: int) -> Callable[[Move, Seen[History]], bool]:
    """Assume that nobody finds a block that is more than so deep in a fork, secret blocks included."""

    def no_deeper_fork(move: Move, seen: Seen[History]) -> bool:
        match move:
            case Ask(at, _, Mine()):
                chain = (*seen.views(ChainView)[at].chain, at)
            case Forge(_, _, Block(chain)):
                pass
            case _:
                return True
        others = (*seen.history.mined, *(view.chain for view in seen.views(ChainView).values()))
        return all(min(len(chain), len(other)) - spec.shared(chain, other) <= depth for other in others)

    return no_deeper_fork


def system(
    miners: int = 2,
    *,
    blocks: int = 2,
    asks: int = 0,
    depth: int = 1,
    secret: int = 0,
    network: Network = Network(),
    miner: type[Miner] = Miner,
    promises: tuple[Clause, ...] = PROMISES,
    lucky: bool = True,
) -> System[History]:
    """Put miners together, each of whom may find so many blocks, and so many users who ask each the miner of its number, once.

    `depth`: how deep a block must lie to be confirmed; if `lucky`, no fork gets deeper. `secret`: how many blocks a liar has mined, on any
    block of others, and tells of when and to whom it likes.
    """
    names, liar = addresses("miner", miners), Address("liar")
    found = tuple(User(Address("luck", number), (name,), ((Mine(),),) * blocks) for number, name in enumerate(names))
    asking = tuple(User(Address("user", number), (names[number],), ((Settle(),),)) for number in range(asks))

    def withheld(history: History) -> tuple[Send, ...]:
        chains = tuple((*on, *(liar for _ in range(more))) for on in sorted({(), *history.mined}) for more in range(1, secret + 1))
        return tuple(Send(name, Block(chain)) for name in names for chain in chains)

    return System(
        {name: miner(name, tuple(other for other in names if other != name), depth) for name in names},
        History(depth, frozenset({liar} if secret else ())),
        promises,
        network,
        users=(*found, *asking),
        byzantine=(Byzantine(liar, withheld),) if secret else (),
        assume=(luck(depth),) if lucky else (),
    )


M0, M1 = addresses("miner", 2)
L0, L1 = addresses("luck", 2)


def partitioned(depth: int) -> KnownViolation:
    """Return how two miners that do not hear each other confirm two chains, at any depth."""
    mined = (*(Ask(M0, L0, Mine()) for _ in range(depth + 1)), *(Ask(M1, L1, Mine()) for _ in range(depth + 1)))
    return KnownViolation(
        spec.common_prefix_whenever,
        "If nothing is heard of the other for as long as it takes to mine one block more than the depth, both confirm their own.",
        system(depth=depth, blocks=depth + 1, lucky=False, promises=(spec.common_prefix_whenever,)),
        mined,
        id=f"NAK-3/{depth}",
    )


SHALLOW, DEEPER = partitioned(1), partitioned(2)
IN_TURN = KnownViolation(
    spec.common_prefix_in_time,
    "Two miners find blocks in turn. The second is always one ahead on its own chain when it hears of the first's last block; the first is even, and prefers its own.",
    system(depth=1, lucky=False, network=IN_TIME, promises=(spec.common_prefix_in_time,)),
    (
        Ask(M1, L1, Mine()),
        Ask(M0, L0, Mine()),
        Receive(M0, M1, Block((M1,))),
        Ask(M1, L1, Mine()),
        Receive(M1, M0, Block((M0,))),
        Ask(M0, L0, Mine()),
    ),
    id="NAK-3/in_time",
)
