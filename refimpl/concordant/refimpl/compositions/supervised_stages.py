"""Stages that a supervisor has its agents carry out, each its own, and gathers: `partial_failure` over the agents of `supervisor`."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.compositions.shared.effects import taken
from concordant.refimpl.hierarchies.supervisor import Agent
from concordant.refimpl.machine import Process, Step, System, step
from concordant.refimpl.recovery import partial_failure
from concordant.refimpl.recovery.partial_failure import GATHERER, Gatherer, State
from concordant.spec.hierarchies.shared.runs import Done, Over, Run
from concordant.spec.recovery import partial_failure as spec
from concordant.spec.recovery.partial_failure import (
    Began,
    Continued,
    Ended,
    Failed,
    GathererView,
    History,
    Policy,
    RunAll,
    Succeeded,
    Undone,
)
from concordant.spec.vocabulary import Address, Announce, Clause, Effect, Map, Reply, Send, addresses


@frozen
class Supervising:
    """The state of the gatherer, the number of what was given last, and what each agent was given."""

    gathering: State
    given: int = 0
    runs: Map[Address, Run] = Map()


@frozen
class SupervisedStages(Process[Supervising, Over, RunAll, Undone]):
    """Gives each stage that is begun to its agent, and waits for all of them. `agents`: by stage."""

    gatherer: Gatherer
    agents: Map[str, Address]

    def start(self) -> Step[Supervising]:
        return step(Supervising(self.gatherer.start().state))

    def request(self, state: Supervising, client: Address, request: RunAll) -> Step[Supervising]:
        return self.gathered(state, self.gatherer.request(state.gathering, client, request))

    def receive(self, state: Supervising, source: Address, message: Over) -> Step[Supervising]:
        outcome = message.outcome
        ended = Ended(state.runs[source].subtask, Succeeded(outcome.result) if isinstance(outcome, Done) else Failed())
        heard = step(state, Announce(ended))
        return heard.then(lambda now: self.gathered(now, self.gatherer.fire(now.gathering, ended)))

    def armed(self, state: Supervising) -> tuple[Undone, ...]:
        return tuple(each for each in self.gatherer.armed(state.gathering) if isinstance(each, Undone))

    def fire(self, state: Supervising, trigger: Undone) -> Step[Supervising]:
        return self.gathered(state, self.gatherer.fire(state.gathering, trigger))

    def gathered(self, state: Supervising, done: Step[State]) -> Step[Supervising]:
        """Make a step of the gatherer, and have carried out what it has begun."""
        return taken(evolve(state, gathering=done.state), done.effects, self.give)

    def give(self, effect: Effect, state: Supervising) -> Step[Supervising]:
        match effect:
            case Announce(Began(stage)):
                agent, run = self.agents[stage], Run(state.given + 1, stage)
                return step(evolve(state, given=run.number, runs=state.runs.put(agent, run)), effect, Send(agent, run))
            case Reply(client, Continued() as answer):
                return step(state, Reply(client, self.told(answer)))
            case _:
                return step(state, effect)

    def told(self, answer: Continued) -> Continued:
        """Return what the user is told: as the gatherer has it, by stage."""
        return answer

    def view(self, state: Supervising) -> GathererView:
        return self.gatherer.view(state.gathering)


PROMISES: tuple[Clause, ...] = (
    spec.is_run_as_often_as_it_may,
    spec.every_stage_has_its_own_result,
    spec.the_policy_decides,
    spec.is_undone_in_reverse,
    spec.all_is_undone,
    spec.is_rejected_for_a_reason,
    spec.the_view_is_true,
    spec.nobody_is_answered_twice,
    spec.nobody_waits,
)


def system(*stages: str, policy: Policy = Policy(needed=1), kind: type[SupervisedStages] = SupervisedStages) -> System[History]:
    """Put a supervisor, an agent for each stage, and a user who wants them run together."""
    right = partial_failure.system((RunAll(stages),), policy=policy, promises=PROMISES)
    agents = Map.of(zip(stages, addresses("agent", len(stages)), strict=True))
    supervisor = kind(Gatherer(policy), agents)
    return evolve(right, processes={GATHERER: supervisor, **{agent: Agent(GATHERER) for agent in agents.values()}})
