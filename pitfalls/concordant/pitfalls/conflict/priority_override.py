"""What goes wrong with priorities: the documents' two rules, which look at one resource or one winner at a time; and others."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve

from concordant.refimpl.conflict.priority_override import PRIORITY, PRIORITY_WITH_AGING, flaw, override, override_with_aging
from concordant.refimpl.machine import Pitfall, Reason, Unmodelled
from concordant.spec.conflict import priority_override as spec
from concordant.spec.conflict.priority_override import RESOURCES, Conflict, Granted, Outcome, Request
from concordant.spec.vocabulary import Map

# ---- the documents' rules


def the_first_of_the_highest(conflict: Conflict) -> Outcome:
    """Let the agent of the highest priority win, as Elixir's `Enum.max_by` finds it, and list the others as overridden."""
    winner = max(conflict.requests, key=in_term_order)
    overridden = list(conflict.requests)
    overridden.remove(winner)
    return Granted(Map.of(dict.fromkeys(winner.needs, winner.agent)), tuple(request.agent for request in overridden))


def in_term_order(request: Request) -> tuple[int, object]:
    """Order as Erlang does: numbers, then atoms by their text, `nil` and truths among them, then texts."""
    match request.priority:
        case None:
            return 1, "nil"
        case bool() as truth:
            return 1, str(truth).lower()
        case str() as text:
            return 2, text
        case number:
            return 0, number


def resource_by_resource(conflict: Conflict) -> Outcome:
    """Give each resource to the first of those that need it, sorted by priority as Python does; deny it to the others."""
    holders: dict[str, str] = {}
    denied: list[str] = []
    for resource in RESOURCES:
        wanting = sorted((each for each in conflict.requests if resource in each.needs), key=lambda each: each.priority, reverse=True)
        if wanting:
            holders[resource] = wanting[0].agent
        denied += [request.agent for request in wanting[1:] if request.agent not in denied]
    return Granted(Map.of(holders), tuple(agent for agent in denied if agent not in holders.values()))


# ---- other rules


