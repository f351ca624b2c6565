"""Checkpoints as the documents write them: one file for each agent, which is emptied and written; and what their names promise."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.refimpl.recovery.state_checkpoint import STORE, Job, Phase, Request, Store, Storing, system
from concordant.refimpl.recovery.state_checkpoint.disk import Disk, Name, Pages
from concordant.spec.recovery import state_checkpoint as spec
from concordant.spec.recovery.state_checkpoint import NO_TEXT, AgentState, GoOn, History, Load, Loaded, Save, Saved
from concordant.spec.vocabulary import Address, Clause, Faults, Malformed, Map, Rejected, Reply

FIRST, SECOND = AgentState(Map.of({1: "rain"}), ("dry",)), AgentState(Map.of({1: "sun"}), ("tan",))
UNWRITABLE = AgentState(Fraction(1, 2), ())
SAVE, THEN, LOAD = Save("ann", FIRST), Save("ann", SECOND), Load("ann")
CRASH = Faults(crashes=1, recoveries=1, who=(STORE,))
EMPTY: Pages = (None, None)


@frozen
class InPlace(Store):
    """Opens the one file of an agent, which empties it, and writes into it."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:  # noqa: ARG002
        job = state.jobs[0]
        if job.phase is Phase.WRITE:
            return self.next(state, evolve(job, phase=Phase.SYNC), self.opened(state, job))
        return self.end(state, self.written(state, job), Saved(1))

    def opened(self, state: Storing, job: Job) -> Disk:
        return state.disk.write(Name(job.agent, 1), EMPTY)

    def written(self, state: Storing, job: Job) -> Disk:
        return state.disk.write(Name(job.agent, 1), job.pages)


@frozen
class RaisesOnLoad(InPlace):
    """Catches only that there is no file, not that it holds nothing."""

    def newest(self, state: Storing, agent: str) -> Loaded | Rejected:
        whole = all(None not in state.disk.read(name) for name in state.disk.names)
        return super().newest(state, agent) if whole else Rejected("JSONDecodeError: Expecting value")


@frozen
class RaisesOnSave(RaisesOnLoad):
    """Finds out that a state cannot be written when the file is open."""

    def request(self, state: Storing, client: Address, request: Request) -> Step[Storing]:
        after = super().request(state, client, request)
        if not isinstance(request, Save) or after.effects != (Reply(client, NO_TEXT),):
            return after
        return step(evolve(state, disk=self.opened(state, Job(client, request.agent, EMPTY))), *after.effects)


@frozen
class LoadsFieldByField(InPlace):
    """Takes over one field after the other: when the second cannot be read, the first is taken over."""

    def newest(self, state: Storing, agent: str) -> Loaded | Rejected:
        loaded = super().newest(state, agent)
        nothing = isinstance(loaded, Loaded) and loaded.state.beliefs is None
        return Rejected("JSONDecodeError: Expecting value") if nothing else loaded


@frozen
class HasTextsForKeys(Store):
    """Writes plain JSON, in which every key is a text."""

    def state_in(self, pages: Pages) -> AgentState:
        state = super().state_in(pages)
        beliefs = state.beliefs
        return evolve(state, beliefs=Map.of([(str(key), each) for key, each in beliefs.items()]) if isinstance(beliefs, Map) else beliefs)


@frozen
class List:
    """What plain JSON makes of a tuple."""

    parts: tuple[object, ...]


@frozen
class HasListsForTuples(Store):
    """Writes plain JSON, in which every sequence is a list."""

    def state_in(self, pages: Pages) -> AgentState:
        state = super().state_in(pages)
        return evolve(state, goals=List(state.goals) if isinstance(state.goals, tuple) else state.goals)


@frozen
class KnowsNoTime(Store):
    """Names a checkpoint by the time, of a module that it does not import."""

    def request(self, state: Storing, client: Address, request: Request) -> Step[Storing]:
        if isinstance(request, Save):
            return step(state, Reply(client, Rejected("NameError: name 'time' is not defined")))
        return super().request(state, client, request)


@frozen
class OnlyNamesIt(Store):
    """Finds a name for the checkpoint, and leaves the state in the file in which it was written."""

    def fire(self, state: Storing, trigger: GoOn) -> Step[Storing]:
        after = super().fire(state, trigger)
        return after if state.jobs[0].phase is not Phase.RENAME else step(evolve(after.state, disk=state.disk))


