"""A store of checkpoints as one machine with its disk: it saves what agents know, and finds it again after a crash."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import Never, TypeAlias, assert_never

from attrs import evolve, field, frozen
from attrs.validators import ge

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.refimpl.recovery.state_checkpoint.codec import decode, encode
from concordant.refimpl.recovery.state_checkpoint.disk import Disk, Name, Pages
from concordant.spec.recovery import state_checkpoint as spec
from concordant.spec.recovery.state_checkpoint import (
    NO_TEXT,
    NONE_SAVED,
    AgentState,
    GoOn,
    History,
    Load,
    Loaded,
    Save,
    Saved,
    StoreView,
)
from concordant.spec.vocabulary import Address, Clause, Faults, Malformed, Rejected, Reply, addresses

Request: TypeAlias = Save | Load


class Phase(Enum):
    """What a save does next."""

    WRITE = auto()
    SYNC = auto()
    RENAME = auto()
    SYNC_NAMES = auto()


@frozen
class Job:
    """A save: for whom, of which agent, the pages to be written, and what it does next. `number`: its file's, 0 while that is a draft."""

    client: Address
    agent: str
    pages: Pages
    phase: Phase = Phase.WRITE
    number: int = 0


@frozen
class Storing:
    """The disk, and the saves that were asked for, in their order. Only the disk survives."""

    disk: Disk = Disk()
    jobs: tuple[Job, ...] = ()


@frozen
class Store(Process[Storing, Never, Request, GoOn]):
    """Keeps the newest `keep` checkpoints of each agent; below one is a ValueError."""

    keep: int = field(validator=ge(1))

    def start(self) -> Step[Storing]:
        return step(Storing())

    def request(self, state: Storing, client: Address, request: Request) -> Step[Storing]:
        match request:
            case Save(agent, what):
                pages = self.pages(what)
                if None in pages:
                    return step(state, Reply(client, NO_TEXT))
                return step(evolve(state, jobs=(*state.jobs, Job(client, agent, pages))))
            case Load(agent):
                return step(state, Reply(client, self.newest(state, agent)))
            case _:
                assert_never(request)

    def pages(self, state: AgentState) -> Pages:
        return (encode(state.beliefs), encode(state.goals))

    def newest(self, state: Storing, agent: str) -> Loaded | Rejected:
        name = max((name for name in state.disk.names if name.agent == agent and self.may_load(state, name)), default=None)
        return NONE_SAVED if name is None else Loaded(name.number, self.state_in(state.disk.read(name)))

    def may_load(self, state: Storing, name: Name) -> bool:
        # Not the draft of a save, nor what is renamed and not yet synced: after a crash it may be gone, and then an older one be found.
        return all((job.agent, job.number) != (name.agent, name.number) for job in state.jobs)

    def state_in(self, pages: Pages) -> AgentState:
        beliefs, goals = (None if page is None else decode(page) for page in pages)
        return AgentState(beliefs, goals)

    def armed(self, state: Storing) -> tuple[GoOn, ...]:
        return (GoOn(),) if self.may_go_on(state) else ()

    def may_go_on(self, state: Storing) -> bool:
        return len(state.jobs) > 0

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:  # noqa: ARG002  # there is one trigger
        job = state.jobs[0]
        draft = Name(job.agent)
        match job.phase:
            case Phase.WRITE:
                return self.next(state, evolve(job, phase=Phase.SYNC), state.disk.write(draft, job.pages))
            case Phase.SYNC:
                return self.next(state, evolve(job, phase=Phase.RENAME), self.sync(state.disk, draft))
            case Phase.RENAME:
                # The hard step: the draft is whole on the disk before it is called a checkpoint, and the name is there in one piece.
                number = self.next_number(state.disk, job.agent)
                disk = state.disk.rename(draft, Name(job.agent, number))
                return self.next(state, evolve(job, phase=Phase.SYNC_NAMES, number=number), disk)
            case Phase.SYNC_NAMES:
                return self.end(state, self.prune(self.sync_names(state.disk)), Saved(job.number))
            case _:
                assert_never(job.phase)

    def next(self, state: Storing, job: Job, disk: Disk) -> Step[Storing]:
        return step(Storing(disk, (job, *state.jobs[1:])))

    def end(self, state: Storing, disk: Disk, answer: Saved | Rejected) -> Step[Storing]:
        return step(Storing(disk, state.jobs[1:]), Reply(state.jobs[0].client, answer))

    def sync(self, disk: Disk, name: Name) -> Disk:
        return disk.sync(name)

    def sync_names(self, disk: Disk) -> Disk:
        return disk.sync_names()

    def next_number(self, disk: Disk, agent: str) -> int:
        return self.of(disk, agent)[-1].number + 1

    def of(self, disk: Disk, agent: str) -> tuple[Name, ...]:
        """List the files of an agent: its draft first, then its checkpoints, the newest last."""
        return tuple(name for name in disk.names if name.agent == agent)

    def prune(self, disk: Disk) -> Disk:
        return self.without(disk, self.superfluous(disk))

    def superfluous(self, disk: Disk) -> tuple[Name, ...]:
        return tuple(name for name in disk.names if name not in self.of(disk, name.agent)[-self.keep :])

    def without(self, disk: Disk, names: tuple[Name, ...]) -> Disk:
        for name in names:
            disk = disk.remove(name)
        return disk

    def survives(self, state: Storing) -> Iterable[Storing]:
        return dict.fromkeys(map(Storing, state.disk.left()))

    def recover(self, state: Storing) -> Step[Storing]:
        drafts = tuple(name for name in state.disk.names if name.number == 0)
        return step(Storing(self.prune(self.without(state.disk, drafts))))

    def view(self, state: Storing) -> StoreView:
        return StoreView(frozenset((name.agent, name.number) for name in state.disk.names))


PROMISES: tuple[Clause, ...] = (
    spec.what_is_loaded_was_saved,
    spec.nothing_saved_is_lost,
    spec.nothing_loaded_is_lost,
    spec.every_save_is_newer,
    spec.numbers_follow,
    spec.an_answer_is_true,
    spec.the_newest_are_kept,
    spec.no_more_are_kept,
    spec.no_draft_is_left,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
    spec.every_save_ends,
)
UNTOLD: tuple[Clause, ...] = (*PROMISES, spec.a_state_is_loaded_of_which_nobody_was_told)
"""With a crash, what it cuts short may be there."""

STORE = Address("store")


def system(
    *scripts: tuple[Request | Malformed, ...],
    keep: int = 1,
    faults: Faults = Faults(),
    store: type[Store] = Store,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a store and its clients together: one for each script, which asks what that says."""
    names = addresses("client", len(scripts))
    users = tuple(User(name, (STORE,), tuple((each,) for each in script)) for name, script in zip(names, scripts, strict=True))
    return System({STORE: store(keep)}, History(keep), promises, faults=faults, users=users)
