"""What goes wrong with lending by priority: rules that decide badly, and desks that remember badly. The documents hold no such process."""

from __future__ import annotations

from itertools import takewhile

from attrs import evolve, frozen

from concordant.pitfalls.conflict.priority_override import (
    fewest_needs_first,
    smallest_number_first,
    the_first_of_the_highest,
)
from concordant.refimpl.conflict.priority_lending import Asked, Desk, Lending, Needs, system
from concordant.refimpl.conflict.priority_override import flaw, override
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.conflict import priority_lending as spec
from concordant.spec.conflict.priority_lending import CANCELLED, Ask, DeskView, GiveBack, Lent, Returned
from concordant.spec.conflict.priority_override import Conflict, Outcome, Request, Rule
from concordant.spec.vocabulary import Address, Clause, Faults, Malformed, Map, Reply

DISK, PRINTER, BOTH, NOTHING = (Ask(frozenset(some)) for some in (("disk",), ("printer",), ("disk", "printer"), ()))
GIVE = GiveBack()

# ---- desks


@frozen
class DecidesEachRound(Desk):
    """Decides on who asks now: what it gave away before is given again."""

    def is_free(self, state: Lending, needs: frozenset[str]) -> bool:  # noqa: ARG002
        return True


@frozen
class TakesAway(Desk):
    """Takes from the less important what a more important agent asks for, and lends it that; whoever had it is not told."""

    def ask(self, state: Lending, client: Address, needs: frozenset[str]) -> Step[Lending]:
        rank = self.ranks.get(client, 0)
        held = {agent: some for agent, some in state.held.items() if self.ranks[agent] >= rank or some.isdisjoint(needs)}
        return super().ask(evolve(state, held=Map.of(held)), client, needs)


@frozen
class LendsMore(Desk):
    """Lends more to who holds something, and forgets what that was."""

    def ask(self, state: Lending, client: Address, needs: frozenset[str]) -> Step[Lending]:
        return super().ask(evolve(state, held=state.held.drop(client)), client, needs)


@frozen
class LendsWhatIsLeft(Desk):
    """Lends to who asks what there is of that, and calls it served."""

    def is_free(self, state: Lending, needs: frozenset[str]) -> bool:
        return bool(self.left(state, needs))

    def left(self, state: Lending, needs: frozenset[str]) -> frozenset[str]:
        return needs.difference(*state.held.values())

    def lend(self, state: Lending, agent: Address) -> Step[Lending]:
        return super().lend(evolve(state, waiting=state.waiting.put(agent, self.left(state, state.waiting[agent]))), agent)


@frozen
class LendsThePrinter(Desk):
    """Lends the printer, if it is free, to whoever is lent anything: it will need that next."""

    def lend(self, state: Lending, agent: Address) -> Step[Lending]:
        more = frozenset({"printer"}) if self.is_free(state, frozenset({"printer"})) else frozenset()
        return super().lend(evolve(state, waiting=state.waiting.put(agent, state.waiting[agent] | more)), agent)


@frozen
class HandsNothingOn(Desk):
    """Takes back, and serves who waits when somebody else asks."""

    def take_back(self, state: Lending, client: Address) -> Step[Lending]:
        if client not in state.held:
            return super().take_back(state, client)
        return step(evolve(state, held=state.held.drop(client)), Reply(client, Returned()))


@frozen
class SaysNothing(Desk):
    """Has nothing to say to who holds nothing."""

    def take_back(self, state: Lending, client: Address) -> Step[Lending]:
        return super().take_back(state, client) if client in state.held else step(state)


@frozen
class KeepsTheCancelled(Desk):
    """Tells who no longer waits so, and leaves it in the queue."""

    def cancel(self, state: Lending, client: Address) -> Step[Lending]:
        return step(state, *super().cancel(state, client).effects)


@frozen
class LendsNothing(Desk):
    """Takes it for no mistake to ask for nothing."""

    def ask(self, state: Lending, client: Address, needs: frozenset[str]) -> Step[Lending]:
        return super().ask(state, client, needs) if needs else step(state, Reply(client, Lent(needs)))


@frozen
class TakesAnythingBack(Desk):
    """Takes back what nobody holds."""

    def take_back(self, state: Lending, client: Address) -> Step[Lending]:
        return super().take_back(state, client) if client in state.held else step(state, Reply(client, Returned()))


