"""Calls: who asked what, who waits, who was answered. A history folds them in; clauses about answers read them.

An answer is judged when it is given, by an `on_event(Reply)` of the stem, which finds the request in `before.calls.open`.
The functions yield the cases that such stems have in common; the clause, with its sentence and its faults, is the stem's.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from concordant.spec.vocabulary import Address, Call, CancelAsked, Cases, Crashed, Malformed, Map, Reply, Seen, Unheard, case


@frozen
class Calls:
    """A part of a history.

    `open`: the requests that wait for an answer. `answered`: the calls that got one from a process that has not crashed
    since. `unheard`: those to which one came while nobody waited: a second answer, or one to somebody else.
    """

    open: Map[Call, object] = Map()
    answered: frozenset[Call] = frozenset()
    unheard: frozenset[Call] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> Calls:
        """Fold one happening; any but a request, an answer or a crash changes nothing. A crash ends the calls of a process, and what it knows of them."""
        match happening:
            case Reply(user):
                call = Call(user, at)
                return evolve(self, open=self.open.drop(call), answered=self.answered | {call})
            case Unheard(user):
                return evolve(self, unheard=self.unheard | {Call(user, at)})
            case Crashed():
                elsewhere = tuple((call, asked) for call, asked in self.open.items() if call.at != at)
                return evolve(self, open=Map(elsewhere), answered=frozenset(call for call in self.answered if call.at != at))
            case CancelAsked():
                return self
            case _ if by != at and opens_call(happening):
                return evolve(self, open=self.open.put(Call(by, at), happening))
            case _:
                return self

    def others(self, call: Call) -> tuple[Call, ...]:
        """List the open calls of other users at the same process."""
        return tuple(other for other in self.open if other.at == call.at and other != call)


def opens_call(request: object) -> bool:
    """Tell whether a request is answered, as all are whose class does not say `answered = False`."""
    asked = request.request if isinstance(request, Malformed) else request
    return bool(getattr(type(asked), "answered", True))


def answered_once(calls: Calls) -> Cases:
    """Yield the case that nobody was answered but who waited. Not for a process that answers, after a crash, whom it forgot."""
    if calls.answered or calls.unheard:
        yield case(not calls.unheard, unheard=calls.unheard, answered=calls.answered)


def nobody_waits(seen: Seen[object]) -> Cases:
    """Yield the case that every call is answered."""
    yield case(not seen.waiting(), waiting=seen.waiting())


def agree(decisions: Mapping[Address, object]) -> Cases:
    """Yield the case that all who have decided, which is who is not at None, have decided the same; nothing where nobody has."""
    decided = {who: decision for who, decision in decisions.items() if decision is not None}
    if decided:
        yield case(len(set(decided.values())) == 1, decided=tuple(decided.items()))


def final(before: object, after: object) -> Cases:
    """Yield the case that what was decided stays as it is: neither changed nor forgotten. None is not decided yet."""
    if before is not None:
        yield case(after == before, before=before, after=after)
