"""The proof kernel: what it proves, what it refuses, and that its second opinion agrees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import z3
from attrs import evolve

from concordant.proofs.consensus.paxos_synod.claim import paxos, universe
from concordant.proofs.kernel import obligations as deciding
from concordant.proofs.kernel.counterexamples import smallest
from concordant.proofs.kernel.finite import FiniteModel, Firing, Universe
from concordant.proofs.kernel.fragment import alternation_cycle
from concordant.proofs.kernel.gates import every_action_fires, satisfiable
from concordant.proofs.kernel.models import Model, add, exists, forall
from concordant.proofs.kernel.obligations import Discharge, Obligation, alike, ask, decide, failures, obligations
from concordant.proofs.kernel.scenarios import play
from concordant.proofs.kernel.solving import SolverAnswer, matched
from concordant.refimpl.machine.search import Search

NODES = {"Node": ("n0", "n1")}


def lock() -> Model:
    """A lock that one node holds."""
    m = Model("lock")
    node = m.sort("Node")
    m.relation("holds", node)
    m.action(
        "take",
        "A node takes the lock.",
        lambda s, n: {"free": forall(node, lambda k: z3.Not(s.holds(k)))},  # noqa: ARG005
        lambda s, n: {"holds": add(s.holds, n)},
        n=node,
    )
    m.action(
        "drop", "A node lets go.", lambda s, n: {"holds": s.holds(n)}, lambda s, n: {"holds": lambda k: z3.And(s.holds(k), k != n)}, n=node
    )
    m.invariant(
        "one_holder", "Claimed.", lambda s: forall(node, node, lambda n, k: z3.Implies(z3.And(s.holds(n), s.holds(k)), n == k)), safety=True
    )
    return m


def test_a_lock_is_proved_for_all_numbers_of_nodes() -> None:
    assert [each.name for each in obligations(lock())] == ["start keeps one_holder", "take keeps one_holder", "drop keeps one_holder"]
    assert list(failures(lock())) == []


def test_what_is_written_alike_is_one_formula_whenever_it_is_written() -> None:
    node = z3.DeclareSort("Node")
    follows = z3.Function("follows", node, node, z3.BoolSort())

    one, same = (forall(node, lambda n: exists(node, lambda k: follows(n, k))) for _ in range(2))

    assert one.eq(same)
    assert not one.eq(forall(node, lambda n: exists(node, lambda k: follows(k, n))))


def test_a_variable_is_not_taken_for_one_around_it_that_is_called_as_it_is() -> None:
    node = z3.DeclareSort("Node")
    follows = z3.Function("follows", node, node, z3.BoolSort())

    def is_followed_by_another(by: z3.ExprRef) -> z3.BoolRef:
        return exists(node, lambda n: z3.And(follows(by, n), n != by))

    everybody_is = forall(node, lambda n: is_followed_by_another(n))

    assert ask([everybody_is])[0] is SolverAnswer.SAT
    assert ask([everybody_is, forall(node, node, lambda n, k: n == k)])[0] is SolverAnswer.UNSAT
    assert ask([forall(node, lambda n: z3.Not(is_followed_by_another(n))), forall(node, lambda n: follows(n, n))])[0] is SolverAnswer.SAT


def test_what_matching_refutes_names_what_it_needs_and_of_the_rest_it_says_nothing() -> None:
    model = lock()

    (kept,) = (each for each in obligations(model) if each.name == "take keeps one_holder")
    solver = matched([kept.negated], kept.hypotheses)

    assert solver is not None
    assert {str(each) for each in solver.unsat_core()} <= {"guard free", "invariant one_holder"}
    assert matched(kept.without("guard free").formulas) is None


def test_without_its_guard_it_has_a_counterexample_of_two_nodes_that_python_agrees_with() -> None:
    model = lock().without_guard("take", "free")
    ((obligation, answer),) = failures(model)

    found = smallest(model, obligation)

    assert answer is SolverAnswer.SAT
    assert found.sizes == {"Node": 2}
    assert found.faults() == ()
    assert next(found.lines()).startswith("take(n = node")


def test_of_a_mutant_only_what_it_changes_is_decided_where_the_rest_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    proved, asked = lock(), list[str]()

    def decided(model: Model) -> list[str]:
        asked.clear()
        assert list(failures(model, proved)) == []
        return list(asked)

    def note(obligation: Obligation) -> Discharge:
        asked.append(obligation.name)
        return Discharge(SolverAnswer.UNSAT)

    monkeypatch.setattr(deciding, "decide", note)
    everything = ["start keeps one_holder", "take keeps one_holder", "drop keeps one_holder"]

    assert decided(proved.without_guard("take", "free")) == ["take keeps one_holder"]
    assert decided(proved.without_invariant("one_holder")) == []
    assert decided(lock().without_guard("take", "free")) == everything
    assert decided(evolve(proved, invariants=dict(lock().invariants))) == everything


def test_a_counterexample_that_is_none_is_found_out_without_z3() -> None:
    model = lock().without_guard("take", "free")
    ((obligation, _),) = failures(model)
    found = smallest(model, obligation)

    broken = type(found)(FiniteModel(lock(), found.finite.universe), found.state, found.row, found.breaks)

    assert broken.faults() == ("guard free is false",)


def test_a_finite_model_is_a_transition_system_like_any_other() -> None:
    search = Search(FiniteModel(lock(), Universe(NODES, {}))).run()

    # nobody, n0 or n1; take twice from nobody, drop once from each
    assert (search.states, search.transitions, search.depth) == (3, 4, 2)


def test_what_a_proof_needs_is_told() -> None:
    (_, take, _) = obligations(lock())

    assert decide(take, minimal=True).needs == {"guard free"}


def test_what_an_action_leaves_as_it_was_is_known_without_asking() -> None:
    m = lock()
    m.relation("waits", m.sorts["Node"])
    m.invariant("nobody_waits", "Kept by all.", lambda s: forall(m.sorts["Node"], lambda n: z3.Not(s.waits(n))))
    decided = {each.name: decide(each).needs for each in obligations(m) if each.is_supposed}

    assert decided == {f"{action} keeps nobody_waits": {"invariant nobody_waits"} for action in ("take", "drop")}


@pytest.mark.parametrize(
    ("make", "same"),
    [
        (lambda node, p, q: forall(node, lambda n: z3.Or(p(n), exists(node, lambda k: q(k, n)))), True),
        (lambda node, p, q: forall(node, lambda k: z3.Or(p(k), exists(node, lambda n: q(n, k)))), True),
        (lambda node, p, q: forall(node, lambda n: z3.Or(p(n), exists(node, lambda k: q(n, k)))), False),
        (lambda node, p, q: forall(node, lambda n: z3.Or(p(n), forall(node, lambda k: q(k, n)))), False),
        (lambda node, p, q: forall(node, lambda n: z3.And(p(n), exists(node, lambda k: q(k, n)))), False),
        (lambda node, p, q: forall(node, lambda n: z3.Or(exists(node, lambda k: q(k, n)), p(n))), False),
        (lambda node, p, q: forall(node, lambda n: z3.Or(p(n), exists(node, node, lambda k, _: q(k, n)))), False),
        (lambda node, p, q: forall(node, lambda n: z3.Or(q(n, n), exists(node, lambda k: z3.And(p(k), q(k, n))))), False),
    ],
)
def test_two_formulas_are_one_whatever_their_variables_are_called(make: Callable[..., z3.BoolRef], *, same: bool) -> None:
    node = z3.DeclareSort("Node")
    p, q = z3.Function("p", node, z3.BoolSort()), z3.Function("q", node, node, z3.BoolSort())
    one = forall(node, lambda n: z3.Or(p(n), exists(node, lambda k: q(k, n))))

    assert alike(one, make(node, p, q)) is alike(make(node, p, q), one) is same


@pytest.mark.parametrize("called", ["n", "n!0"])  # the second is what Z3 calls the first that it makes anew
def test_a_quantifier_cannot_capture_what_is_passed_in(called: str) -> None:
    node = z3.DeclareSort("Node")
    passed = z3.Const(called, node)
    holds = z3.Function("holds", node, z3.BoolSort())

    formula = exists(node, lambda n: z3.And(holds(n), z3.Not(holds(passed))))  # would be unsatisfiable if that were captured

    assert ask([formula])[0] is SolverAnswer.SAT


def test_a_query_outside_the_decidable_fragment_is_refused() -> None:
    node = z3.DeclareSort("Node")
    after = z3.Function("after", node, node, z3.BoolSort())
    everyone_has_a_successor = forall(node, lambda n: exists(node, lambda k: after(n, k)))

    assert alternation_cycle([everyone_has_a_successor]) == ("Node", "Node")

    model = evolve(lock(), axioms={"successors": everyone_has_a_successor})
    with pytest.raises(ValueError, match="start keeps one_holder leaves the decidable fragment: Node → Node"):
        list(failures(model))


def test_an_existential_that_depends_on_nothing_stays_in_the_fragment() -> None:
    node = z3.DeclareSort("Node")
    big = z3.Function("big", node, z3.BoolSort())

    assert alternation_cycle([forall(node, lambda n: z3.Or(big(n), exists(node, lambda k: big(k))))]) is None  # names its variable


def test_updating_something_rigid_is_refused_by_name() -> None:
    m = lock()
    m.rigid("chief", m.sorts["Node"])
    m.action("crown", "A node becomes chief.", lambda s: {}, lambda s: {"chief": add(s.chief, z3.Const("n", m.sorts["Node"]))})  # noqa: ARG005

    with pytest.raises(ValueError, match="action crown updates chief, which does not change; it may update holds"):
        list(obligations(m))


def test_safety_that_says_nothing_is_found_out() -> None:
    m = lock()
    m.invariant("nothing", "True of every state.", lambda s: z3.Or(forall(m.sorts["Node"], lambda n: s.holds(n)), True), safety=True)

    assert satisfiable(m) == ("nothing follows from the axioms alone: it says nothing about the protocol",)


def test_an_action_that_never_fires_is_found_out() -> None:
    m = lock()
    m.action("never", "Nothing.", lambda s: {"never": z3.BoolVal(False)}, lambda s: {"holds": s.holds})  # noqa: ARG005

    assert every_action_fires(FiniteModel(m, Universe(NODES, {}))) == ("action never never fired",)


def test_a_script_stops_at_the_guard_that_forbids_a_step() -> None:
    played = play(FiniteModel(lock(), Universe(NODES, {})), (("take", "n0"), ("take", "n1")))

    assert (played.stuck_at, played.guard, played.broken) == (2, "free", ())


def test_a_script_that_names_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="step take names 'n7', but the elements of Node are n0, n1"):
        play(FiniteModel(lock(), Universe(NODES, {})), (("take", "n7"),))


def test_compiled_formulas_agree_with_z3_on_every_state_of_a_small_universe() -> None:
    model = paxos()
    finite = FiniteModel(model, universe(1, 1, 1))
    reached = list(Search(finite).run().reached)

    for state in reached:
        enabling = {Firing(name, arguments) for name in model.actions for arguments in finite.enabling(name, state)}
        for row in finite.rows():
            assert finite.enabled(state, row) is (row in enabling) is _z3_agrees(finite, row.action, row, state)


def _only(sort: z3.SortRef, elements: list[z3.ExprRef]) -> z3.BoolRef:
    return forall(sort, lambda x: z3.Or([x == each for each in elements]))


def _z3_agrees(finite: FiniteModel, name: str, row: Firing, state: tuple[frozenset[tuple[int, ...]], ...]) -> bool:
    """Ask Z3 whether an action is enabled in a concrete state, spelled out element by element."""
    model = finite.model
    elements = {
        sort: [z3.Const(f"{sort}{n}", model.sorts[sort]) for n in range(len(names))] for sort, names in finite.universe.names.items()
    }
    facts = [z3.Distinct(each) for each in elements.values() if len(each) > 1]
    for sort, each in elements.items():
        facts.append(_only(model.sorts[sort], each))
    s = model.state()
    rigid = {**dict(zip(model.changing, state, strict=True)), **finite.universe.rigid}
    for symbol in model.symbols.values():
        if not symbol.domain and symbol.range != z3.BoolSort():
            facts.append(getattr(s, symbol.name)() == elements[str(symbol.range)][rigid[symbol.name]])
            continue
        places: list[tuple[int, ...]] = [()]
        for sort in symbol.domain:
            places = [(*place, n) for place in places for n in range(len(elements[str(sort)]))]
        for place in places:
            atom = getattr(s, symbol.name)(*(elements[str(sort)][n] for sort, n in zip(symbol.domain, place, strict=True)))
            facts.append(atom if place in rigid[symbol.name] else z3.Not(atom))
    sorts = model.actions[name].parameters
    arguments = {key: elements[str(sort)][value] for (key, sort), value in zip(sorts.items(), row.arguments, strict=True)}
    return ask([*facts, *model.actions[name].guards(s, **arguments).values()])[0] is SolverAnswer.SAT


def test_a_formula_that_mentions_an_unknown_symbol_is_refused() -> None:
    m = lock()
    m.axioms["other"] = z3.Bool("other")

    with pytest.raises(
        ValueError, match="the formula mentions other, which is neither a symbol of the model nor a parameter; known are holds"
    ):
        FiniteModel(m, Universe(NODES, {})).failing_axioms()
