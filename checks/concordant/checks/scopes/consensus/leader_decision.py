"""The scopes of leader decision."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.leader_decision import A0, A1, CONFLICT, LOG, ONE, OTHER, PROMISES, system
from concordant.refimpl.machine import ANY, Ask, Receive
from concordant.spec.consensus import leader_decision as spec
from concordant.spec.consensus.bully_election import Epoch
from concordant.spec.consensus.leader_decision import Appoint, Conflict, Decide, Fenced, Resolve
from concordant.spec.vocabulary import Address, Faults, Map, Network

A2 = Address("agent", 2)
ANOTHER = Conflict("y", Map.of({ONE: "a", OTHER: "b"}))
OWN = Conflict("z", Map.of({A1: "a", OTHER: "c"}))
BOTH = (A0, (CONFLICT,)), (A1, (ANOTHER,))
FENCING = (*PROMISES, spec.a_leader_is_turned_down)
COPIES = Network(duplicating=True)
RESTART = Faults(crashes=1, recoveries=1, who=(A0, A1), mid_step=True)

SCOPES = (
    Scope(
        "one_conflict",
        "two agents, elected one after the other, are asked about one conflict",
        system(promises=FENCING),
        Counts(87, 161, 10),
    ),
    Scope(
        "two_conflicts",
        "two agents, elected one after the other, are each asked about a conflict",
        system(*BOTH, promises=FENCING),
        Counts(89, 174, 11),
    ),
    Scope(
        "party",
        "the same; one of the two is a party of a conflict about which both are asked, and is asked about another one",
        system((A1, (OWN, CONFLICT)), (A0, (OWN,)), promises=FENCING),
        Counts(107, 219, 12),
    ),
    Scope(
        "two_users",
        "the same; two users ask one agent about one conflict",
        system((A0, (CONFLICT,)), (A0, (CONFLICT,)), (A1, (ANOTHER,)), promises=FENCING),
        Counts(479, 1_215, 14),
    ),
    Scope(
        "elected_again",
        "two agents, each asked about a conflict, of which one is elected twice more, and hears of the later epoch first",
        system(*BOTH, epochs=(Epoch(1, A0), Epoch(2, A1), Epoch(4, A0), Epoch(3, A0)), promises=FENCING),
        Counts(377, 931, 15),
    ),
    Scope(
        "copies",
        "two agents, each asked about a conflict; messages are duplicated",
        system(*BOTH, network=COPIES, promises=FENCING),
        Counts(121, 570, 13),
    ),
    Scope(
        "losses",
        "the same; and one message is lost in all its copies",
        system(*BOTH, network=Network(duplicating=True, losses=1), promises=FENCING),
        Counts(715, 3_966, 15),
    ),
    Scope(
        "restart",
        "two agents, asked about one conflict; one crashes, also in the middle of a step, and comes up again",
        system(faults=RESTART, promises=FENCING),
        Counts(672, 1_579, 12),
    ),
    Scope(
        "everything",
        "two agents, each asked about a conflict; the same, and messages are duplicated and lost",
        system(*BOTH, network=Network(duplicating=True, losses=1), faults=RESTART),
        Counts(3_998, 24_700, 16),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_agents",
        "three agents, elected one after the other, of which two are asked about a conflict each",
        system(*BOTH, agents=3, epochs=(Epoch(1, A0), Epoch(2, A1), Epoch(3, A2))),
        Counts(370, 1_133, 14),
        size=Size.MEDIUM,
    ),
)

FIRST, SECOND = Epoch(1, A0), Epoch(2, A1)

SITUATIONS = (
    Situation(
        "it_is_deposed_and_does_not_know",
        "The first leader has decided, and its message travels. Meanwhile another is elected, and the log has heard from it: the first is turned down.",
        system(*BOTH),
        (
            Ask(A0, ANY, Appoint(FIRST)),
            Ask(A0, ANY, Resolve(CONFLICT)),
            Ask(A1, ANY, Appoint(SECOND)),
            Ask(A1, ANY, Resolve(ANOTHER)),
            Receive(LOG, A1, Decide(SECOND, "y", "b")),
            Receive(LOG, A0, Decide(FIRST, "x", "a")),
            Receive(A0, LOG, Fenced("x", SECOND)),
        ),
    ),
)
