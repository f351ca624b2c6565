"""Building and registering a workflow: a pure function from a draft to the workflow, or to all that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows.shared.stages import Stage
from concordant.spec.workflows.workflow_definition import CLAUSES, ORDER, Definition, Faulty, Flaw, Outcome, Rule, Workflow, Wrong


def define(definition: Definition) -> Outcome:
    """Build a draft if nothing is wrong with it."""
    draft = definition.draft
    found = dict.fromkeys([*about_the_whole(definition), *about_names(draft.stages), *about_order(draft.stages)])
    if found:
        return Faulty(tuple(sorted(found, key=lambda flaw: (ORDER.index(flaw.wrong), flaw.stage, flaw.before))))
    return Workflow(draft.name, draft.stages, draft.notes)


def about_the_whole(definition: Definition) -> list[Flaw]:
    """Find what is wrong with a draft, whatever its stages are."""
    draft = definition.draft
    wrong = {
        Wrong.NO_NAME: not draft.name,
        Wrong.TAKEN: draft.name in definition.registered and not draft.replaces,
        Wrong.NO_STAGES: not draft.stages,
    }
    return [Flaw(kind) for kind, there in wrong.items() if there]


def about_names(stages: tuple[Stage, ...]) -> list[Flaw]:
    """Find stages without a name or with that of another, and what is named and is no stage."""
    known, twice = set[str](), set[str]()
    for stage in stages:
        (twice if stage.name in known else known).add(stage.name)
    unknown = [Flaw(Wrong.UNKNOWN, stage.name, before) for stage in stages for before in stage.after if before not in known]
    nameless = [Flaw(Wrong.NAMELESS_STAGE)] if "" in known else []
    return [*nameless, *(Flaw(Wrong.DUPLICATE, name) for name in sorted(twice) if name), *unknown]


def about_order(stages: tuple[Stage, ...]) -> list[Flaw]:
    """Find stages that cannot run, by taking away those that can, again and again, until none is left that can."""
    after: dict[str, frozenset[str]] = {}
    for stage in stages:
        after[stage.name] = after.get(stage.name, frozenset()) | frozenset(stage.after)
    left = dict(after)
    while ready := [name for name, before in left.items() if not any(each in left or each not in after for each in before)]:
        for name in ready:
            del left[name]
    # The hard step. What is left waits for something that is left, or unknown. Not all of it is in a circle: some only waits for
    # one.
    stuck = [name for name in left if name not in waited_for(left, name) and all(each in after for each in left[name])]
    circular = [name for name in left if name in waited_for(left, name)]
    return [*(Flaw(Wrong.CIRCLE, name) for name in circular), *(Flaw(Wrong.UNREACHABLE, name) for name in stuck)]


def waited_for(after: Mapping[str, frozenset[str]], name: str) -> set[str]:
    """Return all that a stage depends on, by way of others or without."""
    found, new = set[str](), [name]
    while new:
        following = sorted({before for each in new for before in after.get(each, ())} - found)
        found |= set(following)
        new = following
    return found


def defining(drafts: Callable[[Draw], Definition], rule: Rule = define) -> Mechanism[Definition, Outcome]:
    """Return a rule on some drafts, with all that is promised of it."""
    return Mechanism(rule, drafts, CLAUSES)
