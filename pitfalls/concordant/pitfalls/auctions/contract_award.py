"""Which promise about one thing that comes to a manager each breaks, however its task stood before."""

from __future__ import annotations

from functools import partial

from attrs import frozen

from concordant.pitfalls.auctions.contract_net.managers import AcceptsEverybody, CallsAgain, DearestWins
from concordant.refimpl.auctions.contract_award import award_by_award, happening_to
from concordant.refimpl.auctions.contract_net import Awaiting, Manager, Managing
from concordant.refimpl.machine import Mechanism, Pitfall, Step, step
from concordant.spec.auctions import contract_award as spec
from concordant.spec.auctions.contract_award import Happens, Task
from concordant.spec.auctions.contract_net import Accept, Failure, Inform, Propose, Refuse
from concordant.spec.vocabulary import Address, Send


@frozen
class AwardsToWhoeverIsCheaper(Manager):
    """Awards the task anew when a proposal comes late that is cheaper."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        match state, message:
            case Awaiting(client, _, cost), Propose(lower) if lower < cost + 1:
                return step(Awaiting(client, source, lower), Send(source, Accept()))
            case _:
                return super().receive(state, source, message)


@frozen
class AwardsInSilence(Manager):
    """Awards the task, and tells nobody yes."""

    def receive(self, state: Managing, source: Address, message: Propose | Refuse | Inform | Failure) -> Step[Managing] | None:
        following = super().receive(state, source, message)
        if following is None:
            return None
        return Step(following.state, tuple(each for each in following.effects if not (isinstance(each, Send) and each.message == Accept())))


def of(kind: type[Manager]) -> Mechanism[Happens, Task]:
    """Return what a manager of this kind, of two contractors, makes of what comes."""
    return award_by_award(2, partial(happening_to, kind))


AWARDS_ANEW = Pitfall(
    "contract_award.AwardsToWhoeverIsCheaper",
    "A cheaper proposal comes late, and the task is awarded once more: two do it.",
    breaks=spec.at_most_one_is_ever_told_yes,
    subject=of(AwardsToWhoeverIsCheaper),
    length=5,
)
ACCEPTS_EVERYBODY = Pitfall(
    "contract_award.AcceptsEverybody",
    "All that have proposed are told yes.",
    breaks=spec.at_most_one_is_ever_told_yes,
    subject=of(AcceptsEverybody),
    length=7,
)
AWARDS_IN_SILENCE = Pitfall(
    "contract_award.AwardsInSilence",
    "The manager takes the task for awarded, and has told nobody yes.",
    breaks=spec.a_manager_knows_whether_it_has_told_yes,
    subject=of(AwardsInSilence),
    length=6,
)
CALLED_AGAIN = Pitfall(
    "contract_award.CallsAgain",
    "The manager calls again when it is asked again, though the task is awarded.",
    breaks=spec.what_is_awarded_is_not_called_again,
    subject=of(CallsAgain),
    length=4,
)
DEAREST = Pitfall(
    "contract_award.DearestWins",
    "The dearest is told yes, as in an auction of goods.",
    breaks=spec.the_cheapest_of_all_proposals_is_told_yes,
    subject=of(DearestWins),
    length=7,
)
