"""What goes wrong with chains: the documents' single final answer, ties that each breaks in its own way, and work that is not counted."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.consensus.nakamoto_consensus import IN_TIME, TIMELY, Miner, system
from concordant.refimpl.machine import Pitfall, Reason, Step, Unmodelled, step
from concordant.spec.consensus import nakamoto_consensus as spec
from concordant.spec.consensus.nakamoto_consensus import Adopted, Block, Chain, ChainView, Confirmed, Mine, Settle
from concordant.spec.vocabulary import Address, Announce, Reply


@frozen
class AnswersAtOnce(Miner):
    """Takes the last block of its chain for settled, whatever depth was agreed."""

    def confirmed(self, chain: Chain) -> Chain:
        return chain


@frozen
class AnswersLate(Miner):
    """Takes nothing for settled."""

    def confirmed(self, chain: Chain) -> Chain:  # noqa: ARG002  # that is the mistake
        return ()


@frozen
class KeepsTheFirst(Miner):
    """Keeps the chain that it has heard first, of two that are equally long."""

    def is_better(self, chain: Chain, own: Chain) -> bool:
        return len(chain) > len(own)


@frozen
class TakesTheLatest(Miner):
    """Takes whatever it hears last."""

    def is_better(self, chain: Chain, own: Chain) -> bool:
        return chain != own


@frozen
class Deaf(Miner):
    """Mines on its own, and heeds nobody."""

    def is_better(self, chain: Chain, own: Chain) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class MinesForFree(Miner):
    """Puts a block of its own on what it hears, without work."""

    def receive(self, state: ChainView, source: Address, message: Block) -> Step[ChainView] | None:
        heard = super().receive(state, source, message)
        return None if heard is None else step(ChainView((*message.chain, self.me)), Announce(Adopted((*message.chain, self.me))))


@frozen
class InAnothersName(Miner):
    """Finds blocks in the name of another."""

    def request(self, state: ChainView, client: Address, request: Mine | Settle) -> Step[ChainView]:
        return Miner(self.peers[0], self.peers, self.depth).request(state, client, request)


@frozen
class WaitsForMore(Miner):
    """Answers nobody before something is confirmed, and forgets who has asked."""

    def request(self, state: ChainView, client: Address, request: Mine | Settle) -> Step[ChainView]:
        early = isinstance(request, Settle) and not self.confirmed(state.chain)
        return step(state) if early else super().request(state, client, request)


@frozen
class SaysFinal(Miner):
    """Says that what it answers is as deep as can be."""

    def request(self, state: ChainView, client: Address, request: Mine | Settle) -> Step[ChainView]:
        match request:
            case Settle():
                return step(state, Reply(client, Confirmed(self.confirmed(state.chain), len(state.chain))))
            case Mine():
                return super().request(state, client, request)


UNDEFINED = Unmodelled("NAK-1", Reason.NO_CODE, "The document dispatches to a function for blockchains that it does not hold.")
AT_ONCE = Pitfall(
    "NAK-2",
    "The answer is given at once, as if it were final: two miners find a block each before they hear of each other, and both are settled.",
    breaks=spec.common_prefix,
    subject=system(depth=0, lucky=False),
    length=2,
)
TOLD_AT_ONCE = Pitfall(
    "NAK-2/told",
    "A depth was agreed, and the last block is told all the same: it is replaced, and the user was told something else.",
    breaks=spec.an_answer_is_true,
    subject=system(asks=1, miner=AnswersAtOnce),
    length=2,
)
FIRST_SEEN = Pitfall(
    "NAK-4",
    "Of two chains of equal length each miner keeps the one that it heard first: nothing more is mined, and they never agree.",
    breaks=spec.all_extend_one_chain,
    subject=system(blocks=1, miner=KeepsTheFirst),
    length=4,
)
LATEST = Pitfall(
    "nakamoto_consensus.TakesTheLatest",
    "Whatever was heard last is taken, also if it is shorter.",
    breaks=spec.a_chain_never_shrinks,
    subject=system(miner=TakesTheLatest),
    length=4,
)
DEAF = Pitfall(
    "nakamoto_consensus.Deaf",
    "A miner heeds nobody: of three blocks two are lost.",
    breaks=spec.the_chain_grows,
    subject=system(3, blocks=1, network=IN_TIME, miner=Deaf, lucky=False, promises=TIMELY),
    length=9,
)
FREE = Pitfall(
    "nakamoto_consensus.MinesForFree",
    "A miner puts a block of its own on what it hears, and has not mined it.",
    breaks=spec.every_block_was_mined,
    subject=system(miner=MinesForFree),
    length=2,
)
NAME = Pitfall(
    "nakamoto_consensus.InAnothersName",
    "A miner finds a block in the name of another.",
    breaks=spec.a_block_names_its_finder,
    subject=system(miner=InAnothersName),
    length=1,
)
NOTHING = Pitfall(
    "nakamoto_consensus.AnswersLate",
    "Nothing is told to be settled, however deep it lies.",
    breaks=spec.an_answer_is_true,
    subject=system(asks=1, miner=AnswersLate),
    length=3,
)
WAITS = Pitfall(
    "nakamoto_consensus.WaitsForMore",
    "Who asks before anything is confirmed is never answered.",
    breaks=spec.nobody_waits,
    subject=system(blocks=1, asks=1, miner=WaitsForMore),
    length=5,
)
FINAL = Pitfall(
    "nakamoto_consensus.SaysFinal",
    "A user is told that nothing could be more settled, where it lies as deep as was agreed.",
    breaks=spec.an_answer_is_true,
    subject=system(asks=1, miner=SaysFinal),
    length=1,
)
