"""Wrong rules are refuted by a smallest counterexample, and known truths shown by their witness."""

from __future__ import annotations

from types import ModuleType

import pytest
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.exploration.budget import Budget
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.questions.known_violation import KnownViolationQuestion
from concordant.checks.questions.question import Means
from concordant.checks.refuting.known_violations import replay_known_violation
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.registry import Protocol
from concordant.checks.reports.explain import explanation
from concordant.refimpl.auctions.shared.auctions import taken
from concordant.refimpl.auctions.vickrey_auction import SECOND_PRICE_AUCTION, second_price
from concordant.refimpl.machine import KnownViolation, Mechanism, Pitfall
from concordant.refimpl.voting.unanimous_consent import system
from concordant.spec.auctions.shared.auctions import (
    Bid,
    Direction,
    Outcome,
    Profile,
    Sale,
    truthful_bidding,
)
from concordant.spec.auctions.vickrey_auction import price_is_the_best_of_the_others
from concordant.spec.vocabulary import Cases, case, for_all, ratio
from concordant.spec.voting.unanimous_consent import acceptance_needs_every_consent
from tests.command import lock

from .toys import HALF, Claims, Shares, halves, honest_claims, mechanism, nobody_gets_more_than_claimed, two_get_the_same, what_is_claimed


def own_bid_when_alone(profile: Profile) -> Outcome:
    """Charge a lone bidder its own bid."""
    outcome, bids = second_price(profile), taken(profile)
    return evolve(outcome, price=bids[outcome.winner]) if isinstance(outcome, Sale) and len(bids) == 1 else outcome


def average_of_the_losers(profile: Profile) -> Outcome:
    """Charge the mean of the losing bids."""
    outcome, bids = second_price(profile), taken(profile)
    losing = [bid for bidder, bid in bids.items() if isinstance(outcome, Sale) and bidder != outcome.winner]
    return evolve(outcome, price=ratio(sum(losing), len(losing))) if isinstance(outcome, Sale) and losing else outcome


def test_a_lone_bidder_that_pays_its_own_bid_gains_by_bidding_less() -> None:
    result = refute(
        Pitfall("SPA-2", "A lone bidder pays its bid.", truthful_bidding, SECOND_PRICE_AUCTION.replaced_by(own_bid_when_alone).on(3), 8)
    )

    assert (result.problem, result.states) == (None, 77 + 825)
    assert result.verdict == Verdict(
        truthful_bidding,
        Status.VIOLATED,
        result.verdict.cases,
        facts={
            "profile": Profile((Bid("bidder0", 1),), 0),
            "agent": "bidder0",
            "lie": Profile((Bid("bidder0", 0),), 0),
            "honest": Sale("bidder0", 1, ("bidder0",)),
            "lying": Sale("bidder0", 0, ("bidder0",)),
            "gains": 0,
            "would_gain": 1,
        },
        given={
            "bidders": 1,
            "direction": Direction.FORWARD,
            "bidder0 bids": True,
            "bidder0": 1,
            "reserve": 0,
            "who lies": "bidder0",
            "the liar bids": True,
            "the lie": 0,
        },
        combinations=77 + 825,
        rule="own bid when alone",
    )


def test_the_average_of_the_losers_is_the_second_price_with_two_bidders_and_wrong_with_three() -> None:
    def average(most: int) -> Pitfall:
        return Pitfall(
            "SPA-X", "It averages.", price_is_the_best_of_the_others, SECOND_PRICE_AUCTION.replaced_by(average_of_the_losers).on(most), 9
        )

    assert refute(average(3)).problem is None
    assert refute(average(2)).problem == (
        "it breaks nothing: vickrey_auction.price_is_the_best_of_the_others holds on every profile with amounts up to 4"
    )


def test_a_pitfall_whose_smallest_counterexample_has_another_length_is_not_refuted() -> None:
    result = refute(Pitfall("T-1", "Halves.", honest_claims, mechanism(halves, honest_claims), 3))

    assert result.problem == "the smallest counterexample has 4 draws, not 3 as the pitfall claims"


def test_amounts_grow_until_they_show_the_mistake() -> None:
    def generous_from_three_on(profile: Claims) -> Shares:
        return Shares(tuple(claim + 1 if claim >= 3 else claim for claim in profile.claims))

    result = refute(Pitfall("T-2", "Too much.", nobody_gets_more_than_claimed, mechanism(generous_from_three_on), 2))

    assert (result.problem, result.verdict.given) == (None, {"claimants": 1, "claim 0": 3})
    assert result.states == sum(count + count**2 for count in (1, 2, 3, 4))


def test_where_profiles_have_no_amounts_there_is_one_grid() -> None:
    fixed = Mechanism(what_is_claimed, lambda draw: Claims((draw.one_of("claim", (1, 2)),)), (nobody_gets_more_than_claimed,))

    assert refute(Pitfall("T-3", "None.", nobody_gets_more_than_claimed, fixed, 1)).states == 2


def test_a_clause_without_a_case_breaks_nothing() -> None:
    result = refute(Pitfall("T-4", "Never three.", two_get_the_same, mechanism(halves, two_get_the_same), 1))

    assert result.problem == "it breaks nothing: toys.two_get_the_same vacuous on every profile with amounts up to 4"


