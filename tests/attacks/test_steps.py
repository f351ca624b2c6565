"""Handlers whose steps hid what they do from the proof: in a message of a class of its own, in what is armed, in how a symbol is compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Never

import pytest
from attrs import evolve, field, frozen

from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.consensus.pbft.handlers import AGREEING
from concordant.proofs.consensus.raft.handlers import RAFTS
from concordant.proofs.kernel.role_theorems import refuted_by, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.memory.dsm_strong.handlers import COPIES
from concordant.proofs.messaging.causal_ordering.handlers import CLOCKS
from concordant.refimpl.consensus.paxos_synod import Acceptor, Idle, Proposer, Proposing
from concordant.refimpl.consensus.pbft import Replica, State
from concordant.refimpl.machine import AnyProcess, Process, Step, step
from concordant.refimpl.memory.dsm_strong import Asking, Node
from concordant.refimpl.memory.dsm_strong import State as Copy
from concordant.refimpl.messaging.causal_ordering import Clocked, Ordering
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Ballot, Chosen, Nack, Prepare, Resend, Vote
from concordant.spec.consensus.pbft import Decided
from concordant.spec.memory.dsm_eventual import Version
from concordant.spec.memory.dsm_strong import Served
from concordant.spec.messaging.causal_ordering import Stamped
from concordant.spec.vocabulary import Address, Announce, Send


@frozen
class MarkedNack(Nack):
    """Tells a proposer more than any of those with which it was run."""

    marked: bool = field(default=True, kw_only=True)


@frozen
class MarksWhatItSends(Acceptor):
    """Sends messages of a class of its own, on which a proposer might do anything."""

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        after = super().receive(state, source, message)
        return step(
            after.state,
            *(
                Send(each.to, MarkedNack(each.message.ballot, each.message.promised))
                if isinstance(each, Send) and isinstance(each.message, Nack)
                else each
                for each in after.effects
            ),
        )


class Shy(tuple[Any, ...]):
    """Is gone through, and says that nothing is in it."""

    __slots__ = ()

    def __contains__(self, each: object) -> bool:
        return False


@frozen
class ArmsInSecret(Proposer):
    """Calls chosen whatever it likes when it has nothing to do."""

    def armed(self, state: Proposing) -> tuple[Resend, ...]:
        return Shy((Resend(),)) if isinstance(state, Idle) else super().armed(state)

    def fire(self, state: Proposing, trigger: Resend) -> Step[Proposing]:
        return (
            step(state, Announce(Chosen(Vote(Ballot(state.round, self.me), "x"))))
            if isinstance(state, Idle)
            else super().fire(state, trigger)
        )


@frozen
class Quits(Acceptor):
    """Ends whatever runs it, without an error."""

    def receive(self, *_: Any) -> Step[AcceptorView]:
        raise SystemExit(0)


@pytest.mark.parametrize(
    ("kind", "at", "says"),
    [
        (
            MarksWhatItSends,
            "Prepare",
            "it sends MarkedNack(message.ballot, state.promised, True), of a class of its own, with which nobody was run",
        ),
        (ArmsInSecret, "Resend", "guard decide.quorum_voted"),
        (Quits, "Prepare", "`SystemExit` sees or keeps what is no part of any value"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_goes_wrong_where_the_proof_does_not_come_by_is_refuted(kind: type[AnyProcess], at: str, says: str) -> None:
    assert says in refuted_by(PAXOS, kind, at)


class Quit(SystemExit):
    """Is raised by a name of its own."""


@frozen
class QuitsByAName(Acceptor):
    """The same by an error of its own."""

    def receive(self, *_: Any) -> Step[AcceptorView]:
        raise Quit(0)


def test_a_handler_that_ends_the_run_raises_like_any_other() -> None:
    assert refuted_by(PAXOS, QuitsByAName, "Prepare") == "it raises Quit: 0"


class Nosy:
    """Looks into a record when it is compared with it."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, state: object) -> bool:
        return isinstance(state, State) and state.decided is None


class Nothing:
    """Is equal to nothing, and looks what it is compared with."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return other is None


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        (lambda state: Nosy() == state, "guard decide.quorum_committed"),
        (lambda state: evolve(state, decided=Nothing()) == state, "guard decide.quorum_committed"),
        (lambda state: state.view % -1 == 0, "the handler computes with a int"),
    ],
    ids=["a method that compares", "a field that is compared", "what a number below 0 leaves"],
)
def test_a_rule_that_asks_in_such_a_way_that_symbols_answer_otherwise_is_refuted(asks: Callable[[State], bool], says: str) -> None:
    @frozen
    class DecidesAnyway(Replica):
        def decide(self, state: State) -> Step[State] | None:
            if state.proposal is not None and asks(state):
                return step(state, Announce(Decided(state.view, state.proposal)))
            return super().decide(state)

    assert says in refuted_by(AGREEING, DecidesAnyway, "rule decide")


@frozen
class ServesWhatNobodyHasWritten(Node):
    """Asks no majority where somebody knows of nothing that was written."""

    def heard(self, state: Copy, number: int, asking: Asking, source: Address, version: Version) -> Step[Copy]:
        if version.value is None and source != self.me:
            left = evolve(state, running=state.running.drop(number))
            return step(left, Announce(Served(asking.client, version.stamp)))
        return super().heard(state, number, asking, source, version)


def test_a_handler_that_asks_of_a_value_whether_it_is_none_finds_it_where_it_may_be() -> None:
    assert refuted_by(COPIES, ServesWhatNobodyHasWritten, "Known") == "guard take.latest"


@frozen
class DropsWhatIsTrue(Ordering):
    """Hands up twice what is True."""

    def receive(self, state: Clocked, source: Address, message: Stamped) -> Step[Clocked] | None:
        after = super().receive(state, source, message)
        return step(after.state, *after.effects, *after.effects) if after is not None and message.message is True else after


def test_of_any_object_it_is_not_asked_whether_it_is_one_of_pythons_own_and_none_is_told_apart_in_the_claim() -> None:
    assert "any object may be True, False or a member of an enumeration: compare by ==" in refuted_by(CLOCKS, DropsWhatIsTrue)
    (theorem, *_) = role_theorems(CLOCKS, CLOCKS.roles[0])
    assert "; all numbers, contents but None; " in theorem.quantifiers


@frozen
class HearsOfNoVotes(Acceptor, Process[AcceptorView, Prepare, Never, Never]):
    """Says that it takes fewer inputs than its role, so that the others would not be run."""


def test_a_class_that_names_fewer_inputs_than_its_role_is_not_proved_for_these() -> None:
    assert refuted_by(PAXOS, HearsOfNoVotes) == "Accept is none of the inputs of HearsOfNoVotes, and would not be run"


def test_what_shapes_leave_out_is_told_by_both_theorems_that_use_them() -> None:
    (handlers, *_), stable = role_theorems(RAFTS, RAFTS.roles[0]), stability_theorem(RAFTS)

    for theorem in (handlers, stable):
        assert "as long as State.log has at most 1; as long as Leader.waiting has at most 1" in theorem.quantifiers
    assert "; states and messages as of 3 servers, of which it is the first, and logs of at most 1; " in stable.quantifiers
    assert "; sets are gone through in the order in which they were made; " in handlers.quantifiers
