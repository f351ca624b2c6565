"""What a history sees, in which order: who did what, where."""

from __future__ import annotations

import pytest
from attrs import frozen

from concordant.checks.semantics.rows import BrokenHistory
from concordant.refimpl.machine import Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Crashed, Faults, Network, Reply, Send
from tests.checks.toys import ANN, A, B, Do, Done, Ends, Goes, Kept, Later, Listener, Log, Note, Noticed, Tell, Teller, Toy
from tests.checks.walks import counts, log, moves


class Office(Toy):
    """Announces that it opens; answers, tells the other and announces, in this order, and again when it has time."""

    def start(self) -> Step[Kept]:
        return step(Kept(), Announce(Noticed(0)), Send(B, Note(0)))

    def request(self, state: Kept, client: Address, request: Do | Tell) -> Step[Kept] | None:
        return step(state.plus(request.number), Reply(client, Done(1)), Send(B, Note(1)), Announce(Noticed(1)), Send(B, Note(2)))

    def armed(self, state: Kept) -> tuple[Later | Ends | Goes, ...]:
        return (Goes(3), Ends(4), Later(5)) if state.notes == (7,) else ()

    def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
        return step(state.plus(trigger.number), Announce(Noticed(trigger.number)))


def office(**environment: object) -> System[Log]:
    faults = environment.get("faults", Faults())
    network = environment.get("network", Network(fifo=True, losses=None))
    assert isinstance(faults, Faults)
    assert isinstance(network, Network)
    return System({A: Office(), B: Listener()}, Log(), (), network, faults, (User(ANN, (A,), ((Do(7),),)),))


def test_the_history_begins_with_the_first_steps_in_the_order_of_the_system() -> None:
    system = System({B: Teller(A, (5,)), A: Office()}, Log(), ())

    assert log(system) == [(B, B, Send(A, Note(5))), (A, A, Noticed(0)), (A, A, Send(B, Note(0)))]


def test_a_step_shows_the_request_by_its_user_and_then_its_effects_as_listed() -> None:
    assert log(office(), "ann0 asks a0: Do(7)")[2:] == [
        (A, ANN, Do(7)),
        (A, A, Reply(ANN, Done(1))),
        (A, A, Send(B, Note(1))),
        (A, A, Noticed(1)),
        (A, A, Send(B, Note(2))),
    ]


def test_a_step_of_its_own_and_a_deadline_show_only_what_the_process_makes_of_them() -> None:
    assert log(office(), "ann0 asks a0: Do(7)", "a0: Goes(3)")[7:] == [(A, A, Noticed(3))]
    assert log(office(), "ann0 asks a0: Do(7)", "a0: Later(5)")[7:] == [(A, A, Noticed(5))]


def test_what_becomes_of_work_given_to_the_environment_is_seen_before_what_the_process_makes_of_it() -> None:
    assert log(office(), "ann0 asks a0: Do(7)", "a0: Ends(4)")[7:] == [(A, A, Ends(4)), (A, A, Noticed(4))]


def test_deliveries_and_losses_are_not_seen() -> None:
    before = log(office())

    assert log(office(), "b0 receives Note(0) from a0") == before
    assert log(office(), "the network loses Note(0) from a0 to b0") == before


def test_a_crash_is_seen_where_it_happens() -> None:
    assert log(office(faults=Faults(crashes=1, who=(B,))), "b0 crashes; Kept(()) survives")[2:] == [(B, B, Crashed())]


def test_a_message_that_a_bound_drops_is_seen_as_sent() -> None:
    system = office(network=Network(losses=None, capacity=1))

    assert log(system, "ann0 asks a0: Do(7)")[4:] == [(A, A, Send(B, Note(1))), (A, A, Noticed(1)), (A, A, Send(B, Note(2)))]
    assert moves(system, "ann0 asks a0: Do(7)")[:1] == ["b0 receives Note(0) from a0"]


def test_states_that_differ_only_in_their_history_are_different_states() -> None:
    class Same(Toy):
        def armed(self, state: Kept) -> tuple[Goes, ...]:  # noqa: ARG002
            return (Goes(1), Goes(2))

        def fire(self, state: Kept, trigger: Later | Ends | Goes) -> Step[Kept]:
            return step(state, Announce(Noticed(trigger.number)))

    # seen: -, 1, 2, 12; each state goes on by both, and what was seen once is not remembered twice
    assert counts(System({A: Same()}, Once(), ())) == (4, 8, 3)


@frozen
class Once:
    """Which events have happened: it saturates."""

    numbers: frozenset[int] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Once:  # noqa: ARG002
        return Once(self.numbers | {happening.number}) if isinstance(happening, Noticed) else self


# ---- broken histories


@frozen
class Failing:
    def after(self, at: Address, by: Address, happening: object) -> Failing:
        raise KeyError(at, by, happening)


@frozen
class Unhashable:
    seen: object = ()

    def after(self, at: Address, by: Address, happening: object) -> Unhashable:
        return Unhashable([at, by, happening])


@frozen
class Absent:
    def after(self, at: Address, by: Address, happening: object) -> Absent:
        return None if at == by and happening else self  # type: ignore[return-value]  # the mistake


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (Failing(), "Failing.after(a0, a0, Noticed(0)) raised KeyError: (a0, a0, Noticed(number=0))\n  history: Failing()"),
        (
            Unhashable(),
            """Unhashable.after(a0, a0, Noticed(0)) raised TypeError: [a0, a0, Noticed(number=0)] of class list \
may not be in a state, message or event; use a tuple
  history: Unhashable(())""",
        ),
        (Absent(), "Absent.after(a0, a0, Noticed(0)) returned None; return the history after it, or self\n  history: Absent()"),
    ],
)
def test_a_broken_history_is_reported_with_what_it_was_shown(history: Failing | Unhashable | Absent, said: str) -> None:
    with pytest.raises(BrokenHistory) as broken:
        moves(System({A: Office(), B: Listener()}, history, ()))

    assert str(broken.value) == said
