"""A contract net: managers that call for proposals and award their tasks, and contractors that propose and do them."""

from __future__ import annotations

from functools import partial
from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Mechanism, Process, Step, System, User, step
from concordant.spec.auctions.contract_net import (
    BROKEN,
    BUSY,
    CANCELLED,
    LAPSED,
    NO_PROPOSALS,
    REJECTED,
    Accept,
    Answer,
    CallForProposals,
    Cancel,
    Close,
    Closed,
    Completed,
    Contract,
    ContractorView,
    Declined,
    Ends,
    Failed,
    Failure,
    GiveUp,
    History,
    Inform,
    Lapse,
    Learned,
    ManagerView,
    Propose,
    Proposed,
    Refuse,
    Reject,
    Released,
    Started,
    clauses,
    steps,
)
from concordant.spec.auctions.contract_net.steps import Asked, Rule, requests
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Announce,
    Clause,
    Faults,
    Map,
    Network,
    Rejected,
    Reply,
    Send,
    Unknown,
    addresses,
    broadcast,
)

# ---- manager


@frozen
class Idle:
    """Has called nobody yet."""


@frozen
class Calling:
    """Waits for proposals; `refused`: who makes none."""

    client: Address
    proposals: Map[Address, Amount] = Map()
    refused: frozenset[Address] = frozenset()


@frozen
class Awaiting:
    """Has awarded the task, and waits for what becomes of it, as its user does."""

    client: Address
    contractor: Address
    cost: Amount


@frozen
class Unattended:
    """Has awarded the task; its user has given up."""

    contractor: Address
    cost: Amount


@frozen
class Done:
    """Knows what has become of the task."""

    answer: Answer


Managing: TypeAlias = Idle | Calling | Awaiting | Unattended | Done


@frozen
class Manager(Process[Managing, Propose | Refuse | Inform | Failure, Contract, Close | GiveUp]):
    """Awards one task, on the request of a user."""

    contractors: tuple[Address, ...]

    def start(self) -> Step[Managing]:
        return step(Idle())

    def request(self, state: Managing, client: Address, request: Contract) -> Step[Managing]:  # noqa: ARG002  # there is one
        match state:
            case Idle():
                return step(Calling(client), *broadcast(self.contractors, CallForProposals()))
            case Calling() | Awaiting():
                return step(state, Reply(client, BUSY))
            case Unattended(contractor, cost):
                return step(Awaiting(client, contractor, cost))  # and does not call again: the contractor may be at work, or have finished
            case Done(answer):
                return step(state, Reply(client, answer))
            case _:
                assert_never(state)

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        match state, message:
            case Calling(), Propose(cost):
                return self.heard(evolve(state, proposals=state.proposals.put(source, cost)))
            case Calling(), Refuse():
                return self.heard(evolve(state, refused=state.refused | {source}))  # no amount
            case ((Awaiting() | Unattended()), Inform()):
                return self.learn(state, Completed(state.contractor, state.cost))
            case ((Awaiting() | Unattended()), Failure(why)):
                return self.learn(state, Failed(state.contractor, why))
            case ((Awaiting() | Unattended() | Done()), Propose()) if source != winner(state):
                return step(state, Send(source, Reject()))
            case _:
                return None

    def heard(self, state: Calling) -> Step[Managing]:
        return step(state) if self.silent(state) else self.close(state)

    def silent(self, state: Calling) -> tuple[Address, ...]:
        """List who has not answered."""
        return tuple(each for each in self.contractors if each not in state.proposals and each not in state.refused)

    def close(self, state: Calling) -> Step[Managing]:
        if not state.proposals:
            learned = self.learn(state, NO_PROPOSALS)
            return Step(learned.state, (Announce(Closed(Map(), None, (), self.silent(state))), *learned.effects))
        best = self.best(state.proposals)
        tied = tuple(each for each, cost in state.proposals.items() if cost == state.proposals[best])
        losers = (each for each in state.proposals if each != best)
        return step(
            Awaiting(state.client, best, state.proposals[best]),
            Announce(Closed(state.proposals, best, tied, self.silent(state))),
            Send(best, Accept()),
            *broadcast(losers, Reject()),
        )

    def best(self, proposals: Map[Address, Amount]) -> Address:
        """Return who has made the cheapest proposal, of equals the first by name."""
        return min(proposals, key=lambda contractor: (proposals[contractor], contractor))

    def learn(self, state: Calling | Awaiting | Unattended, answer: Answer) -> Step[Managing]:
        waiting = () if isinstance(state, Unattended) else (Reply(state.client, answer),)
        return step(Done(answer), Announce(Learned(answer)), *waiting)

    def cancel(self, state: Managing, client: Address) -> Step[Managing] | None:  # noqa: ARG002  # one waits
        match state:
            case Calling():
                return self.learn(state, CANCELLED).then(lambda after: step(after, *broadcast(self.contractors, Cancel())))
            case Awaiting(_, contractor):
                return step(state, Send(contractor, Cancel()))  # which says what has become of the task: it may be done
            case _:
                return None

    def armed(self, state: Managing) -> tuple[Close | GiveUp, ...]:
        match state:
            case Calling():
                return (Close(),)
            case Awaiting():
                return (GiveUp(),)
            case _:
                return ()

    def fire(self, state: Managing, trigger: Close | GiveUp) -> Step[Managing]:  # noqa: ARG002  # each state has its own
        match state:
            case Calling():
                return self.close(state)
            case Awaiting(client, contractor, cost):
                return step(Unattended(contractor, cost), Reply(client, Unknown()))
            case _:
                return step(state)

    def view(self, state: Managing) -> ManagerView:
        return ManagerView(state.answer if isinstance(state, Done) else None)


