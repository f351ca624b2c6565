"""A pipeline as one machine: stages are its environment, and whoever puts in and takes out its users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import and_, deep_iterable, ge, min_len

from concordant.refimpl.machine import Fire, Move, Process, Step, System, User, step
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Reply, Seen
from concordant.spec.workflows.pipeline_execution import (
    CLOSED,
    WITHDRAWN,
    Accepted,
    Began,
    Close,
    Ended,
    Fails,
    Failure,
    Finishes,
    Item,
    Lines,
    Over,
    PipelineView,
    Put,
    Stop,
    Take,
    Taken,
    Yields,
)
from concordant.spec.workflows.pipeline_execution import clauses as spec


@frozen
class AtWork:
    """An item, how many a stage has made of it, and the last of these while there is no room for it."""

    item: Item
    made: int = 0
    held: Item | None = None


@frozen
class Flow:
    """What is in each buffer and at each stage; who waits to put in and to take out, in the order of asking; and who closed it."""

    buffers: tuple[tuple[Item, ...], ...]
    stages: tuple[AtWork | None, ...]
    putting: tuple[Address, ...] = ()
    taking: tuple[Address, ...] = ()
    accepted: int = 0
    failed: frozenset[Failure] = frozenset()
    closer: Address | None = None
    ended: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it takes in more."""
        return self.closer is None and not self.ended

    @property
    def under_way(self) -> frozenset[Item]:
        """What is in a buffer or at a stage."""
        items = [item for buffer in self.buffers for item in buffer]
        for work in self.stages:
            if work is not None:
                items += [work.item] if work.held is None else [work.item, work.held]
        return frozenset(items)

    def with_buffer(self, place: int, buffer: tuple[Item, ...]) -> Flow:
        """Return it with another content of a buffer."""
        return evolve(self, buffers=(*self.buffers[:place], buffer, *self.buffers[place + 1 :]))

    def with_stage(self, stage: int, work: AtWork | None) -> Flow:
        """Return it with a stage that works on something else, or on nothing."""
        return evolve(self, stages=(*self.stages[:stage], work, *self.stages[stage + 1 :]))


Requests: TypeAlias = Put | Take | Close | Stop
Endings: TypeAlias = Yields | Finishes | Fails


@frozen
class Pipeline(Process[Flow, Never, Requests, Endings]):
    """Passes items on from stage to stage. `capacities`: of the buffer before each stage, then of that behind the last.

    Fewer than two of them, or one below 1, is a ValueError.
    """

    capacities: tuple[int, ...] = field(validator=and_(min_len(2), deep_iterable(ge(1))))

    def start(self) -> Step[Flow]:
        return step(Flow(((),) * len(self.capacities), (None,) * (len(self.capacities) - 1)))

    # ---- what users ask for

    def request(self, state: Flow, client: Address, request: Requests) -> Step[Flow]:
        match request:
            case Put() if state.is_open:
                return step(evolve(state, putting=(*state.putting, client))).then(self.go_on)
            case Take() if not state.ended:
                return step(evolve(state, taking=(*state.taking, client))).then(self.go_on)
            case Take():
                return step(state, Reply(client, Over()))
            case Close() if state.is_open:
                closed = evolve(state, closer=client, putting=())
                return step(closed, *(Reply(other, CLOSED) for other in state.putting)).then(self.go_on)
            case Stop() if not state.ended:
                return self.stop(state, client)
            case Put() | Close() | Stop():
                return step(state, Reply(client, CLOSED))
            case _:
                assert_never(request)

    def stop(self, state: Flow, client: Address) -> Step[Flow]:
        told = Ended(state.failed, state.under_way)
        closer = () if state.closer is None else (Reply(state.closer, told),)
        rejected = (Reply(other, CLOSED) for other in state.putting)
        return step(self.emptied(), Reply(client, told), *closer, *rejected, *(Reply(other, Over()) for other in state.taking))

    def emptied(self) -> Flow:
        return evolve(self.start().state, ended=True)

    def cancel(self, state: Flow, client: Address) -> Step[Flow] | None:
        if client not in (*state.putting, *state.taking):
            return None
        putting, taking = (tuple(other for other in waiting if other != client) for waiting in (state.putting, state.taking))
        return step(evolve(state, putting=putting, taking=taking), Reply(client, WITHDRAWN))

    # ---- what stages do

    def armed(self, state: Flow) -> tuple[Endings, ...]:
        at_work = [stage for stage, work in enumerate(state.stages) if work is not None and work.held is None]
        return tuple(ending(stage) for stage in at_work for ending in (Yields, Finishes, Fails))

    def fire(self, state: Flow, trigger: Endings) -> Step[Flow]:
        work = state.stages[trigger.stage]
        if work is None:
            raise ValueError(f"{trigger!r}: stage {trigger.stage} works on nothing; only what is armed may fire")
        match trigger:
            case Yields(stage):
                return step(state.with_stage(stage, AtWork(work.item, work.made + 1, (*work.item, work.made)))).then(self.go_on)
            case Finishes(stage):
                return step(state.with_stage(stage, None)).then(self.go_on)
            case Fails(stage):
                return step(evolve(state.with_stage(stage, None), failed=state.failed | {Failure(stage, work.item)})).then(self.go_on)
            case _:
                assert_never(trigger)

    # ---- what follows

    def go_on(self, state: Flow) -> Step[Flow]:
        """Do all that can be done at once."""
        # The hard step. Each of these makes room, or something to do, for others, and no process of its own waits for any of them.
        # So all are tried until none can go on; what then still waits, waits for a stage that works or for somebody who takes out.
        for move in (self.hand_out, self.pass_on, self.begin, self.accept, self.finish):
            after = move(state)
            if after is not None:
                return after.then(self.go_on)
        return step(state)

    def has_room(self, state: Flow, place: int) -> bool:
        return len(state.buffers[place]) < self.capacities[place]

    def hand_out(self, state: Flow) -> Step[Flow] | None:
        if not (state.taking and state.buffers[-1]):
            return None
        (item, *rest), (client, *others) = state.buffers[-1], state.taking
        left = state.with_buffer(len(state.buffers) - 1, tuple(rest))
        return step(evolve(left, taking=tuple(others)), Reply(client, Taken(item)))

    def pass_on(self, state: Flow) -> Step[Flow] | None:
        for stage, work in enumerate(state.stages):
            if work is not None and work.held is not None and self.has_room(state, stage + 1):
                there = state.with_buffer(stage + 1, (*state.buffers[stage + 1], work.held))
                return step(there.with_stage(stage, evolve(work, held=None)))
        return None

    def begin(self, state: Flow) -> Step[Flow] | None:
        for stage, buffer in enumerate(state.buffers[:-1]):
            if buffer and self.may_begin(state, stage):
                item, *rest = buffer
                return step(state.with_buffer(stage, tuple(rest)).with_stage(stage, AtWork(item)), Announce(Began(stage, item)))
        return None

    def may_begin(self, state: Flow, stage: int) -> bool:
        return state.stages[stage] is None

    def accept(self, state: Flow) -> Step[Flow] | None:
        if not (state.putting and self.has_room(state, 0)):
            return None
        client, *others = state.putting
        there = state.with_buffer(0, (*state.buffers[0], (state.accepted,)))
        return step(evolve(there, putting=tuple(others), accepted=state.accepted + 1), Reply(client, Accepted(state.accepted)))

    def finish(self, state: Flow) -> Step[Flow] | None:
        if state.closer is None or state.under_way:
            return None
        over = (Reply(client, Over()) for client in state.taking)
        return step(self.emptied(), Reply(state.closer, Ended(state.failed, frozenset())), *over)

    def view(self, state: Flow) -> PipelineView:
        working = tuple(None if work is None else work.item for work in state.stages)
        held = tuple(None if work is None else work.held for work in state.stages)
        return PipelineView(state.buffers, working, held, state.is_open)


