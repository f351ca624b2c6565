"""Byzantine participants: what they may have received, as moves."""

from __future__ import annotations

from collections.abc import Hashable
from operator import itemgetter
from typing import Any

from attrs import define, field

from concordant.checks.semantics.canonical import Key, order_key, text
from concordant.checks.semantics.rows import BrokenSystem
from concordant.checks.semantics.scrambling import scrambled
from concordant.checks.semantics.turning import turned
from concordant.checks.semantics.watching import watched
from concordant.refimpl.machine import Byzantine, Forge
from concordant.spec.vocabulary import Address, Send, likeness


@define(eq=False, repr=False)
class Liars:
    """The Byzantine participants of a system. One send is one move, whatever the history, so that rows are found at once."""

    liars: tuple[Byzantine[Any], ...]
    processes: frozenset[Address]
    _forges: dict[tuple[Address, Hashable], tuple[Key, Forge]] = field(factory=dict, init=False)
    """By liar and send: where the move comes among others, and the move."""

    def forgeries(self, history: object) -> tuple[Forge, ...]:
        """Return what they may have received, given what happened."""
        return tuple(forge for liar in self.liars for forge in self._forged(liar, history))

    def _forged(self, liar: Byzantine[Any], history: object) -> list[Forge]:
        """Return the distinct moves that a Byzantine participant chooses from, in the order of the content of its sends."""
        try:
            sends = _chosen_from(liar, history)
            with turned():
                again = _chosen_from(liar, scrambled(history))
        except Exception as error:
            raise BrokenSystem(
                f"what {liar.address} may send raised {type(error).__name__}: {error}\n  history: {text(history)}"
            ) from error
        if sends.keys() != again.keys():
            raise BrokenSystem(
                f"what {liar.address} may send is otherwise when it is asked again: {text(tuple(sends.values()))}, then {text(tuple(again.values()))}\n  history: {text(history)}"
            )
        for key, send in sends.items():
            if key not in self._forges:
                if not isinstance(send, Send):
                    raise BrokenSystem(f"what {liar.address} may send includes {text(send)}; list sends, such as Send(to, message)")
                if send.to not in self.processes:
                    raise BrokenSystem(f"{liar.address} may send {text(send.message)} to {send.to}, which is no process of the system")
                self._forges[key] = order_key(send), Forge(send.to, liar.address, send.message)
        return [forge for _, forge in sorted(map(self._forges.__getitem__, sends), key=itemgetter(0))]


def _chosen_from(liar: Byzantine[Any], history: object) -> dict[tuple[Address, Hashable], Any]:
    return {(liar.address, _named(send)): send for send in watched(lambda: tuple(liar.may_send(history)))}


def _named(send: object) -> Hashable:
    named = likeness(send)
    try:
        hash(named)
    except TypeError:
        order_key(send)  # which says what it is that may not be in a message
        raise
    return named