@frozen
class SaysItWaits(Desk):
    """Tells who holds something and asks for more that its wait is over."""

    def ask(self, state: Lending, client: Address, needs: frozenset[str]) -> Step[Lending]:
        return step(state, Reply(client, CANCELLED)) if client in state.held else super().ask(state, client, needs)


@frozen
class CountsAsNothing(Desk):
    """Takes the rank of an agent that has none to be 0."""

    def ranked(self, agent: Address, needs: frozenset[str]) -> Request:
        return evolve(super().ranked(agent, needs), priority=self.ranks.get(agent, 0))


@frozen
class NobodyPasses(Desk):
    """Serves in the order of the queue, and stops at the first who cannot be served."""

    def chosen(self, state: Lending) -> tuple[Address, ...]:
        return tuple(takewhile(lambda agent: self.is_free(state, state.waiting[agent]), super().in_order(state)))[:1]


@frozen
class QueuesByName(Desk):
    """Shows who waits by name."""

    def view(self, state: Lending) -> DeskView:
        return evolve(super().view(state), queue=tuple(state.waiting))


@frozen
class ShowsTheLast(Desk):
    """Shows of what each agent holds one resource."""

    def view(self, state: Lending) -> DeskView:
        return evolve(super().view(state), holders=Map.of({max(some): agent for agent, some in state.held.items()}))


@frozen
class Setting(Lending):
    """Also what is set aside for agents that wait for the rest."""

    aside: Needs = Map()


@frozen
class SetsAside(Desk):
    """Sets aside what is free for whoever waits, the most important first, until it has all: agents hold parts, and wait for the rest."""

    def serve(self, state: Lending) -> Step[Lending]:
        return super().serve(self.set_aside(state))

    def aside(self, state: Lending) -> Needs:
        return state.aside if isinstance(state, Setting) else Map()

    def set_aside(self, state: Lending) -> Setting:
        aside = Map.of({agent: some for agent, some in self.aside(state).items() if agent in state.waiting})
        for agent in self.in_order(state):
            others = (some for other, some in aside.items() if other != agent)
            aside = aside.put(agent, state.waiting[agent].difference(*state.held.values(), *others))
        return Setting(state.held, state.waiting, aside)

    def chosen(self, state: Lending) -> tuple[Address, ...]:
        return tuple(agent for agent in self.in_order(state) if state.waiting[agent] == self.aside(state).get(agent))

    def lend(self, state: Lending, agent: Address) -> Step[Lending]:
        lent = super().lend(state, agent)
        return Step(Setting(lent.state.held, lent.state.waiting, self.aside(state)), lent.effects)


# ---- a rule


def one_winner(conflict: Conflict) -> Outcome:
    """Let the most important have what it asks for, and all others wait."""
    return the_first_of_the_highest(conflict) if flaw(conflict) is None else override(conflict)


# ---- the pitfalls

ONCE = ((DISK,), (GIVE,))
ALL_OF_IT = ((BOTH,), (GIVE,))


def _of(
    mistake: str,
    breaks: Clause,
    length: int,
    *scripts: tuple[tuple[Asked | Malformed, ...], ...],
    desk: type[Desk] = Desk,
    rule: Rule = override,
    cancellations: int = 0,
    id: str = "",
    ranks: tuple[int, ...] = (1, 2, 2),
) -> Pitfall:
    subject = system(*scripts, ranks=ranks, faults=Faults(cancellations=cancellations), desk=desk, rule=rule, promises=(breaks,))
    return Pitfall(f"priority_lending.{id or desk.__name__}", mistake, breaks=breaks, subject=subject, length=length)


