"""A desk that lends resources, one machine which agents call; whom it serves of those that wait, `priority_override` says."""

from __future__ import annotations

from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.conflict.priority_override import override
from concordant.refimpl.machine import Process, Step, System, User, step
from concordant.spec.conflict import priority_lending as spec
from concordant.spec.conflict.priority_lending import (
    CANCELLED,
    HOLDS_NOTHING,
    HOLDS_SOME,
    Ask,
    DeskView,
    GiveBack,
    History,
    Lent,
    Returned,
)
from concordant.spec.conflict.priority_override import Conflict, Request, Rule
from concordant.spec.vocabulary import Address, Amount, Clause, Faults, Malformed, Map, Rejected, Reply, addresses

Asked: TypeAlias = Ask | GiveBack
Needs: TypeAlias = Map[Address, frozenset[str]]


@frozen
class Lending:
    """What each agent holds, and what each that waits needs."""

    held: Needs = Map()
    waiting: Needs = Map()


@frozen
class Desk(Process[Lending, Never, Asked, Never]):
    """Lends whatever is asked for by name, by ranks that are given to it; who has none is rejected."""

    ranks: Map[Address, Amount]
    rule: Rule = override

    def start(self) -> Step[Lending]:
        return step(Lending())

    def request(self, state: Lending, client: Address, request: Asked) -> Step[Lending]:
        match request:
            case Ask(needs):
                return self.ask(state, client, needs)
            case GiveBack():
                return self.take_back(state, client)
            case _:
                assert_never(request)

    def ask(self, state: Lending, client: Address, needs: frozenset[str]) -> Step[Lending]:
        if client in state.held:
            return step(state, Reply(client, HOLDS_SOME))
        alone = self.rule(Conflict((self.ranked(client, needs),)))
        if isinstance(alone, Rejected):
            return step(state, Reply(client, alone))
        return self.serve(evolve(state, waiting=state.waiting.put(client, needs)))

    def take_back(self, state: Lending, client: Address) -> Step[Lending]:
        if client not in state.held:
            return step(state, Reply(client, HOLDS_NOTHING))
        return step(evolve(state, held=state.held.drop(client)), Reply(client, Returned())).then(self.serve)

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        return step(evolve(state, waiting=state.waiting.drop(client)), Reply(client, CANCELLED))

    def serve(self, state: Lending) -> Step[Lending]:
        """Let the rule decide among those that wait and need nothing that is held; the others wait for what they need, whatever it says."""
        # The hard step: whoever is served here holds all that it asked for, so that holders wait for nobody, and each can give back.
        following = step(state)
        for agent in self.chosen(state):
            following = following.then(lambda now, agent=agent: self.lend(now, agent))  # type: ignore[misc]
        return following

    def chosen(self, state: Lending) -> tuple[Address, ...]:
        """List whom the rule serves, the most important first."""
        could = tuple(agent for agent in self.in_order(state) if self.is_free(state, state.waiting[agent]))
        outcome = self.rule(Conflict(tuple(self.ranked(agent, state.waiting[agent]) for agent in could)))
        return () if isinstance(outcome, Rejected) else tuple(agent for agent in could if str(agent) not in outcome.queue)

    def lend(self, state: Lending, agent: Address) -> Step[Lending]:
        needs = state.waiting[agent]
        return step(Lending(state.held.put(agent, needs), state.waiting.drop(agent)), Reply(agent, Lent(needs)))

    def is_free(self, state: Lending, needs: frozenset[str]) -> bool:
        """Tell whether nobody holds any of these."""
        return all(needs.isdisjoint(resources) for resources in state.held.values())

    def ranked(self, agent: Address, needs: frozenset[str]) -> Request:
        """Return a request as the rule hears it."""
        return Request(str(agent), needs, self.ranks.get(agent))  # type: ignore[arg-type]  # the rule rejects who has no rank

    def in_order(self, state: Lending) -> tuple[Address, ...]:
        """List who waits, the most important first, and equals by name."""
        return tuple(sorted(state.waiting, key=lambda agent: (-self.ranked(agent, state.waiting[agent]).priority, str(agent))))

    def view(self, state: Lending) -> DeskView:
        holders = {resource: agent for agent, resources in state.held.items() for resource in sorted(resources)}
        return DeskView(Map.of(holders), self.in_order(state))


# ---- together

PROMISES: tuple[Clause, ...] = (
    spec.no_resource_is_lent_twice,
    spec.all_or_nothing,
    spec.the_more_important_come_first,
    spec.nobody_waits_for_what_is_free,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.the_view_is_true,
    spec.everybody_can_still_be_served,
)
DESK = Address("desk")


def system(
    *scripts: tuple[tuple[Asked | Malformed, ...], ...],
    ranks: tuple[Amount, ...] = (1, 2, 2),
    faults: Faults = Faults(),
    desk: type[Desk] = Desk,
    rule: Rule = override,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put a desk and its agents together: of each what it asks, one after the other. The last agents may have no rank."""
    names = addresses("agent", len(scripts))
    ranked = Map.of(dict(zip(names, ranks, strict=False)))
    users = tuple(User(name, (DESK,), script) for name, script in zip(names, scripts, strict=True))
    return System({DESK: desk(ranked, rule)}, History(ranked), promises, faults=faults, users=users)
