"""Pitfalls, plausible mistakes that the checks must refute; `KnownViolation`, truths about a subject; `Unmodelled`, neither of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias

from attrs import Factory, field, frozen

from concordant.refimpl.machine.layers import plain
from concordant.refimpl.machine.mechanisms import Mechanism
from concordant.refimpl.machine.moves import Move
from concordant.refimpl.machine.system import System
from concordant.spec.vocabulary import AlwaysPossible, Clause, Eventually, InfinitelyOften, Sometimes

Subject: TypeAlias = System[Any] | Mechanism[Any, Any]


@frozen(eq=False)
class Pitfall:
    """A mistake made on purpose, and the clause that it breaks.

    `id`: the catalogue's defect (`PAX-1`, a variant `PAX-1/strict`) or our own `stem.ClassName`. `mistake`: what is done
    wrong, in a sentence. `length`: moves of the shortest counterexample, users' requests included; of a mechanism, draws of
    the smallest one.
    `quick`: refuted in about a second, so that `concordant check` does it every time; the others wait for `refute`.
    `raises`: the mistake of a rule is that it raises an error. Otherwise one that does refutes nothing: it breaks every clause.
    Of a stack, `breaks` may be the clause of a layer, as its spec has it.
    A `schedule` directs the search: one pattern of a move per depth; the length is then the schedule's, not claimed
    shortest, and `correct`, the system without the mistake, runs the same schedule: it gets stuck at move
    `correct_stops_at` (counted from 1), or ends clean where that is None.
    """

    id: str
    mistake: str
    breaks: Clause
    subject: Subject
    length: int
    quick: bool = field(default=True, kw_only=True)
    raises: bool = field(default=False, kw_only=True)
    schedule: tuple[Any, ...] = field(default=(), kw_only=True)
    correct: System[Any] | None = field(default=None, kw_only=True)
    correct_stops_at: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _require_subject(self.subject, f"pitfall {self.id}")
        if isinstance(self.subject, System) and self.breaks not in self.subject.promises:
            lifted = next((clause for clause in self.subject.promises if plain(clause) == self.breaks), self.breaks)
            object.__setattr__(self, "breaks", lifted)
        if self.breaks not in self.subject.promises:
            raise ValueError(f"pitfall {self.id} breaks {self.breaks.id}, which its subject does not promise; add the clause to promises")
        if isinstance(self.breaks, Sometimes):
            raise ValueError(
                f"pitfall {self.id} breaks {self.breaks.id}: no run shows that something is never reached; break a clause that says what is"
            )
        if self.schedule and isinstance(self.breaks, Eventually | InfinitelyOften | AlwaysPossible):
            raise ValueError(
                f"pitfall {self.id} has a schedule, which does not show what {self.breaks.id} says of all that follows; leave it out"
            )
        if self.schedule and self.length != len(self.schedule):
            raise ValueError(f"pitfall {self.id}: length {self.length} of a schedule of {len(self.schedule)} moves; they are equal")
        if self.schedule and self.correct is None:
            raise ValueError(f"pitfall {self.id} has a schedule; give the system without the mistake as correct=…")

    @property
    def stem(self) -> str:
        """The protocol to which it belongs."""
        return self.breaks.stem

    @property
    def system(self) -> System[Any]:
        """The system that is wrong; a TypeError where the subject is a mechanism."""
        return _system(self.subject, self.id)


@frozen(eq=False)
class KnownViolation:
    """A clause that a subject is known not to keep: a truth about it, replayed each time. Two-phase commit blocks.

    `witness`: the moves that lead a system to the failing case, or the draws `{name: value}` that show it of a rule. One
    that does not show it is an error. `id`: the catalogue's (`FPA-7`, a variant `FPA-7/forward`), by default that of the clause.
    """

    clause: Clause
    why: str
    subject: Subject
    witness: tuple[Move, ...] | Mapping[str, object]
    id: str = field(default=Factory(lambda self: self.clause.id, takes_self=True), kw_only=True)

    def __attrs_post_init__(self) -> None:
        _require_subject(self.subject, f"known violation {self.id}")
        if isinstance(self.clause, Sometimes):
            raise ValueError(
                f"{self.clause.id} fails: no run shows that something is never reached; promise it where it is, and elsewhere that it never is"
            )

    @property
    def system(self) -> System[Any]:
        """The system that it is about; a TypeError where the subject is a mechanism."""
        return _system(self.subject, self.clause.id)


def _require_subject(subject: object, whose: str) -> None:
    if not isinstance(subject, System | Mechanism):
        given = getattr(subject, "__name__", repr(subject))
        raise TypeError(f"{whose}: {given} is neither a system nor a rule's mechanism; give one, such as system(Careless())")


def _system(subject: Subject, name: str) -> System[Any]:
    if isinstance(subject, System):
        return subject
    raise TypeError(f"{name} is about a mechanism, which has no states; judge it on its profiles")


class Reason(Enum):
    """Why a defect of the catalogue is no pitfall. There are no other reasons."""

    NO_CODE = "the documents name it and hold no code of it"
    IMPOSSIBLE = "its type rules it out"
    SPEED = "it is about speed only"
    SAME = "it is another one's"


@frozen(eq=False)
class Unmodelled:
    """A defect of the catalogue that is neither a pitfall nor a `KnownViolation`, beside those of its stem.

    `why`: what that means here, in a sentence. `same`: of `Reason.SAME`, and of nothing else, the id of the pitfall that it is.
    What `Reason.IMPOSSIBLE` says has a test in which mypy refuses it.
    """

    id: str
    reason: Reason
    why: str
    same: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if bool(self.same) != (self.reason is Reason.SAME):
            raise ValueError(f"{self.id}: same={self.same!r} with {self.reason}; name the other id with Reason.SAME, and only then")
