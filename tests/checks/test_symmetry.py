"""Symmetry: exact counts of orbits, the same verdicts as without it, and an untrue one is found out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.replay import run
from concordant.checks.exploration.report import Report, Status
from concordant.checks.semantics.semantics import Semantics
from concordant.checks.semantics.symmetry import Symmetry
from concordant.checks.tabulated.explore import explore_tabulated
from concordant.pitfalls.consensus.paxos_synod.proposing import Anonymous
from concordant.refimpl.consensus.paxos_synod import system as paxos
from concordant.refimpl.consensus.two_phase_commit import system as commit
from concordant.refimpl.machine import Fire, Process, Step, System, User, step
from concordant.refimpl.machine.search import Search
from concordant.spec.consensus.paxos_synod.clauses import agreement
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Faults,
    Internal,
    Network,
    NoHistory,
    Seen,
    addresses,
    at_rest,
    case,
    every_step,
    on_event,
)
from tests.checks.toys import A, Clerk, Do, Kept, Log, Noticed
from tests.checks.toys import Counter as ToThree
from tests.oracles.two_phase import two_phase

SYMMETRY = Reductions(symmetry=True)


@pytest.mark.parametrize(
    ("managers", "orbits", "depth"),
    [(3, 80, 11), (5, 314, 17), *(pytest.param(*each, marks=pytest.mark.thorough) for each in ((7, 920, 23), (8, 1_461, 26)))],
)
def test_two_phase_commit_has_the_orbits_that_tlc_and_rumur_find(managers: int, orbits: int, depth: int) -> None:
    report = explore(two_phase(managers), reductions=SYMMETRY)

    assert (report.states, report.depth) == (orbits, depth)
    assert {verdict.status for verdict in report.verdicts} == {Status.HOLDS}


@pytest.mark.parametrize(
    "system",
    [
        paxos((("x",),)),
        commit(3, faults=Faults(synchronous=True)),
        commit(2, network=Network(duplicating=True), faults=Faults(crashes=1, recoveries=1, who=addresses("participant", 2))),
    ],
    ids=["paxos", "commit", "recovery"],
)
def test_representatives_are_one_for_each_orbit_of_the_whole_run_and_the_verdicts_on_safety_are_the_same(system: System[Any]) -> None:
    semantics = Semantics(system)
    whole = Search(semantics).run()
    symmetry = Symmetry(semantics.parts)

    plain, reduced = explore(system), explore(system, reductions=SYMMETRY)

    assert reduced.states == len({symmetry.canonical(state) for state in whole.reached})
    assert reduced.depth == plain.depth
    safety = [verdict.clause for verdict in reduced.verdicts if verdict.status is not Status.NOT_DECIDED]
    found, expected = ([(each.clause, each.status, each.length) for each in map(report.verdict, safety)] for report in (reduced, plain))
    assert found == expected


@frozen
class Choose(Internal):
    """Point at a peer for good."""

    peer: Address


@frozen
class Chosen:
    peer: Address | None = None


@frozen
class Chooser(Process[Chosen, Any, Any, Choose]):
    peers: tuple[Address, ...]

    def start(self) -> Step[Chosen]:
        return step(Chosen())

    def armed(self, state: Chosen) -> tuple[Choose, ...]:
        return tuple(map(Choose, self.peers)) if state.peer is None else ()

    def fire(self, state: Chosen, trigger: Choose) -> Step[Chosen]:  # noqa: ARG002
        return step(Chosen(trigger.peer))

    def view(self, state: Chosen) -> Chosen:
        return state


@pytest.mark.parametrize(("many", "orbits"), [(3, 7), (4, 19), (5, 47)])
def test_blocks_that_look_alike_and_are_tied_together_still_have_one_form(many: int, orbits: int) -> None:
    names = addresses("chooser", many)
    processes = {name: Chooser(tuple(peer for peer in names if peer != name)) for name in names}
    system = System(processes, NoHistory(), (), symmetric=(tuple((name,) for name in names),))

    # whom each points at, itself where at nobody, is any function of a set to itself: OEIS A001372 counts them up to renaming
    assert explore(system).states == many**many
    assert [engine(system, reductions=SYMMETRY).states for engine in (explore, explore_tabulated)] == [orbits, orbits]


def test_every_renaming_of_a_state_has_the_same_representative() -> None:
    semantics = Semantics(paxos((("x",),), learners=0))
    symmetry = Symmetry(semantics.parts)
    reached = list(Search(semantics).run().reached)

    for names in symmetry.transpositions():
        assert all(symmetry.canonical(symmetry.renamer.state(state, names)) == symmetry.canonical(state) for state in reached[:400])


def test_a_counterexample_found_under_symmetry_is_a_run_with_consistent_names() -> None:
    system = paxos(learners=0, network=Network(), proposer=Anonymous, promises=(agreement,), patient=True)

    verdict = explore(system, (agreement,), until=agreement, reductions=Reductions(symmetry=True, leave_ignored=True)).verdict(agreement)
    moves = tuple(frame.move for frame in verdict.trace or ())
    semantics = Semantics(system)
    _, path = run(semantics, moves)

    assert len(moves) == 14
    last = semantics.parts.observations.histories[path[-1][1].history]
    assert {first.value for first in last.chosen} == {"x", "y"}
    assert verdict.facts["chosen"] == tuple((vote, last.voters(vote)) for vote in last.chosen)


# ---- traces


def who(history: Log) -> tuple[Address, ...]:
    """Return who counted, in order."""
    return tuple(at for at, _, _ in history.lines)


@on_event(Noticed)
def the_first_stays_behind(history: Log, by: Address, event: Noticed) -> Cases:
    """Who counted first does not count again after two others."""
    last = (*who(history), by)
    yield case(len(set(last)) < 3 or by != last[0], counted=last, number=event.number)


@every_step(Kept)
def nobody_counts_twice(before: Kept, after: Kept) -> Cases:
    """Nobody counts beyond one."""
    yield case(len(after.notes) < 2, notes=(before.notes, after.notes))


@at_rest()
def it_goes_on(seen: Seen[Log]) -> Cases:
    """There is no end."""
    yield case(len(seen.history.lines) < 9, counted=who(seen.history))


def counters_to_three(clause: Clause) -> System[Log]:
    names = addresses("counter", 3)
    return System({name: ToThree() for name in names}, Log(), (clause,), symmetric=(tuple((name,) for name in names),))


@pytest.mark.parametrize("engine", [explore, explore_tabulated])
@pytest.mark.parametrize(("clause", "length"), [(the_first_stays_behind, 4), (nobody_counts_twice, 2), (it_goes_on, 9)])
def test_a_trace_under_symmetry_is_a_run_of_the_whole_system_as_long_as_without(
    engine: Callable[..., Report], clause: Clause, length: int
) -> None:
    system = counters_to_three(clause)

    plain, reduced = (engine(system, until=clause, reductions=reductions).verdict(clause) for reductions in (None, SYMMETRY))
    semantics = Semantics(system)
    moves = tuple(frame.move for frame in reduced.trace or ())
    _, path = run(semantics, moves)
    counted = who(semantics.parts.observations.histories[path[-1][1].history])

    assert (reduced.status, reduced.length) == (plain.status, plain.length) == (Status.VIOLATED, length)
    assert reduced.facts.get("counted", counted) == counted == tuple(move.at for move in moves if isinstance(move, Fire))


def test_forms_and_traces_are_the_same_under_every_hash_seed() -> None:
    script = (
        "from concordant.checks.semantics.canonical import text\n"
        "from tests.checks.test_symmetry import *\n"
        "semantics = Semantics(paxos((('x',),), learners=0))\n"
        "print(list(Search(semantics, representative=Symmetry(semantics.parts).canonical).run().reached))\n"
        "print(text(tuple(verdict.trace for verdict in explore(two_phase(3), reductions=SYMMETRY).verdicts)))\n"
    )
    printed = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        root = Path(__file__).parents[2]
        done = subprocess.run([sys.executable, "-c", script], env=environment, cwd=root, check=True, capture_output=True)  # noqa: S603  # ours
        printed.append(done.stdout)

    assert printed[0] == printed[1] != b""


# ---- blocks


def test_a_process_can_be_interchangeable_together_with_its_user() -> None:
    clerks, names = addresses("clerk", 2), addresses("user", 2)
    users = tuple(User(name, (clerk,), ((Do(1),),)) for name, clerk in zip(names, clerks, strict=True))
    blocks = tuple(zip(clerks, names, strict=True))
    system = System({clerk: Clerk() for clerk in clerks}, NoHistory(), (), users=users, symmetric=(blocks,))

    # nobody asked, one, both: of the two with one, one stands for both
    assert (explore(system).states, explore(system, reductions=SYMMETRY).states) == (4, 3)


def test_blocks_have_one_form_for_each_orbit_in_whatever_order_the_system_lists_their_members() -> None:
    blocks = (addresses("left", 2)[:1] + addresses("right", 2)[:1], addresses("left", 2)[1:] + addresses("right", 2)[1:])
    for names in permutations((*blocks[0], *blocks[1])):
        system = System({name: ToThree() for name in names}, NoHistory(), (), symmetric=(blocks,))

        # two blocks, each in one of 4 * 4 states: 16 pairs of equals, and half of the others
        assert explore(system, reductions=SYMMETRY).states == 16 + 16 * 15 // 2


def test_a_system_that_declares_no_symmetry_cannot_be_reduced_by_it() -> None:
    with pytest.raises(ValueError, match="symmetry of a system that declares none"):
        explore(System({A: Clerk()}, NoHistory(), ()), reductions=SYMMETRY)
