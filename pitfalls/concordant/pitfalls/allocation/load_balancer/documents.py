"""The defects of the documents' load balancers."""

from __future__ import annotations

from concordant.pitfalls.allocation.load_balancer.machines import (
    BOTH,
    ONE,
    THEN_LOST,
    A,
    B,
    BelievesAnybody,
    ChoosesForAllAtOnce,
    ComparesNothing,
    Counts,
    DropsWhatNobodyCanDo,
    KnowsTheFirstOnly,
    LeavesItToTheDead,
    LosesTheirTasks,
    NeedsSomebody,
    TakesAnyLoad,
    TakesLaterLoads,
    TakesTheFirstForNobody,
    WaitsForTheLeastLoaded,
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
    Submit,
    Task,
    batches,
)
from concordant.spec.vocabulary import Malformed

DROPPED = Pitfall(
    "LBL-1",
    "A task that nobody can do is dropped without a word.",
    breaks=spec.no_task_is_lost,
    subject=system(submits(A), balancer=DropsWhatNobodyCanDo),
    length=1,
)
COMPLETED_TWICE = Pitfall(
    "LBL-2",
    "A worker says twice that it has done a task, which is taken off twice: it seems to have less than nothing to do.",
    breaks=spec.a_load_is_what_is_still_to_do,
    subject=system(("worker", ((Join(X),), (Complete("a"),), (Complete("a"),))), submits(A), balancer=Counts),
    length=4,
)
LOST_WITH_ITS_TASK = Pitfall(
    "LBL-3",
    "What was given to a worker that can not take it is lost with it.",
    breaks=spec.no_task_is_lost,
    subject=system(ONE, submits(A), THEN_LOST, balancer=LosesTheirTasks),
    length=3,
)
OTHER_LOAD = Pitfall(
    "LBL-4",
    "A task's load is another when it is done than when it was given: what the worker has to do is wrong from then on.",
    breaks=spec.a_load_is_what_is_still_to_do,
    subject=system(("worker", ((Join(X),), (Complete("a"),))), submits(A, Task("a", "x", 3)), balancer=TakesLaterLoads),
    length=4,
)
CAME_LATER = Pitfall(
    "LBL-5",
    "Loads are kept of those only who were there in the beginning; somebody comes later.",
    breaks=batches.whoever_can_does_it,
    subject=dispatch(1, 1, rule=ruled(KnowsTheFirstOnly())),
    length=3,
    raises=True,
)
TAKEN_FOR_NOBODY = Pitfall(
    "LBL-6",
    "A worker that Python takes for nothing, here the one with number 0, is given nothing.",
    breaks=spec.nobody_idles_beside_a_task,
    subject=system(ONE, submits(A), balancer=TakesTheFirstForNobody),
    length=2,
)
NO_LOADS = Pitfall(
    "LBL-7",
    "Tasks without a load are taken: all go to the first, who never has anything to do.",
    breaks=spec.a_name_is_one_tasks,
    subject=system(("user", ((Malformed(Submit(Task("a", "x", 0))),),)), balancer=TakesAnyLoad),
    length=1,
)
NO_LOADS_IN_A_BATCH = Pitfall(
    "LBL-7/batch",
    "The same in a batch.",
    breaks=batches.batches_without_loads_are_rejected,
    subject=dispatch(1, 1, rule=ruled(TakesAnyLoad())),
    length=3,
)
COMPARES_NOTHING = Pitfall(
    "LBL-9",
    "How much a worker has to do is still to be written, and says nothing: that can not be compared.",
    breaks=batches.whoever_can_does_it,
    subject=dispatch(2, 1, rule=ruled(ComparesNothing())),
    length=3,
    raises=True,
)
WAITS_FOR_ONE = Pitfall(
    "LBL-10",
    "A task waits for who has the least to do, which can not do it, while another could.",
    breaks=spec.nobody_idles_beside_a_task,
    subject=system(ONE, ("worker", ((Join(BOTH),),)), submits(Y), balancer=WaitsForTheLeastLoaded),
    length=3,
)
NOBODY_THERE = Pitfall(
    "LBL-11",
    "Nobody is there who can do it, and the least of nothing is an error.",
    breaks=batches.whoever_can_does_it,
    subject=dispatch(1, 1, skilled=True, rule=ruled(NeedsSomebody())),
    length=5,
    raises=True,
)
HERD = Pitfall(
    "LBL-12",
    "For two tasks the same worker is chosen before it is given either: it has both, and another nothing.",
    breaks=spec.who_can_and_has_the_least_to_do_is_given_it,
    subject=system(ONE, ONE, ONE, submits(A, B), THEN_LOST, balancer=ChoosesForAllAtOnce),
    length=6,
)
NOT_TAKEN_BACK = Pitfall(
    "LBL-13",
    "A worker is lost, and what it had to do is nobody else's.",
    breaks=spec.nobody_idles_beside_a_task,
    subject=system(ONE, submits(A), THEN_LOST, balancer=LeavesItToTheDead),
    length=3,
)
SAID_BY_ANOTHER = Pitfall(
    "LBL-14",
    "A worker says that it has done what another was given, and is believed.",
    breaks=spec.what_is_done_is_done_once,
    subject=system(ONE, ("worker", ((Complete("a"),),)), submits(A), balancer=BelievesAnybody),
    length=3,
)
A_TRUTH_FOR_A_LOAD = Pitfall(
    "LBL-7/truth",
    "What is no amount is taken for a load.",
    breaks=spec.a_name_is_one_tasks,
    subject=system(("user", ((Malformed(Submit(Task("a", "x", True))),),)), balancer=TakesAnyLoad),
    length=1,
)
