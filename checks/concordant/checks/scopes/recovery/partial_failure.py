"""The scopes of partial failures."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Fire
from concordant.refimpl.recovery.partial_failure import GATHERER, PAIR, PROMISES, THREE, system
from concordant.spec.recovery.partial_failure import Ended, Failed, Policy, RunAll, Succeeded, Undone
from concordant.spec.vocabulary import Faults

CANCELS = Faults(cancellations=1)

SCOPES = (
    Scope(
        "all", "of three stages all must succeed, or what did is undone", system((THREE,), policy=Policy(undoes=True)), Counts(397, 608, 7)
    ),
    Scope(
        "any",
        "of three stages one must succeed; they are cancelled",
        system((THREE,), policy=Policy(1), faults=CANCELS),
        Counts(212, 495, 5),
    ),
    Scope(
        "quorum",
        "of three stages two must succeed, or what did is undone; they are cancelled",
        system((THREE,), policy=Policy(2, undoes=True), faults=CANCELS),
        Counts(320, 621, 7),
    ),
    Scope(
        "again",
        "of two stages both must succeed, each of which is begun up to three times, or what did is undone",
        system(policy=Policy(again=2, undoes=True), faults=CANCELS),
        Counts(276, 703, 9),
    ),
    Scope(
        "again_of_three",
        "of three stages all must succeed, each of which is begun up to three times, or what did is undone",
        system((THREE,), policy=Policy(again=2, undoes=True), faults=CANCELS),
        Counts(8_944, 21_169, 13),
        size=Size.MEDIUM,
    ),
    Scope(
        "one_after_another",
        "two stages are run, and then two others, one of which has a name of before; one must succeed; they are cancelled once",
        system((PAIR, RunAll(("figures", "index"))), policy=Policy(1), faults=CANCELS, promises=PROMISES),
        Counts(506, 1_146, 7),
    ),
    Scope(
        "malformed",
        "two users ask, also for no stages, for one twice, and for one where two must succeed",
        system((PAIR, RunAll(())), (RunAll(("draft", "draft")), RunAll(("index",))), policy=Policy(2), promises=PROMISES),
        Counts(268, 493, 8),
    ),
)

SITUATIONS = (
    Situation(
        "undone_in_reverse",
        "Two stages succeed and the third fails: what succeeded last is undone first.",
        system((THREE,), policy=Policy(undoes=True)),
        (
            Ask(GATHERER, ANY, THREE),
            Fire(GATHERER, Ended("figures", Succeeded("value of figures"))),
            Fire(GATHERER, Ended("draft", Succeeded("value of draft"))),
            Fire(GATHERER, Ended("index", Failed())),
            Fire(GATHERER, Undone("draft")),
            Fire(GATHERER, Undone("figures")),
        ),
    ),
)
