"""Attacks by stacks: a layer that speaks for another, and a link that is believed to make good what nobody judged."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from concordant.checks.answers import Answer, Conclusion, unjudged_claims
from concordant.checks.exploration.explore import explore
from concordant.checks.exploration.report import Status
from concordant.checks.exploration.under import unjudged
from concordant.checks.semantics.handlers import BrokenProcess
from concordant.refimpl.machine import Layer, Step, below, over, step
from concordant.spec.consensus.two_phase_commit import agreement
from concordant.spec.vocabulary import Address, Announce, Below, Cases, Crashed, Deliver, Fault, Seen, Send, Transmit, always, case
from tests.layers.toys import (
    COUNTING,
    LOSSY,
    STUBBORN,
    A,
    Acknowledged,
    B,
    Ear,
    Outbox,
    Said,
    Say,
    Stubborn,
    Talk,
    Talker,
    heard_once,
    link,
    talk,
    whole,
)


@frozen
class Hasty(Stubborn):
    """Calls a message acknowledged as soon as it is asked to carry it."""

    def request(self, state: Outbox, client: Address, request: object) -> Step[Outbox] | None:
        asked = Stubborn.request(self, state, client, request)  # type: ignore[arg-type]
        return None if asked is None else step(asked.state, *asked.effects, Announce(Acknowledged(0)))


@frozen
class Accomplice(Talker):
    """Says that a message was delivered, so that the link seems to be right."""

    def request(self, state: Ear, client: Address, request: Say) -> Step[Ear] | None:  # noqa: ARG002
        return step(state, Announce(Below(Deliver(A, Said(1)))), Send(self.peer, Said(request.number)))


def test_a_layer_that_says_what_the_link_has_delivered_is_refused() -> None:
    hasty = evolve(STUBBORN, make=lambda _: Hasty())
    honest = explore(whole((1,), hasty))

    assert honest.verdict("toys.acknowledged_is_delivered").status is Status.VIOLATED
    with pytest.raises(BrokenProcess, match="the layer above, Accomplice, announces"):
        explore(over(evolve(talk(), processes={A: Accomplice(B), B: Talker(A)}), hasty, network=LOSSY))


def test_a_link_that_makes_good_a_fault_that_its_network_never_shows_was_never_judged_to_do_so() -> None:
    never = explore(over(talk(), evolve(STUBBORN, makes_good=Fault.LOSS | Fault.CRASH), network=LOSSY))

    assert {faults for _, faults in unjudged(never.verdicts)} == {Fault.CRASH}


def test_alone_and_over_a_link_a_clause_is_judged_under_all_that_it_claims_in_either() -> None:
    """Under one id there are two claims: the last one listed must not hide the other."""
    alone, stacked = explore(talk()), explore(whole())

    for verdicts in ((*stacked.verdicts, *alone.verdicts), (*alone.verdicts, *stacked.verdicts)):
        quiet = [evolve(each, judged_under=Fault.NONE) for each in verdicts]
        assert {clause.id: faults for clause, faults in unjudged(quiet)}[heard_once.id] == Fault.LOSS


def test_what_a_link_of_another_stem_claims_is_judged_there_and_not_hidden_of_its_own_stem() -> None:
    def claims(stem: str) -> list[str]:
        verdict = evolve(explore(whole()).verdicts[0], clause=below(agreement), judged_under=Fault.NONE)
        answer = Answer(f"scope:{stem}/x", stem, "", Conclusion.AS_CLAIMED, verdicts=(verdict,))
        return [clause.id for _, clause, _ in unjudged_claims([answer])]

    assert claims("paxos_synod") == []
    assert claims("two_phase_commit") == [agreement.id]


# ---- what only the environment, a user or the stack can make happen


@frozen
class SaysThatItCrashed(Stubborn):
    """Repeats nothing, and says that it has crashed: of whoever crashes less is promised."""

    def request(self, state: Outbox, client: Address, request: Transmit) -> Step[Outbox] | None:  # noqa: ARG002
        return step(state, Announce(Crashed()))


@frozen
class SaysThatItWasAsked(Stubborn):
    """Makes a message up, and says that it was asked to carry it."""

    def request(self, state: Outbox, client: Address, request: Transmit) -> Step[Outbox] | None:  # noqa: ARG002
        return step(state, Announce(Transmit(B, Said(7))))


@pytest.mark.parametrize("process", [SaysThatItCrashed(), SaysThatItWasAsked()])
def test_a_process_that_announces_what_others_make_happen_is_refused_alone_and_in_a_stack(process: Stubborn) -> None:
    with pytest.raises(BrokenProcess, match=r"node0: announces .*; an event is a class of the spec, and this happens otherwise"):
        explore(evolve(link(), processes={A: process, B: process}))
    with pytest.raises(BrokenProcess, match=r"node0: the layer below, SaysThatIt.*, announces .*; an event is a class of the spec"):
        explore(whole((1,), evolve(STUBBORN, make=lambda _: process)))


@frozen
class SaysThatItSent(Talker):
    """Says for the link that something is on the network."""

    def request(self, state: Ear, client: Address, request: Say) -> Step[Ear] | None:  # noqa: ARG002
        return step(state, Announce(Send(B, Said(request.number))))


def test_an_upper_layer_that_announces_what_the_link_sends_is_refused() -> None:
    with pytest.raises(BrokenProcess, match=r"node0: the layer above, SaysThatItSent, announces Send"):
        explore(over(evolve(talk(), processes={A: SaysThatItSent(B), B: Talker(A)}), STUBBORN, network=LOSSY))


# ---- what is said of views that nobody shows


@frozen
class Nobodys:
    """A view of no process and of no layer."""

    full: bool = False


@always(under=Fault.LOSS)
def all_are_full(seen: Seen[Talk]) -> Cases:
    """All that show this are full, which nobody does."""
    yield case(all(view.full for view in seen.views(Nobodys).values()))


@pytest.mark.parametrize("layers", [(STUBBORN,), (COUNTING, STUBBORN)])
def test_a_clause_of_a_layer_that_looks_at_views_which_nobody_shows_is_found_out_as_it_is_alone(layers: tuple[Layer, ...]) -> None:
    name = f"{__name__}.Nobodys"
    alone = evolve(talk(), promises=(all_are_full,))

    assert explore(alone).looked_at == {name: False}
    assert explore(over(alone, *layers, network=LOSSY)).looked_at[name] is False
