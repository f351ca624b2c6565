"""The scopes of requests and responses."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Fire, Lose, Receive, over
from concordant.refimpl.messaging.request_response import CLIENT, LOSSY, OTHER, PATIENT, PAY, SERVER, SHIP, system
from concordant.refimpl.messaging.shared import dispatching
from concordant.refimpl.messaging.shared.dispatching import Dispatching
from concordant.spec.messaging.request_response import Done, Ended, Invoke, Request, Retry, SendOff
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import Faults, Network

COPIES = Network(duplicating=True, losses=None)
RESTART = Faults(crashes=1, recoveries=1, who=(CLIENT, SERVER))
THOUGH_LOST = tuple(clause for clause in PATIENT if clause is not spec.what_is_sent_ends)
ELSEWHERE = Invoke(OTHER, PAY.operation)

SCOPES = (
    Scope("loss", "two calls; any number of messages is lost, and all come in any order", system((PAY,), (SHIP,)), Counts(361, 988, 13)),
    Scope("retries", "two users ask for the same, which is sent twice at most", system((PAY,), (PAY,), attempts=2), Counts(230, 760, 10)),
    Scope(
        "asked_again",
        "a user asks for the same twice, by the same key; losses, copies, and a crash of either side, also in the middle of a step",
        system((PAY, PAY), network=COPIES, faults=Faults(crashes=1, recoveries=1, who=(CLIENT, SERVER), mid_step=True)),
        Counts(445, 1_725, 12),
    ),
    Scope(
        "cancelled",
        "two calls, of which one is cancelled, and a server that is suspected without reason; nothing is lost",
        system((PAY,), (SHIP,), network=Network(), faults=Faults(cancellations=1, detector=True, mistakes=1)),
        Counts(596, 1_631, 13),
    ),
    Scope(
        "suspected",
        "two servers, of which one is suspected without reason; nothing is lost",
        system((PAY,), (ELSEWHERE,), network=Network(), faults=Faults(detector=True, mistakes=1)),
        Counts(435, 1_048, 13),
    ),
    Scope(
        "two_callers",
        "two callers ask for the same by the same key; copies",
        system((PAY,), (PAY,), clients=2, network=Network(duplicating=True)),
        Counts(169, 598, 11),
    ),
    Scope(
        "anything",
        "a call is sent twice at most, and everything goes wrong once: crash, suspicion, cancellation; somebody forges",
        system(
            attempts=2,
            network=COPIES,
            faults=Faults(crashes=1, recoveries=1, who=(CLIENT, SERVER), cancellations=1, detector=True, mistakes=1),
            forged=True,
        ),
        Counts(1_270, 5_413, 12),
    ),
    Scope(
        "patient",
        "two calls, of a caller that never gives up, not even when it is told to suspect the server",
        system((PAY,), (SHIP,), attempts=None, faults=Faults(detector=True, mistakes=1)),
        Counts(400, 1_840, 15),
    ),
    Scope(
        "patient_and_anything",
        "a user asks for the same twice, by a caller that never gives up; losses, copies, a crash, a cancellation; somebody forges",
        system(
            (PAY, PAY),
            attempts=None,
            network=COPIES,
            faults=Faults(crashes=1, recoveries=1, who=(CLIENT, SERVER), cancellations=1),
            forged=True,
        ),
        Counts(1_962, 8_828, 14),
    ),
    Scope(
        "over_a_dispatcher",
        "a call, of a caller that never gives up; what arrives waits in a queue for the handler; any number of messages is lost",
        over(system(attempts=None, promises=THOUGH_LOST), dispatching.layer(), network=LOSSY, combine=Dispatching),
        Counts(72, 242, 17),
    ),
)

SITUATIONS = (
    Situation(
        "the_response_is_lost",
        "The operation was carried out, and its response is lost. The request comes again: the server answers from memory, and does nothing twice.",
        system(attempts=2),
        (
            Ask(CLIENT, ANY, PAY),
            Fire(CLIENT, SendOff(PAY)),
            Receive(SERVER, CLIENT, Request(PAY.operation)),
            Fire(SERVER, Ended(CLIENT, PAY.operation, Done(PAY.operation.name))),
            Lose(SERVER, CLIENT, ANY),
            Fire(CLIENT, Retry(PAY)),
            Receive(SERVER, CLIENT, Request(PAY.operation)),
        ),
    ),
)
