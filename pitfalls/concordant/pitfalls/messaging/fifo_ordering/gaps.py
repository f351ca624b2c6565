"""What goes wrong with what stays away: with waiting for it, and with reporting it."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.messaging.fifo_ordering.ordering import to_b
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.messaging.fifo_ordering import (
    BOUNDED,
    IMPATIENT,
    B,
    Conversation,
    Impatient,
    Numbering,
    Ordering,
    system,
)
from concordant.spec.messaging import fifo_ordering as spec
from concordant.spec.messaging.fifo_ordering import Gap, Missing
from concordant.spec.vocabulary import Address, Announce, Faults, Map, Network


@frozen
class HasRoom(Ordering):
    """Holds whatever comes early."""

    def has_room(self, known: Conversation) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class ForgetsTheCount(Ordering):
    """Keeps nothing on its disk of what it expects."""

    def survives(self, state: Numbering) -> tuple[Numbering, ...]:
        return (Numbering(epoch=state.epoch),)


@frozen
class Skips(Impatient):
    """Goes on with what it has, when something stays away."""

    def closed(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        first = min(known.held, default=known.expected)
        return self.handed_up(state, source, evolve(known, expected=first))


@frozen
class NamesWhatCame(Impatient):
    """Reports the number of what it holds."""

    def gap(self, source: Address, known: Conversation) -> Announce:
        return Announce(Gap(source, known.epoch, min(known.held)))


@frozen
class NamesTheFirst(Impatient):
    """Reports the first number of the epoch, whatever was handed up."""

    def gap(self, source: Address, known: Conversation) -> Announce:
        return Announce(Gap(source, known.epoch, 0))


@frozen
class TakesSilenceForAGap(Impatient):
    """Has a deadline for everybody from whom it has heard."""

    def armed(self, state: Numbering) -> tuple[Missing, ...]:
        return tuple(map(Missing, state.conversations))


@frozen
class StaysOpen(Impatient):
    """Reports a gap, and goes on in the same conversation."""

    def closed(self, state: Numbering, source: Address, known: Conversation) -> Step[Numbering]:
        return step(self.put(state, source, evolve(known, held=Map())), self.gap(source, known))


@frozen
class LeavesAPlaceFree(Ordering):
    """Counts the message that is missing among those that it holds."""

    def has_room(self, known: Conversation) -> bool:
        return len(known.held) + 1 < self.room


@frozen
class LooksAgain(Impatient):
    """Looks again later, when something stays away."""

    def fire(self, state: Numbering, trigger: Missing) -> Step[Numbering]:  # noqa: ARG002  # that is the mistake
        return step(state)


LOSSES = Network(losses=1)

NO_BOUND = Pitfall(
    "FIF-9",
    "After one message that is lost nothing is handed up, and the buffer grows without bound.",
    breaks=spec.what_is_held_has_room,
    subject=system(to_b("a", "b", "c"), room=1, ordering=HasRoom, network=LOSSES),
    length=5,
)
WAITS_FOR_THE_LOST = Pitfall(
    "FIF-9/waits",
    "Nothing ends the wait for a message that is lost.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), network=LOSSES, promises=IMPATIENT),
    length=4,
)
RESTARTS_AT_0 = Pitfall(
    "FIF-11",
    "A receiver that restarts waits for number 0, which has been.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), ordering=ForgetsTheCount, faults=Faults(crashes=1, recoveries=1, who=(B,))),
    length=6,
)
SKIPS = Pitfall(
    "fifo_ordering.Skips",
    "What stays away until a deadline is passed over, and nobody hears of it.",
    breaks=spec.nothing_is_skipped,
    subject=system(to_b("a", "b"), ordering=Skips, network=LOSSES, promises=IMPATIENT),
    length=4,
)
NAMES_WHAT_CAME = Pitfall(
    "fifo_ordering.NamesWhatCame",
    "A gap is reported by the number of the message behind it.",
    breaks=spec.a_gap_names_what_is_missing,
    subject=system(to_b("a", "b"), ordering=NamesWhatCame, network=LOSSES, promises=IMPATIENT),
    length=4,
)
NAMES_THE_FIRST = Pitfall(
    "fifo_ordering.NamesTheFirst",
    "A gap is reported by the first number of the epoch, as if nothing had been handed up.",
    breaks=spec.a_gap_names_what_is_missing,
    subject=system(to_b("a", "b", "c"), ordering=NamesTheFirst, network=LOSSES, promises=IMPATIENT),
    length=6,
)
SILENCE = Pitfall(
    "fifo_ordering.TakesSilenceForAGap",
    "A deadline passes although nothing is held, and the silence of a sender that has no more to say is reported as a gap.",
    breaks=spec.a_gap_has_something_behind_it,
    subject=system(to_b("a"), ordering=TakesSilenceForAGap, promises=IMPATIENT),
    length=3,
)
REPORTS_AGAIN = Pitfall(
    "fifo_ordering.StaysOpen",
    "A gap does not close the conversation: what comes next is early again, and the same gap is reported again.",
    breaks=spec.a_gap_is_reported_once,
    subject=system(to_b("a", "b", "c"), ordering=StaysOpen, promises=IMPATIENT),
    length=7,
)
GOES_ON = Pitfall(
    "fifo_ordering.StaysOpen/goes on",
    "A message that was reported as missing is handed up when it comes.",
    breaks=spec.nothing_comes_after_a_gap,
    subject=system(to_b("a", "b"), ordering=StaysOpen, promises=IMPATIENT),
    length=5,
)
LEAVES_A_PLACE_FREE = Pitfall(
    "fifo_ordering.LeavesAPlaceFree",
    "The message that is missing is counted among those that are held: with room for one, whatever comes early is a gap.",
    breaks=spec.a_gap_is_not_reported_lightly,
    subject=system(to_b("a", "b"), room=1, ordering=LeavesAPlaceFree, promises=BOUNDED),
    length=3,
)
LOOKS_AGAIN = Pitfall(
    "fifo_ordering.LooksAgain",
    "When a message stays away the layer looks again later, for ever.",
    breaks=spec.nothing_is_held_for_ever,
    subject=system(to_b("a", "b"), ordering=LooksAgain, network=LOSSES, promises=IMPATIENT),
    length=5,
)