def winner(state: Awaiting | Unattended | Done) -> Address | None:
    """Return to whom a task was awarded, None if to nobody."""
    match state:
        case Awaiting(_, contractor) | Unattended(contractor) | Done(Completed(contractor) | Failed(contractor)):
            return contractor
        case _:
            return None


# ---- contractor


@frozen
class Holding:
    """Has proposed, and holds room for the task."""


@frozen
class Working:
    """Does the task."""


@frozen
class Over:
    """The deal has ended: this is what its manager is told."""

    told: Refuse | Inform | Failure


Deals: TypeAlias = Map[Address, Holding | Working | Over]
"""By manager."""


@frozen
class Contractor(Process[Deals, CallForProposals | Accept | Reject | Cancel, Never, Lapse | Ends]):
    """Does the tasks of the managers listed, each at its cost, so many at a time; a negative capacity is a ValueError."""

    capacity: int = field(validator=ge(0))
    costs: Map[Address, Amount]

    def start(self) -> Step[Deals]:
        return step(Map())

    def receive(self, state: Deals, source: Address, message: CallForProposals | Accept | Reject | Cancel) -> Step[Deals] | None:
        match message, state.get(source):
            case CallForProposals(), None:
                return self.propose(state, source)
            case Accept(), Holding():
                return step(state.put(source, Working()), Announce(Started(source)))
            case Reject(), Holding():
                return self.release(state, source, REJECTED)
            case Cancel(), (Holding() | Working()):
                return self.release(state, source, CANCELLED).then(lambda after: step(after, Send(source, Failure(CANCELLED))))
            case ((Accept() | Cancel()), Over(told)):
                # The hard step: a deal ends once. What comes too late, or comes again, begins nothing: the manager is told how it has ended.
                return step(state, Send(source, told))
            case _:
                return None

    def propose(self, state: Deals, manager: Address) -> Step[Deals]:
        if manager not in self.costs or self.room(state) < 1:
            return step(state.put(manager, Over(Refuse())), Announce(Declined(manager)), Send(manager, Refuse()))
        cost = self.costs[manager]
        return step(state.put(manager, Holding()), Announce(Proposed(manager, cost)), Send(manager, Propose(cost)))

    def room(self, state: Deals) -> int:
        """Count the tasks that there is room for."""
        return self.capacity - sum(not isinstance(deal, Over) for deal in state.values())

    def release(self, state: Deals, manager: Address, why: Rejected) -> Step[Deals]:
        return step(state.put(manager, Over(Failure(why))), Announce(Released(manager, why)))

    def armed(self, state: Deals) -> tuple[Lapse | Ends, ...]:
        lapses = tuple(Lapse(manager) for manager, deal in state.items() if isinstance(deal, Holding))
        working = tuple(manager for manager, deal in state.items() if isinstance(deal, Working))
        return (*lapses, *(Ends(manager, why) for manager in working for why in (None, BROKEN)))

    def fire(self, state: Deals, trigger: Lapse | Ends) -> Step[Deals]:
        match trigger:
            case Lapse(manager):
                return self.release(state, manager, LAPSED)
            case Ends(manager, why):
                told = Inform() if why is None else Failure(why)
                return step(state.put(manager, Over(told)), Send(manager, told))
            case _:
                assert_never(trigger)

    def view(self, state: Deals) -> ContractorView:
        return ContractorView(self.room(state))


