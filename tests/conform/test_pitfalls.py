"""The kit tells machines with mistakes from the reference, which conforms itself."""

from __future__ import annotations

import pytest

from concordant.checks.conform.pitfalls import drive, tried
from concordant.checks.conform.roles import mistaken, repaired, role_of, roles
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol


@pytest.mark.parametrize(
    ("stem", "scope", "references", "told", "alike"),
    [
        ("two_phase_commit", "two_users_and_faults", 2, 35, 1),
        pytest.param("paxos_synod", "one_acceptor_and_recovery", 2, 45, 13, marks=pytest.mark.thorough),
        pytest.param("lease", "given_back", 3, 26, 24, marks=pytest.mark.thorough),
    ],
)
def test_references_conform_and_mistakes_that_show_in_a_scope_fail(stem: str, scope: str, references: int, told: int, alike: int) -> None:
    found = list(tried(protocol(stem), scope, naming=False))

    assert [each.failure for each in found if not each.pitfall] == [None] * references
    assert sum(each.failure is not None for each in found) == told
    assert sum(each.failure is None for each in found if each.pitfall) == alike


@pytest.mark.parametrize(
    ("stem", "scope"), [("ballot_box", "two_officers_in_time"), ("sealed_bid_auction", "in_time"), ("mediated_negotiation", "chosen")]
)
def test_a_role_that_is_configured_with_a_rule_is_driven(stem: str, scope: str) -> None:
    for role in roles(protocol(stem)):
        driver, _ = drive(role, role.tables(scope=scope), role.kind)

        assert driver.driven.cases
        assert driver.driven.failures == []


def test_no_stack_of_layers_is_driven_as_one() -> None:
    ordering = role_of("causal_ordering.node")

    assert {type(table.process) for table in ordering.tables()} == {ordering.kind}
    with pytest.raises(Misuse, match="scope over_a_link of causal_ordering stacks layers, which are driven each by itself"):
        ordering.tables(scope="over_a_link")


@pytest.mark.parametrize("stem", ["contract_net", "fifo_ordering", "partial_failure"])
def test_no_machines_that_are_put_together_are_driven_as_one(stem: str) -> None:
    put_together = [each for each in protocol(stem).pitfalls if each.id.startswith("X-")]

    assert [list(mistaken(each)) for each in put_together] == [[]]
    assert {each.name for each in repaired(protocol(stem))} & {each.id for each in put_together} == set()


@pytest.mark.thorough
def test_the_clause_is_named_that_each_mistake_of_unanimous_consent_violates() -> None:
    assert [each.line for each in tried(protocol("unanimous_consent"), "two_users_and_faults")] == PINNED


PINNED = """
the reference  coordinator  conforms
the reference  elector  conforms
UNA-2  coordinator  violates unanimous_consent.acceptance_needs_every_consent in 2 moves
UNA-3  coordinator  violates unanimous_consent.nobody_waits in 3 moves
unanimous_consent.HasNoDeadline  coordinator  violates unanimous_consent.nobody_waits in 3 moves
unanimous_consent.AsksAgainForEver  coordinator  differs in replies, after 2 inputs
unanimous_consent.WaitsForItself  coordinator  differs in replies, after 2 inputs
unanimous_consent.DecidesOnlyByVotes  coordinator  violates unanimous_consent.nobody_waits in 3 moves
unanimous_consent.KeepsItsDeadline  coordinator  violates unanimous_consent.a_decision_is_final in 5 moves
unanimous_consent.KeepsItsDeadline/told  coordinator  violates unanimous_consent.a_decision_is_final in 5 moves
unanimous_consent.CountsLateVotes  coordinator  violates unanimous_consent.a_decision_is_final in 3 moves
unanimous_consent.TellsThoseWhoConsented  coordinator  not told apart
unanimous_consent.CountsAnybody  coordinator  violates unanimous_consent.acceptance_needs_every_consent in 2 moves
unanimous_consent.CountsAMajority  coordinator  not told apart
unanimous_consent.HeedsLateVetoes  coordinator  violates unanimous_consent.a_decision_is_final in 5 moves
unanimous_consent.TellsBeforeItDecides  coordinator  violates unanimous_consent.a_message_is_true in 1 moves
unanimous_consent.TellsTheOpposite  coordinator  violates unanimous_consent.an_answer_is_true in 2 moves
unanimous_consent.NeverSaysYes  coordinator  violates unanimous_consent.an_answer_is_true in 4 moves
unanimous_consent.RejectsEverybody  coordinator  violates unanimous_consent.an_answer_is_true in 1 moves
unanimous_consent.VotesAgainForEachUser  coordinator  violates unanimous_consent.a_decision_is_final in 3 moves
unanimous_consent.DeclinesWhatIsUnderWay  coordinator  violates unanimous_consent.an_answer_is_true in 2 moves
unanimous_consent.GivesNoReason  coordinator  not told apart
unanimous_consent.AnswersTheLatestUser  coordinator  violates unanimous_consent.nobody_is_answered_twice in 3 moves
unanimous_consent.AssumesTheBest  elector  violates unanimous_consent.agreement in 4 moves
unanimous_consent.BelievesAnybody  elector  violates unanimous_consent.a_decision_is_final in 2 moves
unanimous_consent.ForgetsInACrash  elector  not told apart
unanimous_consent.VotesTwice  elector  not told apart
unanimous_consent.SendsTheWrongVote  elector  violates unanimous_consent.a_message_is_true in 3 moves
""".strip().splitlines()
"""What each machine with a mistake does, where both kinds of faults are."""


def test_whether_an_adapter_works_is_seen_in_the_smallest_scope_of_its_role() -> None:
    role = role_of("result_cache.cache")
    sizes = {scope.name: scope.expected.states for scope in role.protocol.scopes if scope.expected is not None}

    assert sizes[role.smallest] == min(sizes.values())
