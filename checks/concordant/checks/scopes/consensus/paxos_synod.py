"""The scopes of Paxos."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.explore import Reductions
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.consensus.paxos_synod import SAFETY, system
from concordant.refimpl.machine import Ask, Receive, System, cut_off
from concordant.spec.consensus.paxos_synod import Accept, History, Prepare, Promise, Propose
from concordant.spec.vocabulary import Address, Faults, Network, addresses

RELIABLE = Network()
ACCEPTORS = addresses("acceptor", 3)
LOSSY, DUPLICATING = Network(losses=1), Network(duplicating=True)
PROPOSERS = addresses("proposer", 1)
SYMMETRY = Reductions(symmetry=True)
REDUCED = Reductions(symmetry=True, leave_ignored=True)
IGNORING = Reductions(leave_ignored=True)
RETRYING = (("x", "z"), ("y",))


def duel(acceptors: int, network: Network = RELIABLE, crashes: int = 0) -> System[History]:
    """Return two patient proposers and that many acceptors, of which `crashes` crash and come back, and no learner."""
    who = ACCEPTORS[:acceptors] if crashes else ()
    return system(
        learners=0,
        acceptors=acceptors,
        network=network,
        faults=Faults(crashes=crashes, recoveries=crashes, who=who),
        promises=SAFETY,
        patient=True,
    )


def divided(*, first_reaches_all: bool = False) -> System[History]:
    """Return a duel in which each proposer reaches two of the three acceptors, and one asks twice: their quorums meet in the one that both reach."""
    whole, (first, second) = system(RETRYING, learners=0, network=RELIABLE, promises=SAFETY, patient=True), addresses("proposer", 2)
    apart = cut_off((second, ACCEPTORS[0]), *(() if first_reaches_all else ((first, ACCEPTORS[2]),)))
    return evolve(whole, assume=(*whole.assume, apart), symmetric=())


def three_quorums(*, first_reaches_all: bool = False) -> System[History]:
    """Return three proposers, each of which reaches two of the three acceptors, another two than the others: any two quorums meet in one acceptor."""
    whole = system((("x",), ("y",), ("z",)), learners=0, network=RELIABLE, promises=SAFETY, patient=True)
    first, second, third = addresses("proposer", 3)
    apart = ((second, ACCEPTORS[0]), (third, ACCEPTORS[1]), *(() if first_reaches_all else ((first, ACCEPTORS[2]),)))
    return evolve(whole, assume=(*whole.assume, cut_off(*apart)), symmetric=())


SCOPES = (
    Scope(
        "one_acceptor",
        "two proposers, one of which asks twice, and an acceptor that decides alone; messages come in any order",
        system(RETRYING, acceptors=1, network=RELIABLE, patient=True),
        Counts(410, 847, 19),
    ),
    Scope(
        "one_acceptor_and_loss",
        "the same without a learner; one message is lost",
        system(RETRYING, acceptors=1, learners=0, network=Network(losses=1), promises=SAFETY, patient=True),
        Counts(336, 605, 16),
        reductions=IGNORING,
    ),
    Scope(
        "one_acceptor_and_copies",
        "the same without loss; messages are duplicated",
        system(RETRYING, acceptors=1, learners=0, network=Network(duplicating=True), promises=SAFETY, patient=True),
        Counts(2_018, 12_794, 22),
        reductions=IGNORING,
    ),
    Scope(
        "one_acceptor_and_recovery",
        "the same; the acceptor or a proposer crashes and comes back",
        system(
            RETRYING,
            acceptors=1,
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=(*addresses("proposer", 2), *ACCEPTORS[:1])),
            promises=SAFETY,
            patient=True,
        ),
        Counts(1_461, 2_966, 18),
        reductions=IGNORING,
    ),
    Scope(
        "two_users",
        "two users ask one proposer; an acceptor decides alone",
        system((("x",), ("y",)), acceptors=1, network=RELIABLE, patient=True, shared=True),
        Counts(61, 88, 13),
    ),
    Scope(
        "abandoned",
        "two acceptors and a learner; the proposer stops for good, also in the middle of a step",
        system((("x",),), acceptors=2, network=RELIABLE, faults=Faults(crashes=1, who=PROPOSERS, mid_step=True), patient=True),
        Counts(347, 1_059, 18),
    ),
    Scope(
        "learning",
        "one proposer, three acceptors, a learner; messages are duplicated and come in any order",
        system((("x",),)),
        Counts(2_009, 19_809, 17),
    ),
    Scope(
        "retransmission",
        "the same without duplication; two messages are lost, and what got no answer is sent again",
        system((("x",),), network=Network(losses=2), faults=Faults(synchronous=True)),
        Counts(2_951, 13_751, 24),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "one_loss",
        "one proposer and three acceptors, each by its name; one message is lost, and what got no answer is sent again",
        system((("x",),), learners=0, network=LOSSY, faults=Faults(synchronous=True)),
        Counts(822, 2_701, 14),
    ),
    Scope(
        "sent_again",
        "one proposer and an acceptor that decides alone; any message is lost any number of times, and is sent again",
        system((("x",),), acceptors=1, learners=0, network=Network(losses=None, copies=1)),
        Counts(41, 143, 10),
    ),
    Scope(
        "minority_down",
        "one proposer and three acceptors, one of which stops for good; what gets no answer is sent again",
        system((("x",),), learners=0, network=RELIABLE, faults=Faults(crashes=1, who=ACCEPTORS[:1], synchronous=True)),
        Counts(629, 1_957, 14),
    ),
    Scope(
        "all_faults",
        "one proposer, two acceptors, a learner; duplication, one loss in all copies, and an acceptor crashes and comes back",
        system(
            (("x",),),
            acceptors=2,
            network=Network(duplicating=True, losses=1),
            faults=Faults(crashes=1, recoveries=1, who=ACCEPTORS[:2]),
        ),
        Counts(3_916, 29_104, 18),
    ),
    Scope(
        "lost_promises",
        "one proposer; messages are duplicated, and two are lost in all their copies",
        system((("x",),), learners=0, network=Network(duplicating=True, losses=2)),
        Counts(4_697, 43_887, 18),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "recovery",
        "an acceptor crashes, also in the middle of a step, and comes back with promise and vote",
        system(
            (("x",),),
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=ACCEPTORS, mid_step=True),
            patient=True,
        ),
        Counts(489, 1_841, 14),
        reductions=SYMMETRY,
    ),
    Scope(
        "duel",
        "two proposers and three acceptors; messages come in any order",
        duel(3),
        Counts(42_985, 178_102, 23),
        size=Size.MEDIUM,
        reductions=REDUCED,
    ),
    Scope(
        "divided",
        "two proposers, one of which asks twice, and three acceptors; each reaches two, so that it may be told of votes for either value",
        divided(),
        Counts(3_434, 9_837, 28),
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_loss",
        "two proposers and two acceptors, both of which every quorum needs; one message is lost",
        duel(2, LOSSY),
        Counts(2_188, 6_468, 19),
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_copies",
        "the same without loss; messages are duplicated and come in any order",
        duel(2, DUPLICATING),
        Counts(5_204, 52_376, 25),
        size=Size.MEDIUM,
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_recovery",
        "the same without either; an acceptor crashes and comes back with promise and vote",
        duel(2, crashes=1),
        Counts(2_880, 9_394, 21),
        reductions=IGNORING,
    ),
    Scope(
        "rivals_and_a_learner",
        "two proposers, two acceptors, both of which every quorum needs, and a learner, which hears votes in several ballots, in any order",
        system((("x",), ("y",)), acceptors=2, network=RELIABLE, patient=True),
        Counts(2_348, 8_144, 23),
    ),
    Scope(
        "three_rivals",
        "three proposers and two acceptors, both of which every quorum needs; messages come in any order",
        system((("x",), ("y",), ("z",)), acceptors=2, learners=0, network=RELIABLE, promises=SAFETY, patient=True),
        Counts(46_332, 167_700, 28),
        size=Size.MEDIUM,
        reductions=IGNORING,
    ),
    Scope(
        "three_quorums",
        "three proposers and three acceptors, two of which each proposer reaches; messages come in any order",
        three_quorums(),
        Counts(20_208, 75_580, 28),
        size=Size.MEDIUM,
        reductions=IGNORING,
    ),
    Scope(
        "any_loss",
        "one proposer; messages are duplicated and any number is lost",
        system((("x",),), learners=0, network=Network(duplicating=True, losses=None)),
        Counts(58_581, 676_017, 25),
        size=Size.MEDIUM,
        reductions=SYMMETRY,
    ),
    Scope(
        "twice",
        "a proposer asks again after its first value is chosen, while an acceptor crashes in the middle of a step and comes back",
        system(
            (("x", "y"),),
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=ACCEPTORS, mid_step=True),
            promises=SAFETY,
            patient=True,
        ),
        Counts(32_476, 121_681, 24),
        size=Size.MEDIUM,
        reductions=REDUCED,
    ),
    Scope(
        "forgetful_proposer",
        "a proposer crashes in the middle of a step and comes back with nothing but its round",
        system(
            (("x", "y"),),
            learners=0,
            network=RELIABLE,
            faults=Faults(crashes=1, recoveries=1, who=PROPOSERS, mid_step=True),
            promises=SAFETY,
            patient=True,
        ),
        Counts(2_556_751, 9_451_369, 27),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "three_proposers",
        "three proposers and three acceptors, all of which the first reaches, and the others two; messages come in any order",
        three_quorums(first_reaches_all=True),
        Counts(595_004, 2_690_614, 30),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "two_ballots",
        "two proposers, of which one reaches all three acceptors and asks twice, and the other two of them; messages come in any order",
        divided(first_reaches_all=True),
        Counts(4_587_626, 18_555_473, 32),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_loss",
        "two proposers and three acceptors; one message is lost",
        duel(3, LOSSY),
        Counts(1_114_706, 5_715_784, 24),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_copies",
        "two proposers and three acceptors; messages are duplicated and come in any order",
        duel(3, DUPLICATING),
        Counts(1_634_437, 26_122_174, 32),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
    Scope(
        "duel_and_recovery",
        "two proposers and three acceptors, one of which crashes and comes back with promise and vote",
        duel(3, crashes=1),
        Counts(1_257_050, 6_152_280, 25),
        size=Size.LARGE,
        reductions=IGNORING,
    ),
)

FIRST, SECOND = addresses("proposer", 2)
A0, A1, A2 = ACCEPTORS
TWO_BALLOTS = (
    Ask(FIRST, Address("user", 0), Propose("x")),
    Ask(SECOND, Address("user", 1), Propose("y")),
    Receive(A0, FIRST, Prepare),
    Receive(A1, FIRST, Prepare),
    Receive(FIRST, A0, Promise),
    Receive(FIRST, A1, Promise),
)

SITUATIONS = (
    Situation(
        "two_proposers_cross",
        "The acceptor in the middle has promised the higher ballot, and so refuses the vote that the lower one has prepared.",
        system(network=RELIABLE, patient=True),
        (*TWO_BALLOTS, Receive(A1, SECOND, Prepare), Receive(A1, FIRST, Accept)),
    ),
    Situation(
        "a_value_is_adopted",
        "One acceptor has voted for x when the higher ballot asks it: whether x was chosen cannot be told, so that y gives way to x.",
        system(network=RELIABLE, patient=True),
        (
            *TWO_BALLOTS,
            Receive(A0, FIRST, Accept),
            Receive(A0, SECOND, Prepare),
            Receive(A2, SECOND, Prepare),
            Receive(SECOND, A0, Promise),
            Receive(SECOND, A2, Promise),
        ),
    ),
)
