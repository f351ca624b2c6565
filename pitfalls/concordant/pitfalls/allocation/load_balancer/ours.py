"""Slips in ours."""

from __future__ import annotations

from concordant.pitfalls.allocation.load_balancer.machines import (
    BOTH,
    ONE,
    THEN_LOST,
    A,
    AnswersWhenItCan,
    AsksNobody,
    AsksOnce,
    B,
    BuriesAnybody,
    CountsAgain,
    DealsAnew,
    DoesNotHear,
    GoesByNumber,
    KnowsWhatWaitsOnly,
    LetsNobodyGo,
    SaysThatItIsTaken,
    SaysThatItWaits,
    StaysInLine,
    TakesBackOne,
    TakesOtherSkills,
    TakesTheLastOfEquals,
    TakesTheNewestFirst,
    TellsWhenItIsDone,
    TheFirstDoesItAll,
    WaitsInLine,
    X,
    Y,
    ruled,
    submits,
)
from concordant.refimpl.allocation.load_balancer import dispatch, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.allocation import load_balancer as spec
from concordant.spec.allocation.load_balancer import (
    Complete,
    Join,
    Leave,
    Lost,
    batches,
)
from concordant.spec.vocabulary import Address

SUBMITTED_AGAIN = Pitfall(
    "load_balancer.KnowsWhatWaitsOnly",
    "A task that is submitted again, and does not wait any more, is taken for a new one.",
    breaks=spec.a_name_is_one_tasks,
    subject=system(ONE, submits(A, A), balancer=KnowsWhatWaitsOnly),
    length=3,
)
GIVEN_AGAIN = Pitfall(
    "load_balancer.StaysInLine",
    "A task that was given to somebody is given to somebody once more.",
    breaks=spec.what_waits_longest_is_given_first,
    subject=system(ONE, submits(A, B), balancer=StaysInLine),
    length=3,
)
DEALT_ANEW = Pitfall(
    "load_balancer.DealsAnew",
    "Somebody comes, and everything is dealt out anew, also what is half done.",
    breaks=spec.what_somebody_does_is_left_to_it,
    subject=system(ONE, ONE, submits(A), balancer=DealsAnew),
    length=3,
)
ASKS_NOBODY = Pitfall(
    "load_balancer.AsksNobody",
    "A task is given to who can not do it.",
    breaks=spec.who_can_and_has_the_least_to_do_is_given_it,
    subject=system(ONE, submits(Y), balancer=AsksNobody),
    length=2,
)
ASKS_NOBODY_IN_A_BATCH = Pitfall(
    "load_balancer.AsksNobody/batch",
    "The same in a batch.",
    breaks=batches.whoever_can_does_it,
    subject=dispatch(1, 1, skilled=True, rule=ruled(AsksNobody())),
    length=5,
)
THE_FIRST_DOES_IT_ALL = Pitfall(
    "load_balancer.TheFirstDoesItAll",
    "All tasks go to the first who can do them.",
    breaks=batches.among_equals_within_twice_the_best,
    subject=dispatch(2, 2, rule=ruled(TheFirstDoesItAll())),
    length=4,
)
LETS_NOBODY_GO = Pitfall(
    "load_balancer.LetsNobodyGo",
    "A worker leaves, and is given tasks still.",
    breaks=spec.what_is_asked_is_done,
    subject=system(("worker", ((Join(X),), (Leave(),))), balancer=LetsNobodyGo),
    length=2,
)
SAYS_THAT_IT_WAITS = Pitfall(
    "load_balancer.SaysThatItWaits",
    "A user is told that its task waits, and somebody has it.",
    breaks=spec.an_answer_is_true,
    subject=system(ONE, submits(A), balancer=SaysThatItWaits),
    length=2,
)
TELLS_WHEN_IT_IS_DONE = Pitfall(
    "load_balancer.TellsWhenItIsDone",
    "A user that was answered is answered once more when its task is done.",
    breaks=spec.nobody_is_answered_twice,
    subject=system(("worker", ((Join(X),), (Complete("a"),))), submits(A), balancer=TellsWhenItIsDone),
    length=3,
)
ANSWERS_WHEN_IT_CAN = Pitfall(
    "load_balancer.AnswersWhenItCan",
    "Who submits what nobody can do is not answered.",
    breaks=spec.nobody_waits_for_an_answer,
    subject=system(submits(A), balancer=AnswersWhenItCan),
    length=1,
)
DOES_NOT_HEAR = Pitfall(
    "load_balancer.DoesNotHear",
    "A worker has done a task, and has it to do still.",
    breaks=spec.what_is_asked_is_done,
    subject=system(("worker", ((Join(X),), (Complete("a"),))), submits(A), balancer=DoesNotHear),
    length=3,
)
LETS_NOBODY_GET_LOST = Pitfall(
    "load_balancer.LetsNobodyGo/lost",
    "A worker is lost, and is given tasks still.",
    breaks=spec.what_is_asked_is_done,
    subject=system(ONE, THEN_LOST, balancer=LetsNobodyGo),
    length=2,
)
SAYS_THAT_IT_IS_TAKEN = Pitfall(
    "load_balancer.SaysThatItIsTaken",
    "Who submits what nobody can do is told that it waits, and nobody keeps it.",
    breaks=spec.what_is_asked_is_done,
    subject=system(submits(A), balancer=SaysThatItIsTaken),
    length=1,
)
GOES_BY_NUMBER = Pitfall(
    "load_balancer.GoesByNumber",
    "A helper says that a task is done which the worker of the same number has, and is believed.",
    breaks=spec.what_is_done_is_done_once,
    subject=system(ONE, ("helper", ((Complete("a"),),)), submits(A), balancer=GoesByNumber),
    length=3,
)
COUNTS_AGAIN = Pitfall(
    "load_balancer.CountsAgain",
    "A worker says twice that a task is done, and it is done twice.",
    breaks=spec.what_is_done_is_done_once,
    subject=system(("worker", ((Join(X),), (Complete("a"),), (Complete("a"),))), submits(A), balancer=CountsAgain),
    length=4,
)
THE_LAST_OF_EQUALS = Pitfall(
    "load_balancer.TakesTheLastOfEquals",
    "Of two who have nothing to do, the last by name is chosen.",
    breaks=spec.who_can_and_has_the_least_to_do_is_given_it,
    subject=system(ONE, ("helper", ((Join(X),),)), submits(A), balancer=TakesTheLastOfEquals),
    length=3,
)
THE_NEWEST_FIRST = Pitfall(
    "load_balancer.TakesTheNewestFirst",
    "What came last is given out first.",
    breaks=spec.what_waits_longest_is_given_first,
    subject=system(submits(A, B), ONE, balancer=TakesTheNewestFirst),
    length=3,
)
WAITS_IN_LINE = Pitfall(
    "load_balancer.WaitsInLine",
    "A task that somebody could do waits behind one that nobody can do.",
    breaks=spec.nobody_idles_beside_a_task,
    subject=system(submits(Y, A), ONE, balancer=WaitsInLine),
    length=3,
)
TAKES_BACK_ONE = Pitfall(
    "load_balancer.TakesBackOne",
    "Of two tasks that a lost worker had, one is given to another, and one to nobody.",
    breaks=spec.nobody_idles_beside_a_task,
    subject=system(ONE, submits(A, B), ("worker", ((Join(X),), (Lost(Address("worker")),))), balancer=TakesBackOne),
    length=5,
)
OTHER_SKILLS = Pitfall(
    "load_balancer.TakesOtherSkills",
    "A worker that joins again can do something else, and what it has to do it perhaps can not.",
    breaks=spec.who_comes_was_not_there,
    subject=system(("worker", ((Join(X),), (Join(BOTH),))), balancer=TakesOtherSkills),
    length=2,
)
BURIES_ANYBODY = Pitfall(
    "load_balancer.BuriesAnybody",
    "Somebody goes who was not there.",
    breaks=spec.who_goes_was_there,
    subject=system(THEN_LOST, balancer=BuriesAnybody),
    length=1,
)
ASKS_ONCE = Pitfall(
    "load_balancer.AsksOnce",
    "The second task is given to who can not do it.",
    breaks=batches.whoever_can_does_it,
    subject=dispatch(1, 2, skilled=True, rule=ruled(AsksOnce())),
    length=7,
)
