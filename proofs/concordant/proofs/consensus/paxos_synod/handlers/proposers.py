"""The shipped proposer and learner do only what the proved model allows, for all ballots, values and states.

Claim: a proposer proposes only as the guards of `propose` allow, asks for votes only for what it has proposed, and whoever says
that a value is chosen obeys the guard of `decide`. Whatever else they receive, they say nothing that the model speaks of.
Assumes: what they were told is true (`says` for promises, a vote for each Accepted) and stays so, which is the theorem
`assumptions_are_stable`; a proposer's new ballot was never used, by itself or by another.
Not covered: quorums of more than three members; what is answered besides *chosen*.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, cast

import z3
from attrs import evolve, frozen

from concordant.proofs.consensus.paxos_synod.handlers.facts import (
    CLIENT,
    MODEL,
    NODE,
    NONE,
    PROPOSER,
    QUORUM,
    ROUND,
    And,
    Implies,
    Not,
    Or,
    S,
    ballot,
    invariant,
    pair,
    says,
    used,
    value,
    vote,
)
from concordant.proofs.kernel.handlers import Run, WrongHandler, handler_theorem, term_of
from concordant.proofs.kernel.models import Term, forall
from concordant.proofs.kernel.paths import Paths, Refuted, every_path
from concordant.refimpl.consensus.paxos_synod import Accepting, Idle, Learner, Learning, Preparing, Proposer, Proposing
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.paxos_synod import (
    Accept,
    Accepted,
    Ballot,
    Chosen,
    Nack,
    Prepare,
    Promise,
    Propose,
    Proposed,
    Resend,
    Superseded,
    Vote,
)
from concordant.spec.vocabulary import Address, Announce, Map, Reply, Send, addresses

QUORUMS = (2, 3)
MINE, OWN = ballot("mine"), value("own")
R = term_of(MINE)


@frozen
class Said:
    """What a step says that the model speaks of: ballots prepared, votes asked for, proposed and called chosen."""

    prepared: tuple[Ballot, ...]
    asked: tuple[Vote, ...]
    proposed: tuple[Vote, ...]
    chosen: tuple[Vote, ...]

    @classmethod
    def by(cls, after: Step[Any] | None) -> Said:
        """Read the effects of a step."""
        effects = () if after is None else after.effects
        return cls(
            tuple(each.message.ballot for each in effects if isinstance(each, Send) and isinstance(each.message, Prepare)),
            tuple(each.message.vote for each in effects if isinstance(each, Send) and isinstance(each.message, Accept)),
            tuple(each.event.vote for each in effects if isinstance(each, Announce) and isinstance(each.event, Proposed)),
            tuple(each.event.vote for each in effects if isinstance(each, Announce) and isinstance(each.event, Chosen))
            + tuple(each.answer.vote for each in effects if isinstance(each, Reply) and isinstance(each.answer, Chosen | Superseded)),
        )


NOTHING = Said((), (), (), ())


def members(count: int) -> list[Term]:
    """Return so many acceptors."""
    return [z3.Const(f"member{number}", NODE) for number in range(count)]


def proposer(kind: type[Proposer]) -> Run:
    """Return the proof of a proposer's handlers."""

    def run() -> Iterator[int]:
        yield _asks(kind)
        for quorum in QUORUMS:
            for earlier in range(quorum):
                yield from (_promised(kind, quorum, votes) for votes in product((False, True), repeat=earlier + 1))
                yield _accepted(kind, quorum, earlier)
        yield from (_says_nothing_new(kind, state) for state in (Preparing(MINE, CLIENT, OWN), Accepting(Vote(MINE, OWN), CLIENT, OWN)))

    return run


def _asks(kind: type[Proposer]) -> int:
    """Prove that a proposer which is asked prepares its new ballot, and says nothing else."""
    machine = _any_ballot(kind)(PROPOSER, addresses("acceptor", 3))

    def run(paths: Paths) -> None:
        after = machine.request(Idle(), CLIENT, Propose(OWN))
        said = Said.by(after)
        if evolve(said, prepared=()) != NOTHING:
            raise Refuted("it says more than that it prepares a ballot")
        if not isinstance(after.state, Preparing) or after.state.promises or after.state.ballot is not MINE:
            raise Refuted("it has prepared its ballot, and gathers promises from now on")
        for each in said.prepared:
            paths.prove(
                And(term_of(each) == R, MODEL.actions["prepare"].guards(S, term_of(each))["real_round"]), "guard prepare.real_round"
            )

    return every_path(run, [*invariant(), R != NONE])


def _any_ballot(kind: type[Proposer]) -> type[Proposer]:
    """Return a proposer whose next ballot is any: how it counts is arithmetic, of which the model knows only that it is new."""
    return cast("type[Proposer]", type(kind.__name__, (kind,), {"next_ballot": lambda *_: MINE}))


