"""Clauses of liveness on systems: a fair path that breaks one is a lasso, and weakening the fairness finds one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve, frozen

from concordant.checks.exploration.explore import Reductions, explore
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.refuting.pitfalls import refute
from concordant.checks.reports.counterexamples import pictured
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Pitfall, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Deadline,
    Fair,
    Fault,
    Faults,
    Internal,
    Network,
    NoHistory,
    Reply,
    Seen,
    Send,
    case,
    eventually,
    infinitely_often,
)

CLIENT, SERVER, STORE = Address("client"), Address("server"), Address("store")
DELIVERED = Fair.DELIVERY | Fair.TRIGGERS


@frozen
class Store:
    """A request, and what is sent to the store and back."""


@frozen
class Stored:
    """The answer."""


@frozen
class Again(Deadline):
    """The server asks again."""


@frozen
class Spin(Internal):
    """The server turns from one thing to another."""


@frozen
class View:
    """Whether a call is open, and how often the server has turned, modulo two."""

    client: Address | None = None
    turned: int = 0


@frozen
class Keeper(Process[None, Store]):
    """Answers whatever it receives."""

    def start(self) -> Step[None]:
        return step(None)

    def receive(self, state: None, source: Address, message: Store) -> Step[None]:  # noqa: ARG002  # there is one
        return step(state, Send(source, Stored()))

    def view(self, state: None) -> View:  # noqa: ARG002  # it has none
        return View()


@frozen
class Server(Process[View, Stored, Store, Again | Spin]):
    """Has a request stored, and asks again until it is told."""

    patient: bool = False

    def start(self) -> Step[View]:
        return step(View())

    def request(self, state: View, client: Address, request: Store) -> Step[View] | None:
        return None if state.client else step(View(client), Send(STORE, request))

    def receive(self, state: View, source: Address, message: Stored) -> Step[View] | None:  # noqa: ARG002  # as above
        return None if state.client is None else step(View(), Reply(state.client, message))

    def armed(self, state: View) -> tuple[Again | Spin, ...]:
        return () if state.client is None or self.patient else (Again(),)

    def fire(self, state: View, trigger: Again | Spin) -> Step[View]:
        return step(state, Send(STORE, Store())) if trigger == Again() else step(evolve(state, turned=1 - state.turned))

    def view(self, state: View) -> View:
        return state


@frozen
class Dizzy(Server):
    """Turns for ever, and hears nothing meanwhile: it throws away what comes."""

    def receive(self, state: View, source: Address, message: Stored) -> Step[View] | None:  # noqa: ARG002  # that is the mistake
        return None

    def armed(self, state: View) -> tuple[Again | Spin, ...]:
        return (Spin(),) if state.client else ()


@eventually(DELIVERED, under=Fault.LOSS)
def is_answered(seen: Seen[NoHistory]) -> Cases:
    """Whoever asks is answered in the end."""
    yield case(not seen.waiting(), waiting=seen.waiting())


@infinitely_often(Fair.TRIGGERS)
def turns_again(seen: Seen[NoHistory]) -> Cases:
    """Again and again the server has turned an even number of times."""
    for at, view in seen.views(View).items():
        if at == SERVER:
            yield case(view.turned == 0)


@eventually(Fair.TRIGGERS)
def stops_turning(seen: Seen[NoHistory]) -> Cases:
    """In the end the server has turned an even number of times for good."""
    for at, view in seen.views(View).items():
        if at == SERVER:
            yield case(view.turned == 0)


def system(server: Server | None = None, network: Network | None = None, *promises: Clause) -> System[NoHistory]:
    return System(
        {SERVER: server or Server(), STORE: Keeper()},
        NoHistory(),
        promises or (is_answered,),
        network=network or Network(losses=None, copies=1),
        users=(User(CLIENT, (SERVER,), ((Store(),),)),),
    )


def verdict(of: System[NoHistory], clause: Clause = is_answered) -> Verdict:
    return explore(of, (clause,)).verdict(clause)


def moves(of: Verdict) -> tuple[list[str], list[str]]:
    """Return the moves of the stem and of the cycle."""
    said = [move_text(frame.move) for frame in of.trace or ()]
    stem = len(said) - (of.cycle or 0)
    return said[:stem], said[stem:]


def test_asking_again_is_enough_against_any_loss() -> None:
    assert verdict(system()).status is Status.HOLDS


def test_a_lost_message_that_nobody_sends_again_leaves_the_client_waiting_for_ever() -> None:
    found = verdict(system(Server(patient=True)))

    assert found.status is Status.VIOLATED
    assert moves(found) == (["client0 asks server0: Store()", "the network loses Store() from server0 to store0"], [])
    assert found.cycle == 0
    assert "so it stays for ever: nothing more is owed" in list(pictured(found))


def test_a_server_that_spins_for_ever_is_no_better_though_it_never_rests() -> None:
    found = verdict(system(Dizzy(), Network()))

    stem, cycle = moves(found)
    assert (found.status, len(stem)) == (Status.VIOLATED, 3)
    assert cycle == ["server0: Spin()", "server0: Spin()"]
    assert "moves 4 to 5 are repeated for ever, and leave nothing undone that is owed" in list(pictured(found))


@pytest.mark.parametrize(
    ("given", "stem"),
    [(Fair.TRIGGERS, 1), (Fair.DELIVERY, 2), (Fair.NONE, 1)],
)
def test_weakening_the_fairness_finds_a_path_that_breaks_the_clause(given: Fair, stem: int) -> None:
    found = verdict(system(), evolve(is_answered, given=given))

    assert (found.status, len(moves(found)[0])) == (Status.VIOLATED, stem)


def test_for_good_and_again_and_again_are_two_things() -> None:
    dizzy = system(Dizzy(), Network(), turns_again, stops_turning)

    assert verdict(dizzy, turns_again).status is Status.HOLDS
    assert verdict(dizzy, stops_turning).status is Status.VIOLATED
    lazy = evolve(turns_again, given=Fair.NONE)
    assert verdict(dizzy, lazy).status is Status.VIOLATED


def test_without_a_case_a_clause_of_liveness_is_vacuous() -> None:
    nothing = evolve(is_answered, cases=lambda _seen: iter(()))

    assert verdict(system(), nothing).status is Status.VACUOUS


def test_a_clause_is_not_judged_under_a_fault_that_it_does_not_claim() -> None:
    crashing = evolve(system(), faults=Faults(crashes=1, who=(SERVER,)))

    assert verdict(crashing).status is Status.NOT_PROMISED


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda of: evolve(of, within=(lambda seen: not seen.waiting(),)), Status.INCONCLUSIVE),
        (lambda of: of, Status.HOLDS),
    ],
)
def test_beyond_the_bound_of_a_scope_nothing_is_known_of_what_goes_on_for_ever(
    change: Callable[[System[NoHistory]], System[NoHistory]], status: Status
) -> None:
    assert verdict(change(system())).status is status


def test_liveness_is_not_decided_on_a_reduced_graph() -> None:
    report = explore(system(), (is_answered,), reductions=Reductions(leave_ignored=True))

    assert report.verdict(is_answered).status is Status.NOT_DECIDED


def test_a_pitfall_of_liveness_is_refuted_by_a_lasso_of_its_length() -> None:
    lost = Pitfall("T-1", "Asks once.", is_answered, system(Server(patient=True)), 2)
    spins = Pitfall("T-2", "Turns for ever.", is_answered, system(Dizzy(), Network()), 5)

    assert [refute(each).problem for each in (lost, spins)] == [None, None]
    assert refute(evolve(spins, length=4)).problem == "the shortest counterexample has 5 moves, not 4 as the pitfall claims"
