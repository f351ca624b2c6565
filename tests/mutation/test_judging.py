"""What notices a mutant."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from concordant.checks.exploration.scope import Scope
from concordant.checks.mutation.judging import Originals, judge
from concordant.checks.mutation.mutants import mutants_of
from concordant.checks.mutation.records import By, Record
from concordant.checks.registry import Protocol
from concordant.refimpl.machine import System
from concordant.spec.vocabulary import Address, Cases, Fair, Fault, Faults, Network, Seen, Send, case, eventually, on_event, sometimes
from tests.mutation import toys

TOYS = Protocol.of_modules("toys", toys)


@sometimes
def never(seen: Seen[object]) -> Cases:  # noqa: ARG001  # whatever is seen
    """Something happens that never does."""
    yield case(False)


@pytest.fixture(scope="module")
def judged() -> Callable[[str], Record]:
    mutants, scopes = {mutant.name: mutant for mutant in mutants_of(TOYS)}, Originals(TOYS)
    return lambda name: judge(mutants[name], scopes, TOYS)


def record(name: str, by: By, what: str = "") -> Record:
    return Record("toys", name, by, what)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Receiver.receive: Announce(Heard(message.number)) → dropped", "toys.done_is_heard"),
        ("Sender.armed: isinstance(state, Waiting) → False", "toys.nobody_waits"),
        ("Receiver.receive: Send(source, Pong(message.number)) → dropped", "toys.done_is_heard (no longer exercised)"),
    ],
)
def test_a_clause_notices_what_violates_it_and_what_leaves_it_without_a_case(name: str, what: str, judged: Callable[[str], Record]) -> None:
    assert judged(name) == record(name, By.CLAUSE, what)


def test_what_breaks_a_rule_of_processes_is_noticed_and_told_apart(judged: Callable[[str], Record]) -> None:
    name = "Sender.receive: isinstance(state, Idle) or state.number != message.number → False"

    assert judged(name) == record(name, By.BROKEN, "BrokenProcess in one")


def test_what_only_changes_the_number_of_states_is_noticed_by_counts_alone(judged: Callable[[str], Record]) -> None:
    name = "Sender.request: Send(self.peer, Ping(request.number)) → dropped"

    assert judged(name) == record(name, By.COUNTS, "one")


def test_an_answer_that_no_clause_reads_is_noticed_by_nothing(judged: Callable[[str], Record]) -> None:
    name = "Sender.receive: Done(message.number) → Rejected"

    assert judged(name) == record(name, By.NOTHING)


def test_a_guard_that_the_scope_never_asks_cannot_be_told_apart(judged: Callable[[str], Record]) -> None:
    name = "Sender.request: isinstance(state, Waiting) → False"

    assert judged(name) == record(name, By.SAME)


def test_what_no_scope_reaches_as_it_is_notices_no_mutant() -> None:
    module = ModuleType(toys.__name__)
    vars(module)["SCOPES"] = (Scope("unreached", "something is promised that never happens", evolve(toys.system(), promises=(never,))),)
    other = Protocol.of_modules("toys", module)
    (mutant,) = (mutant for mutant in mutants_of(other) if mutant.name == "Sender.receive: Done(message.number) → Rejected")

    assert judge(mutant, Originals(other), other).by is By.NOTHING


# ---- what depends on the environment


def within(system: System[Any], name: str) -> By:
    """Judge a mutant of the toys in another system."""
    module = ModuleType(toys.__name__)
    vars(module)["SCOPES"] = (Scope("other", "another environment", system),)
    other = Protocol.of_modules("toys", module)
    (mutant,) = (mutant for mutant in mutants_of(other) if mutant.name == name)
    return judge(mutant, Originals(other), other).by


RESEND = "Sender.fire: Send(self.peer, Ping(state.number)) → dropped"
IN_ORDER = "Receiver.receive: Announce(Heard(message.number)), then Send(source, Pong(message.number)) → the other way round"


def test_a_resend_that_is_dropped_is_a_matter_of_liveness_where_nobody_is_stuck_without_it() -> None:
    assert within(toys.system(), RESEND) is By.CLAUSE
    assert within(evolve(toys.system(), network=Network(losses=None, duplicating=True)), RESEND) is By.LIVENESS


def test_what_no_longer_happens_in_the_end_is_noticed_by_a_clause_of_liveness() -> None:
    @eventually(Fair.DELIVERY | Fair.TRIGGERS, under=Fault.DUPLICATION)
    def everybody_is_answered(seen: Seen[toys.Record]) -> Cases:
        """In the end nobody waits for an answer."""
        yield case(not seen.waiting())

    reliable = evolve(toys.system(), network=Network(duplicating=True))
    silent = "Sender.request: Send(self.peer, Ping(request.number)) → dropped"
    unheard = "Receiver.receive: Send(source, Pong(message.number)) → dropped"
    assert within(reliable, silent) is By.COUNTS
    assert within(evolve(reliable, promises=(everybody_is_answered,)), silent) is By.COUNTS
    assert within(evolve(reliable, promises=()), unheard) is By.COUNTS
    assert within(evolve(reliable, promises=(everybody_is_answered,)), unheard) is By.CLAUSE


def test_the_order_of_effects_shows_in_what_a_history_makes_of_it() -> None:
    assert within(toys.system(), IN_ORDER) is By.SAME
    assert within(evolve(toys.system(), history=toys.Orderly()), IN_ORDER) is not By.SAME


def test_the_order_of_effects_shows_in_what_clauses_about_events_say() -> None:
    @on_event(Send, under=Fault.LOSS)
    def a_pong_was_heard(before: toys.Record, by: Address, event: Send) -> Cases:  # noqa: ARG001
        """What is sent back was heard before."""
        if isinstance(event.message, toys.Pong):
            yield case(event.message.number in before.heard)

    promised = evolve(toys.system(), promises=(*toys.system().promises, a_pong_was_heard))
    assert within(promised, IN_ORDER) is By.CLAUSE


def test_the_order_of_effects_shows_where_a_crash_cuts_a_step_between_two_sends() -> None:
    cut = Faults(crashes=1, who=(Address("receiver"),), mid_step=True)
    name = "Twice.receive: Send(source, Pong(message.number)), then Send(source, Pong(message.number + 1)) → the other way round"

    assert within(toys.system(receiver=toys.Twice), name) is By.SAME
    assert within(evolve(toys.system(receiver=toys.Twice), faults=cut), name) is not By.SAME
