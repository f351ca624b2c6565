"""The scopes of barriers."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.refimpl.synchronization.barrier import OnWithdrawal, somebody, system
from concordant.spec.synchronization.barrier import Arrive, Reset
from concordant.spec.vocabulary import Address, Faults

OTHERS = (somebody("again", Arrive(Address("party"))), somebody("stranger", Arrive(Address("nobody"))))

SCOPES = (
    Scope("three", "three parties come three times", system(3, 3), Counts(118, 255, 11)),
    Scope(
        "breaks",
        "three parties come twice; two waits are cancelled and break the barrier, which somebody resets twice",
        system(3, 2, others=(somebody("chair", Reset(), Reset()),), faults=Faults(cancellations=2)),
        Counts(909, 2_757, 11),
    ),
    Scope(
        "mended",
        "two parties come twice; a wait is cancelled, and somebody resets the barrier as often as need be",
        system(2, 2, others=(somebody("chair", Reset(), repeat=True),), faults=Faults(cancellations=1)),
        Counts(104, 256, 7),
    ),
    Scope(
        "removes",
        "three parties come twice, one of them also by another client, and a stranger; a wait is cancelled, and the others wait on",
        system(3, 2, others=OTHERS, faults=Faults(cancellations=1), on_withdrawal=OnWithdrawal.REMOVE),
        Counts(728, 2_236, 11),
    ),
    Scope(
        "three_times",
        "three parties come three times; two waits are cancelled, and the others wait on",
        system(3, 3, faults=Faults(cancellations=2), on_withdrawal=OnWithdrawal.REMOVE),
        Counts(412, 984, 13),
        size=Size.MEDIUM,
    ),
)
