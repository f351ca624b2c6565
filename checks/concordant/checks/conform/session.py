"""A session with an adapter: commands by number, answers of the right shape, crashes survived by a restart and a replay."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from attrs import define, field

from concordant.checks.conform.adapter import Adapter, Json
from concordant.checks.conform.child import BrokenAdapter, Gone
from concordant.checks.conform.shapes import ANSWERS, VERSION, problems, quoted

RESTARTS = 10
"""How often an adapter that crashes is started again."""
DEPTH = 64
"""How deep an answer may be nested."""
EXPECTED = {"hello": ("hello",), "start": ("step", "skipped", "unsupported"), "crash": ("down",), "end": ("ok",), "stop": ("ok",)}


class Flaky(BrokenAdapter):
    """An adapter gave two answers to the same commands."""


class Transport(Protocol):
    """What carries lines to an adapter and back."""

    def ask(self, line: bytes, /) -> bytes:
        """Return the line that answers a line."""
        ...

    def log(self) -> str:
        """Return the end of its log."""
        ...

    def close(self) -> bytes:
        """End it, and return what it still said."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


@define(eq=False)
class InProcess:
    """An adapter of this process, as in a test: what is said goes through JSON all the same."""

    adapter: Adapter

    def ask(self, line: bytes) -> bytes:
        """Call it."""
        command = json.loads(line)
        try:
            return json.dumps({"id": command["id"], **self.adapter.call(command)}).encode()
        except Exception as error:  # noqa: BLE001  # whatever it raises is its failure
            return json.dumps({"id": command["id"], "error": {"message": f"{type(error).__name__}: {error}"}}).encode()

    def log(self) -> str:
        """Return nothing."""
        return ""

    def close(self) -> bytes:
        """End nothing."""
        return b""

    def kill(self) -> None:
        """End nothing."""


@define(eq=False)
class Session:
    """Commands to an adapter. `open` begins it, also again after a crash. `asked`: how many commands were answered.

    `image`: keeps how the adapter is, and returns what takes it back there; None of one that can only be run again.
    """

    open: Callable[[], Transport]
    image: Callable[[], Callable[[], None]] | None = None
    asked: int = field(default=0, init=False)
    restarts: int = field(default=0, init=False)
    _transport: Transport | None = field(default=None, init=False)
    _case: list[tuple[Json, str]] = field(factory=list, init=False)
    _known: dict[str, Any] = field(factory=dict, init=False)
    _place: dict[str, Any] = field(factory=dict, init=False)
    _hello: str | None = field(default=None, init=False)

    def hello(self, kit: str) -> Json:
        """Ask who it is."""
        answer = self._once({"do": "hello", "protocol": [VERSION], "kit": kit})
        self._hello = kit
        return answer

    def start(self, command: Json) -> Json:
        """Begin a case."""
        self._case, self._place = [], self._known
        return self.ask(command)

    def ask(self, command: Json) -> Json:
        """Ask within a case. A crash is survived once: the case is made again, and then the command asked again."""
        try:
            answer = self._once(command)
        except Gone:
            self._restart()
            answer = self._once(command)
        said = json.dumps(answer, sort_keys=True)
        self._case.append((command, said))
        known, self._place = self._place.setdefault(json.dumps({**command, "case": None}, sort_keys=True), (said, {}))
        self._same(command, known, said)
        return answer

    def saved(self) -> Callable[[], None] | None:
        """Return what leads back to this point of the case; None where the commands must be given again."""
        if self.image is None:
            return None
        back, case, place = self.image(), tuple(self._case), self._place

        def again() -> None:
            back()
            self._case, self._place = list(case), place

        return again

    def end(self, *, failed: bool = False) -> None:
        """End a case. Of one that has failed it may fail, too."""
        answer = self._once({"do": "end"})
        if "error" in answer and not failed:
            raise BrokenAdapter(f"to end it raised {quoted(answer['error']['message'])}; what fails there is not to be passed over")

    def stop(self) -> None:
        """End the session; what is said afterwards is too much."""
        self._once({"do": "stop"})
        if self._transport is not None:
            rest = self._transport.close()
            if rest:
                raise BrokenAdapter(f"it said something after it was told to stop: {quoted(rest)}; say nothing unasked")

    def log(self) -> str:
        """Return the end of its log."""
        return "" if self._transport is None else self._transport.log()

    def kill(self) -> None:
        """End the adapter, whatever it does."""
        if self._transport is not None:
            self._transport.kill()

    def _restart(self) -> None:
        if self.restarts == RESTARTS:
            raise BrokenAdapter(f"it crashed once more after {RESTARTS} restarts")
        self.restarts += 1
        self.kill()
        self._transport = None
        if self._hello is not None:
            self.hello(self._hello)
        for command, said in self._case:
            self._same(command, said, json.dumps(self._once(command), sort_keys=True))

    def _same(self, command: Json, known: str, said: str) -> None:
        if known != said:
            raise Flaky(f"it is flaky: to {quoted(command)}, after the same commands, it answered {quoted(known)} and then {quoted(said)}")

    def _once(self, command: Json) -> Json:
        if self._transport is None:
            self._transport = self.open()
        self.asked += 1
        answer = read(self._transport.ask(json.dumps({"id": self.asked, **command}).encode() + b"\n"))
        if "id" not in answer or type(answer["id"]) is not int or answer["id"] != self.asked:
            raise BrokenAdapter(
                f"it answered command {self.asked} ({command['do']}) with {quoted(answer)}; every answer carries the id of its command, "
                "and there is one to each"
            )
        cut = "crash_after" in command
        kinds = ("down",) if cut else EXPECTED.get(command["do"], ("step",))
        shape = ANSWERS[next((kind for kind in ("error", *kinds) if kind in answer), kinds[0])]
        for problem in problems(shape, answer):
            raise BrokenAdapter(f"to {command['do']}: {problem}")
        return {name: each for name, each in answer.items() if name != "id"}


def read(line: bytes) -> dict[str, Json]:
    """Read an answer; what is none is a BrokenAdapter that says what to write."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise BrokenAdapter(f"it said {quoted(line)}, which is no UTF-8") from error
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_no_number, object_pairs_hook=_object)
        if "\\u" in text:  # only so it may hold half of a character, which cannot be written
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise BrokenAdapter(f"it said {quoted(text)}, which is nested too deeply") from error
    except BrokenAdapter:
        raise
    except ValueError as error:
        raise BrokenAdapter(f"it said {quoted(text)}, which is no JSON: {quoted(str(error))}; one object a line, logs to stderr") from error
    if not isinstance(value, dict):
        raise BrokenAdapter(f"it said {quoted(text)}; an answer is an object, with the id of its command")
    if text.count("[") + text.count("{") >= DEPTH and _is_deep(value):
        raise BrokenAdapter(f"it said {quoted(text)}, which is nested deeper than {DEPTH} levels")
    return value


def _no_number(text: str) -> Json:
    raise BrokenAdapter(f"it said the number {quoted(text)}; numbers are whole, and a fraction is a text such as '3/4'")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BrokenAdapter(f"it said an object with a field twice: {quoted(pairs)}")
    return found


def _is_deep(value: Json) -> bool:
    level = [value]
    for _ in range(DEPTH):
        level = [part for each in level if isinstance(each, dict | list) for part in (each.values() if isinstance(each, dict) else each)]
    return bool(level)
