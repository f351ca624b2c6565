"""Load balancer: each task goes at once to the worker with the least to do of those that can do it; who waits, waits for somebody who can.

Source: Graham, "Bounds on Multiprocessing Timing Anomalies", 1969; Azar, Broder, Karlin and Upfal, "Balanced Allocations", 1994.
Assumes: requests come one at a time. Workers join, leave, and say what they have done, perhaps twice; whoever watches them says
when one is lost. Chosen: what a worker has to do is the sum of the loads of what it has been given and has not done, never a number
of its own that could drift; a task's load is the one with which it was submitted. Of equals the first by name is chosen. To choose
and to give is one step. What a worker has when it leaves or is lost is given to others, and what it says of it later does not count.
Does not promise: that a task is done by one worker only, since who is thought lost may still be at it; a balance with regard to what
comes later. How far all is then from the best, `batches` says.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.common.calls import Calls
from concordant.spec.vocabulary import (
    Address,
    Amount,
    Call,
    Cases,
    Fault,
    Map,
    Rejected,
    Reply,
    Seen,
    always,
    always_each,
    case,
    is_amount,
    on_event,
    sometimes,
)

Skills: TypeAlias = frozenset[str]


@frozen
class Task:
    """A task, which skill it needs, and how long it will take."""

    name: str
    needs: str
    load: Amount


# ---- requests and answers; whatever is asked again is answered by what is so now


@frozen
class Submit:
    """Somebody wants a task done. Answered by `Given`, `Waits` or `Done`, or by `ANOTHER` or `NO_LOAD`."""

    task: Task


@frozen
class Join:
    """A worker is there, with these skills. Answered by `Noted`, or by `OTHER_SKILLS`."""

    skills: Skills


@frozen
class Leave:
    """A worker leaves, and gives back what it has not done. Answered by `Noted`."""


@frozen
class Lost:
    """Whoever watches says that a worker is lost. Answered by `Noted`."""

    worker: Address


@frozen
class Complete:
    """A worker has done a task. Answered by `Noted`, or by `NOT_YOURS`."""

    task: str


@frozen
class Given:
    """The task is given to a worker."""

    worker: Address


@frozen
class Waits:
    """The task waits for a worker that can do it."""


@frozen
class Done:
    """The task is done, by this worker."""

    worker: Address


@frozen
class Noted:
    """It is so."""


Request: TypeAlias = Submit | Join | Leave | Lost | Complete
Answer: TypeAlias = Given | Waits | Done | Noted | Rejected

ANOTHER = Rejected("there is another task of this name")
NO_LOAD = Rejected("the load is no exact amount above 0")
OTHER_SKILLS = Rejected("the worker is there with other skills")
NOT_YOURS = Rejected("the worker does not have this task to do")


# ---- events


@frozen
class Accepted:
    """A task is to be done."""

    task: Task


@frozen
class Assigned:
    """A task is given to a worker."""

    task: str
    worker: Address


@frozen
class Returned:
    """The worker that had a task has gone, and has not done it."""

    task: str


@frozen
class Finished:
    """A task is done, by this worker."""

    task: str
    worker: Address


@frozen
class Joined:
    """A worker is there."""

    worker: Address
    skills: Skills


@frozen
class Gone:
    """A worker is there no more."""

    worker: Address


# ---- view and history


@frozen
class BalancerView:
    """What each worker that is there has to do, which tasks wait, the longest first, who has which, and what is done."""

    loads: Map[Address, Amount]
    waiting: tuple[str, ...]
    given: Map[str, Address]
    done: Map[str, Address]


@frozen
class History:
    """What was announced: which tasks there are, which of them wait, the longest first, who is there, who has which, and what is done, by whom.

    `returned`: what was taken back from who has gone.
    """

    calls: Calls = Calls()
    tasks: Map[str, Task] = Map()
    queue: tuple[str, ...] = ()
    staff: Map[Address, Skills] = Map()
    given: Map[str, Address] = Map()
    returned: frozenset[str] = frozenset()
    done: Map[str, Address] = Map()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        after = evolve(self, calls=self.calls.after(at, by, happening))
        match happening:
            case Accepted(task):
                return evolve(after, tasks=self.tasks.put(task.name, task), queue=(*self.queue, task.name))
            case Assigned(task, worker):
                return evolve(after, given=self.given.put(task, worker), queue=tuple(name for name in self.queue if name != task))
            case Returned(task):
                return evolve(after, given=self.given.drop(task), queue=(*self.queue, task), returned=self.returned | {task})
            case Finished(task, worker):
                return evolve(after, given=self.given.drop(task), done=self.done.put(task, worker))
            case Joined(worker, skills):
                return evolve(after, staff=self.staff.put(worker, skills))
            case Gone(worker):
                return evolve(after, staff=self.staff.drop(worker))
            case _:
                return after


def load(history: History, worker: Address) -> Amount:
    """Return what a worker has to do."""
    return sum(history.tasks[name].load for name, who in history.given.items() if who == worker)


def able(history: History, task: str) -> tuple[Address, ...]:
    """List the workers that are there and can do a task."""
    return tuple(worker for worker, skills in history.staff.items() if history.tasks[task].needs in skills)


# ---- clauses

ALL = Fault.MALFORMED


@always_each(BalancerView, under=ALL)
def no_task_is_lost(view: BalancerView, who: Address, history: History) -> Cases:  # noqa: ARG001  # there is one balancer
    """Every task that was accepted waits, or is somebody's, or is done, and the balancer shows it there."""
    shown, announced = (view.waiting, view.given, view.done), (history.queue, history.given, history.done)
    yield case(shown == announced, shown=view, announced=history)


