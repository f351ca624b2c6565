"""Which promise about one thing that comes to a manager each breaks, however its task stood before."""

from __future__ import annotations

from functools import partial

from attrs import frozen

from concordant.pitfalls.auctions.contract_net.managers import AcceptsEverybody, CallsAgain, DearestWins, FirstToComeWins
from concordant.refimpl.auctions.contract_award import award_by_award, happening_to
from concordant.refimpl.auctions.contract_net import Awaiting, Calling, Manager, Managing
from concordant.refimpl.machine import Mechanism, Pitfall, Step, step
from concordant.spec.auctions import contract_award as spec
from concordant.spec.auctions.contract_award import Happens, Stands
from concordant.spec.auctions.contract_net import Accept, Close, Failure, GiveUp, Inform, Propose, Refuse
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


@frozen
class AwardsToAnybody(Manager):
    """Awards the task to the first on its list where nobody has proposed."""

    def close(self, state: Calling) -> Step[Managing]:
        if state.proposals:
            return super().close(state)
        first = self.contractors[0]
        return step(Awaiting(state.client, first, 0), Send(first, Accept()))


@frozen
class LetsTimePass(Manager):
    """Goes on calling when time is over."""

    def fire(self, state: Managing, trigger: Close | GiveUp) -> Step[Managing]:
        return step(state) if isinstance(state, Calling) else super().fire(state, trigger)


def of(kind: type[Manager]) -> Mechanism[Happens, Stands]:
    """Return what a manager of this kind, of two contractors, makes of what comes."""
    return award_by_award(2, partial(happening_to, kind))


AWARDS_ANEW = Pitfall(
    "contract_award.AwardsToWhoeverIsCheaper",
    "A cheaper proposal comes late, and the task is awarded once more: two do it.",
    breaks=spec.at_most_one_is_ever_told_yes,
    subject=of(AwardsToWhoeverIsCheaper),
    length=6,
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
    breaks=spec.a_manager_knows_whether_it_has_told_yes,
    subject=of(CallsAgain),
    length=5,
)
DEAREST = Pitfall(
    "contract_award.DearestWins",
    "The dearest is told yes, as in an auction of goods.",
    breaks=spec.the_cheapest_of_all_proposals_is_told_yes,
    subject=of(DearestWins),
    length=7,
)
ACCEPTS_THE_DEARER = Pitfall(
    "contract_award.AcceptsEverybody/dearer",
    "The same: the dearer of two is told yes, besides the cheaper.",
    breaks=spec.the_cheapest_of_all_proposals_is_told_yes,
    subject=of(AcceptsEverybody),
    length=7,
)
AWARDS_TO_ANYBODY = Pitfall(
    "contract_award.AwardsToAnybody",
    "Nobody has proposed, and somebody is told yes.",
    breaks=spec.the_cheapest_of_all_proposals_is_told_yes,
    subject=of(AwardsToAnybody),
    length=5,
)
FIRST_TO_COME = Pitfall(
    "contract_award.FirstToComeWins",
    "The first proposal is told yes, and the others are not awaited.",
    breaks=spec.it_is_awarded_when_the_call_ends,
    subject=of(FirstToComeWins),
    length=6,
)
LETS_TIME_PASS = Pitfall(
    "contract_award.LetsTimePass",
    "Time is over, one has proposed, and another is still awaited.",
    breaks=spec.it_is_awarded_when_the_call_ends,
    subject=of(LetsTimePass),
    length=6,
)
