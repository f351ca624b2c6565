"""The scopes of sequences: one that fails or is cancelled, one that builds on another, and what is rejected."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import Ask, Fire
from concordant.refimpl.workflows.sequential_execution import CLIENT, SEQUENCER, system
from concordant.spec.vocabulary import Faults
from concordant.spec.workflows import sequential_execution as spec
from concordant.spec.workflows.sequential_execution import Read, Run, Succeeds
from concordant.spec.workflows.shared.stages import Stage

A, B, C = Stage("a"), Stage("b", ("a",)), Stage("c", ("a", "b"))
ABC = Run((A, B, C))
WRONG = (Run((B, A)), Run((A, Stage("c"), A)), Run((Stage("b", ("b",)),)), Run((Stage("c"), A)), Run(()))

SCOPES = (
    Scope(
        "three",
        "three stages, of which one may fail, beside somebody who reads the context; the sequence may be cancelled",
        system(ABC, others=(Read(), Read()), faults=Faults(cancellations=1), examples=(spec.something_is_undone, spec.one_is_cancelled)),
        Counts(39, 74, 7),
    ),
    Scope(
        "one_after_another",
        "a stage, and then two that need what it returned; one may fail, and one sequence be cancelled",
        system(Run((A,)), Run((B, C)), faults=Faults(cancellations=1), examples=(spec.one_builds_on_another,)),
        Counts(20, 20, 7),
    ),
    Scope(
        "rejected",
        "a stage before what it needs, two of one name, one that needs itself, one that is there already, none at all; beside another sequence",
        system(*WRONG, others=(Run((Stage("c"),)),), faults=Faults(cancellations=1)),
        Counts(104, 160, 11),
    ),
)

SITUATIONS = (
    Situation(
        "half_done",
        "One of two stages has succeeded, and nobody sees what it returned but the other.",
        system(Run((A, B))),
        (Ask(SEQUENCER, CLIENT, Run((A, B))), Fire(SEQUENCER, Succeeds("a"))),
    ),
)
