"""What goes wrong where conflicts are looked for: the documents' own way, which counts who asks, and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from concordant.refimpl.conflict.conflict_detection import detect, detection, flaw, kinds, on_malformed
from concordant.refimpl.machine import Pitfall
from concordant.spec.conflict import conflict_detection as spec
from concordant.spec.conflict.conflict_detection import Conflict, Found, Kind, Outcome, Request, Rule, Situation, Wish
from concordant.spec.vocabulary import Amount

# ---- the documents' rule


def as_written(situation: Situation) -> Outcome:
    """Note who asks for each resource, as often as it asks; whatever is noted twice is a conflict, and nothing else is told."""
    usage: dict[str, list[str]] = {}
    for request in situation.requests:
        usage.setdefault(request.resource, []).append(request.agent)
    conflicts = tuple(Conflict(resource, Kind.AMOUNT, tuple(agents)) for resource, agents in usage.items() if len(agents) > 1)
    return Found(conflicts, (), ())


# ---- other rules


def judging(why: Callable[[Sequence[Request], Amount], list[Kind]], *, alone: bool = True) -> Rule:
    """Return a rule that finds otherwise why requests cannot all be met; or lets nobody be alone in wanting too much."""

    def rule(situation: Situation) -> Outcome:
        reason = flaw(situation)
        if reason is not None:
            return reason
        conflicts: list[Conflict] = []
        granted: list[Wish] = []
        excessive: list[Wish] = []
        for resource in sorted({request.resource for request in situation.requests}):
            capacity, requests = situation.capacities[resource], [each for each in situation.requests if each.resource == resource]
            agents = sorted({request.agent for request in requests})
            modest = [agent for agent in agents if not alone or not why([each for each in requests if each.agent == agent], capacity)]
            excessive += [Wish(agent, resource) for agent in agents if agent not in modest]
            found = why([each for each in requests if each.agent in modest], capacity)
            conflicts += [Conflict(resource, kind, tuple(modest)) for kind in found]
            granted += [Wish(agent, resource) for agent in modest if not found]
        return Found(tuple(conflicts), tuple(granted), tuple(excessive))

    return rule


def more_than_one(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Take it for a conflict that more than one asks, whatever there is."""
    return [Kind.AMOUNT] if len({request.agent for request in requests}) > 1 else kinds(requests, capacity)


