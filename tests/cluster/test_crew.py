"""A crew: what each of its workers says, and what becomes of the questions of those who are lost. No cluster is needed for that."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from attrs import define, evolve, field

from concordant.checks.answers import Answer, Conclusion, exit_code
from concordant.checks.cluster import crew
from concordant.checks.cluster.crew import Crew
from concordant.checks.cluster.messages import Arrived, Enough, Errand, TurnedAway, Undertaken, Unsaid
from concordant.checks.cluster.passport import Passport
from concordant.checks.exit_codes import BUG, INTERRUPTED, OK, UNDECIDED
from concordant.checks.exploration import interruption
from concordant.checks.exploration.budget import Progress
from concordant.checks.misuse import Misuse
from concordant.checks.own import own
from concordant.checks.questions import mutants
from concordant.checks.questions.asking import to_check, to_prove
from concordant.checks.questions.question import Means, Question
from concordant.checks.registry import protocols
from concordant.checks.running import Answered, Event, Progressed, Started, run
from tests import command
from tests.checks.test_running import FINE
from tests.cluster.near import Near

FIRST, SECOND = (evolve(FINE, name=name) for name in ("first", "second"))
BYE = "its process was killed by signal 9"


@define(eq=False)
class Told:
    """Carries what a test has written down: by turns what each worker says, or how it ended. What it is told is kept."""

    turns: list[dict[int, Sequence[object] | str]]
    room: int = 1
    started: int = 0
    dismissed: list[int] = field(factory=list)
    heard: list[tuple[int, object]] = field(factory=list)
    closed: bool = False

    def start(self, passport: bytes) -> int:  # noqa: ARG002  # whoever is made up is admitted
        self.started += 1
        return self.started

    def say(self, worker: int, message: bytes) -> None:
        self.heard.append((worker, pickle.loads(message)))  # noqa: S301  # our own

    def hear(self, seconds: float) -> Iterator[tuple[int, list[bytes], str]]:  # noqa: ARG002  # nobody waits
        for worker, said in self.turns.pop(0).items():
            yield worker, [] if isinstance(said, str) else list(map(pickle.dumps, said)), said if isinstance(said, str) else ""

    def dismiss(self, worker: int) -> None:
        self.dismissed.append(worker)

    def close(self) -> None:
        self.closed = True


def answer_to(asked: Question) -> Answer:
    return Answer(asked.id, asked.stem, asked.title, Conclusion.AS_CLAIMED)


def asked_of(carrier: Told, *questions: Question) -> tuple[list[Event], tuple[Answer, ...], bool]:
    heard: list[Event] = []
    answers, interrupted = run(questions, Means(), 1, heard.append, elsewhere=lambda means: Crew(carrier, means, b""))
    assert carrier.closed
    return heard, answers, interrupted


def test_a_worker_is_given_one_question_after_the_other_and_then_let_go() -> None:
    news = Progress(1, 2, 3, 4, 0.5)
    carrier = Told([{1: [Arrived("a")]}, {1: [Undertaken(), news, answer_to(FIRST)]}, {1: [Undertaken(), answer_to(SECOND)]}])

    heard, answers, interrupted = asked_of(carrier, FIRST, SECOND)

    assert heard == [
        *(Started(FIRST), Progressed(FIRST, news), Answered(FIRST, answer_to(FIRST))),
        *(Started(SECOND), Answered(SECOND, answer_to(SECOND))),
    ]
    assert [message for _, message in carrier.heard] == [Errand(each.id, None, Means()) for each in (FIRST, SECOND)]
    assert (carrier.started, carrier.dismissed) == (1, [1])
    assert (exit_code(answers, interrupted=interrupted), [each.question for each in answers]) == (OK, [FIRST.id, SECOND.id])


def test_there_are_no_more_workers_than_questions_and_none_where_nothing_is_asked() -> None:
    some, none = Told([{1: [Arrived("a")], 2: [Arrived("b")]}, {2: [answer_to(SECOND)], 1: [answer_to(FIRST)]}], room=9), Told([])

    asked_of(some, FIRST, SECOND)
    run((), Means(), 1, lambda _event: None, elsewhere=lambda means: Crew(none, means, b""))

    assert (some.started, none.started) == (2, 0)


def test_what_a_lost_worker_had_begun_is_done_once_more_by_another_and_what_it_said_too_late_is_not_heard() -> None:
    carrier = Told([{1: [Arrived("a"), Undertaken()]}, {1: BYE}, {2: [Arrived("b")], 1: [answer_to(SECOND)]}, {2: [answer_to(FIRST)]}])

    _, answers, _ = asked_of(carrier, FIRST)

    assert answers == (answer_to(FIRST),)
    assert [worker for worker, _ in carrier.heard] == [1, 2]


def test_a_question_that_loses_two_workers_is_undecided_and_the_others_are_answered() -> None:
    carrier = Told([{1: [Arrived("a")]}, {1: BYE}, {2: [Arrived("b")]}, {2: BYE}, {3: [Arrived("c")]}, {3: [answer_to(SECOND)]}])

    _, (first, second), interrupted = asked_of(carrier, FIRST, SECOND)

    assert first.conclusion is Conclusion.UNDECIDED
    assert first.stopped is not None
    assert first.stopped.startswith(f"twice its worker was lost: {BYE}, then {BYE}")
    assert second == answer_to(SECOND)
    assert exit_code((first, second), interrupted=interrupted) == UNDECIDED


def test_a_worker_that_is_of_no_use_is_refused_with_a_sentence() -> None:
    with pytest.raises(Misuse, match="the worker on far cannot take part: numba is 1 there"):
        asked_of(Told([{1: [TurnedAway("far", "numba is 1 there and 2 here")]}]), FIRST)
    with pytest.raises(Misuse, match="workers do not begin, since its process was killed"):
        asked_of(Told([{1: BYE}, {2: BYE}]), FIRST)


def test_one_worker_that_is_lost_before_it_begins_is_replaced() -> None:
    _, answers, _ = asked_of(Told([{1: BYE}, {2: [Arrived("b")]}, {2: [answer_to(FIRST)]}]), FIRST)

    assert answers == (answer_to(FIRST),)


def test_an_answer_that_cannot_be_sent_is_a_mistake_of_ours() -> None:
    _, answers, _ = asked_of(Told([{1: [Arrived("a")]}, {1: [Unsaid("cannot pickle a lock")]}]), FIRST)

    assert exit_code(answers, interrupted=False) == BUG


def test_where_nobody_comes_that_is_said_and_where_all_are_lost_nothing_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "PATIENCE", 0.0)

    with pytest.raises(Misuse, match="no worker has begun within 0 s"):
        asked_of(Told([{}]), FIRST)
    _, (answer,), _ = asked_of(Told([{1: [Arrived("a")]}, {1: BYE}, {}]), FIRST)
    assert (answer.conclusion, answer.stopped) == (Conclusion.UNDECIDED, "all workers were lost, and no other has come within 0 s")


def test_an_interruption_is_told_to_who_works_and_what_was_not_begun_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_WISH", interruption._Wish(noted=True))  # as a signal sets it
    stopped = evolve(answer_to(FIRST), conclusion=Conclusion.INTERRUPTED)
    carrier = Told([{1: [Arrived("a")]}, {1: [stopped]}])

    _, answers, interrupted = asked_of(carrier, FIRST, SECOND)

    assert (1, Enough()) in carrier.heard
    assert answers == (stopped,)
    assert exit_code(answers, interrupted=interrupted) == INTERRUPTED


def by_near(near: Near, *own: str) -> Crew:
    """Return a crew of real processes. What other tests have loaded is not asked about."""
    here = Passport.here()
    return Crew(near, Means(), evolve(here, own={name: here.own[name] for name in own}).written())


def test_real_workers_answer_questions_of_many_kinds_as_they_are_answered_here() -> None:
    theorems, _ = to_prove(("two_phase_commit",), large=False)
    lock = own(str(Path(command.__file__).with_name("lock.py")))
    asked = (*to_check(protocols(("unanimous_consent",)))[-6:], *theorems[:2], *to_check((lock,)))

    here, _ = run(asked, Means(), 1, lambda _event: None)
    there, _ = run(asked, Means(), 1, lambda _event: None, elsewhere=lambda _means: by_near(Near(2), lock.source))

    assert {each.id.partition(":")[0] for each in asked} == {"scope", "pitfall", "known_violation", "theorem", "source"}
    assert [evolve(each, seconds=0) for each in there] == [evolve(each, seconds=0) for each in here]


@pytest.mark.thorough
def test_real_workers_judge_the_mutants_that_would_be_judged_here() -> None:
    asked = mutants.of(("unanimous_consent",), sample=6)

    here, _ = run(asked, Means(), 1, lambda _event: None)
    there, _ = run(asked, Means(), 1, lambda _event: None, elsewhere=lambda _means: by_near(Near(2)))

    assert [evolve(each, seconds=0) for each in there] == [evolve(each, seconds=0) for each in here]


def test_a_real_worker_that_is_killed_is_replaced_and_one_that_is_told_to_end_says_what_it_has() -> None:
    (large,) = to_check(protocols(("paxos_synod",)), "forgetful_proposer")
    near = Near(1)
    workers = by_near(near)
    workers.submit(large)
    begun, answers = 0, []
    while workers.busy:
        for event in workers.events(0.2):
            begun += isinstance(event, Started)
            if isinstance(event, Started) and begun == 1:
                os.kill(near.couriers[0]._process.pid, signal.SIGKILL)
            elif isinstance(event, Started):
                workers.end()
            elif isinstance(event, Answered):
                answers.append(event.answer)
    workers.close()

    assert (begun, sorted(near.couriers)) == (2, [])
    assert [each.conclusion for each in answers] == [Conclusion.INTERRUPTED]
