"""What contractors that go wrong break."""

from __future__ import annotations

from concordant.pitfalls.auctions.contract_net.contractors import (
    AlwaysDone,
    BeginsInSilence,
    BeginsTooLate,
    BlamesTheManager,
    ChangesItsMind,
    Eager,
    EndsAsItLikes,
    GivesUpWhatItDoes,
    KeepsRejected,
    NamesAnotherCost,
    NeverEnds,
    NeverLapses,
    OneManager,
    ProposesAnew,
    ProposesAnything,
    ReleasesAgain,
    Reminds,
    SaysNothing,
    ShowsNoRoom,
    ShowsWhatItDoes,
    TakesItBack,
    TellsTheFirst,
)
from concordant.refimpl.auctions.contract_net import SAFE, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Faults, Network

TWICE = Network(duplicating=True)
LOSING = Network(losses=1)

NEVER_LAPSES = Pitfall(
    "contract_net.NeverLapses",
    "The award is lost, and room is held for the task for ever.",
    breaks=spec.nothing_stays_held,
    subject=system((1,), network=LOSING, contractor=NeverLapses),
    length=4,
)
NEVER_LAPSES_ENDS = Pitfall(
    "contract_net.NeverLapses/ends",
    "The same: nothing more happens.",
    breaks=spec.room_becomes_free,
    subject=system((1,), network=LOSING, contractor=NeverLapses),
    length=3,
)
REMINDS = Pitfall(
    "contract_net.Reminds",
    "Room is held for ever, and the manager reminded again and again.",
    breaks=spec.room_becomes_free,
    subject=system((1,), network=Network(losses=None, copies=1), contractor=Reminds),
    length=4,
)
PROPOSES_ANYTHING = Pitfall(
    "contract_net.ProposesAnything",
    "A contractor proposes what it cannot do.",
    breaks=spec.only_who_can_proposes,
    subject=system((None,), contractor=ProposesAnything),
    length=2,
)
PROPOSES_ANEW = Pitfall(
    "contract_net.ProposesAnew",
    "A call that comes again is answered by a new proposal, though the first is over.",
    breaks=spec.only_who_can_proposes,
    subject=system((1,), network=TWICE, contractor=ProposesAnew),
    length=4,
)
PROPOSES_ANEW_DECLINES = Pitfall(
    "contract_net.ProposesAnew/declines",
    "The same, by one that has no room now: it refuses what it has proposed before.",
    breaks=spec.who_can_proposes,
    subject=system((1, 1), network=TWICE, contractor=ProposesAnew),
    length=5,
)
ONE_MANAGER = Pitfall(
    "contract_net.OneManager",
    "A contractor whose task is over refuses the next one.",
    breaks=spec.who_can_proposes,
    subject=system((1, 1), contractor=OneManager),
    length=5,
)
EAGER = Pitfall(
    "contract_net.Eager",
    "A contractor begins before the task is awarded.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), contractor=Eager),
    length=2,
)
BEGINS_TOO_LATE = Pitfall(
    "contract_net.BeginsTooLate",
    "The award comes when the proposal has lapsed, and the contractor begins, with no room held for the task.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), contractor=BeginsTooLate),
    length=5,
)
GIVES_UP_WHAT_IT_DOES = Pitfall(
    "contract_net.GivesUpWhatItDoes",
    "The time of a proposal runs out although it was accepted, and the task is given up.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), contractor=GivesUpWhatItDoes),
    length=5,
)
BLAMES_THE_MANAGER = Pitfall(
    "contract_net.BlamesTheManager",
    "A proposal that has lapsed is said to have been turned down.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), contractor=BlamesTheManager),
    length=3,
)
SHOWS_WHAT_IT_DOES = Pitfall(
    "contract_net.ShowsWhatItDoes",
    "A contractor shows room that it holds for a task.",
    breaks=spec.a_contractor_shows_its_room,
    subject=system((1,), contractor=ShowsWhatItDoes),
    length=2,
)
ALWAYS_DONE = Pitfall(
    "contract_net.AlwaysDone",
    "A contractor that could not do the task says that it is done.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), contractor=AlwaysDone),
    length=6,
)
SAYS_NOTHING = Pitfall(
    "contract_net.SaysNothing",
    "A task is done, and its manager never hears of it.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1,), contractor=SaysNothing),
    length=6,
)
CHANGES_ITS_MIND = Pitfall(
    "contract_net.ChangesItsMind",
    "A contractor that has refused proposes when the call comes again, which the manager has taken for an answer.",
    breaks=spec.only_who_can_proposes,
    subject=system((1, 1), network=TWICE, contractor=ChangesItsMind),
    length=6,
)
CHANGES_ITS_MIND_NOT = Pitfall(
    "contract_net.ChangesItsMind/not",
    "The same, by one that cannot do the task: it refuses again.",
    breaks=spec.who_can_proposes,
    subject=system((None,), network=TWICE, contractor=ChangesItsMind),
    length=3,
)
TAKES_IT_BACK = Pitfall(
    "contract_net.TakesItBack",
    "A contractor that has proposed refuses when the call comes again, since it holds all its room for the task.",
    breaks=spec.who_can_proposes,
    subject=system((1,), network=TWICE, contractor=TakesItBack),
    length=3,
)
NAMES_ANOTHER_COST = Pitfall(
    "contract_net.NamesAnotherCost",
    "A contractor proposes at another cost than it was given.",
    breaks=spec.only_who_can_proposes,
    subject=system((1,), contractor=NamesAnotherCost),
    length=2,
)
BEGINS_IN_SILENCE = Pitfall(
    "contract_net.BeginsInSilence",
    "Work ends of which nobody knew that it had begun.",
    breaks=spec.only_what_was_begun_ends,
    subject=system((1,), contractor=BeginsInSilence),
    length=5,
)
ENDS_AS_IT_LIKES = Pitfall(
    "contract_net.EndsAsItLikes",
    "Work ends because another was preferred, though it was begun.",
    breaks=spec.only_what_was_begun_ends,
    subject=system((1,), contractor=EndsAsItLikes),
    length=5,
)
NEVER_ENDS = Pitfall(
    "contract_net.NeverEnds",
    "What is begun takes room for ever.",
    breaks=spec.nothing_stays_held,
    subject=system((1,), contractor=NeverEnds),
    length=5,
)
NEVER_ENDS_ENDS = Pitfall(
    "contract_net.NeverEnds/ends",
    "The same: nothing more happens.",
    breaks=spec.room_becomes_free,
    subject=system((1,), contractor=NeverEnds),
    length=5,
)
RELEASES_AGAIN = Pitfall(
    "contract_net.ReleasesAgain",
    "A rejection that comes again gives room back again.",
    breaks=spec.room_is_released_for_a_reason,
    subject=system((1,), network=TWICE, contractor=ReleasesAgain),
    length=6,
)
KEEPS_REJECTED = Pitfall(
    "contract_net.KeepsRejected",
    "A contractor that was turned down holds room until its proposal lapses.",
    breaks=spec.nothing_lapses_in_time,
    subject=system((1,), (1,), faults=Faults(synchronous=True), contractor=KeepsRejected, promises=SAFE),
    length=10,
)
SHOWS_NO_ROOM = Pitfall(
    "contract_net.ShowsNoRoom",
    "A contractor shows no room where there is some.",
    breaks=spec.a_contractor_shows_its_room,
    subject=system((1,), contractor=ShowsNoRoom),
    length=0,
)
TELLS_THE_FIRST = Pitfall(
    "contract_net.TellsTheFirst",
    "Of two tasks that are done, one manager hears of its own.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1, 1), contractor=TellsTheFirst),
    length=9,
)
