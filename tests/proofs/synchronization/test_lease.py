"""Leases: which shipped mistakes the bridge sees, and where an attack gets stuck."""

from __future__ import annotations

import pytest

from concordant.proofs.kernel.proofs import stopped_by
from concordant.proofs.kernel.role_theorems import refuted_by
from concordant.proofs.synchronization.lease.bridge import BRIDGE
from concordant.proofs.synchronization.lease.claim import LEASE
from concordant.proofs.synchronization.lease.handlers import LEASES
from concordant.refimpl.synchronization.lease import Agent, Server, system
from concordant.spec.vocabulary import Clocks
from tests.proofs.mistakes import LIVENESS, UNSAID, pitfalls, require_as_listed

SEEN = {
    "lease.GuardBelowSkew": 5,
    "lease.NoGuard": 4,
    "lease.CountsFromArrival": 7,
    "lease.ForgetsTheLease": 3,
    "lease.TakesAnOldLease": 10,
    "lease.ForgetsWhatItWasGranted": 4,
    "lease.KeepsTheToken": 6,
    "lease.TakesAnythingBack": 7,
    "lease.HoldsOn": 6,
    "lease.TakesWhatIsOver": 6,
    "lease.GivesBackAnother": 4,
    "lease.TakesAnOldLease/own": 9,
    "lease.TakesAnythingBack/older": 7,
    "lease.LendsTwice": 4,
    "lease.SaysAnotherToken": 3,
    "lease.SaysALaterEnd": 7,
    "lease.TakesAnOldLease/twice": 6,
    "lease.GivesBackAnother/taken": 4,
    "lease.SaysAnotherToken/taken": 3,
    "lease.LendsToItself": 5,
    "lease.LendsToItself/taken": 5,
    "lease.LendsToTheNext": 2,
    "lease.FreesByItself": 3,
}
"""After how many moves a mistake is no step of the model, or breaks its invariant."""
NOT_SEEN = {
    **dict.fromkeys(("lease.StoresAnything", "lease.ForgetsTheToken", "lease.FencesAgain"), UNSAID),  # the store
    **dict.fromkeys(("lease.CreditsTheServer", "lease.CreditsTheNext", "lease.WritesUnderAnother"), UNSAID),  # what it takes
    **dict.fromkeys(("lease.ShowsNoToken", "lease.ShowsTheTokenBefore"), UNSAID),  # what is shown
    **dict.fromkeys(("lease.ShowsAnotherToken", "lease.ShowsWhatItTookAsFenced"), UNSAID),
    **dict.fromkeys(("lease.AsksAgain", "lease.TakesWhatItDidNotAskFor", "lease.AnswersAgain"), UNSAID),  # what an agent asks for
    **dict.fromkeys(("lease.LaysDownEarly", "lease.SaysNothing", "lease.LendsForLonger"), UNSAID),  # how long a lease is, and is used
    **dict.fromkeys(("lease.LendsForShorter", "lease.LaysDownNothing"), UNSAID),
    **dict.fromkeys(("lease.LaysDownAnother", "lease.LaysDownTheOneBefore"), UNSAID),  # which lease it is that is laid down
    **dict.fromkeys(
        ("lease.SkipsAToken", "lease.FreesTheNext"), UNSAID
    ),  # that no token is left out, and what is said of a lease that is given back
    **dict.fromkeys(("lease.LendsOnce", "lease.RefusesTheHolder", "lease.RefusesTheFirst"), LIVENESS),
    **dict.fromkeys(("lease.KeepsWhatIsGivenBack", "lease.TakesNone"), LIVENESS),
}


@pytest.mark.parametrize("id", pitfalls("lease"))
def test_a_shipped_mistake_is_no_step_of_the_model_unless_there_is_a_reason(id: str) -> None:
    require_as_listed(BRIDGE, pitfalls("lease")[id], SEEN, NOT_SEEN)


REFUTED = {
    "CountsFromArrival": "computes with a int",
    "ForgetsTheLease": "Lending: no token is above the last",
    "ForgetsWhatItWasGranted": "Using: it has seen no token above that",
    "FreesByItself": "tests for truth a Address",
    "FreesTheNext": "guard free.is_current",
    "GivesBackAnother": "guard give_back.holds_it",
    "HoldsOn": "Using: its clock shows less than the guard before the end",
    "KeepsTheToken": "state.token has a number before it",
    "KeepsWhatIsGivenBack": "Lending: that one has it, and nobody else",
    "LaysDownAnother": "Expired: it was granted it",
    "LaysDownEarly": "computes with a int",
    "LaysDownNothing": "Expired: it was granted it",
    "LaysDownTheOneBefore": "computes with a int",
    "LendsForLonger": "computes with a int",
    "LendsForShorter": "computes with a int",
    "LendsToItself": "guard grant.is_free",
    "LendsToTheNext": "guard grant.is_free",
    "LendsTwice": "guard grant.is_free",
    "SaysALaterEnd": "computes with a int",
    "SaysAnotherToken": "Granted: it is granted",
    "SkipsAToken": "computes with a int",
    "TakesAnOldLease": "guard take.is_new",
    "TakesAnythingBack": "guard free.is_current",
    "TakesNone": "Using: it holds that lease, and no other",
    "TakesWhatIsOver": "Using: it holds that lease, and no other",
    "WritesUnderAnother": "Write: its sender was granted it",
}
"""What refutes a mistake in the handlers. The others are of progress, of what is shown, or of what an agent asks for and says."""


@pytest.mark.thorough
def test_shipped_mistakes_about_who_has_which_lease_and_until_when_are_refuted_in_the_handlers() -> None:
    mistaken = {type(process) for pitfall in pitfalls("lease").values() for process in pitfall.system.processes.values()}
    found = {kind.__name__: refuted_by(LEASES, kind) for kind in mistaken if issubclass(kind, Server | Agent)}

    assert {name for name, by in found.items() if by != "nothing"} == set(REFUTED)
    assert all(by in found[name] for name, by in REFUTED.items())


STOPPED = {
    "guard_below_skew": (3, "guard laid_down"),
    "lends_twice": (3, "guard is_free"),
    "takes_an_old_lease": (6, "guard is_new"),
    "takes_what_it_likes": (1, "guard was_granted"),
    "numbers_twice": (3, "guard higher"),
    "takes_anything_back": (6, "guard is_current"),
}
"""At which step, and by which guard, the protocol stops the attack of each mutant."""


def test_the_protocol_stops_each_attack_where_it_should() -> None:
    assert {mutant.name: stopped_by(LEASE, mutant) for mutant in LEASE.mutants} == STOPPED


def test_what_clocks_do_that_the_model_assumes_they_do_not_is_not_crossed() -> None:
    assert BRIDGE.assumed(system())
    assert not BRIDGE.assumed(system(guard=0))
    assert not BRIDGE.assumed(system(clocks=Clocks(2, skew=2)))
    assert not BRIDGE.assumed(system(clocks=Clocks(2, setbacks=1)))
