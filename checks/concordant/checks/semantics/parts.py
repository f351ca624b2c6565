"""The parts of a system by number, in which everything is computed once per distinct value. Explorers of every kind stand on these."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from concordant.checks.semantics.environment import Environment
from concordant.checks.semantics.network import Flight
from concordant.checks.semantics.observations import Observations
from concordant.checks.semantics.steps import Steps
from concordant.refimpl.machine import System, User
from concordant.spec.vocabulary import Address


@define(eq=False, repr=False)
class Parts:
    """A system in three parts: the steps of its processes, what is observed of them, and the environment that gives them input.

    Processes and users are numbered in the order of the system. `asks_later`: as of observations.
    """

    system: System[Any]
    asks_later: bool = False
    addresses: tuple[Address, ...] = field(init=False)
    index: dict[Address, int] = field(init=False)
    users: tuple[User, ...] = field(init=False)
    steps: Steps = field(init=False)
    observations: Observations = field(init=False)
    environment: Environment = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.steps = Steps(self.system, Flight(self.system.network))
        self.addresses, self.index, self.users = self.steps.addresses, self.steps.index, self.system.users
        self.observations = Observations(self.steps, self.asks_later)
        self.environment = Environment(self.system, self.steps, self.observations)
