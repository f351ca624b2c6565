"""The documents' coordinator as it is written: five phases, once; its role assignment is the documents' own, the rest is read in the way that harms least."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.adaptive_hierarchy import Organiser, Organising, State, system
from concordant.refimpl.machine import Pitfall, Step
from concordant.refimpl.machine.pitfalls import Reason, Unmodelled
from concordant.spec.hierarchies.adaptive_hierarchy import Reweigh, Role
from concordant.spec.hierarchies.adaptive_hierarchy import clauses as spec
from concordant.spec.vocabulary import Address, Effect, Faults, Map


@frozen
class AsWritten(Organiser):
    """Role by role, in their order, takes who is best of those left; a role for which nobody is stays empty; and nothing is ever done again."""

    def best(self, state: Organising) -> Map[str, Address]:
        holders: dict[str, Address] = {}
        for role in state.roles:
            fit = [agent for agent, roles in self.able.items() if role.name in roles and agent not in holders.values()]
            if fit:
                holders[role.name] = min(fit, key=lambda agent: state.lasting.loads.get(agent, 0))
        return Map.of(holders)

    def is_ready(self, state: Organising, role: Role) -> bool:
        return role.name in state.holders and super().is_ready(state, role)

    def suspect(self, state: State, peer: Address) -> Step[State] | None:  # noqa: ARG002  # agents were profiled before
        return None

    def reconsider(self, state: Organising) -> Step[State]:
        return Step(state)


@frozen
class ChangesProfiles(Organiser):
    """Writes into an agent's profile that it has a role, and so more to do, and reads that again as if it were something besides."""

    def organise(self, state: Organising, holders: Map[str, Address], *effects: Effect) -> Step[State]:
        loads = state.lasting.loads
        more = {agent: loads.get(agent, 0) + 1 for agent in holders.values() if agent not in state.holders.values()}
        changed = evolve(state.lasting, loads=Map.of({**dict(loads.items()), **more}))
        return super().organise(evolve(state, lasting=changed), holders, *effects)


# ---- the pitfalls

TOP, LOW = Role("top"), Role("low", "top")
FIRST = Address("agent")

EMPTY_ROLE = Pitfall(
    "ADH-1",
    "A role for which there is nobody stays empty, and the task begins all the same.",
    breaks=spec.the_hierarchy_is_well_formed,
    subject=system((TOP, LOW), able=("top",), organiser=AsWritten),
    length=1,
)
NEVER_AGAIN = Pitfall(
    "ADH-2",
    "An agent fails when its profile was taken, and keeps its role: nobody looks again.",
    breaks=spec.nobody_waits,
    subject=system((TOP,), able=("top", "top"), faults=Faults(detector=True, crashes=1, who=(FIRST,)), organiser=AsWritten),
    length=3,
)
NEVER_AGAIN_FOR_LOAD = Pitfall(
    "ADH-2/load",
    "An agent is ever more loaded, and keeps its role, though another has nothing to do.",
    breaks=spec.no_organisation_is_much_better,
    subject=system((TOP,), able=("top", "top"), weighs=(Reweigh(FIRST, more=True),) * 2, organiser=AsWritten),
    length=3,
)
CHANGED_PROFILES = Pitfall(
    "ADH-3",
    "The assignment has changed the profiles that it is then measured by: one change of load, and the role moves, where it takes two.",
    breaks=spec.nothing_is_reorganised_without_a_reason,
    subject=system((TOP,), able=("top", "top"), weighs=(Reweigh(FIRST, more=True),), organiser=ChangesProfiles),
    length=2,
)
UNDEFINED = Unmodelled(
    "ADH-4",
    Reason.NO_CODE,
    "What designs a hierarchy, sets up its protocols and predicts how well it does is called and written nowhere; what it must do the clauses say.",
)
