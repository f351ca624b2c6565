"""JSON of values: written as its type says, and read so; what is not exactly of its type is refused with a sentence."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from attrs import frozen

from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.codec.names import Names, names_in, names_of
from concordant.checks.codec.scalars import CannotDecode, CannotEncode
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol
from concordant.spec.consensus import paxos_synod as paxos
from concordant.spec.consensus.paxos_synod import Accept, Accepted, AcceptorView, Ballot, History, Nack, Promise, Vote
from concordant.spec.vocabulary import Address, Amount, Bag, Map

MESSAGES = Promise | Accepted | Nack
PROMISE = {"ballot": {"round": 1, "proposer": "proposer0"}, "vote": None}
CODEC = codec_of(protocol("paxos_synod"))


def test_a_message_has_a_tag_only_where_its_type_leaves_a_choice() -> None:
    promise = Promise(Ballot(1, Address("proposer")), None)

    assert CODEC.encode(promise, Promise) == PROMISE
    assert CODEC.encode(promise, MESSAGES) == CODEC.encode(promise) == {"type": "Promise", **PROMISE}
    assert CODEC.decode({"type": "Promise", **PROMISE}, MESSAGES) == CODEC.decode(PROMISE, Promise) == promise


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({**PROMISE, "ballot": {"round": "1", "proposer": "proposer0"}}, "'1' is no int"),
        ({**PROMISE, "ballot": {"round": True, "proposer": "proposer0"}}, "True is no int"),
        ({**PROMISE, "ballot": {"round": 1.0, "proposer": "proposer0"}}, "1.0 is no int"),
        (
            {**PROMISE, "ballot": {"round": 1, "proposer": "proposer"}},
            "'proposer' is no address; write role and number, such as 'acceptor2'",
        ),
        ({**PROMISE, "ballot": {"round": 1, "proposer": "proposer01"}}, "'proposer01' is no address"),
        ({**PROMISE, "ballot": None}, "None is no record; write an object with round, proposer"),
        ({"ballot": PROMISE["ballot"]}, "['ballot'] are not the fields of Promise: ballot, vote"),
        ({**PROMISE, "more": 1}, "['ballot', 'more', 'vote'] are not the fields of Promise: ballot, vote"),
        ({**PROMISE, "vote": []}, "[] is none of Vote, NoneType"),
        ([], "[] is no record"),
    ],
)
def test_what_is_not_exactly_of_its_type_is_refused(value: Any, said: str) -> None:
    with pytest.raises(CannotDecode) as refused:
        CODEC.decode(value, Promise)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("Promised", "no class is named 'Promised'"),
        (None, "no class is named None"),
        ("Ballot", "type 'Ballot' is none of Promise, Accepted, Nack"),
    ],
)
def test_a_tag_that_names_none_of_the_choices_is_refused(tag: Any, said: str) -> None:
    with pytest.raises(CannotDecode, match=said):
        CODEC.decode({"type": tag, **PROMISE}, MESSAGES)


def test_the_schema_of_a_type_accepts_what_is_written() -> None:
    vote = Vote(Ballot(2, Address("proposer", 1)), "x")
    history = History(2, votes=frozenset({(Address("acceptor"), vote)}))

    for kind, value in ((MESSAGES, Accepted(vote)), (AcceptorView, AcceptorView(vote.ballot, vote)), (History, history)):
        jsonschema.validate(CODEC.encode(value, kind), CODEC.schema(kind))
    refused: list[Any] = [
        CODEC.encode(Accept(vote), Accept),
        {**PROMISE, "vote": []},
        {"ballot": PROMISE["ballot"]},
        {**PROMISE, "more": 1},
        [],
    ]
    for wrong in refused:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, CODEC.schema(Promise))


class Colour(Enum):
    DARK_RED = 1


@frozen(order=True)
class Key:
    number: int


@frozen
class All:
    amount: Amount
    colour: Colour
    pair: tuple[int, str]
    many: tuple[Fraction, ...]
    some: frozenset[Address]
    by_name: Map[str, int]
    by_key: Map[Key, bool]
    bag: Bag[int]
    anything: object


ALL = All(
    Fraction(3, 4),
    Colour.DARK_RED,
    (1, "x"),
    (Fraction(2),),
    frozenset({Address("b"), Address("a", 1)}),
    Map.of({"y": 2, "x": 1}),
    Map.of({Key(1): True}),
    Bag.of((2, 1)),
    (None, Colour.DARK_RED, Address("a"), Fraction(1, 2), frozenset({1}), Map.of({Key(2): Bag.of("a")})),
)
WRITTEN = {
    "amount": "3/4",
    "colour": "dark_red",
    "pair": [1, "x"],
    "many": ["2/1"],
    "some": ["a1", "b0"],
    "by_name": {"x": 1, "y": 2},
    "by_key": [[{"number": 1}, True]],
    "bag": [1, 2],
    "anything": {
        "type": "tuple",
        "elements": [
            None,
            {"type": "Colour", "value": "dark_red"},
            {"type": "Address", "value": "a0"},
            {"type": "Fraction", "value": "1/2"},
            {"type": "frozenset", "elements": [1]},
            {"type": "Map", "pairs": [[{"type": "Key", "number": 2}, {"type": "Bag", "elements": ["a"]}]]},
        ],
    },
}


def of_this_module() -> Codec:
    return Codec(Names({kind.__name__: kind for kind in (Colour, Key, All)}))


def test_every_kind_of_value_is_written_in_one_way() -> None:
    codec = of_this_module()

    assert codec.encode(ALL, All) == WRITTEN
    assert codec.decode(WRITTEN, All) == ALL
    jsonschema.validate(WRITTEN, codec.schema(All))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "6/8"),
        ("amount", 0.75),
        ("amount", True),
        ("colour", "DARK_RED"),
        ("colour", 1),
        ("pair", [1]),
        ("pair", [1, "x", 2]),
        ("many", "2/1"),
        ("many", [2]),
        ("by_name", [["x", 1]]),
        ("by_key", {"1": True}),
        ("anything", [1]),
        ("anything", 0.5),
        ("anything", {"value": 1}),
    ],
)
def test_no_kind_of_value_is_coerced(field: str, value: Any) -> None:
    with pytest.raises(CannotDecode):
        of_this_module().decode({**WRITTEN, field: value}, All)


def test_classes_of_one_name_are_told_apart_by_their_stems() -> None:
    names = names_of(protocol("sealed_bid_auction"))

    assert len(set(names.kinds.values())) == len(names.kinds)
    assert [names.kind(names.name(kind)) for kind in names.kinds.values()] == list(names.kinds.values())


def test_what_belongs_to_no_module_of_the_protocol_is_refused() -> None:
    with pytest.raises(Misuse, match=r"class .*Colour is none of this protocol; declare it in one of its modules"):
        Codec(names_in([paxos])).encode(Colour.DARK_RED)
    with pytest.raises(Misuse, match="a role is made of letters and underscores"):
        of_this_module().encode(Address("tier2", 1))
    with pytest.raises(CannotEncode, match=r"0\.5 of class float may not be in a value of a protocol"):
        of_this_module().encode((0.5,))


def test_another_protocol_beside_which_a_pitfall_stands_takes_no_name_from_ours() -> None:
    """Retries over a barrier have a `TimeOut`, too: an adapter of the barrier tells its own as before."""
    names = codec_of(protocol("barrier")).names

    assert {name: kind.__module__ for name, kind in names.kinds.items() if name.endswith("TimeOut")} == {
        "TimeOut": "concordant.spec.synchronization.barrier",
        "HasNoTimeOut": "concordant.pitfalls.synchronization.barrier.slips",
        "retry_recovery.TimeOut": "concordant.spec.recovery.retry_recovery",
    }
