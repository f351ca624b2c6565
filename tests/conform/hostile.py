"""Adapters that answer anything but what they should: each ends in a verdict and a sentence, none in a traceback or a hang.

`python -m tests.conform.hostile [MANY] [SEED]`: an adapter that is right is driven, and one of its answers is spoilt, each time another; every
twentieth time a process of its own writes what is spoilt, and by some the implementation is explored too.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any
from unittest.mock import patch

from attrs import define, field

from concordant.checks.answers import Conclusion
from concordant.checks.conform.child import LINE, BrokenAdapter, Child
from concordant.checks.conform.reference import Reference
from concordant.checks.conform.roles import Role, role_of
from concordant.checks.conform.session import InProcess, Session
from concordant.checks.questions.conformance import ConformanceQuestion
from concordant.checks.questions.question import Means

ROLES = (("two_phase_commit.participant", "two_users_and_faults"), ("barrier.barrier", "three"))
SECONDS = 30.0
"""How long one may take: a hang is longer."""
PATIENCE = 0.2
"""How long an adapter has for an answer, in seconds."""
Spoil = Callable[[random.Random, dict[str, Any]], bytes]


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in a value: what holds it, and under which name or number."""
    for key in list(value if isinstance(value, dict) else range(len(value))) if isinstance(value, dict | list) else ():
        yield value, key
        yield from _nodes(value[key])


def _anything(draw: random.Random) -> Any:
    deep: Any = draw.choice((0, "x", None))
    for _ in range(draw.randrange(100)):
        deep = draw.choice(([deep], {"type": deep}, {"id": deep}))
    simple: tuple[Any, ...] = (
        None,
        True,
        -1,
        1 << 70,
        "",
        "participant0",
        "nobody",
        "\ud800",
        "\x00\x1b[31m",
        "é" * 300,
        [],
        {},
        [[]],
        {"own": {}},
        {"type": "Vote"},
    )
    return draw.choice((*simple, {"type": 7}, {"type": "Fraction", "value": "1/0"}, {"type": "tuple", "elements": None}, deep))


def _changed(draw: random.Random, answer: dict[str, Any]) -> bytes:
    """Change one or two places: another value, none, one more, another name."""
    for _ in range(draw.randrange(1, 3)):
        places = list(_nodes(answer))
        if places:
            holder, key = draw.choice(places)
            match draw.randrange(4):
                case 0:
                    holder[key] = _anything(draw)
                case 1:
                    del holder[key]
                case 2 if isinstance(holder, dict):
                    holder[draw.choice(("type", "to", "from", "id", "ok", "down", "error", "own", "é"))] = holder.pop(key)
                case _:
                    (holder.update(extra=_anything(draw)) if isinstance(holder, dict) else holder.append(_anything(draw)))
    return _line(answer)


def _bytes_changed(draw: random.Random, answer: dict[str, Any]) -> bytes:
    """Put bytes anywhere, leave some out, or cut the line."""
    line = bytearray(_line(answer))
    place = draw.randrange(len(line))
    match draw.randrange(4):
        case 0:
            line[place:place] = draw.choice(
                (b"\xff", b"\x00", b"\n", b"\r\n", b"NaN", b"1e9", b"-", b'"', b"[" * 200, b"9" * 5_000, b"\\ud800")
            )
        case 1:
            del line[place : place + draw.randrange(1, 9)]
        case 2:
            line[place] = draw.randrange(256)
        case _:
            del line[place:]
    return bytes(line)


SPOILT: tuple[Spoil, ...] = (
    _changed,
    _changed,
    _changed,
    _bytes_changed,
    _bytes_changed,
    lambda draw, _: draw.randbytes(draw.randrange(200)) + b"\n",
    lambda _, answer: _line(answer) * 2,
    lambda _, answer: _line(answer) + b"and more",
    lambda draw, answer: _line({**answer, "id": draw.choice((0, -1, 10**9, "1", True, None, 1.5))}),
    lambda draw, answer: _line(
        {"id": answer["id"], **draw.choice(({"ok": True}, {"down": True}, {"skipped": True}, {"unsupported": "all"}))}
    ),
    lambda draw, answer: _line(
        {"id": answer["id"], "error": draw.choice(("no", None, {}, {"message": "x" * 9_000}, {"message": _anything(draw)}))}
    ),
    lambda draw, answer: _line({**answer, "armed": [{"own": draw.choice((1, "again", {}))}]}),
    lambda draw, _: draw.choice((b"[", b'{"a":')) * draw.choice((70, 5_000, 100_000)) + b"\n",
    lambda draw, answer: b'{"id": %d, "view": "%s"}\n' % (answer["id"], b"x" * draw.choice((100, LINE, LINE + 100))),
    lambda _, __: b"",
)


