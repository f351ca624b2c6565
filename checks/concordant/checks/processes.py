"""Processes of this machine that decide questions side by side: forked, so that nothing is loaded anew."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event as Flag

from attrs import define, evolve, field

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import Progress
from concordant.checks.exploration.interruption import listen
from concordant.checks.questions.question import Means, Question, failure, question
from concordant.checks.running import Answered, Event, Progressed, Started, Workers, decided

_CONTEXT = get_context("fork")


@define(eq=False)
class Processes(Workers):
    """A pool of processes. Progress comes back through a queue, and is told between answers."""

    jobs: int
    means: Means
    _end: Flag = field(factory=_CONTEXT.Event, init=False)
    _news: SimpleQueue[tuple[str, Progress | None]] = field(factory=_CONTEXT.SimpleQueue, init=False)
    _pool: ProcessPoolExecutor = field(init=False)
    _asked: dict[Future[Answer], Question] = field(factory=dict, init=False)
    _by_id: dict[str, Question] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._pool = ProcessPoolExecutor(self.jobs, mp_context=_CONTEXT, initializer=_begin, initargs=(self._end, self._news))

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._asked)

    def submit(self, asked: Question) -> None:
        """Take a question."""
        self._by_id[asked.id] = asked
        self._asked[self._pool.submit(_in_worker, asked.id, evolve(self.means, progress=None))] = asked

    def events(self, seconds: float) -> Iterator[Event]:
        """Yield what has happened since."""
        done, _ = wait(self._asked, timeout=seconds, return_when=FIRST_COMPLETED)
        while not self._news.empty():
            id, progress = self._news.get()
            yield Started(self._by_id[id]) if progress is None else Progressed(self._by_id[id], progress)
        for future in done:
            asked = self._asked.pop(future)
            if not future.cancelled():
                yield Answered(asked, _result(asked, future))

    def end(self) -> None:
        """Drop what was not begun, and tell the others."""
        self._end.set()
        for future in self._asked:
            future.cancel()

    def close(self) -> None:
        """End the processes."""
        self._end.set()
        self._pool.shutdown(cancel_futures=True)


def _result(asked: Question, future: Future[Answer]) -> Answer:
    try:
        return future.result()
    except BrokenProcessPool as broken:
        return failure(asked, Conclusion.BUG, f"its process ended: {broken}; it may have been out of memory: give --budget or --jobs 1")


_NEWS: list[SimpleQueue[tuple[str, Progress | None]]] = []
"""In a worker: where it tells its news."""


def _begin(end: Flag, news: SimpleQueue[tuple[str, Progress | None]]) -> None:
    gc.freeze()  # what was loaded before is kept: to look through it for garbage would copy it, too
    listen(end.is_set)
    _NEWS.append(news)


def _in_worker(id: str, means: Means) -> Answer:
    (news,) = _NEWS
    news.put((id, None))
    return decided(question(id), evolve(means, progress=lambda progress: news.put((id, progress))))
