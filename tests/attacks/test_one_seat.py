"""Handlers that take a step as if nobody else had done anything: at their start, and when they come up again. Each was once called proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, ClassVar, Never

import pytest
import z3
from attrs import frozen

from concordant.proofs.kernel.meaning import WHO, Meaning, Role, Said, Taken, naming, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, add, exists, forall
from concordant.proofs.kernel.obligations import failures
from concordant.proofs.kernel.role_theorems import quantifiers, refuted_by
from concordant.refimpl.machine import AnyProcess, Handled, Process, Step, step
from concordant.spec.vocabulary import Address, Announce


@frozen
class Sat:
    """Somebody has sat down."""


@frozen
class Standing:
    """Does not sit."""


@frozen
class Sitting:
    """Sits on the one seat there is."""


class Rise(Enum):
    """A sitter may rise at any time."""

    NOW = "now"


def seat() -> Model:
    """One seat, on which one sits at a time."""
    m = Model("seat")
    person = m.sort("Person")
    m.relation("sits", person)
    m.action(
        "sit",
        "Somebody sits down.",
        lambda s, p: {"is_free": z3.Not(exists(person, lambda q: s.sits(q)))},  # noqa: ARG005  # guards take the parameters
        lambda s, p: {"sits": add(s.sits, p)},
        p=person,
    )
    m.action(
        "rise", "Somebody rises.", lambda s, p: {"sits": s.sits(p)}, lambda s, p: {"sits": lambda q: z3.And(s.sits(q), q != p)}, p=person
    )
    m.invariant("one", "At most one sits.", lambda s: forall(person, person, lambda p, q: z3.Implies(z3.And(s.sits(p), s.sits(q)), p == q)))
    return m


SEAT = seat()
person_of = naming(SEAT.sorts["Person"])


@frozen
class Sitter(Process[Standing | Sitting, Never, Never, Rise]):
    """Never sits down, since it cannot know whether somebody sits."""

    def start(self) -> Step[Standing | Sitting]:
        return step(Standing())

    def armed(self, state: Standing | Sitting) -> tuple[Rise, ...]:
        return (Rise.NOW,) if isinstance(state, Sitting) else ()

    def fire(self, state: Standing | Sitting, trigger: Rise) -> Step[Standing | Sitting]:  # noqa: ARG002
        return step(Standing())

    def survives(self, state: Standing | Sitting) -> tuple[Standing | Sitting, ...]:  # noqa: ARG002
        return (Standing(),)

    def recover(self, state: Standing | Sitting) -> Step[Standing | Sitting]:
        return step(state)

    def view(self, state: Standing | Sitting) -> bool:
        return isinstance(state, Sitting)


@frozen
class Invite:
    """Somebody asks to sit with others, so many of them in all."""

    guests: tuple[Address, ...]
    chairs: int


@frozen
class Host(Sitter, Process[Standing | Sitting, Never, Invite, Rise]):
    """Takes no notice of whom it is asked to invite."""


@frozen
class SitsAtOnce(Sitter):
    """Sits down first of all, as if nobody else did."""

    def start(self) -> Step[Standing | Sitting]:
        return step(Sitting(), Announce(Sat()))


@frozen
class SitsDownAgain(Sitter):
    """Sits down again when it is up, as if nobody had meanwhile; it rose when it crashed, and so at that moment the seat is free."""

    def recover(self, state: Standing | Sitting) -> Step[Standing | Sitting]:  # noqa: ARG002
        return step(Sitting(), Announce(Sat()))


@frozen
class SitsDownAgainIfItSat(SitsDownAgain):
    """The same where it sat."""

    def survives(self, state: Standing | Sitting) -> tuple[Standing | Sitting, ...]:
        return (state,)

    def recover(self, state: Standing | Sitting) -> Step[Standing | Sitting]:
        return super().recover(state) if isinstance(state, Sitting) else step(state)


@frozen
class LeavesNothing(Sitter):
    """Leaves no state in a crash, after which anything might be proved."""

    def survives(self, state: Standing | Sitting) -> tuple[Standing | Sitting, ...]:
        return () if isinstance(state, Sitting) else (state,)


class Seats(Meaning):
    """Sitters are the model's persons."""

    stem = "seat"
    domains = ()
    said = Sat
    background: ClassVar = {
        "no two are one person": forall(WHO.sort, WHO.sort, lambda x, y: z3.Implies(person_of(x) == person_of(y), x == y))
    }
    roles = (Role(Sitter, lambda kind, me, cast: kind(), ("sit", "rise")),)  # noqa: ARG005

    def make_model(self) -> Model:
        return SEAT

    def state(self, s: State, me: Address, state: Any) -> Said:
        sits = s.sits(person_of(who(me)))
        match state:
            case Sitting():
                return {"it sits": sits}
            case Standing():
                return {"it does not sit": z3.Not(sits)}
            case _:
                return unknown(state)

    def survivor(self, s: State, me: Address, state: Any) -> Said:  # noqa: ARG002
        return {"it does not sit": z3.Not(s.sits(person_of(who(me))))}

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # noqa: ARG002
        return None

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:  # noqa: ARG002
        return {"it sits": s.sits(person_of(who(me)))}

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Any) -> Iterator[Taken]:  # noqa: ARG002
        p = {"p": person_of(who(me))}
        if isinstance(before, Sitting) and (move is None or isinstance(after.state, Standing)):
            yield "rise", p
        if any(isinstance(effect, Announce) for effect in after.effects):
            yield "sit", p

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:  # noqa: ARG002
        return arguments["p"] == person_of(process)


def test_the_model_of_one_seat_is_right_and_so_is_who_never_sits_down() -> None:
    assert list(failures(SEAT)) == []
    assert refuted_by(Seats(), Sitter) == "nothing"


@pytest.mark.parametrize(
    ("kind", "by"),
    [
        (SitsAtOnce, "it takes sit at its start, as if no other had, whose start may come first"),
        (SitsDownAgain, "guard sit.is_free"),
        (SitsDownAgainIfItSat, "guard sit.is_free"),
        (LeavesNothing, "a crash leaves nothing, and must leave some state"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_sits_down_as_if_nobody_else_had_is_refuted(kind: type[AnyProcess], by: str) -> None:
    assert refuted_by(Seats(), kind) == by


def test_a_handler_that_is_run_with_few_of_those_whom_a_user_may_name_says_so() -> None:
    host = Role(Host, lambda kind, me, cast: kind(), ("rise",), sizes=lambda _: {"Invite.guests": 1}, few=lambda _: range(2))  # noqa: ARG005

    assert quantifiers(Seats(), host, host.casts).endswith(
        "; of Invite.guests at most 1; Invite.chairs from 0 to 1; given that no two are one person"
    )
