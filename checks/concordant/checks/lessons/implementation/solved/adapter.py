"""Exercise 1, done: each input is a call."""

from __future__ import annotations

from typing import Any

from concordant.checks import Adapter
from concordant.checks.lessons.implementation.participant import Participant
from concordant.checks.lessons.implementation.repair import MyParticipant


class Mine(Adapter):
    """A participant, driven."""

    kind: type[Participant] = MyParticipant

    def hello(self) -> dict[str, Any]:
        """Say who this is, and what may be done with it and seen of it."""
        supports = {
            "stem": "two_phase_commit",
            "roles": ["participant"],
            "control": ["triggers", "outcomes", "crash", "crash_after"],
            "observe": {"participant": ["phase"]},
        }
        return {"protocol": 1, "impl": {"name": "participant.py"}, "supports": [supports]}

    def start(self, at: str, config: dict[str, Any]) -> dict[str, Any]:
        """Make one. `config` names its coordinator."""
        self.effects: list[dict[str, Any]] = []
        self.participant = self.kind(
            lambda message: self.effects.append({"send": message, "to": config["coordinator"]}),
            lambda event: self.effects.append({"announce": event}),
        )
        return self.stepped()

    def stepped(self) -> dict[str, Any]:
        """Answer a step: what it has said, which deadlines may pass, and what is seen of it."""
        said, self.effects = self.effects, []
        armed = [{"type": name} for name in self.participant.timers()]
        return {"effects": said, "armed": armed, "view": {"phase": self.participant.log}}

    def receive(self, at: str, source: str, message: dict[str, Any]) -> dict[str, Any]:
        """Hand a message on: `{"type": "Prepare"}`, or `{"type": "Decision", "commit": …}`."""
        if message["type"] == "Prepare":
            self.participant.on_prepare()
        else:
            self.participant.on_decision(message["commit"])
        return self.stepped()

    def fire(self, at: str, trigger: dict[str, Any]) -> dict[str, Any]:
        """Let its work end, by `{"type": "Finish", "commit": …}`, or a deadline pass, `{"type": "Abandon"}` or `{"type": "Inquire"}`."""
        if trigger["type"] == "Finish":
            self.participant.on_finished(trigger["commit"])
        else:
            self.participant.on_timeout()
        return self.stepped()

    def crash(self, at: str) -> None:
        """Let it crash."""
        self.participant.crash()
        self.effects = []

    def recover(self, at: str) -> dict[str, Any]:
        """Let it come back."""
        self.participant.recover()
        return self.stepped()
