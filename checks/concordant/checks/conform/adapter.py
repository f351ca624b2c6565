"""What an implementation in Python defines to be tested. One in another language answers the same commands as JSON lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""What the module json reads and writes."""


class Adapter(ABC):
    """An implementation under test. Addresses, messages and answers are JSON, as `docs/conformance.md` says.

    `hello` says what it supports. Each input is answered by `{"effects": […], "armed": […], "view": {…} or None}`, once
    nothing more will happen without another input. What is raised counts as a failure of the implementation.
    """

    @abstractmethod
    def hello(self) -> Json:
        """Say who this is, and what it supports."""

    @abstractmethod
    def start(self, at: str, config: Json) -> Json:
        """Start an instance at an address; one that was there is gone."""

    def receive(self, at: str, source: str, message: Json) -> Json:
        """Receive a message."""
        raise NotImplementedError("this adapter receives no messages")

    def request(self, at: str, user: str, request: Json) -> Json:
        """Take a user's request. A call that waits is answered by the effects of a later step."""
        raise NotImplementedError("this adapter takes no requests")

    def cancel(self, at: str, user: str) -> Json:
        """Cancel the open call of a user. Only asked of who controls `cancel`."""
        raise NotImplementedError("this adapter cancels nothing")

    def fire(self, at: str, trigger: Json) -> Json:
        """Let a trigger happen that was armed. Only asked of who controls `triggers` or `outcomes`."""
        raise NotImplementedError("this adapter fires nothing")

    def suspect(self, at: str, peer: str) -> Json:
        """Hear that a peer seems down. Only asked of who controls `suspect`."""
        raise NotImplementedError("this adapter suspects nobody")

    def trust(self, at: str, peer: str) -> Json:
        """Hear that a peer seems up after all. Only asked of who controls `suspect`."""
        raise NotImplementedError("this adapter trusts nobody again")

    def tick(self, at: str, now: int) -> Json:
        """Read the clock, and do all that is due. Only asked of who controls `clock`."""
        raise NotImplementedError("this adapter has no clock")

    def go_on(self, at: str) -> Json:
        """Make one step of its own. Only asked of who controls `steps`, as long as one is left."""
        raise NotImplementedError("this adapter makes no steps one by one")

    def crash(self, at: str) -> None:
        """Lose what does not survive a crash. Only asked of who controls `crash` or `crash_after`."""
        raise NotImplementedError("this adapter does not crash")

    def recover(self, at: str) -> Json:
        """Come up again, from what survived."""
        raise NotImplementedError("this adapter does not recover")

    def end(self) -> None:  # noqa: B027  # most have nothing to end
        """End the case: cancel tasks, close files."""

    def call(self, command: Json) -> Json:
        """Answer one command."""
        at = command.get("at")
        match command["do"]:
            case "hello":
                return self.hello()
            case "end" | "stop":
                self.end()
                return {"ok": True}
            case "crash":
                self.crash(at)
                return {"down": True, "effects": []}
            case _ if "crash_after" in command:
                answer = self._step(command)
                self.crash(at)
                return {"down": True, "effects": _cut(answer["effects"], command["crash_after"])}
            case _:
                return self._step(command)

    def _step(self, command: Json) -> Json:
        at = command["at"]
        match command["do"]:
            case "start":
                return self.start(at, command["config"])
            case "receive":
                return self.receive(at, command["from"], command["message"])
            case "request":
                return self.request(at, command["from"], command["request"])
            case "cancel":
                return self.cancel(at, command["from"])
            case "fire":
                return self.fire(at, command["trigger"])
            case "suspect":
                return self.suspect(at, command["peer"])
            case "trust":
                return self.trust(at, command["peer"])
            case "tick":
                return self.tick(at, command["now"])
            case "step":
                return self.go_on(at)
            case "recover":
                up = self.recover(at)
                return up if "now" not in command else _followed(up, self.tick(at, command["now"]))
            case other:
                raise ValueError(f"no command is called {other!r}")


def _followed(first: Json, then: Json) -> Json:
    """Return what one step and the next come to."""
    return {**then, "effects": [*first["effects"], *then["effects"]]}


def _cut(effects: list[Json], sends: int) -> list[Json]:
    """Return what a step that a crash cuts short leaves: its announcements and its first sends, no replies."""
    kept: list[Json] = []
    for effect in effects:
        if "send" in effect:
            sends -= 1
        if "reply" not in effect and ("send" not in effect or sends >= 0):
            kept.append(effect)
    return kept
