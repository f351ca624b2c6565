"""The scopes of retries."""

from __future__ import annotations

from concordant.checks.exploration.scope import Counts, Scope, Size
from concordant.checks.exploration.situations import Situation
from concordant.refimpl.machine import ANY, Ask, Crash, Fire, Receive, Recover, Tick
from concordant.refimpl.recovery.retry_recovery import AGENT, EXECUTOR, PROMISES, WITH_KEY, WITHOUT, system
from concordant.spec.recovery.retry_recovery import Attempt, Drawn, Ended, Execute, Failed, Perform, Performed, Policy, TimeOut
from concordant.spec.recovery.retry_recovery import clauses as spec
from concordant.spec.vocabulary import Faults, Network, addresses

FIRST, SECOND = addresses("agent", 2)
RESTART = Faults(crashes=1, recoveries=1, who=(AGENT,))
ONCE = Policy(1)
LEAVES = Faults(cancellations=1, detector=True, mistakes=1)
WITHOUT_KEY = (*PROMISES, spec.succeeds_after_a_failure, spec.is_given_up)
WAITS = (*WITHOUT_KEY, spec.waits_as_long_as_it_may, spec.waits_less_than_it_may)

SCOPES = (
    Scope(
        "without_key",
        "one without a key is tried up to four times, with waits of up to five ticks",
        system((WITHOUT,), policy=Policy(4, 2, 5), promises=WAITS),
        Counts(360, 825, 27),
    ),
    Scope("lossy", "a message is lost", system(network=Network(losses=1)), Counts(1_734, 6_483, 16)),
    Scope("crash", "the agent crashes, and comes up again", system(faults=RESTART), Counts(4_851, 15_918, 18)),
    Scope(
        "asked_again",
        "a stage is tried once, and asked for again by its key, though something else is given",
        system((WITH_KEY, Execute(AGENT, 7, "order")), policy=ONCE, promises=PROMISES),
        Counts(837, 2_568, 15),
    ),
    Scope(
        "busy",
        "two users ask for the same agent, which tries once",
        system((WITHOUT,), (WITH_KEY,), policy=ONCE, promises=PROMISES),
        Counts(2_019, 6_195, 15),
    ),
    Scope(
        "two_agents",
        "two stages without keys, each of its own agent, and one is cancelled; time runs out only where nothing is under way",
        system((Execute(FIRST, 1),), (Execute(SECOND, 1),), faults=Faults(cancellations=1, synchronous=True), promises=WITHOUT_KEY),
        Counts(2_688, 6_285, 22),
    ),
    Scope(
        "cancelled", "an execution is cancelled, and the agent is suspected without reason", system(faults=LEAVES), Counts(2_691, 8_772, 16)
    ),
    Scope(
        "cancelled_and_suspected",
        "a user asks twice, without a key, and cancels once, and the agent is suspected without reason",
        system((WITHOUT, WITHOUT), faults=LEAVES, promises=WITHOUT_KEY),
        Counts(13_422, 44_988, 25),
        size=Size.MEDIUM,
    ),
    Scope(
        "three_attempts",
        "a stage with a key is tried up to three times",
        system(policy=Policy(3)),
        Counts(14_394, 57_858, 23),
        size=Size.MEDIUM,
    ),
    Scope(
        "two_agents_three_attempts",
        "two stages without keys, each of its own agent and tried up to three times, and one is cancelled; time runs out only where nothing is under way",
        system(
            (Execute(FIRST, 1),),
            (Execute(SECOND, 1),),
            policy=Policy(3),
            faults=Faults(cancellations=1, synchronous=True),
            promises=WITHOUT_KEY,
        ),
        Counts(8_343, 20_565, 31),
        size=Size.MEDIUM,
    ),
    Scope(
        "with_and_without",
        "two stages, one with a key and one without",
        system((Execute(FIRST, 5, "order"),), (Execute(SECOND, 1),)),
        Counts(31_920, 137_904, 26),
        size=Size.MEDIUM,
    ),
)

SITUATIONS = (
    Situation(
        "done_and_not_heard_of",
        "The stage is done, and time runs out before the executor hears of it. The next attempt has the same key: nothing is done twice.",
        system(),
        (
            Ask(EXECUTOR, ANY, WITH_KEY),
            Receive(AGENT, EXECUTOR, Perform(Attempt(1, 1), 5, "order")),
            Fire(AGENT, Ended(carried_out=True)),
            Fire(EXECUTOR, TimeOut(AGENT)),
            Fire(EXECUTOR, Drawn(AGENT, 1)),
            Tick(EXECUTOR, ANY),
            Receive(AGENT, EXECUTOR, Perform(Attempt(1, 2), 5, "order")),
            Receive(EXECUTOR, AGENT, Performed(Attempt(1, 2), 6)),
        ),
    ),
    Situation(
        "failed_in_doubt",
        "The first attempt is late, and the last has failed. The agent crashes, and takes the first then: what nobody knows of is done after all.",
        system(faults=RESTART),
        (
            Ask(EXECUTOR, ANY, WITH_KEY),
            Fire(EXECUTOR, TimeOut(AGENT)),
            Fire(EXECUTOR, Drawn(AGENT, 1)),
            Tick(EXECUTOR, ANY),
            Receive(AGENT, EXECUTOR, Perform(Attempt(1, 2), 5, "order")),
            Fire(AGENT, Ended(carried_out=False)),
            Receive(EXECUTOR, AGENT, Failed(Attempt(1, 2))),
            Crash(AGENT, ANY),
            Recover(AGENT),
            Receive(AGENT, EXECUTOR, Perform(Attempt(1, 1), 5, "order")),
            Fire(AGENT, Ended(carried_out=True)),
        ),
    ),
)
