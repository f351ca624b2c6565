"""The rules of comparison: what an environment can tell of two steps, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from concordant.checks.conform.table import Outcome, Table
from concordant.checks.conform.telling import Supports, Told
from concordant.checks.misuse import BrokenRule
from concordant.checks.semantics.canonical import text
from concordant.spec.vocabulary import Address, Announce, Completion, Deadline, Deliver, Effect, Rejected, Reply, Send, likeness

UNBEARABLE = BrokenRule, ValueError, TypeError, LookupError, AttributeError
"""What a history may raise that does not bear what is announced wrongly."""

E = TypeVar("E", Send, Reply, Announce, Deliver)


@frozen
class Candidate:
    """Where the reference may be: a local state by number, what it has sent so far, and what it has announced or handed up, in order. `apart`: whether that is not to the letter what the implementation has."""

    local: int
    sent: frozenset[Hashable] = frozenset()
    happened: tuple[object, ...] = ()
    apart: bool = False


@frozen
class Heard:
    """What the implementation has sent so far, and what it has announced or handed up, in order."""

    sent: frozenset[Hashable] = frozenset()
    happened: tuple[object, ...] = ()

    def after(self, told: Told) -> Heard:
        """Return it after one more answer."""
        return evolve(self, sent=self.sent | _sent(told.effects), happened=(*self.happened, *_happened(told.effects)))


@frozen
class Difference:
    """Where two steps differ: in what, what the reference does, and what the implementation did."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}; found {self.found}"


@frozen
class Matching:
    """What became of a comparison: the candidates that explain an answer, or else how it differs from the first."""

    candidates: tuple[Candidate, ...]
    quiet: bool = False
    difference: Difference | None = field(default=None)


def compared(table: Table, supports: Supports, before: Sequence[tuple[Candidate, Sequence[Outcome]]], told: Told, heard: Heard) -> Matching:
    """Compare an answer with what each candidate may do. `heard`: of the implementation, this answer included."""
    explaining: dict[Candidate, bool] = {}
    first: Difference | None = None
    found = likeness(told.effects)
    for candidate, outcomes in before:
        for outcome in outcomes:
            if outcome.key == found and outcome.sends is None and not candidate.apart:
                after = Candidate(outcome.local, heard.sent, heard.happened)
            else:
                happened = (*candidate.happened, *_happened(outcome.effects))
                after = Candidate(outcome.local, candidate.sent | _sent(outcome.effects), happened, apart=True)
            differences = list(_differences(table, supports, outcome, after, told, heard))
            told_apart = next((each for each in differences if each is not QUIET), None)
            if told_apart is None:
                # What went out of a step that was cut is known, and is all that the reference has sent by it.
                explaining.setdefault(evolve(after, sent=heard.sent) if outcome.sends is not None else after, bool(differences))
            first = first or told_apart
    if explaining:
        return Matching(tuple(explaining), all(explaining.values()))
    return Matching((), difference=first)


QUIET = Difference("sends", "more", "fewer, which a network that loses messages explains")


def _differences(table: Table, supports: Supports, outcome: Outcome, after: Candidate, told: Told, heard: Heard) -> Iterator[Difference]:
    if told.strange is not None:
        yield Difference("messages", "those of the protocol", told.strange)
    if told.down != (outcome.sends is not None):
        yield Difference("crash", "down" if outcome.sends is not None else "up", "down" if told.down else "up")
        return
    if after.apart:
        yield from _of_effects(table, supports, outcome, after, told, heard)
    if told.down:
        return
    for name, value in told.observed:
        if table.looks(outcome.local, name) != likeness(value):
            yield Difference(f"view.{name}", text(getattr(table.view(outcome.local), name)), text(value))
    if "triggers" in supports.control and table.deadlines(outcome.local) != {likeness(each) for each in told.deadlines}:
        yield Difference("armed", _shown(table.those_armed(outcome.local, Deadline)), _shown(told.deadlines))
    if "outcomes" in supports.exact and table.completions(outcome.local) != {likeness(each) for each in told.outcomes}:
        yield Difference("outcomes", _shown(table.those_armed(outcome.local, Completion)), _shown(told.outcomes))
    if table.goes_on(outcome.local) is not bool(told.own):
        yield Difference("steps of its own", *("one is left" if left else "none is left" for left in (not told.own, told.own)))


def _of_effects(table: Table, supports: Supports, outcome: Outcome, after: Candidate, told: Told, heard: Heard) -> Iterator[Difference]:
    yield from _of_sends(table, supports, outcome, after, told, heard)
    if outcome.sends is None:
        told_as = _exactly if "reasons" in supports.exact else by_class
        yield from _of_bags("replies", *(map(told_as, _those(each, Reply)) for each in (outcome.effects, told.effects)))
    elif next(_those(told.effects, Reply), None) is not None:
        yield Difference("replies", "none in a step that a crash cuts short", _shown(_those(told.effects, Reply)))
    yield from _of_bags("deliveries", _those(outcome.effects, Deliver), _those(told.effects, Deliver))
    if unexpected := _unexpected(table.judged, outcome.effects, told.effects):
        yield Difference("announcements", _shown(_happened(outcome.effects)), _shown(unexpected))
    elif not _same_history(table, after.happened, heard.happened):
        what = (
            "announcements" if any(_those(outcome.effects, Announce)) or any(_those(told.effects, Announce)) else "the order of deliveries"
        )
        yield Difference(what, _shown(_happened(outcome.effects)), _shown(_happened(told.effects)))
    elif "order" in supports.exact and outcome.sends is None and _arranged(outcome.effects) != _arranged(told.effects):
        yield Difference("the order of effects", _shown(outcome.effects), _shown(told.effects))


