"""Effects that take place once, by induction over a model of any size: any number of executions, attempts and agents, whatever is lost or late.

A work is what may be done once: what has one key, in however many executions, or else one execution. An attempt is for one work.
Of how often is tried, and of waits: attempts never become more than there may be, for any number of them; and bounds that double add up to
2^k - 1 times the first after k of them, so that no executor waits longer than that, for any k.
Assumes: an agent keeps on its disk the key of what it has done; what it was sent it begins once; nobody forges messages.
Not covered: that executions end, and that an agent that is told to stop does. That the model is the code is not claimed here: the bridge
checks it of every step of explored scopes; that the executor counts attempts and bounds waits so, `is_tried_as_it_may_be` and
`the_wait_is_in_its_bounds` say, which are explored.
"""

from __future__ import annotations

from collections.abc import Callable

import z3

from concordant.proofs.kernel.counting import theorem
from concordant.proofs.kernel.finite import Universe
from concordant.proofs.kernel.models import Model, Term, add, exists, forall
from concordant.proofs.kernel.pages import proved
from concordant.proofs.kernel.proofs import Mutant, Proof

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies


def retries() -> Model:
    """Return the model. `sent`: an attempt was sent, in this execution and for this work; `failed`: its agent has said that it did nothing, and will not.

    `acted`: the work was done in this attempt; `again`: it was done once more; `recorded`: its agent remembers that; `answered`: it has said so of this attempt;
    `told`: the user of the execution was told that it is done; `given_up`: that nothing was.
    """
    m = Model("retry_recovery")
    attempt, execution, work = m.sort("Attempt", "attempts"), m.sort("Execution", "executions"), m.sort("Work", "works")
    keyed = m.rigid("keyed", work)
    m.relation("sent", attempt, execution, work)
    m.relation("failed", attempt)
    m.relation("acted", attempt, work)
    m.relation("again", work)
    m.relation("recorded", work)
    m.relation("answered", attempt)
    m.relation("told", execution, work)
    m.relation("given_up", execution)

    m.action(
        "send",
        "An attempt that is new is sent, for what has a key; or else for what all attempts have failed at.",
        lambda s, a, e, w: {
            "is_new": And(Not(s.answered(a)), forall(execution, work, lambda f, v: Not(s.sent(a, f, v)))),
            "is_known_again": Or(keyed(w), forall(attempt, execution, lambda b, f: Implies(s.sent(b, f, w), s.failed(b)))),
            "is_open": Not(s.given_up(e)),
        },
        lambda s, a, e, w: {"sent": add(s.sent, a, e, w)},
        a=attempt,
        e=execution,
        w=work,
    )
    m.action(
        "act",
        "An agent does what it was sent, unless it knows by a key that it has, or has begun that attempt before.",
        lambda s, a, e, w: {
            "was_sent": s.sent(a, e, w),
            "has_not_failed": Not(s.failed(a)),
            "is_first": forall(work, lambda v: Not(s.acted(a, v))),
            "is_not_recorded": Not(And(keyed(w), s.recorded(w))),
        },
        lambda s, a, e, w: {  # noqa: ARG005  # guards take the parameters
            "acted": add(s.acted, a, w),
            "again": lambda v: Or(s.again(v), And(v == w, exists(attempt, lambda b: s.acted(b, w)))),
            "recorded": add(s.recorded, w),
        },
        a=attempt,
        e=execution,
        w=work,
    )
    m.action(
        "fail",
        "An agent says that an attempt has failed, in which it has done nothing.",
        lambda s, a: {"did_nothing": forall(work, lambda w: Not(s.acted(a, w)))},
        lambda s, a: {"failed": add(s.failed, a)},
        a=attempt,
    )
    m.action(
        "answer",
        "An agent says of an attempt that was sent it that its work is done, as it knows.",
        lambda s, a, e, w: {"was_sent": s.sent(a, e, w), "is_recorded": s.recorded(w)},
        lambda s, a, e, w: {"answered": add(s.answered, a)},  # noqa: ARG005
        a=attempt,
        e=execution,
        w=work,
    )
    m.action(
        "tell",
        "A user is told that it is done, as an agent has said.",
        lambda s, a, e, w: {"was_sent": s.sent(a, e, w), "was_answered": s.answered(a)},
        lambda s, a, e, w: {"told": add(s.told, e, w)},  # noqa: ARG005
        a=attempt,
        e=execution,
        w=work,
    )
    m.action(
        "give_up",
        "A user is told that nothing was done, since every attempt of its execution has failed.",
        lambda s, e: {"all_have_failed": forall(attempt, work, lambda a, w: Implies(s.sent(a, e, w), s.failed(a)))},
        lambda s, e: {"given_up": add(s.given_up, e)},
        e=execution,
    )

    m.invariant(
        "once",
        "No work is done twice.",
        lambda s: forall(work, lambda w: Not(s.again(w))),
        safety=True,
    )
    m.invariant(
        "nothing_unasked",
        "What was done in an attempt was sent in it.",
        lambda s: forall(attempt, work, lambda a, w: Implies(s.acted(a, w), exists(execution, lambda e: s.sent(a, e, w)))),
        safety=True,
    )
    m.invariant(
        "what_is_told_was_done",
        "What a user was told to be done was done.",
        lambda s: forall(execution, work, lambda e, w: Implies(s.told(e, w), exists(attempt, lambda a: s.acted(a, w)))),
        safety=True,
    )
    m.invariant(
        "what_was_given_up_does_nothing",
        "Nothing was done in an attempt of an execution that was given up.",
        lambda s: forall(
            attempt, execution, work, work, lambda a, e, w, v: Implies(And(s.given_up(e), s.sent(a, e, w)), Not(s.acted(a, v)))
        ),
        safety=True,
    )
    m.invariant(
        "what_has_failed_does_nothing",
        "Nothing was done in an attempt that has failed.",
        lambda s: forall(attempt, work, lambda a, w: Not(And(s.failed(a), s.acted(a, w)))),
        safety=True,
    )
    m.invariant(
        "given_up_is_failed",
        "Every attempt of an execution that was given up has failed.",
        lambda s: forall(attempt, execution, work, lambda a, e, w: Implies(And(s.given_up(e), s.sent(a, e, w)), s.failed(a))),
    )
    m.invariant(
        "done_is_recorded",
        "What was done is recorded.",
        lambda s: forall(attempt, work, lambda a, w: Implies(s.acted(a, w), s.recorded(w))),
    )
    m.invariant(
        "recorded_is_done",
        "What is recorded was done.",
        lambda s: forall(work, lambda w: Implies(s.recorded(w), exists(attempt, lambda a: s.acted(a, w)))),
    )
    m.invariant(
        "answered_is_recorded",
        "What was said to be done is recorded.",
        lambda s: forall(attempt, execution, work, lambda a, e, w: Implies(And(s.answered(a), s.sent(a, e, w)), s.recorded(w))),
    )
    m.invariant(
        "one_use",
        "An attempt is for one work of one execution.",
        lambda s: forall(
            attempt,
            execution,
            execution,
            work,
            work,
            lambda a, e, f, w, v: Implies(And(s.sent(a, e, w), s.sent(a, f, v)), And(e == f, w == v)),
        ),
    )
    m.invariant(
        "one_at_a_time",
        "Of two attempts at what has no key one has failed.",
        lambda s: forall(
            attempt,
            attempt,
            execution,
            execution,
            work,
            lambda a, b, e, f, w: Implies(And(s.sent(a, e, w), s.sent(b, f, w), Not(keyed(w))), Or(a == b, s.failed(a), s.failed(b))),
        ),
    )
    return m


