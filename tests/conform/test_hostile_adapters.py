"""Whatever an adapter does, the kit says in a sentence what to mend: it neither fails nor waits for ever."""

from __future__ import annotations

import os
import select
import sys

import pytest

from concordant.checks.conform.adapter import Json
from concordant.checks.conform.child import BrokenAdapter, Child
from concordant.checks.conform.session import RESTARTS, Flaky, Session

STEP = '{"effects": [], "armed": [], "view": null}'
HEAD = """
import json, os, sys, time
def say(text): os.write(1, text if isinstance(text, bytes) else text.encode())
def step(id, **more): return json.dumps({"id": id, "effects": [], "armed": [], "view": None, **more}) + "\\n"
for line in sys.stdin:
    command = json.loads(line); id = command["id"]
"""
START: Json = {"do": "start", "at": "server0", "config": {}, "case": "0"}
RECEIVE: Json = {"do": "receive", "at": "server0", "from": "client0", "message": {}}


def session(body: str, seconds: float = 20) -> Session:
    program = HEAD + "\n".join(f"    {line}" for line in body.splitlines())
    return Session(lambda: Child((sys.executable, "-SIc", program), seconds))


def cases(asking: Session, many: int) -> None:
    for _ in range(many):
        asking.start(START)
        asking.ask(RECEIVE)
    asking.stop()


def complaint(body: str, seconds: float = 20) -> str:
    asking = session(body, seconds)
    try:
        with pytest.raises(BrokenAdapter) as broken:
            cases(asking, 1)
        return str(broken.value)
    finally:
        asking.kill()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("say('Traceback: oh no\\n')", "which is no JSON"),
        ("say('\\n')", "which is no JSON"),
        ("say('[]\\n')", "an answer is an object"),
        ("say(step(id)[:-3] + '\\n')", "which is no JSON"),
        ("say(b'\\xff\\xfe\\n')", "which is no UTF-8"),
        ("say('\"\\\\ud800\"\\n')", "which is no JSON"),
        ("say('[' * 100_000 + '\\n')", "nested too deeply"),
        ("say('{\"id\": ' + '[' * 90 + ']' * 90 + '}\\n')", "nested deeper than 64 levels"),
        ("say('9' * 5000 + '\\n')", "which is no JSON"),
        ('say(\'{"id": 1, "view": NaN}\\n\')', "numbers are whole"),
        ('say(\'{"id": 1, "id": 1}\\n\')', "a field twice"),
        ("say('x' * (1 << 20) + 'xx')", "longer than 1,048,576 bytes"),
        ("say(step(7))", "every answer carries the id of its command"),
        ("say(step(True))", "every answer carries the id of its command"),
        ("say(step(id) * 2)", "one answer to each"),
        ("say(step(id, effects=[{'send': 1}]))", "has the fields of none"),
        ("say(step(id, effects=[{'send': 1, 'to': 'nobody'}]))", "has the fields of none"),
        ("say(step(id, effects={}))", "write a list"),
        ("say(step(id, mood='good'))", "which is none of id, effects, armed, view"),
        ("say(json.dumps({'id': id, 'effects': [], 'armed': []}) + '\\n')", "has no field 'view'"),
        ("say(json.dumps({'id': id, 'error': 'oh no'}) + '\\n')", "write an object"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_told_in_a_sentence(body: str, said: str) -> None:
    assert said in complaint(body)


def test_an_adapter_that_says_nothing_has_its_time() -> None:
    assert complaint("time.sleep(60)", 0.3) == "it gave no answer within 0.3 s"


def test_an_adapter_that_closes_its_input_and_goes_on_has_its_time() -> None:
    assert complaint("os.close(0); time.sleep(60)", 0.3) == "it gave no answer within 0.3 s"


def test_an_adapter_that_writes_only_to_its_log_has_its_time() -> None:
    assert complaint("while True: os.write(2, b'x' * 100_000)", 0.3) == "it gave no answer within 0.3 s"


def test_an_adapter_that_reads_nothing_cannot_block_a_long_command() -> None:
    asking = Session(lambda: Child((sys.executable, "-SIc", "import time; time.sleep(60)"), 0.3))
    with pytest.raises(BrokenAdapter, match="no answer within"):
        asking.start({**START, "config": {"text": "x" * (1 << 20)}})
    asking.kill()


def test_a_command_that_does_not_exist_is_told() -> None:
    with pytest.raises(BrokenAdapter, match="'/no/such' cannot be started: No such file"):
        Session(lambda: Child(("/no/such",), 1)).start(START)


def test_an_adapter_that_always_crashes_is_given_up() -> None:
    assert complaint("os._exit(3)") == "it ended with exit code 3 before it answered"
    assert complaint("os.kill(os.getpid(), 9)") == "it was ended by signal 9 before it answered"


def test_an_adapter_that_closes_its_output_is_told() -> None:
    assert complaint("os.close(1); time.sleep(60)", 0.3) == "it closed its output before it answered"


def test_an_adapter_that_crashes_now_and_then_is_restarted_ten_times_and_no_more() -> None:
    asking = session("if not id % 7: os._exit(1)\nsay(step(id))")
    with pytest.raises(BrokenAdapter, match=f"crashed once more after {RESTARTS} restarts"):
        cases(asking, 7 * RESTARTS)
    assert asking.restarts == RESTARTS
    asking.kill()


def test_after_a_crash_the_case_is_made_again() -> None:
    asking = session(
        "if command['do'] == 'start': told = 0\nelse: told += 1\nif id == 3: os._exit(1)\nsay(step(id, effects=[{'announce': told}]))"
    )
    answers = [asking.start(START), asking.ask(RECEIVE), asking.ask(RECEIVE)]
    asking.kill()

    assert [answer["effects"][0]["announce"] for answer in answers] == [0, 1, 2]


def test_two_answers_to_the_same_commands_are_flaky() -> None:
    asking = session("say(step(id, effects=[{'announce': id}]))")
    asking.start(START)
    with pytest.raises(Flaky, match="it is flaky"):
        asking.start(START)
    asking.kill()


def test_what_is_said_after_the_stop_is_too_much() -> None:
    body = (
        "say('{\"id\": %d, \"ok\": true}\\n' % id if command['do'] == 'stop' else step(id))\nif command['do'] == 'stop': say('bye'); break"
    )
    assert complaint(body) == "it said something after it was told to stop: b'bye'; say nothing unasked"


def test_the_end_of_the_log_is_kept() -> None:
    asking = session("os.write(2, b'x' * 10_000 + b'\\xffthe end\\n'); say(step(id))")
    asking.start(START)

    assert asking.log().endswith("x\\xffthe end")
    assert len(asking.log()) < 4_010
    asking.kill()


def test_a_process_that_an_adapter_began_ends_with_it() -> None:
    asking = session("pid = os.fork()\nif not pid: time.sleep(600)\nsay(step(id, effects=[{'announce': pid}]))")
    begun = asking.start(START)["effects"][0]["announce"]
    watched = os.pidfd_open(begun)
    asking.kill()

    ended, _, _ = select.select([watched], [], [], 60)
    assert ended == [watched]
