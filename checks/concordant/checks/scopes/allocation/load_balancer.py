"""The scopes of load balancers."""

from __future__ import annotations

from fractions import Fraction

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.checks.mechanisms.scope import Grid, Profiles
from concordant.refimpl.allocation.load_balancer import BALANCER, PROMISES, dispatch, on_malformed, system
from concordant.refimpl.machine import Ask
from concordant.spec.allocation import load_balancer as spec
from concordant.spec.allocation.load_balancer import Complete, Join, Leave, Lost, Submit, Task
from concordant.spec.allocation.load_balancer.batches import batches_at_large
from concordant.spec.vocabulary import Address, Malformed

X, BOTH = frozenset({"x"}), frozenset({"x", "y"})
A, B, C = Task("a", "x", 1), Task("b", "x", 2), Task("c", "y", 1)
FIRST, SECOND = Address("worker"), Address("worker", 1)

SCOPES = (
    Scope(
        "two_workers",
        "two workers, one of which can do more; three tasks; each says once what it has done, or leaves",
        system(
            ("worker", ((Join(BOTH),), (Complete("a"), Complete("c"), Leave()))),
            ("worker", ((Join(X),), (Complete("a"), Leave()))),
            ("user", ((Submit(C),), (Submit(A),), (Submit(B),))),
            promises=(*PROMISES, spec.a_task_is_done_by_another),
        ),
        Counts(180, 315, 8),
    ),
    Scope(
        "lost",
        "two workers, one of which may be lost, also before it comes, and comes again; two tasks; both say that they have done the first",
        system(
            ("worker", ((Join(X),), (Complete("a"),), (Join(X),))),
            ("worker", ((Join(X),), (Complete("a"),))),
            ("user", ((Submit(A),), (Submit(B),))),
            ("watch", ((Lost(FIRST),),)),
        ),
        Counts(301, 549, 9),
    ),
    Scope(
        "asked_again",
        "a worker, which joins with other skills, and says twice what it has done; tasks of one name, and some without loads",
        system(
            ("worker", ((Join(X),), (Join(X), Join(BOTH)), (Complete("a"),), (Complete("a"), Leave()))),
            ("user", ((Submit(A), Malformed(Submit(Task("a", "x", 0)))), (Submit(A), Submit(Task("a", "x", 2))), (Submit(C),))),
        ),
        Counts(64, 116, 8),
    ),
    Scope(
        "three_alike",
        "three workers who can do the same, and two tasks",
        system(*(("worker", ((Join(X),),)) for _ in range(3)), ("user", ((Submit(A),), (Submit(B),)))),
        Counts(46, 69, 6),
    ),
    Grid(
        "three_tasks",
        "up to two workers who can do all, and up to three tasks, loads 0 to 2; at random up to three and seven, some of whom can do only some",
        dispatch(2, 3),
        (0, 1, 2),
        Profiles(78, 78, 252),
        at_random=batches_at_large,
        examples=20,
    ),
    Grid(
        "skills",
        "up to two workers, some of whom can do only some, and two tasks, loads 1 and 1/2",
        dispatch(2, 2, skilled=True),
        (Fraction(1, 2), 1),
        Profiles(240, 240, 1_000),
        at_random=batches_at_large,
        examples=20,
    ),
    Grid("malformed", "up to two tasks, one of which has no load", on_malformed(), (1,), Profiles(21, 21, 42)),
    Scope(
        "lost_of_three",
        "two workers, one of which can do more, may be lost, also before it comes, and comes again; three tasks; both say that they have done the first",
        system(
            ("worker", ((Join(BOTH),), (Complete("a"),), (Join(X),))),
            ("worker", ((Join(X),), (Complete("a"),))),
            ("user", ((Submit(A),), (Submit(B),), (Submit(C),))),
            ("watch", ((Lost(FIRST),),)),
        ),
        Counts(592, 1_070, 10),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "done_by_another",
        "Who has a task is lost, the other is given it, and says that it has done it.",
        system(
            ("worker", ((Join(X),),)), ("worker", ((Join(X),), (Complete("a"),))), ("user", ((Submit(A),),)), ("watch", ((Lost(FIRST),),))
        ),
        (
            Ask(BALANCER, FIRST, Join(X)),
            Ask(BALANCER, SECOND, Join(X)),
            Ask(BALANCER, Address("user"), Submit(A)),
            Ask(BALANCER, Address("watch"), Lost(FIRST)),
            Ask(BALANCER, SECOND, Complete("a")),
        ),
    ),
)
