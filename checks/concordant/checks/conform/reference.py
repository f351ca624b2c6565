"""The reference itself as an implementation under test, or a machine with a mistake in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, field, fields

from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.conform.adapter import Adapter, Json
from concordant.checks.conform.direct import settled
from concordant.checks.conform.roles import repaired
from concordant.checks.conform.shapes import CONTROLS, STEPS, VERSION
from concordant.checks.conform.telling import config_of, has_a_rule
from concordant.checks.registry import Protocol
from concordant.checks.semantics.canonical import order_key
from concordant.checks.semantics.handlers import view_class
from concordant.refimpl.machine import AnyProcess, Step
from concordant.spec.vocabulary import Address, Announce, Completion, Deadline, Deliver, Effect, Internal, Reply, Send


@define(eq=False)
class Reference(Adapter):
    """Runs processes of a class. `made`: makes one of a configuration, whose class is that of the reference; `observed`: what is shown; `exact`: what else is told exactly."""

    protocol: Protocol
    role: str
    reference: type[AnyProcess]
    kind: type[AnyProcess]
    observed: tuple[str, ...] = ()
    control: tuple[str, ...] = CONTROLS
    exact: tuple[str, ...] = ()
    _codec: Codec = field(init=False)
    _process: AnyProcess = field(init=False)
    _state: Any = field(default=None, init=False)
    _rests: bool = field(default=True, init=False)
    _with_rules: list[tuple[Json, AnyProcess]] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._codec = codec_of(self.protocol)

    def hello(self) -> Json:
        """Say that it is the reference."""
        supports = {
            "stem": self.protocol.stem,
            "roles": [self.role],
            "control": list(self.control),
            "observe": {self.role: list(self.observed)},
            "exact": list(self.exact),
        }
        return {"protocol": VERSION, "impl": {"name": self.kind.__name__, "language": "Python"}, "supports": [supports]}

    def start(self, at: str, config: Json) -> Json:
        """Start it, of the class under test."""
        given = self._with_a_rule(config) or self._decoded(at, config)
        self._process = self.kind(**{part.name: getattr(given, part.name) for part in _parts(type(given)) if part.init})
        return self._taken(self._process.start())

    def _decoded(self, at: str, config: Json) -> Any:
        parts = {"me": at, **config} if "me" in {part.name for part in _parts(self.reference)} else config
        return self._codec.decode(parts, self.reference)

    def _with_a_rule(self, config: Json) -> AnyProcess | None:
        """Return the process of the protocol that is configured so, if it holds a rule, which has only its name in JSON."""
        if self._with_rules is None:
            self._with_rules = [
                (config_of(self._codec, process), process)
                for scope in (*self.protocol.scopes, *repaired(self.protocol))
                for address, process in scope.system.processes.items()
                if address.role == self.role and has_a_rule(process)
            ]
        return next((process for known, process in self._with_rules if known == config), None)

    def call(self, command: Json) -> Json:
        """Answer a command. Of what a crash cuts short no step of its own comes."""
        self._rests = STEPS not in self.control and "crash_after" not in command
        return super().call(command)

    def receive(self, at: str, source: str, message: Json) -> Json:  # noqa: ARG002  # there is one instance
        """Receive a message."""
        return self._taken(self._process.receive(self._state, self._address(source), self._codec.decode(message)))

    def request(self, at: str, user: str, request: Json) -> Json:  # noqa: ARG002
        """Take a request."""
        return self._taken(self._process.request(self._state, self._address(user), self._codec.decode(request)))

    def cancel(self, at: str, user: str) -> Json:  # noqa: ARG002
        """Cancel a call."""
        return self._taken(self._process.cancel(self._state, self._address(user)))

    def fire(self, at: str, trigger: Json) -> Json:  # noqa: ARG002
        """Let a trigger happen."""
        return self._taken(self._process.fire(self._state, self._codec.decode(trigger)))

    def suspect(self, at: str, peer: str) -> Json:  # noqa: ARG002
        """Suspect a peer."""
        return self._taken(self._process.suspect(self._state, self._address(peer)))

    def trust(self, at: str, peer: str) -> Json:  # noqa: ARG002
        """Trust a peer again."""
        return self._taken(self._process.trust(self._state, self._address(peer)))

    def tick(self, at: str, now: int) -> Json:  # noqa: ARG002
        """Read the clock."""
        return self._taken(self._process.tick(self._state, now))

    def go_on(self, at: str) -> Json:  # noqa: ARG002
        """Make the first of its own next steps."""
        own = next(trigger for trigger in self._process.armed(self._state) if isinstance(trigger, Internal))
        return self._taken(self._process.fire(self._state, own))

    def crash(self, at: str) -> None:  # noqa: ARG002
        """Keep what survives: of what may, the first by its content, since a process lists it in no order."""
        self._state = min(self._process.survives(self._state), key=order_key)

    def recover(self, at: str) -> Json:  # noqa: ARG002
        """Come up again."""
        return self._taken(self._process.recover(self._state))

    def image(self) -> Callable[[], None]:
        """Keep how it is, and return what takes it back there."""
        process, state = self._process, self._state

        def back() -> None:
            self._process, self._state = process, state

        return back

    def _taken(self, taken: Step[Any] | None) -> Json:
        effects: list[Effect] = []
        if taken is not None:
            self._state, effects = settled(self._process, taken) if self._rests else (taken.state, [*taken.effects])
        view = self._codec.encode(self._process.view(self._state), view_class(self._process))
        told = (Deadline, Completion) if "outcomes" in self.exact else Deadline
        armed = self._process.armed(self._state)
        own = [{"own": type(trigger).__name__} for trigger in armed if isinstance(trigger, Internal)]
        return {
            "effects": said(self._codec, effects),
            "armed": [*(self._codec.encode(trigger) for trigger in armed if isinstance(trigger, told)), *own],
            "view": {name: view[name] for name in self.observed} if self.observed else None,
        }

    def _address(self, text: str) -> Address:
        address: Address = self._codec.decode(text, Address)
        return address


def _parts(kind: Any) -> tuple[Any, ...]:
    return tuple(fields(kind))


def said(codec: Codec, effects: Sequence[Effect]) -> list[Json]:
    """Return effects as an adapter tells them."""
    told: list[Json] = []
    for effect in effects:
        match effect:
            case Send(to, message):
                told.append({"send": codec.encode(message), "to": str(to)})
            case Reply(to, answer):
                told.append({"reply": codec.encode(answer), "to": str(to)})
            case Announce(event):
                told.append({"announce": codec.encode(event)})
            case Deliver(source, message):
                told.append({"deliver": codec.encode(message), "from": str(source)})
    return told
