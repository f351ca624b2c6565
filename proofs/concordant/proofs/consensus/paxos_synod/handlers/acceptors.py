"""The shipped acceptor takes only steps of the proved model, for all acceptors, ballots, values and states.

Claim: an acceptor begins at the model's start; whatever its state and the message, its step is an action of the model that is
enabled, or changes nothing; cut off before it has said anything, it is `leave`; what survives a crash stands for the same.
Assumes: the state stands for the model's relations (`stands_for`) and the message was sent. That nobody else's step makes
these untrue is the theorem `assumptions_are_stable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

import z3
from attrs import frozen

from concordant.proofs.consensus.paxos_synod.handlers.facts import (
    LEARNER,
    MODEL,
    NONE,
    PROPOSER,
    And,
    N,
    Or,
    S,
    ballot,
    invariant,
    pair,
    says,
    stands_for,
    value,
    vote,
)
from concordant.proofs.kernel.handlers import Run, WrongHandler, handler_theorem, term_of
from concordant.proofs.kernel.models import State
from concordant.proofs.kernel.paths import Paths, Refuted, every_path
from concordant.refimpl.consensus.paxos_synod import Acceptor
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Nack, Prepare, Promise, Vote, Voted
from concordant.spec.vocabulary import Address, Announce, Send


@frozen
class Shape:
    """Which parts an acceptor's state has; their values are any."""

    promised: bool
    voted: bool

    def state(self) -> AcceptorView:
        """Return any state of this shape."""
        return AcceptorView(ballot("promised") if self.promised else None, vote("last") if self.voted else None)


SHAPES = (Shape(promised=False, voted=False), Shape(promised=True, voted=False), Shape(promised=True, voted=True))


def acceptor(kind: type[Acceptor]) -> Run:
    """Return the proof of an acceptor's handlers."""

    def run() -> Iterator[int]:
        yield _starts(kind)
        yield from (_survives(kind, shape) for shape in SHAPES)
        yield from (_steps(kind, shape, accept=accept) for shape, accept in product(SHAPES, (False, True)))

    return run


def _starts(kind: type[Acceptor]) -> int:
    def run(paths: Paths) -> None:
        begun = kind((LEARNER,)).start()
        if begun.effects:
            raise Refuted("it says something before it is asked")
        paths.prove(stands_for(N, begun.state, MODEL.start()), "it begins at the model's start")

    return every_path(run, list(MODEL.axioms.values()))


def _survives(kind: type[Acceptor], shape: Shape) -> int:
    local = shape.state()

    def run(paths: Paths) -> None:
        machine = kind((LEARNER,))
        for survivor in machine.survives(local):
            after = machine.recover(survivor)
            if after.effects:
                raise Refuted("it says something when it comes back")
            for state in (survivor, after.state):
                paths.prove(stands_for(N, state, S), "what survives a crash stands for the same")

    return every_path(run, [*invariant(), stands_for(N, local, S)])


def _steps(kind: type[Acceptor], shape: Shape, *, accept: bool) -> int:
    local, asked, wanted = shape.state(), ballot("asked"), value("wanted")
    message: Prepare | Accept = Accept(Vote(asked, wanted)) if accept else Prepare(asked)
    r, v = term_of(asked), term_of(wanted)
    sent = And(r != NONE, S.proposal(r, v) if accept else S.prepared(r))
    real = term_of(local.promised) != NONE if local.promised is not None else z3.BoolVal(True)  # Z3's own signature

    def run(paths: Paths) -> None:
        after = kind((LEARNER,)).receive(local, PROPOSER, message)
        if all(isinstance(effect, Send) and isinstance(effect.message, Nack) for effect in after.effects):
            paths.prove(stands_for(N, after.state, S), "a refusal changes nothing")
            return
        name = "vote" if accept else "promise"
        arguments = {"n": N, "r": r, "v": v} if accept else {"n": N, "r": r}
        for guard, formula in MODEL.actions[name].guards(S, **arguments).items():
            # a promise that was given may be given again, in which case nothing changes
            again = And(name == "promise", r == term_of(local.promised)) if local.promised is not None else False
            paths.prove(Or(formula, again) if guard == "not_left" else formula, f"guard {name}.{guard}")
        then = MODEL.after(S, MODEL.actions[name], arguments)
        paths.prove(stands_for(N, after.state, then), f"after {name}, the state stands for the relations")
        _said(paths, after, then)
        if not accept:
            half = MODEL.after(S, MODEL.actions["leave"], arguments)
            paths.prove(stands_for(N, after.state, half), "cut off before it is said, a promise is a leave")

    return every_path(run, [*invariant(), stands_for(N, local, S), sent, real])


def _said(paths: Paths, after: Step[AcceptorView], then: State) -> None:
    for effect in after.effects:
        match effect:
            case Send(_, Promise() as promise):
                paths.prove(says(N, promise, then), "the promise tells the truth")
            case Send(_, Accepted(cast)) | Announce(Voted(cast)):
                paths.prove(then.vote(N, *pair(cast)), "what is announced is the vote")
            case _:
                raise Refuted(f"an effect that the model does not know: {type(effect).__name__}")


# ---- the handlers with a mistake each


@frozen
class PromisesAnything(Acceptor):
    """Promises a ballot although it has promised a higher one."""

    def may_promise(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class VotesAnywhere(Acceptor):
    """Votes in a ballot below the one that it has promised."""

    def may_vote(self, ballot: Ballot, promised: Ballot) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ForgetsInACrash(Acceptor):
    """Keeps its promise in memory."""

    def survives(self, state: AcceptorView) -> Iterable[AcceptorView]:
        return (AcceptorView(None, state.vote),)


@frozen
class TellsNoVote(Acceptor):
    """Promises, and does not tell of its vote."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        if not isinstance(message, Prepare) or after.state is state:
            return after
        return step(after.state, Send(source, Promise(message.ballot, None)))


WRONG = (
    WrongHandler(PromisesAnything, acceptor(PromisesAnything), "guard promise.not_left"),
    WrongHandler(VotesAnywhere, acceptor(VotesAnywhere), "guard vote.not_left", mutant="paxos_synod.late_votes"),
    WrongHandler(ForgetsInACrash, acceptor(ForgetsInACrash), "what survives a crash stands for the same"),
    WrongHandler(TellsNoVote, acceptor(TellsNoVote), "the promise tells the truth"),
)
ACCEPTOR = handler_theorem(
    "paxos_synod.acceptor_takes_steps_of_the_model",
    "Whatever its state and the message, the shipped Acceptor takes an enabled step of the proved model, or none.",
    "for all acceptors, ballots, values and states",
    __doc__,
    acceptor(Acceptor),
    WRONG,
)
