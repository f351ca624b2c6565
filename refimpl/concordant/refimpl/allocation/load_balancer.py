"""A load balancer, one machine whose workers are its users; and what it makes of a batch of tasks."""

from __future__ import annotations

from functools import partial, reduce
from typing import Never, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import KnownViolation, Mechanism, Process, Step, System, User, step
from concordant.spec.allocation import load_balancer as spec
from concordant.spec.allocation.load_balancer import (
    ANOTHER,
    NO_LOAD,
    NOT_YOURS,
    OTHER_SKILLS,
    Accepted,
    Answer,
    Assigned,
    BalancerView,
    Complete,
    Done,
    Finished,
    Given,
    Gone,
    History,
    Join,
    Joined,
    Leave,
    Lost,
    Noted,
    Request,
    Returned,
    Skills,
    Submit,
    Task,
    Waits,
)
from concordant.spec.allocation.load_balancer.batches import (
    CLAUSES,
    Batch,
    Outcome,
    Plan,
    Rule,
    as_good_as_the_best,
    batches,
    batches_without_loads_are_rejected,
    malformed,
    within_twice_the_best,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Clause, Malformed, Map, Rejected, Reply, is_amount


@frozen
class Balancing:
    """Who is there, which tasks wait, the longest first, who has which task, and what is done, by whom."""

    staff: Map[Address, Skills] = Map()
    waiting: tuple[Task, ...] = ()
    given: Map[str, tuple[Task, Address]] = Map()
    done: Map[str, tuple[Task, Address]] = Map()


@frozen
class Balancer(Process[Balancing, Never, Request, Never]):
    """Gives each task at once to the worker with the least to do that can do it."""

    def start(self) -> Step[Balancing]:
        return step(Balancing())

    def request(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        changed = self.changed(state, client, request).then(self.give_out)
        return Step(changed.state, (*changed.effects, Reply(client, self.answer(changed.state, client, request))))

    def changed(self, state: Balancing, client: Address, request: Request) -> Step[Balancing]:
        """Take up what is asked, but for giving tasks out."""
        match request:
            case Submit(task) if self.has_load(task) and self.known(state, task.name) is None:
                return step(evolve(state, waiting=(*state.waiting, task)), Announce(Accepted(task)))
            case Join(skills) if client not in state.staff:
                return step(evolve(state, staff=state.staff.put(client, skills)), Announce(Joined(client, skills)))
            case Complete(task) if self.has(state, client, task):
                done = evolve(state, given=state.given.drop(task), done=state.done.put(task, state.given[task]))
                return step(done, Announce(Finished(task, client)))
            case Leave():
                return self.without(state, client)
            case Lost(worker):
                return self.without(state, worker)
            case Submit() | Join() | Complete():
                return step(state)
            case _:
                assert_never(request)

    def without(self, state: Balancing, worker: Address) -> Step[Balancing]:
        """Take back all that a worker has, the first by name first, and let it go; what it says later does not count."""
        if worker not in state.staff:
            return step(state)
        left = tuple((name, task) for name, (task, who) in state.given.items() if who == worker)
        given = Map.of({name: each for name, each in state.given.items() if each[1] != worker})
        gone = evolve(state, staff=state.staff.drop(worker), waiting=(*state.waiting, *(task for _, task in left)), given=given)
        return step(gone, Announce(Gone(worker)), *(Announce(Returned(name)) for name, _ in left))

    def give_out(self, state: Balancing) -> Step[Balancing]:
        """Give out what waits, the longest first, as far as somebody can do it."""
        # The hard step. To choose and to give is one step, for each task in turn: who has just been given one counts with it for
        # the next.
        following = step(state)
        for task in state.waiting:
            worker = self.choose(following.state, task)
            if worker is not None:
                following = following.then(lambda now, task=task, worker=worker: self.give(now, task, worker))  # type: ignore[misc]
        return following

    def choose(self, state: Balancing, task: Task) -> Address | None:
        """Return who has the least to do of those that can do a task, the first of equals; None where nobody can."""
        able = (worker for worker, skills in state.staff.items() if task.needs in skills)
        return min(able, key=lambda worker: self.load(state, worker), default=None)

    def load(self, state: Balancing, worker: Address) -> Amount:
        """Return what a worker has to do: reckoned anew each time, so that it can not drift."""
        return sum(task.load for task, who in state.given.values() if who == worker)

    def give(self, state: Balancing, task: Task, worker: Address) -> Step[Balancing]:
        left = tuple(each for each in state.waiting if each != task)
        return step(evolve(state, waiting=left, given=state.given.put(task.name, (task, worker))), Announce(Assigned(task.name, worker)))

    def has(self, state: Balancing, worker: Address, task: str) -> bool:
        """Tell whether a worker has a task to do."""
        return task in state.given and state.given[task][1] == worker

    def has_load(self, task: Task) -> bool:
        """Tell whether a task's load is one."""
        return is_amount(task.load) and task.load > 0

    def known(self, state: Balancing, name: str) -> Task | None:
        """Return the task of a name; None where there is none."""
        kept = (*state.waiting, *(task for task, _ in (*state.given.values(), *state.done.values())))
        return next((task for task in kept if task.name == name), None)

    def answer(self, state: Balancing, client: Address, request: Request) -> Answer:
        """Return what is so, now that the request was taken up."""
        match request:
            case Submit(task) if not self.has_load(task):
                return NO_LOAD
            case Submit(task) if self.known(state, task.name) != task:
                return ANOTHER
            case Submit(Task(name)) if name in state.done:
                return Done(state.done[name][1])
            case Submit(Task(name)):
                return Given(state.given[name][1]) if name in state.given else Waits()
            case Join(skills):
                return Noted() if state.staff[client] == skills else OTHER_SKILLS
            case Complete(task):
                return Noted() if task in state.done and state.done[task][1] == client else NOT_YOURS
            case Leave() | Lost():
                return Noted()
            case _:
                assert_never(request)

    def view(self, state: Balancing) -> BalancerView:
        loads = Map.of({worker: self.load(state, worker) for worker in state.staff})
        return BalancerView(loads, tuple(task.name for task in state.waiting), owners(state.given), owners(state.done))


def owners(tasks: Map[str, tuple[Task, Address]]) -> Map[str, Address]:
    """Return who has, or has done, each task."""
    return Map.of({name: worker for name, (_, worker) in tasks.items()})


# ---- together

PROMISES: tuple[Clause, ...] = (
    spec.no_task_is_lost,
    spec.a_load_is_what_is_still_to_do,
    spec.who_can_and_has_the_least_to_do_is_given_it,
    spec.what_waits_longest_is_given_first,
    spec.what_is_done_is_done_once,
    spec.what_somebody_does_is_left_to_it,
    spec.who_comes_was_not_there,
    spec.who_goes_was_there,
    spec.a_name_is_one_tasks,
    spec.nobody_idles_beside_a_task,
    spec.an_answer_is_true,
    spec.what_is_asked_is_done,
    spec.nobody_is_answered_twice,
    spec.nobody_waits_for_an_answer,
)
BALANCER = Address("balancer")


def system(
    *scripts: tuple[str, tuple[tuple[Request | Malformed, ...], ...]],
    balancer: type[Balancer] = Balancer,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a balancer and its users together: of each the role and its script. Those of one role are numbered."""
    roles = [role for role, _ in scripts]
    users = (User(Address(role, roles[:place].count(role)), (BALANCER,), script) for place, (role, script) in enumerate(scripts))
    return System({BALANCER: balancer()}, History(), promises, users=tuple(users))


# ---- a batch


def one_after_the_other(batch: Batch, balancer: Balancer = Balancer()) -> Outcome:
    """Let all workers join, and submit the tasks in their order."""
    everybody = tuple(Address("worker", number) for number in range(len(batch.workers)))
    asked: list[tuple[Address, Request]] = [
        *((worker, Join(skills)) for worker, skills in zip(everybody, batch.workers, strict=True)),
        *((Address("user"), Submit(task)) for task in batch.tasks),
    ]
    following = reduce(lambda now, each: now.then(lambda state: balancer.request(state, *each)), asked, balancer.start())
    refused = tuple(each.answer for each in following.effects if isinstance(each, Reply) and isinstance(each.answer, Rejected))
    return refused[0] if refused else Plan(owners(following.state.given))


def dispatch(workers: int, tasks: int, *, skilled: bool = False, rule: Rule = one_after_the_other) -> Mechanism[Batch, Outcome]:
    """Return a rule on batches of up to so many tasks for up to so many workers, with all that is promised."""
    return Mechanism(rule, partial(batches, workers=workers, tasks=tasks, skilled=skilled), CLAUSES)


def on_malformed(rule: Rule = one_after_the_other) -> Mechanism[Batch, Outcome]:
    """Return a rule on batches in which something has no load."""
    return Mechanism(rule, malformed, (batches_without_loads_are_rejected,))


LARGEST_LAST = KnownViolation(
    as_good_as_the_best,
    "Two small tasks go to two workers, and then a large one to either of them: 3, where 2 would have been the best.",
    dispatch(2, 3),
    id="LBL-8",
    witness={"workers": 2, "tasks": 3, "load of task0": 1, "load of task1": 1, "load of task2": 2},
)
ONLY_ONE_CAN = KnownViolation(
    within_twice_the_best,
    "The first worker is given what either can do, and then what only it can do: it has all to do, and the other nothing.",
    dispatch(2, 2, skilled=True),
    witness={
        "workers": 2,
        "skills of worker0": frozenset({"x", "y"}),
        "skills of worker1": frozenset({"x"}),
        "tasks": 2,
        "task0 needs": "x",
        "task1 needs": "y",
        "load of task0": 1,
        "load of task1": 1,
    },
)