def universe(attempts: int, executions: int, keyed: int, others: int) -> Universe:
    """Return the finite universe of so many attempts and executions, and works with a key and without."""
    sorts = {"Attempt": ("a", attempts), "Execution": ("e", executions), "Work": ("w", keyed + others)}
    return Universe.of(sorts, {"keyed": frozenset((number,) for number in range(keyed))})


def _without(action: str, guard: str) -> Callable[[], Model]:
    return lambda: retries().without_guard(action, guard)


SENT, AGAIN = ("send", "a0", "e0", "w0"), ("send", "a1", "e0", "w0")
ACT, ONCE_MORE = ("act", "a0", "e0", "w0"), ("act", "a1", "e0", "w0")
WITH_KEY, WITHOUT = universe(2, 1, 1, 0), universe(2, 1, 0, 1)
RETRIES = Proof(
    stem="retry_recovery",
    title="effects_take_place_once",
    about=__doc__,
    model=retries,
    start=universe(2, 2, 1, 1),
    real=tuple(universe(attempts, executions, keyed, 1) for attempts in (1, 2, 3) for executions in (1, 2) for keyed in (0, 1)),
    mutants=(
        Mutant(
            "tries_without_key",
            "What has no key is tried again, though nothing is known of the attempt before.",
            _without("send", "is_known_again"),
            WITHOUT,
            (SENT, AGAIN, ACT, ONCE_MORE),
        ),
        Mutant(
            "knows_no_keys",
            "An agent does again what it has done.",
            _without("act", "is_not_recorded"),
            WITH_KEY,
            (SENT, AGAIN, ACT, ONCE_MORE),
        ),
        Mutant("acts_unasked", "An agent does what it was not sent.", _without("act", "was_sent"), universe(1, 1, 1, 0), (ACT,)),
        Mutant(
            "fails_after_acting",
            "An agent says that it has failed in what it did.",
            _without("fail", "did_nothing"),
            universe(1, 1, 1, 0),
            (SENT, ACT, ("fail", "a0")),
        ),
        Mutant(
            "gives_up_in_doubt",
            "An execution is given up whose last attempt has failed, and of another nothing is known.",
            _without("give_up", "all_have_failed"),
            universe(1, 1, 1, 0),
            (SENT, ("give_up", "e0"), ACT),
        ),
        Mutant(
            "takes_silence_for_success",
            "A user is told that it is done what nobody has said to be.",
            _without("tell", "was_answered"),
            universe(1, 1, 1, 0),
            (SENT, ("tell", "a0", "e0", "w0")),
        ),
    ),
)