def test_a_spent_budget_is_not_a_refutation() -> None:
    pitfall = Pitfall("T-5", "None.", nobody_gets_more_than_claimed, mechanism(), 2)
    result = refute(pitfall, budget=Budget(states=5))

    assert (result.problem, result.verdict.status) == ("the search was stopped before a counterexample was found", Status.INCONCLUSIVE)
    assert result.states == 2 + 5


def test_a_rule_cannot_break_a_clause_about_processes() -> None:
    subject = Mechanism(halves, lambda _: Claims(()), (acceptance_needs_every_consent,))  # type: ignore[arg-type]  # that is the mistake

    with pytest.raises(TypeError, match="which is not about rules; its subject is a mechanism"):
        refute(Pitfall("T-6", "None.", acceptance_needs_every_consent, subject, 1))


WITNESS = {"claimants": 1, "claim 0": 1, "who lies": 0, "the lie": 2}


def test_a_witness_that_shows_a_truth_is_violated_with_its_facts() -> None:
    verdict = replay_known_violation(KnownViolation(honest_claims, "Half is too little.", mechanism(), WITNESS))

    assert verdict == Verdict(
        honest_claims,
        Status.VIOLATED,
        1,
        facts={
            "profile": Claims((1,)),
            "agent": 0,
            "lie": Claims((2,)),
            "honest": Shares((HALF,)),
            "lying": Shares((2 * HALF,)),
            "gains": -HALF,
            "would_gain": 0,
        },
        given=WITNESS,
        combinations=1,
        rule="halves",
    )


def test_a_witness_that_shows_nothing_holds() -> None:
    assert replay_known_violation(KnownViolation(honest_claims, "Untrue.", mechanism(), {**WITNESS, "the lie": 0})).status is Status.HOLDS
    assert (
        replay_known_violation(KnownViolation(two_get_the_same, "Untrue.", mechanism(), {"claimants": 1, "claim 0": 0})).status
        is Status.VACUOUS
    )


def test_a_witness_that_lacks_a_draw_or_has_one_too_many_is_an_error() -> None:
    with pytest.raises(ValueError, match="no draw 'claim 0' is recorded; there are claimants"):
        replay_known_violation(KnownViolation(nobody_gets_more_than_claimed, "", mechanism(), {"claimants": 1}))
    with pytest.raises(ValueError, match="claimed records claim 1, which is never drawn; leave it out"):
        replay_known_violation(KnownViolation(nobody_gets_more_than_claimed, "", mechanism(), {"claimants": 1, "claim 0": 0, "claim 1": 0}))


@for_all
def nothing(profile: object, outcome: object) -> Cases:  # noqa: ARG001
    """Nothing is so."""
    yield case(False)


def test_moves_witness_nothing_about_a_rule_nor_draws_about_a_system() -> None:
    with pytest.raises(TypeError, match=r"the witness a record of draws, \{name: value\}"):
        replay_known_violation(KnownViolation(nothing, "", mechanism(), ()))
    with pytest.raises(TypeError, match=r"must be a tuple of moves, not \{'who': 1\}"):
        replay_known_violation(KnownViolation(acceptance_needs_every_consent, "", system(), {"who": 1}))


# ---- a witness that shows nothing is answered by one that does


def told_of(known: KnownViolation) -> str:
    answer = KnownViolationQuestion("toys", known.id, known).answer(Means())
    note = answer.note("problem")

    assert answer.conclusion is Conclusion.NOT_AS_CLAIMED
    return "" if note is None else str(note.fields["value"])


def test_instead_of_draws_that_do_not_show_it_the_smallest_that_do_are_told() -> None:
    instead = "this does: {'claimants': 1, 'claim 0': 1, 'who lies': 0, 'the lie': 2}"

    assert told_of(KnownViolation(honest_claims, "", mechanism(), {})) == f"no draw 'claimants' is recorded; there are none; {instead}"
    assert told_of(KnownViolation(honest_claims, "", mechanism(), {**WITNESS, "the lie": 0})) == instead
    assert told_of(KnownViolation(nobody_gets_more_than_claimed, "", mechanism(), {})).endswith(
        "and a search of up to 5 s finds none that does"
    )


def test_instead_of_moves_that_do_not_show_it_the_shortest_that_do_are_told() -> None:
    hasty = lock.system(lock.Careless())

    assert told_of(KnownViolation(lock.mutual_exclusion, "", hasty, ())) == (
        "this run does: Ask(server0, client0, Acquire()), Ask(server0, client1, Acquire())"
    )
    assert told_of(KnownViolation(lock.mutual_exclusion, "", lock.system(), ())) == "and a search of up to 5 s finds none that does"


def test_a_witness_that_cannot_be_replayed_is_explained_and_no_error() -> None:
    known = KnownViolation(honest_claims, "", mechanism(), {})
    module = ModuleType("toys")
    vars(module).update(KNOWN=known, honest_claims=honest_claims)
    about = Protocol.of_modules("toys", module)
    said = "  its witness does not show it: no draw 'claimants' is recorded; there are none; concordant check toys looks for one that does"

    assert list(explanation(about, known))[-1] == said
    assert list(explanation(about, honest_claims))[-1] == said