def _promised(kind: type[Proposer], quorum: int, votes: tuple[bool, ...]) -> int:
    """Prove every path of a proposer that receives a promise, in its ballot or not, after others.

    `votes`: for each promise, the new one last, whether it tells of a vote.
    """
    names, given = addresses("acceptor", 2 * quorum - 1), members(len(votes))
    promises = [Promise(MINE, vote(f"told{number}") if there else None) for number, there in enumerate(votes)]
    earlier, last, source = promises[:-1], evolve(promises[-1], ballot=ballot("asked")), names[len(votes) - 1]
    state = Preparing(MINE, CLIENT, OWN, Map(tuple((name, promise.vote) for name, promise in zip(names, earlier, strict=False))))
    q, highest = z3.Const("q", QUORUM), z3.Const("highest", ROUND)
    told = [term_of(promise.vote.ballot) for promise in promises if promise.vote is not None] or [NONE]
    is_highest = And(Or([highest == each for each in told]), *[S.le(each, highest) for each in told])

    def run(paths: Paths) -> None:
        after = kind(PROPOSER, names).receive(state, source, last)
        said = Said.by(after)
        if said.prepared or said.chosen:
            raise Refuted("it says more than that it proposes")
        if not said.proposed:
            if said.asked:
                raise Refuted("it asks for votes for what it has not proposed")
            _remembers(paths, state, after, source, last)
            return
        proposed, *more = said.proposed
        if len(votes) < quorum:
            raise Refuted("guard propose.quorum_promised")
        for guard, formula in (
            MODEL.actions["propose"].guards(S, r=term_of(proposed.ballot), q=q, h=highest, v=term_of(proposed.value)).items()
        ):
            paths.prove(Implies(is_highest, formula), f"guard propose.{guard}")
        if after is None or not isinstance(after.state, Accepting) or after.state.voters:
            raise Refuted("it has proposed, and gathers votes from now on")
        for each in (*more, *said.asked, after.state.proposal):
            paths.prove(_same(each, proposed), "what it asks votes for is what it has proposed")

    is_quorum = forall(NODE, lambda n: S.member(n, q) == Or([n == each for each in given]))
    facts = [says(member, promise, S) for member, promise in zip(given, (*earlier, last), strict=True)]
    return every_path(run, [*invariant(), is_quorum, Not(used(MINE, S)), R != NONE, *facts])


def _remembers(paths: Paths, state: Preparing, after: Step[Proposing] | None, source: Address, last: Promise) -> None:
    """Prove that a promise which is not acted on is kept as it came, if it is in the proposer's ballot, and ignored if not."""
    if after is None or after.state is state:
        paths.prove(term_of(last.ballot) != R, "a promise in its own ballot is kept")
        return
    paths.prove(term_of(last.ballot) == R, "a promise in another ballot is not kept")
    kept = after.state.promises.pairs if isinstance(after.state, Preparing) else ()
    if [(name, id(vote)) for name, vote in kept] != [(name, id(vote)) for name, vote in (*state.promises.pairs, (source, last.vote))]:
        raise Refuted("a promise is kept as it came")


def _same(one: Vote, other: Vote) -> Term:
    return And(*[a == b for a, b in zip(pair(one), pair(other), strict=True)])


def _accepted(kind: type[Proposer], quorum: int, earlier: int) -> int:
    """Prove every path of a proposer that receives a vote, for its proposal or not, after others."""
    names, voters = addresses("acceptor", 2 * quorum - 1), members(earlier + 1)
    proposal, heard = Vote(MINE, value("proposed")), vote("heard")
    state = Accepting(proposal, CLIENT, OWN, frozenset(names[:earlier]))

    def run(paths: Paths) -> None:
        after = kind(PROPOSER, names).receive(state, names[earlier], Accepted(heard))
        said = Said.by(after)
        if evolve(said, chosen=()) != NOTHING:
            raise Refuted("it says more than that a value is chosen")
        if after is not None and isinstance(after.state, Accepting):
            for name in sorted(after.state.voters):
                paths.prove(S.vote(voters[name.number], *pair(after.state.proposal)), "whom it counts has voted for its proposal")
        for each in said.chosen:
            paths.prove(_a_quorum_voted(voters, quorum, each), "guard decide.quorum_voted")

    facts = [S.proposal(*pair(proposal)), *(S.vote(each, *pair(proposal)) for each in voters[:-1]), S.vote(voters[-1], *pair(heard))]
    return every_path(run, [*invariant(), *facts])


def _a_quorum_voted(voters: list[Term], quorum: int, chosen: Vote) -> Term:
    return Or([And([S.vote(each, *pair(chosen)) for each in some]) for some in combinations(voters, quorum)])


def _says_nothing_new(kind: type[Proposer], state: Preparing | Accepting) -> int:
    """Prove that a busy proposer, asked, refused, left waiting or crashed, says at most again what it has said."""
    machine, names = kind(PROPOSER, addresses("acceptor", 3)), addresses("acceptor", 3)
    nack = Nack(ballot("asked"), ballot("promised"))
    proposed = S.proposal(R, term_of(OWN)) if isinstance(state, Accepting) else z3.BoolVal(True)  # Z3's own signature

    def run(paths: Paths) -> None:
        steps = [machine.request(state, CLIENT, Propose(OWN)), machine.receive(state, names[0], nack), machine.fire(state, Resend())]
        steps += [machine.recover(survivor) for survivor in machine.survives(state)]
        for after in steps:
            said = Said.by(after)
            if said.proposed or said.chosen:
                raise Refuted("it proposes, or calls something chosen, without cause")
            for each in said.prepared:
                paths.prove(S.prepared(term_of(each)), "what it prepares again it has prepared")
            for asked in said.asked:
                paths.prove(S.proposal(*pair(asked)), "what it asks votes for is what it has proposed")
            if not (after is None or after.state is state or isinstance(after.state, Idle)):
                raise Refuted("it remembers what it was not told")

    return every_path(run, [*invariant(), S.prepared(R), proposed])


