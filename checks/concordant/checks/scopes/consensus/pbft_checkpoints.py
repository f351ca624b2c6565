"""The scopes of PBFT's checkpoints."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.refimpl.consensus.pbft_checkpoints import PROMISES, SAFETY, last_is_late, system
from concordant.refimpl.machine import Forge
from concordant.spec.consensus import pbft_checkpoints as spec
from concordant.spec.consensus.pbft_checkpoints import Certificate, Checkpoint, Proposal, Transfer, Vote
from concordant.spec.vocabulary import Address, Network, addresses

R0, R1, R2, R3 = addresses("replica", 4)
STRANGERS = addresses("stranger", 2)
COPIES, ONE_LOST = Network(duplicating=True), Network(losses=1)
TWO_USERS = ((R0, ("x",)), (R0, ("y",)))
NINTH = tuple("abcdefghi")


def tells(by: Address, to: tuple[Address, ...], *messages: object) -> tuple[Forge, ...]:
    """List lies: each of some messages to each of some."""
    return tuple(Forge(each, by, message) for message in messages for each in to)


SCOPES = (
    Scope(
        "pair",
        "two replicas and two users; one message is lost",
        system(2, faulty=0, asks=TWO_USERS, network=ONE_LOST, promises=(*SAFETY, spec.more_is_executed_than_is_stable)),
        Counts(291, 716, 11),
    ),
    Scope(
        "pair_and_copies",
        "two replicas and two users; messages are duplicated",
        system(2, faulty=0, asks=TWO_USERS, network=COPIES),
        Counts(83, 184, 9),
    ),
    Scope(
        "in_order",
        "two replicas and two users, one of whom asks for two things; messages come in the order in which they were sent",
        system(2, faulty=0, asks=((R0, ("x", "z")), (R0, ("y",))), network=Network(fifo=True)),
        Counts(145, 238, 16),
    ),
    Scope(
        "full",
        "two replicas, whose window is of one number, and three users, one of whom asks the replica that is not the primary",
        system(2, faulty=0, window=1, asks=(*TWO_USERS, (R1, ("z",)))),
        Counts(130, 277, 13),
    ),
    Scope(
        "behind",
        "three replicas, whose window is of one number, and a user who asks for two things; the last replica hears of nothing until the first is stable for the others, and messages come in the order in which they were sent",
        system(
            3,
            faulty=0,
            window=1,
            asks=((R0, ("x", "y")),),
            network=Network(fifo=True),
            assume=(last_is_late,),
            promises=(*PROMISES, spec.a_state_is_taken_over),
        ),
        Counts(571, 1_460, 23),
    ),
    Scope(
        "lying_backup",
        "four replicas and a user; a backup votes for two things, signs what nobody has come to, far beyond the window, and shows a certificate that strangers have signed, one of whom votes, too",
        system(
            asks=((R0, ("x",)),),
            liars=(R3, *STRANGERS),
            lies=(
                *tells(R3, (R1,), Vote(1, "z"), Vote(1, "x"), Checkpoint(NINTH)),
                *tells(R3, (R2,), Transfer(Certificate(("z",), frozenset({R3, *STRANGERS})), frozenset({Vote(3, "z")}))),
                *tells(STRANGERS[0], (R1,), Vote(1, "z")),
            ),
        ),
        Counts(696, 3_403, 15),
    ),
    Scope(
        "lying_primary",
        "four replicas, of which the primary tells two one thing and the third another, signs for one of the two what they come to, and shows the third a certificate; messages come in the order in which they were sent",
        system(
            liars=(R0,),
            lies=(
                *tells(R0, (R1, R2), Proposal(1, "x")),
                *tells(R0, (R1,), Checkpoint(("x",))),
                *tells(R0, (R3,), Proposal(1, "y"), Transfer(Certificate(("x",), frozenset({R0, R1, R2})), frozenset())),
            ),
            network=Network(fifo=True),
        ),
        Counts(970, 3_983, 16),
    ),
)
