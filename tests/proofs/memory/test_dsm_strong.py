"""Strongly consistent memory: which shipped mistakes the bridge and the proof of the handlers see, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.checks.bridge import cross
from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.memory.dsm_strong.bridge import BRIDGE
from concordant.proofs.memory.dsm_strong.claim import ABD
from concordant.proofs.memory.dsm_strong.handlers import COPIES
from concordant.refimpl.memory.dsm_strong import A, system
from concordant.spec.common.consistency.objects import Write
from concordant.spec.vocabulary import Network
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    **dict.fromkeys(("DSM-4", "DSM-6", "dsm_strong.WritesWithoutAsking", "dsm_strong.HalfIsEnough"), 1),
    "DSM-12": 3,
    "DSM-13": 6,
    "dsm_strong.CountsAnswers": 8,
    "dsm_strong.RunsOn": 5,
    "dsm_strong.ForgetsItsOtherWrites": 6,
    "dsm_strong.StampsAnew": 3,
    "dsm_strong.TellsTheStamp": 5,
    "dsm_strong.KeepsNothing": 5,
    "dsm_strong.KeepsNothing/stored": 4,
    "dsm_strong.KeepsNothing/back": 4,
    "dsm_strong.TakesWhatComes": 10,
    "dsm_strong.TakesWhatComes/unwritten": 3,
    "dsm_strong.NumbersAnew": 4,
    "dsm_strong.NumbersAnew/again": 4,
    "dsm_strong.ReportsAnEarlierVersion": 5,
    "dsm_strong.ReportsItsFirstWrite": 2,
    "dsm_strong.StampsAsTheFirst": 3,
    "dsm_strong.StampsAsTheFirst/served": 3,
    **dict.fromkeys(("dsm_strong.StampsForItsClient", "dsm_strong.StampsForItsClient/served"), 1),
    **dict.fromkeys(("dsm_strong.ForgetsTheKey", "dsm_strong.KnowsAnOldStamp", "dsm_strong.SaysDoneAtOnce"), 1),
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("DSM-5", "dsm_strong.NeverAgain", "dsm_strong.AsksWhoHasAnswered", "dsm_strong.LeavesItToTheDeadline"), LIVENESS),
    "dsm_strong.SkipsAStamp": UNSAID,  # that stamps leave no number out
}


@pytest.mark.parametrize("id", pitfalls("dsm_strong"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("dsm_strong")[id], SEEN, NOT_SEEN)


def test_a_node_alone_writes_by_steps_of_the_model() -> None:
    crossing = cross(BRIDGE, system((A, (Write(1),)), nodes=1, network=Network()))

    assert (crossing.problem, crossing.states) == (None, 2)
    assert set(crossing.actions) == {"ask", "stamp", "serve", "finish"}


COPY = "State: its copy is of those versions, and of no others"
REFUTED = {
    "CountsAnswers": "State: of operation 0, those store it, itself among them",
    "ForgetsItsOtherWrites": "guard stamp.later_than_its_copy",
    "ForgetsTheKey": "State: of operation 0, it is asked for that",
    "KeepsNothing": COPY,
    "KnowsAnOldStamp": "guard answer.holds",
    "NeedsAll": "Asking.heard is",  # nobody waits for more nodes than a majority
    "NumbersAnew": "State: it was asked for nothing by a higher number",
    "ReadsItsCache": "what it becomes is Caching",
    "ReadsWithoutWritingBack": "guard tell.was_served",
    "ReportsAnEarlierVersion": "guard serve.chose",
    "ReportsItsFirstWrite": "State: of operation 0, it stores that, and asks others to",
    "RunsOn": "Storing.stored is",
    "SaysDoneAtOnce": "guard finish.it_writes",
    "StampsAnew": "guard take.found",
    "StampsAsTheFirst": "guard stamp.its_name",
    "StampsForItsClient": "guard stamp.its_name",
    "TakesWhatComes": COPY,
    "TellsTheStamp": "Value.value is count of",
    "WritesToAll": COPY,
    "WritesWithoutAsking": "guard stamp.quorum_heard",
}
"""What refutes a mistake in the handlers, of three nodes. The others are of progress, of stamps left out, and of half of an even number of nodes."""


@pytest.mark.thorough
def test_shipped_mistakes_about_versions_and_majorities_are_refuted_in_the_handlers() -> None:
    mistaken = {type(process) for pitfall in pitfalls("dsm_strong").values() for process in pitfall.system.processes.values()}
    found = {kind.__name__: refuted_by(COPIES, kind) for kind in mistaken}

    assert {name for name, by in found.items() if by != "nothing"} == set(REFUTED)
    assert all(by in found[name] for name, by in REFUTED.items())


STOPPED = {
    "reads_without_writing_back": (13, "guard quorum_stored"),
    "stamps_by_itself": (12, "guard later_than_told"),
    "forgets_its_other_writes": (8, "guard later_than_its_copy"),
    "stamps_without_a_name": (7, "guard its_name"),
    "stamps_twice": (4, "guard first_round"),
    "writes_something_else": (4, "guard its_value"),
    "takes_a_write_for_a_read": (12, "guard it_reads"),
    "tells_something_else": (9, "guard its_value"),
    "says_done_at_once": (5, "guard is_done"),
    "counts_an_old_answer": (10, "guard was_told"),
    "says_so_at_once": (6, "guard has_it"),
    "keeps_nothing": (12, "guard holds"),
    "takes_what_comes": (16, "guard holds"),
    "quorums_that_miss": (0, "axiom quorums_meet"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(ABD, mutant) for mutant in ABD.mutants} == STOPPED
