"""Where states come from, and which part of them has no bound."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.breakdown import Breakdown, FieldBreakdown, InputBreakdown, SlotBreakdown
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.explore import Reductions, prepare
from concordant.checks.registry import protocol
from concordant.checks.tabulated.clusters import Tuning
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.refimpl.machine import System, User
from concordant.refimpl.machine.search import Search
from concordant.spec.vocabulary import Address, Network, NoHistory
from tests.checks.toys import ANN, A, B, Clerk, Do, Listener, Resender, Teller, Toy
from tests.tabulated.random_systems import random_system


@frozen
class Count:
    """A history that counts, which no protocol should have."""

    happenings: int = 0

    def after(self, at: Address, by: Address, happening: object) -> Count:  # noqa: ARG002  # the signature of a history
        return Count(self.happenings + 1)


def test_a_breakdown_counts_values_by_part_and_field_and_inputs_by_kind() -> None:
    system = System({A: Teller(B, (1, 2)), B: Listener()}, Count(), ())

    breakdown = explore_tabulated(system, breakdown=True).breakdown

    assert breakdown is not None
    assert evolve(breakdown, seconds={}) == Breakdown(
        slots=(
            SlotBreakdown(
                "the local state of b0",
                5,
                (FieldBreakdown("notes", 5, 2),),
                ("Kept((2,))", "Kept((1, 2))", "Kept((2, 1))"),
            ),
            SlotBreakdown(
                "the channel from a0 to b0", 4, (FieldBreakdown("Note", 2, 2),), ("(Note(1), Note(2))", "(Note(2),)", "(Note(1),)")
            ),
        ),
        inputs=(InputBreakdown("b0", "b", "receives Note", 2, 4, 4, 4),),
    )
    assert list(breakdown.seconds) == ["kernel", "handlers", "clauses", "growing", "other"]
    assert all(seconds >= 0 for seconds in breakdown.seconds.values())


@pytest.mark.parametrize("seed", [0, 1, 5, 20, 35])
def test_values_of_parts_are_those_of_the_states_that_the_reference_finds(seed: int) -> None:
    system = random_system(seed)
    task = prepare(system, None, Reductions())
    states = list(Search(task.semantics, task.judge).run().reached)
    names = [f"the local state of {address}" for address in system.processes]
    expected = {name: len({state.locals[process] for state in states}) for process, name in enumerate(names)}
    expected["the history"] = len({state.history for state in states})

    breakdown = explore_tabulated(system, breakdown=True).breakdown

    assert breakdown is not None
    assert {slot.name: slot.values for slot in breakdown.slots if slot.name in expected} == {
        name: count for name, count in expected.items() if count > 1
    }


def test_the_handler_calls_of_a_breakdown_are_all_but_the_first_steps() -> None:
    for seed in range(6):
        report = explore_tabulated(random_system(seed), budget=Budget(states=300), breakdown=True)

        assert report.breakdown is not None
        assert sum(each.calls for each in report.breakdown.inputs) + len(random_system(seed).processes) == report.handler_calls


def test_places_of_users_are_counted_and_fields_of_fields() -> None:
    system = System({A: Clerk()}, NoHistory(), (), users=(User(ANN, (A,), ((Do(1),),)),))
    scope = next(each for each in protocol("paxos_synod").scopes if each.name == "learning")

    places, nested = (explore_tabulated(each, breakdown=True).breakdown for each in (system, scope.system))

    assert places is not None
    assert SlotBreakdown("the place of user ann0", 2, (), ("(0, ())", "(1, ())")) in places.slots
    assert nested is not None
    (acceptor,) = (slot for slot in nested.slots if slot.name == "the local state of acceptor0")
    assert FieldBreakdown("vote", 2, None) in acceptor.fields


RESENDS = Network(copies=1, losses=None)
GROWING: dict[str, tuple[System[Any], str]] = {
    "the history": (System({A: Resender(B), B: Toy()}, Count(), (), RESENDS), "Count(1); Count(2); Count(3)"),
    "the local state of b0": (
        System({A: Resender(B), B: Listener()}, NoHistory(), (), RESENDS),
        "Kept((1,)); Kept((1, 1))",
    ),
    "the channel from a0 to b0": (System({A: Resender(B), B: Toy()}, NoHistory(), ()), "(Note(1), Note(1), Note(1)); "),
}


@pytest.mark.parametrize("part", GROWING)
def test_a_part_without_bound_ends_the_search_and_is_named_with_its_last_values(part: str) -> None:
    system, _ = GROWING[part]

    report = explore_tabulated(system, tuning=Tuning(explodes=20, chunk=4))

    assert report.stopped is not None
    assert report.stopped.startswith(f"{part} shows no bound: 2")
    assert report.stopped.endswith("states; bound it by within, copies or capacity")
    assert report.grew[0].startswith(f"{part} grew most: 2")


@pytest.mark.parametrize("part", GROWING)
def test_a_search_that_spent_its_budget_says_what_grew(part: str) -> None:
    system, last = GROWING[part]

    report = explore_tabulated(system, budget=Budget(states=6), tuning=Tuning(chunk=1))

    assert report.stopped == "budget of 6 states spent"
    assert report.grew[0].startswith(f"{part} grew most: ")
    assert last in report.grew[1]


def test_growth_is_told_of_the_last_levels() -> None:
    system, _ = GROWING["the channel from a0 to b0"]  # one value, state and level more for each message sent; a delivery leads back

    report = explore_tabulated(system, budget=Budget(states=20), tuning=Tuning(chunk=1))

    assert report.grew[0] == "the channel from a0 to b0 grew most: 20 values, 4 of them in the last 4 levels"


def test_what_outgrows_the_tables_ends_the_search_too(monkeypatch: pytest.MonkeyPatch) -> None:
    system, _ = GROWING["the history"]
    monkeypatch.setattr("concordant.checks.tabulated.numbers.NUMBER_BITS", 5)

    report = explore_tabulated(system)

    assert report.stopped == "the history shows no bound: it has more than 32 values, which is all that tables can number"


def test_a_search_that_is_complete_says_nothing_of_growth() -> None:
    report = explore_tabulated(System({A: Teller(B, (1, 2)), B: Listener()}, NoHistory(), ()))

    assert report.complete
    assert (report.grew, report.breakdown) == ((), None)