@frozen
class LoadsAnybodys(Store):
    """Does not look whose state it is."""

    def newest(self, state: Storing, agent: str) -> Loaded | Rejected:  # noqa: ARG002
        names = [name for name in state.disk.names if self.may_load(state, name)]
        return super().newest(state, names[0].agent) if names else spec.NONE_SAVED


@frozen
class NamesByTheSecond(Store):
    """Names a checkpoint by the second in which it is saved: two in one second have one name."""

    def next_number(self, disk: Disk, agent: str) -> int:  # noqa: ARG002
        return 1


@frozen
class NamesByAClock(Store):
    """Names a checkpoint by what a clock shows, which is set back."""

    def next_number(self, disk: Disk, agent: str) -> int:
        return 3 - super().next_number(disk, agent)


@frozen
class NeverSyncs(Store):
    """Renames a file that is not on the disk yet."""

    def sync(self, disk: Disk, name: Name) -> Disk:  # noqa: ARG002
        return disk


@frozen
class NeverSyncsNames(Store):
    """Takes a new name for safe as soon as it is there."""

    def sync_names(self, disk: Disk) -> Disk:
        return disk


def _as_written(
    id: str,
    store: type[Store],
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[Request | Malformed, ...],
    faults: Faults = Faults(),
) -> Pitfall:
    subject: System[History] = system(*scripts or ((SAVE, LOAD),), faults=faults, store=store)
    return Pitfall(id, mistake, breaks=breaks, subject=subject, length=length)


TEXTS_FOR_KEYS = _as_written("STA-1", HasTextsForKeys, "The keys of a map come back as texts.", spec.what_is_loaded_was_saved, 6)
RAISES_ON_SAVE = _as_written(
    "STA-2",
    RaisesOnSave,
    "A state that cannot be written raises an error when the file is open: what was saved before is gone.",
    spec.nothing_saved_is_lost,
    5,
    (SAVE, Malformed(Save("ann", UNWRITABLE)), LOAD),
)
KNOWS_NO_TIME = _as_written(
    "STA-3", KnowsNoTime, "The module that tells the time is not imported: every checkpoint raises an error.", spec.an_answer_is_true, 1
)
ONLY_NAMES_IT = _as_written(
    "STA-4", OnlyNamesIt, "A name is found for the checkpoint, and nothing is written under it.", spec.the_newest_are_kept, 5
)
LOADS_FIELD_BY_FIELD = _as_written(
    "STA-5",
    LoadsFieldByField,
    "Half of a state can be read, and is taken over: new beliefs with no goals.",
    spec.what_is_loaded_was_saved,
    6,
    faults=CRASH,
)
RAISES_ON_LOAD = _as_written(
    "STA-6",
    RaisesOnLoad,
    "A crash leaves an empty file, and nothing loads ever after.",
    spec.an_answer_is_true,
    5,
    faults=CRASH,
)
LISTS_FOR_TUPLES = _as_written("STA-7", HasListsForTuples, "A tuple comes back as a list.", spec.what_is_loaded_was_saved, 6)
LOADS_ANYBODYS = _as_written(
    "STA-8",
    LoadsAnybodys,
    "An agent is given the state of another, whose file was there.",
    spec.what_is_loaded_was_saved,
    6,
    (SAVE, Load("bob")),
)
NAMES_BY_THE_SECOND = _as_written(
    "STA-9", NamesByTheSecond, "Two checkpoints in one second have one name.", spec.every_save_is_newer, 10, (SAVE, THEN)
)
NAMES_BY_A_CLOCK = _as_written(
    "STA-9/set_back",
    NamesByAClock,
    "A clock is set back: what is saved then counts as the older.",
    spec.every_save_is_newer,
    10,
    (SAVE, THEN),
)
NEVER_SYNCS = _as_written(
    "STA-10",
    NeverSyncs,
    "A crash finds the new name on the disk, and the file without what was written into it.",
    spec.what_is_loaded_was_saved,
    7,
    faults=CRASH,
)
NEVER_SYNCS_NAMES = _as_written(
    "STA-10/names",
    NeverSyncsNames,
    "What was said to be saved is gone after a crash, with its name.",
    spec.nothing_saved_is_lost,
    8,
    faults=CRASH,
)