def amounts_alone(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Look at amounts, and not at states."""
    return [kind for kind in kinds(requests, capacity) if kind is Kind.AMOUNT]


def first_kind(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Stop at the first reason."""
    return kinds(requests, capacity)[:1]


def last_kind(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Overwrite the first reason by the second."""
    return kinds(requests, capacity)[-1:]


def sharers_add_up(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Add up what is shared like the rest."""
    return kinds([evolve(request, exclusive=True) for request in requests], capacity)


def sharers_need_nothing(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Leave out what is shared."""
    return kinds([request for request in requests if request.exclusive], capacity)


def any_state_is_one(requests: Sequence[Request], capacity: Amount) -> list[Kind]:
    """Take *in any state* for a state of its own."""
    return [*amounts_alone(requests, capacity), *([Kind.GOAL] if len({request.state for request in requests}) > 1 else [])]


def changed(change: Callable[[Situation, Found], Found]) -> Rule:
    """Return a rule that finds what is right, and changes it."""

    def rule(situation: Situation) -> Outcome:
        found = detect(situation)
        return change(situation, found) if isinstance(found, Found) else found

    return rule


def last_one_granted(situation: Situation, found: Found) -> Found:
    """Look at all but the last request, which comes in between, and grant that too."""
    earlier = detect(evolve(situation, requests=situation.requests[:-1]))
    if not isinstance(earlier, Found) or not situation.requests:
        return found
    late = Wish(situation.requests[-1].agent, situation.requests[-1].resource)
    return earlier if late in earlier.granted else evolve(earlier, granted=(*earlier.granted, late))


def backwards(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Name agents from the last to the first."""
    return evolve(found, conflicts=tuple(evolve(each, agents=each.agents[::-1]) for each in found.conflicts))


def granted_backwards(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Tell what is granted from the last to the first."""
    return evolve(found, granted=found.granted[::-1])


def excessive_backwards(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Tell what is excessive from the last to the first."""
    return evolve(found, excessive=found.excessive[::-1])


def goals_first(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Tell conflicts over goals before those over amounts."""
    return evolve(found, conflicts=found.conflicts[::-1])


def as_they_came(situation: Situation, found: Found) -> Found:
    """Name agents as they came."""
    order = {request.agent: place for place, request in reversed(list(enumerate(situation.requests)))}
    return evolve(
        found, conflicts=tuple(evolve(each, agents=tuple(sorted(each.agents, key=order.__getitem__))) for each in found.conflicts)
    )


def granted_too(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Grant the last of those in conflict what it wants, although it is told to be in conflict."""
    return evolve(found, granted=(*found.granted, *(Wish(each.agents[-1], each.resource) for each in found.conflicts[:1])))


def last_two_exchanged(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Of three that are granted, tell the last before the one in front of it."""
    return evolve(found, granted=(*found.granted[:-2], *found.granted[:-3:-1])) if len(found.granted) > 2 else found


def all_excessive(situation: Situation, found: Found) -> Found:
    """Where one wants too much of a resource, take it that all do."""
    spoilt = {wish.resource for wish in found.excessive}
    wishes = sorted({(each.resource, each.agent) for each in situation.requests if each.resource in spoilt})
    kept = tuple(wish for wish in found.granted if wish.resource not in spoilt)
    conflicts = tuple(each for each in found.conflicts if each.resource not in spoilt)
    return Found(conflicts, kept, tuple(Wish(agent, resource) for resource, agent in wishes))


def rest_unseen(situation: Situation, found: Found) -> Found:
    """Where something is granted of the first resource, grant all that is asked of the others."""
    first = min((request.resource for request in situation.requests), default="")
    if not any(wish.resource == first for wish in found.granted):
        return found
    wishes = sorted({(each.resource, each.agent) for each in situation.requests})
    return Found((), tuple(Wish(agent, resource) for resource, agent in wishes), ())


def goals_too(situation: Situation, found: Found) -> Found:  # noqa: ARG001
    """Tell every conflict over an amount as one over a goal, too."""
    return evolve(found, conflicts=tuple(evolve(each, kind=kind) for each in found.conflicts for kind in Kind))


def takes_nothing(situation: Situation) -> Outcome:
    """Look at no amount."""
    return detect(evolve(situation, requests=tuple(evolve(each, amount=1) for each in situation.requests)))


# ---- the pitfalls

AGAINST_ITSELF = Pitfall(
    "CFD-1",
    "An agent that asks twice for a resource is in conflict with itself.",
    breaks=spec.what_is_in_conflict_cannot_be_met,
    subject=detection(2, as_written),
    length=10,
)
SOLE_REQUESTER = Pitfall(
    "CFD-3",
    "Who alone asks for a resource is told nothing: only what is in conflict is ever granted.",
    breaks=spec.every_wish_is_answered_once,
    subject=detection(2, as_written),
    length=6,
)
GOALS_NEVER_FOUND = Pitfall(
    "CFD-6",
    "Only amounts are looked at: two that want a resource in different states are both told that they have it.",
    breaks=spec.what_is_granted_fits,
    subject=detection(2, judging(amounts_alone), goals=True),
    length=12,
)
CAPACITY_IGNORED = Pitfall(
    "CFD-10",
    "That two ask is a conflict, although there is enough for both.",
    breaks=spec.what_is_in_conflict_cannot_be_met,
    subject=detection(2, judging(more_than_one)),
    length=10,
)
STALE = Pitfall(
    "CFD-11",
    "A request that comes between the look and the grants is granted with the others.",
    breaks=spec.what_is_granted_fits,
    subject=detection(2, changed(last_one_granted)),
    length=6,
)
SHARERS_ADD_UP = Pitfall(
    "conflict_detection.SharersAddUp",
    "Two that share one unit are told that they need two.",
    breaks=spec.as_trying_every_unit_finds,
    subject=detection(2, judging(sharers_add_up)),
    length=10,
)
SHARERS_NEED_NOTHING = Pitfall(
    "conflict_detection.SharersNeedNothing",
    "Who shares is taken to need nothing.",
    breaks=spec.only_what_is_more_than_there_is_is_excessive,
    subject=detection(2, judging(sharers_need_nothing)),
    length=6,
)
SHARERS_ADD_UP_IN_ONE_OF_TWO = Pitfall(
    "conflict_detection.SharersAddUp/two_resources",
    "The same of one of two resources.",
    breaks=spec.as_trying_every_unit_finds,
    subject=detection(2, judging(sharers_add_up), resources=2),
    length=11,
)
SHARERS_NEED_NO_UNIT = Pitfall(
    "conflict_detection.SharersNeedNothing/units",
    "The same: one unit too few is told to be enough.",
    breaks=spec.as_trying_every_unit_finds,
    subject=detection(2, judging(sharers_need_nothing)),
    length=6,
)
ALL_EXCESSIVE = Pitfall(
    "conflict_detection.AllExcessive",
    "Where one wants more than there is, the others are turned down with it.",
    breaks=spec.only_what_is_more_than_there_is_is_excessive,
    subject=detection(2, changed(all_excessive)),
    length=10,
)
REST_UNSEEN = Pitfall(
    "conflict_detection.RestUnseen",
    "The first resource is looked at, and if something of it is granted, so is all of the others.",
    breaks=spec.what_is_granted_fits,
    subject=detection(2, changed(rest_unseen), resources=2),
    length=11,
)
GOALS_TOO = Pitfall(
    "conflict_detection.GoalsToo",
    "Every conflict over an amount is told as one over a goal, too.",
    breaks=spec.what_is_in_conflict_cannot_be_met,
    subject=detection(2, changed(goals_too)),
    length=10,
)
LAST_KIND = Pitfall(
    "conflict_detection.LastKind",
    "The second reason overwrites the first.",
    breaks=spec.every_kind_is_told,
    subject=detection(2, judging(last_kind), goals=True),
    length=12,
)
NAMED_TWICE = Pitfall(
    "CFD-1/twice",
    "An agent that asks twice is named twice.",
    breaks=spec.told_in_order,
    subject=detection(2, as_written),
    length=10,
)
LAST_TWO_EXCHANGED = Pitfall(
    "conflict_detection.LastTwoExchanged",
    "Of three that are granted the last is told before the one in front of it.",
    breaks=spec.told_in_order,
    subject=detection(3, changed(last_two_exchanged)),
    length=14,
)
ALONE_IN_CONFLICT = Pitfall(
    "conflict_detection.AloneInConflict",
    "Who alone wants more than there is is told to be in conflict, with nobody.",
    breaks=spec.what_is_in_conflict_cannot_be_met,
    subject=detection(2, judging(kinds, alone=False)),
    length=6,
)
FIRST_KIND = Pitfall(
    "conflict_detection.FirstKind",
    "The first reason is told, and the second comes to light when that is resolved.",
    breaks=spec.every_kind_is_told,
    subject=detection(2, judging(first_kind), goals=True),
    length=12,
)
ANY_STATE_IS_ONE = Pitfall(
    "conflict_detection.AnyStateIsOne",
    "Who does not care in which state a resource is is in conflict with who does.",
    breaks=spec.what_is_in_conflict_cannot_be_met,
    subject=detection(2, judging(any_state_is_one), goals=True),
    length=12,
)
BACKWARDS = Pitfall(
    "conflict_detection.Backwards",
    "Agents are named in the wrong order.",
    breaks=spec.told_in_order,
    subject=detection(2, changed(backwards)),
    length=10,
)
GRANTED_BACKWARDS = Pitfall(
    "conflict_detection.GrantedBackwards",
    "What is granted is told in the wrong order.",
    breaks=spec.told_in_order,
    subject=detection(2, changed(granted_backwards)),
    length=10,
)
EXCESSIVE_BACKWARDS = Pitfall(
    "conflict_detection.ExcessiveBackwards",
    "What is excessive is told in the wrong order.",
    breaks=spec.told_in_order,
    subject=detection(2, changed(excessive_backwards)),
    length=10,
)
GOALS_FIRST = Pitfall(
    "conflict_detection.GoalsFirst",
    "Conflicts over a goal are told before those over an amount.",
    breaks=spec.told_in_order,
    subject=detection(2, changed(goals_first), goals=True),
    length=12,
)
AS_THEY_CAME = Pitfall(
    "conflict_detection.AsTheyCame",
    "Agents are named in the order in which they came.",
    breaks=spec.order_of_requests_is_irrelevant,
    subject=detection(2, changed(as_they_came)),
    length=11,
)
GRANTED_TOO = Pitfall(
    "conflict_detection.GrantedToo",
    "The last of those in conflict is granted what it wants, and told to be in conflict.",
    breaks=spec.every_wish_is_answered_once,
    subject=detection(2, changed(granted_too)),
    length=10,
)
TAKES_NOTHING = Pitfall(
    "conflict_detection.TakesNothing",
    "Whoever asks for nothing is given one.",
    breaks=spec.malformed_situations_are_rejected,
    subject=on_malformed(takes_nothing, ("nothing",)),
    length=4,
)
