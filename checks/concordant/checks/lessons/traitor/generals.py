"""One general sends an order to the others, and one of them all may be a traitor, who says anything to anybody. Two guards are wrong.

Each echoes the order that it has heard of the first, and obeys an order that enough have echoed.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Byzantine, Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    Fault,
    Map,
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
class Command:
    """A user has the first general give an order. It is not answered: what comes of it is what the others do."""

    answered = False
    order: str


@frozen
class Order:
    """The first general says what is to be done."""

    order: str


@frozen
class Echo:
    """A general says what it has heard of the first."""

    order: str


# ---- what can be seen, what is remembered, and what must hold


@frozen
class Does:
    """Which order a general that is no traitor has echoed, the last time, and which it obeys; None before."""

    echoed: str | None
    obeys: str | None


@frozen
class History:
    """Which orders a first general that is no traitor was to give."""

    given: frozenset[str] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:
        """Fold one happening."""
        return evolve(self, given=self.given | {happening.order}) if isinstance(happening, Command) else self


@always(under=Fault.BYZANTINE)
def agreement(seen: Seen[History]) -> Cases:
    """No two obey different orders, whoever is the traitor."""
    obeyed = {does.obeys for does in seen.views(Does).values()} - {None}
    if obeyed:
        yield case(len(obeyed) == 1, obeyed=frozenset(obeyed))


@at_rest(under=Fault.BYZANTINE)
def what_is_ordered_is_done(seen: Seen[History]) -> Cases:
    """At rest all obey what the first general has ordered, if that is no traitor."""
    for order in sorted(seen.history.given):
        yield case(all(does.obeys == order for does in seen.views(Does).values()), order=order)


@sometimes
def an_order_is_obeyed(seen: Seen[History]) -> Cases:
    """All that are no traitors can come to obey an order."""
    yield case(all(does.obeys is not None for does in seen.views(Does).values()))


# ---- the machine


@frozen
class Listening:
    """What a general has echoed, who has echoed what to it, itself among them, and what it obeys."""

    echoed: str | None = None
    echoes: Map[Address, str] = Map()
    obeys: str | None = None


@frozen
class General(Process[Listening, Order | Echo, Command]):
    """Echoes, counts, and obeys. `others`: all that are no traitors. `generals`: how many there are, of whom one may be a traitor.

    `enough`: how many echoes it takes to obey, if that is not what it takes for a quorum.
    """

    me: Address
    others: tuple[Address, ...]
    generals: int
    enough: int | None

    def quorum(self, generals: int, traitors: int) -> int:
        """Say how many of so many generals are enough, of whom so many may be traitors."""
        return generals // 2

    def start(self) -> Step[Listening]:
        """Begin with nothing."""
        return step(Listening())

    def believes(self, source: Address) -> bool:
        """Tell whether an order is heeded, by who sends it."""
        return source.role == FIRST.role

    def request(self, state: Listening, client: Address, request: Command) -> Step[Listening]:
        """Give an order."""
        told = self.echo(state, request.order)
        return Step(told.state, (*broadcast(self.others, Order(request.order)), *told.effects))

    def receive(self, state: Listening, source: Address, message: Order | Echo) -> Step[Listening] | None:
        """Echo what the first general says, and count what all echo."""
        match message:
            case Order(order):
                return self.echo(state, order) if self.me != FIRST and state.echoed is None and self.believes(source) else None
            case Echo(order):
                return step(self.counted(state, source, order)) if state.obeys is None and source not in state.echoes else None

    def echo(self, state: Listening, order: str) -> Step[Listening]:
        """Tell all others, and count oneself."""
        return step(self.counted(evolve(state, echoed=order), self.me, order), *broadcast(self.others, Echo(order)))

    def counted(self, state: Listening, source: Address, order: str) -> Listening:
        """Note an echo, and obey what enough have echoed."""
        heard = evolve(state, echoes=state.echoes.put(source, order))
        return evolve(heard, obeys=order) if state.obeys is None and self.is_enough(heard.echoes, order) else heard

    def is_enough(self, echoes: Map[Address, str], order: str) -> bool:
        """Tell whether enough have echoed an order."""
        return self.are_enough(sum(echoed == order for echoed in echoes.values()))

    def are_enough(self, count: int) -> bool:
        """Tell whether so many echoes are enough."""
        return count >= (self.quorum(self.generals, 1) if self.enough is None else self.enough)

    def view(self, state: Listening) -> Does:
        """Show what is echoed and obeyed."""
        return Does(state.echoed, state.obeys)


# ---- what is checked

FIRST = Address("general")
"""Who gives orders: everybody knows it."""
ORDERS = ("attack", "retreat")


def lies(liar: Address, honest: tuple[Address, ...]) -> tuple[Send, ...]:
    """Say what a traitor may say to the others: not all that it might, and enough to do harm.

    The first tells the next general to attack, the last to retreat, and those between either; it echoes the attack to all, and the
    retreat to the last. Another orders a retreat, as if it were the first, and echoes it.
    """
    attack, retreat = ORDERS
    if liar != FIRST:
        return (*broadcast(honest, Order(retreat)), *broadcast(honest, Echo(retreat)))
    orders = (*broadcast(honest[:-1], Order(attack)), *broadcast(honest[1:], Order(retreat)))
    return (*orders, *broadcast(honest, Echo(attack)), *broadcast(honest[-1:], Echo(retreat)))


def system(
    general: type[General] = General, *more: Clause, generals: int = 4, traitor: int = 0, enough: int | None = None
) -> System[History]:
    """Put so many generals together, of which one is a traitor, by its place; the first has place 0, and otherwise orders an attack.

    `enough`: how many echoes it takes to obey; by default what the generals take for a quorum.
    """
    everybody = addresses("general", generals)
    liar = everybody[traitor]
    honest = tuple(name for name in everybody if name != liar)
    of_the_first = () if liar == FIRST else (what_is_ordered_is_done,)
    return System(
        {name: general(name, tuple(other for other in honest if other != name), generals, enough) for name in honest},
        History(),
        (agreement, *of_the_first, an_order_is_obeyed, *more),
        users=() if liar == FIRST else (User(Address("user"), (FIRST,), ((Command(ORDERS[0]),),)),),
        byzantine=(Byzantine(liar, lambda _: lies(liar, honest)),),
    )


SYSTEM = system()
