"""Nakamoto consensus: miners extend the longest chain that they know, and what lies so many blocks deep in it counts as confirmed, never as final.

Source: Nakamoto, "Bitcoin: A Peer-to-Peer Electronic Cash System", 2008; Garay, Kiayias and Leonardos, "The Bitcoin Backbone
Protocol", 2015, which names common prefix and chain growth. Who mines when is luck: here a request that the environment makes.
Assumes, for what is confirmed: luck, which lets no two chains grow deeper apart than a block must lie to be confirmed. A bound on the
delay alone is not enough, however ties are broken: two miners who find blocks in turn, each before it hears of the other's last one,
extend two chains for ever. Liars withhold blocks that they have mined, which is bad luck, too; nobody forges the work of others.
Does not promise: that anything is ever final.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Fault,
    Map,
    Need,
    Reply,
    Seen,
    always,
    at_rest,
    case,
    every_step,
    on_event,
    sometimes,
)

Chain: TypeAlias = tuple[Address, ...]
"""Blocks from the first, each told by who has mined it. A block is the chain that ends with it."""

# ---- messages


@frozen
class Block:
    """A block that was mined, with all before it."""

    chain: Chain


# ---- requests and answers


@frozen
class Mine:
    """A miner finds a block."""

    answered = False


@frozen
class Settle:
    """A user asks what counts as settled. Answered by `Confirmed`."""


@frozen
class Confirmed:
    """What lies at least `depth` blocks deep in a miner's chain: probable, not final."""

    chain: Chain
    depth: int


# ---- events


@frozen
class Mined:
    """A miner has mined the last block of this chain."""

    chain: Chain


@frozen
class Adopted:
    """A miner has changed to another chain."""

    chain: Chain


# ---- views


@frozen
class ChainView:
    """The chain that a miner extends."""

    chain: Chain = ()


# ---- history


@frozen
class History:
    """Which blocks honest miners have mined, which chain each extends, and what was told to be confirmed.

    `depth`: how deep a block must lie to count as confirmed. `liars`: who may mine in secret. `reorganised`: whether somebody left
    a block for another of the same height.
    """

    depth: int
    liars: frozenset[Address] = frozenset()
    mined: frozenset[Chain] = frozenset()
    chains: Map[Address, Chain] = Map()
    told: frozenset[Chain] = frozenset()
    reorganised: bool = False

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # the signature of the kind
        """Fold one happening."""
        match happening:
            case Mined(chain):
                return evolve(self, mined=self.mined | {chain}, chains=self.chains.put(at, chain))
            case Adopted(chain):
                left = not agree(self.chains.get(at, ()), chain)
                return evolve(self, chains=self.chains.put(at, chain), reorganised=self.reorganised or left)
            case Reply(_, Confirmed(chain)):
                return evolve(self, told=self.told | {chain})
            case _:
                return self


def confirmed(chain: Chain, depth: int) -> Chain:
    """Return what lies so deep in a chain."""
    return chain[: max(0, len(chain) - depth)]


def shared(one: Chain, other: Chain) -> int:
    """Count the blocks with which both chains begin."""
    return next((height for height, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))


def agree(one: Chain, other: Chain) -> bool:
    """Tell whether one chain begins with the other."""
    return shared(one, other) == min(len(one), len(other))


# ---- clauses

UNSAFE = Fault.LOSS | Fault.DUPLICATION | Fault.BYZANTINE


@always(under=UNSAFE)
def every_block_was_mined(seen: Seen[History]) -> Cases:
    """Every block in the chain of a miner was mined by somebody, on the block before it."""
    for miner, view in seen.views(ChainView).items():
        for height, finder in enumerate(view.chain, 1):
            block = view.chain[:height]
            yield case(block in seen.history.mined or finder in seen.history.liars, miner=miner, block=block, mined=seen.history.mined)


@on_event(Mined, under=UNSAFE)
def a_block_names_its_finder(before: History, by: Address, event: Mined) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A miner finds blocks in its own name."""
    yield case(event.chain[-1:] == (by,), block=event.chain, finder=by)


@every_step(ChainView, under=UNSAFE)
def a_chain_never_shrinks(before: ChainView, after: ChainView) -> Cases:
    """A miner changes to another chain only if it is not shorter."""
    yield case(len(after.chain) >= len(before.chain), before=before.chain, after=after.chain)


def prefixes_agree(seen: Seen[History]) -> Cases:
    """Judge whether all that is confirmed at some miner, or was ever told so, is one chain."""
    views = seen.views(ChainView).values()
    held = {confirmed(view.chain, seen.history.depth) for view in views}
    settled = sorted((seen.history.told | held) - {()})
    if settled:
        yield case(all(agree(one, settled[-1]) for one in settled), settled=settled)


@always(under=UNSAFE)
def common_prefix(seen: Seen[History]) -> Cases:
    """What is confirmed at one miner is not contradicted by what is confirmed at another, nor by what was ever told.

    Where no fork is deeper than a block must lie to be confirmed: what two chains do not share is confirmed in neither.
    """
    yield from prefixes_agree(seen)


@always(needs=Need.BOUNDED_DELAY)
def common_prefix_in_time(seen: Seen[History]) -> Cases:
    """The same, whoever is lucky, if every block arrives before the next two are mined."""
    yield from prefixes_agree(seen)


@always()
def common_prefix_whenever(seen: Seen[History]) -> Cases:
    """The same, whoever is lucky, and however long a block travels."""
    yield from prefixes_agree(seen)


@on_event(Reply, under=UNSAFE)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """A user is told what lies so many blocks deep in the chain of the miner that it asks, and how many these are."""
    chain = before.chains.get(by, ())
    yield case(event.answer == Confirmed(confirmed(chain, before.depth), before.depth), told=event.answer, chain=chain)


@at_rest(under=UNSAFE)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest no user waits for an answer."""
    return calls.nobody_waits(seen)


@at_rest()
def all_extend_one_chain(seen: Seen[History]) -> Cases:
    """When all blocks have arrived, all miners have the same chain, of those that are longest the first in order."""
    chains = {view.chain for view in seen.views(ChainView).values()}
    yield case(len(chains) == 1, chains=tuple(sorted(chains)))


@at_rest(needs=Need.BOUNDED_DELAY)
def the_chain_grows(seen: Seen[History]) -> Cases:
    """At least every second block that is mined makes the chain longer (chain growth)."""
    if seen.history.mined:
        longest = max(len(view.chain) for view in seen.views(ChainView).values())
        yield case(2 * longest >= len(seen.history.mined), longest=longest, mined=seen.history.mined)


@sometimes
def is_confirmed(seen: Seen[History]) -> Cases:
    """A user is told that a block is confirmed."""
    yield case(bool(seen.history.told - {()}), told=seen.history.told)


@sometimes
def is_reorganised(seen: Seen[History]) -> Cases:
    """A miner leaves a block for another of the same height."""
    yield case(seen.history.reorganised)
