"""Requests and responses, input in and step out."""

from __future__ import annotations

from attrs import evolve

from concordant.checks.exploration.explore import explore
from concordant.refimpl.machine import Ask, Fire, Receive, step
from concordant.refimpl.messaging.request_response import (
    CLIENT,
    MALLORY,
    OTHER,
    PAY,
    SERVER,
    SHIP,
    Asked,
    Caller,
    Calling,
    Pending,
    Server,
    Serving,
    forger,
    system,
)
from concordant.spec.messaging.request_response import (
    CANCELLED,
    IN_PROGRESS,
    SUSPECTED,
    TIMED_OUT,
    CallerView,
    Done,
    Ended,
    Failed,
    History,
    Invoke,
    Job,
    Outcome,
    Request,
    Response,
    Retry,
    SendOff,
    Sent,
    ServerView,
    TimeOut,
)
from concordant.spec.messaging.request_response import clauses as spec
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Call,
    CancelAsked,
    Crashed,
    Map,
    Recovered,
    Rejected,
    Reply,
    Send,
    Suspected,
    Unknown,
    addresses,
)

A, B = addresses("user", 2)
TWICE, PATIENT = Caller(2), Caller(None)
DONE = Done("pay")
NEW, OUT = Pending(A, 2), Pending(A, 1, sent=True)
NOTHING = History(frozenset({CLIENT}), attempts=2)
ELSEWHERE = Invoke(OTHER, PAY.operation)


def calling(pending: Pending, call: Invoke = PAY) -> Calling:
    return Map.of({call: pending})


class TestCaller:
    def test_takes_a_call_and_rejects_the_same_while_it_is_open(self) -> None:
        assert TWICE.start() == step(Map())
        assert TWICE.request(Map(), A, PAY) == step(calling(NEW))
        assert TWICE.request(calling(NEW), B, PAY) == step(calling(NEW), Reply(B, IN_PROGRESS))
        assert TWICE.request(calling(NEW), B, SHIP) == step(Map.of({PAY: NEW, SHIP: Pending(B, 2)}))

    def test_may_run_out_of_time_from_the_beginning_and_sends_as_often_as_it_may(self) -> None:
        assert TWICE.armed(Map()) == ()
        assert TWICE.armed(calling(NEW)) == (SendOff(PAY), TimeOut(PAY))
        assert TWICE.armed(calling(OUT)) == (Retry(PAY), TimeOut(PAY))
        assert TWICE.armed(calling(evolve(OUT, left=0))) == (TimeOut(PAY),)

    def test_never_runs_out_of_time_where_it_never_gives_up(self) -> None:
        assert PATIENT.armed(calling(Pending(A, None))) == (SendOff(PAY),)
        assert PATIENT.armed(calling(Pending(A, None, sent=True))) == (Retry(PAY),)
        assert PATIENT.fire(calling(Pending(A, None)), SendOff(PAY)).state == calling(Pending(A, None, sent=True))

    def test_sends_the_same_again_and_says_so_the_first_time(self) -> None:
        request = Send(SERVER, Request(PAY.operation))

        assert TWICE.fire(calling(NEW), SendOff(PAY)) == step(calling(OUT), request, Announce(Sent(PAY)))
        assert TWICE.fire(calling(OUT), Retry(PAY)) == step(calling(evolve(OUT, left=0)), request)

    def test_knows_nothing_of_what_it_has_sent_and_says_why_of_what_it_has_not(self) -> None:
        for pending, late, cancelled in ((NEW, TIMED_OUT, CANCELLED), (OUT, Unknown(), Unknown())):
            assert TWICE.fire(calling(pending), TimeOut(PAY)) == step(Map(), Reply(A, late))
            assert TWICE.cancel(calling(pending), A) == step(Map(), Reply(A, cancelled))

    def test_cancels_the_call_of_the_user_that_asks(self) -> None:
        two = Map.of({PAY: NEW, SHIP: Pending(B, 2)})

        assert TWICE.cancel(two, B) == step(calling(NEW), Reply(B, CANCELLED))

    def test_gives_up_the_calls_of_a_server_that_seems_down_and_of_no_other(self) -> None:
        three = Map.of({PAY: OUT, SHIP: Pending(B, 2), ELSEWHERE: NEW})

        assert TWICE.suspect(three, SERVER) == step(calling(NEW, ELSEWHERE), Reply(A, Unknown()), Reply(B, SUSPECTED))
        assert TWICE.suspect(calling(NEW), OTHER) is None
        assert PATIENT.suspect(calling(NEW), SERVER) is None

    def test_answers_with_the_response_of_the_server_that_was_asked_while_somebody_waits(self) -> None:
        response = Response(PAY.operation, DONE)

        assert TWICE.receive(calling(OUT), SERVER, response) == step(Map(), Reply(A, DONE))
        assert TWICE.receive(calling(OUT), MALLORY, response) is None
        assert TWICE.receive(Map(), SERVER, response) is None, "it comes too late"
        assert TWICE.receive(calling(OUT), SERVER, Response(SHIP.operation, DONE)) is None

    def test_forgets_its_calls_in_a_crash(self) -> None:
        assert TWICE.survives(calling(OUT)) == (Map(),)
        assert TWICE.recover(Map()) == step(Map())

    def test_shows_what_it_waits_for(self) -> None:
        assert TWICE.view(calling(OUT)) == CallerView(frozenset({PAY}))


