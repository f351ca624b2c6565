"""The branches of a function: they are found in its source, told as it takes them, and change nothing of what it does."""

from __future__ import annotations

from concordant.checks.covering.measured import telling
from concordant.checks.covering.recorder import RECORDER
from concordant.checks.exploration.branches import Branch
from concordant.checks.mutation.functions import reached


def route(number: int, items: tuple[int, ...]) -> str:
    """Take one branch or another."""
    if number > 9:
        return "large"
    for item in [each for each in items if each > 2]:
        match item:
            case 3 if number:
                return "three"
            case _:
                pass
    while number > 5:
        number -= 2
    return "odd" if number % 2 else "even"


FUNCTIONS = reached((route,), __name__.__eq__)
FIRST = route.__code__.co_firstlineno
BRANCHES = tuple(
    Branch("test_branches.py", FIRST + line, "route", what, how)
    for line, what, how in (
        (0, "", "called"),
        (2, "number > 9", "true"),
        (2, "number > 9", "false"),
        (4, "for item in [each for each in items if each > 2]", "entered"),
        (4, "each > 2", "true"),
        (4, "each > 2", "false"),
        (6, "case 3 if number", "taken"),
        (8, "case _", "taken"),
        (10, "number > 5", "true"),
        (10, "number > 5", "false"),
        (12, "number % 2", "true"),
        (12, "number % 2", "false"),
    )
)


def taken(*calls: tuple[int, tuple[int, ...]]) -> tuple[tuple[str, ...], list[Branch]]:
    """Return what a function answers as it tells its branches, and the branches that it did not take."""
    with telling(FUNCTIONS) as branches:
        assert branches == BRANCHES
        answers = tuple(route(*call) for call in calls)
    return answers, [branch for number, branch in enumerate(branches) if number not in RECORDER.taken]


def test_a_function_tells_each_branch_that_it_takes_and_answers_as_before() -> None:
    calls = ((12, ()), (1, (1, 3)), (0, (3,)), (7, ()))
    before = tuple(route(*call) for call in calls)

    answers, never = taken(*calls)

    assert (answers, never) == (before, [])
    assert before == ("large", "three", "even", "odd")


def test_what_was_not_taken_is_told() -> None:
    _, never = taken((1, (3,)))

    assert [(branch.what, branch.how) for branch in never] == [
        ("number > 9", "true"),
        ("each > 2", "false"),
        ("case _", "taken"),
        ("number > 5", "true"),
        ("number > 5", "false"),
        ("number % 2", "true"),
        ("number % 2", "false"),
    ]


def test_a_function_that_is_not_called_takes_no_branch_and_afterwards_nothing_is_told() -> None:
    code = route.__code__
    _, never = taken()
    route(1, ())

    assert never == list(BRANCHES)
    assert route.__code__ is code
    assert RECORDER.taken == set()