def learner(kind: type[Learner]) -> Run:
    """Return the proof of a learner's handler."""

    def run() -> Iterator[int]:
        for quorum in QUORUMS:
            yield from (
                _learns(kind, quorum, known, again=again) for known in range(quorum + 1) for again in (False, True) if known or not again
            )

    return run


def _learns(kind: type[Learner], quorum: int, known: int, *, again: bool) -> int:
    """Prove every path of a learner that knows some votes and hears one more; `again`: of an acceptor that it knows."""
    names, voters, heard = addresses("acceptor", 2 * quorum - 1), members(known + 1), vote("heard")
    votes = [vote(f"known{number}") for number in range(known)]
    source = 0 if again else known
    state = Learning(Map(tuple(zip(names, votes, strict=False))))

    def run(paths: Paths) -> None:
        after = kind(quorum).receive(state, names[source], Accepted(heard))
        said = Said.by(after)
        if evolve(said, chosen=()) != NOTHING:
            raise Refuted("it says more than that a value is chosen")
        for name, each in () if after is None else after.state.votes.items():
            paths.prove(S.vote(voters[name.number], *pair(each)), "the votes that it keeps were cast")
        for each in said.chosen:
            paths.prove(_a_quorum_voted(voters, quorum, each), "guard decide.quorum_voted")

    facts = [S.vote(member, *pair(each)) for member, each in zip(voters, votes, strict=False)]
    return every_path(run, [*invariant(), *facts, S.vote(voters[source], *pair(heard))])


# ---- the handlers with a mistake each


@frozen
class AdoptsTheLowest(Proposer):
    """Adopts some earlier vote, not the highest. Exploring two ballots does not show it."""

    def safe_value(self, votes: list[Vote], own: str) -> str:
        return min(votes, key=lambda vote: vote.ballot).value if votes else own


@frozen
class DoesNotListen(Proposer):
    """Proposes its own value, whatever it is told."""

    def safe_value(self, votes: list[Vote], own: str) -> str:  # noqa: ARG002  # that is the mistake
        return own


@frozen
class CountsStalePromises(Proposer):
    """Counts promises in any ballot."""

    def receive(self, state: Proposing, source: Address, message: Promise | Accepted | Nack) -> Step[Proposing] | None:
        if isinstance(message, Promise) and isinstance(state, Preparing):
            return self.promised(evolve(state, promises=state.promises.put(source, message.vote)))
        return super().receive(state, source, message)


@frozen
class IsContentWithOne(Proposer):
    """Takes one answer for a quorum."""

    def is_quorum(self, count: int) -> bool:
        return count >= 1


@frozen
class AsksForItsOwn(Proposer):
    """Announces the safe value, and asks for votes for its own."""

    def promised(self, state: Preparing) -> Step[Proposing]:
        after = super().promised(state)
        asked = (evolve(e, message=Accept(Vote(state.ballot, state.value))) if isinstance(e, Send) else e for e in after.effects)
        return step(after.state, *asked)


@frozen
class AddsUpBallots(Learner):
    """Counts votes for a value, whatever their ballots."""

    def is_chosen(self, vote: Vote, votes: Map[Address, Vote]) -> bool:
        return sum(vote.value == heard.value for heard in votes.values()) >= self.quorum


def _both(kind: type[Proposer], listening: type[Learner]) -> Run:
    return lambda: (*proposer(kind)(), *learner(listening)())


WRONG = (
    WrongHandler(AdoptsTheLowest, proposer(AdoptsTheLowest), "guard propose.highest_vote", mutant="paxos_synod.any_earlier_vote"),
    WrongHandler(DoesNotListen, proposer(DoesNotListen), "guard propose.highest_vote", mutant="paxos_synod.own_value"),
    WrongHandler(CountsStalePromises, proposer(CountsStalePromises), "a promise in another ballot is not kept"),
    WrongHandler(IsContentWithOne, proposer(IsContentWithOne), "guard propose.quorum_promised"),
    WrongHandler(AsksForItsOwn, proposer(AsksForItsOwn), "what it asks votes for is what it has proposed"),
    WrongHandler(AddsUpBallots, learner(AddsUpBallots), "guard decide.quorum_voted"),
)
PROPOSERS = handler_theorem(
    "paxos_synod.proposer_obeys_the_model",
    "Whatever they are told, the shipped Proposer proposes, and it and the Learner call chosen, only as the proved model allows.",
    "for all ballots, values and states; quorums of 2 and 3",
    __doc__,
    _both(Proposer, Learner),
    WRONG,
)
