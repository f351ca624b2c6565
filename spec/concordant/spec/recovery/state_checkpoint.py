"""Checkpoints of what agents know: a state that is said to be saved is there after any crash, whole, until newer ones replace it.

Source: atomic replacement of a file (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014): written under another name,
synced, renamed, and its directory synced. Write-ahead logs do the same otherwise (Gray and Reuter, "Transaction Processing", 1992).
Assumes: a disk that keeps what is synced; of what is not, a crash leaves any pages, and any changes of names, in their order.
Chosen: checkpoints are numbered, by agent, not named by the time; the newest `keep` stay; saves are done one after the other; a state
that is not safely saved is not loaded yet. A state is written as text, with the types of its values; what has no text is rejected first.
Does not promise: what becomes of a save that a crash cuts short: it may be loaded later, whole, or be gone.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Crashed,
    Fair,
    Fault,
    Internal,
    Map,
    Recovered,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    same,
    sometimes,
)

# ---- requests and answers


@frozen
class AgentState:
    """What an agent knows and wants: None, whole numbers, yes and no, texts, and tuples, sets and maps of these."""

    beliefs: object
    goals: object


@frozen
class Save:
    """An agent's state is to be kept. Answered by `Saved`, or by `NO_TEXT`."""

    agent: str
    state: AgentState


@frozen
class Load:
    """An agent's newest state is wanted. Answered by `Loaded`, or by `NONE_SAVED`."""

    agent: str


@frozen
class Saved:
    """The state is safe, as the agent's checkpoint with this number."""

    number: int


@frozen
class Loaded:
    """The state of the agent's newest checkpoint."""

    number: int
    state: AgentState


NONE_SAVED = Rejected("no state of this agent is saved")
NO_TEXT = Rejected("the state holds something that cannot be written")

# ---- triggers


@frozen
class GoOn(Internal):
    """The first of the saves goes on by one step."""


# ---- views


@frozen
class StoreView:
    """The files that are there: each with its agent, and the number of the checkpoint, from 1; 0 for a draft, in which a save writes."""

    files: frozenset[tuple[str, int]]

    def of(self, agent: str) -> frozenset[int]:
        """Return the numbers of an agent's checkpoints."""
        return frozenset(number for name, number in self.files if name == agent and number)


# ---- history


@frozen
class History:
    """What was to be saved, and by its number what was: for each agent. `keep`, how many checkpoints stay, is fixed.

    `loaded`: the highest number that was told of an agent. `up`: whether the store is. `surprise`: whether a state was loaded of which nobody was told that it was saved.
    """

    keep: int
    calls: Calls = Calls()
    given: frozenset[tuple[str, AgentState]] = frozenset()
    saved: Map[tuple[str, int], AgentState] = Map()
    loaded: Map[str, int] = Map()
    up: bool = True
    surprise: bool = False

    @property
    def saves(self) -> int:
        """How many saves are under way, or wait; also those that are turned down."""
        return sum(not isinstance(asked, Load) for asked in self.calls.open.values())

    def newest(self, agent: str) -> int:
        """Return the highest number under which a state of an agent was saved; 0 for none."""
        return max((number for name, number in self.saved if name == agent), default=0)

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Save(agent, state):
                return evolve(after, given=self.given | {(agent, state)})
            case Crashed() | Recovered():
                return evolve(after, up=isinstance(happening, Recovered))
            case Reply(to, answer):
                return after.told(answer, self.calls.open.get(Call(to, at)))
            case _:
                return after

    def told(self, answer: object, request: object) -> History:
        """Fold an answer to a request."""
        match answer, request:
            case Saved(number), Save(agent, state):
                return evolve(self, saved=self.saved.put((agent, number), state))
            case Loaded(number), Load(agent):
                surprise = self.surprise or (agent, number) not in self.saved
                return evolve(self, loaded=self.loaded.put(agent, max(number, self.loaded.get(agent, 0))), surprise=surprise)
            case _:
                return self


# ---- clauses

LIVE = Fault.CRASH | Fault.RECOVERY
ALL = LIVE | Fault.MALFORMED


