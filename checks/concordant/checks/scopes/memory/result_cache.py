"""The scopes of caches of results."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.memory.result_cache import AGING, CACHE, EXAMPLES, PROMISES, aging, system
from concordant.spec.memory.result_cache import Get, Invalidate, Key, Returns, a_call_comes_back_too_late
from concordant.spec.vocabulary import Clocks, Faults, addresses

DRAFT, ON_ANOTHER, EDIT = Key("draft"), Key("draft", 1), Key("edit")
GET, DROP = Get(DRAFT), Invalidate(DRAFT)
LATE = (*PROMISES, *EXAMPLES, a_call_comes_back_too_late)
LEAVE, SET_BACK = Faults(cancellations=1), Clocks(2, setbacks=1)

SCOPES = (
    Scope("flight", "three readers ask for one result, and one leaves", system((GET,), (GET,), (GET,), faults=LEAVE), Counts(130, 295, 8)),
    Scope(
        "invalidated",
        "a result is invalidated while two readers ask for it",
        system((GET, GET), (GET,), (DROP,), promises=LATE),
        Counts(181, 293, 8),
    ),
    Scope(
        "left",
        "who asked first leaves, and so may who asks after an invalidation",
        system((GET,), (DROP, GET), faults=Faults(cancellations=2), promises=LATE),
        Counts(95, 152, 8),
    ),
    Scope(
        "one_place",
        "two results have room for one, and a reader leaves",
        system((GET, Get(EDIT), GET), (Get(EDIT),), faults=LEAVE),
        Counts(517, 866, 10),
    ),
    Scope(
        "two_places",
        "three results have room for two; a stage has effects",
        system((GET, Get(EDIT), GET, Get(ON_ANOTHER), GET, Get(EDIT, has_effects=True)), capacity=2),
        Counts(72, 71, 12),
    ),
    Scope(
        "aged",
        "a result lives for two ticks, and a reader leaves",
        aging((GET,), (GET,), faults=LEAVE, promises=(*AGING, a_call_comes_back_too_late)),
        Counts(267, 514, 8),
    ),
    Scope(
        "set_back",
        "a clock is set back, between two results of which one has room",
        aging((GET, Get(EDIT)), clocks=SET_BACK),
        Counts(385, 499, 8),
    ),
    Scope(
        "set_back_too",
        "a clock is set back, between an invalidation and a request",
        aging((GET,), (DROP, Get(DRAFT, has_effects=True)), clocks=SET_BACK),
        Counts(351, 676, 8),
    ),
    Scope(
        "three_readers",
        "three readers ask for two results, one invalidates, and one leaves",
        system((GET, Get(EDIT)), (GET,), (Get(EDIT), DROP), faults=LEAVE),
        Counts(3_889, 8_563, 11),
        size=Size.MEDIUM,
    ),
)

ANN, BOB = addresses("reader", 2)

SITUATIONS = (
    Situation(
        "a_call_is_overtaken",
        "A result is invalidated while it is computed: who asks then makes a call of its own, and what the first call brings is not kept.",
        system((GET,), (DROP, GET)),
        (Ask(CACHE, ANN, GET), Ask(CACHE, BOB, DROP), Ask(CACHE, BOB, GET), Fire(CACHE, Returns(1))),
    ),
)
