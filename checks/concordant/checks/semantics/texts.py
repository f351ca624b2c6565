"""Moves and what happens in them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.rows import Happening
from concordant.refimpl.machine import Act, Ask, Cancel, Crash, Fire, Forge, Lose, Move, Receive, Recover, SetBack, Suspect, Tick, Trust
from concordant.spec.vocabulary import (
    Address,
    Below,
    Completion,
    Crashed,
    Deliver,
    Recovered,
    Reply,
    Send,
    Suspected,
    Ticked,
    Transmit,
    Trusted,
    Unheard,
)


def move_text(move: Move) -> str:
    """Say who does what."""
    match move:
        case Receive(at, source, message):
            return f"{at} receives {text(message)} from {source}"
        case Ask(at, user, request):
            return f"{user} asks {at}: {text(request)}"
        case Cancel(at, user):
            return f"{user} cancels its call of {at}"
        case Fire(_, Act() as act):
            return str(act)
        case Fire(at, trigger):
            return f"{at}: {text(trigger)}"
        case Suspect(at, peer):
            return f"{at} suspects {peer}"
        case Trust(at, peer):
            return f"{at} trusts {peer} again"
        case Tick(at, now):
            return f"the clock of {at} shows {now}"
        case SetBack(at, now):
            return f"the clock of {at} is set back to {now}"
        case Recover(at, None):
            return f"{at} recovers"
        case Recover(at, now):
            return f"{at} recovers; its clock shows {now}"
        case Lose(source, to, message):
            return f"the network loses {text(message)} from {source} to {to}"
        case Forge(at, by, message):
            return f"{by} forges {text(message)} to {at}"
        case Crash(at, survivor, during, sends):
            cut = "" if during is None else f" after {sends} of the sends of: {move_text(during)}"
            return f"{at} crashes{cut}; {text(survivor)} survives"
        case _:
            assert_never(move)


def effect_texts(happenings: Iterable[Happening]) -> tuple[str, ...]:
    """Say what else happened in a move: sends of one message together, answers, announcements."""
    lines: dict[str, list[Address]] = {}
    for at, by, what in happenings:
        if by != at:  # the request, or that its cancellation was asked: the move says so
            continue
        match what:
            case Send(to, message):
                lines.setdefault(f"sends {text(message)} to", []).append(to)
            case Reply(to, answer):
                lines[f"answers {to}: {text(answer)}"] = []
            case Unheard(to, answer):
                lines[f"answers {to}, who no longer waits: {text(answer)}"] = []
            case Crashed() | Recovered() | Suspected() | Trusted() | Ticked() | Completion():  # the move says so
                pass
            case Deliver(source, message):
                lines[f"delivers {text(message)} from {source}"] = []
            case Below():
                lines[_below(what)] = []
            case event:
                lines[f"announces {text(event)}"] = []
    return tuple(f"{line} {', '.join(map(str, to))}" if to else line for line, to in lines.items())


def _below(happening: Below) -> str:
    """Say what happens in a layer below; *further below* for each layer that is between."""
    where, what = "below", happening.what
    while isinstance(what, Below):
        where, what = f"further {where}", what.what
    match what:
        case Transmit(to, message):
            return f"{where}: is asked to carry {text(message)} to {to}"
        case Deliver(source, message):
            return f"{where}: delivers {text(message)} from {source}"
        case _:
            return f"{where}: announces {text(what)}"
