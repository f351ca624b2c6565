"""One instance of an implementation, from its start to its end: inputs said to an adapter, and its answers understood."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field, frozen

from concordant.checks.conform.adapter import Json
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.session import Session
from concordant.checks.conform.shapes import quoted
from concordant.checks.conform.table import Input, Table
from concordant.checks.conform.telling import Told, Tongue

OWN_STEPS = 100
"""How many triggers of its own an adapter fires before it must be settled."""


@frozen
class Raised(Exception):  # noqa: N818  # it says what the implementation did
    """An implementation raised an error instead of answering."""

    message: str


@frozen
class Declined(Exception):  # noqa: N818  # it says what the adapter did
    """An adapter declined a case."""

    reason: str


@define(eq=False)
class Instance:
    """An instance of an implementation, for the role of a table. `runs`: whether it was started, and not declined; `failed`: whether it has raised."""

    session: Session
    table: Table
    tongue: Tongue
    runs: bool = field(default=False, init=False)
    failed: bool = field(default=False, init=False)

    def start(self, case: str) -> Told:
        """Start it. Raises Declined where the adapter does not take the case."""
        config = self.tongue.config(self.table.process)
        self.runs = self.failed = False
        answer = self.session.start({"do": "start", "at": str(self.table.at), "config": config, "case": case})
        declined = answer.get("unsupported", answer.get("reason"))
        if declined is not None:
            raise Declined(quoted(declined))
        self.runs = True
        return self._settled(answer)

    def give(self, move: Input) -> Told:
        """Give it an input. Raises Raised where it answers by an error."""
        return self._settled(self.session.ask(self.tongue.command(move)))

    def saved(self) -> Callable[[], None] | None:
        """Return what leads back to how it is; None where its inputs must be given again."""
        return self.session.saved()

    def end(self) -> None:
        """End it, if it runs. What it raises then is told, unless it has raised before: the one may come of the other."""
        if self.runs:
            self.session.end(failed=self.failed)

    def _settled(self, answer: Json) -> Told:
        """Understand an answer, once the triggers of the adapter's own are fired, the oldest first, until none is left, unless they are asked one by one."""
        told = self._understood(answer)
        if self.table.stepwise:
            return told
        for _ in range(OWN_STEPS):
            if not told.own:
                return told
            command = {"do": "fire", "at": str(self.table.at), "trigger": told.own[0]}
            told = told.then(self._understood(self.session.ask(command)))
        raise BrokenAdapter(f"after {OWN_STEPS} of its own triggers it still has armed {quoted(told.own[0])}; an adapter settles")

    def _understood(self, answer: Json) -> Told:
        if "error" in answer:
            self.failed = True
            raise Raised(f"it raised {quoted(answer['error']['message'])}")
        return self.tongue.told(answer)