@on_event(Reply, under=ALL)
def what_is_loaded_was_saved(before: History, by: Address, event: Reply) -> Cases:
    """What is loaded is a checkpoint's state that was to be saved for that agent, under that number if it was: whole, no mix of two, unchanged."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(event.answer, Loaded) and isinstance(asked, Load):
        number, state = event.answer.number, event.answer.state
        saved = before.saved.get((asked.agent, number))
        was_given = any(same(state, each) for agent, each in before.given if agent == asked.agent)
        yield case(number > 0 and was_given and (saved is None or same(state, saved)), number=number, state=state, saved=saved)


@on_event(Reply, under=ALL)
def nothing_saved_is_lost(before: History, by: Address, event: Reply) -> Cases:
    """Whoever asks for an agent's state is told the newest that was said to be saved, or a newer one."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(asked, Load):
        newest, told = before.newest(asked.agent), number_of(event.answer)
        yield case(told >= newest, told=event.answer, newest=newest)


@on_event(Reply, under=LIVE)
def nothing_loaded_is_lost(before: History, by: Address, event: Reply) -> Cases:
    """Whoever asks for an agent's state is told none older than one that was told before: a crash does not take it back."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(asked, Load):
        loaded, told = before.loaded.get(asked.agent, 0), number_of(event.answer)
        yield case(told >= loaded, told=event.answer, loaded=loaded)


@on_event(Reply, under=LIVE)
def every_save_is_newer(before: History, by: Address, event: Reply) -> Cases:
    """A state is saved under a higher number than all that were saved and loaded of its agent."""
    asked = before.calls.open.get(Call(event.to, by))
    if isinstance(event.answer, Saved) and isinstance(asked, Save):
        last = max(before.newest(asked.agent), before.loaded.get(asked.agent, 0))
        yield case(event.answer.number > last, number=event.answer.number, last=last)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Whoever saves a state is told that it is saved, and that it is not only where it cannot be written; whoever loads one is told one, or that there is none."""
    asked = before.calls.open.get(Call(event.to, by))
    match asked:
        case Save():
            yield case(isinstance(event.answer, Saved), told=event.answer, asked=asked)
        case Load():
            yield case(isinstance(event.answer, Loaded) or event.answer == NONE_SAVED, told=event.answer, asked=asked)
        case _:  # a malformed state
            yield case(event.answer == NO_TEXT, told=event.answer, asked=asked)


@every_step(StoreView, under=LIVE)
def numbers_follow(before: StoreView, after: StoreView) -> Cases:
    """No number of an agent's checkpoints is left out: a new one is at most one more than the last, and 1 where there is none."""
    for agent, number in sorted(after.files):
        last = max(before.of(agent), default=0)
        yield case(number <= last + 1, agent=agent, number=number, last=last)


@always_each(StoreView, under=LIVE)
def the_newest_are_kept(view: StoreView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one store
    """A state that was saved is kept, also in a crash, until as many newer ones are as are to be kept."""
    for agent, number in history.saved:
        kept = view.of(agent)
        newer = frozenset(other for other in kept if other > number)
        yield case(number in kept or len(newer) >= history.keep, agent=agent, number=number, kept=kept)


@always_each(StoreView, under=LIVE)
def no_more_are_kept(view: StoreView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """While nothing is saved, there are no more of an agent's states than are to be kept; during a save, one more."""
    if history.up:
        most = max((len(view.of(agent)) for agent, _ in view.files), default=0)
        yield case(most <= history.keep + (history.saves > 0), most=most, keep=history.keep, saves=history.saves)


@always_each(StoreView, under=LIVE)
def no_draft_is_left(view: StoreView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """While nothing is saved, there is no half-written file, whatever a crash has left."""
    if history.up and not history.saves:
        yield case(all(number for _, number in view.files), files=view.files)


@always(under=LIVE)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who does not wait is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits: a crash ends the calls that it cuts short."""
    return calls.nobody_waits(seen)


@eventually(Fair.TRIGGERS, under=ALL)
def every_save_ends(seen: Seen[History]) -> Cases:
    """Every save ends."""
    return calls.nobody_waits(seen)


@sometimes
def a_state_is_loaded_of_which_nobody_was_told(seen: Seen[History]) -> Cases:
    """A crash cuts a save short, and its state is loaded."""
    yield case(seen.history.surprise)


def number_of(answer: object) -> int:
    """Return the number of the checkpoint of an answer; 0 where it is none."""
    return answer.number if isinstance(answer, Loaded) else 0
