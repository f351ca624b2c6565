"""The scopes of the vote where some lie."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.consensus.byzantine_quorum_vote import V0, V1, V2, V3, YES, system
from concordant.refimpl.consensus.shared.byzantine import tells
from concordant.spec.consensus.byzantine_quorum_vote import Proposal, Ready, Vote
from concordant.spec.vocabulary import Address, Faults, Network

COPIES = Network(duplicating=True)

SCOPES = (
    Scope(
        "two",
        "two voters, and two users: one asks the proposer to propose x, then y; the other asks who is not the proposer",
        system(2, faulty=0, asked=("xy", "z")),
        Counts(45, 74, 9),
    ),
    Scope(
        "faults",
        "two voters; messages are duplicated and lost, and one stops in the middle of a step",
        system(2, faulty=0, network=Network(duplicating=True, losses=1), faults=Faults(crashes=1, who=(V0, V1), mid_step=True)),
        Counts(366, 1_166, 8),
    ),
    Scope(
        "stranger",
        "two voters; one that is no member says whatever it likes, and messages are duplicated",
        system(2, faulty=0, liars=(Address("stranger"),), lies=tells((V0, V1), Proposal("y"), Vote(YES), Ready(YES)), network=COPIES),
        Counts(31, 68, 7),
    ),
    Scope(
        "liar",
        "four voters; one never votes, proposes something to one of the others, and tells it that it is ready; messages are duplicated",
        system(liars=(V3,), lies=tells((V1,), Proposal("y"), Ready(YES)), network=COPIES),
        Counts(2_650, 21_068, 17),
    ),
    Scope(
        "lying_proposer",
        "four voters; the proposer asks two of them, votes for both to hear, and tells one that it is ready; messages are duplicated",
        system(
            liars=(V0,),
            lies=(*tells((V1, V2), Proposal("x"), Vote(YES)), *tells((V1,), Ready(YES))),
            network=COPIES,
        ),
        Counts(1_028, 7_660, 14),
    ),
    Scope(
        "divided",
        "four voters; the proposer tells x to two and y to the third, and helps x along; messages are duplicated",
        system(
            liars=(V0,),
            lies=(*tells((V1, V2), Proposal("x"), Vote(YES), Ready(YES)), *tells((V3,), Proposal("y"))),
            network=COPIES,
        ),
        Counts(19_507, 199_512, 18),
        size=Size.MEDIUM,
    ),
    Scope(
        "liar_at_large",
        "four voters, of whom one votes for two to hear, and tells them that it is ready; messages are duplicated",
        system(liars=(V3,), lies=tells((V1, V2), Vote(YES), Ready(YES)), network=COPIES),
        Counts(26_707, 304_916, 20),
        size=Size.MEDIUM,
    ),
)
