"""The scopes of caches of results."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.memory.result_cache import AGING, CACHE, EXAMPLES, PROMISES, aging, system
from concordant.spec.memory.result_cache import Get, Invalidate, Key, Returns, a_call_comes_back_too_late
from concordant.spec.vocabulary import Clocks, Faults, addresses

DRAFT, ON_ANOTHER, EDIT, CHECK = Key("draft"), Key("draft", 1), Key("edit"), Key("check")
GET, DROP = Get(DRAFT), Invalidate(DRAFT)
LATE = (*PROMISES, *EXAMPLES, a_call_comes_back_too_late)
LEAVE, SET_BACK = Faults(cancellations=1), Clocks(1, setbacks=1)

SCOPES = (
    Scope(
        "invalidated",
        "a result is invalidated while two readers ask for it",
        system((GET, GET), (GET,), (DROP,), promises=LATE),
        Counts(181, 293, 8),
    ),
    Scope(
        "left",
        "one of two results is invalidated while both are computed, and a reader leaves",
        system((GET,), (Get(EDIT), DROP, GET), faults=LEAVE, promises=LATE),
        Counts(417, 818, 9),
    ),
    Scope(
        "one_place",
        "two results have room for one, and a reader leaves",
        system((GET, Get(EDIT)), (Get(EDIT),), faults=LEAVE),
        Counts(209, 378, 8),
    ),
    Scope(
        "three_places",
        "four results have room for three; one is invalidated, and a stage has effects",
        system(
            (
                GET,
                Get(EDIT),
                Get(ON_ANOTHER),
                GET,
                Get(ON_ANOTHER),
                Invalidate(CHECK),
                Get(CHECK),
                Get(EDIT),
                Get(EDIT, has_effects=True),
                DROP,
            ),
            capacity=3,
        ),
        Counts(330, 329, 18),
    ),
    Scope(
        "aged",
        "a result lives for one tick, and a reader leaves",
        aging((GET,), (GET,), lifetime=1, faults=LEAVE, promises=(*AGING, a_call_comes_back_too_late)),
        Counts(396, 804, 8),
    ),
    Scope("used_and_old", "a result lives for two ticks, however often it is used", aging((GET, GET)), Counts(65, 78, 7)),
    Scope("aged_together", "two results live for two ticks", aging((GET,), (Get(EDIT),), capacity=2), Counts(283, 468, 7)),
    Scope(
        "set_back",
        "a clock is set back, between two results of which one has room",
        aging((GET, Get(EDIT)), clocks=SET_BACK),
        Counts(95, 108, 7),
    ),
    Scope(
        "set_back_too",
        "a clock is set back, around an invalidation",
        aging((GET,), (DROP,), clocks=Clocks(2, setbacks=1)),
        Counts(210, 349, 7),
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
