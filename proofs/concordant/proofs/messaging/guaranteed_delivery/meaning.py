"""Exactly-once delivery: what numbers, in both ends of a link and in messages, mean in the proved model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import z3
from attrs import frozen

from concordant.proofs.kernel.bags_and_maps import is_in
from concordant.proofs.kernel.meaning import ME, WHO, Cast, Meaning, Role, Said, Taken, members, unknown, who
from concordant.proofs.kernel.models import Model, State, Term, exists, forall
from concordant.proofs.kernel.numbers import counted, is_less, line
from concordant.proofs.kernel.symbols import SymbolicClass
from concordant.proofs.messaging.guaranteed_delivery.claim import delivery
from concordant.refimpl.machine import Ask, Fire, Handled, Receive, Step
from concordant.refimpl.messaging.guaranteed_delivery import Link, Linking, Received
from concordant.spec.messaging.guaranteed_delivery import Ack, Confirmed, Data, GivenUp, GiveUp, Resend
from concordant.spec.vocabulary import Address, Announce, Deliver, Send

And, Or, Not, Implies = z3.And, z3.Or, z3.Not, z3.Implies
MODEL = delivery()
CHANNEL, EPOCH, NUMBER, MESSAGE = (MODEL.sorts[name] for name in ("Channel", "Epoch", "Number", "Message"))
COUNT = z3.DeclareSort("Count")
BEFORE = MODEL.state().before
LE, NEXT, IN_ORDER = line(NUMBER)
FEWER, ONE_MORE, COUNTED = line(COUNT)
IS_NODE = z3.Function("is a node", WHO.sort, z3.BoolSort())
channel_of = z3.Function("channel", WHO.sort, WHO.sort, CHANNEL)
EPOCHS = counted("epochs", EPOCH, BEFORE)
NUMBERS = counted("numbers", NUMBER, LE, NEXT)
COUNTS = counted("counts of attempts", COUNT, FEWER, ONE_MORE)
MESSAGES = SymbolicClass(object, "messages", MESSAGE)


@frozen(eq=False)
class Ends(Cast):
    """Two nodes, who are all there are, and how often a message is sent at most; None for ever."""

    attempts: int | None = None


def ends(attempts: int | None) -> Ends:
    """Return the cast of two nodes, of which one is run."""
    names = (ME, *members("node", 1))
    are_all = forall(WHO.sort, lambda x: IS_NODE(x) == Or([x == who(name) for name in names]))
    at_least_one = () if attempts is None else (is_less(FEWER, z3.Const("no attempt", COUNT), COUNTS.term(attempts)),)
    text = "2 nodes" if attempts is None else "2 nodes, with at least one attempt for each message"
    return Ends(text, names, (are_all, *at_least_one), attempts)


class Delivering(Meaning):
    """From whom to whom is the model's channel; epochs, numbers and messages are its own."""

    stem = "guaranteed_delivery"
    domains = (EPOCHS, NUMBERS, COUNTS, MESSAGES)
    by_field: ClassVar = {
        **dict.fromkeys(("Linking.epoch", "Received.epoch", "Data.epoch", "Ack.epoch"), (EPOCHS,)),
        **dict.fromkeys(
            ("Linking.next", "Label.number", "Received.numbers", "Data.number", "Ack.number", "Resend.number", "GiveUp.number"), (NUMBERS,)
        ),
        **dict.fromkeys((f"{name}.message" for name in ("Pending", "Data", "Transmit", "Deliver", "Confirmed", "GivenUp")), (MESSAGES,)),
        "Pending.left": (COUNTS,),
    }
    said = Deliver | Confirmed | GivenUp
    background: ClassVar = {
        "no two channels are one": forall(
            *[WHO.sort] * 4, lambda x, y, v, w: Implies(channel_of(x, y) == channel_of(v, w), And(x == v, y == w))
        ),
        "numbers are in an order": IN_ORDER,
        "so are counts": COUNTED,
    }
    roles = (
        Role(
            Link,
            lambda kind, me, cast: kind(cast.attempts),  # type: ignore[attr-defined]  # noqa: ARG005
            ("send", "begin_anew", "hand_up", "acknowledge", "confirm"),
            (ends(None),),
            lambda _: dict.fromkeys(("Linking.next", "Linking.received", "Linking.outbox"), 1),
            large=(ends(COUNTS.symbol("attempts")),),
            growing=("Linking.outbox",),
        ),
    )

    def make_model(self) -> Model:
        return MODEL

    def state(self, s: State, me: Address, state: Any) -> Said:
        if not isinstance(state, Linking):
            return unknown(state)
        epoch = EPOCHS.term(state.epoch)

        def used(x: Term, y: Term) -> Term:
            """A number was given to somebody, in this epoch."""
            return Or([And(x == who(to), is_less(LE, y, NUMBERS.term(number))) for to, number in state.next.items()])

        pending = [
            And(
                _is_another(label.to, me),
                s.sent(channel_of(who(me), who(label.to)), epoch, NUMBERS.term(label.number), MESSAGES.term(each.message)),
            )
            for label, each in state.outbox.items()
        ]
        return {
            "it has given those numbers in its epoch, and no others": forall(
                WHO.sort, NUMBER, lambda x, y: s.used(channel_of(who(me), x), epoch, y) == used(x, y)
            ),
            "it sends to other nodes": And([_is_another(to, me) for to in state.next]),
            "what is pending has a number that it has given": And([used(who(each.to), NUMBERS.term(each.number)) for each in state.outbox]),
            "what is pending was sent, under its number": And(pending),
            **self.survivor(s, me, state),
        }

    def survivor(self, s: State, me: Address, state: Any) -> Said:
        epoch, known = EPOCHS.term(state.epoch), state.received.items()
        fresh = forall(
            WHO.sort, EPOCH, NUMBER, lambda x, f, y: Implies(is_less(BEFORE, epoch, f), Not(s.used(channel_of(who(me), x), f, y)))
        )

        def nothing(x: Term, f: Term, y: Term) -> Term:
            """Of nobody else it knows that an epoch is over, or remembers a number."""
            heard = Or(s.over(channel_of(x, who(me)), f), s.received(channel_of(x, who(me)), f, y))
            return Implies(And([x != who(source) for source, _ in known]), Not(heard))

        told = [(f"of sender {place}", _remembers(s, channel_of(who(of), who(me)), each)) for place, (of, each) in enumerate(known, 1)]
        return {
            "it has given no number in a later epoch": fresh,
            "it has heard nothing of others": forall(WHO.sort, EPOCH, NUMBER, nothing),
            "it hears from other nodes": And([_is_another(source, me) for source, _ in known]),
            **{f"{sentence} {of}": term for of, said in told for sentence, term in said.items()},
        }

    def message(self, s: State, source: Address, message: Any) -> Said | None:  # one says something only of whom it is sent to
        return None

    def message_to(self, s: State, source: Address, to: Address, message: Any) -> Said | None:
        match message:
            case Data(epoch, number, carried):
                sent = s.sent(channel_of(who(source), who(to)), EPOCHS.term(epoch), NUMBERS.term(number), MESSAGES.term(carried))
                return {"it was sent, under its number": sent, "another node sent it": _is_another(source, to)}
            case Ack(epoch, number):
                given = s.acknowledged(channel_of(who(to), who(source)), EPOCHS.term(epoch), NUMBERS.term(number))
                return {"it was acknowledged": given, "another node sent it": _is_another(source, to)}
            case _:
                return None

    def request(self, s: State, me: Address, request: Any) -> Said:
        return {"it is to be sent to another node": _is_another(request.to, me)}

    def saying(self, s: State, me: Address, what: Any, asked: Any) -> Said | None:
        match what:
            case Deliver(source, message):
                return {"it was handed up": s.handed(channel_of(who(source), who(me)), MESSAGES.term(message))}
            case Confirmed(to, message):
                return {"it is confirmed": s.confirmed(channel_of(who(me), who(to)), MESSAGES.term(message))}
            case GivenUp(to, message):
                was = exists(EPOCH, NUMBER, lambda e, x: s.sent(channel_of(who(me), who(to)), e, x, MESSAGES.term(message)))
                return {"it was sent": was}
            case _:
                return None

    def steps(self, me: Address, before: Any, move: Handled | None, after: Step[Any], cast: Cast) -> Iterator[Taken]:
        match move:
            case Receive(_, source, Data(epoch, number)):
                yield from _taken(me, before, source, EPOCHS.term(epoch), NUMBERS.term(number), after)
            case _:
                pass
        for effect in after.effects:
            match effect:
                case Send(to, Data(epoch, number, message)) if isinstance(move, Ask):
                    of = {"e": EPOCHS.term(epoch), "x": NUMBERS.term(number), "a": MESSAGES.term(message)}
                    yield "send", {"c": channel_of(who(me), who(to)), **of}
                case Announce(Confirmed(to, message)):
                    of = {"e": EPOCHS.term(before.epoch), "x": _number(move), "a": MESSAGES.term(message)}
                    yield "confirm", {"c": channel_of(who(me), who(to)), **of}
                case _:
                    pass

    def may_take(self, process: Term, action: str, arguments: Mapping[str, Term]) -> Term:
        """Who sends, and hears of it, is at one end of a channel; who takes what comes at the other."""
        if action in ("send", "confirm"):
            return exists(WHO.sort, lambda x: arguments["c"] == channel_of(process, x))
        return exists(WHO.sort, lambda x: arguments["c"] == channel_of(x, process))