EFFECTS_TAKE_PLACE_ONCE = proved(RETRIES)

# ---- how often is tried, and how long is waited

ATTEMPTS, NUMBER = z3.Ints("attempts number")
FIRST, MOST, BOUND, WAIT, LONGEST, WAITED = z3.Reals("first most bound wait longest waited")


def _tried() -> tuple[list[Term], Term]:
    """State that the first attempt may be, and that each is followed by one that may be, if by any."""
    return [ATTEMPTS >= 1, NUMBER >= 1, NUMBER <= ATTEMPTS], And(ATTEMPTS >= 1, Implies(NUMBER < ATTEMPTS, NUMBER + 1 <= ATTEMPTS))


def _adds_up(bound: Term, longest: Term, waited: Term) -> Term:
    """State what is claimed after k waits. `bound`: 2^k times the first, that of the next wait; `longest`: all bounds until then, added up."""
    return And(longest == bound - FIRST, waited <= longest)


def _waited() -> tuple[list[Term], Term]:
    """State that it is so before the first wait, and after one more."""
    capped = z3.If(BOUND < MOST, BOUND, MOST)
    before = [FIRST > 0, _adds_up(BOUND, LONGEST, WAITED), capped >= WAIT]
    return before, And(_adds_up(FIRST, z3.RealVal(0), z3.RealVal(0)), _adds_up(2 * BOUND, LONGEST + BOUND, WAITED + WAIT))


ATTEMPTS_ARE_BOUNDED = theorem(
    "retry_recovery.attempts_are_bounded",
    "No attempt has a number above that of the attempts there may be.",
    "for any number of attempts, by induction",
    _tried,
    why="the first is 1, and there may be one; another follows only one whose number is less.",
)
WAITS_ADD_UP = theorem(
    "retry_recovery.waits_add_up",
    "The bounds of k waits add up to 2^k - 1 times the first, and what is waited is no more, with or without a cap.",
    "for any number of waits, by induction; all real bounds",
    _waited,
    why="after k waits the next bound is 2^k times the first: what was added up is that bound without the first, and doubling adds it once more.",
)
