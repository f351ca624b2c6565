"""Attacks on proofs of handlers: what a handler does once it knows that it is not being proved. Each was once called proved."""

from __future__ import annotations

import itertools
import os
import random
import time
from pathlib import Path

import pytest
from attrs import field, frozen

from concordant.proofs.consensus.paxos_synod.handlers import PAXOS
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.refimpl.consensus.paxos_synod import Acceptor
from concordant.refimpl.machine import Step
from concordant.spec.consensus.paxos_synod import Accept, AcceptorView, Prepare
from concordant.spec.vocabulary import Address
from tests.attacks.test_proofs import votes_anyway

CALLS = itertools.count()
LATER = 1_000_000


class Unsafe(Acceptor):
    """Votes in whatever ballot, once nobody looks."""

    def unwatched(self) -> bool:
        return False

    def receive(self, state: AcceptorView, source: Address, message: Prepare | Accept) -> Step[AcceptorView]:
        if isinstance(message, Accept) and self.unwatched():
            return votes_anyway(self, source, message.vote)
        return super().receive(state, source, message)


@frozen
class CountsCalls(Unsafe):
    """Counts in its module."""

    def unwatched(self) -> bool:
        return next(CALLS) > LATER


@frozen
class CountsInItsClass(Unsafe):
    """Counts in its class."""

    calls = itertools.count()

    def unwatched(self) -> bool:
        return next(self.calls) > LATER


@frozen
class CountsInADefault(Unsafe):
    """Counts in a default."""

    def unwatched(self, calls: list[int] = []) -> bool:  # noqa: B006  # that is the attack
        calls.append(1)
        return len(calls) > LATER


@frozen
class CountsInAField(Unsafe):
    """Counts in a field of the process, which each path of the proof makes anew."""

    calls: list[int] = field(factory=list)

    def unwatched(self) -> bool:
        self.calls.append(1)
        return len(self.calls) > LATER


def _around() -> type[Unsafe]:
    calls: list[int] = []

    @frozen
    class CountsAround(Unsafe):
        """Counts in what is around it."""

        def unwatched(self) -> bool:
            calls.append(1)
            return len(calls) > LATER

    return CountsAround


@frozen
class HasAKnob(Unsafe):
    """Has a field that the proof leaves as it is."""

    careful: bool = True

    def unwatched(self) -> bool:
        return not self.careful


@frozen
class LooksAtTheClock(Unsafe):
    """Is careful until 2096."""

    def unwatched(self) -> bool:
        return time.time() > 4e9


@frozen
class LooksAround(Unsafe):
    """Is careful where it is tested."""

    def unwatched(self) -> bool:
        return "PRODUCTION" in os.environ


@frozen
class ThrowsDice(Unsafe):
    """Is careful most of the time."""

    def unwatched(self) -> bool:
        return random.random() < 1e-9  # noqa: S311  # that is the attack


@frozen
class LeavesATrace(Unsafe):
    """Looks whether there is a file."""

    def unwatched(self) -> bool:
        return Path("/nowhere").exists()


@frozen
class HasNoLearner(Unsafe):
    """Is careful with the one learner that a proof gives it."""

    def unwatched(self) -> bool:
        return len(self.learners) != 1


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (CountsCalls, "CALLS is a count, which all calls share; keep what is remembered in the state"),
        (CountsInItsClass, "calls is a count, which all calls share; keep what is remembered in the state"),
        (CountsInADefault, "calls is a list, which all calls share; keep what is remembered in the state"),
        (CountsInAField, "calls is a list, which all calls share; keep what is remembered in the state"),
        (_around(), "calls is a list, which all calls share; keep what is remembered in the state"),
        (HasAKnob, "careful is no field of Acceptor, and would be run as True only"),
        (LooksAtTheClock, "`time` of time knows what no state, input or field holds, on which no protocol may depend"),
        (LooksAround, "`environ` of os knows what no state, input or field holds, on which no protocol may depend"),
        (ThrowsDice, "`random` of random knows what no state, input or field holds, on which no protocol may depend"),
        (LeavesATrace, "`Path` of pathlib knows what no state, input or field holds, on which no protocol may depend"),
        (HasNoLearner, "guard vote.not_left"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_a_handler_that_is_unsafe_once_nobody_looks_is_not_proved(kind: type[Acceptor], what: str) -> None:
    assert refuted_by(PAXOS, kind).rpartition(": ")[2] == what