class TestServer:
    SERVES = Server(SERVER)
    PAYS, SHIPS = Asked(CLIENT, PAY.operation), Asked(CLIENT, SHIP.operation)

    def done(self, outcome: Outcome = DONE) -> Serving:
        return Serving(record=Map.of({self.PAYS: outcome}))

    def test_carries_out_what_it_is_asked_for_once(self) -> None:
        both = Serving(frozenset({self.PAYS, self.SHIPS}))

        assert self.SERVES.start() == step(Serving())
        assert self.SERVES.receive(Serving(frozenset({self.SHIPS})), CLIENT, Request(PAY.operation)) == step(both)
        assert self.SERVES.receive(both, CLIENT, Request(PAY.operation)) == step(both)
        assert self.SERVES.armed(Serving(frozenset({self.PAYS}))) == tuple(Ended(CLIENT, PAY.operation, each) for each in (DONE, Failed()))

    def test_tells_callers_apart(self) -> None:
        other = Asked(Address("client", 1), PAY.operation)

        assert self.SERVES.receive(self.done(), other.client, Request(PAY.operation)) == step(
            evolve(self.done(), running=frozenset({other}))
        )

    def test_records_what_became_of_it_and_responds_each_time_it_is_asked(self) -> None:
        for outcome in (DONE, Failed()):
            respond = Send(CLIENT, Response(PAY.operation, outcome))
            recorded = self.done(outcome)

            assert self.SERVES.fire(Serving(frozenset({self.PAYS, self.SHIPS})), Ended(CLIENT, PAY.operation, outcome)) == step(
                evolve(recorded, running=frozenset({self.SHIPS})), respond
            )
            assert self.SERVES.receive(recorded, CLIENT, Request(PAY.operation)) == step(recorded, respond)
            assert self.SERVES.view(recorded) == ServerView(Map.of({Job(CLIENT, SERVER, PAY.operation): outcome}))

    def test_keeps_its_record_in_a_crash_and_not_what_it_was_doing(self) -> None:
        assert self.SERVES.survives(evolve(self.done(), running=frozenset({self.SHIPS}))) == (self.done(),)
        assert self.SERVES.recover(self.done()) == step(self.done())


