"""A participant of two-phase commit, as somebody has written it for a product. Concordant is not imported: it need not know of it.

What it says it says by `send` and `announce`, which whoever makes it gives it. Two lines in it are wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Say = Callable[[dict[str, Any]], None]


class Participant:
    """Works, promises, and does as it is told. `log` survives a crash; whether it was asked does not."""

    def __init__(self, send: Say, announce: Say) -> None:
        self.send, self.announce = send, announce
        self.log = "working"
        self.asked = False

    def on_prepare(self) -> None:
        """The coordinator asks whether it can commit."""
        if self.log == "working":
            self.asked = True
        else:
            self.send({"type": "Vote", "commit": self.vote()})

    def vote(self) -> bool:
        """Say again what it has voted."""
        return True

    def on_decision(self, commit: bool) -> None:
        """The coordinator tells what was decided."""
        if self.log in ("working", "prepared"):
            self.log = "committed" if commit else "aborted"

    def on_finished(self, commit: bool) -> None:
        """Its own work is done, or has failed."""
        if not commit:
            self.refuse()
            return
        self.log = "prepared"
        self.announce({"type": "Prepared"})
        self.send({"type": "Vote", "commit": True})

    def on_timeout(self) -> None:
        """It has waited long enough: to be asked, or for a decision."""
        if self.log == "working":
            self.refuse()
        else:
            self.send({"type": "Inquiry"})

    def refuse(self) -> None:
        """Abort by itself."""
        self.log = "aborted"
        self.announce({"type": "Refused"})
        self.send({"type": "Vote", "commit": False})

    def crash(self) -> None:
        """Lose what is not in the log."""
        self.asked = False

    def recover(self) -> None:
        """Come back."""
        if self.log in ("working", "prepared"):
            self.refuse()

    def timers(self) -> list[str]:
        """List the deadlines that may pass now."""
        if self.log == "working":
            return [] if self.asked else ["Abandon"]
        return ["Inquire"] if self.log == "prepared" else []
