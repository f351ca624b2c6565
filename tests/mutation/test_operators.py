"""Operators: what is changed at one place, and how it is told."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from concordant.checks.mutation.functions import reached
from concordant.checks.mutation.mutants import OPERATORS, Operator, made
from concordant.checks.mutation.operators import clauses, conditions, effects, numbers, order, updates, values
from tests.mutation import samples


def changes(root: Any, operators: tuple[Operator, ...] = OPERATORS, name: str | None = None) -> list[str]:
    functions = [each for each in reached([root], lambda module: module == samples.__name__) if name in (None, each.name)]
    return [mutant.name.partition(": ")[2] for mutant in made("samples", functions[-1:], operators)]


def receive(operator: Callable[..., Any]) -> list[str]:
    return changes(samples.Member, (operator,), "Member.receive")


def test_a_guard_always_and_never_lets_through() -> None:
    assert receive(conditions.of_guards) == ["source not in self.peers → True", "source not in self.peers → False"]


def test_a_comparison_is_turned_round_and_moved_to_its_boundary() -> None:
    assert changes(samples.is_enough, (conditions.of_comparisons,)) == [
        "count > all // 2 → count <= all // 2",
        "count > all // 2 → count >= all // 2",
    ]


def test_of_a_condition_each_part_is_left_out_and_connectives_and_quantifiers_are_exchanged() -> None:
    whole = "len(votes) == len(electorate) and all((vote in electorate for vote in votes))"

    assert changes(samples.is_all, (conditions.of_connectives,)) == [
        f"{whole} → len(votes) == len(electorate) or all((vote in electorate for vote in votes))",
        f"len(votes) == len(electorate) in {whole} → left out",
        f"all((vote in electorate for vote in votes)) in {whole} → left out",
        "all((vote in electorate for vote in votes)) → any((vote in electorate for vote in votes))",
    ]


def test_what_must_be_equal_may_be_more_or_less() -> None:
    assert changes(samples.is_all, (conditions.of_comparisons,))[:3] == [
        "len(votes) == len(electorate) → len(votes) != len(electorate)",
        "len(votes) == len(electorate) → len(votes) >= len(electorate)",
        "len(votes) == len(electorate) → len(votes) <= len(electorate)",
    ]


def test_every_number_is_off_by_one_either_way_and_operations_are_exchanged() -> None:
    assert changes(samples.is_enough, numbers.OPERATORS) == [
        "count → count + 1",
        "count → count - 1",
        "all // 2 → all // 2 + 1",
        "all // 2 → all // 2 - 1",
        "all // 2 → all % 2",
        "all // 2 → 2 // all",
        "2 → 3",
        "2 → 1",
    ]


def test_another_value_of_the_same_type_that_is_at_hand_is_taken() -> None:
    assert changes(samples.is_enough, (values.of_names,)) == ["count → all", "all → count"]
    assert receive(values.of_names)[:3] == ["source → self.me", "source → self.peers[0]", "source → state.client"]


def test_another_member_or_constant_of_the_same_type_is_taken_and_another_text() -> None:
    assert changes(samples.next_light, (values.of_constants,)) == [
        "Light.RED → Light.GREEN",
        "Light.GREEN → Light.RED",
        "Light.RED → Light.GREEN (2)",
        "'car' → 'another text'",
        "f'{way} is free' → 'another text'",
    ]
    assert changes(samples.refusal, (values.of_constants,)) == ["TOO_FEW → TOO_MANY"]


def test_nothing_is_said_where_nothing_may_be_said_and_arguments_of_one_type_are_exchanged() -> None:
    state = "State(one.client, one.votes, one.voters, latest)"

    assert changes(samples.merged, (values.of_nothing,)) == [f"latest of {state} → None"]
    assert changes(samples.first_of, (values.of_arguments,), "first_of") == ["merged(other, one) → merged(one, other)"]


def test_a_case_is_passed_over_where_another_takes_everything() -> None:
    assert changes(samples.merged, (conditions.of_cases,)) == ["case [None, latest] → passed over"]


def test_effects_are_dropped_one_by_one_and_exchanged() -> None:
    told = "*broadcast(self.peers, Told(message.value))"

    assert receive(effects.of_effects) == [
        "Announce(Heard(message.value)) → dropped",
        "Reply(state.client, message) → dropped",
        f"{told} → dropped",
        "Announce(Heard(message.value)), then Reply(state.client, message) → the other way round",
        f"Reply(state.client, message), then {told} → the other way round",
    ]


def test_fewer_peers_are_told() -> None:
    assert receive(effects.of_peers) == [
        "self.peers in broadcast(self.peers, Told(message.value)) → all but the first of them",
        "self.peers in broadcast(self.peers, Told(message.value)) → all but the last of them",
    ]


def test_something_else_of_the_same_shape_is_said_or_that_it_was_rejected_or_that_nothing_is_known() -> None:
    assert receive(effects.of_answers) == ["message → Rejected", "message → Unknown"]
    assert receive(effects.of_what_is_said) == ["message → with value=not message.value"]


def test_no_notice_is_taken() -> None:
    told = "step(after, Announce(Heard(message.value)), Reply(state.client, message), *broadcast(self.peers, Told(message.value)))"

    assert receive(effects.of_steps) == [f"{told} → step(state)", f"{told} → None"]


def test_updates_are_dropped_of_a_field_a_collection_and_the_state() -> None:
    assert [change for operator in updates.OPERATORS for change in receive(operator)] == [
        "votes=state.votes.put(source, 1) → dropped",
        "voters=state.voters | {source} → dropped",
        "state.votes.put(source, 1) → state.votes",
        "state.voters | {source} → state.voters",
        "after → state",
    ]


def test_something_else_survives_a_crash() -> None:
    assert changes(samples.Member, (updates.of_survivors,), "Member.survives") == ["(state,) → self.start().state"]


def test_ties_are_broken_otherwise_and_extremes_exchanged() -> None:
    sort = "sorted((name for name, bid in bids.items() if bid == best))"

    assert changes(samples.winner, order.OPERATORS) == [
        "max(bids.values()) → min(bids.values())",
        f"{sort}[0] → {sort}[-1]",
        "sorted((name for name, bid in bids.items() if bid == best)) → sorted((name for name, bid in bids.items() if bid == best), reverse=True)",
        f"{sort} → list((name for name, bid in bids.items() if bid == best))",
        "for (name, bid) in bids.items() → all but the first",
        "for (name, bid) in bids.items() → all but the last",
    ]


def test_a_loop_runs_from_the_end_and_passes_over_one_and_statements_are_left_out() -> None:
    assert changes(samples.shares, (order.of_loops, updates.of_statements)) == [
        "for claim in claims → from the end",
        "for claim in claims → all but the first",
        "for claim in claims → all but the last",
        "estate -= min(claim, estate) → left out",
        "left.append(estate) → left out",
    ]


def test_a_clause_is_weakened_in_what_must_hold_and_in_what_is_assumed() -> None:
    holds = "after == number and all((number > 0 for number in before))"

    assert changes(samples.obeys, clauses.OPERATORS) == [
        "asked or light is not Light.RED → False",
        "asked in asked or light is not Light.RED → left out",
        "light is not Light.RED in asked or light is not Light.RED → left out",
        "for number in before → some",
        f"case({holds}) → skipped",
        f"case({holds}) → skipped where light is RED",
        f"case({holds}) → skipped where light is GREEN",
        f"after == number in {holds} → left out",
        f"all((number > 0 for number in before)) in {holds} → left out",
        "after == number → after >= number",
        "after == number → after <= number",
        "after == number → or None",
        "after == number → after is not None",
        "all((number > 0 for number in before)) → any((number > 0 for number in before))",
        "number > 0 → number >= 0",
    ]


def test_a_chain_of_comparisons_loses_one_in_what_must_hold_and_none_in_what_is_assumed_where_that_would_be_asking_for_more() -> None:
    assert changes(samples.between, clauses.OPERATORS) == [
        "for number in numbers → some",
        "low <= number < high → False",
        "low <= number < high → low < number < high",
        "case(low < number < high) → skipped",
        "low < number < high → low <= number < high",
        "low < number < high → low < number <= high",
        "low < number < high → number < high",
        "low < number < high → low < number",
    ]


def test_a_field_is_left_out_of_a_comparison_with_one_of_two_as_with_any_other() -> None:
    compared = ast.parse("seen == (first if early else second)", mode="eval").body
    assert isinstance(compared, ast.Compare)

    weaker = ast.unparse(clauses._but_for(compared, compared.left, compared.comparators[0], "value"))

    assert "value=(first if early else second).value" in weaker


@pytest.mark.parametrize("module", [conditions, numbers, values, effects, updates, order])
def test_every_operator_changes_something_in_the_samples(module: Any) -> None:
    functions = reached(vars(samples).values(), lambda name: name == samples.__name__)

    idle = [operator.__name__ for operator in module.OPERATORS if not list(made("samples", functions, (operator,)))]

    assert idle == []