DECIDES_EACH_ROUND = _of(
    "Each round is decided by itself: what was given away in the last one is given again.",
    spec.no_resource_is_lent_twice,
    2,
    ONCE,
    ONCE,
    desk=DecidesEachRound,
)
TAKES_AWAY = _of(
    "The more important is lent what a less important agent holds, who is in the middle of using it.",
    spec.no_resource_is_lent_twice,
    2,
    ONCE,
    ONCE,
    desk=TakesAway,
)
LENDS_MORE = _of(
    "Whoever holds something is lent more, and what it held before is free to others.",
    spec.no_resource_is_lent_twice,
    2,
    ((DISK,), (PRINTER,)),
    desk=LendsMore,
)
LENDS_WHAT_IS_LEFT = _of(
    "Whoever asks for both and finds one free is lent that one: it cannot run, and holds up others.",
    spec.all_or_nothing,
    2,
    ONCE,
    ALL_OF_IT,
    desk=LendsWhatIsLeft,
)
LENDS_THE_PRINTER = _of("Whoever asks for the disk is lent the printer, too.", spec.all_or_nothing, 1, ONCE, desk=LendsThePrinter)
SMALLEST_NUMBER_FIRST = _of(
    "The smallest number is taken for the most important.",
    spec.the_more_important_come_first,
    4,
    ALL_OF_IT,
    ALL_OF_IT,
    ALL_OF_IT,
    rule=smallest_number_first,
    id="SmallestNumberFirst",
)
FEWEST_NEEDS_FIRST = _of(
    "Whoever needs least is served first of those that wait.",
    spec.the_more_important_come_first,
    4,
    ALL_OF_IT,
    ALL_OF_IT,
    ONCE,
    rule=fewest_needs_first,
    id="FewestNeedsFirst",
)
NOBODY_PASSES = _of(
    "Nobody passes the first in the queue: what it does not yet get lies idle until it can have all.",
    spec.nobody_waits_for_what_is_free,
    3,
    ONCE,
    ALL_OF_IT,
    ((PRINTER,), (GIVE,)),
    desk=NobodyPasses,
)
ONE_WINNER = _of(
    "There is one winner of what is given back, and the others wait, also for what it does not need.",
    spec.nobody_waits_for_what_is_free,
    4,
    ALL_OF_IT,
    ONCE,
    ((PRINTER,), (GIVE,)),
    rule=one_winner,
    id="OneWinner",
)
HANDS_NOTHING_ON = _of(
    "What is given back lies there, while somebody waits for it, until the next one asks.",
    spec.nobody_waits_for_what_is_free,
    3,
    ONCE,
    ONCE,
    desk=HandsNothingOn,
)
SAYS_NOTHING = _of(
    "Whoever gives back what it does not hold is not answered, and waits.",
    spec.nobody_waits_for_what_is_free,
    1,
    ((GIVE,),),
    desk=SaysNothing,
)
KEEPS_THE_CANCELLED = _of(
    "Whoever no longer waits is still in the queue: it is lent what nobody then gives back.",
    spec.nobody_is_answered_twice,
    4,
    ONCE,
    ONCE,
    desk=KeepsTheCancelled,
    cancellations=1,
)
LENDS_NOTHING = _of("Whoever asks for nothing is lent that.", spec.an_answer_is_true, 1, ((Malformed(NOTHING),),), desk=LendsNothing)
TAKES_ANYTHING_BACK = _of(
    "Whoever holds nothing is told that it has given it back.", spec.an_answer_is_true, 1, ((GIVE,),), desk=TakesAnythingBack
)
SAYS_IT_WAITS = _of(
    "Whoever holds something and asks for more is told that its wait was cancelled, and asks again.",
    spec.an_answer_is_true,
    2,
    ((DISK,), (PRINTER,)),
    desk=SaysItWaits,
)
COUNTS_AS_NOTHING = _of(
    "An agent of which nobody has said how important it is counts as the least, and is served.",
    spec.an_answer_is_true,
    1,
    ONCE,
    desk=CountsAsNothing,
    ranks=(),
)
QUEUES_BY_NAME = _of(
    "The queue is shown by name: whoever is next seems to be another.",
    spec.the_view_is_true,
    3,
    ALL_OF_IT,
    ALL_OF_IT,
    ONCE,
    desk=QueuesByName,
    ranks=(1, 1, 2),
)
SHOWS_THE_LAST = _of("Of two resources that an agent holds one is shown as free.", spec.the_view_is_true, 1, ALL_OF_IT, desk=ShowsTheLast)
SETS_ASIDE = _of(
    "What becomes free is set aside for whoever waits for it and the rest: two agents each hold what the other waits for.",
    spec.everybody_can_still_be_served,
    3,
    ALL_OF_IT,
    ALL_OF_IT,
    ONCE,
    desk=SetsAside,
)
