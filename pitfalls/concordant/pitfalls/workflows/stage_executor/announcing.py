"""What goes wrong with what is announced of stages that end."""

from __future__ import annotations

from attrs import frozen

from concordant.pitfalls.workflows.stage_executor.as_written import A
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.workflows.stage_executor import Executing, Executor, system
from concordant.spec.vocabulary import Announce
from concordant.spec.workflows.shared.stages import StageStatus
from concordant.spec.workflows.stage_executor import StageEnded
from concordant.spec.workflows.stage_executor import clauses as spec


@frozen
class Announcer(Executor):
    """Announces of a stage that ends another status than it has."""

    def ended(self, state: Executing, name: str, status: StageStatus) -> Step[Executing]:
        return step(super().ended(state, name, status).state, Announce(StageEnded(name, self.told(status))))

    def told(self, status: StageStatus) -> StageStatus:
        return status


@frozen
class FearsTheWorst(Announcer):
    """Says that a stage has failed, which has succeeded."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.FAILED if status is StageStatus.DONE else status


@frozen
class ReportsProgress(Announcer):
    """Says that a stage runs, when it has succeeded."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.RUNNING if status is StageStatus.DONE else status


@frozen
class PutsBack(Announcer):
    """Says that a stage waits for another try, when it has failed."""

    def told(self, status: StageStatus) -> StageStatus:
        return StageStatus.WAITING if status is StageStatus.FAILED else status


def _announces_wrongly(executor: type[Announcer], mistake: str) -> Pitfall:
    subject = system((A,), executor=executor)
    return Pitfall(f"stage_executor.{executor.__name__}", mistake, breaks=spec.a_stage_ends_as_it_did, subject=subject, length=2)


FEARS_THE_WORST = _announces_wrongly(FearsTheWorst, "A stage that has succeeded is said to have failed.")
REPORTS_PROGRESS = _announces_wrongly(ReportsProgress, "A stage that has succeeded is said to be running.")
PUTS_BACK = _announces_wrongly(PutsBack, "A stage that has failed is said to wait.")
