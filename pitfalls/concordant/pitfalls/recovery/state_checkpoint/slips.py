"""Slips in a store that writes a draft first: drafts that are shared, what is written over, told or removed too soon, and numbers."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.recovery.state_checkpoint.as_written import CRASH, FIRST, LOAD, SAVE, SECOND, THEN, UNWRITABLE, InPlace
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.recovery.state_checkpoint import Job, Phase, Request, Store, Storing, system
from concordant.refimpl.recovery.state_checkpoint.disk import Disk, Name, Pages
from concordant.spec.recovery import state_checkpoint as spec
from concordant.spec.recovery.state_checkpoint import NO_TEXT, AgentState, GoOn, Loaded, Save, Saved
from concordant.spec.vocabulary import Address, Clause, Faults, Malformed, Rejected, Reply

FOR_BOB = Save("bob", SECOND)


@frozen
class SharesTheDraft(Store):
    """Lets saves take turns, all of one agent in one draft."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:
        job = state.jobs[0]
        if job.phase in (Phase.SYNC, Phase.RENAME) and Name(job.agent) not in state.disk.names:
            return self.end(state, state.disk, Rejected("FileNotFoundError: the draft"))
        return super().fire(state, trigger)

    def next(self, state: Storing, job: Job, disk: Disk) -> Step[Storing]:
        return step(Storing(disk, (*state.jobs[1:], job)))


@frozen
class WritesOver(InPlace):
    """Writes a state over the one before, page by page, and syncs it."""

    def opened(self, state: Storing, job: Job) -> Disk:
        return super().written(state, job)

    def written(self, state: Storing, job: Job) -> Disk:
        return state.disk.sync(Name(job.agent, 1)).sync_names()


@frozen
class LoadsWhatIsNotSafe(Store):
    """Loads a checkpoint as soon as it has its name."""

    def may_load(self, state: Storing, name: Name) -> bool:  # noqa: ARG002
        return name.number > 0


@frozen
class LoadsDrafts(Store):
    """Takes any file of the agent for a checkpoint."""

    def may_load(self, state: Storing, name: Name) -> bool:
        return name.number == 0 or super().may_load(state, name)


@frozen
class TellsTooSoon(Store):
    """Tells that a state is saved when it has its name, and once more when that is safe."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:
        after = super().fire(state, trigger)
        job = after.state.jobs[0] if after.state.jobs else state.jobs[0]
        told = (Reply(job.client, Saved(job.number)),) if job.phase is Phase.SYNC_NAMES and not after.effects else ()
        return step(after.state, *told, *after.effects)


@frozen
class PrunesFirst(Store):
    """Makes room before it writes."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:
        if state.jobs[0].phase is Phase.WRITE:
            state = evolve(state, disk=self.without(state.disk, self.of(state.disk, state.jobs[0].agent)))
        return super().fire(state, trigger)


@frozen
class PrunesTheNewest(Store):
    """Sorts the wrong way."""

    def superfluous(self, disk: Disk) -> tuple[Name, ...]:
        return tuple(name for name in disk.names if name not in self.of(disk, name.agent)[: self.keep])


@frozen
class PrunesAcrossAgents(Store):
    """Keeps so many checkpoints of all agents together."""

    def superfluous(self, disk: Disk) -> tuple[Name, ...]:
        return tuple(disk.names)[: -self.keep]


@frozen
class NumbersAcrossAgents(Store):
    """Numbers the checkpoints of all agents in one row."""

    def next_number(self, disk: Disk, agent: str) -> int:  # noqa: ARG002
        return max(name.number for name in disk.names) + 1


@frozen
class NeverPrunes(Store):
    """Calls a function that makes room, and that nobody has written."""

    def superfluous(self, disk: Disk) -> tuple[Name, ...]:  # noqa: ARG002
        return ()


@frozen
class LeavesDrafts(Store):
    """Does not tidy up after a crash."""

    def recover(self, state: Storing) -> Step[Storing]:
        return step(state)


@frozen
class WaitsForTheOther(Store):
    """Lets a save go on while no other does."""

    def may_go_on(self, state: Storing) -> bool:
        return len(state.jobs) == 1


