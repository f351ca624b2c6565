"""Code that was tied to a model that nobody has proved, or of which another class was run: each was called proved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import z3
from attrs import evolve

from concordant.checks.answers import Conclusion
from concordant.checks.questions.asking import to_prove
from concordant.checks.questions.bridge import ask
from concordant.checks.questions.question import Means
from concordant.checks.registry import protocol
from concordant.proofs.consensus.two_phase_commit.claim import commit
from concordant.proofs.consensus.two_phase_commit.handlers import COMMIT, CountsAMajority
from concordant.proofs.consensus.two_phase_commit.meaning import NODE, TwoPhaseCommit
from concordant.proofs.kernel.meaning import Said
from concordant.proofs.kernel.models import Model, Relation, State, Term, exists, forall
from concordant.proofs.kernel.role_theorems import role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.kernel.standing import wording
from concordant.refimpl.consensus.two_phase_commit import Collecting
from concordant.spec.vocabulary import Address

ROLE = COMMIT.roles[0]


def without_a_guard() -> Model:
    return commit().without_guard("log_commit", "all_prepared")


class Weaker(TwoPhaseCommit):
    """A meaning in a model in which the coordinator commits when it likes."""

    def make_model(self) -> Model:
        return without_a_guard()


OTHER = "its model is not the one that is proved of two_phase_commit: it has another axiom, invariant, guard or update"


def test_a_handler_that_takes_steps_of_a_model_that_nobody_has_proved_is_not_proved() -> None:
    (theorem,) = role_theorems(Weaker(), evolve(ROLE, kind=CountsAMajority))

    assert theorem.prove().detail == OTHER
    assert stability_theorem(Weaker()).prove().detail == OTHER


def test_a_bridge_to_a_model_that_nobody_has_proved_is_not_crossed() -> None:
    (question,) = ask(protocol("two_phase_commit"))
    answer = evolve(question, scopes=question.scopes[:1], bridge=evolve(question.bridge, model=without_a_guard)).answer(Means())

    note = answer.note("problem")

    assert (answer.conclusion, note and note.fields["value"]) == (Conclusion.NOT_AS_CLAIMED, OTHER)


def test_where_a_handler_alone_is_asked_about_nothing_on_which_it_rests_is_taken_for_proved() -> None:
    alone, _ = to_prove(["two_phase_commit.participant_takes_steps_of_the_model"], large=False)

    assert [each.id.rpartition("/")[2] for each in alone] == [
        "two_phase_commit.agreement",
        "two_phase_commit.coordinator_takes_steps_of_the_model",
        "two_phase_commit.participant_takes_steps_of_the_model",
        "two_phase_commit.assumptions_are_stable",
    ]


def test_that_assumptions_are_stable_rests_on_the_model_alone() -> None:
    alone, _ = to_prove(["two_phase_commit.assumptions_are_stable"], large=False)

    assert [each.id.rpartition("/")[2] for each in alone] == ["two_phase_commit.agreement", "two_phase_commit.assumptions_are_stable"]


def test_a_handler_of_whose_meaning_nobody_proves_that_it_is_stable_is_not_proved() -> None:
    class Untold(TwoPhaseCommit):
        """A meaning that no theorem is about, but those of its handlers."""

    (theorem,) = role_theorems(Untold(), ROLE)

    assert theorem.prove().detail == "it rests on two_phase_commit.assumptions_are_stable, which no module of proofs has"


class Careless(TwoPhaseCommit):
    """A meaning whose largest cast comes first, and that says of who has two votes what others make untrue."""

    roles = (evolve(ROLE, casts=ROLE.casts[::-1]), *COMMIT.roles[1:])

    def state(self, s: State, me: Address, state: object) -> Said:
        said = super().state(s, me, state)
        both = isinstance(state, Collecting) and len(state.votes) > 1
        return {**said, "nobody has aborted": forall(NODE, lambda n: z3.Not(s.aborted(n)))} if both else said


def test_what_a_state_means_is_to_be_stable_of_each_cast_with_which_handlers_are_run() -> None:
    assert ", by refuse" in stability_theorem(Careless()).prove().detail


def test_what_a_state_means_is_to_be_stable_of_a_cast_too_with_which_handlers_are_run_on_request() -> None:
    class CarelessAtLarge(Careless):
        roles = (evolve(ROLE, casts=ROLE.casts[:1], large=ROLE.casts[2:]), *COMMIT.roles[1:])

    _, more = role_theorems(CarelessAtLarge(), CarelessAtLarge.roles[0])

    assert ", by refuse" in more.prove().detail


def one_follows_from_the_other(s: State, node: Term, *, reverse: bool) -> Term:
    """Say that what two relations are like has to do with each other; each is so long that it is written once, under a number."""

    def long(r: Relation) -> Term:
        return forall(node, node, node, lambda x, y, z: z3.Implies(z3.And(r(x, y), r(y, z), r(x, x)), z3.Or(r(x, z), r(z, x), r(y, x))))

    one, other = long(s.asked), long(s.told)
    return z3.And(z3.Or(one, other), z3.Implies(other, one) if reverse else z3.Implies(one, other))


def each_one_has_one(s: State, node: Term, *, reverse: bool) -> Term:
    """Say that everybody has asked somebody, or was asked; both variables are called alike."""

    def somebody(me: Term) -> Term:
        return exists(node, lambda x: s.asked(x, me) if reverse else s.asked(me, x))

    return forall(node, lambda x: somebody(x))


@pytest.mark.parametrize("says", [one_follows_from_the_other, each_one_has_one], ids=["what is written once", "variables of one name"])
def test_a_model_that_says_another_thing_of_what_is_called_alike_is_not_the_one_that_is_proved(says: Callable[..., Term]) -> None:
    def model(*, reverse: bool) -> Model:
        m = Model("asking")
        node = m.sort("Node")
        m.relation("asked", node, node)
        m.relation("told", node, node)
        m.invariant("so", "So it is.", lambda s: says(s, node, reverse=reverse), safety=True)
        return m

    assert tuple(wording(model(reverse=False))) == tuple(wording(model(reverse=False)))
    assert tuple(wording(model(reverse=False))) != tuple(wording(model(reverse=True)))