class TestHistory:
    JOB = Job(CLIENT, SERVER, PAY.operation)
    ASKED = NOTHING.after(CLIENT, A, PAY)
    SENT = ASKED.after(CLIENT, CLIENT, Sent(PAY))

    def test_remembers_what_was_sent_and_that_it_was_when_the_call_has_ended(self) -> None:
        jobs = frozenset({self.JOB})
        ended = self.SENT.after(CLIENT, CLIENT, Reply(A, Unknown()))

        assert (self.SENT.sent, self.SENT.ever_sent) == (jobs, jobs)
        assert (ended.sent, ended.ever_sent, ended.unknown) == (frozenset(), jobs, jobs)
        assert self.SENT.after(CLIENT, CLIENT, Reply(B, IN_PROGRESS)).sent == jobs, "of another call"

    def test_remembers_the_first_outcome_and_that_there_was_another(self) -> None:
        once = self.SENT.after(SERVER, SERVER, Ended(CLIENT, PAY.operation, DONE))
        twice = once.after(SERVER, SERVER, Ended(CLIENT, PAY.operation, Failed()))

        assert once == evolve(self.SENT, outcomes=Map.of({self.JOB: DONE}), owed=frozenset({self.JOB}))
        assert twice == evolve(once, again=frozenset({self.JOB}))

    def test_remembers_who_is_suspected_and_who_cancels_until_it_is_answered_or_the_caller_crashes(self) -> None:
        leaving = self.SENT.after(CLIENT, A, CancelAsked()).after(CLIENT, CLIENT, Suspected(SERVER))

        assert (leaving.leaving, leaving.suspected) == (frozenset({Call(A, CLIENT)}), frozenset({(CLIENT, SERVER)}))
        assert leaving.hopeless == frozenset({Call(A, CLIENT)})
        assert evolve(self.SENT, attempts=None).after(CLIENT, CLIENT, Suspected(SERVER)).hopeless == frozenset(), "it never gives up"
        assert self.SENT.after(CLIENT, CLIENT, Suspected(OTHER)).hopeless == frozenset()
        answered = leaving.after(CLIENT, CLIENT, Reply(A, DONE))
        assert (answered.leaving, answered.hopeless) == (frozenset(), frozenset())
        assert leaving.after(CLIENT, CLIENT, Crashed()) == evolve(NOTHING, ever_sent=frozenset({self.JOB}), suspected=leaving.suspected)
        assert leaving.after(SERVER, SERVER, Crashed()).after(SERVER, SERVER, Recovered()) == leaving

    def test_counts_how_often_a_request_is_sent_until_its_call_has_ended(self) -> None:
        def sent(times: int, history: History) -> History:
            for _ in range(times):
                history = history.after(CLIENT, CLIENT, Send(SERVER, Request(PAY.operation)))
            return history

        assert [sent(times, self.ASKED).tries.get(self.JOB, 0) for times in range(5)] == [0, 1, 2, 3, 3], "once too often is too often"
        assert sent(2, self.ASKED).after(CLIENT, CLIENT, Reply(A, DONE)).tries == Map()
        assert sent(2, self.ASKED).after(CLIENT, CLIENT, Crashed()).tries == Map()
        assert sent(2, evolve(self.ASKED, attempts=None)) == evolve(self.ASKED, attempts=None)

    def test_remembers_what_ended_until_a_response_is_sent_or_the_server_crashes(self) -> None:
        ended = self.SENT.after(SERVER, SERVER, Ended(CLIENT, PAY.operation, DONE))

        assert ended.owed == frozenset({self.JOB})
        assert ended.after(SERVER, SERVER, Send(CLIENT, Response(PAY.operation, DONE))).owed == frozenset()
        assert ended.after(SERVER, SERVER, Send(CLIENT, Response(SHIP.operation, DONE))).owed == frozenset({self.JOB})
        assert ended.after(SERVER, SERVER, Crashed()).owed == frozenset()

    def test_takes_an_answer_to_nothing_it_has_seen(self) -> None:
        assert NOTHING.after(CLIENT, CLIENT, Reply(A, Rejected("?"))).unknown == frozenset()


def test_an_answer_to_who_has_asked_nothing_is_none_of_what_became_of_an_operation() -> None:
    answer = Reply(A, DONE)

    assert list(spec.an_answer_is_true.cases(NOTHING, CLIENT, answer)) == []
    assert [each.holds for each in spec.an_answer_is_true.cases(TestHistory.SENT, CLIENT, answer)] == [False]


def test_a_forger_asks_for_what_others_ask_for_and_responds_as_if_it_were_done() -> None:
    assert forger(PAY, SHIP).may_send(NOTHING) == (
        Send(SERVER, Request(PAY.operation)),
        Send(SERVER, Request(SHIP.operation)),
        Send(CLIENT, Response(PAY.operation, DONE)),
        Send(CLIENT, Response(SHIP.operation, Done("ship"))),
    )


def test_an_operation_may_be_done_when_its_user_was_told_that_nothing_is_known() -> None:
    trace = explore(system()).verdict("request_response.is_done_and_not_known").trace

    assert trace is not None
    assert [frame.move for frame in trace if frame.move is not None] == [
        Ask(CLIENT, A, PAY),
        Fire(CLIENT, SendOff(PAY)),
        Receive(SERVER, CLIENT, Request(PAY.operation)),
        Fire(CLIENT, TimeOut(PAY)),
        Fire(SERVER, Ended(CLIENT, PAY.operation, DONE)),
    ]
