"""Balancers that go wrong: the documents' two, a mistake at a time, and slips in ours."""

from __future__ import annotations

from functools import partial

from attrs import evolve, frozen

from concordant.refimpl.allocation.load_balancer import Balancer, Balancing, one_after_the_other
from concordant.refimpl.machine import Step, step
from concordant.spec.allocation.load_balancer import (
    Answer,
    Complete,
    Done,
    Finished,
    Gone,
    Join,
    Joined,
    Lost,
    Request,
    Returned,
    Submit,
    Task,
    Waits,
    batches,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Map, Reply

X, BOTH = frozenset({"x"}), frozenset({"x", "y"})
A, B, Y = Task("a", "x", 1), Task("b", "x", 1), Task("y", "y", 1)
USER = Address("user")


@frozen
class DropsWhatNobodyCanDo(Balancer):
    """Takes a task off the queue, looks for somebody who can do it, and if there is nobody has done with it."""

    def give_out(self, state: Balancing) -> Step[Balancing]:
        given = super().give_out(state)
        return Step(evolve(given.state, waiting=()), given.effects)


@frozen
class Counting(Balancing):
    """What each worker has to do is kept besides."""

    loads: Map[Address, Amount] = Map()


@frozen
class Counts(Balancer):
    """Keeps what each worker has to do as a number: adds what it gives, and takes off what a worker says that it has done."""

    def start(self) -> Step[Balancing]:
        return step(Counting())

    def load(self, state: Balancing, worker: Address) -> Amount:
        return state.loads.get(worker, 0) if isinstance(state, Counting) else 0

    def give(self, state: Balancing, task: Task, worker: Address) -> Step[Balancing]:
        given = super().give(state, task, worker)
        return Step(self.counted(given.state, worker, task.load), given.effects)

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        changed = super().changed(state, client, request)
        task = self.known(state, request.task) if isinstance(request, Complete) else None
        return changed if task is None else Step(self.counted(changed.state, client, -task.load), changed.effects)

    def counted(self, state: Balancing, worker: Address, amount: Amount) -> Balancing:
        return evolve(state, loads=state.loads.put(worker, self.load(state, worker) + amount)) if isinstance(state, Counting) else state


@frozen
class TakesLaterLoads(Counts):
    """Takes the load of a task that is submitted again for the one that it has."""

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        changed = super().changed(state, client, request)
        if not isinstance(request, Submit) or request.task.name not in changed.state.given:
            return changed
        worker = changed.state.given[request.task.name][1]
        return Step(evolve(changed.state, given=changed.state.given.put(request.task.name, (request.task, worker))), changed.effects)


@frozen
class KnowsTheFirstOnly(Counts):
    """Keeps numbers of those who were there when it began, which is nobody, and looks up the others, too."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        able = (worker for worker, skills in state.staff.items() if task.needs in skills)
        return min(able, key=lambda worker: state.loads[worker] if isinstance(state, Counting) else 0, default=None)


@frozen
class LosesTheirTasks(Balancer):
    """Forgets with a worker what it had to do."""

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:
        gone = super().without(state, worker)
        return Step(evolve(gone.state, waiting=state.waiting), gone.effects)


@frozen
class LeavesItToTheDead(Balancer):
    """Does not take back what a worker has to do that is there no more."""

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:
        if worker not in state.staff:
            return step(state)
        return step(evolve(state, staff=state.staff.drop(worker)), Announce(Gone(worker)))


@frozen
class TakesTheFirstForNobody(Balancer):
    """Asks `if best:`, of who is the first, and counted from 0."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        best = super().choose(state, task)
        return best if best is not None and best.number else None


@frozen
class TakesAnyLoad(Balancer):
    """Takes a task that is no load for one that is quickly done."""

    def has_load(self, task: Task) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ComparesNothing(Balancer):
    """Compares workers by a function that is still to be written."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        able = (worker for worker, skills in state.staff.items() if task.needs in skills)
        return min(able, key=lambda worker: None, default=None)  # type: ignore[arg-type,return-value]  # noqa: ARG005


@frozen
class WaitsForTheLeastLoaded(Balancer):
    """Looks for who has the least to do first, and then whether it can do the task."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        best = min(state.staff, key=lambda worker: self.load(state, worker), default=None)
        return best if best is not None and task.needs in state.staff[best] else None


@frozen
class NeedsSomebody(Balancer):
    """Takes it for granted that somebody can do it."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        return min((worker for worker, skills in state.staff.items() if task.needs in skills), key=lambda worker: self.load(state, worker))


@frozen
class ChoosesForAllAtOnce(Balancer):
    """Chooses for all that wait, and then gives."""

    def give_out(self, state: Balancing) -> Step[Balancing]:
        following = step(state)
        for task, worker in [(task, self.choose(state, task)) for task in state.waiting]:
            if worker is not None:
                given = self.give(following.state, task, worker)
                following = Step(given.state, (*following.effects, *given.effects))
        return following


@frozen
class BelievesAnybody(Balancer):
    """Believes whoever says that a task is done."""

    def has(self, state: Balancing, worker: Address, task: str) -> bool:  # noqa: ARG002  # that is the mistake
        return task in state.given


@frozen
class KnowsWhatWaitsOnly(Balancer):
    """Looks for a task of the same name among those that wait."""

    def known(self, state: Balancing, name: str) -> Task | None:
        return next((task for task in state.waiting if task.name == name), None)


@frozen
class StaysInLine(Balancer):
    """Gives a task to a worker, and leaves it in the queue."""

    def give(self, state: Balancing, task: Task, worker: Address) -> Step[Balancing]:
        given = super().give(state, task, worker)
        return Step(evolve(given.state, waiting=state.waiting), given.effects)


@frozen
class DealsAnew(Balancer):
    """Takes everything back when somebody comes, to deal it out anew."""

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        changed = super().changed(state, client, request)
        if not isinstance(request, Join) or not state.given:
            return changed
        back = tuple(task for task, _ in state.given.values())
        returned = (Announce(Returned(task.name)) for task in back)
        return Step(evolve(changed.state, waiting=(*state.waiting, *back), given=Map()), (*changed.effects, *returned))


@frozen
class AsksNobody(Balancer):
    """Gives a task to whoever has the least to do."""

    def choose(self, state: Balancing, task: Task) -> Address | None:  # noqa: ARG002  # that is the mistake
        return min(state.staff, key=lambda worker: self.load(state, worker), default=None)


@frozen
class TheFirstDoesItAll(Balancer):
    """Gives a task to the first who can do it."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        return next((worker for worker, skills in state.staff.items() if task.needs in skills), None)


@frozen
class LetsNobodyGo(Balancer):
    """Notes that a worker leaves, and no more."""

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:  # noqa: ARG002  # that is the mistake
        return step(state)


@frozen
class SaysThatItWaits(Balancer):
    """Says of a new task that it waits, also if it has been given to somebody."""

    def answer(self, state: Balancing, client: Address, request: Request) -> Answer:
        return Waits() if isinstance(request, Submit) and request.task.name in state.given else super().answer(state, client, request)


@frozen
class TellsWhenItIsDone(Balancer):
    """Tells the user once more when a task is done."""

    def request(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        following = super().request(state, client, request)
        done = any(isinstance(each, Announce) and isinstance(each.event, Finished) for each in following.effects)
        return Step(following.state, (*following.effects, Reply(USER, Done(client)))) if done else following


@frozen
class AnswersWhenItCan(Balancer):
    """Does not answer as long as nobody can do the task."""

    def request(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        following = super().request(state, client, request)
        return Step(following.state, tuple(each for each in following.effects if each != Reply(client, Waits())))


@frozen
class DoesNotHear(Balancer):
    """Hears what a worker has done as if nobody had said it."""

    def has(self, state: Balancing, worker: Address, task: str) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class GoesByNumber(Balancer):
    """Knows workers by their numbers."""

    def has(self, state: Balancing, worker: Address, task: str) -> bool:
        return task in state.given and state.given[task][1].number == worker.number


@frozen
class CountsAgain(Balancer):
    """Says that a task is done whenever its worker says so."""

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        if isinstance(request, Complete) and request.task in state.done and state.done[request.task][1] == client:
            return step(state, Announce(Finished(request.task, client)))
        return super().changed(state, client, request)


@frozen
class TakesTheLastOfEquals(Balancer):
    """Of workers with as much to do, takes the last by name."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        able = [worker for worker, skills in state.staff.items() if task.needs in skills]
        return min(reversed(able), key=lambda worker: self.load(state, worker), default=None)


@frozen
class TakesTheNewestFirst(Balancer):
    """Gives out first what came last."""

    def give_out(self, state: Balancing) -> Step[Balancing]:
        following = super().give_out(evolve(state, waiting=state.waiting[::-1]))
        return Step(evolve(following.state, waiting=following.state.waiting[::-1]), following.effects)


@frozen
class WaitsInLine(Balancer):
    """Gives out what waits in its order, up to the first that nobody can do."""

    def give_out(self, state: Balancing) -> Step[Balancing]:
        if not state.waiting or self.choose(state, state.waiting[0]) is None:
            return step(state)
        return super().give_out(state)


@frozen
class TakesBackOne(Balancer):
    """Takes back from who is gone what it is at, and not what it would have done after that."""

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:
        gone = super().without(state, worker)
        left = {task.name: (task, worker) for task in gone.state.waiting[len(state.waiting) + 1 :]}
        kept = evolve(gone.state, waiting=gone.state.waiting[: len(state.waiting) + 1], given=Map.of(dict(gone.state.given.items()) | left))
        return Step(kept, gone.effects[:2])


@frozen
class TakesOtherSkills(Balancer):
    """Takes what a worker can do that joins again for what it can do from now on."""

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        if isinstance(request, Join) and client in state.staff:
            return step(evolve(state, staff=state.staff.put(client, request.skills)), Announce(Joined(client, request.skills)))
        return super().changed(state, client, request)


@frozen
class BuriesAnybody(Balancer):
    """Says of everybody who is said to be lost that it is gone, also of who never came."""

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:
        return super().without(state, worker) if worker in state.staff else step(state, Announce(Gone(worker)))


@frozen
class SaysThatItIsTaken(Balancer):
    """Says of a task that nobody can do that it waits, and does not keep it."""

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        changed = super().changed(state, client, request)
        lost = isinstance(request, Submit) and not any(request.task.needs in skills for skills in state.staff.values())
        return step(state) if lost else changed

    def answer(self, state: Balancing, client: Address, request: Request) -> Answer:
        known = not isinstance(request, Submit) or self.known(state, request.task.name) is not None
        return super().answer(state, client, request) if known else Waits()


@frozen
class AsksOnce(Balancer):
    """Looks at what workers can do as long as nobody has anything to do."""

    def choose(self, state: Balancing, task: Task) -> Address | None:
        return min(state.staff, key=lambda worker: self.load(state, worker)) if state.given else super().choose(state, task)


def ruled(balancer: Balancer) -> batches.Rule:
    """Return the rule that another balancer follows."""
    return partial(one_after_the_other, balancer=balancer)


# ---- who asks

ONE = ("worker", ((Join(X),),))
THEN_LOST = ("watch", ((Lost(Address("worker")),),))


def submits(*tasks: Task) -> tuple[str, tuple[tuple[Submit, ...], ...]]:
    """Return a user that submits tasks, one after the other."""
    return ("user", tuple((Submit(task),) for task in tasks))
