"""Several propose, and all are to accept the same value: each proposer asks all acceptors for their votes, once, and counts.

Two guards are wrong: what makes a majority, and what an acceptor may vote for after it has voted.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Announce,
    Cases,
    Clause,
    Faults,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    at_rest,
    broadcast,
    case,
    sometimes,
)

# ---- what is said


@frozen
class Propose:
    """A user asks that a value be chosen."""

    value: str


@frozen
class Please:
    """A proposer asks an acceptor to vote for a value."""

    value: str


@frozen
class Yes:
    """An acceptor has voted for it."""


@frozen
class Chosen:
    """A majority has voted for a value: the event, and the user's answer."""

    value: str


# ---- what can be seen, what is remembered, and what must hold


@frozen
class Votes:
    """For which value an acceptor has voted, the last time; None before."""

    value: str | None


@frozen
class Heard:
    """How many acceptors a proposer has heard a yes of."""

    votes: int


@frozen
class History:
    """Which values were chosen."""

    chosen: frozenset[str] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        return evolve(self, chosen=self.chosen | {happening.value}) if isinstance(happening, Chosen) else self


@always()
def agreement(seen: Seen[History]) -> Cases:
    """At most one value is chosen."""
    yield case(len(seen.history.chosen) <= 1, chosen=seen.history.chosen)


@at_rest()
def something_is_chosen(seen: Seen[History]) -> Cases:
    """At rest, a value is chosen."""
    yield case(bool(seen.history.chosen), votes=tuple(view.value for view in seen.views(Votes).values()))


@sometimes
def the_second_value_is_chosen(seen: Seen[History]) -> Cases:
    """The value y can be chosen."""
    yield case("y" in seen.history.chosen)


# ---- the machines


@frozen
class Asking:
    """For whom a proposer asks, for which value, and who has said yes; nobody and nothing before."""

    client: Address | None = None
    value: str = ""
    voters: frozenset[Address] = frozenset()


@frozen
class Proposer(Process[Asking, Yes, Propose, None]):
    """Asks all acceptors, once."""

    acceptors: tuple[Address, ...]

    def start(self) -> Step[Asking]:
        """Begin with nothing."""
        return step(Asking())

    def is_majority(self, count: int) -> bool:
        """Tell whether so many votes choose a value."""
        return count >= len(self.acceptors) // 2

    def request(self, state: Asking, client: Address, request: Propose) -> Step[Asking]:
        """Ask all acceptors."""
        return step(Asking(client, request.value), *broadcast(self.acceptors, Please(request.value)))

    def receive(self, state: Asking, source: Address, message: Yes) -> Step[Asking] | None:
        """Count a vote; a value that is chosen is told once."""
        if state.client is None or source in state.voters:
            return None
        heard = evolve(state, voters=state.voters | {source})
        if self.is_majority(len(heard.voters)) and not self.is_majority(len(state.voters)):
            chosen = Chosen(state.value)
            return step(heard, Announce(chosen), Reply(state.client, chosen))
        return step(heard)

    def view(self, state: Asking) -> Heard:
        """Show how many have said yes."""
        return Heard(len(state.voters))


@frozen
class Acceptor(Process[Votes, Please]):
    """Votes; its state is all that it shows."""

    def start(self) -> Step[Votes]:
        """Begin without a vote."""
        return step(Votes(None))

    def may_vote(self, voted: str | None, value: str) -> bool:
        """Tell whether an acceptor that has voted for something, or for nothing yet, may vote for a value."""
        return True

    def receive(self, state: Votes, source: Address, message: Please) -> Step[Votes] | None:
        """Vote, or say nothing."""
        if not self.may_vote(state.value, message.value):
            return None
        return step(self.noted(message.value), Send(source, Yes()))

    def noted(self, value: str) -> Votes:
        """Write a vote down."""
        return Votes(value)

    def view(self, state: Votes) -> Votes:
        """Show the vote."""
        return state


# ---- what is checked

ACCEPTORS = addresses("acceptor", 3)


def system(
    proposer: type[Proposer] = Proposer,
    acceptor: type[Acceptor] = Acceptor,
    *more: Clause,
    values: tuple[str, ...] = ("x", "y"),
    faults: Faults = Faults(),
) -> System[History]:
    """Put three acceptors together with a proposer for each value."""
    names = addresses("proposer", len(values))
    return System(
        {**{name: proposer(ACCEPTORS) for name in names}, **{name: acceptor() for name in ACCEPTORS}},
        History(),
        (agreement, something_is_chosen, the_second_value_is_chosen, *more),
        faults=faults,
        users=tuple(User(Address("user", place), (name,), ((Propose(values[place]),),)) for place, name in enumerate(names)),
    )


SYSTEM = system()
