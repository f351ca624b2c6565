"""Running questions: here or by workers side by side, the costliest question first, and a stream of events."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeAlias

from attrs import define, evolve, field, frozen

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.exploration.budget import BudgetSpent, Progress
from concordant.checks.exploration.interruption import asked_to_end, patiently
from concordant.checks.misuse import BrokenRule, Misuse, place_of
from concordant.checks.pins import Pins
from concordant.checks.questions.question import Means, Question, ended, failure
from concordant.checks.registry import is_a_users
from concordant.checks.seals import require_sealed, sealed
from concordant.checks.semantics.watching import ends


@frozen
class Started:
    """A question is being decided."""

    question: Question


@frozen
class Progressed:
    """How far a search has come."""

    question: Question
    news: Progress


@frozen
class Answered:
    """A question is decided, or its search was cut off."""

    question: Question
    answer: Answer


@frozen
class Interrupted:
    """Ctrl-C: these questions were not begun."""

    left: tuple[Question, ...]


Event: TypeAlias = Started | Progressed | Answered | Interrupted
Hear: TypeAlias = Callable[[Event], None]


class Archive(Protocol):
    """Answers of earlier runs."""

    def get(self, asked: Question, /) -> Answer | None:
        """Return the answer that a question has already, or nothing."""
        ...

    def put(self, asked: Question, answer: Answer, /) -> None:
        """Keep an answer."""
        ...


class Workers(Protocol):
    """Those who decide questions side by side. Each question that is submitted is answered once, whatever becomes of who decides it."""

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        ...

    def submit(self, asked: Question, /) -> None:
        """Take a question, which is begun as soon as there is room."""
        ...

    def events(self, seconds: float, /) -> Iterable[Event]:
        """Yield what has happened since, and wait so long for it at most."""
        ...

    def end(self) -> None:
        """Drop what was not begun; what runs is soon answered, with what it has found."""
        ...

    def close(self) -> None:
        """Leave nobody behind."""
        ...


Hired: TypeAlias = Callable[[Means], Workers]
"""Gets workers, who decide by these means."""


def run(
    questions: Sequence[Question],
    means: Means,
    jobs: int,
    hear: Hear,
    kept: Archive | None = None,
    pins: Pins | None = None,
    elsewhere: Hired | None = None,
) -> tuple[tuple[Answer, ...], bool]:
    """Decide questions, so many side by side, and tell what happens. Return the answers, in order, and whether it was interrupted.

    Two questions with one id are a Misuse. What is `kept` is not asked again; `pins` say which counts are expected; `elsewhere`: who is
    hired instead of processes of this machine. The first Ctrl-C ends the searches that run: what they found so far is told. A second one ends at once.
    """
    (id, times), *_ = Counter(each.id for each in questions).most_common(1) or [("", 0)]
    if times > 1:
        raise Misuse(f"two questions are called {id}, so that one answer would hide the other; give each scope or pitfall its own name")
    means = evolve(means, threads=max(means.threads, jobs // max(1, len(questions))))
    teller = _Teller(hear, kept, pins or Pins())
    teller.tell_kept(questions)
    costliest = sorted((each for each in questions if each.id not in teller.answers), key=lambda each: -each.cost)
    with patiently():
        try:
            if elsewhere is not None and costliest:
                _side_by_side(costliest, elsewhere(means), teller)
            elif jobs <= 1 or len(costliest) <= 1:
                _here(costliest, means, teller)
            else:
                from concordant.checks.processes import Processes  # noqa: PLC0415  # which decides by what is here

                _side_by_side(costliest, Processes(jobs, means), teller)
        except KeyboardInterrupt:
            teller.interrupted = True
        left = tuple(each for each in questions if each.id not in teller.answers)
        if asked_to_end() or teller.interrupted:
            hear(Interrupted(left))
            teller.interrupted = True
    return tuple(teller.answers[each.id] for each in questions if each.id in teller.answers), teller.interrupted


@define(eq=False)
class _Teller:
    hear: Hear
    kept: Archive | None
    pins: Pins
    answers: dict[str, Answer] = field(factory=dict)
    interrupted: bool = False

    def tell_kept(self, questions: Sequence[Question]) -> None:
        for asked in questions:
            answer = None if self.kept is None else self.kept.get(asked)
            if answer is not None:
                self._tell(asked, answer)

    def answered(self, asked: Question, answer: Answer) -> None:
        self._tell(asked, answer)
        if self.kept is not None:
            self.kept.put(asked, answer)

    def _tell(self, asked: Question, answer: Answer) -> None:
        self.answers[asked.id] = self.pins.applied(answer)
        self.hear(Answered(asked, self.answers[asked.id]))


def decided(asked: Question, means: Means) -> Answer:
    """Return the answer to a question. What breaks a rule, or is a bug of ours, is an answer too."""
    seals = sealed()
    try:
        answer = _answer(asked, means)
        if is_a_users(asked.stem):
            require_sealed(asked.stem, seals)
    except (BrokenRule, Misuse) as broken:
        place = place_of(broken)
        return failure(asked, Conclusion.BROKEN, f"{broken}\n  in: {place}" if place else str(broken))
    except (BudgetSpent, MemoryError) as spent:  # before anything was found
        stopped = str(spent) or "all memory spent"
        return evolve(failure(asked, ended(stopped), stopped), stopped=stopped)
    except Exception:  # noqa: BLE001  # whatever is raised by our own code is our bug, and must not end the others
        return failure(asked, Conclusion.BUG, traceback.format_exc())
    except KeyboardInterrupt:
        raise
    except BaseException as left:  # noqa: BLE001  # of which none is ours
        return failure(asked, Conclusion.BROKEN, f"a function of {asked.stem} {ends(left)}")
    return answer


def _answer(asked: Question, means: Means) -> Answer:
    if not means.coverage:
        return asked.answer(means)
    from concordant.checks.covering.measured import answered  # noqa: PLC0415  # loaded where it is wanted

    return answered(asked, means)


def _here(questions: Sequence[Question], means: Means, teller: _Teller) -> None:
    for asked in questions:
        if asked_to_end():
            return
        teller.hear(Started(asked))
        with_progress = evolve(means, progress=lambda news, asked=asked: teller.hear(Progressed(asked, news)))  # type: ignore[misc]
        teller.answered(asked, decided(asked, with_progress))


def _side_by_side(questions: Sequence[Question], workers: Workers, teller: _Teller) -> None:
    told = False
    try:
        for asked in questions:
            workers.submit(asked)
        while workers.busy:
            for event in workers.events(0.2):
                if isinstance(event, Answered):
                    teller.answered(event.question, event.answer)
                else:
                    teller.hear(event)
            if asked_to_end() and not told:
                told = True
                workers.end()
    finally:
        workers.close()
