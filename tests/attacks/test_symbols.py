"""Attacks on proofs by handlers that go wrong only where no symbol is: each vote below was once called proved for all states and inputs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import Enum
from typing import Any, Protocol, runtime_checkable

import attrs
import pytest
from attrs import frozen

from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.kernel import paths
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.kernel.symbols import domain_of
from concordant.refimpl.consensus.paxos_synod import Acceptor
from concordant.refimpl.machine import Step, step
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, Prepare, Vote, Voted
from concordant.spec.vocabulary import Address, Announce, broadcast, is_amount
from concordant.spec.vocabulary.identity import likeness, same

THIRD = Address("proposer", 2)
KNOWN = frozenset({THIRD})
X = "x"
what = type
TABLE = (type,)


class Alike:
    """Is equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Name(str):
    """A text of a class of its own."""

    __slots__ = ()


class Kind(type):
    """Decides by itself what its instances are."""

    def __instancecheck__(cls, value: object) -> bool:
        return type(value) == Ballot  # noqa: E721  # that is the attack


class Real(metaclass=Kind):
    """Whatever is a ballot, and no symbol of one."""


class Kinds(Enum):
    """Holds a class."""

    NUMBER = int


@runtime_checkable
class HasBits(Protocol):
    """Whatever has the bits of a number."""

    def bit_length(self) -> int: ...


class Quiet:
    """Swallows what is raised."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> bool:
        return True


def looking_by(look: Callable[[Any], object]) -> Callable[[Any], bool]:
    """Return a function that looks by another, which it has from around it."""
    return lambda value: look(value) == Ballot


from_around = looking_by(type)


def quietly(vote: Vote) -> bool:
    """Tell whether a ballot has a number."""
    with Quiet():
        vote.ballot.round.bit_length()
        return True
    return False  # what is raised is swallowed


def matched(vote: Vote) -> bool:
    """Tell the same by a pattern."""
    match vote.ballot.round:
        case int():
            return True
        case _:
            return False


NOTICED = "guard vote.not_left"
ONE_OF_ITS_KIND = "the handler compares a str with a Name, which is one of its own kind"
A_TEXT = "the handler keeps a str in a set or as a key"
A_CLASS = "the handler looks at __class__ of round of message.vote.ballot"
TYPE = "`type` sees or keeps what is no part of any value"
FOREIGN = "knows what no state, input or field holds"
WAYS: dict[str, tuple[Callable[[Address, Vote], object], str]] = {
    "a process in a set": (lambda source, _: source in {Address("proposer", 2), THIRD}, NOTICED),
    "a process within a tuple in a set": (lambda source, _: (source, 1) in {(Address("proposer", 2), 1), (THIRD, 2)}, NOTICED),
    "a process in a set that was there before": (lambda source, _: source in KNOWN, "KNOWN is a frozenset, which all calls share"),
    "a ballot in a set": (lambda source, vote: vote.ballot in {Ballot(1, source), Ballot(2, source)}, NOTICED),
    "a value in a set": (lambda _, vote: vote.value in {"x", "y"}, A_TEXT),
    "a value as a key": (lambda _, vote: {"x": True}.get(vote.value, False), A_TEXT),
    "the size of a set": (lambda _, vote: len({vote.value, "x"}) == 1, A_TEXT),
    "a vote in a set": (lambda _, vote: vote in {Vote(vote.ballot, "x"), Vote(vote.ballot, "y")}, A_TEXT),
    "a role in a set": (lambda source, _: source.role in {"proposer", "leader"}, "the handler keeps role of sender in a set or as a key"),
    "the class of a number": (lambda _, vote: isinstance(vote.ballot.round, int), A_CLASS),
    "a number that matches": (lambda _, vote: matched(vote), A_CLASS),
    "a number that has methods": (lambda _, vote: isinstance(vote.ballot.round, HasBits), A_CLASS),
    "a number that can be hashed": (lambda _, vote: isinstance(vote.ballot.round, Hashable), A_CLASS),
    "a class that is held": (lambda _, vote: isinstance(vote.ballot.round, Kinds.NUMBER.value), A_CLASS),
    "a number made a text": (lambda _, vote: "".join(map(str, [vote.ballot.round])).isdigit(), "the handler makes text of round of"),
    "a method that is not missed": (lambda _, vote: getattr(vote.ballot.round, "numerator", 0) != 0, "`getattr` sees or keeps"),
    "what is raised is swallowed": (lambda _, vote: quietly(vote), "a handler decides by values, not by what is raised"),
    "equal to everything": (lambda _, vote: vote.ballot == Alike(), NOTICED),
    "different from nothing": (lambda _, vote: not vote.ballot != Alike(), NOTICED),  # noqa: SIM202  # that is the attack
    "equal within": (lambda _, vote: vote == Vote(Alike(), vote.value), NOTICED),  # type: ignore[arg-type]  # that is the attack
    "a text of another class": (lambda _, vote: vote.value == Name("x"), ONE_OF_ITS_KIND),
    "a text of another class first": (lambda _, vote: Name("x") == vote.value, ONE_OF_ITS_KIND),
    "identity with a constant": (lambda _, vote: vote.value is X, "`is` asks which object holds a value"),
    "an alias of type": (lambda _, vote: what(vote.ballot) == Ballot, TYPE),
    "type in a table": (lambda _, vote: next(map(TABLE[0], [vote.ballot])) == Ballot, TYPE),
    "type from around": (lambda _, vote: from_around(vote.ballot), TYPE),
    "type in a class of classes": (lambda _, vote: isinstance(vote.ballot, Real), "the handler asks for the type of a Ballot"),
    "a call that is possible": (lambda _, vote: not callable(vote.ballot), "`callable` sees or keeps"),
    "our own word for the same": (lambda _, vote: same(vote.value, "x"), FOREIGN),
    "our own word for what a value is": (lambda _, vote: likeness(vote.ballot) != vote.ballot, FOREIGN),
    "our own word for a number": (lambda _, vote: is_amount(vote.ballot.round), FOREIGN),
    "fields by attrs": (lambda _, vote: attrs.asdict(vote)["ballot"] != vote.ballot, FOREIGN),
    "whether a proof is under way": (lambda *_: not paths.under_way(), FOREIGN),
    "whether a value is a symbol": (lambda _, vote: domain_of(vote.ballot) is None, FOREIGN),
}


@pytest.mark.parametrize(("asks", "what"), WAYS.values(), ids=WAYS)
def test_an_acceptor_that_votes_in_any_ballot_where_no_symbol_is_is_not_proved(asks: Callable[[Address, Vote], bool], what: str) -> None:
    @frozen
    class VotesAnyway(Acceptor):
        def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
            if isinstance(message, Accept) and asks(source, message.vote):
                voted = message.vote
                told = broadcast((source, *self.learners), Accepted(voted))
                return step(AcceptorView(voted.ballot, voted), Announce(Voted(voted)), *told)
            return super().receive(state, source, message)

    assert what in refuted_by(PAXOS, VotesAnyway)
