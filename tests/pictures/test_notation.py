"""What a newcomer could not read in values is explained once, below the picture."""

from __future__ import annotations

from attrs import frozen

from concordant.checks.pictures.notation import notation_lines
from concordant.refimpl.machine import Receive
from concordant.spec.consensus.paxos_synod import Accept, Ballot, Prepare, Promise, Vote
from concordant.spec.vocabulary import Address, Map

ONE, OTHER = Address("proposer"), Address("proposer", 1)
FIRST, SECOND = Ballot(1, ONE), Ballot(2, OTHER)


@frozen
class Held:
    held: bool


def test_a_ballot_is_explained_the_first_time_and_no_other_after_it() -> None:
    shown = (Receive(Address("acceptor"), ONE, Prepare(FIRST)), Prepare(SECOND))

    assert list(notation_lines(shown, 80)) == ["1.proposer0: the ballot of round 1 of proposer0"]


def test_fields_are_named_where_there_are_several_or_the_one_is_a_yes_or_a_number() -> None:
    assert list(notation_lines((Accept(Vote(FIRST, "x")), Held(held=True)), 80))[1:] == ["fields: Vote(ballot, value), Held(held)"]
    assert list(notation_lines((Held(held=True), Map.of({ONE: Held(held=False)})), 80)) == ["fields: Held(held)"]


def test_sets_are_read_in_order_and_a_line_ends_between_two_records_only() -> None:
    shown = frozenset({Promise(SECOND, None), Vote(FIRST, "x")})

    assert list(notation_lines(shown, 30))[1:] == ["fields: Promise(ballot, vote),", "  Vote(ballot, value)"]


def test_what_has_no_records_needs_no_explanation() -> None:
    assert list(notation_lines((ONE, "x", 1, None, (True,)), 80)) == []
