"""The scopes of managers and workers."""

from __future__ import annotations

from concordant.checks.exploration.families import Family
from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.hierarchies.manager_worker import ALONE, HEAD, PROMISES, USER, below_head, system
from concordant.refimpl.machine import ANY, Ask, Fire, Receive, System
from concordant.spec.hierarchies.manager_worker import Assign, Fails, Log, Place, Report, Staff, Task
from concordant.spec.hierarchies.manager_worker import clauses as spec
from concordant.spec.vocabulary import Address, Draw, Faults, Network, addresses

A, B, C = Task("a"), Task("b"), Task("c")
BOTH = Task("ab", (A, B))
NESTED = Task("abc", (BOTH, C))
TWINS = Task("aba", (BOTH, Task("c", (A,))))
MANAGER, (FIRST, SECOND, THIRD) = Address("manager", 1), addresses("worker", 3)
LEVELS = (
    Place(THIRD, HEAD, frozenset({"a", "b"})),
    Place(FIRST, MANAGER, frozenset({"a"})),
    Place(MANAGER, HEAD),
    Place(SECOND, MANAGER, frozenset({"b"})),
    ALONE,
)
"""A head with a worker that can do all parts, and a manager with a worker for each."""
NO_FORESTS: tuple[Staff, ...] = (
    (Place(FIRST, MANAGER), ALONE),
    (ALONE, Place(FIRST, HEAD), Place(FIRST, HEAD)),
    (ALONE, ALONE),
    (Place(HEAD, MANAGER), Place(MANAGER, HEAD)),
    (ALONE, Place(MANAGER, MANAGER)),
)
"""Organisations that are none: without a manager's place, with two of one agent, in a circle."""
NOT_REJECTED = tuple(clause for clause in PROMISES if clause != spec.a_rejection_has_a_reason)
"""What is promised where every task is taken."""


def without(agent: Address) -> Staff:
    """Return the levels without one worker."""
    return tuple(place for place in LEVELS if place.agent != agent)


def flawed(draw: Draw) -> System[Log]:
    """Return an organisation that cannot be, or one that can, with tasks that cannot be."""
    staff = draw.one_of("organisation", (*NO_FORESTS, below_head("c")))
    return system(Task("a", (A,)), TWINS, C, staff=staff)


def of_three(draw: Draw) -> System[Log]:
    """Return a head, and three below it: workers, or another manager and workers; each worker can do some of two parts, and one of them may crash."""
    skills = ({"a"}, {"b"}, {"a", "b"}, {"ab"})
    managed = draw.one_of("managers", (1, 2))
    places = [ALONE, *([Place(MANAGER, HEAD)] if managed == 2 else [])]
    for number in range(3 if managed == 1 else 2):
        manager = draw.one_of(f"manager of {number}", (HEAD, MANAGER)[:managed])
        places.append(Place(Address("worker", number), manager, frozenset(draw.one_of(f"{number} can", skills))))
    below = tuple(place.agent for place in places[1:])
    return system(BOTH, staff=tuple(places), faults=Faults(detector=True, crashes=1, who=below), promises=NOT_REJECTED)


SCOPES = (
    Scope(
        "levels",
        "a head with a worker that can do both parts of a task, and a manager with a worker for each; then one part alone",
        system(
            BOTH,
            A,
            staff=LEVELS,
            promises=(*PROMISES, spec.a_part_is_done_below_another_manager, spec.another_does_what_one_has_failed_at),
        ),
        Counts(109, 110, 27),
    ),
    Scope(
        "nested",
        "three workers, and a task whose parts have parts",
        system(NESTED, staff=below_head("a c", "b c", "ab")),
        Counts(37, 36, 17),
    ),
    Scope(
        "copies",
        "a manager with one worker, and a head with another; messages are duplicated, and a rival asks as well",
        system(BOTH, staff=without(SECOND), rival=(A,), network=Network(duplicating=True)),
        Counts(219, 246, 22),
    ),
    Scope(
        "crash",
        "a head with a worker, and a manager with another; one of these crashes; then a task that cannot be",
        system(
            BOTH,
            TWINS,
            staff=without(FIRST),
            faults=Faults(detector=True, crashes=1, who=(MANAGER, SECOND)),
            promises=(*PROMISES, spec.another_takes_over_from_who_is_down),
        ),
        Counts(364, 671, 17),
    ),
    Scope(
        "errs",
        "two workers, of whom one can do both parts; the detector errs once; then a task that cannot be",
        system(BOTH, TWINS, staff=below_head("a", "a b"), faults=Faults(detector=True, mistakes=1)),
        Counts(215, 355, 13),
    ),
    Scope(
        "errs_below",
        "a manager with two workers, below a head with one; the detector errs once",
        system(BOTH, A, staff=LEVELS, faults=Faults(detector=True, mistakes=1), promises=NOT_REJECTED),
        Counts(3_087, 5_592, 28),
        size=Size.MEDIUM,
    ),
    Family(
        "flawed",
        "organisations that are no forests, and tasks of which two parts have one name",
        flawed,
        Counts(29, 23, 7, members=6),
    ),
    Family(
        "of_three",
        "every way to put three below a head: workers, or a manager and workers, that can do one part, both or the whole; one crashes",
        of_three,
        Counts(41_105, 70_181, 22, members=128),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "a_part_comes_back",
        "A manager's worker fails at the first part: the manager reports both parts as left, and its head goes on with another worker.",
        system(BOTH, staff=LEVELS),
        (
            Ask(HEAD, USER, ANY),
            Receive(MANAGER, HEAD, Assign),
            Receive(FIRST, MANAGER, Assign),
            Fire(FIRST, Fails),
            Receive(MANAGER, FIRST, Report),
            Receive(HEAD, MANAGER, Report),
            Receive(THIRD, HEAD, Assign),
        ),
    ),
)