PROMISES: tuple[Clause, ...] = (
    spec.order_is_kept,
    spec.what_is_taken_was_made,
    spec.every_stage_works_in_turn,
    spec.one_item_at_a_time,
    spec.buffers_are_bounded,
    spec.the_view_is_true,
    spec.nothing_waits_without_need,
    spec.who_came_first_is_served_first,
    spec.an_answer_is_true,
    spec.the_end_tells_what_did_not_come_out,
    spec.nothing_goes_on_after_the_end,
    spec.nobody_is_answered_twice,
    spec.who_cancels_leaves_at_once,
    spec.no_deadlock,
    spec.who_takes_is_served,
)

PIPELINE, PRODUCER, CONSUMER = Address("pipeline"), Address("producer"), Address("consumer")


def user(name: Address, *script: Requests, repeat: bool = False) -> User:
    """Return a user that asks for these, one after the other, again and again if told so."""
    return User(name, (PIPELINE,), tuple((request,) for request in script), repeat=repeat)


def parts(least: int, most: int, failures: int = 0) -> Callable[[Move, Seen[Lines]], bool]:
    """Assume that stages make so many items of each, and fail on so many items in all."""

    def so_many(move: Move, seen: Seen[Lines]) -> bool:
        match move:
            case Fire(_, Yields(stage)):
                return seen.history.work(stage).made < most
            case Fire(_, Finishes(stage)):
                return seen.history.work(stage).made >= least
            case Fire(_, Fails()):
                return len(seen.history.failed) < failures
            case _:
                return True

    return so_many


def system(
    *capacities: int,
    items: int = 2,
    takes: int | None = None,
    then: tuple[Requests, ...] = (Close(),),
    others: tuple[User, ...] = (),
    made: Callable[[Move, Seen[Lines]], bool] = parts(1, 1),
    faults: Faults = Faults(),
    pipeline: type[Pipeline] = Pipeline,
    examples: tuple[Clause, ...] = (),
) -> System[Lines]:
    """Put a pipeline, who puts in so many items and `then` asks for more, and who takes out so often together; None: as often as need be.

    Only then is it promised that all can come out.
    """
    consumer = user(CONSUMER, Take(), repeat=True) if takes is None else user(CONSUMER, *(Take(),) * takes)
    users = user(PRODUCER, *(Put(),) * items, *then), *((consumer,) if consumer.script else ()), *others
    return System(
        {PIPELINE: pipeline(capacities)},
        Lines.of(capacities),
        (*PROMISES, *((spec.it_can_be_drained,) if takes is None else ()), *examples),
        faults=faults,
        users=users,
        assume=(made,),
    )