# ---- together

SAFE: tuple[Clause, ...] = (
    clauses.nobody_takes_on_too_much,
    clauses.only_who_can_proposes,
    clauses.who_can_proposes,
    clauses.only_the_winner_begins,
    clauses.a_task_is_begun_once,
    clauses.only_what_was_begun_ends,
    clauses.room_is_released_for_a_reason,
    clauses.nothing_lapses_in_time,
    clauses.a_contractor_shows_its_room,
    clauses.a_task_is_awarded_once,
    clauses.what_is_compared_was_proposed,
    clauses.the_cheapest_wins,
    clauses.who_is_silent_is_named,
    clauses.everybody_is_heard_in_time,
    clauses.told_as_decided,
    clauses.everybody_who_proposes_is_told,
    clauses.what_is_learned_is_true_and_final,
    clauses.every_manager_knows_in_the_end,
    clauses.a_manager_shows_what_it_knows,
    clauses.an_answer_is_true,
    clauses.who_cancels_is_heeded,
    clauses.nobody_is_answered_twice,
    clauses.nobody_waits,
    clauses.nothing_stays_held,
)
PROMISES = (*SAFE, clauses.room_becomes_free, clauses.every_wait_ends)


def system(
    *costs: tuple[Amount | None, ...],
    capacity: int = 1,
    users: int = 1,
    asks: int = 1,
    network: Network = Network(),
    faults: Faults = Faults(),
    manager: type[Manager] = Manager,
    contractor: type[Contractor] = Contractor,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put managers, their users and contractors together. `costs`: of each contractor, its cost of each manager's task, None if it cannot do it.

    There are as many managers as a row is long; each has so many users, each of whom asks so often.
    """
    managers, contractors = addresses("manager", len(costs[0])), addresses("contractor", len(costs))
    known = {
        name: Map.of({each: cost for each, cost in zip(managers, row, strict=True) if cost is not None})
        for name, row in zip(contractors, costs, strict=True)
    }
    script = ((Contract(),),) * asks
    return System(
        {**{name: manager(contractors) for name in managers}, **{name: contractor(capacity, known[name]) for name in contractors}},
        History(contractors, capacity, Map.of({(each, name): cost for name in contractors for each, cost in known[name].items()})),
        promises,
        network,
        faults,
        users=tuple(
            User(Address("user", number * users + each), (name,), script) for number, name in enumerate(managers) for each in range(users)
        ),
    )


# ---- one thing that comes to a contractor


def one_request(asked: Asked) -> steps.Deals:
    """Let a contractor with these deals take what comes, and return its deals."""
    return asked_of(Contractor, asked)


def asked_of(kind: type[Contractor], asked: Asked) -> steps.Deals:
    """Let a contractor of a kind take what comes."""
    before = asked.before
    contractor = kind(asked.capacity, Map.of({asked.manager: 1} if asked.able else {}))  # type: ignore[arg-type]  # room for any amount
    known = ((before.held, Holding()), (before.running, Working()), (before.over, Over(Failure(LAPSED))))
    deals: Deals = Map.of({manager: deal for managers, deal in known for manager in sorted(managers)})
    match asked.what:
        case Lapse() | Ends():
            following: Step[Deals] | None = contractor.fire(deals, asked.what)
        case message:
            following = contractor.receive(deals, asked.manager, message)
    after = deals if following is None else following.state
    return steps.Deals(
        *(frozenset(manager for manager, deal in after.items() if isinstance(deal, stand)) for stand in (Holding, Working, Over))
    )


def step_by_step(managers: int, rule: Rule = one_request) -> Mechanism[Asked, steps.Deals]:
    """Return what a contractor makes of what comes when so many managers have deals with it or none, with all that is kept."""
    return Mechanism(rule, partial(requests, managers=managers), steps.CLAUSES)
