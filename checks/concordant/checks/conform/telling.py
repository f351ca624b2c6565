"""What an adapter told in an answer, as values of the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from types import BuiltinFunctionType, FunctionType
from typing import Any

from attrs import define, evolve, fields, frozen, has

from concordant.checks.codec.codec import Codec
from concordant.checks.codec.converter import TAG, resolved
from concordant.checks.codec.scalars import CannotDecode, address_of
from concordant.checks.conform.adapter import Json
from concordant.checks.conform.child import BrokenAdapter
from concordant.checks.conform.shapes import quoted
from concordant.checks.conform.table import OWN_STEP, Input, do_of
from concordant.refimpl.machine import AnyProcess, Ask, Cancel, Crash, Fire, Forge, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import Announce, Completion, Deadline, Deliver, Effect, Reply, Send

VIEW = "view"
FUNCTION = FunctionType | BuiltinFunctionType


@frozen
class Supports:
    """What an adapter supports of one protocol."""

    control: frozenset[str]
    observed: tuple[str, ...]
    claims: tuple[str, ...]
    extra: frozenset[str]
    exact: frozenset[str] = frozenset()


@frozen
class Told:
    """One answer, with those to the triggers of its own that followed. `outcomes`: how work inside may end; `strange`: what is no message of the protocol, in a sentence; `observed`: fields of the view by name; `own`: such triggers that are left."""

    effects: tuple[Effect, ...] = ()
    deadlines: tuple[object, ...] = ()
    outcomes: tuple[object, ...] = ()
    observed: tuple[tuple[str, object], ...] = ()
    down: bool = False
    own: tuple[Json, ...] = ()
    strange: str | None = None

    def then(self, following: Told) -> Told:
        """Return it with what followed."""
        return evolve(following, effects=(*self.effects, *following.effects), strange=self.strange or following.strange)


@define(eq=False)
class Tongue:
    """How inputs are said to an adapter, and its answers understood."""

    codec: Codec
    view_class: type
    supports: Supports

    def config(self, process: AnyProcess) -> Json:
        """Return the configuration of a role."""
        return config_of(self.codec, process)

    def command(self, move: Input) -> Json:
        """Return the command that an input is."""
        body: Json = {"do": do_of(move)[0], "at": str(move.at)}
        match move:
            case Receive(_, source, message) | Forge(_, source, message):
                return {**body, "from": str(source), "message": self.codec.encode(message)}
            case Ask(_, user, request):
                return {**body, "from": str(user), "request": self.codec.encode(getattr(request, "request", request))}
            case Cancel(_, user):
                return {**body, "from": str(user)}
            case Fire(_, trigger) if trigger == OWN_STEP:
                return body
            case Fire(_, trigger):
                return {**body, "trigger": self.codec.encode(trigger)}
            case Suspect(_, peer) | Trust(_, peer):
                return {**body, "peer": str(peer)}
            case Tick(_, now) | SetBack(_, now) | Recover(_, int(now)):
                return {**body, "now": now}
            case Crash(_, _, during, sends) if during is not None:
                return {**self.command(during), "crash_after": sends}
            case Recover() | Crash():
                return body

    def told(self, answer: Json) -> Told:
        """Understand an answer of the right shape; what is no value of its declared type is a BrokenAdapter."""
        strange: list[str] = []
        effects = [self._effect(effect, strange) for effect in answer.get("effects", ())]
        if answer.get("down"):
            return Told(_those(effects), down=True, strange=next(iter(strange), None))
        armed = [each for each in answer["armed"] if not _is_own(each)]
        triggers = [self._decoded(each, object, "armed") for each in armed]
        return Told(
            _those(effects),
            tuple(trigger for trigger in triggers if isinstance(trigger, Deadline)),
            tuple(trigger for trigger in triggers if isinstance(trigger, Completion)),
            tuple(self._observed(answer["view"])),
            own=tuple(each for each in answer["armed"] if _is_own(each)),
            strange=next(iter(strange), None),
        )

    def _effect(self, effect: Json, strange: list[str]) -> Effect | None:
        kind = next(kind for kind in ("send", "reply", "announce", "deliver") if kind in effect)
        content, tag = effect[kind], effect[kind].get(TAG) if isinstance(effect[kind], dict) else None
        if isinstance(tag, str) and tag in self.supports.extra:
            return None
        if isinstance(tag, str) and tag not in self.codec.names.kinds and tag not in OPEN:
            strange.append(f"it tells {quoted(content)} by {kind}, which is none of the protocol; name it in extra, or leave it out")
            return None
        value = self._decoded(content, object, kind)
        match kind:
            case "send":
                return Send(address_of(effect["to"]), value)
            case "reply":
                return Reply(address_of(effect["to"]), value)
            case "announce":
                return Announce(value)
            case _:
                return Deliver(address_of(effect["from"]), value)

    def _observed(self, view: Json) -> list[tuple[str, object]]:
        if not self.supports.observed:
            return []
        if not isinstance(view, dict) or set(view) != set(self.supports.observed):
            raise BrokenAdapter(
                f"the view is {quoted(view)}; it has exactly the fields that hello declares: {', '.join(self.supports.observed)}"
            )
        kinds = {part.alias: part.type for part in fields(resolved(self.view_class))}
        for name in self.supports.observed:
            if name not in kinds:
                raise BrokenAdapter(f"hello observes {quoted(name)}; {self.view_class.__name__} has {', '.join(kinds)}")
        return [(name, self._decoded(view[name], kinds[name], f"view.{name}")) for name in self.supports.observed]

    def _decoded(self, value: Json, kind: Any, where: str) -> object:
        try:
            found: object = self.codec.decode(value, kind)
        except CannotDecode as error:
            raise BrokenAdapter(f"{where} is {quoted(value)}: {quoted(str(error))}") from error
        except Exception as error:  # a value that its own class refuses, whatever that raises
            raise BrokenAdapter(f"{where} is {quoted(value)}, which is no value of its class: {quoted(str(error))}") from error
        return found


def config_of(codec: Codec, process: AnyProcess) -> Json:
    """Return what a process holds, but for its own address. A rule is told by its name, and by what it holds itself."""
    body = codec.encode(process, type(process))
    return {name: _named(codec, each) for name, each in body.items() if name != "me"}


def has_a_rule(value: object) -> bool:
    """Tell whether a process holds a function, or a record that is called like one, itself or in a part."""
    kind: type[Any] = type(value)
    if not has(kind):
        return isinstance(value, FUNCTION)
    return callable(value) or any(has_a_rule(getattr(value, part.name)) for part in fields(kind))


def _named(codec: Codec, value: Any) -> Json:
    match value:
        case dict():
            return {name: _named(codec, each) for name, each in value.items()}
        case list():
            return [_named(codec, each) for each in value]
        case FunctionType() | BuiltinFunctionType():
            return value.__name__
        case _ if has(type(value)):
            return {"type": type(value).__name__, **_named(codec, codec.encode(value, type(value)))}
        case _:
            return value


OPEN = ("Fraction", "Address", "tuple", "frozenset", "Bag", "Map")
"""The tags of values that are no records."""


def _is_own(trigger: Json) -> bool:
    return isinstance(trigger, dict) and set(trigger) == {"own"}


def _those(effects: Sequence[Effect | None]) -> tuple[Effect, ...]:
    return tuple(effect for effect in effects if effect is not None)


def supports_of(hello: Json, stem: str, role: str) -> Supports:
    """Return what an adapter says that it supports of a role; a BrokenAdapter where it does not."""
    for each in hello["supports"]:
        if each["stem"] == stem and role in each["roles"]:
            return Supports(
                frozenset(each.get("control", ())),
                tuple(each.get("observe", {}).get(role, ())),
                tuple(each.get("claims", ())),
                frozenset(each.get("extra", ())),
                frozenset(each.get("exact", ())),
            )
    known = ", ".join(f"{quoted(each['stem'])} with {quoted(each['roles'])}" for each in hello["supports"]) or "nothing"
    raise BrokenAdapter(f"hello supports {known}, but not the role {role} of {stem}")
