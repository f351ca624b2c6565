"""Places: what is shown at the end of a run is what the machine does, and what its clauses say there."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import Any

import pytest
from attrs import frozen

from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import InFlight
from concordant.checks.exploration.why_not import FailedGuard
from concordant.checks.explorer.near import NearMiss
from concordant.checks.explorer.seeking import nearest
from concordant.checks.explorer.setting import Setting, setting
from concordant.checks.explorer.truths import Here
from concordant.checks.explorer.viewpoint import FAULTS, Allowance, Explorer, Participant, by_kind
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol
from concordant.checks.semantics.states import State
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Ask, Fire, Pitfall, Process, Step, System, User, step
from concordant.refimpl.voting.unanimous_consent import Closed, Collecting, Listening
from concordant.spec.consensus.two_phase_commit import what_all_can_commit_is_committed
from concordant.spec.vocabulary import Address, Always, AlwaysEach, Announce, Call, Cases, EveryStep, OnEvent, case, on_event
from concordant.spec.voting.unanimous_consent import Close, Decision, Put, Question

C, U = Address("coordinator", 0), Address("user", 0)
ELECTORS = tuple(Address("elector", number) for number in range(3))
SEARCHED = [
    each
    for each in protocol("unanimous_consent").pitfalls
    if isinstance(each.subject, System) and not each.schedule and isinstance(each.breaks, Always | AlwaysEach | EveryStep | OnEvent)
]


def test_a_place_shows_the_state_what_is_in_flight_who_waits_and_what_may_still_be_lost() -> None:
    place = Explorer(setting("UNA-2")).at((0,))

    assert place.processes == (
        Participant(C, Collecting(U), up=True),
        *(Participant(each, Listening(), up=True) for each in ELECTORS),
    )
    assert place.in_flight == tuple(InFlight(C, each, (Question(),)) for each in ELECTORS)
    assert place.calls == (Call(U, C),)
    assert place.left == (Allowance("losses", 3),)
    assert place.options


def test_each_move_is_shown_with_what_it_does_before_it_is_made() -> None:
    explorer = Explorer(setting("UNA-2"))
    before = explorer.at((0,))
    for option in before.options:
        assert explorer.at((0, option.number)).frames[-1] == option.frame


LATER = 16


def test_moves_come_by_whose_they_are_and_by_kinds_and_faults_by_kinds_first() -> None:
    options = Explorer(setting("two_phase_commit", "everything")).at((0, 0, 0, 8)).options  # the coordinator is down
    ordered = by_kind(options[LATER:] + options[:LATER])
    assert sorted(each.number for each in ordered) == [each.number for each in options]
    steps = [(each.whose, each.kind) for each in ordered if not each.is_a_fault]
    faults = [(each.kind, each.whose) for each in ordered if each.is_a_fault]
    assert (len({kind for _, kind in steps}) > 1, len({kind for kind, _ in faults}) > 1) == (True, True)
    assert ordered[len(steps) :] == [each for each in ordered if each.is_a_fault]
    for together in (steps, faults):
        groups = [key for key, _ in groupby(together)]
        assert len(groups) == len(set(groups))
        assert len({first for first, _ in groups}) == len([key for key, _ in groupby(first for first, _ in groups)])


def test_what_cannot_be_done_is_shown_with_the_first_guard_that_fails() -> None:
    assert Explorer(setting("UNA-2")).at().near_misses == (NearMiss(Fire(C, Close()), FailedGuard("the trigger is armed")),)


def test_whoever_may_not_ask_is_not_expected_to() -> None:
    place = Explorer(setting("two_phase_commit")).at()

    assert {miss.move.at for miss in place.near_misses if isinstance(miss.move, Ask)} == set()


@pytest.mark.parametrize("pitfall", SEARCHED, ids=[each.id for each in SEARCHED])
def test_along_a_shortest_counterexample_the_clause_is_false_at_the_end_and_nowhere_before(pitfall: Pitfall) -> None:
    explorer = Explorer(setting(pitfall.id))
    run = explorer.numbers_of(explorer.setting.run)
    told = [
        truth.here
        for numbers in accumulate(((number,) for number in run), initial=())
        for truth in explorer.at(numbers).truths
        if truth.clause is pitfall.breaks
    ]

    assert [here is Here.FALSE for here in told] == [False] * len(run) + [True]


def test_the_places_of_a_system_are_the_states_that_are_explored() -> None:
    about = setting("unanimous_consent")
    explorer = Explorer(about)
    start = explorer.state(())
    reached: dict[State, tuple[int, ...]] = {start: ()}
    waiting: list[tuple[int, ...]] = [()]
    for run in waiting:
        for number, (_, target) in enumerate(explorer.semantics.successors(explorer.state(run))):
            if target not in reached:
                reached[target] = (*run, number)
                waiting.append((*run, number))

    assert len(reached) == explore(about.system).states


def test_a_clause_of_whole_paths_says_nothing_of_a_place() -> None:
    about = {truth.clause.name: truth.here for truth in Explorer(setting("paxos_synod")).at().truths}

    assert about["every_request_is_answered"] is Here.OF_PATHS
    assert about["decides"] is Here.NOT_REACHED


@frozen
class Said:
    loud: bool


@frozen
class Nothing:
    def after(self, at: Address, by: Address, happening: object) -> Nothing:  # noqa: ARG002
        return self


@on_event(Said)
def nobody_shouts(before: Nothing, by: Address, event: Said) -> Cases:  # noqa: ARG001
    """Nobody shouts."""
    yield case(not event.loud)


@frozen
class Shouts(Process[int, Any, str]):
    """Shouts at first, and speaks softly when it is asked."""

    def start(self) -> Step[int]:
        return step(0, Announce(Said(loud=True)))

    def view(self, state: int) -> int:
        return state

    def request(self, state: int, client: Address, request: str) -> Step[int]:  # noqa: ARG002
        return step(state, Announce(Said(loud=False)))


def test_what_the_first_steps_announce_is_judged_at_the_start_and_not_of_later_moves() -> None:
    who = Address("speaker")
    system = System({who: Shouts()}, Nothing(), (nobody_shouts,), users=(User(U, (who,), (("speak",),)),))
    explorer = Explorer(Setting("speaker", "", "", protocol("unanimous_consent"), system))

    assert [explorer.at(run).truths[0].here for run in ((), (0,))] == [Here.FALSE, Here.TRUE]


def test_judging_a_place_leaves_nothing_behind_to_be_asked_again() -> None:
    explorer = Explorer(setting("unanimous_consent"))
    asked = len(explorer.semantics.parts.observations.asked)
    explorer.at()

    assert len(explorer.semantics.parts.observations.asked) == asked


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((7,), "there is no move 7 at step 1; only move 0 can be made there"),
        ((0, -1), "there is no move -1 at step 2; moves 0 to 6 can be made there"),
        ((0,) * 501, "a run of 501 moves is longer than the 500 that can be stepped through; begin anew"),
    ],
)
def test_a_move_that_is_not_there_is_refused(numbers: tuple[int, ...], why: str) -> None:
    with pytest.raises(Misuse) as refused:
        Explorer(setting("UNA-2")).at(numbers)

    assert str(refused.value) == why


def test_a_name_begins_where_its_run_ends() -> None:
    about = setting("paxos_synod.two_proposers_cross")

    assert len(about.run) == len(next(each for each in protocol("paxos_synod").situations if each.name == "two_proposers_cross").moves)
    assert [move_text(move) for move in setting("UNA-2").run] == ["user0 asks coordinator0: Put()", "coordinator0: Close()"]
    assert setting("UNA-2").run == (Ask(C, U, Put()), Fire(C, Close()))
    assert setting("unanimous_consent").run == ()


@pytest.mark.parametrize(
    ("name", "scope", "why"),
    [
        ("vickrey_auction", None, "vickrey_auction has no moves to step through; concordant explain vickrey_auction shows what it has"),
        ("FPA-7", None, "FPA-7 is about a rule, which has no moves to step through; concordant explain FPA-7 shows its profile"),
        ("UNA-2", "small", "UNA-2 is part of unanimous_consent, and has a system of its own: leave --scope out"),
    ],
)
def test_what_has_no_moves_is_refused_with_what_shows_it(name: str, scope: str | None, why: str) -> None:
    with pytest.raises(Misuse) as refused:
        setting(name, scope)

    assert str(refused.value) == why


def test_an_unknown_scope_is_refused_with_those_there_are() -> None:
    with pytest.raises(Misuse, match=r"^two_phase_commit has no scope x; it has .*two_users"):
        setting("two_phase_commit", "x")


def test_at_the_end_the_wrong_coordinator_has_told_everybody() -> None:
    explorer = Explorer(setting("UNA-2"))
    place = explorer.at(explorer.numbers_of(explorer.setting.run))

    assert place.processes[0] == Participant(C, Closed(accepted=True), up=True)
    assert InFlight(C, ELECTORS[0], (Decision(accepted=True), Question())) in place.in_flight


def test_one_goes_on_at_random_the_same_way_for_the_same_seed_and_the_system_alone_moves() -> None:
    explorer = Explorer(setting("two_phase_commit", "one_loss"))
    first, again, other = (explorer.wandered((0,), seed) for seed in (1, 1, 2))

    assert first == again != other
    assert first[0] == 0
    assert not any(isinstance(frame.move, FAULTS) for frame in explorer.at(first).frames)
    states = [explorer.state(first[:length]) for length in range(len(first) + 1)]
    assert len(set(states)) == len(states)
    end = explorer.wandered((), 1, most=500)
    assert explorer.wandered(end, 1) == end
    assert len(explorer.wandered((), 1, most=3)) == 3


def test_what_is_not_promised_where_deadlines_pass_early_is_no_mistake_there() -> None:
    early = Explorer(setting("two_phase_commit"))
    found = nearest(early, (), what_all_can_commit_is_committed)
    assert found.run is not None
    told = {each.clause: each for each in early.at(found.run).truths}[what_all_can_commit_is_committed]

    assert (told.here, dict(told.facts)) == (Here.UNPROMISED, {"resolved": frozenset({False})})


@pytest.mark.parametrize(("stem", "scope"), [("result_cache", "aged"), ("bully_election", "probes")])
def test_a_reference_that_is_derived_from_another_is_no_mistake(stem: str, scope: str) -> None:
    explorer = Explorer(setting(stem, scope))
    run = explorer.wandered((), 0)

    assert run
    assert (explorer.beside, explorer.at(run).departs) == (None, None)


def test_a_mistake_whose_triggers_are_of_no_class_is_stepped_through_all_the_same() -> None:
    explorer = Explorer(setting("X-3"))

    assert explorer.at(explorer.numbers_of(explorer.setting.run)).frames
