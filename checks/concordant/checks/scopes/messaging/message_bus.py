"""The scopes of the message bus."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.refimpl.messaging.message_bus import OF_RESPONSES, PROMISES, A, B, C, system
from concordant.spec.messaging.message_bus import Act, Ask, Mishap, Post, Respond, Stop, Subscribe, Unsubscribe
from concordant.spec.messaging.message_bus import clauses as spec
from concordant.spec.vocabulary import Faults

NEWS = "news"
HERE, GONE, HELLO = Subscribe(NEWS), Unsubscribe(NEWS), Post(NEWS, "hello")
QUESTION = Post("question", "well?", A)
RESPONDS: dict[str, tuple[Act, ...]] = {"ask": (Ask(QUESTION),), "well?": (Respond("yes"),)}
CANCELS = Faults(cancellations=1)

SCOPES = (
    Scope(
        "direct",
        "one posts three messages to another, whose handler fails of the first, and whose mailbox has room for one; which posts one back",
        system(
            {A: (Post(NEWS, "fails", B), Post(NEWS, "second", B), Post(NEWS, "third", B)), B: (Post(NEWS, "back", A),)},
            {"fails": (Mishap.FAILS,)},
            room=1,
            promises=(*PROMISES, spec.two_handlers_run),
        ),
        Counts(88, 232, 9),
    ),
    Scope(
        "broadcast",
        "one posts to all that have subscribed; two others do, one of them twice, and leaves; the other posts something too",
        system({A: (HELLO,), B: (HERE, HERE, GONE, GONE), C: (HERE, Post(NEWS, "world"))}),
        Counts(264, 712, 11),
    ),
    Scope(
        "handlers_subscribe",
        "a handler leaves, and comes back, before it posts to all, and to itself; another hangs",
        system(
            {A: (HELLO,), B: (HERE,), C: (Subscribe("log"), Post(NEWS, "hangs", A))},
            {"hello": (GONE, HERE, HERE, Post("log", "one"), Post(NEWS, "two", B)), "hangs": (Mishap.HANGS,)},
        ),
        Counts(164, 382, 14),
    ),
    Scope(
        "responses",
        "a handler awaits a response, while another message waits in its mailbox",
        system(
            {A: (Post(NEWS, "ask"), Post(NEWS, "wait")), B: (HERE,)},
            RESPONDS,
            promises=(*OF_RESPONSES, spec.something_waits_while_a_response_is_awaited),
        ),
        Counts(63, 143, 9),
    ),
    Scope(
        "unasked_responses",
        "handlers respond to somebody whose handler awaits nothing, or something else, or is cancelled",
        system(
            {A: (Post(NEWS, "well?", B), Post(NEWS, "ask", B)), B: (Post(NEWS, "cancelled", A),)},
            RESPONDS | {"cancelled": (Mishap.IS_CANCELLED,)},
            promises=OF_RESPONSES,
        ),
        Counts(398, 999, 12),
    ),
    Scope(
        "stops",
        "the bus is stopped while a handler awaits a response; who stops it may no longer wait for that",
        system({A: (Post(NEWS, "ask", B),), B: (Stop(), HELLO)}, RESPONDS, faults=CANCELS, promises=OF_RESPONSES),
        Counts(59, 138, 9),
    ),
    Scope(
        "handlers_are_refused",
        "the bus is stopped while a handler posts something, and asks for something; responses it takes",
        system(
            {A: (Post(NEWS, "posts", B),), B: (), C: (Stop(), Stop())},
            RESPONDS | {"posts": (HELLO, Respond("yes"), Ask(QUESTION))},
        ),
        Counts(60, 128, 11),
    ),
    Scope(
        "stops_at_once",
        "the bus is stopped at once while messages wait, and by another once they are handled",
        system(
            {A: (Post(NEWS, "first"), Post(NEWS, "second"), Post(NEWS, "third")), B: (HERE, Stop(drain=False), Stop()), C: (Stop(),)},
            faults=CANCELS,
        ),
        Counts(419, 970, 12),
    ),
)