@frozen
class StartsOver(Store):
    """Writes the draft anew once it is synced, to be sure."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:
        after = super().fire(state, trigger)
        again = tuple(evolve(job, phase=Phase.WRITE) if job.phase is Phase.RENAME else job for job in after.state.jobs)
        return step(evolve(after.state, jobs=again), *after.effects)


@frozen
class CannotWriteSets(Store):
    """Writes what JSON has, and nothing else."""

    def pages(self, state: AgentState) -> Pages:
        return (None, None) if isinstance(state.beliefs, frozenset) else super().pages(state)


@frozen
class WritesAnything(Store):
    """Writes of what has no text how it looks."""

    def pages(self, state: AgentState) -> Pages:
        return tuple(page or '"?"' for page in super().pages(state))


@frozen
class SaysItCannot(Store):
    """Tells who loads that a state cannot be written."""

    def request(self, state: Storing, client: Address, request: Request) -> Step[Storing]:
        return super().request(state, client, request) if isinstance(request, Save) else step(state, Reply(client, NO_TEXT))


def _slip(
    store: type[Store],
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[Request | Malformed, ...],
    faults: Faults = Faults(),
    id: str = "",
) -> Pitfall:
    subject = system(*scripts, faults=faults, store=store)
    return Pitfall(id or f"state_checkpoint.{store.__name__}", mistake, breaks=breaks, subject=subject, length=length)


SHARES_THE_DRAFT = _slip(
    SharesTheDraft,
    "Two tasks save states of one agent, and write into one draft: the one is told that its state is saved, and it is the other's.",
    spec.what_is_loaded_was_saved,
    9,
    (SAVE, LOAD),
    (THEN,),
)
WRITES_OVER = _slip(
    WritesOver,
    "A crash while a state is written over the one before leaves the beliefs of the one and the goals of the other.",
    spec.what_is_loaded_was_saved,
    8,
    (SAVE, THEN, LOAD),
    faults=CRASH,
)
LOADS_WHAT_IS_NOT_SAFE = _slip(
    LoadsWhatIsNotSafe,
    "A state is loaded whose name is not on the disk: after a crash it is gone.",
    spec.nothing_loaded_is_lost,
    8,
    (SAVE,),
    (LOAD, LOAD),
    faults=CRASH,
)
LOADS_DRAFTS = _slip(LoadsDrafts, "A draft is loaded that is not a checkpoint yet.", spec.what_is_loaded_was_saved, 3, (SAVE,), (LOAD,))
TELLS_TOO_SOON = _slip(
    TellsTooSoon,
    "A state is said to be saved that is not safe yet: who loads is told that there is none.",
    spec.nothing_saved_is_lost,
    5,
    (SAVE,),
    (LOAD,),
)
TELLS_TWICE = _slip(
    TellsTooSoon, "Who saves is told so twice.", spec.nobody_is_answered_twice, 5, (SAVE,), id="state_checkpoint.TellsTooSoon/twice"
)
PRUNES_FIRST = _slip(PrunesFirst, "The old state is removed before the new one is there.", spec.the_newest_are_kept, 7, (SAVE, THEN))
PRUNES_THE_NEWEST = _slip(PrunesTheNewest, "The oldest states are kept.", spec.the_newest_are_kept, 10, (SAVE, THEN))
PRUNES_ACROSS_AGENTS = _slip(
    PrunesAcrossAgents, "An agent's only state is removed when another's is saved.", spec.the_newest_are_kept, 10, (SAVE, FOR_BOB)
)
NUMBERS_ACROSS_AGENTS = _slip(
    NumbersAcrossAgents, "An agent's first checkpoint has the number 2, since another has one.", spec.numbers_follow, 9, (SAVE, FOR_BOB)
)
NEVER_PRUNES = _slip(NeverPrunes, "Nothing is ever removed.", spec.no_more_are_kept, 10, (SAVE, THEN))
LEAVES_DRAFTS = _slip(LeavesDrafts, "A crash leaves a draft, and nobody removes it.", spec.no_draft_is_left, 4, (SAVE,), faults=CRASH)
WAITS_FOR_THE_OTHER = _slip(WaitsForTheOther, "Two saves wait for each other.", spec.nobody_waits, 2, (SAVE,), (THEN,))
NEITHER_GOES_ON = _slip(
    WaitsForTheOther,
    "Two saves wait for each other, and nothing happens ever after.",
    spec.every_save_ends,
    2,
    (SAVE,),
    (THEN,),
    id="state_checkpoint.WaitsForTheOther/end",
)
STARTS_OVER = _slip(StartsOver, "The draft is written again and again.", spec.every_save_ends, 5, (SAVE,))
CANNOT_WRITE_SETS = _slip(
    CannotWriteSets,
    "A set is no value of JSON: who has one among its beliefs cannot save anything.",
    spec.an_answer_is_true,
    1,
    (Save("ann", evolve(FIRST, beliefs=frozenset({1}))),),
)
WRITES_ANYTHING = _slip(
    WritesAnything,
    "What cannot be written is written all the same, and nobody will be able to read it.",
    spec.an_answer_is_true,
    5,
    (Malformed(Save("ann", UNWRITABLE)),),
)
SAYS_IT_CANNOT = _slip(SaysItCannot, "Who loads is told something else.", spec.an_answer_is_true, 1, (LOAD,))


@frozen
class SortsNamesAsText(Store):
    """Takes the last of its checkpoints by name for the newest: 9 comes after 10."""

    def of(self, disk: Disk, agent: str) -> tuple[Name, ...]:
        return tuple(sorted(super().of(disk, agent), key=lambda name: str(name.number)))


@frozen
class SavesWhatIsNew(Store):
    """Does not save what is saved already."""

    def request(self, state: Storing, client: Address, request: Request) -> Step[Storing]:
        if isinstance(request, Save) and not state.jobs:
            newest = self.newest(state, request.agent)
            if isinstance(newest, Loaded) and newest.state == request.state:
                return step(state, Reply(client, Saved(newest.number)))
        return super().request(state, client, request)


SORTS_NAMES_AS_TEXT = Pitfall(
    "state_checkpoint.SortsNamesAsText",
    "The tenth checkpoint is thrown away, since the ninth looks newer.",
    breaks=spec.nothing_saved_is_lost,
    subject=system((*(SAVE,) * 10, LOAD), store=SortsNamesAsText),
    length=51,
)
SAVES_WHAT_IS_NEW = Pitfall(
    "state_checkpoint.SavesWhatIsNew",
    "A state is said to be saved again under its old number.",
    breaks=spec.every_save_is_newer,
    subject=system((SAVE, SAVE), store=SavesWhatIsNew),
    length=6,
)