@define(eq=False)
class Imagined(Child):
    """A child process that is none: an adapter in this process, one of whose answers is spoilt. `at`: which; `closes`: whether it then closes its output."""

    right: InProcess
    spoil: Callable[[dict[str, Any]], bytes]
    at: int
    closes: bool = False
    asked: int = field(default=0, init=False)
    _written: bytearray = field(factory=bytearray, init=False)
    _pending: bytearray = field(factory=bytearray, init=False)

    def __attrs_post_init__(self) -> None:
        pass

    def _write(self, left: memoryview) -> memoryview:
        if left:
            self.asked += 1
            answer = self.right.ask(bytes(left))
            self._pending += self.spoil(json.loads(answer)) if self.asked == self.at else answer + b"\n"
            self._open = not (self.closes and self.asked == self.at)
        return left[:0]

    def _hear(self, seconds: float) -> None:
        if not self._pending and self._open:
            time.sleep(seconds)  # nothing comes later
        self._said += self._pending
        self._pending.clear()

    def _how_it_ended(self) -> str:
        return "closed its output"

    def close(self) -> bytes:
        self._hear(0)
        return bytes(self._said)

    def kill(self) -> None:
        pass


def in_process(draw: random.Random) -> str:
    """Drive an adapter one of whose answers is spoilt, and return what came of it: a word, or what is wrong with that."""
    name, scope = draw.choice(ROLES)
    role = role_of(name)
    spoil, seed, at, closes = draw.choice(SPOILT), draw.random(), int(draw.expovariate(1 / 60)) + 1, draw.random() < 0.1
    observed = tuple(
        part for part in ("decision", "round", "waiting", "broken") if part in role.tables(scope=scope)[0].view_class.__annotations__
    )

    def opened() -> Imagined:
        adapter = InProcess(Reference(role.protocol, role.name, role.kind, role.kind, observed))
        return Imagined((), PATIENCE, adapter, lambda answer: spoil(random.Random(seed), deepcopy(answer)), at, closes)  # noqa: S311  # no secret

    answer = ConformanceQuestion(role, opened, "hostile", scope, quick=draw.random() < 0.9).answer(Means())
    problem = answer.note("problem")
    said = "" if problem is None else str(problem.fields["value"])
    if answer.conclusion is Conclusion.ADAPTER and not said.removeprefix("broken adapter: ").strip():
        return "NO SENTENCE"
    if not all(each.isprintable() or each == "\n" for each in said):
        return "NOT PRINTABLE"
    return answer.word.partition(" in ")[0].partition(",")[0]


PROGRAM = """
import os, sys, time
for number, line in enumerate(sys.stdin.buffer, 1):
    if number < {at}:
        os.write(1, b'{{"id": %d, "effects": [], "armed": [], "view": null}}\\n' % number)
    else:
        {does}
"""
DEEDS = (
    "os.write(1, {said!r})",
    "os.write(1, {said!r}); os._exit(3)",
    "os.write(2, {said!r} * 1000); os.close(1); time.sleep(60)",
    "os.close(0); time.sleep(60)",
    "time.sleep(60)",
    "os.kill(os.getpid(), {signal})",
    "os._exit({signal})",
    "[os.write(1, {said!r}) for _ in iter(int, 1)]",
    "[os.write(2, b'x' * 100_000) for _ in iter(int, 1)]",
    "os.fork(); os.write(1, {said!r})",
)


def as_a_process(draw: random.Random) -> str:
    """Ask a process that misbehaves at some command, and return what is said of it."""
    at = draw.randrange(1, 6)
    said = draw.choice(SPOILT)(draw, {"id": at, "effects": [], "armed": [], "view": None})[: 1 << 16]
    does = draw.choice(DEEDS).format(said=said or b"\n", signal=draw.choice((9, 11, 15)))
    session = Session(lambda: Child((sys.executable, "-SIc", PROGRAM.format(at=at, does=does)), PATIENCE))
    try:
        session.start({"do": "start", "at": "server0", "config": {}, "case": "0"})
        for _ in range(at):
            session.ask({"do": "receive", "at": "server0", "from": "client0", "message": {}})
        session.stop()
    except BrokenAdapter as broken:
        return "broken process" if str(broken) else "NO SENTENCE"
    finally:
        session.kill()
    return "unharmed process"


def main(many: int, seed: int) -> int:
    """Try so many, tell what came of them, and return how many ended as none may."""
    draw, found, wrong = random.Random(seed), Counter[str](), 0  # noqa: S311  # no secret
    with patch.object(Role, "tables", cache(Role.tables)):
        for number in range(many):
            began = time.monotonic()
            state = draw.getstate()
            try:
                word = as_a_process(draw) if number % 20 == 0 else in_process(draw)
            except Exception as error:  # noqa: BLE001  # that is what must not happen
                word = f"RAISED {type(error).__name__}: {ascii(error)[:200]}"
            if time.monotonic() - began > SECONDS:
                word = f"TOOK {time.monotonic() - began:.0f} s"
            if word.split()[0].isupper():
                wrong += 1
                sys.stdout.write(f"{number} of seed {seed} ({hash(state)}): {word}\n")
            found[word] += 1
    for word, number in found.most_common():
        sys.stdout.write(f"{number:>6}  {word}\n")
    return wrong


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(min(1, main(*given, *(10_000, 0)[len(given) :])))