def _number(move: Handled | None) -> Term:
    """Return the number of which an acknowledgement tells, or a deadline."""
    match move:
        case Receive(_, _, Ack(_, number)):
            return NUMBERS.term(number)
        case Fire(_, (Resend() | GiveUp()) as trigger):
            return NUMBERS.term(trigger.number)
        case _:
            return z3.Const("some number", NUMBER)


def _taken(me: Address, before: Linking, source: Address, epoch: Term, number: Term, after: Step[Any]) -> Iterator[Taken]:
    """Yield what a receiver does with what came from one sender, under this number."""
    c, unknown_sender = channel_of(who(source), who(me)), Received()
    now = after.state.received.get(source, unknown_sender)
    if now.epoch != before.received.get(source, unknown_sender).epoch:
        yield "begin_anew", {"c": c, "e": EPOCHS.term(now.epoch)}
    for effect in after.effects:
        match effect:
            case Deliver(_, message):
                yield "hand_up", {"c": c, "e": epoch, "x": number, "a": MESSAGES.term(message)}
            case Send(to, Ack(told, of)):
                yield "acknowledge", {"c": channel_of(who(to), who(me)), "e": EPOCHS.term(told), "x": NUMBERS.term(of)}
            case _:
                pass


def _is_another(node: Address, me: Address) -> Term:
    return And(IS_NODE(who(node)), who(node) != who(me))


def _remembers(s: State, c: Term, known: Received) -> Said:
    """Say what a receiver knows of a sender: which epochs are over, and of the one that is not, which numbers it was handed up."""
    e = EPOCHS.term(known.epoch)
    return {
        "the epochs before are over": forall(EPOCH, lambda f: s.over(c, f) == is_less(BEFORE, f, e)),
        "those numbers were handed up, of that epoch": forall(
            EPOCH, NUMBER, lambda f, y: s.received(c, f, y) == And(f == e, is_in(NUMBERS, known.numbers, y))
        ),
    }
