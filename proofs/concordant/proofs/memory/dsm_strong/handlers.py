"""Strong memory: the shipped handlers take only steps of the proved model, and handlers with a mistake do not.

Assumes: the copy, and the number of the last operation, are on the disk; nobody lies.
Not covered: more nodes than those of the casts, which are five with `--large`; more operations of one node under way than are said; that
anything is ever answered.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.proofs.kernel.role_theorems import WrongHandler, role_theorems
from concordant.proofs.kernel.stability import stability_theorem
from concordant.proofs.memory.dsm_strong.meaning import Copies
from concordant.refimpl.machine import Step, step
from concordant.refimpl.memory.dsm_strong import Node, State, Storing
from concordant.spec.common.consistency.objects import Done, Read, Value
from concordant.spec.memory.dsm_eventual import Stamp, Version
from concordant.spec.memory.dsm_strong import Message, Request, Stored, Update
from concordant.spec.vocabulary import Address, Reply, Send

COPIES = Copies()


@frozen
class ReadsWithoutWritingBack(Node):
    """Tells what it has found when it has asked a majority, and leaves it to the writer to have it stored."""

    def store(self, state: State, number: int, storing: Storing) -> Step[State]:
        if isinstance(storing.answer, Value):
            return step(evolve(state, running=state.running.drop(number)), Reply(storing.client, storing.answer))
        return super().store(state, number, storing)


@frozen
class IsContentWithItself(Node):
    """Takes itself for a majority."""

    def is_majority(self, count: int) -> bool:
        return count >= 1


@frozen
class StampsByItself(Node):
    """Stamps a write one later than its own copy, whatever it has heard."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:  # noqa: ARG002  # that is the mistake
        return Stamp(own.counter + 1, self.me)


@frozen
class ForgetsItsOtherWrites(Node):
    """Stamps a write one later than what it has heard, whatever it has written since."""

    def next_stamp(self, latest: Stamp, own: Stamp) -> Stamp:  # noqa: ARG002
        return Stamp(latest.counter + 1, self.me)


@frozen
class TakesWhatComes(Node):
    """Lets its copy have whatever version comes last."""

    def keep(self, state: State, key: str, version: Version) -> State:
        return evolve(state, copy=state.copy.put(key, version))


@frozen
class SaysSoAtOnce(Node):
    """Says that it stores what it does not keep."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        return step(state, Send(source, Stored(message.number))) if isinstance(message, Update) else super().receive(state, source, message)


@frozen
class SaysDoneAtOnce(Node):
    """Answers a write before anybody has it."""

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        begun = super().request(state, client, request)
        return begun if isinstance(request, Read) else step(begun.state, *begun.effects, Reply(client, Done()))


@frozen
class KeepsItsCopyInMemory(Node):
    """Has its copy in memory."""

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(number=state.number),)


@frozen
class NumbersAnew(Node):
    """Numbers its operations from one each time it comes up."""

    def survives(self, state: State) -> tuple[State, ...]:
        return (State(state.copy),)


COPY = "State: its copy is of those versions, and of no others"
WRONG = tuple(
    WrongHandler(COPIES, kind, by, at, f"dsm_strong.{mutant}" if mutant else None)
    for kind, by, at, mutant in (
        (ReadsWithoutWritingBack, "guard tell.was_served", "Known", "reads_without_writing_back"),
        (IsContentWithItself, "guard take.quorum_heard", "Read", None),
        (StampsByItself, "guard stamp.later_than_told", "Known", "stamps_by_itself"),
        (ForgetsItsOtherWrites, "guard stamp.later_than_its_copy", "Known", "forgets_its_other_writes"),
        (TakesWhatComes, COPY, "Update", "takes_what_comes"),
        (SaysSoAtOnce, COPY, "Update", "says_so_at_once"),
        (SaysDoneAtOnce, "guard finish.is_done", "Write", "says_done_at_once"),
        (KeepsItsCopyInMemory, COPY, "crash and recovery", "keeps_nothing"),
        (NumbersAnew, "State: it was asked for nothing by a higher number", "crash and recovery", None),
    )
)
HANDLERS = tuple(theorem for role in COPIES.roles for theorem in role_theorems(COPIES, role, WRONG))
STABLE = stability_theorem(COPIES)
