"""Inputs with which handlers were not run, though their theorems said that all were: what was wrong there was called proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Never

import pytest
import z3
from attrs import evolve, frozen

from concordant.proofs.kernel.meaning import Role, Said, Taken, who
from concordant.proofs.kernel.models import State
from concordant.proofs.kernel.role_theorems import quantifiers, refuted_by
from concordant.proofs.memory.dsm_eventual.meaning import Memories
from concordant.proofs.voting.unanimous_consent.meaning import Unanimity
from concordant.refimpl.machine import AnyProcess, Handled, Process, Step, step
from concordant.refimpl.memory.dsm_eventual import Replica
from concordant.spec.vocabulary import Address, Announce, Send
from tests.attacks.test_one_seat import Host, Invite, Rise, Sat, Seats, Sitter, Sitting, Standing, person_of

SITS = step(Sitting(), Announce(Sat()))
"""What is wrong, since another may sit."""


def _seats(*kinds: type[AnyProcess], sizes: Iterable[dict[str, int]] = (), few: int = 2, **others: Any) -> type[Seats]:
    """Return the meaning of roles that never sit down, each with so many entries of fields, and numbers below a few."""
    of = dict(zip(kinds, sizes, strict=False))

    def role(kind: type[AnyProcess]) -> Role:
        return Role(kind, lambda made, me, cast: made(), ("rise",), sizes=lambda _: of.get(kind, {}), few=lambda _: range(few), **others)  # noqa: ARG005

    return type("OfThese", (Seats,), {"roles": tuple(map(role, kinds))})


# ---- of users


@frozen
class SitsIfAGuestIsNamedTwice(Host):
    """Sits down, whoever sits, where it is asked to invite somebody twice."""

    def request(self, state: Standing | Sitting, user: Address, request: Invite) -> Step[Standing | Sitting]:  # noqa: ARG002
        one, *others = request.guests or (None,)
        return SITS if one in others else step(state)


def test_a_user_may_name_somebody_twice() -> None:
    """What stands in a tuple was always different, also where nobody but a user makes it so."""
    seats = _seats(SitsIfAGuestIsNamedTwice, sizes=[{"Invite.guests": 2}])()

    assert refuted_by(seats, SitsIfAGuestIsNamedTwice) == "guard sit.is_free"


@frozen
class Pair:
    """Somebody asks for two things of different kinds."""

    both: tuple[Address, int]


@frozen
class Pairing(Sitter, Process[Standing | Sitting, Never, Pair, Rise]):
    """Sits down, whoever sits, where the second is what it is to be."""

    def request(self, state: Standing | Sitting, user: Address, request: Pair) -> Step[Standing | Sitting]:  # noqa: ARG002
        return SITS if len(request.both) == 2 and request.both[1] == 1 else step(state)


def test_a_tuple_of_which_each_place_has_a_type_of_its_own_is_not_taken_for_one_of_many_of_the_first() -> None:
    refuted = refuted_by(_seats(Pairing, sizes=[{"Pair.both": 2}])(), Pairing)

    assert "Pair.both is of type" in refuted
    assert "for which the proof has no symbols: let a record hold what stands at each place" in refuted


# ---- of what is armed


@frozen
class Later:
    """It may rise, after so many times."""

    times: int


@frozen
class ArmsWhatIsNotRun(Sitter, Process[Standing | Sitting, Never, Never, Later]):
    """Sits down, whoever sits, at a trigger with a larger number than those with which it is run."""

    def armed(self, state: Standing | Sitting) -> tuple[Later, ...]:  # type: ignore[override]  # noqa: ARG002
        return Later(1), Later(7)

    def fire(self, state: Standing | Sitting, trigger: Later) -> Step[Standing | Sitting]:  # type: ignore[override]
        return SITS if trigger == Later(7) else step(state)


@frozen
class ArmsWhatIsNone(Sitter, Process[Standing | Sitting, Never, Never, Later]):
    """Sits down, whoever sits, at a trigger that is none of its own."""

    def armed(self, state: Standing | Sitting) -> tuple[Any, ...]:  # noqa: ARG002
        return Later(1), Rise.NOW

    def fire(self, state: Standing | Sitting, trigger: Any) -> Step[Standing | Sitting]:
        return SITS if trigger is Rise.NOW else step(state)


@frozen
class ArmsThoughItHasNone(Sitter, Process[Standing | Sitting, Never, Never, Never]):
    """Says that nothing is ever armed, and sits down, whoever sits, at what is."""

    def fire(self, state: Standing | Sitting, trigger: Any) -> Step[Standing | Sitting]:  # noqa: ARG002
        return SITS


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (ArmsWhatIsNotRun, "Later.times is 7, which is none of the shapes that were run"),
        (ArmsWhatIsNone, "what it arms is <Rise.NOW: 'now'>, which is none of the shapes that were run"),
        (ArmsThoughItHasNone, "ArmsThoughItHasNone has no triggers, and so what it arms would not be run"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_whatever_is_armed_is_run(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(_seats(kind)(), kind) == by


# ---- of what is sent and said


@frozen
class Seating:
    """Guests are told with whom they sit."""

    guests: tuple[Address, ...]


@frozen
class Caller(Sitter, Process[Standing | Sitting, Never, Invite, Rise]):
    """Tells whoever asks whom it invites."""

    def request(self, state: Standing | Sitting, user: Address, request: Invite) -> Step[Standing | Sitting]:
        return step(state, Send(user, Seating(request.guests[:1] if request.chairs else ())))


@frozen
class CallsTwo(Caller):
    """The same, of one guest more."""

    def request(self, state: Standing | Sitting, user: Address, request: Invite) -> Step[Standing | Sitting]:
        both = (request.guests[0], user) if request.guests and request.guests[0] != user else ()
        return step(state, Send(user, Seating(both)))


@frozen
class Guest(Sitter, Process[Standing | Sitting, Seating, Never, Rise]):
    """Sits down, whoever sits, where two are invited."""

    def receive(self, state: Standing | Sitting, source: Address, message: Seating) -> Step[Standing | Sitting]:  # noqa: ARG002
        return SITS if len(message.guests) > 1 else step(state)


class Called(Seats):
    """What guests are told says nothing of who sits."""

    roles: Any = _seats(Caller, Guest, sizes=[{"Invite.guests": 1, "Seating.guests": 2}, {"Seating.guests": 1}]).roles

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # noqa: ARG002
        return {}


def test_who_hears_a_message_is_run_with_as_much_as_who_sends_it_may_say() -> None:
    """Each role was run with messages as large as its own sizes tell, and those of the sender were not asked."""
    caller, guest = Called.roles

    assert refuted_by(Called(), Caller) == "nothing"
    assert refuted_by(Called(), Guest) == "nothing"  # it hears of one guest at most, as its theorem is about a Caller
    assert "with which who hears it was not run" in refuted_by(Called(), CallsTwo)
    assert guest.kind is Guest
    assert caller.kind is Caller


@frozen
class Met:
    """Some have met, and all but the first do not sit."""

    guests: tuple[Address, ...]


@frozen
class Announcing(Host):
    """Announces that it meets whoever asks, and does not sit, as it did not then."""

    me: Address

    def request(self, state: Standing | Sitting, user: Address, request: Invite) -> Step[Standing | Sitting]:  # noqa: ARG002
        return step(state, Announce(Met((user, self.me)))) if isinstance(state, Standing) else step(state)


class OfThoseWhoMet(Seats):
    """That nobody sits who met another does not stay true; of meetings of one nothing is said."""

    said: Any = Sat | Met
    roles: Any = tuple(
        evolve(each, make=lambda kind, me, cast: kind(me))  # noqa: ARG005
        for each in _seats(Announcing, sizes=[{"Invite.guests": 1, "Met.guests": 1}]).roles
    )

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        if not isinstance(what, Met):
            return super().saying(s, me, what, asked)
        return {"they do not sit": z3.And([z3.Not(s.sits(person_of(who(each)))) for each in what.guests[1:]])}

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Any) -> Iterator[Taken]:
        told = step(after.state, *(effect for effect in after.effects if effect == Announce(Sat())))
        return super().steps(me, before, move, told, cast)


def test_what_is_announced_is_no_larger_than_what_is_proved_to_stay_true() -> None:
    assert "which is none of the shapes that were run" in refuted_by(OfThoseWhoMet(), Announcing)


# ---- what is printed


def test_a_theorem_says_whose_messages_are_supposed_to_be_true() -> None:
    """A role, or who may lie, could be left out, and the text told of any sender all the same."""

    class NobodyLies(Unanimity):
        lies = Seats.lies

    class OfElectorsAlone(Unanimity):
        roles: Any = Unanimity.roles[1:]

    elector = Unanimity.roles[1]
    texts = [quantifiers(meaning, elector, elector.casts) for meaning in (Unanimity(), NobodyLies(), OfElectorsAlone())]

    assert [text.split("; ")[3] for text in texts] == [
        "any sender that is a shipped Coordinator or Elector, or lies",
        "any sender that is a shipped Coordinator or Elector",
        "any sender that is a shipped Elector, or lies",
    ]


def test_with_how_large_messages_of_liars_a_handler_is_run_its_theorem_says() -> None:
    class Lying(Called):
        def lies(self, process: Any) -> Any:  # noqa: ARG002
            return z3.BoolVal(True)

    guest = Called.roles[1]

    assert "of Seating.guests at most 1" in quantifiers(Lying(), guest, guest.casts)
    assert "Seating.guests" not in quantifiers(Called(), guest, guest.casts)


def test_a_rule_that_is_run_in_fewer_states_than_a_handler_leaves_says_so() -> None:
    """How large states are in which a rule is applied, was said of fields alone that grow."""
    host = evolve(
        _seats(Host, sizes=[{"Invite.guests": 2}]).roles[0], rules=("survives",), applied=lambda _cast, _rule: {"Invite.guests": 1}
    )

    assert "; as long as Invite.guests has at most 2, or 1 where it does survives" in quantifiers(Seats(), host, host.casts)


def test_what_is_supposed_on_the_way_and_not_printed_is_not_supposed() -> None:
    class Silent(Memories):
        supposes: ClassVar[Any] = ()

    assert "which its theorems do not print: list it in `supposes` of its meaning" in refuted_by(Silent(), Replica)
