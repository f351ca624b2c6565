"""Families of rules as values: the profiles on which rules of one kind are judged, and what an agent in them may do and wants."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Concatenate, Generic, ParamSpec, TypeVar

from attrs import Factory, field, frozen

from concordant.spec.vocabulary.draws import Draw
from concordant.spec.vocabulary.mechanisms import ForAll, Relates, truthful
from concordant.spec.vocabulary.values import Amount

A = TypeVar("A")
P = TypeVar("P")
R = TypeVar("R")
S = ParamSpec("S")
M = ParamSpec("M")


@frozen(eq=False)
class Domain(Generic[P, A, R, S, M]):
    """What rules of one kind have in common, whichever of them is judged.

    `profiles` draws a profile of sizes to be given; `malformed` one with a flaw. `rejection`: the clause that says which
    profiles are refused. `agents`, `misreport` and `utility` are those of `truthful`, the clause that is made of them.
    """

    profiles: Callable[Concatenate[Draw, S], P]
    malformed: Callable[Concatenate[Draw, M], P]
    rejection: ForAll[P, R]
    agents: Callable[[P], Iterable[A]]
    misreport: Callable[[P, A, Draw], P]
    utility: Callable[[P, A, R], Amount]
    truthful: Relates[P, R] = field(
        init=False, default=Factory(lambda self: truthful(self.agents, self.misreport, self.utility), takes_self=True)
    )