@always_each(BalancerView, under=ALL)
def a_load_is_what_is_still_to_do(view: BalancerView, who: Address, history: History) -> Cases:  # noqa: ARG001
    """The load of every worker that is there is the sum of what it was given and has not done."""
    loads = Map.of({worker: load(history, worker) for worker in history.staff})
    yield case(view.loads == loads, shown=view.loads, loads=loads)


@on_event(Assigned, under=ALL)
def who_can_and_has_the_least_to_do_is_given_it(before: History, by: Address, event: Assigned) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A task is given to a worker that is there and can do it, and no other such worker has less to do, or as much and an earlier name."""
    rivals = {worker: (load(before, worker), worker) for worker in able(before, event.task)}
    chosen = min(rivals, key=lambda worker: rivals[worker], default=None)
    yield case(event.worker == chosen, task=event.task, worker=event.worker, rivals=rivals)


@on_event(Assigned, under=ALL)
def what_waits_longest_is_given_first(before: History, by: Address, event: Assigned) -> Cases:  # noqa: ARG001
    """Only a task that waits is given, and so to one worker at most; and none that somebody could do goes on waiting."""
    first = next((name for name in before.queue if able(before, name)), None)
    yield case(event.task == first, task=event.task, queue=before.queue)


@on_event(Finished, under=ALL)
def what_is_done_is_done_once(before: History, by: Address, event: Finished) -> Cases:  # noqa: ARG001
    """A task is done by the worker that has it, and so once; after that it is no load."""
    yield case(before.given.get(event.task) == event.worker, task=event.task, given=before.given, done=before.done)


@on_event(Returned, under=ALL)
def what_somebody_does_is_left_to_it(before: History, by: Address, event: Returned) -> Cases:  # noqa: ARG001
    """A task is taken back only from a worker that is there no more."""
    yield case(before.given.get(event.task) not in before.staff, task=event.task, given=before.given, staff=before.staff)


@on_event(Joined, under=ALL)
def who_comes_was_not_there(before: History, by: Address, event: Joined) -> Cases:  # noqa: ARG001
    """A worker comes once, with the skills that it has then, until it goes."""
    yield case(event.worker not in before.staff, worker=event.worker, staff=before.staff)


@on_event(Gone, under=ALL)
def who_goes_was_there(before: History, by: Address, event: Gone) -> Cases:  # noqa: ARG001
    """Only a worker that is there goes."""
    yield case(event.worker in before.staff, worker=event.worker, staff=before.staff)


@on_event(Accepted, under=ALL)
def a_name_is_one_tasks(before: History, by: Address, event: Accepted) -> Cases:  # noqa: ARG001
    """A task is accepted once, with a load above 0."""
    sound = is_amount(event.task.load) and event.task.load > 0
    yield case(event.task.name not in before.tasks and sound, task=event.task, tasks=before.tasks)


@always(under=ALL)
def nobody_idles_beside_a_task(seen: Seen[History]) -> Cases:
    """A task waits only while nobody who is there can do it, and nobody has a task that is not there."""
    for name in seen.history.queue:
        yield case(able(seen.history, name) == (), task=name, able=able(seen.history, name))
    for name, worker in seen.history.given.items():
        yield case(worker in seen.history.staff, task=name, worker=worker)


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:
    """Everybody is told the truth: who has the task or has done it, or that it waits; whether a worker is there; and each no has its reason."""
    asked = before.calls.open.get(Call(event.to, by))
    if asked is not None:
        true = truth(before, event.to, asked)
        yield case(event.answer == true, asked=asked, answer=event.answer, true=true)


def truth(history: History, client: Address, asked: object) -> object:
    """Return what is to be answered, after all that has been announced; None where a worker should have been let in."""
    match asked:
        case Submit(task) if history.tasks.get(task.name, task) != task:
            return ANOTHER
        case Submit(Task(name)) if name in history.done:
            return Done(history.done[name])
        case Submit(Task(name)):
            return Given(history.given[name]) if name in history.given else Waits()
        case Join(skills):
            return (Noted() if history.staff[client] == skills else OTHER_SKILLS) if client in history.staff else None
        case Complete(task):
            return Noted() if history.done.get(task) == client else NOT_YOURS
        case Leave() | Lost():
            return Noted()
        case _:
            return NO_LOAD


@on_event(Reply, under=ALL)
def what_is_asked_is_done(before: History, by: Address, event: Reply) -> Cases:
    """A worker that has said that it leaves, or was said to be lost, is there no more; and what a worker has done it no longer has to do."""
    match before.calls.open.get(Call(event.to, by)):
        case Leave():
            yield case(event.to not in before.staff, worker=event.to, staff=before.staff)
        case Lost(worker):
            yield case(worker not in before.staff, worker=worker, staff=before.staff)
        case Complete(task):
            yield case(before.given.get(task) != event.to, task=task, worker=event.to, given=before.given)
        case Submit(task):
            yield case(task.name in before.tasks, task=task, tasks=before.tasks)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and at once."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def nobody_waits_for_an_answer(seen: Seen[History]) -> Cases:
    """Nobody waits for an answer: even a request for a task that waits is answered."""
    return calls.nobody_waits(seen)


@sometimes
def a_task_is_done_by_another(seen: Seen[History]) -> Cases:
    """A task is done although the worker that had it first has gone."""
    yield case(any(task in seen.history.done for task in seen.history.returned))
