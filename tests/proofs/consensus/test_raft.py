"""Raft: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

from typing import ClassVar

import pytest

from concordant.checks.bridge import cross
from concordant.pitfalls.consensus.raft import committing, comparing, electing, replicating, storing
from concordant.proofs.consensus.raft.bridge import BRIDGE
from concordant.proofs.consensus.raft.claim import RAFT
from concordant.proofs.consensus.raft.handlers import RAFTS
from concordant.proofs.consensus.raft.meaning import Rafts
from concordant.proofs.consensus.raft.terms import servers
from concordant.proofs.kernel.finite import FiniteModel
from concordant.proofs.kernel.paths import Refuted
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import proved, quantifiers, refuted_by
from concordant.proofs.kernel.scenarios import play
from concordant.refimpl.consensus.raft import Server, system
from concordant.refimpl.consensus.whole_logs import SendsAll
from concordant.refimpl.machine import AnyProcess
from concordant.spec.vocabulary import Faults, Network, addresses
from tests.proofs.mistakes import crossed, pitfalls

SEEN = {
    "RFT-4": 3,
    "RFT-5": 8,
    "RFT-6": 8,
    "raft.StandsInItsTerm": 3,
    "raft.VotesForNobody": 1,
    "raft.GrantsWithoutVoting": 3,
    "raft.KeepsItsVote": 6,
    "raft.HeedsThePast": 6,
    "raft.ForgetsItsVote": 7,
    "raft.ForgetsItsTerm": 2,
    "raft.AppendsEverywhere": 1,
    "raft.StampsTheNextTerm": 4,
    "raft.CutsAtAHeartbeat": 8,
    "raft.ReplacesTheRest": 12,
    "raft.CommitsAnyTerm": 14,
    "raft.CountsItselfAtOnce": 5,
    "raft.AcknowledgesFirst": 8,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""


@pytest.mark.parametrize("id", SEEN)
def test_a_shipped_mistake_is_no_step_of_the_model(id: str) -> None:
    crossing = crossed(BRIDGE, pitfalls("raft")[id])

    assert (crossing.problem is not None, len(crossing.trace)) == (True, SEEN[id])


def test_crossing_ends_at_the_bounds_of_a_scope() -> None:
    once = Faults(crashes=1, recoveries=1, who=addresses("server", 1))  # after which it stands again, beyond the bound
    crossing = cross(BRIDGE, system(servers=1, terms=1, network=Network(), faults=once))

    assert (crossing.states, crossing.transitions, crossing.stopped) == (33, 32, None)


NOTHING = "nothing"
REFUTED: tuple[tuple[type[AnyProcess], str, str], ...] = (
    (electing.GrantsWithoutVoting, "RequestVote", "Grant: it has voted for whom it tells"),
    (electing.ComparesLengths, "RequestVote", "guard vote.up_to_date"),
    (electing.KeepsItsVote, "RequestVote", "State: it has voted in its term as it remembers"),
    (electing.StandsInItsTerm, "Elect", "guard stand.later"),
    (electing.VotesForNobody, "Elect", "guard ask.stands"),
    (electing.StatesWhatIsCommitted, "Elect", "guard ask.last"),
    (electing.HeedsThePast, "AppendEntries", "guard enter.not_left"),
    (electing.SendsEntriesUnelected, "Contact", "guard claim.leads"),
    (electing.TellsTheNextTerm, "RequestVote", NOTHING),  # of which the model does not speak
    (replicating.ClearsItsLog, "Submit", "guard append.beyond"),
    (replicating.StampsTheNextTerm, "Submit", "State: its log has those entries"),
    (replicating.PutsNewEntriesFirst, "Submit", "State: its log has those entries"),
    (replicating.StaysAtItsEnd, "Mismatch", NOTHING),  # it makes no progress
    (committing.CountsOldCopies, "Stored", "State: others have stored the log so far"),
    (committing.ObeysTheLatestMessage, "AppendEntries", "guard apply.entered"),
    (committing.TellsNoCommitment, "Contact", NOTHING),  # it makes no progress
    (committing.TellsAllForCommitted, "Contact", "AppendEntries: so much of the leader's log is committed"),
    (comparing.ComparesLastTerms, "RequestVote", "guard vote.up_to_date"),
    (comparing.ComparesLengthsFirst, "RequestVote", "guard vote.up_to_date"),
    (comparing.RefusesShorterLogs, "RequestVote", NOTHING),  # it makes no progress
    (comparing.VotesForABetterRival, "RequestVote", "guard vote.not_voted"),
    (storing.ForgetsItsTerm, "crash and recovery", "State: it has left the terms below its own, and no others"),
    (storing.AcknowledgesFirst, "crash and recovery", "guard crash.unwritten"),
    (SendsAll, "Grant", NOTHING),  # it makes no mistake
)
QUICK = (electing.KeepsItsVote, electing.StandsInItsTerm, storing.AcknowledgesFirst, replicating.ClearsItsLog)


@pytest.mark.parametrize(
    ("kind", "at", "by"),
    [pytest.param(*each, id=each[0].__name__, marks=() if each[0] in QUICK else pytest.mark.thorough) for each in REFUTED],
)
def test_a_shipped_mistake_is_refuted_in_the_handler_unless_it_is_one_of_progress(kind: type[AnyProcess], at: str, by: str) -> None:
    assert refuted_by(RAFTS, kind, at) == by


def test_of_four_servers_a_vote_that_comes_twice_is_no_majority() -> None:
    with pytest.raises(Refuted, match=r"^guard elect\.quorum_voted$"):
        proved(RAFTS, RAFTS.roles[0], electing.CountsVotesTwice, (servers(4, 0),), "Grant")


def test_the_theorem_of_a_server_says_how_long_the_logs_are_with_which_it_is_run() -> None:
    (role,) = RAFTS.roles
    quick, large = (quantifiers(RAFTS, role, casts) for casts in (role.casts, role.large))

    assert "for 3 servers, of which it is the first, and logs of at most 1;" in quick
    assert "as long as State.log has at most 1;" in quick
    assert "as long as State.log has at most 2;" in large


class Forgetful(Rafts):
    """Does not use of a state after a step that what is applied stays in the log."""

    then: ClassVar[tuple[str, ...]] = ()


class Misspelt(Rafts):
    """Uses a conjunct that its model does not have."""

    uses: ClassVar[tuple[str, ...]] = (*Rafts.uses, "one_vot")


def test_a_meaning_that_uses_what_its_model_does_not_say_is_refused() -> None:
    with pytest.raises(ValueError, match="raft uses one_vot, of which its model knows nothing"):
        refuted_by(Misspelt(), Server, "Elect")


@pytest.mark.thorough
def test_that_a_log_keeps_what_is_applied_is_used_of_the_state_after_a_step() -> None:
    assert refuted_by(Forgetful(), Server, "AppendEntries") == "State: that it has applied"


STOPPED = {
    "votes_twice": (8, "guard not_voted"),
    "votes_ahead": (3, "guard in_term"),
    "forgets_its_vote": (9, "guard not_voted"),
    "elects_itself": (2, "guard quorum_voted"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
    "stores_anything": (12, "guard previous"),
    "appends_everywhere": (7, "guard leads"),
    "votes_for_any_log": (16, "guard up_to_date"),
    "commits_any_term": (23, "guard own_term"),
    "commits_without_a_quorum": (7, "guard quorum_stored"),
    "counts_itself_at_once": (9, "guard written"),
    "loses_its_log": (13, "guard unwritten"),
    "applies_anything": (7, "guard was_committed"),
    "confirms_anything": (14, "guard of_the_leader"),
    "cuts_what_it_has": (16, "guard new"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


@pytest.mark.thorough
def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(RAFT, mutant) for mutant in RAFT.mutants} == STOPPED


def test_eight_mistakes_and_more_have_a_counterexample_of_at_most_four_servers() -> None:
    assert len(RAFT.mutants) >= 8
    for mutant in RAFT.mutants:
        led = play(FiniteModel(mutant.model(), mutant.universe), mutant.attack)
        assert (led.stuck_at, bool(led.broken), len(mutant.universe.names["Node"]) <= 4) == (None, True, True), mutant.name


def test_figure_8_is_stopped_where_an_entry_of_an_earlier_term_would_be_committed() -> None:
    (figure_8,) = (mutant for mutant in RAFT.mutants if mutant.name == "commits_any_term")
    led = play(FiniteModel(figure_8.model(), figure_8.universe), figure_8.attack)

    assert (led.stuck_at, stopped_by(RAFT, figure_8)) == (None, (23, "guard own_term"))
    assert {"leader_completeness", "what_is_committed_stays"} <= set(led.broken)
