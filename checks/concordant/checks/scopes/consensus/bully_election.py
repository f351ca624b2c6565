"""The scopes of bully election: with a perfect detector, with one that errs, and with probes instead."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.bully_election import DETECTED, IN_TIME, Prober, system
from concordant.refimpl.machine import ANY, Crash, Receive, Recover, Suspect
from concordant.spec.consensus import bully_election as spec
from concordant.spec.vocabulary import Faults, Network, addresses

M0, M1, M2 = MEMBERS = addresses("member", 3)
DETECTOR = Faults(detector=True)
IN_ROUNDS = Faults(synchronous=True)
LOSSY = Network(duplicating=True, losses=None)

SCOPES = (
    Scope(
        "perfect",
        "three members; two crash for good, also in the middle of a step, and the detector is perfect",
        system(faults=evolve(DETECTOR, crashes=2, who=MEMBERS, mid_step=True), promises=(*DETECTED, spec.another_takes_over)),
        Counts(461, 1_369, 15),
    ),
    Scope(
        "restart",
        "three members; one crashes and comes up again",
        system(faults=evolve(DETECTOR, crashes=1, recoveries=1, who=MEMBERS), promises=(*DETECTED, spec.another_takes_over)),
        Counts(740, 2_496, 13),
    ),
    Scope(
        "priorities",
        "two members, of which the one whose name comes first has priority; one crashes, also in the middle of a step, and comes up again",
        system(2, priorities=(1, 0), faults=evolve(DETECTOR, crashes=1, recoveries=1, who=MEMBERS[:2], mid_step=True)),
        Counts(27, 37, 8),
    ),
    Scope(
        "mistake",
        "three members; the detector errs once",
        system(faults=evolve(DETECTOR, mistakes=1), promises=(*DETECTED, spec.two_lead)),
        Counts(37, 66, 7),
    ),
    Scope(
        "mistake_and_crash",
        "two members; the detector errs once, and one crashes and comes up again",
        system(2, faults=evolve(DETECTOR, mistakes=1, crashes=1, recoveries=1, who=MEMBERS[:2]), promises=(*DETECTED, spec.two_lead)),
        Counts(153, 294, 10),
    ),
    Scope(
        "everything",
        "the same; any number of messages is lost, and old ones come again",
        system(2, network=LOSSY, faults=evolve(DETECTOR, mistakes=1, crashes=1, recoveries=1, who=MEMBERS[:2])),
        Counts(461, 1_653, 12),
    ),
    Scope(
        "probes",
        "three members without a detector, on a network on which silence is a proof; two crash for good, also in the middle of a step",
        system(
            member=Prober, faults=evolve(IN_ROUNDS, crashes=2, who=MEMBERS, mid_step=True), promises=(*IN_TIME, spec.another_takes_over)
        ),
        Counts(1_038, 3_792, 14),
    ),
    Scope(
        "probes_and_restart",
        "two members, the same; one crashes, also in the middle of a step, and comes up again",
        system(2, member=Prober, faults=evolve(IN_ROUNDS, crashes=1, recoveries=1, who=MEMBERS[:2], mid_step=True), promises=IN_TIME),
        Counts(57, 99, 9),
    ),
    Scope(
        "three_probe",
        "three members without a detector; one crashes and comes up again",
        system(member=Prober, faults=evolve(IN_ROUNDS, crashes=1, recoveries=1, who=MEMBERS), promises=IN_TIME),
        Counts(2_565, 9_582, 17),
        size=Size.MEDIUM,
    ),
    Scope(
        "mistakes",
        "three members; the detector errs twice",
        system(faults=evolve(DETECTOR, mistakes=2), promises=(*DETECTED, spec.two_lead)),
        Counts(2_750, 9_382, 19),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_mistaken",
        "three members; the detector errs once, and one crashes for good",
        system(faults=evolve(DETECTOR, mistakes=1, crashes=1, who=MEMBERS)),
        Counts(2_130, 6_598, 18),
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
