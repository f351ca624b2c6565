"""FIFO order: what the states and messages of the shipped code, and what it hands up and reports, mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import counted, is_less
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.messaging.fifo_ordering.claim import fifo
from concordant.refimpl.machine import Ask, Handled, Step
from concordant.refimpl.messaging.fifo_ordering import Conversation, Impatient, Numbering
from concordant.spec.messaging.fifo_ordering import Gap, Numbered
from concordant.spec.vocabulary import Address, Announce, Deliver, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = fifo()
CHANNEL, EPOCH, NUMBER, MESSAGE = (MODEL.sorts[name] for name in ("Channel", "Epoch", "Number", "Message"))
BEFORE, LE = MODEL.state().before, MODEL.state().le
IS_NODE = z3.Function("is a node", WHO.sort, z3.BoolSort())
channel_of = z3.Function("channel", WHO.sort, WHO.sort, CHANNEL)


EPOCHS, NUMBERS = counted("epochs", EPOCH, BEFORE), counted("numbers", NUMBER, LE)
MESSAGES = SymbolicClass(object, "messages", MESSAGE)


@frozen(eq=False)
class Nodes(Cast):
    """So many nodes, who are all there are, with room for so many messages that came early."""

    room: int = 1


def nodes(count: int, room: int) -> Nodes:
    """Return the cast of so many nodes, of which one is run, with so much room."""
    names = (ME, *members("node", count - 1))
    are_all = forall(WHO.sort, lambda x: IS_NODE(x) == Or([x == who(name) for name in names]))
    return Nodes(f"{count} node{'s' * (count > 1)} with room for {room}", names, (are_all,), room)


class Conversing(Meaning):
    """From whom to whom is the model's channel; epochs and numbers are its own, of which one more is the next."""

    stem = "fifo_ordering"
    domains = (EPOCHS, NUMBERS, MESSAGES)
    by_field: ClassVar = {
        **dict.fromkeys(("Numbering.epoch", "Conversation.epoch", "Numbered.epoch", "Gap.epoch"), (EPOCHS,)),
        **dict.fromkeys(("Numbering.next", "Conversation.expected", "Numbered.number", "Gap.number"), (NUMBERS,)),
        "Conversation.held": (NUMBERS, MESSAGES),
        **dict.fromkeys(("Numbered.message", "Transmit.message", "Deliver.message"), (MESSAGES,)),
    }
    said = Gap | Deliver
    background: ClassVar = {
        "no two channels are one": forall(
            *[WHO.sort] * 4, lambda x, y, v, w: Implies(channel_of(x, y) == channel_of(v, w), And(x == v, y == w))
        ),
    }
    roles = (
        Role(
            Impatient,
            lambda kind, me, cast: kind(cast.room),  # type: ignore[attr-defined]  # noqa: ARG005
            ("send", "begin_anew", "hold", "hand_up", "report"),
            (nodes(2, 1),),
            lambda cast: {
                "Numbering.next": len(cast.members) - 1,
                "Numbering.conversations": len(cast.members) - 1,
                "Conversation.held": cast.room,  # type: ignore[attr-defined]
            },
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Numbering):
            return unknown(state)
        epoch = EPOCHS.term(state.epoch)

        def used(x: Term, y: Term) -> Term:
            """A number was given to somebody, in this epoch."""
            return Or([And(x == who(to), is_less(LE, y, NUMBERS.term(number))) for to, number in state.next.items()])

        given = forall(WHO.sort, NUMBER, lambda x, y: s.used(channel_of(who(me), x), epoch, y) == used(x, y))
        return {
            "it has given those numbers in its epoch, and no others": given,
            "it sends to other nodes": And([_is_another(to, me) for to in state.next]),
            **self.survivor(s, me, state),
        }

    def survivor(self, s: State, me: Address, state: Any) -> Said:
        epoch, known = EPOCHS.term(state.epoch), state.conversations.items()

        def is_other(x: Term) -> Term:
            return And([x != who(source) for source, _ in known])

        fresh = forall(
            WHO.sort, EPOCH, NUMBER, lambda x, f, y: Implies(is_less(BEFORE, epoch, f), Not(s.used(channel_of(who(me), x), f, y)))
        )
        nothing = forall(
            WHO.sort, EPOCH, NUMBER, MESSAGE, lambda x, f, y, a: Implies(is_other(x), _has_nothing(s, channel_of(x, who(me)), f, y, a))
        )
        heard = [(f"of sender {place}", _received(s, channel_of(who(of), who(me)), each)) for place, (of, each) in enumerate(known, 1)]
        return {
            "it has given no number in a later epoch": fresh,
            "it has heard nothing of others": nothing,
            "it hears from other nodes": And([_is_another(source, me) for source, _ in known]),
            **{f"{sentence} {of}": term for of, said in heard for sentence, term in said.items()},
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # one says something only of whom it is sent to
        return None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        match message:
            case Numbered(epoch, number, carried):
                sent = s.sent(channel_of(who(source), who(to)), EPOCHS.term(epoch), NUMBERS.term(number), MESSAGES.term(carried))
                return {"it was sent, under its number": sent, "another node sent it": _is_another(source, to)}
            case _:
                return None

    def request(self, s: State, me: Address, request: Any) -> Said:
        return {"it is to be sent to another node": _is_another(request.to, me)}

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what:
            case Deliver(source, message):
                return {"it was handed up": s.handed(channel_of(who(source), who(me)), MESSAGES.term(message))}
            case Gap(source, epoch, number):
                gap = s.gap(channel_of(who(source), who(me)), EPOCHS.term(epoch), NUMBERS.term(number))
                return {"it is missing": gap}
            case _:
                return None

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        for effect in after.effects:
            match effect:
                case Send(to, Numbered(epoch, number, message)):
                    of = {"e": EPOCHS.term(epoch), "x": NUMBERS.term(number), "a": MESSAGES.term(message)}
                    yield "send", {"c": channel_of(who(me), who(to)), **of}
                case _:
                    pass
        if before is None or isinstance(move, Ask):
            return
        for source, now in after.state.conversations.items():
            was = before.conversations.get(source, Conversation())
            if now != was:
                yield from _steps_of(channel_of(who(source), who(me)), was, now, source, after)

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        """Who sends is at one end of a channel, who takes what comes at the other."""
        if action == "send":
            return exists(WHO.sort, lambda x: arguments["c"] == channel_of(process, x))
        return exists(WHO.sort, lambda x: arguments["c"] == channel_of(x, process))


def _is_another(node: Address, me: Address) -> Term:
    return And(IS_NODE(who(node)), who(node) != who(me))


def _has_nothing(s: State, c: Term, f: Term, y: Term, a: Term) -> Term:
    return Not(Or(s.over(c, f), s.passed(c, f, y), s.held(c, f, y, a), s.gap(c, f, y)))


def _received(s: State, c: Term, known: Conversation) -> Said:
    """Say what a receiver knows of a sender."""
    e, expected = EPOCHS.term(known.epoch), NUMBERS.term(known.expected)
    held = [(NUMBERS.term(number), MESSAGES.term(message)) for number, message in known.held.items()]
    gap = s.gap(c, e, expected) if known.closed else forall(NUMBER, lambda y: Not(s.gap(c, e, y)))
    return {
        "the epochs before are over": forall(EPOCH, lambda f: s.over(c, f) == is_less(BEFORE, f, e)),
        "what is below was handed up": forall(NUMBER, lambda y: s.passed(c, e, y) == is_less(LE, y, expected)),
        "those are held": forall(
            NUMBER, MESSAGE, lambda y, a: s.held(c, e, y, a) == Or([And(y == number, a == message) for number, message in held])
        ),
        "it is closed by a gap, or there is none": gap,
        "none was reported of later epochs": forall(EPOCH, NUMBER, lambda f, y: Implies(is_less(BEFORE, e, f), Not(s.gap(c, f, y)))),
    }


def _steps_of(c: Term, was: Conversation, now: Conversation, source: Address, after: Step[Any]) -> Iterator[Taken]:
    """Yield what a receiver has done with what came from one sender."""
    announced = [each.event for each in after.effects if isinstance(each, Announce)]
    reported = [event for event in announced if isinstance(event, Gap) and event.source == source]
    begins = now.epoch != was.epoch
    gaps = [(gap.epoch == was.epoch, {"c": c, "e": EPOCHS.term(gap.epoch), "x": NUMBERS.term(gap.number)}) for gap in reported]
    yield from (("report", gap) for is_of_before, gap in gaps if is_of_before)
    e, next = EPOCHS.term(now.epoch), 0 if begins else was.expected
    if begins:
        yield "begin_anew", {"c": c, "e": e}
    for effect in after.effects:
        if isinstance(effect, Deliver) and effect.source == source:
            yield "hand_up", {"c": c, "e": e, "x": NUMBERS.term(next), "a": MESSAGES.term(effect.message)}
            next = next + 1
    for number, message in now.held.items():
        if begins or number not in was.held:
            yield "hold", {"c": c, "e": e, "x": NUMBERS.term(number), "a": MESSAGES.term(message)}
    yield from (("report", gap) for is_of_before, gap in gaps if not is_of_before)
