"""Answering a question while the machine that it is about notes which branches it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from attrs import evolve

from concordant.checks.answers import JUDGING, Answer
from concordant.checks.covering.recorder import RECORDER
from concordant.checks.covering.rewriting import rewritten
from concordant.checks.exploration.branches import Branch, Branches
from concordant.checks.mutation.changing import changed, edit
from concordant.checks.mutation.functions import Function
from concordant.checks.mutation.mutants import machine_of
from concordant.checks.questions.question import Means, Question
from concordant.checks.registry import protocol

FOR_READERS = ("in_words", "__str__", "__repr__")
"""Methods that only reports call."""


def answered(asked: Question, means: Means) -> Answer:
    """Answer a question; where it is about what a protocol promises, with the branches that its machine took."""
    if asked.id.partition(":")[0] not in JUDGING:
        return asked.answer(means)
    functions = [each for each in machine_of(protocol(asked.stem)) if each.node.name not in FOR_READERS]
    with telling(functions) as branches:
        answer = asked.answer(means)
    taken = {number for number in RECORDER.taken if number < len(branches)}
    return evolve(
        answer,
        branches=Branches(
            tuple(branch for number, branch in enumerate(branches) if number in taken),
            tuple(branch for number, branch in enumerate(branches) if number not in taken),
        ),
    )


@contextmanager
def telling(functions: Iterable[Function]) -> Iterator[tuple[Branch, ...]]:
    """Let functions tell the recorder which branches they take; yield all the branches that they have."""
    RECORDER.taken.clear()
    branches: list[Branch] = []
    with ExitStack() as stack:
        for each in functions:
            node, own = rewritten(each, len(branches))
            branches += own
            stack.enter_context(changed(each, edit("tells its branches", each.node, node, " ", " ")))
        yield tuple(branches)
