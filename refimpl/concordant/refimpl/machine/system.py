"""A system puts processes, users and an environment together; with its scripts and allowances it is a scope to explore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import field, frozen

from concordant.refimpl.machine.moves import Fire, Move, Receive
from concordant.refimpl.machine.process import AnyProcess, Process
from concordant.refimpl.machine.stacks import layers_of
from concordant.spec.vocabulary import (
    Address,
    AtRest,
    Clause,
    Clocks,
    Deadline,
    Faults,
    History,
    Malformed,
    Network,
    Seen,
    Send,
    require_distinct,
)

H = TypeVar("H", bound=History)


@frozen
class User:
    """A sequential client. `at`: the processes that it may ask.

    Each place of the script lists alternative requests. While fewer than `outstanding` of its calls are open the user may
    ask the next place of one process; the place is then spent, whatever comes of it. `repeat` starts over at the end. A
    request whose class has `answered = False` opens no call.
    """

    name: Address
    at: tuple[Address, ...]
    script: tuple[tuple[object, ...], ...]
    outstanding: int = 1
    repeat: bool = False

    def __attrs_post_init__(self) -> None:
        _require_address(self.name, f"user {self.name!r} must be named by")
        if not isinstance(self.at, tuple):
            raise TypeError(f"user {self.name}: at={self.at!r} must be a tuple of addresses, such as ({self.at!r},)")
        for asked in self.at:
            _require_address(asked, f"user {self.name} asks {asked!r}, which must be")
        if not self.at:
            raise ValueError(f"user {self.name} has nobody to ask: name at least one process in at=(…)")
        if self.outstanding < 1:
            raise ValueError(f"user {self.name}: outstanding={self.outstanding}; it may have at least one call open")
        if not isinstance(self.script, tuple):
            raise TypeError(f"user {self.name}: script={self.script!r} must be a tuple of places, such as (({self.script!r},),)")
        for place in self.script:
            if not isinstance(place, tuple) or not place:
                raise ValueError(
                    f"user {self.name}: place {place!r} of the script must be a tuple of alternatives, such as (Propose('x'),)"
                )
            for request in place:
                if isinstance(request, type):
                    raise TypeError(
                        f"user {self.name}: the script asks {request.__name__}, which is a class; give a value of it, such as {request.__name__}()"
                    )

    @property
    def malformed(self) -> bool:
        """Whether some request of the script breaks the rules for requests."""
        return any(isinstance(request, Malformed) for place in self.script for request in place)


@frozen
class Byzantine(Generic[H]):
    """A participant that may send any of these at any time.

    The set depends on the history: a signature that was really made can be replayed, another cannot be forged. A message
    to this address goes to the history alone.
    """

    address: Address
    may_send: Callable[[H], Iterable[Send]]


@frozen(eq=False)
class Specification(Generic[H]):
    """A system that says what another may show: the sequential run, of what runs ahead; the stages in order, of a pipeline.

    `shows(at, by, happening)`: what an observer of either makes of a happening, as histories see it; None of what is internal.
    Let it show requests too: both are then under the same inputs.
    """

    system: System[H]
    shows: Callable[[Address, Address, object], object]


Block: TypeAlias = tuple[Address, ...]
"""Addresses that are renamed together: a manager and its user."""


@frozen
class System(Generic[H]):
    """A closed system: nothing acts in it but its processes, its users and the environment stated here.

    `promises`: the clauses that this system claims. `assume(move, seen)`: False where the environment never makes this
    move in the state seen. `within(seen)`: False beyond the bound of the scope: such a state is checked but not left.
    `clocks`: of the processes that define `tick`. `symmetric`: groups of interchangeable blocks, such as `((acceptor0,), (acceptor1,), (acceptor2,))`.
    `refines`: what it is compared with, by the clauses that `concordant.spec.common.refinement` makes.
    A combination without meaning is a ValueError.
    """

    processes: Mapping[Address, AnyProcess]
    history: H
    promises: tuple[Clause, ...]
    network: Network = Network()
    faults: Faults = Faults()
    users: tuple[User, ...] = ()
    byzantine: tuple[Byzantine[H], ...] = ()
    clocks: Clocks | None = field(default=None, kw_only=True)
    assume: tuple[Callable[[Move, Seen[H]], bool], ...] = field(default=(), kw_only=True)
    within: tuple[Callable[[Seen[H]], bool], ...] = field(default=(), kw_only=True)
    symmetric: tuple[tuple[Block, ...], ...] = field(default=(), kw_only=True)
    refines: Specification[Any] | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.processes:
            raise ValueError("a system without processes has nothing to explore: give at least one")
        self._parts_fit()
        self._names_are_distinct()
        for user in self.users:
            for at in user.at:
                if at not in self.processes:
                    raise ValueError(f"user {user.name} asks {at}, which is no process of the system: {self._listed()}")
        for who in self.faults.who:
            if who not in self.processes:
                raise ValueError(f"{who} may crash but is no process of the system: {self._listed()}")
            for layer in layers_of(self.processes[who]) if self.faults.recoveries else ():
                if type(layer).recover is Process.recover:
                    raise ValueError(
                        f"{who} may recover but {type(layer).__name__} defines no recover(state); return step(state) to go on from what survived"
                    )
        if self.faults.synchronous and self.network.duplicating:
            raise ValueError(
                "synchronous with duplicating=True: a message is always in flight, so that no Deadline would ever fire; choose one"
            )
        require_distinct(self.promises)
        self._clocks_fit()
        self._blocks_fit()

    def _parts_fit(self) -> None:
        for address, process in self.processes.items():
            _require_address(address, f"process {address!r} must be named by")
            if not isinstance(process, Process):
                raise TypeError(f"{address} is {process!r}, which is no process; give an instance, such as Server()")
        if isinstance(self.history, type):
            raise TypeError(f"history={self.history.__name__} is a class; give a value of it, such as {self.history.__name__}()")
        for name, value, kind in (("network", self.network, Network), ("faults", self.faults, Faults)):
            if not isinstance(value, kind):
                raise TypeError(
                    f"{name}={getattr(value, '__name__', value)!s} is no {kind.__name__}; give a value, such as {kind.__name__}()"
                )
        if not isinstance(self.users, tuple) or not all(isinstance(user, User) for user in self.users):
            raise TypeError(
                f"users={self.users!r} must be a tuple of users, such as (User(Address('client'), (server,), ((Acquire(),),)),)"
            )

    def _clocks_fit(self) -> None:
        readers = [str(address) for address, process in self.processes.items() if has_clock(process)]
        if self.clocks is None:
            if readers:
                raise ValueError(
                    f"{readers[0]} defines tick(state, now) in a system without clocks, where no time passes; give clocks=Clocks(…)"
                )
            return
        if not readers:
            raise ValueError(
                f"clocks={self.clocks} that nobody reads: define tick(state, now) in the processes that have one, or leave it out"
            )
        for clause in self.promises:
            if isinstance(clause, AtRest):
                raise ValueError(
                    f"clause {clause.id} is about rest, which a system with clocks never comes to: time goes on; say it by eventually(Fair.TIME)"
                )

    def _listed(self) -> str:
        return ", ".join(map(str, self.processes))

    def _names_are_distinct(self) -> None:
        names = [*self.processes, *(user.name for user in self.users), *(liar.address for liar in self.byzantine)]
        for name, times in Counter(names).items():
            if times > 1:
                raise ValueError(
                    f"{name} names two parts of the system; give every process, user and Byzantine participant its own address"
                )

    def _blocks_fit(self) -> None:
        known = {*self.processes, *(user.name for user in self.users)}
        seen: set[Address] = set()
        for group in self.symmetric:
            for block in group:
                if not isinstance(block, tuple):
                    raise TypeError(f"symmetric group {group!r}: {block!r} must be a tuple of addresses, such as ({block!r},)")
                if [address.role for address in block] != [address.role for address in group[0]]:
                    raise ValueError(f"symmetric blocks {group[0]} and {block} differ in roles; list the same roles in the same order")
                for address in block:
                    if address not in known:
                        raise ValueError(f"symmetric block {block} names {address}, which is no process or user of the system")
                    if address in seen:
                        raise ValueError(f"{address} is in two symmetric blocks; each address belongs to one")
                    seen.add(address)


def _require_address(given: object, must_be: str) -> None:
    """Refuse a text, or anything else, in the place of an address."""
    if not isinstance(given, Address):
        raise TypeError(f"{must_be} an address, such as Address({given if isinstance(given, str) else 'server'!r})")


AnySystem: TypeAlias = System[Any]


def defines(process: AnyProcess, handler: str) -> bool:
    """Tell whether a process, or one of its layers, defines a handler that does nothing by default."""
    return any(getattr(type(layer), handler) is not getattr(Process, handler) for layer in layers_of(process))


def has_clock(process: AnyProcess) -> bool:
    """Tell whether a process has a clock: whether it defines `tick`."""
    return defines(process, "tick")


def no_deadline(move: Move, seen: Seen[object]) -> bool:  # noqa: ARG001  # the signature of an assumption
    """Assume that time does not pass: no Deadline ever fires. A scope of what happens while nobody is impatient."""
    return not (isinstance(move, Fire) and isinstance(move.trigger, Deadline))


def cut_off(*channels: tuple[Address, Address]) -> Callable[[Move, Seen[Any]], bool]:
    """Assume that nothing arrives on some channels, each from a sender to a receiver: what is sent there stays in flight. A scope for clauses of safety."""

    def nothing_arrives(move: Move, seen: Seen[Any]) -> bool:  # noqa: ARG001  # as above
        return not (isinstance(move, Receive) and (move.source, move.at) in channels)

    return nothing_arrives
