"""Calling the handlers of processes, with everything checked that a wrong one could get wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Hashable, Iterable
from functools import cache
from typing import Any, assert_never, get_type_hints

from attrs import field, frozen

from concordant.checks.misuse import BrokenRule, MisuseOfType
from concordant.checks.semantics.canonical import distinct, order_key, text
from concordant.checks.semantics.holding import held
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.turning import turned
from concordant.checks.semantics.watching import watched
from concordant.refimpl.machine import (
    AnyProcess,
    Ask,
    BrokenLayer,
    Cancel,
    Fire,
    Forge,
    Handled,
    Over,
    Receive,
    Recover,
    SetBack,
    Step,
    Suspect,
    Tick,
    Trust,
    machines_in,
)
from concordant.spec.vocabulary import (
    NO_EVENTS,
    Address,
    Announce,
    Below,
    Completion,
    CompletionBelow,
    Deadline,
    DeadlineBelow,
    Deliver,
    Internal,
    InternalBelow,
    Layers,
    Malformed,
    Reply,
    Send,
    Transmit,
    identity,
    likeness,
    same,
    value_of,
)
from concordant.spec.vocabulary.stems import SHARED, stem_of

SHARED_BY_ALL = ("concordant.spec.vocabulary.", "concordant.spec.common.")


class BrokenProcess(BrokenRule):
    """A handler broke a rule of processes. The text names the process, the input, the state and the rule."""

    @classmethod
    def of(cls, process: Address, what: str, state: object, doing: object) -> BrokenProcess:
        """Say which process broke which rule, in which state, on which input."""
        return cls(f"{process}: {what}\n  input: {doing if isinstance(doing, str) else text(doing)}\n  state: {text(state)}")


@frozen
class Handlers:
    """The handlers of one process of a system. `everybody`: where it may send; `users`: whom it may answer."""

    address: Address
    process: AnyProcess
    everybody: frozenset[Address]
    users: frozenset[Address]
    _holds: Hashable = field(init=False, eq=False, repr=False)
    _other: AnyProcess = field(init=False, eq=False, repr=False)
    """The same process with its sets scrambled."""
    _speaks: dict[type, bool] = field(factory=dict, init=False, eq=False, repr=False)
    """Whether what is of a class may leave the process."""
    _known: dict[int, tuple[object, Hashable, object]] = field(factory=dict, init=False, eq=False, repr=False)
    """States and moves by identity: themselves, so that no other takes their place, what they are, and with their sets scrambled."""

    def __attrs_post_init__(self) -> None:
        try:
            holds = held(self.process)
        except TypeError as error:
            raise MisuseOfType(f"{self.address} holds {error}") from error
        object.__setattr__(self, "_holds", holds)
        object.__setattr__(self, "_other", scrambled(self.process))

    def start(self) -> Step[Any]:
        """Return the first step."""
        return self._checked(*self._sure("start()", lambda process, *_: process.start(), None), "start()", None)

    def handle(self, state: Any, move: Handled) -> Step[Any] | None:
        """Return what the process makes of a move in this state; None where it takes no notice."""
        outcome, legal = self._sure(move, asked_of, state, move)
        return None if outcome is None and not isinstance(move, Fire | Recover) else self._checked(outcome, legal, move, state)

    def handle_again(self, state: Any, move: Handled) -> Step[Any] | None:
        """Return what the process makes of it now, asked once."""
        outcome = self._asked(move, asked_of, self.process, state, move)
        return None if outcome is None else self._checked(outcome, False, move, state)

    def armed(self, state: Any) -> tuple[Any, ...]:
        """Return the armed triggers, each one a Deadline, a Completion or an Internal."""
        triggers, _ = self._sure("armed(state)", lambda process, state, _: process.armed(state), state)
        if not isinstance(triggers, tuple):
            given = "a generator" if isinstance(triggers, Generator) else repr(triggers)
            raise self._broken(f"armed(state) returned {given}; return a tuple of triggers", state, "armed(state)")
        for trigger in triggers:
            self._legal(trigger, state, "armed(state)")
            if not isinstance(trigger, Deadline | Completion | Internal):
                raise self._broken(f"trigger {text(trigger)} must derive from Deadline, Completion or Internal", state, "armed(state)")
            self._declared(trigger, state, "armed(state)")
        if len(distinct(triggers)) < len(triggers):
            raise self._broken(f"armed(state) lists a trigger twice: {text(triggers)}; one value per choice", state, "armed(state)")
        return triggers

    def survivors(self, state: Any) -> tuple[Any, ...]:
        """Return the distinct states that a crash may leave, at least one, in the order of their content."""
        left, _ = self._sure("survives(state)", lambda process, state, _: _each(process.survives(state), state), state, like=_without_order)
        if not left:
            raise self._broken("survives(state) leaves nothing: list at least one state, such as the start state", state, "survives(state)")
        for survivor in left:
            self._legal(survivor, state, "survives(state)")
        return tuple(sorted(distinct(left), key=order_key))

    def view(self, state: Any) -> object:
        """Return the view, of the class that `view` is annotated to return."""
        view, legal = self._sure("view(state)", lambda process, state, _: process.view(state), state)
        self._shown(self.process, view, state)
        if not legal:
            self._legal(view, state, "view(state)")
        return view

    def _shown(self, process: AnyProcess, view: object, state: object) -> None:
        """Check that a view, and that of each layer, is of the very class that is declared: by it clauses find whom they are about."""
        declared = view_class(process)
        if type(view) is not declared:
            of = "" if process is self.process else f" of the layer {type(process).__name__}"
            what = f"view(state){of} returned {text(view)}, but is annotated to return {declared.__name__}"
            raise self._broken(what, state, "view(state)")
        if isinstance(process, Over) and isinstance(view, Layers):
            self._shown(process.above, view.above, state)
            self._shown(process.below, view.below, state)

    # ---- checks

    def _sure(
        self,
        doing: object,
        call: Callable[[AnyProcess, Any, Any], Any],
        state: object,
        move: object = None,
        like: Callable[[Any], Hashable] = likeness,
    ) -> tuple[Any, bool]:
        """Return the answer of a handler, and whether it is known to be a legal value.

        It is called twice, the second time with all sets scrambled: the answers must agree, and the state must stay what it was.
        """
        (_, was, state_again), (_, _, move_again) = self._twofold(state), self._twofold(move)
        first = self._asked(doing, call, self.process, state, move)
        if held(self.process) != self._holds:
            raise self._broken(
                "the handler changed what the process holds, which keeps nothing in self; put it into the state", state, doing
            )
        if likeness(state) != was:
            raise self._broken("the handler changed its state in place; return step(new_state) instead", value_of(was), doing)
        with turned() as others:
            second = self._asked(doing, call, self._other, state_again, move_again)
        try:
            identity(first)
        except TypeError:  # as will be said when it is checked
            return first, False
        if not same(first, second) and like(first) != like(second):
            has_sets = others.used or self._other is not self.process or state_again is not state or move_again is not move
            if has_sets and all(like(first) == like(self._asked(doing, call, self.process, state, move)) for _ in range(2)):
                what = f"the order of a set shows: {text(first)}, or {text(second)}; sort a set before you go through it"
                raise self._broken(what, state, doing)
            raise self._broken(f"the handler is not deterministic: {text(first)}, then {text(second)}", state, doing)
        return first, True

    def _twofold(self, value: object) -> tuple[object, Hashable, object]:
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, likeness(value), scrambled(value)
        return known

    def _asked(self, doing: object, call: Callable[[AnyProcess, Any, Any], Any], process: AnyProcess, state: object, move: object) -> Any:
        try:
            return watched(lambda: call(process, state, move))
        except (BrokenLayer, _OneState) as error:
            raise self._broken(str(error), state, doing) from error
        except Exception as error:
            raise self._broken(f"the handler raised {type(error).__name__}: {error}", state, doing) from error

    def _checked(self, outcome: object, legal: bool, doing: object, state: object) -> Step[Any]:
        if outcome is None:
            raise self._broken(
                "the handler returned None, though this input always has an effect; return step(state, *effects)", state, doing
            )
        if not isinstance(outcome, Step):
            raise self._broken(f"the handler returned {outcome!r}; return step(state, *effects), or None for no effect", state, doing)
        if not isinstance(outcome.effects, tuple):
            raise self._broken(f"the effects {outcome.effects!r} are no tuple; return step(state, *effects)", state, doing)
        if not legal:
            for value in (outcome.state, *outcome.effects):
                self._legal(value, state, doing)
        answered: list[Address] = []
        for effect in outcome.effects:
            match effect:
                case Send(to, message):
                    self._participates(to, "sends {} to", message, state, doing)
                    self._declared(message, state, doing)
                case Reply(to, answer):
                    if to not in self.users:
                        raise self._broken(f"answers {text(answer)} to {to}, who can never ask it", state, doing)
                    if to in answered:
                        raise self._broken(f"answers {to} twice in one step; at most one reply to each user", state, doing)
                    answered.append(to)
                    self._declared(answer, state, doing)
                case Announce(event):
                    if isinstance(event, NO_EVENTS):
                        what = f"announces {text(event)}; an event is a class of the spec, and this happens otherwise"
                        raise self._broken(what, state, doing)
                    self._declared(event, state, doing)
                case Deliver(source):
                    self._participates(source, "delivers {} from", effect.message, state, doing)
                case _:
                    raise self._broken(f"effect {effect!r} must be a Send, a Reply, an Announce or a Deliver", state, doing)
        return outcome

    def _legal(self, value: object, state: object, doing: object) -> None:
        try:
            identity(value)
        except TypeError as error:
            raise self._broken(str(error), state, doing) from error

    def _participates(self, who: Address, does: str, message: object, state: object, doing: object) -> None:
        if who not in self.everybody:
            raise self._broken(f"{does.format(text(message))} {who}, who is no process and no Byzantine participant", state, doing)

    def _declared(self, value: object, state: object, doing: object) -> None:
        """Check that the class of what leaves the process is declared in the spec of its stem, or in a shared package.

        What a layer below does is checked as that itself, and what it is asked to carry as if it were sent.
        """
        match value:
            case Below(what) | DeadlineBelow(what) | CompletionBelow(what) | InternalBelow(what):
                self._declared(what, state, doing)
            case Transmit(to, message):
                self._participates(to, "asks the layer below to carry {} to", message, state, doing)
                self._declared(message, state, doing)
        kind: Any = type(value)
        if kind not in self._speaks:
            self._speaks[kind] = any(is_declared(kind, type(layer)) for layer in machines_in(self.process))
        if not self._speaks[kind]:
            what = f"{text(value)} is of class {kind.__module__}.{kind.__name__}; declare what leaves the process in the spec of its stem"
            raise self._broken(f"{what}{_namesake(kind, self.process)}", state, doing)

    def _broken(self, what: str, state: object, doing: object) -> BrokenProcess:
        return BrokenProcess.of(self.address, what, state, doing)


def asked_of(process: AnyProcess, state: Any, move: Handled) -> object:
    """Return what a process makes of a move, asked once and unchecked."""
    match move:
        case Receive(_, source, message) | Forge(_, source, message):
            return process.receive(state, source, message)
        case Ask(_, user, Malformed(request)) | Ask(_, user, request):
            return process.request(state, user, request)
        case Cancel(_, user):
            return process.cancel(state, user)
        case Fire(_, trigger):
            return process.fire(state, trigger)
        case Suspect(_, peer):
            return process.suspect(state, peer)
        case Trust(_, peer):
            return process.trust(state, peer)
        case Tick(_, now) | SetBack(_, now):
            return process.tick(state, now)
        case Recover(_, now):
            recovered = process.recover(state)
            return recovered if now is None or not isinstance(recovered, Step) else recovered.then(lambda up: process.tick(up, now))
        case _:
            assert_never(move)


def _namesake(kind: type, process: AnyProcess) -> str:
    """Say where a process could have meant another class of the same name."""
    module = type(process).__module__
    other = getattr(sys.modules.get(module), kind.__name__, kind)
    return "" if other is kind else f", or import it from one module: {module} has another {kind.__name__}, and two classes are two"


class _OneState(Exception):  # noqa: N818  # it says what was given
    """A state stands where all those are asked for that a crash may leave."""


def _each(left: object, state: object) -> tuple[Any, ...]:
    if left is state or isinstance(left, str) or not isinstance(left, Iterable):
        raise _OneState(f"survives(state) returned {text(left)}; return each state that a crash may leave, such as (state,)")
    return tuple(left)


def _without_order(values: tuple[Any, ...]) -> Hashable:
    return frozenset(map(likeness, values))


@cache
def is_declared(kind: type, process: type) -> bool:
    """Tell whether a class is declared in the spec of the stem of a class of processes, or shared by several stems."""
    module = kind.__module__
    return stem_of(module) in stems(process) or module.startswith(SHARED_BY_ALL) or f".{SHARED}." in module


def stems(kind: type) -> frozenset[str]:
    """Return the stems of a class and of its bases."""
    return frozenset(stem_of(base.__module__) for base in kind.__mro__ if base is not object)


def view_class(process: AnyProcess) -> type:
    """Return the class that `view` is annotated to return; anything but a class is a TypeError."""
    return _view_class_of(type(process))


@cache
def _view_class_of(kind: type[AnyProcess]) -> type:
    try:
        declared = get_type_hints(kind.view).get("return")
    except NameError as error:
        raise MisuseOfType(f"{kind.__name__}.view is annotated with {error.name}, which its module does not define") from error
    if not isinstance(declared, type) or declared is object:
        raise MisuseOfType(f"{kind.__name__}.view must be annotated to return one record class of its spec, not {declared!r}")
    return declared


def request_opens_call(request: object) -> bool:
    """Tell whether a request is answered; one whose class has `answered = False` opens no call."""
    inner = request.request if isinstance(request, Malformed) else request
    return bool(getattr(type(inner), "answered", True))


def legal_requests(requests: Iterable[object]) -> None:
    """Check the requests of scripts as values; a wrong one is a TypeError. Malformed ones may hold anything hashable."""
    for request in requests:
        if not isinstance(request, Malformed):
            try:
                identity(request)
            except TypeError as error:
                raise MisuseOfType(str(error)) from error
