"""The scopes of one-shot unanimity."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire, Receive
from concordant.refimpl.voting.unanimous_consent import PROMISES, system
from concordant.spec.vocabulary import Address, Faults, Network, addresses
from concordant.spec.voting.unanimous_consent import Cast, Close, Put, Question, Vote, is_declined_by_silence

EVERYBODY = (Address("coordinator"), *addresses("elector", 3))
LIARS = (Address("elector", 2), Address("stranger"))

SCOPES = (
    Scope(
        "in_time",
        "three electors; nothing is lost and the deadline passes only when nothing is under way",
        system(faults=Faults(synchronous=True), promises=tuple(clause for clause in PROMISES if clause is not is_declined_by_silence)),
        Counts(861, 2_536, 14),
    ),
    Scope(
        "duplication",
        "three electors; messages are duplicated and come late",
        system(network=Network(duplicating=True)),
        Counts(476, 2_066, 14),
    ),
    Scope("loss", "two electors; any number of messages is lost", system(2, network=Network(losses=None)), Counts(473, 1_644, 11)),
    Scope(
        "crashes",
        "the coordinator or one of two electors stops, also in the middle of a step",
        system(2, faults=Faults(crashes=1, who=EVERYBODY[:3], mid_step=True)),
        Counts(1_060, 3_135, 11),
    ),
    Scope(
        "liars",
        "two honest electors; a third and a stranger say whatever they like, and any number of messages is lost",
        system(liars=LIARS, network=Network(losses=None)),
        Counts(537, 2_090, 11),
    ),
    Scope(
        "liars_and_copies",
        "the same, but messages are duplicated and none is lost",
        system(liars=LIARS, network=Network(duplicating=True)),
        Counts(103, 414, 11),
    ),
    Scope(
        "lost_copies",
        "two electors; messages are duplicated, and one is lost in all its copies",
        system(2, network=Network(duplicating=True, losses=1)),
        Counts(430, 1_423, 11),
    ),
    Scope(
        "two_users",
        "one elector; two users put the proposal, the later one while it is voted on or afterwards",
        system(1, users=2),
        Counts(59, 119, 8),
    ),
    Scope(
        "two_users_and_faults",
        "the same with a stranger that says whatever it likes; messages are duplicated and lost, and one of the two stops",
        system(
            1,
            users=2,
            liars=LIARS[1:],
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=1, who=EVERYBODY[:2], mid_step=True),
        ),
        Counts(687, 2_490, 10),
    ),
    Scope(
        "everything",
        "two honest electors and two liars; messages are duplicated and lost, and two participants stop in the middle of a step",
        system(
            liars=LIARS,
            network=Network(duplicating=True, losses=None),
            faults=Faults(crashes=2, who=EVERYBODY[:3], mid_step=True),
        ),
        Counts(18_823, 122_585, 17),
        size=Size.MEDIUM,
    ),
)

COORDINATOR, FIRST = EVERYBODY[:2]

SITUATIONS = (
    Situation(
        "silence_is_no_consent",
        "The time is over, one has consented and two were silent: the coordinator has declined, and a yes that comes now changes nothing.",
        system(),
        (
            Ask(COORDINATOR, Address("user"), Put()),
            Receive(FIRST, COORDINATOR, Question()),
            Fire(FIRST, Cast(consents=True)),
            Fire(COORDINATOR, Close()),
            Receive(COORDINATOR, FIRST, Vote(consents=True)),
        ),
    ),
)
