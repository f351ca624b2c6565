"""What goes wrong with partial failure under a supervisor: results are a list, in which nobody knows whose each is."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.compositions.supervised_stages import SupervisedStages, system
from concordant.refimpl.machine import Pitfall
from concordant.spec.recovery import partial_failure as spec
from concordant.spec.recovery.partial_failure import Continued, Failed, Succeeded
from concordant.spec.vocabulary import Map


@frozen
class ZipsItsAgents(SupervisedStages):
    """Is handed a list of what has succeeded, and credits it to its agents in their order; those to whom nothing is left have failed."""

    def told(self, answer: Continued) -> Continued:
        succeeded = [result for result in answer.results.values() if isinstance(result, Succeeded)]
        rest = [Failed() for _ in range(len(self.agents) - len(succeeded))]
        return Continued(Map.of(zip(self.agents, (*succeeded, *rest), strict=True)))


CREDITED_TO_ANOTHER = Pitfall(
    "X-5",
    "Of two agents the first fails. The list of what succeeded has one result, which is put beside the first: what the second has done is credited to it.",
    breaks=spec.every_stage_has_its_own_result,
    subject=system("draft", "figures", kind=ZipsItsAgents),
    length=7,
)
