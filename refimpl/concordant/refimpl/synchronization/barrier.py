"""A cyclic barrier as one machine, which whoever comes calls."""

from __future__ import annotations

from enum import Enum
from typing import Never, TypeAlias, assert_never

from attrs import field, frozen
from attrs.validators import min_len

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.synchronization import barrier as spec
from concordant.spec.synchronization.barrier import (
    BROKEN,
    NO_PARTY,
    WAITS_ALREADY,
    WITHDRAWN,
    Arrive,
    BarrierView,
    Broke,
    History,
    Passed,
    Ready,
    Reset,
    TimeOut,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Reply, addresses


class OnWithdrawal(Enum):
    """What becomes of the others when a wait is cancelled."""

    BREAK = "break"
    """They hear that the barrier is broken."""
    REMOVE = "remove"
    """They wait on, and so for that party to come again."""


Waiting: TypeAlias = Map[Address, Address]
"""Who waits: by party, the client that came for it."""


@frozen
class Filling:
    """Waits for all to come, in this round."""

    round: int = 1
    waiting: Waiting = Map()


@frozen
class Broken:
    """Lets nobody wait until it is reset."""

    round: int


State: TypeAlias = Filling | Broken


@frozen
class Barrier(Process[State, Never, Arrive | Reset, TimeOut]):
    """Lets its parties pass when all have come; without a party it is a ValueError."""

    parties: frozenset[Address] = field(validator=min_len(1))
    on_withdrawal: OnWithdrawal = OnWithdrawal.BREAK

    def start(self) -> Step[State]:
        return step(Filling())

    def request(self, state: State, client: Address, request: Arrive | Reset) -> Step[State]:
        match request:
            case Arrive(party):
                return self.arrive(state, client, party) if self.may_come(party) else step(state, Reply(client, NO_PARTY))
            case Reset():
                return step(Filling(state.round), *self.tell(self.who_waits(state), BROKEN), Reply(client, Ready()))
            case _:
                assert_never(request)

    def who_waits(self, state: State) -> Waiting:
        return state.waiting if isinstance(state, Filling) else Map()

    def may_come(self, party: Address) -> bool:
        return party in self.parties

    def arrive(self, state: State, client: Address, party: Address) -> Step[State]:
        match state:
            case Broken():
                return step(state, Reply(client, BROKEN))
            case Filling(_, waiting) if party in waiting:
                return step(state, Reply(client, WAITS_ALREADY))
            case Filling(round, waiting):
                # The hard step: parties are kept by name and compared with those that are to come, not counted, and whoever
                # has come last lets all pass at once and begins the next round, before anybody can come again.
                there = waiting.put(party, client)
                return self.release(round, there) if self.all_are_there(there) else step(Filling(round, there))
            case _:
                assert_never(state)

    def all_are_there(self, waiting: Waiting) -> bool:
        return frozenset(waiting) == self.parties

    def release(self, round: int, waiting: Waiting) -> Step[State]:
        return step(Filling(round + 1), *self.tell(waiting, Passed(round)))

    def cancel(self, state: State, client: Address) -> Step[State]:
        left = Map(tuple((party, other) for party, other in self.who_waits(state).items() if other != client))
        return self.withdraw(Filling(state.round, left), client)

    def withdraw(self, rest: Filling, client: Address) -> Step[State]:
        gone = Reply(client, WITHDRAWN)
        match self.on_withdrawal:
            case OnWithdrawal.BREAK:
                broken = self.break_up(rest)
                return step(broken.state, *broken.effects, gone)
            case OnWithdrawal.REMOVE:
                return step(rest, gone)
            case _:
                assert_never(self.on_withdrawal)

    def break_up(self, state: State) -> Step[State]:
        return step(Broken(state.round), Announce(Broke()), *self.tell(self.who_waits(state), BROKEN))

    def tell(self, waiting: Waiting, answer: object) -> tuple[Reply, ...]:
        return tuple(Reply(client, answer) for client in waiting.values())

    def armed(self, state: State) -> tuple[TimeOut, ...]:
        return (TimeOut(),) if self.who_waits(state) else ()

    def fire(self, state: State, trigger: TimeOut) -> Step[State]:  # noqa: ARG002  # there is one trigger
        return self.break_up(state)

    def view(self, state: State) -> BarrierView:
        return BarrierView(state.round, frozenset(self.who_waits(state)), isinstance(state, Broken))


SAFETY: tuple[Clause, ...] = (
    spec.nobody_passes_alone,
    spec.an_answer_is_true,
    spec.it_breaks_only_who_waits_for_others,
    spec.nobody_is_answered_twice,
    spec.who_cancels_leaves_at_once,
    spec.the_view_is_true,
)
PROMISES: tuple[Clause, ...] = (*SAFETY, spec.nobody_waits, spec.every_wait_ends)
"""What is promised whatever becomes of the others when a wait is cancelled; `system` says what else is."""
EXAMPLES: tuple[Clause, ...] = (spec.passes_again, spec.breaks)

BARRIER = Address("barrier")


def system(
    parties: int = 2,
    rounds: int = 2,
    *,
    others: tuple[User, ...] = (),
    on_withdrawal: OnWithdrawal = OnWithdrawal.BREAK,
    faults: Faults = Faults(),
    barrier: type[Barrier] = Barrier,
    promises: tuple[Clause, ...] | None = None,
) -> System[History]:
    """Put a barrier and its parties together; each comes so many times. `others`: who resets it, comes for another, or is no party.

    What it promises depends on that: that it can be mended, only where somebody resets it as often as need be.
    """
    names = addresses("party", parties)
    more: tuple[Clause, ...] = (
        *((spec.nobody_leaves_alone, spec.who_cancels_breaks_it) if on_withdrawal is OnWithdrawal.BREAK else ()),
        *((spec.withdraws,) if faults.cancellations else ()),
        *((spec.withdraws_for_another,) if faults.cancellations and any(_comes_for_another(user, names) for user in others) else ()),
        *((spec.it_can_be_mended,) if any(user.repeat for user in others) else ()),
    )
    return System(
        {BARRIER: barrier(frozenset(names), on_withdrawal)},
        History(frozenset(names)),
        (*PROMISES, *more, *EXAMPLES) if promises is None else promises,
        faults=faults,
        users=(*(User(name, (BARRIER,), ((Arrive(name),),) * rounds) for name in names), *others),
    )


def _comes_for_another(user: User, parties: tuple[Address, ...]) -> bool:
    return any(isinstance(request, Arrive) and request.party in parties for place in user.script for request in place)


def somebody(name: str, *script: Arrive | Reset, repeat: bool = False) -> User:
    """Return who asks for something, again and again if told so: resets the barrier, comes for another party, or for none."""
    return User(Address(name), (BARRIER,), tuple((each,) for each in script), repeat=repeat)
