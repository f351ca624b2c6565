"""Readers and writers in the order in which they asked: many read at a time, one writes alone (TLA+ `ReadersWriters`)."""

from __future__ import annotations

from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import Cases, Now, Then, Variable, Variables, always, case

Wish = tuple[str, int]
READ, WRITE = "read", "write"


def readers_writers(count: int) -> Model:
    """Return the model with so many actors."""
    actors = tuple(range(1, count + 1))
    reads = Variables("reads", actors, False)
    writes = Variables("writes", actors, False)
    waiting: Variable[tuple[Wish, ...]] = Variable("waiting", ())

    @action(wish=(READ, WRITE), actor=actors)
    def asks(now: Now, then: Then, wish: str, actor: int) -> None:
        if (wish, actor) not in now[waiting]:
            then[waiting] = (*now[waiting], (wish, actor))

    @action()
    def begins(now: Now, then: Then) -> None:
        if now[waiting] and not any(now[writes[actor]] for actor in actors):
            (wish, actor), *others = now[waiting]
            if wish == READ or not any(now[reads[other]] for other in actors):
                then[reads[actor] if wish == READ else writes[actor]] = True
                then[waiting] = tuple(others)

    @action(actor=actors)
    def stops(now: Now, then: Then, actor: int) -> None:
        if now[reads[actor]]:
            then[reads[actor]] = False
        elif now[writes[actor]]:
            then[writes[actor]] = False

    @always()
    def who_writes_is_alone(now: Now) -> Cases:
        """While one writes, nobody else writes, and nobody reads."""
        for actor in actors:
            if now[writes[actor]]:
                yield case(not any(now[reads[other]] or (now[writes[other]] and other != actor) for other in actors), writes=actor)

    return Model((reads, writes, waiting), (asks, begins, stops), (who_writes_is_alone,))
