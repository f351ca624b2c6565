"""What managers that go wrong break."""

from __future__ import annotations

from concordant.pitfalls.auctions.contract_net.managers import (
    AcceptsEverybody,
    AsksForEver,
    AwardsToNobody,
    AwardsWhatIsCancelled,
    BusyForEver,
    CallsAgain,
    CancelsAtOnce,
    CancelsInSilence,
    CancelsTheLosers,
    CannotCallBack,
    DearestWins,
    DropsWhatIsLate,
    FirstToComeWins,
    ForgetsThatItIsDone,
    ForgetsTheCost,
    ForgetsWhatItKnows,
    GivesUpOnProposals,
    HearsNothingMore,
    LearnsAgain,
    MishearsTheCost,
    NamesNobodySilent,
    NamesNobodyTied,
    NamesTheLosersSilent,
    RejectsWhateverIsLate,
    ShowsWhatItHopes,
    TakesDoneForFailed,
    TellsAgain,
)
from concordant.refimpl.auctions.contract_net import SAFE, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.auctions.contract_net import clauses as spec
from concordant.spec.vocabulary import Faults, Network

TWICE = Network(duplicating=True)
IN_TIME = Faults(synchronous=True)
CANCELLING = Faults(cancellations=1)

CALLS_AGAIN = Pitfall(
    "contract_net.CallsAgain",
    "A user that asks again has the task awarded once more.",
    breaks=spec.a_task_is_awarded_once,
    subject=system((1,), asks=2, manager=CallsAgain),
    length=6,
)
AWARDS_WHAT_IS_CANCELLED = Pitfall(
    "contract_net.AwardsWhatIsCancelled",
    "A task that the user has been told is cancelled is awarded.",
    breaks=spec.a_task_is_awarded_once,
    subject=system((1,), faults=CANCELLING, manager=AwardsWhatIsCancelled),
    length=3,
)
CANNOT_CALL_BACK = Pitfall(
    "contract_net.CannotCallBack",
    "A user cancels a task that is awarded, and its contractor is not told.",
    breaks=spec.who_cancels_is_heeded,
    subject=system((1,), faults=CANCELLING, manager=CannotCallBack),
    length=4,
)
DEAREST_WINS = Pitfall(
    "contract_net.DearestWins",
    "The task goes to whoever asks most for it.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), (2,), manager=DearestWins),
    length=5,
)
NAMES_NOBODY_TIED = Pitfall(
    "contract_net.NamesNobodyTied",
    "Nobody is told that a tie was decided by name.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), (1,), manager=NamesNobodyTied),
    length=5,
)
FIRST_TO_COME_WINS = Pitfall(
    "contract_net.FirstToComeWins",
    "The task is awarded when the first proposal comes, and a cheaper one is under way.",
    breaks=spec.everybody_is_heard_in_time,
    subject=system((2,), (1,), faults=IN_TIME, manager=FirstToComeWins, promises=SAFE),
    length=3,
)
REJECTS_THE_WINNER = Pitfall(
    "contract_net.RejectsWhateverIsLate",
    "The winner's proposal comes again, and it is told that the task is not its own.",
    breaks=spec.told_as_decided,
    subject=system((1,), network=TWICE, manager=RejectsWhateverIsLate),
    length=4,
)
ACCEPTS_EVERYBODY = Pitfall(
    "contract_net.AcceptsEverybody",
    "All who have proposed are told that the task is their own.",
    breaks=spec.told_as_decided,
    subject=system((1,), (2,), manager=AcceptsEverybody),
    length=5,
)
ACCEPTS_EVERYBODY_STARTS = Pitfall(
    "contract_net.AcceptsEverybody/starts",
    "The same: the loser begins.",
    breaks=spec.only_the_winner_begins,
    subject=system((1,), (2,), manager=AcceptsEverybody),
    length=6,
)
DROPS_WHAT_IS_LATE = Pitfall(
    "contract_net.DropsWhatIsLate",
    "A contractor whose proposal comes too late is told nothing.",
    breaks=spec.everybody_who_proposes_is_told,
    subject=system((1,), manager=DropsWhatIsLate),
    length=5,
)
TAKES_DONE_FOR_FAILED = Pitfall(
    "contract_net.TakesDoneForFailed",
    "The user is told that a task has failed that was done.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=TakesDoneForFailed),
    length=6,
)
FORGETS_THE_COST = Pitfall(
    "contract_net.ForgetsTheCost",
    "The user is told another cost than was proposed.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), manager=ForgetsTheCost),
    length=6,
)
HEARS_NOTHING_MORE = Pitfall(
    "contract_net.HearsNothingMore",
    "Once its user has given up, a manager no longer hears what has become of the task.",
    breaks=spec.every_manager_knows_in_the_end,
    subject=system((1,), manager=HearsNothingMore),
    length=7,
)
TELLS_AGAIN = Pitfall(
    "contract_net.TellsAgain",
    "A user is told again that the task is done when that comes again.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((1,), network=TWICE, manager=TellsAgain),
    length=7,
)
SHOWS_WHAT_IT_HOPES = Pitfall(
    "contract_net.ShowsWhatItHopes",
    "A task that is awarded is shown as done.",
    breaks=spec.a_manager_shows_what_it_knows,
    subject=system((1,), manager=ShowsWhatItHopes),
    length=3,
)
FORGETS_WHAT_IT_KNOWS = Pitfall(
    "contract_net.ForgetsWhatItKnows",
    "A user that asks again is told that nothing is known, though it was told what has become of its task.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=ForgetsWhatItKnows),
    length=3,
)
BUSY_FOR_EVER = Pitfall(
    "contract_net.BusyForEver",
    "A user that asks again is told that another waits, and none does.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=BusyForEver),
    length=3,
)
CANCELS_AT_ONCE = Pitfall(
    "contract_net.CancelsAtOnce",
    "The user is told that an awarded task is cancelled, while the contractor does it.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), faults=CANCELLING, manager=CancelsAtOnce),
    length=4,
)
ASKS_FOR_EVER = Pitfall(
    "contract_net.AsksForEver",
    "A manager that has heard nothing for long asks again, and then again, and its user waits.",
    breaks=spec.every_wait_ends,
    subject=system((1,), network=TWICE, manager=AsksForEver),
    length=5,
)
FORGETS_THAT_IT_IS_DONE = Pitfall(
    "contract_net.ForgetsThatItIsDone",
    "A user whose task is done asks again, and is told that nothing is known.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), asks=2, manager=ForgetsThatItIsDone),
    length=7,
)
GIVES_UP_ON_PROPOSALS = Pitfall(
    "contract_net.GivesUpOnProposals",
    "Where nobody has proposed in time, the user is told that something may have come of it.",
    breaks=spec.an_answer_is_true,
    subject=system((1,), manager=GivesUpOnProposals),
    length=2,
)
AWARDS_TO_NOBODY = Pitfall(
    "contract_net.AwardsToNobody",
    "A task is said to be awarded to nobody though somebody has proposed.",
    breaks=spec.the_cheapest_wins,
    subject=system((1,), manager=AwardsToNobody),
    length=3,
)
MISHEARS_THE_COST = Pitfall(
    "contract_net.MishearsTheCost",
    "A proposal is compared at another cost than it was made at.",
    breaks=spec.what_is_compared_was_proposed,
    subject=system((1,), manager=MishearsTheCost),
    length=3,
)
LEARNS_AGAIN = Pitfall(
    "contract_net.LearnsAgain",
    "What is known is taken for news when it comes again.",
    breaks=spec.what_is_learned_is_true_and_final,
    subject=system((1,), network=TWICE, manager=LearnsAgain),
    length=7,
)
NAMES_NOBODY_SILENT = Pitfall(
    "contract_net.NamesNobodySilent",
    "Whoever has not answered is taken for one who refuses.",
    breaks=spec.who_is_silent_is_named,
    subject=system((1,), manager=NamesNobodySilent),
    length=2,
)
NAMES_THE_LOSERS_SILENT = Pitfall(
    "contract_net.NamesTheLosersSilent",
    "Whoever has lost is said not to have answered.",
    breaks=spec.who_is_silent_is_named,
    subject=system((1,), (2,), manager=NamesTheLosersSilent),
    length=5,
)
CANCELS_THE_LOSERS = Pitfall(
    "contract_net.CancelsTheLosers",
    "Whoever has lost is told that the task is cancelled.",
    breaks=spec.told_as_decided,
    subject=system((1,), (2,), manager=CancelsTheLosers),
    length=5,
)
CANCELS_IN_SILENCE = Pitfall(
    "contract_net.CancelsInSilence",
    "A call is cancelled, and the contractors wait until their proposals lapse.",
    breaks=spec.nothing_lapses_in_time,
    subject=system((1,), (1,), faults=Faults(synchronous=True, cancellations=1), manager=CancelsInSilence, promises=SAFE),
    length=8,
)
