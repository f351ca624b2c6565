"""What goes wrong with what metrics count of messages."""

from __future__ import annotations

from attrs import evolve

from concordant.pitfalls.workflows.coordination_metrics.measures import of, tallied
from concordant.refimpl.machine import Pitfall
from concordant.refimpl.workflows.coordination_metrics import measure, on_malformed
from concordant.spec.vocabulary import Draw
from concordant.spec.workflows.coordination_metrics import UNSENT, Log, Metrics, Outcome, Received, Sent
from concordant.spec.workflows.coordination_metrics import clauses as spec
from concordant.spec.workflows.coordination_metrics.logs import mixed, numbered


def counts_what_was_never_sent(log: Log) -> Outcome:
    """Count whatever is received, also what nobody has sent on that channel."""
    outcome = measure(log)
    if outcome != UNSENT:
        return outcome
    received = sum(1 for each in log.entries if isinstance(each.event, Received))
    rest = measure(Log(tuple(each for each in log.entries if not isinstance(each.event, Received))))
    return evolve(rest, counters=evolve(rest.counters, received=received)) if isinstance(rest, Metrics) else rest


def one_letter(draw: Draw) -> Log:
    """Draw a log of a letter that comes, on its own channel or on another on which two were sent."""
    sent = (Sent("there", 0), Sent("back", 0), Sent("back", 1))
    return numbered([*sent, Received("there", draw.one_of("comes there", (0, 1))), Received("there", 0)])


SENT = of(
    "coordination_metrics.sent",
    "What is sent is not counted.",
    tallied(lambda _, counters: evolve(counters, sent=0)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
RECEIVED = of(
    "coordination_metrics.received",
    "What is received is counted when it is sent.",
    tallied(lambda _, counters: evolve(counters, received=counters.sent)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
NEVER_SENT = Pitfall(
    "coordination_metrics.counts_what_was_never_sent/flaw",
    "What is received is counted, whether anybody has sent it or not.",
    breaks=spec.malformed_logs_are_rejected,
    subject=on_malformed(counts_what_was_never_sent),
    length=2,
)
NOT_SENT_THERE = of(
    "coordination_metrics.counts_what_was_never_sent",
    "More comes out of a channel than went in: in all, enough was sent.",
    counts_what_was_never_sent,
    spec.no_more_is_received_than_was_sent,
    1,
    one_letter,
)
COPIES = of(
    "coordination_metrics.copies",
    "A copy is counted as one more message: more seems to be received than was sent.",
    tallied(lambda _, counters: evolve(counters, copies=0)),
    spec.no_more_is_received_than_was_sent,
    4,
    mixed,
)
COPIES_OF_EACH = of(
    "coordination_metrics.copies/each",
    "Every message is counted as a copy.",
    tallied(lambda _, counters: evolve(counters, copies=counters.received)),
    spec.counters_are_of_the_log,
    4,
    mixed,
)
