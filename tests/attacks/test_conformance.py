"""Attacks on conformance: an implementation that is right differs, or one that is wrong conforms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import FunctionType
from typing import Any

import attrs
import pytest

from concordant.checks.answers import Answer, Conclusion
from concordant.checks.codec.codec import codec_of
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.cases import Plan
from concordant.checks.conform.child import Gone
from concordant.checks.conform.comparing import answered_in_order
from concordant.checks.conform.driving import Driven
from concordant.checks.conform.naming import named
from concordant.checks.conform.pitfalls import drive
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import mistaken, repaired, role_of, small
from concordant.checks.conform.session import InProcess
from concordant.checks.conform.telling import config_of, supports_of
from concordant.checks.exploration.budget import Budget
from concordant.checks.questions.conformance import ConformanceQuestion
from concordant.checks.questions.question import Means
from concordant.checks.refuting.repaired import PITFALLS
from concordant.checks.registry import Protocol, protocol, protocols
from concordant.checks.reports.totals import Totals
from concordant.refimpl.consensus.two_phase_commit import Participant
from concordant.refimpl.machine import Step
from concordant.refimpl.messaging.fifo_ordering import Conversation, Numbering, Ordering
from concordant.spec.vocabulary import Address, Announce, Reply, Send
from tests.checks.toys import ANN, BOB
from tests.command.test_pytest_plugin import IMPLEMENTATION, LOCK, run

BY_ID = {pitfall.id: pitfall for pitfall in protocol("supervisor").pitfalls}


def classes(value: object) -> Iterator[type | FunctionType]:
    """Yield the class of a process, and those of all that it is made of; of a rule itself."""
    kind: type[Any] = type(value)
    yield value if isinstance(value, FunctionType) else kind
    if attrs.has(kind):
        for part in attrs.fields(kind):
            yield from classes(getattr(value, part.name))


@pytest.mark.parametrize("protocol", protocols(), ids=lambda each: each.stem)
def test_a_machine_with_a_mistake_or_a_wrong_rule_is_not_taken_for_the_reference(protocol: Protocol) -> None:
    driven = [(scope.name, process) for scope in (*small(protocol), *repaired(protocol)) for process in scope.system.processes.values()]

    assert [(name, kind) for name, process in driven for kind in classes(process) if kind.__module__.startswith(PITFALLS)] == []


@pytest.mark.parametrize("protocol", protocols(), ids=lambda each: each.stem)
def test_every_process_can_be_configured_by_json(protocol: Protocol) -> None:
    codec = codec_of(protocol)
    for scope in (*small(protocol), *repaired(protocol)):
        for process in scope.system.processes.values():
            assert json.dumps(config_of(codec, process))


def test_nobody_is_accused_of_the_order_in_which_a_step_answers_two_clients() -> None:
    """Who hands a unit on before it says that it was given back would hold one twice for a moment."""
    lent, back, news = Reply(ANN, "lent"), Reply(BOB, "back"), Announce("news")

    assert answered_in_order((lent, news, back), (Reply(BOB, "back"), Reply(ANN, "another"))) == (back, news, lent)
    assert answered_in_order((lent, back), ()) == (lent, back)


@pytest.mark.parametrize("control", [(), ("cancel",)])
def test_a_machine_is_not_said_to_be_broken_where_it_is_asked_what_nobody_asks_there(control: tuple[str, ...]) -> None:
    """Where no time runs out, nothing shows who waits, and requests are to tell; but who waits asks nothing more."""
    role = role_of("resource_pool.pool")
    driver, _ = drive(role, role.tables(scope="two_units"), role.kind, observing=False, control=control)

    assert driver.driven.failures == []
    assert driver.driven.cases > 50


def test_nobody_is_accused_of_a_suspicion_that_its_role_does_not_hear() -> None:
    """Agents take no notice of one; asked all the same, one that differs elsewhere would be the first to know who is down."""
    role = role_of("supervisor.agent")
    driver, plans = drive(role, role.tables(scope="late"), dict(mistaken(BY_ID["supervisor.ForgetsEarlyStops"]))["agent"])

    found = named(role, driver, plans, "crash")

    assert found.verdict is not None
    assert (found.verdict.clause.id, found.verdict.length) == ("supervisor.no_orphans", 8)


PARTICIPANT, LOSSY = role_of("two_phase_commit.participant"), "two_users_and_faults"


@attrs.frozen
class Backwards(Ordering):
    """Hands up the last message first."""

    def handed_up(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        right = super().handed_up(state, source, known)
        return Step(right.state, right.effects[::-1])


@attrs.frozen
class Mute(Participant):
    """Never sends a message."""

    def fire(self, state: Any, trigger: Any) -> Step[Any]:
        return unsent(super().fire(state, trigger))

    def receive(self, state: Any, source: Any, message: Any) -> Step[Any] | None:
        taken = super().receive(state, source, message)
        return None if taken is None else unsent(taken)

    def recover(self, state: Any) -> Step[Any]:
        return unsent(super().recover(state))


def unsent(taken: Step[Any]) -> Step[Any]:
    return Step(taken.state, tuple(each for each in taken.effects if not isinstance(each, Send)))


@attrs.define(eq=False)
class Told(Reference):
    """The reference, which says more of itself in its first answer."""

    more: dict[str, Json] = attrs.field(factory=dict)

    def hello(self) -> Json:
        said = super().hello()
        return {**said, "supports": [{**said["supports"][0], **self.more}]}


def participant(kind: type[Participant] = Participant, **more: Json) -> Told:
    return Told(PARTICIPANT.protocol, "participant", PARTICIPANT.kind, kind, more=more)


def asked(adapter: Callable[[], Any], means: Means = Means(), **options: Any) -> Answer:
    return ConformanceQuestion(PARTICIPANT, adapter, "it", scope=LOSSY, **options).answer(means)


def test_whoever_hands_up_in_one_step_the_last_message_first_differs() -> None:
    role = role_of("fifo_ordering.node")
    tables = role.tables(scope="any_order")

    driver, _ = drive(role, tables, Backwards)

    assert driver.driven.failures[0].difference.what == "the order of deliveries"
    assert drive(role, tables, role.kind)[0].driven.failures == []


def test_a_message_of_the_protocol_is_not_left_out_of_the_comparison_since_the_adapter_calls_it_extra() -> None:
    found = asked(lambda: InProcess(participant(extra=["Vote"])))

    assert found.conclusion is Conclusion.ADAPTER
    assert "'Vote' in extra, which is of the protocol" in str(found.notes)


def test_who_never_sends_a_kind_of_message_does_not_conform_because_each_may_be_lost() -> None:
    found = asked(lambda: InProcess(participant(Mute)))

    assert (found.conclusion, found.word) == (
        Conclusion.UNDECIDED,
        "sends no Inquiry, no Vote at all, which lost messages would explain",
    )


@attrs.define(eq=False)
class Crashing(InProcess):
    """Its process ends at the first message."""

    received: Iterator[int]

    def ask(self, line: bytes) -> bytes:
        if b'"receive"' in line and not next(self.received):
            raise Gone("it ended with exit code 1 before it answered")
        return super().ask(line)


def test_who_crashed_does_not_conform_because_it_went_on_when_it_was_started_again() -> None:
    received = count()

    found = asked(lambda: Crashing(participant(), received))

    assert found.conclusion is Conclusion.ADAPTER
    assert "it crashed 1 times, and went on when it was started again" in str(found.notes)


def test_nobody_conforms_in_what_a_budget_has_left_of_the_rows() -> None:
    found = asked(lambda: InProcess(participant()), Means(Budget(states=2)))

    assert (found.conclusion, found.word) == (Conclusion.UNDECIDED, "conforms in the rows that were found within the budget")


class Unended(Told):
    """Cannot be ended."""

    def end(self) -> None:
        raise RuntimeError("a task still runs")


@pytest.mark.parametrize(
    ("adapter", "said"),
    [
        (
            lambda: Unended(PARTICIPANT.protocol, "participant", PARTICIPANT.kind, Participant),
            "to end it raised 'RuntimeError: a task still runs'",
        ),
        (
            lambda: participant(claims=["two_phase_commit.agreements"]),
            "hello claims 'two_phase_commit.agreements', which is no clause of two_phase_commit",
        ),
    ],
)
def test_nobody_conforms_who_fails_where_a_case_ends_or_claims_what_could_never_be_false(adapter: Callable[[], Told], said: str) -> None:
    found = asked(lambda: InProcess(adapter()))

    assert found.conclusion is Conclusion.ADAPTER
    assert said in str(found.notes)


class Breaking(Unended):
    """Raises, and cannot be ended then."""

    def receive(self, at: str, source: str, message: Json) -> Json:  # noqa: ARG002
        raise RuntimeError("the disk is full")


def test_whoever_raises_differs_whether_or_not_the_case_can_be_ended_then() -> None:
    found = asked(lambda: InProcess(Breaking(PARTICIPANT.protocol, "participant", PARTICIPANT.kind, Participant)), quick=True)

    assert (found.conclusion, found.word) == (Conclusion.NOT_AS_CLAIMED, "differs")
    assert "the disk is full" in str(found.notes)


class Declining(Unended):
    """Takes no case, and has nothing to end."""

    def start(self, at: str, config: Json) -> Json:  # noqa: ARG002
        return {"unsupported": "anything"}


def test_what_was_declined_is_not_ended() -> None:
    found = asked(lambda: InProcess(Declining(PARTICIPANT.protocol, "participant", PARTICIPANT.kind, Participant)))

    assert "it declined every case: 'anything'" in str(found.notes)


@pytest.mark.parametrize("stepwise", [False, True])
@pytest.mark.parametrize(("name", "scope"), [("request_response.client", "asked_again"), ("state_checkpoint.store", "overtaken")])
def test_nobody_is_accused_of_a_crash_before_steps_of_its_own(name: str, scope: str, stepwise: bool) -> None:
    """What a crash cuts short has no next steps, though the input alone leads on to them."""
    role = role_of(name)

    assert drive(role, role.tables(scope=scope, stepwise=stepwise), role.kind)[0].driven.failures == []


LONGEST = 4
"""How many inputs the longest case of a participant has, where nobody crashes."""


class Tiring(Told):
    """Does what the reference does, up to so many inputs."""

    given = 0

    def call(self, command: Json) -> Json:
        self.given = 0 if command["do"] == "start" else self.given + 1
        if self.given > LONGEST and command["do"] not in ("end", "stop"):
            raise RuntimeError("tired")
        return super().call(command)


def test_who_has_a_state_that_only_shows_in_a_long_run_does_not_conform_in_all_cases_and_differ_in_a_few_tours() -> None:
    tiring = Tiring(PARTICIPANT.protocol, "participant", PARTICIPANT.kind, Participant, ("phase",))
    supports = supports_of(tiring.hello(), "two_phase_commit", "participant")
    cases = [case for table in PARTICIPANT.tables(scope="two_users") for case in Plan(table, supports).cases()]

    found = ConformanceQuestion(PARTICIPANT, lambda: InProcess(tiring), "it", scope="two_users").answer(Means())

    assert max(len(case.run) for case in cases) == LONGEST
    assert (found.conclusion, found.word) == (Conclusion.NOT_AS_CLAIMED, "differs")
    assert "tired" in str(found.notes)


def test_of_who_declines_cases_it_is_not_said_that_it_conforms_without_more() -> None:
    question = ConformanceQuestion(PARTICIPANT, lambda: InProcess(participant()), "it")
    found = question._answer([], Driven(cases=3, declined=1), None, None, stopped="", seconds=0)  # as if it had been driven

    assert (found.conclusion, found.word) == (Conclusion.AS_CLAIMED, "conforms in the cases that it takes")


@pytest.mark.parametrize(
    ("options", "word", "total"),
    [
        ({"smoke": True}, "speaks the protocol", "1 of 1 adapter speaking the protocol"),
        ({"case": "0.1"}, "conforms in case 0.1", "1 of 1 role conforming"),
        ({"quick": True}, "conforms in a few tours", "1 of 1 role conforming"),
        ({}, "conforms in the cases of scope two_users_and_faults", "1 of 1 role conforming"),
    ],
)
def test_of_who_was_asked_little_no_more_is_said(options: dict[str, Any], word: str, total: str) -> None:
    found = asked(lambda: InProcess(participant()), **options)

    assert (found.conclusion, found.word, str(Totals.of([found]))) == (Conclusion.AS_CLAIMED, word, total)


def test_an_adapter_in_the_process_of_the_kit_does_not_put_its_own_in_the_place_of_what_compares(tmp_path: Path) -> None:
    first = "from concordant.checks.conform import comparing, driving\n"
    last = "driving.compared = lambda *_: comparing.Matching((comparing.Candidate(0),))\n"
    (tmp_path / "lock.py").write_text(LOCK, encoding="utf-8")
    (tmp_path / "test_them.py").write_text(first + IMPLEMENTATION + last, encoding="utf-8")

    done = run(tmp_path, "test_them.py", "-k", "wrong")

    assert "compared of concordant.checks.conform.driving is not ours; whatever is said then says nothing" in done.stdout
