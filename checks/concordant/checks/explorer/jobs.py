"""Searches that run behind the page, each in a process of its own with an id, so that stepping goes on and any of them can be stopped."""

from __future__ import annotations

import signal
from collections.abc import Callable
from enum import Enum
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from attrs import define, field, frozen

from concordant.checks.exploration.budget import Budget, Progress
from concordant.checks.exploration.interruption import listen
from concordant.checks.explorer.links import link_to
from concordant.checks.explorer.seeking import Sought, nearest
from concordant.checks.explorer.so_far import Everything, explored
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.misuse import BrokenRule, Misuse
from concordant.checks.reports.totals import counted
from concordant.spec.vocabulary import Clause

MOST = 3
"""How many searches run at a time: the oldest ends for one more."""
KEPT = 20
"""How many are remembered."""
BUDGET = Budget(seconds=300, states=1_000_000, memory=2 << 30)


class State(Enum):
    """How a search stands. Values are those of the page."""

    RUNNING = "running"
    FOUND = "found"
    NOWHERE = "nowhere"
    STOPPED = "stopped"
    FAILED = "failed"


@frozen
class ClauseNews:
    """What a search says of a clause by its id, in words; `tone`: whether that is good, bad or open. `link`: where it is false, or reached, by the shortest run."""

    clause: str
    says: str
    tone: str
    link: str


@frozen
class News:
    """What was heard of a search so far. `link`: where the clause tells, once found; `states`: among how many. `clauses`: of one that judges all, what it says of each."""

    id: str
    state: State
    says: str
    states: int
    link: str
    clauses: tuple[ClauseNews, ...] = ()


@define(eq=False)
class _Job:
    process: Any
    connection: Connection
    end: Any
    heard: News


@define(eq=False)
class Jobs:
    """The searches of a server."""

    _jobs: dict[str, _Job] = field(factory=dict, init=False)
    _ids: count[int] = field(factory=lambda: count(1), init=False)

    def seek(self, explorer: Explorer, numbers: tuple[int, ...], clause: Clause, budget: Budget = BUDGET) -> News:
        """Begin to seek the nearest place from one in which a clause tells."""
        return self._begin(_seek, explorer, numbers, clause, budget)

    def judge(self, explorer: Explorer, budget: Budget = BUDGET) -> News:
        """Begin to judge all clauses of safety in all that can be reached from the start."""
        return self._begin(_judge, explorer, budget)

    def _begin(self, target: Callable[..., None], *given: Any) -> News:
        running = [job for job in self._jobs.values() if self._news(job).state is State.RUNNING]
        for job in running[: max(0, len(running) - MOST + 1)]:
            _end(job)
        while len(self._jobs) >= KEPT:
            _end(self._jobs.pop(next(iter(self._jobs))))
        context = get_context("fork")
        reading, writing = context.Pipe(duplex=False)
        end, id = context.Event(), str(next(self._ids))
        process = context.Process(target=target, args=(writing, end, *given), daemon=True)
        process.start()
        writing.close()
        self._jobs[id] = _Job(process, reading, end, News(id, State.RUNNING, "begun", 0, ""))
        return self._jobs[id].heard

    def heard(self, id: str) -> News:
        """Say how a search stands; an unknown one is a KeyError."""
        return self._news(self._jobs[id])

    def stop(self, id: str) -> News:
        """Let a search end, which then says how far it came."""
        self._jobs[id].end.set()
        return self.heard(id)

    def close(self) -> None:
        """End all searches."""
        for job in self._jobs.values():
            _end(job)

    def _news(self, job: _Job) -> News:
        try:
            while job.heard.state is State.RUNNING and job.connection.poll():
                job.heard = News(job.heard.id, *job.connection.recv())
        except EOFError:
            job.heard = News(
                job.heard.id, State.FAILED, "its process ended before it could say what it found", job.heard.states, "", job.heard.clauses
            )
        return job.heard


def _end(job: _Job) -> None:
    if job.process.is_alive():
        job.process.kill()
    job.process.join()
    job.connection.close()
    if job.heard.state is State.RUNNING:
        job.heard = News(
            job.heard.id,
            State.STOPPED,
            "ended for another search: what it had not come to is unknown",
            job.heard.states,
            "",
            job.heard.clauses,
        )


def _seek(connection: Connection, end: Any, explorer: Explorer, numbers: tuple[int, ...], clause: Clause, budget: Budget) -> None:
    """Search, in a process of its own, and tell what comes of it."""
    signal.set_wakeup_fd(-1)
    listen(end.is_set)

    def told(progress: Progress) -> None:
        connection.send((State.RUNNING, f"{counted(progress.states, 'state')} so far, {progress.depth} moves deep", progress.states, ""))

    try:
        found = nearest(explorer, numbers, clause, budget, told)
        link = "" if found.run is None else link_to(explorer.setting, explorer.at(found.run))
        connection.send((_state(found), found.said(len(numbers)), found.states, link))
    except (Misuse, BrokenRule) as error:
        connection.send((State.FAILED, str(error), 0, ""))


def _judge(connection: Connection, end: Any, explorer: Explorer, budget: Budget) -> None:
    """Judge everything, in a process of its own, and tell what is known of each clause."""
    signal.set_wakeup_fd(-1)
    listen(end.is_set)
    links = dict[tuple[int, ...], str]()

    def link(run: tuple[int, ...]) -> str:
        if run not in links:
            links[run] = link_to(explorer.setting, explorer.at(run))
        return links[run]

    def known(found: Everything) -> tuple[ClauseNews, ...]:
        return tuple(
            ClauseNews(
                each.clause.id,
                each.said(found.states, found.stopped),
                each.tone(found.stopped),
                "" if each.run is None else link(each.run),
            )
            for each in found.clauses
        )

    def told(found: Everything, depth: int) -> None:
        connection.send((State.RUNNING, f"{counted(found.states, 'state')} so far, {depth} moves deep", found.states, "", known(found)))

    try:
        found = explored(explorer, budget, told)
        state = State.STOPPED if found.stopped else State.FOUND
        connection.send((state, found.says, found.states, "", known(found)))
    except (Misuse, BrokenRule) as error:
        connection.send((State.FAILED, str(error), 0, ""))


def _state(found: Sought) -> State:
    if found.run is not None:
        return State.FOUND
    return State.STOPPED if found.stopped else State.NOWHERE
