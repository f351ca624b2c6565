"""The scopes of publish and subscribe: the broker with its agents alone, and over the link that delivers what it is given."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Receive, over
from concordant.refimpl.messaging import guaranteed_delivery as delivery
from concordant.refimpl.messaging.publish_subscribe import BROKER, NEWS, PLAIN, PROMISES, READER, SAFE, A, Agent, B, C, D, system
from concordant.spec.messaging.publish_subscribe import Answered, Asked, Parcel, Publish, Request, Subscribe, Unsubscribe
from concordant.spec.messaging.publish_subscribe import clauses as spec
from concordant.spec.vocabulary import Faults, Map, Network

HELLO, WORLD = Publish(NEWS, "hello"), Publish(NEWS, "world")
LEAVE, COME = Unsubscribe(NEWS), Subscribe(NEWS)
AGAIN: Map[str, Request] = Map.of({"hello": Publish(NEWS, "again")})
LEAVES: Map[str, Request] = Map.of({"hello": LEAVE})
PAIR = {A: PLAIN, B: READER}
OF_ONE = tuple(clause for clause in PROMISES if clause not in (spec.publishers_order, spec.one_order))
ONE_IS_AHEAD = (*PROMISES, spec.one_is_ahead)

SCOPES = (
    Scope(
        "two_publish",
        "two publish something each; two others are subscribed",
        system({A: PLAIN, B: PLAIN, C: READER, D: READER}, {A: (HELLO,), B: (WORLD,)}, promises=ONE_IS_AHEAD),
        Counts(276, 732, 15),
    ),
    Scope(
        "comes_and_goes",
        "one publishes twice; another is subscribed, leaves, and comes again, and asks for that twice",
        system(PAIR, {A: (HELLO, WORLD), B: (COME, LEAVE, LEAVE, COME)}),
        Counts(486, 968, 19),
    ),
    Scope(
        "handlers",
        "one publishes; one handler leaves at that, and one publishes again, and so does its user",
        system(
            {A: PLAIN, B: Agent(BROKER, (NEWS,), LEAVES), C: Agent(BROKER, (NEWS,), AGAIN)},
            {A: (HELLO,), C: (WORLD,)},
            promises=(*PROMISES, spec.a_handler_asks),
        ),
        Counts(1_076, 3_288, 17),
    ),
    Scope(
        "three_wait",
        "one publishes the same twice, and the handler of another publishes again each time, and so does its user",
        system({A: PLAIN, B: Agent(BROKER, (NEWS,), AGAIN)}, {A: (HELLO, HELLO), B: (WORLD,)}),
        Counts(540, 1_171, 18),
    ),
    Scope(
        "a_queue_of_three",
        "two publish something, one of them twice; a third is subscribed",
        system({A: PLAIN, B: PLAIN, C: READER}, {A: (HELLO, WORLD), B: (Publish(NEWS, "third"),)}),
        Counts(198, 422, 16),
    ),
    Scope(
        "copies",
        "one publishes three times, and another leaves and comes again; copies",
        system(PAIR, {A: (HELLO, WORLD, Publish(NEWS, "third")), B: (LEAVE, COME)}, network=Network(duplicating=True)),
        Counts(644, 1_173, 22),
    ),
    Scope(
        "losses",
        "one publishes twice, two others are subscribed; any number of messages is lost",
        system(PAIR | {C: READER}, {A: (HELLO, WORLD)}, network=Network(losses=None), promises=SAFE),
        Counts(371, 922, 15),
    ),
    Scope(
        "crashes",
        "one publishes twice, two others are subscribed; any of them, or the broker, crashes, also in the middle of a step",
        system(PAIR | {C: READER}, {A: (HELLO, WORLD)}, faults=Faults(crashes=1, who=(BROKER, A, B, C), mid_step=True)),
        Counts(602, 1_709, 15),
    ),
    Scope(
        "over_a_link",
        "one publishes, and another is subscribed, over a link that repeats what is lost, once nothing is under way",
        over(system(PAIR, {A: (HELLO,)}, faults=Faults(synchronous=True), promises=OF_ONE), delivery.layer(), network=Network(losses=None)),
        Counts(323, 965, 11),
    ),
    Scope(
        "over_a_lossy_link",
        "one publishes, and another is subscribed, over a link that repeats what is lost, however much that is",
        over(system(PAIR, {A: (HELLO,)}, promises=OF_ONE), delivery.layer(), network=delivery.LOSSY),
        Counts(4_098, 36_609, 18),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "leaves_too_early",
        "A publication is on its way to a subscriber while that leaves, and comes again: it is of the subscription before, and is not handed up.",
        system(PAIR, {A: (HELLO,), B: (LEAVE, COME)}),
        (
            Ask(A, ANY, HELLO),
            Receive(BROKER, A, Asked(1, HELLO)),
            Ask(B, ANY, LEAVE),
            Receive(BROKER, B, Asked(1, LEAVE)),
            Receive(B, BROKER, Answered(1)),
            Ask(B, ANY, COME),
            Receive(B, BROKER, Parcel),
        ),
    ),
)
