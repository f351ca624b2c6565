"""The scopes of bully election: with a perfect detector, with one that errs, and with probes instead."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.bully_election import DETECTED, IN_TIME, Prober, system
from concordant.refimpl.machine import ANY, Crash, Move, Receive, Recover, Suspect
from concordant.spec.consensus.bully_election import History
from concordant.spec.consensus.bully_election import clauses as spec
from concordant.spec.vocabulary import Faults, Network, Seen, addresses

M0, M1, M2 = MEMBERS = addresses("member", 3)
DETECTOR = Faults(detector=True)
IN_ROUNDS = Faults(synchronous=True)
LOSSY = Network(duplicating=True, losses=None)


def to_the_lowest(move: Move, seen: Seen[History]) -> bool:  # noqa: ARG001  # how assumptions are asked
    """Assume that nobody but the lowest hears from the detector."""
    return not isinstance(move, Suspect) or move.at == M0


SCOPES = (
    Scope(
        "perfect",
        "three members; two crash for good, also in the middle of a step, and the detector is perfect",
        system(faults=evolve(DETECTOR, crashes=2, who=MEMBERS, mid_step=True), promises=(*DETECTED, spec.another_takes_over)),
        Counts(800, 2_630, 14),
    ),
    Scope(
        "restart",
        "three members; one crashes and comes up again",
        system(faults=evolve(DETECTOR, crashes=1, recoveries=1, who=MEMBERS), promises=(*DETECTED, spec.another_takes_over)),
        Counts(2_092, 6_843, 15),
    ),
    Scope(
        "priorities",
        "two members, of which the one whose name comes first has priority; one crashes, also in the middle of a step, and comes up again",
        system(2, priorities=(1, 0), faults=evolve(DETECTOR, crashes=1, recoveries=1, who=MEMBERS[:2], mid_step=True)),
        Counts(38, 54, 9),
    ),
    Scope(
        "mistake",
        "three members; the detector errs once",
        system(faults=evolve(DETECTOR, mistakes=1), promises=(*DETECTED, spec.two_lead)),
        Counts(51, 88, 8),
    ),
    Scope(
        "mistake_and_crash",
        "two members; the detector errs once, and one crashes and comes up again",
        system(2, faults=evolve(DETECTOR, mistakes=1, crashes=1, recoveries=1, who=MEMBERS[:2]), promises=(*DETECTED, spec.two_lead)),
        Counts(231, 438, 11),
    ),
    Scope(
        "old_news",
        "two members; the detector errs once, and the lower crashes and comes up again, twice",
        system(2, faults=evolve(DETECTOR, mistakes=1, crashes=2, recoveries=2, who=(M0,)), promises=(*DETECTED, spec.two_lead)),
        Counts(471, 1_176, 14),
    ),
    Scope(
        "two_suspected",
        "three members; the second crashes for good, the detector errs once, and speaks to the lowest alone",
        evolve(system(faults=evolve(DETECTOR, mistakes=1, crashes=1, who=(M1,))), assume=(to_the_lowest,)),
        Counts(493, 1_474, 13),
    ),
    Scope(
        "everything",
        "the same; any number of messages is lost, and old ones come again",
        system(2, network=LOSSY, faults=evolve(DETECTOR, mistakes=1, crashes=1, recoveries=1, who=MEMBERS[:2])),
        Counts(691, 2_627, 13),
    ),
    Scope(
        "probes",
        "three members without a detector, on a network on which silence is a proof; two crash for good, also in the middle of a step",
        system(
            member=Prober, faults=evolve(IN_ROUNDS, crashes=2, who=MEMBERS, mid_step=True), promises=(*IN_TIME, spec.another_takes_over)
        ),
        Counts(2_737, 11_084, 15),
    ),
    Scope(
        "probes_and_restart",
        "two members, the same; one crashes, also in the middle of a step, and comes up again",
        system(2, member=Prober, faults=evolve(IN_ROUNDS, crashes=1, recoveries=1, who=MEMBERS[:2], mid_step=True), promises=IN_TIME),
        Counts(62, 108, 9),
    ),
    Scope(
        "three_probe",
        "three members without a detector; one crashes and comes up again",
        system(member=Prober, faults=evolve(IN_ROUNDS, crashes=1, recoveries=1, who=MEMBERS), promises=IN_TIME),
        Counts(9_241, 37_192, 21),
        size=Size.MEDIUM,
    ),
    Scope(
        "mistakes",
        "three members; the detector errs twice",
        system(faults=evolve(DETECTOR, mistakes=2), promises=(*DETECTED, spec.two_lead)),
        Counts(6_283, 21_843, 17),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_mistaken",
        "three members; the detector errs once, and one crashes for good",
        system(faults=evolve(DETECTOR, mistakes=1, crashes=1, who=MEMBERS)),
        Counts(5_593, 18_855, 20),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "what_it_begins_is_over",
        "The highest was down, and comes up again. Its next epoch is earlier than that in which the other leads, which says so: it leads in a later one.",
        system(2, priorities=(1, 0), faults=evolve(DETECTOR, crashes=1, recoveries=1, who=(M0,))),
        (Crash(M0, ANY), Suspect(M1, M0), Recover(M0), Receive(M1, M0, ANY), Receive(M0, M1, ANY), Receive(M1, M0, ANY)),
    ),
    Situation(
        "two_lead_at_once",
        "A member suspects its leader by mistake, and leads, too. Who hears of both obeys the later epoch; the highest begins one when it hears of the other.",
        system(faults=evolve(DETECTOR, mistakes=1)),
        (Suspect(M1, M2), Receive(M0, M1, ANY), Receive(M2, M1, ANY), Receive(M0, M2, ANY)),
    ),
)
