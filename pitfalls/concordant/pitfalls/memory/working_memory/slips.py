"""Slips in scores, in tiers, and in what is told."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.memory.working_memory.as_written import GET_A, A, B, C, wrong
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.memory.working_memory import Item, Memory, Remembering, Request, system
from concordant.spec.memory import working_memory as spec
from concordant.spec.memory.working_memory import (
    NOT_THERE,
    Forget,
    Forgotten,
    Promoted,
    Store,
    Stored,
)
from concordant.spec.vocabulary import Address, Amount, Announce, Reply


@frozen
class DemotesTheBest(Memory):
    """Sorts the wrong way."""

    def score(self, state: Remembering, item: Item) -> Amount:
        return -super().score(state, item)


@frozen
class IgnoresAge(Memory):
    """Counts uses, however long ago they were."""

    def score(self, state: Remembering, item: Item) -> Amount:  # noqa: ARG002
        return item.importance * item.uses


@frozen
class IgnoresUses(Memory):
    """Looks at importance and age."""

    def score(self, state: Remembering, item: Item) -> Amount:
        return super().score(state, evolve(item, uses=1))


@frozen
class IgnoresImportance(Memory):
    """Looks at uses and age."""

    def score(self, state: Remembering, item: Item) -> Amount:
        return super().score(state, evolve(item, importance=1))


@frozen
class DemotesWhatIsInHand(Memory):
    """Demotes what is worth least, also what was stored just now."""

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:  # noqa: ARG002
        return super().make_room(state, "")


@frozen
class DemotesOneMore(Memory):
    """Makes room for the next one, too."""

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        return Memory(self.capacity - 1, self.beyond, self.enough).make_room(state, hand)


@frozen
class PromotesAtOnce(Memory):
    """Promotes whatever is wanted."""

    def may_promote(self, item: Item) -> bool:  # noqa: ARG002
        return True


@frozen
class FindsTheFirst(Memory):
    """Keeps the value that came first."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        item = self.find(state, request.key)
        return super().request(
            state, client, request if item is None or not isinstance(request, Store) else evolve(request, value=item.value)
        )


@frozen
class ForgetsInOneTier(Memory):
    """Forgets what is in the short tier."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        if isinstance(request, Forget) and request.key in state.long:
            return step(state, Reply(client, Forgotten()))
        return super().request(state, client, request)


@frozen
class DropsWhatIsTooMuch(Memory):
    """Throws away what it has no room for at hand."""

    def make_room(self, state: Remembering, hand: str) -> Step[Remembering]:
        after = super().make_room(state, hand)
        return step(evolve(after.state, long=state.long), *after.effects)


@frozen
class LosesWhatIsPromoted(Memory):
    """Takes a key out of the long tier, and forgets to put it into the short one."""

    def retrieve(self, state: Remembering, client: Address, key: str) -> Step[Remembering]:
        after = super().retrieve(state, client, key)
        is_promoted = key in state.long and key not in after.state.long
        return step(evolve(after.state, short=after.state.short.drop(key)), *after.effects) if is_promoted else after


@frozen
class PromotesWhatIsThere(Memory):
    """Says that it promotes what is at hand already."""

    def retrieve(self, state: Remembering, client: Address, key: str) -> Step[Remembering]:
        after = super().retrieve(state, client, key)
        said = (Announce(Promoted(key)),) if key in state.short and self.may_promote(after.state.short[key]) else ()
        return step(after.state, *said, *after.effects)


@frozen
class DeniesForgetting(Memory):
    """Says that there was nothing to forget, after it has forgotten."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        after = super().request(state, client, request)
        return step(after.state, Reply(client, NOT_THERE)) if isinstance(request, Forget) else after


@frozen
class TellsTheOther(Memory):
    """Tells who stored before, too, that a value is stored."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        after = super().request(state, client, request)
        told = (Reply(evolve(client, number=1 - client.number), Stored()),) if state.short else ()
        return step(after.state, *after.effects, *told)


@frozen
class SaysNothingOfStoring(Memory):
    """Does not say that a value is stored."""

    def request(self, state: Remembering, client: Address, request: Request) -> Step[Remembering]:
        after = super().request(state, client, request)
        return step(after.state, *(effect for effect in after.effects if effect != Reply(client, Stored())))


DEMOTES_THE_BEST = wrong("", DemotesTheBest, "What is worth most is demoted.", spec.the_least_is_demoted, 4, A, A, B, C, capacity=2)
IGNORES_AGE = wrong("", IgnoresAge, "What was used long ago stays.", spec.the_least_is_demoted, 4, Store("b", "y"), A, C, capacity=2)
IGNORES_USES = wrong("", IgnoresUses, "What is used all the time goes.", spec.the_least_is_demoted, 4, A, A, B, C, capacity=2)
IGNORES_IMPORTANCE = wrong(
    "", IgnoresImportance, "What is important goes.", spec.the_least_is_demoted, 3, Store("a", "x", 2), B, C, capacity=2
)
DEMOTES_WHAT_IS_IN_HAND = wrong(
    "", DemotesWhatIsInHand, "What was wanted is demoted at once.", spec.exactly_what_is_too_much_is_demoted, 2, B, A
)
DEMOTES_ONE_MORE = wrong(
    "", DemotesOneMore, "One more is demoted than is too much.", spec.exactly_what_is_too_much_is_demoted, 2, A, B, capacity=2
)
PROMOTES_AT_ONCE = wrong("", PromotesAtOnce, "What is wanted once is promoted.", spec.promoted_for_its_use, 3, A, B, GET_A, enough=3)
FINDS_THE_FIRST = wrong(
    "", FindsTheFirst, "A value that is stored again is not.", spec.what_is_found_was_stored_last, 3, A, Store("a", "new"), GET_A
)
FORGETS_IN_ONE_TIER = wrong(
    "", ForgetsInOneTier, "What is forgotten is still there, in the other tier.", spec.nothing_is_lost, 3, A, B, Forget("a")
)
DROPS_WHAT_IS_TOO_MUCH = wrong("", DropsWhatIsTooMuch, "What is demoted is gone.", spec.nothing_is_lost, 2, A, B)
SAYS_NOTHING_OF_STORING = wrong("", SaysNothingOfStoring, "Who stores waits for an answer.", spec.everybody_is_answered_at_once, 1, A)
LOSES_WHAT_IS_PROMOTED = wrong("", LosesWhatIsPromoted, "What is promoted is in neither tier.", spec.nothing_is_lost, 3, A, B, GET_A)
PROMOTES_WHAT_IS_THERE = wrong("", PromotesWhatIsThere, "What is at hand is said to be promoted.", spec.promoted_for_its_use, 2, A, GET_A)
DENIES_FORGETTING = wrong("", DeniesForgetting, "Who forgets is told that nothing was there.", spec.an_answer_is_true, 2, A, Forget("a"))
TELLS_THE_OTHER = Pitfall(
    "working_memory.TellsTheOther",
    "Who has its answer is told again that a value is stored.",
    breaks=spec.everybody_is_answered_at_once,
    subject=system((A,), (B,), memory=TellsTheOther),
    length=2,
)