def _of_sends(table: Table, supports: Supports, outcome: Outcome, after: Candidate, told: Told, heard: Heard) -> Iterator[Difference]:
    """Compare sends as the network keeps them: by destination in order, as a bag, or as the set of all that was ever sent."""
    expected, found = list(_those(outcome.effects, Send)), list(_those(told.effects, Send))
    network = table.network
    may_be_lost = network.losses != 0 and "sends" not in supports.exact
    if outcome.sends is not None:
        known = Counter(map(likeness, expected))
        if Counter(map(likeness, found)) - known or len(found) > outcome.sends:
            yield Difference("sends", f"{min(outcome.sends, len(expected))} of {_shown(expected)}", _shown(found))
        elif len(found) < min(outcome.sends, len(expected)) and not network.duplicating:
            yield QUIET if may_be_lost else Difference("sends", f"{outcome.sends} of {_shown(expected)}", _shown(found))
        return
    if network.duplicating:
        fewer, more = after.sent - heard.sent, heard.sent - after.sent
        same, weaker = not fewer and not more, not more
    elif network.fifo:
        destinations = dict.fromkeys(send.to for send in (*expected, *found))
        orders = [([s for s in expected if s.to == to], [s for s in found if s.to == to]) for to in destinations]
        same = all(_keys(one) == _keys(other) for one, other in orders)
        weaker = all(_is_subsequence(_keys(other), _keys(one)) for one, other in orders)
    else:
        bags = Counter(_keys(expected)), Counter(_keys(found))
        same, weaker = bags[0] == bags[1], not bags[1] - bags[0]
    if not same:
        yield QUIET if weaker and may_be_lost else Difference("sends", _shown(expected), _shown(found))


def _of_bags(what: str, expected: Iterable[object], found: Iterable[object]) -> Iterator[Difference]:
    expected, found = list(expected), list(found)
    if Counter(map(likeness, expected)) != Counter(map(likeness, found)):
        yield Difference(what, _shown(expected), _shown(found))


def _same_history(table: Table, expected: Sequence[object], found: Sequence[object]) -> bool:
    """Tell whether two sequences of what was announced and handed up leave one history, as equal ones do, also where requests are missing to fold them."""
    if _keys(expected) == _keys(found):
        return True
    try:
        return likeness(folded(table, expected)) == likeness(folded(table, found))
    except UNBEARABLE:
        return False


def folded(table: Table, events: Sequence[object]) -> tuple[object, ...]:
    """Return the histories that a sequence of announcements leaves, of each that some system of a table has."""
    histories = tuple(table.histories.values())
    for event in events:
        histories = tuple(history.after(table.at, table.at, event) for history in histories)
    return histories


def _unexpected(judged: tuple[type, ...], expected: Sequence[Effect], found: Sequence[Effect]) -> list[object]:
    """List events that clauses judge as they happen, and that the step of the reference has not, or not as often, though the history may be the same."""
    left = Counter(likeness(each) for each in _those(expected, Announce))
    unexpected: list[object] = []
    for each in _those(found, Announce):
        left[likeness(each)] -= 1
        if isinstance(each.event, judged) and left[likeness(each)] < 0:
            unexpected.append(each.event)
    return unexpected


def _arranged(effects: Sequence[Effect]) -> list[tuple[Hashable, Counter[Hashable]]]:
    """Return each announcement with what else was done before it in the step, in any order."""
    return [
        (likeness(effect), Counter(likeness(each) for each in effects[:place] if not isinstance(each, Announce)))
        for place, effect in enumerate(effects)
        if isinstance(effect, Announce)
    ]


def _exactly(reply: Reply) -> Reply:
    return reply


def by_class(reply: Reply) -> Reply:
    """Return a reply by which replies are compared: of a rejection, who is rejected and not for which reason."""
    return Reply(reply.to, Rejected("")) if isinstance(reply.answer, Rejected) else reply


def _those(effects: Iterable[Effect], kind: type[E]) -> Iterator[E]:
    return (effect for effect in effects if isinstance(effect, kind))


def _sent(effects: Iterable[Effect]) -> frozenset[Hashable]:
    return frozenset(likeness(effect) for effect in effects if isinstance(effect, Send))


def _happened(effects: Iterable[Effect]) -> tuple[object, ...]:
    """Return what a history hears of effects beside sends and replies, in order."""
    return tuple(effect.event if isinstance(effect, Announce) else effect for effect in effects if isinstance(effect, Announce | Deliver))


def _keys(effects: Iterable[object]) -> list[Hashable]:
    return [likeness(effect) for effect in effects]


def _is_subsequence(short: Sequence[Hashable], long: Sequence[Hashable]) -> bool:
    rest = iter(long)
    return all(each in rest for each in short)


def _shown(values: Iterable[object]) -> str:
    return ", ".join(_one(value) for value in values) or "none"


def _one(value: object) -> str:
    match value:
        case Send(Address() as to, message):
            return f"{text(message)} to {to}"
        case Reply(Address() as to, answer):
            return f"{text(answer)} to {to}"
        case Deliver(Address() as source, message):
            return f"{text(message)} from {source}"
        case Announce(event):
            return text(event)
        case _:
            return text(value)


def answered_in_order(effects: tuple[Effect, ...], expected: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Return effects with the replies to the clients in the order in which the reference answers them: within a step it is not compared."""
    place = {client: number for number, client in enumerate(dict.fromkeys(each.to for each in expected if isinstance(each, Reply)))}
    replies = iter(sorted((each for each in effects if isinstance(each, Reply)), key=lambda reply: place.get(reply.to, len(place))))
    return tuple(next(replies) if isinstance(each, Reply) else each for each in effects)
