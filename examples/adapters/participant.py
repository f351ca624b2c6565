"""A participant of two-phase commit in plain Python, and its adapter to Concordant's protocol v1. It imports nothing of ours.

concordant conform two_phase_commit.participant -- python examples/adapters/participant.py
"""

import json
import sys

# ---- the implementation: what a user of the kit would have already


class Participant:
    """Works, promises, and does as it is told. `log` survives a crash; whether it was asked does not."""

    def __init__(self, coordinator, send, announce):
        self.coordinator, self.send, self.announce = coordinator, send, announce
        self.log = "working"
        self.asked = False

    def on_prepare(self):
        if self.log == "working":
            self.asked = True
        else:
            self.send(self.coordinator, {"type": "Vote", "commit": self.log != "aborted"})

    def on_decision(self, commit):
        if self.log in ("working", "prepared"):
            self.log = "committed" if commit else "aborted"

    def on_finished(self, commit):
        if not commit:
            self.refuse()
            return
        self.log = "prepared"
        self.announce({"type": "Prepared"})
        self.send(self.coordinator, {"type": "Vote", "commit": True})

    def on_timeout(self):
        if self.log == "working":
            self.refuse()
        else:
            self.send(self.coordinator, {"type": "Inquiry"})

    def refuse(self):
        self.log = "aborted"
        self.announce({"type": "Refused"})
        self.send(self.coordinator, {"type": "Vote", "commit": False})

    def crash(self):
        self.asked = False

    def recover(self):
        if self.log in ("working", "prepared"):
            self.on_timeout()

    def timers(self):
        if self.log == "working" and not self.asked:
            return ["Abandon"]
        return ["Inquire"] if self.log == "prepared" else []


# ---- the adapter: one answer to each command

HELLO = {
    "protocol": 1,
    "impl": {"name": "participant.py", "language": "Python"},
    "supports": [
        {
            "stem": "two_phase_commit",
            "roles": ["participant"],
            "control": ["triggers", "outcomes", "crash", "crash_after"],
            "observe": {"participant": ["phase"]},
        }
    ],
}


class Adapter:
    """Turns commands into calls, and calls back into effects."""

    def __init__(self):
        self.effects = []
        self.participant = None

    def answer(self, command):
        self.effects = []
        match command["do"]:
            case "hello":
                return HELLO
            case "end" | "stop":
                return {"ok": True}
            case "crash":
                self.participant.crash()
                return {"down": True}
            case "start":
                self.participant = Participant(command["config"]["coordinator"], self.send, self.announce)
            case "recover":
                self.participant.recover()
            case "receive" if command["message"]["type"] == "Prepare":
                self.participant.on_prepare()
            case "receive":
                self.participant.on_decision(command["message"]["commit"])
            case "fire" if command["trigger"]["type"] == "Finish":
                self.participant.on_finished(command["trigger"]["commit"])
            case "fire":
                self.participant.on_timeout()
        if "crash_after" in command:
            self.participant.crash()
            return {"down": True, "effects": cut(self.effects, command["crash_after"])}
        armed = [{"type": name} for name in self.participant.timers()]
        return {"effects": self.effects, "armed": armed, "view": {"phase": self.participant.log}}

    def send(self, to, message):
        self.effects.append({"send": message, "to": to})

    def announce(self, event):
        self.effects.append({"announce": event})


def cut(effects, sends):
    """Return what a crash in the middle of a step leaves: what was announced, and so many of the sends."""
    kept = [effect for effect in effects if "send" in effect][:sends]
    return [effect for effect in effects if "send" not in effect] + kept


if __name__ == "__main__":
    adapter = Adapter()
    for line in sys.stdin:
        command = json.loads(line)
        print(json.dumps({"id": command["id"], **adapter.answer(command)}), flush=True)
