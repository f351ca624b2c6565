"""The scopes of working memory."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Tick, User
from concordant.refimpl.memory.working_memory import EXAMPLES, MEMORY, PROMISES, system
from concordant.spec.memory.working_memory import Forget, Retrieve, Store
from concordant.spec.vocabulary import Clocks, Malformed, addresses

A, B, C, GET_A, GET_B = Store("a", "x"), Store("b", None), Store("c", "z"), Retrieve("a"), Retrieve("b")
PROMOTES = (*PROMISES, *EXAMPLES)

KEYS = ("a", "b", "c", "d")
STORES_OR_WANTS = (*(Store(key, "x", 1 + place // 2) for place, key in enumerate(KEYS)), *(Retrieve(key) for key in KEYS))
USER = addresses("user", 1)[0]
ANY_SIX = evolve(system((), capacity=2), users=(User(USER, (MEMORY,), (STORES_OR_WANTS,) * 6),))

SCOPES = (
    Scope(
        "promoted",
        "two keys take turns in a short tier of one, and one is forgotten",
        system((A, B, GET_A, GET_B, Forget("a"), GET_A, A), promises=PROMOTES),
        Counts(27, 31, 9),
    ),
    Scope(
        "two_at_hand",
        "three keys, one of them more important, have room for two at hand; one of two is stored again",
        system((A, Store("b", "y", 2), A, C, GET_B, Retrieve("c")), capacity=2, enough=4, clocks=Clocks(2)),
        Counts(84, 94, 9),
    ),
    Scope(
        "full",
        "there is no room for a third key, and something has no importance; a clock is set back",
        system(
            (A, Malformed(Store("d", "?", 0)), B, C, A, Forget("c"), Forget("b"), C, GET_A),
            beyond=1,
            clocks=Clocks(1, setbacks=1),
            promises=PROMOTES,
        ),
        Counts(60, 88, 12),
    ),
    Scope(
        "set_back",
        "a clock is set back while three keys are used",
        system((A, A, B, GET_A, C, GET_B), capacity=2, clocks=Clocks(2, setbacks=1), promises=PROMOTES),
        Counts(162, 265, 10),
    ),
    Scope(
        "not_yet",
        "keys are used three times until they are promoted, before or after they were demoted",
        system((A, A, B, GET_A, GET_B, GET_B, GET_B), enough=3, promises=PROMOTES),
        Counts(28, 32, 9),
    ),
    Scope(
        "important_and_old",
        "an important key grows old beside two others, and there is no room for a fourth",
        system((Store("a", "x", 2), B, C, Store("d", "w", 2), GET_B), capacity=2, beyond=1, clocks=Clocks(2)),
        Counts(69, 74, 8),
    ),
    Scope(
        "another_importance",
        "a key is stored again as less important, and another as more",
        system((Store("a", "x", 3), A, Store("b", "y", 3), C, Store("c", "z", 4), A), capacity=2),
        Counts(27, 29, 8),
    ),
    Scope(
        "used_again",
        "a key that was promoted stays beside two that were used less",
        system((A, B, C, GET_A, Store("d", "w")), capacity=2, promises=PROMOTES),
        Counts(25, 25, 7),
    ),
    Scope(
        "two_users",
        "two users store, want and forget the same keys",
        system((A, B, GET_A), (Store("a", "y"), Forget("b"), GET_B)),
        Counts(174, 239, 8),
    ),
    Scope(
        "any_six",
        "any six requests of four keys, two of which are more important, with room for two at hand",
        ANY_SIX,
        Counts(7_140, 24_926, 8),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "important_and_old",
        "A key is twice as important as another, and was not used for two ticks: of two it is demoted.",
        system((Store("a", "x", 2), B, C), capacity=2, clocks=Clocks(2)),
        (
            Ask(MEMORY, USER, Store("a", "x", 2)),
            Tick(MEMORY, 1),
            Tick(MEMORY, 2),
            Ask(MEMORY, USER, B),
            Ask(MEMORY, USER, C),
        ),
    ),
)