def served(conflict: Conflict, order: Iterable[Request]) -> Outcome:
    """Serve requests in some order, and queue the others by rank."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    holders: dict[str, str] = {}
    for request in order:
        if not any(need in holders for need in request.needs):
            holders.update(dict.fromkeys(request.needs, request.agent))
    return queued(conflict, holders)


def queued(conflict: Conflict, holders: dict[str, str]) -> Outcome:
    """Queue by rank whoever holds nothing."""
    return Granted(Map.of(holders), tuple(each.agent for each in ranked(conflict) if each.agent not in holders.values()))


def ranked(conflict: Conflict) -> list[Request]:
    """Sort requests as they should be served."""
    return sorted(conflict.requests, key=lambda request: (-(request.priority + request.waited), request.agent))


def smallest_number_first(conflict: Conflict) -> Outcome:
    """Take the smallest number for the most important, as schedulers do."""
    return served(conflict, sorted(conflict.requests, key=lambda request: (request.priority, request.agent)))


def most_needs_first(conflict: Conflict) -> Outcome:
    """Serve whoever needs most first, where priorities are the same."""
    return served(conflict, sorted(conflict.requests, key=lambda each: (-(each.priority + each.waited), -len(each.needs), each.agent)))


def fewest_needs_first(conflict: Conflict) -> Outcome:
    """Serve whoever needs least first, so that many are served."""
    return served(conflict, sorted(conflict.requests, key=lambda each: (len(each.needs), -(each.priority + each.waited), each.agent)))


def printer_first(conflict: Conflict) -> Outcome:
    """Serve whoever needs the printer first, where priorities are the same."""
    return served(
        conflict, sorted(conflict.requests, key=lambda each: (-(each.priority + each.waited), "printer" not in each.needs, each.agent))
    )


def longest_first(conflict: Conflict) -> Outcome:
    """Serve whoever has waited longest first, whatever its priority."""
    return served(conflict, sorted(conflict.requests, key=lambda each: (-each.waited, -each.priority, each.agent)))


def aging_ends(conflict: Conflict) -> Outcome:
    """Count no more than the first round that was waited."""
    return override_with_aging(Conflict(tuple(evolve(each, waited=min(each.waited, 1)) for each in conflict.requests)))


def half_as_fast(conflict: Conflict) -> Outcome:
    """Let one rank be worth two rounds."""
    return override_with_aging(Conflict(tuple(evolve(each, priority=each.priority + each.priority) for each in conflict.requests)))


def kept_for_those_who_wait(conflict: Conflict) -> Outcome:
    """Keep what those who wait need, so that nobody behind them may have it."""
    reason = flaw(conflict)
    if reason is not None:
        return reason
    holders: dict[str, str] = {}
    kept: set[str] = set()
    for request in ranked(conflict):
        if not request.needs & kept:
            holders.update(dict.fromkeys(request.needs, request.agent))
        kept |= request.needs
    return queued(conflict, holders)


def changed(change: Callable[[Conflict, Granted], Granted]) -> Callable[[Conflict], Outcome]:
    """Serve as is right, and change what comes of it."""

    def rule(conflict: Conflict) -> Outcome:
        outcome = override(conflict)
        return change(conflict, outcome) if isinstance(outcome, Granted) else outcome

    return rule


def losers_forgotten(conflict: Conflict, granted: Granted) -> Granted:  # noqa: ARG001
    """Deny those that are not served, and keep no queue."""
    return evolve(granted, queue=())


def winner_queued(conflict: Conflict, granted: Granted) -> Granted:
    """Queue everybody."""
    return evolve(granted, queue=tuple(request.agent for request in ranked(conflict)))


def queued_as_they_came(conflict: Conflict, granted: Granted) -> Granted:
    """Queue those that are not served as they came, the last one first."""
    return evolve(granted, queue=tuple(each.agent for each in conflict.requests[::-1] if each.agent in granted.queue))


def last_two_exchanged(conflict: Conflict, granted: Granted) -> Granted:  # noqa: ARG001
    """Of three or more that wait, let the last two exchange their places."""
    return evolve(granted, queue=(*granted.queue[:-2], *granted.queue[:-3:-1])) if len(granted.queue) > 2 else granted


def queued_for_the_printer(conflict: Conflict, granted: Granted) -> Granted:
    """Queue those that need the printer before the others."""
    needs = {request.agent: request.needs for request in conflict.requests}
    return evolve(granted, queue=tuple(sorted(granted.queue, key=lambda agent: "printer" not in needs[agent])))


def spare_printer(conflict: Conflict, granted: Granted) -> Granted:
    """Give the printer to the most important if nobody needs it."""
    return evolve(granted, holders=Map.of({"printer": ranked(conflict)[0].agent, **dict(granted.holders.items())}))


def spare_to_the_first(conflict: Conflict, granted: Granted) -> Granted:
    """Give what nobody holds to the most important."""
    return evolve(granted, holders=Map.of({**dict.fromkeys(RESOURCES, ranked(conflict)[0].agent), **dict(granted.holders.items())}))


def spare_to_the_house(conflict: Conflict, granted: Granted) -> Granted:  # noqa: ARG001
    """Give what nobody holds to nobody in particular, under a name."""
    return evolve(granted, holders=Map.of({**dict.fromkeys(RESOURCES, "the house"), **dict(granted.holders.items())}))


# ---- the pitfalls

FIRST_OF_THE_HIGHEST, BY_RESOURCE = PRIORITY.replaced_by(the_first_of_the_highest), PRIORITY.replaced_by(resource_by_resource)

FIRST_LISTED_WINS = Pitfall(
    "PRI-1",
    "Of equal priorities, or of none, which count as 0, the first in the list wins.",
    breaks=spec.order_of_requests_is_irrelevant,
    subject=FIRST_OF_THE_HIGHEST.on(2),
    length=6,
)
ITS_OWN_LOSER = Pitfall(
    "PRI-2",
    "An agent that asks twice wins and is overridden by itself.",
    breaks=spec.malformed_requests_are_rejected,
    subject=FIRST_OF_THE_HIGHEST.on_malformed(("one asks twice",)),
    length=3,
)
NIL_OUTRANKS_NUMBERS = Pitfall(
    "PRI-3",
    "A priority that is missing is an atom, and those come after all numbers: it outranks 100.",
    breaks=spec.malformed_requests_are_rejected,
    subject=FIRST_OF_THE_HIGHEST.on_malformed(("a priority",), ("nothing",)),
    length=4,
)
NOBODY = Pitfall(
    "PRI-4",
    "The highest of no priorities is an error.",
    breaks=spec.malformed_requests_are_rejected,
    subject=FIRST_OF_THE_HIGHEST.on_malformed(("nobody asks",)),
    length=3,
    raises=True,
)
ONE_WINNER = Pitfall(
    "priority_override.TheFirstOfTheHighest",
    "There is one winner, and the others wait, also for what it does not need.",
    breaks=spec.nobody_can_be_given_more,
    subject=FIRST_OF_THE_HIGHEST.on(2),
    length=5,
)
A_PART = Pitfall(
    "CFD-2",
    "Each resource is given away by itself: an agent holds the one and not the other, cannot run, and another is without it.",
    breaks=spec.all_or_nothing,
    subject=BY_RESOURCE.on(2),
    length=5,
)
FIRST_LISTED_IS_SORTED_FIRST = Pitfall(
    "CFD-7",
    "Of equal priorities the sort leaves the first in the list in front.",
    breaks=spec.order_of_requests_is_irrelevant,
    subject=BY_RESOURCE.on(2),
    length=6,
)
LIST_IN_PLACE = Unmodelled(
    "CFD-8",
    Reason.SAME,
    "The list of the caller is sorted in place. Requests are a tuple here; and another order of them shows only where the order decides.",
    same="CFD-7",
)
LOSERS_FORGOTTEN = Pitfall(
    "CFD-12",
    "The losers are denied, and nobody knows any more that they wait: when the winner is gone, nobody is next.",
    breaks=spec.everybody_is_answered_once,
    subject=PRIORITY.replaced_by(changed(losers_forgotten), "losers forgotten").on(2),
    length=5,
)
WINNER_QUEUED = Pitfall(
    "priority_override.WinnerQueued",
    "The winner is told that it has won, and queued.",
    breaks=spec.everybody_is_answered_once,
    subject=PRIORITY.replaced_by(changed(winner_queued), "winner queued").on(2),
    length=3,
)
QUEUED_AS_THEY_CAME = Pitfall(
    "priority_override.QueuedAsTheyCame",
    "Those that wait are queued with the last one first.",
    breaks=spec.the_queue_is_in_order,
    subject=PRIORITY.replaced_by(changed(queued_as_they_came), "queued as they came").on(3),
    length=7,
)
LAST_TWO_EXCHANGED = Pitfall(
    "priority_override.LastTwoExchanged",
    "Of three that wait, the last goes before the one in front of it.",
    breaks=spec.the_queue_is_in_order,
    subject=PRIORITY.replaced_by(changed(last_two_exchanged), "last two exchanged").on(4),
    length=9,
)
QUEUED_FOR_THE_PRINTER = Pitfall(
    "priority_override.QueuedForThePrinter",
    "Those that wait for the printer are queued before the others.",
    breaks=spec.resources_are_treated_alike,
    subject=PRIORITY.replaced_by(changed(queued_for_the_printer), "queued for the printer").on(3),
    length=8,
)
SPARE_PRINTER = Pitfall(
    "priority_override.SparePrinter",
    "The printer is always held by somebody, and the disk only by who needs it.",
    breaks=spec.resources_are_treated_alike,
    subject=PRIORITY.replaced_by(changed(spare_printer), "spare printer").on(2),
    length=4,
)
SPARE_TO_THE_FIRST = Pitfall(
    "priority_override.SpareToTheFirst",
    "What nobody needs goes to the most important.",
    breaks=spec.all_or_nothing,
    subject=PRIORITY.replaced_by(changed(spare_to_the_first), "spare to the first").on(2),
    length=3,
)
SPARE_TO_THE_HOUSE = Pitfall(
    "priority_override.SpareToTheHouse",
    "What nobody needs is held under the name of nobody who asks.",
    breaks=spec.all_or_nothing,
    subject=PRIORITY.replaced_by(changed(spare_to_the_house), "spare to the house").on(2),
    length=3,
)
SMALLEST_NUMBER_FIRST = Pitfall(
    "priority_override.SmallestNumberFirst",
    "The smallest number is taken for the most important.",
    breaks=spec.only_the_more_important_come_first,
    subject=PRIORITY.replaced_by(smallest_number_first).on(2),
    length=5,
)
FEWEST_NEEDS_FIRST = Pitfall(
    "priority_override.FewestNeedsFirst",
    "Whoever needs least is served first, so that more are served: the most important, which needs more, may wait for ever.",
    breaks=spec.only_the_more_important_come_first,
    subject=PRIORITY.replaced_by(fewest_needs_first).on(2),
    length=5,
)
MOST_NEEDS_FIRST = Pitfall(
    "priority_override.MostNeedsFirst",
    "Of equals whoever needs most is served first: it pays to ask for what one does not need.",
    breaks=spec.truthful_needs,
    subject=PRIORITY.replaced_by(most_needs_first).on(2),
    length=7,
)
PRINTER_FIRST = Pitfall(
    "priority_override.PrinterFirst",
    "Of equals whoever needs the printer is served first.",
    breaks=spec.resources_are_treated_alike,
    subject=PRIORITY.replaced_by(printer_first).on(2),
    length=6,
)
KEPT = Pitfall(
    "priority_override.KeptForThoseWhoWait",
    "What somebody waits for is kept from those behind, although it is idle for as long.",
    breaks=spec.nobody_can_be_given_more,
    subject=PRIORITY.replaced_by(kept_for_those_who_wait).on(3),
    length=7,
)
KEPT_FROM_THE_LAST = Pitfall(
    "priority_override.KeptForThoseWhoWait/last",
    "The same: of two who wait, only one waits for somebody who is served.",
    breaks=spec.only_the_more_important_come_first,
    subject=PRIORITY.replaced_by(kept_for_those_who_wait).on(3),
    length=7,
)
KEPT_OUT_OF_SPITE = Pitfall(
    "priority_override.KeptForThoseWhoWait/spite",
    "The same: whoever waits in vain decides by what it asks for whether others wait, too.",
    breaks=spec.nobody_harms_others_for_nothing,
    subject=PRIORITY.replaced_by(kept_for_those_who_wait).on(3),
    length=9,
)
LONGEST_FIRST = Pitfall(
    "priority_override.LongestFirst",
    "Whoever has waited longest is served, whatever its priority.",
    breaks=spec.only_the_more_important_come_first,
    subject=PRIORITY_WITH_AGING.replaced_by(longest_first).on(2, aging=True),
    length=7,
)
WAITING_FORGOTTEN = Pitfall(
    "priority_override.WaitingForgotten",
    "Waiting is counted and forgotten.",
    breaks=spec.nobody_starves,
    subject=PRIORITY_WITH_AGING.replaced_by(override, "waiting forgotten").on(2, aging=True),
    length=8,
)
AGING_ENDS = Pitfall(
    "priority_override.AgingEnds",
    "Only the first round that is waited counts, which is enough against equals.",
    breaks=spec.nobody_starves,
    subject=PRIORITY_WITH_AGING.replaced_by(aging_ends).on(2, aging=True),
    length=8,
)
HALF_AS_FAST = Pitfall(
    "priority_override.HalfAsFast",
    "A rank is worth two rounds of waiting: nobody starves, and some wait longer than is promised.",
    breaks=spec.nobody_starves,
    subject=PRIORITY_WITH_AGING.replaced_by(half_as_fast).on(2, aging=True),
    length=8,
)
