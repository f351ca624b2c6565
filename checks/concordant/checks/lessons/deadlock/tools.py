"""Agents need two tools each, of which there is one of a kind; each tool is lent by a shelf of its own. Two guards of the agents are wrong.

An agent asks for one tool after the other, works once it has both, and gives both back.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.vocabulary import (
    Address,
    Cases,
    Clause,
    NoHistory,
    Reply,
    Seen,
    Send,
    addresses,
    always,
    at_rest,
    case,
    sometimes,
)

# ---- what is said


@frozen
class Work:
    """A user lets its agent work with some tools."""

    tools: tuple[str, ...]


@frozen
class Done:
    """The work is done."""


@frozen
class Take:
    """An agent asks a shelf for its tool."""


@frozen
class Taken:
    """The agent has it."""

    tool: str


@frozen
class Back:
    """An agent gives the tool back."""


# ---- what can be seen, and what must hold


@frozen
class Hands:
    """Which tools an agent has, and for which it waits; None where it waits for none."""

    has: tuple[str, ...]
    waits: str | None


@frozen
class Lent:
    """To whom a shelf has lent its tool, and who waits for it."""

    to: Address | None = None
    waiting: tuple[Address, ...] = ()


@always()
def no_tool_is_in_two_hands(seen: Seen[NoHistory]) -> Cases:
    """No tool is had by two agents."""
    tools = [tool for hands in seen.views(Hands).values() for tool in hands.has]
    yield case(len(tools) == len(set(tools)), tools=tuple(tools))


@at_rest()
def everybody_is_done(seen: Seen[NoHistory]) -> Cases:
    """At rest no user waits, and no tool is lent."""
    lent = tuple(shelf for shelf, view in seen.views(Lent).items() if view.to is not None)
    yield case(not seen.waiting() and not lent, waiting=seen.waiting(), lent=lent)


@sometimes
def somebody_waits_with_a_tool(seen: Seen[NoHistory]) -> Cases:
    """An agent has a tool, and waits for another that is lent: so tools are shared."""
    lent = {view.to for view in seen.views(Lent).values() if view.waiting}
    yield case(any(hands.has and hands.waits for hands in seen.views(Hands).values()) and bool(lent))


# ---- the machines


@frozen
class Working:
    """For whom an agent works, what it needs yet, the next first, and what it has; nobody and nothing before."""

    user: Address | None = None
    needs: tuple[str, ...] = ()
    has: tuple[str, ...] = ()


@frozen
class Agent(Process[Working, Taken, Work, None]):
    """Takes tools, works, and gives them back."""

    def start(self) -> Step[Working]:
        """Begin with empty hands."""
        return step(Working())

    def in_order(self, tools: tuple[str, ...]) -> tuple[str, ...]:
        """Say in which order tools are taken."""
        return tools

    def gives_back(self, has: tuple[str, ...]) -> tuple[str, ...]:
        """Say which tools are given back when the work is done."""
        return has[-1:]

    def request(self, state: Working, client: Address, request: Work) -> Step[Working]:
        """Ask for the first tool."""
        needs = self.in_order(request.tools)
        return step(Working(client, needs), Send(shelf(needs[0]), Take()))

    def receive(self, state: Working, source: Address, message: Taken) -> Step[Working]:
        """Ask for the next tool, or work and give back."""
        has, needs = (*state.has, message.tool), state.needs[1:]
        if needs or state.user is None:
            return step(evolve(state, has=has, needs=needs), Send(shelf(needs[0]), Take()))
        back = self.gives_back(has)
        left = tuple(tool for tool in has if tool not in back)
        return step(Working(has=left), Reply(state.user, Done()), *(Send(shelf(tool), Back()) for tool in back))

    def view(self, state: Working) -> Hands:
        """Show what it has, and for what it waits."""
        return Hands(state.has, state.needs[0] if state.needs else None)


@frozen
class Shelf(Process[Lent, Take | Back]):
    """Lends its tool to one agent after the other; its state is all that it shows."""

    tool: str

    def start(self) -> Step[Lent]:
        """Begin with the tool."""
        return step(Lent())

    def receive(self, state: Lent, source: Address, message: Take | Back) -> Step[Lent]:
        """Lend, or let wait."""
        match message:
            case Take() if state.to is not None:
                return step(evolve(state, waiting=(*state.waiting, source)))
            case Take():
                return step(Lent(source), Send(source, Taken(self.tool)))
            case Back():
                first, rest = state.waiting[:1], state.waiting[1:]
                return step(Lent(first[0] if first else None, rest), *(Send(each, Taken(self.tool)) for each in first))

    def view(self, state: Lent) -> Lent:
        """Show all."""
        return state


# ---- what is checked


def shelf(tool: str) -> Address:
    """Name the shelf of a tool."""
    return Address(f"{tool}_shelf")


TWO = (("saw", "drill"), ("drill", "saw"))
"""Two agents that need the same tools, and name them in opposite orders."""
ROUND = (("drill", "plane"), ("plane", "saw"), ("saw", "drill"))
"""Three agents, each of which shares one tool with each of the others."""


def system(
    agent: type[Agent] = Agent, *more: Clause, works: tuple[tuple[str, ...], ...] = TWO, agents: tuple[type[Agent], ...] = ()
) -> System[NoHistory]:
    """Put agents and the shelves of the tools that they need together."""
    names = addresses("agent", len(works))
    kinds = agents or tuple(agent for _ in works)
    tools = sorted({tool for work in works for tool in work})
    return System(
        {**{name: kind() for name, kind in zip(names, kinds, strict=True)}, **{shelf(tool): Shelf(tool) for tool in tools}},
        NoHistory(),
        (no_tool_is_in_two_hands, everybody_is_done, somebody_waits_with_a_tool, *more),
        users=tuple(User(Address("user", place), (name,), ((Work(works[place]),),)) for place, name in enumerate(names)),
    )


SYSTEM = system()
