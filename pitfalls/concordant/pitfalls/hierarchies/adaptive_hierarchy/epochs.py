"""What organisers and agents do wrong with epochs: two act in one, or a result is taken of an epoch that is over."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.adaptive_hierarchy import Acting, Agent, Free, Organiser, Organising, State, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.adaptive_hierarchy import Appoint, Finishes, Recorded, Result, Reweigh, Role
from concordant.spec.hierarchies.adaptive_hierarchy import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Effect, Faults, Map, Network, Send


@frozen
class SameEpoch(Organiser):
    """Gives a role to another in the epoch in which the first had it."""

    def organise(self, state: Organising, holders: Map[str, Address], *effects: Effect) -> Step[State]:
        lasting = state.lasting if not state.holders else evolve(state.lasting, epoch=state.lasting.epoch - 1)
        return super().organise(evolve(state, lasting=lasting), holders, *effects)


@frozen
class SkipsAnEpoch(Organiser):
    """Leaves an epoch out when it fills roles anew."""

    def organise(self, state: Organising, holders: Map[str, Address], *effects: Effect) -> Step[State]:
        lasting = state.lasting if not state.holders else evolve(state.lasting, epoch=state.lasting.epoch + 1)
        return super().organise(evolve(state, lasting=lasting), holders, *effects)


@frozen
class AppointsTheFirst(Organiser):
    """Sends whatever role to the first agent."""

    def appoint(self, state: Organising, *effects: Effect) -> Step[State]:
        after = super().appoint(state, *effects)
        first = next(iter(self.able))
        return step(after.state, *(evolve(sent, to=first) if isinstance(sent, Send) else sent for sent in after.effects))


@frozen
class AppointsItself(Organiser):
    """Sends a role to itself."""

    def appoint(self, state: Organising, *effects: Effect) -> Step[State]:
        after = super().appoint(state, *effects)
        return step(after.state, *(evolve(sent, to=Address("organiser")) if isinstance(sent, Send) else sent for sent in after.effects))


@frozen
class NeverContent(Organiser):
    """Gives a role away again when it is done."""

    def go_on(self, state: Organising, *effects: Effect) -> Step[State]:
        return super().go_on(evolve(state, epochs=Map()), *effects)


@frozen
class AllAtOnce(Organiser):
    """Lets a role be taken up before those below it are done."""

    def is_ready(self, state: Organising, role: Role) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class AppointsAnew(Organiser):
    """Gives every role away again when it fills some anew."""

    def organise(self, state: Organising, holders: Map[str, Address], *effects: Effect) -> Step[State]:
        return super().organise(evolve(state, epochs=Map.of({name: 0 for name in state.epochs if name in state.done})), holders, *effects)


@frozen
class NoFence(Organiser):
    """Takes a result of a role that is not done, of whichever epoch."""

    def is_responsible(self, state: Organising, result: Result) -> bool:
        return result.role in state.holders


@frozen
class CountsAgain(Organiser):
    """Does not ask whether a role is done."""

    def receive(self, state: State, source: Address, message: Result) -> Step[State] | None:
        if isinstance(state, Organising) and message.role in state.done:
            return step(state, Announce(Recorded(message.epoch, message.role, source)))
        return super().receive(state, source, message)


@frozen
class CreditsItself(Organiser):
    """Credits itself with what an agent has done."""

    def recorded(self, result: Result, source: Address) -> Recorded:
        return evolve(super().recorded(result, source), agent=Address("organiser", source.number))


@frozen
class CreditsTheNext(Organiser):
    """Credits the agent that comes next."""

    def recorded(self, result: Result, source: Address) -> Recorded:
        return evolve(super().recorded(result, source), agent=Address(source.role, source.number + 1))


@frozen
class RecordsTheTop(Organiser):
    """Records that the top role is done, whichever it was."""

    def recorded(self, result: Result, source: Address) -> Recorded:
        return evolve(super().recorded(result, source), role="top")


@frozen
class RecordsTheNext(Organiser):
    """Records a result of the epoch after the one in which the role was given away."""

    def recorded(self, result: Result, source: Address) -> Recorded:
        return evolve(super().recorded(result, source), epoch=result.epoch + 1)


@frozen
class BelievesAtOnce(Organiser):
    """Takes a role for done when it is given away."""

    def appoint(self, state: Organising, *effects: Effect) -> Step[State]:
        after = super().appoint(state, *effects)
        given = tuple(sent for sent in after.effects if isinstance(sent, Send) and isinstance(sent.message, Appoint))
        recorded = (
            Announce(Recorded(sent.message.epoch, sent.message.role, sent.to)) for sent in given if isinstance(sent.message, Appoint)
        )
        return step(after.state, *after.effects, *recorded)


@frozen
class StopsAtOne(Organiser):
    """Does not go on when the first role is done."""

    def receive(self, state: State, source: Address, message: Result) -> Step[State] | None:
        if isinstance(state, Organising) and len(state.roles) > len(state.done) + 1 and self.is_responsible(state, message):
            done = evolve(state, done=state.done | {message.role})
            return step(done, Announce(Recorded(message.epoch, message.role, source)))
        return super().receive(state, source, message)


@frozen
class TakesCopies(Agent):
    """Does not tell a copy of an appointment from a new one."""

    def is_old(self, state: Free | Acting, message: Appoint) -> bool:  # noqa: ARG002  # that is the mistake
        return False


@frozen
class CountsItself(Agent):
    """Takes each role for one of the epoch after its last."""

    def receive(self, state: Free | Acting, source: Address, message: Appoint) -> Step[Free | Acting] | None:
        return super().receive(state, source, evolve(message, epoch=state.last + 1) if isinstance(state, Free) else message)


@frozen
class InventsAnEpoch(Agent):
    """Says a later epoch than that in which it was given its role, so that nobody's is later."""

    def receive(self, state: Free | Acting, source: Address, message: Appoint) -> Step[Free | Acting] | None:
        return super().receive(state, source, evolve(message, epoch=message.epoch + 1))


@frozen
class DoesAnother(Agent):
    """Acts in another role than it was given."""

    def receive(self, state: Free | Acting, source: Address, message: Appoint) -> Step[Free | Acting] | None:
        return super().receive(state, source, evolve(message, role="low"))


@frozen
class GoesOnForEver(Agent):
    """Begins again what it has just done."""

    def fire(self, state: Free | Acting, trigger: Finishes) -> Step[Free | Acting]:  # noqa: ARG002
        return step(state)


# ---- the pitfalls

TOP, LOW = Role("top"), Role("low", "top")
FIRST = Address("agent")
ERRS = Faults(detector=True, mistakes=1)
MORE = Reweigh(FIRST, more=True)
BOTH, COPIES = ("top low", "top low"), Network(duplicating=True)

TWO_IN_ONE = Pitfall(
    "adaptive_hierarchy.SameEpoch",
    "The detector errs, and another has the role in the epoch in which the first still acts.",
    breaks=spec.nobody_else_acts_in_an_epoch,
    subject=system((TOP,), able=("top", "top"), faults=ERRS, organiser=SameEpoch),
    length=3,
)
NOT_NEXT = Pitfall(
    "adaptive_hierarchy.SkipsAnEpoch",
    "An epoch is left out, in which nobody is responsible.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP,), able=("top", "top"), faults=ERRS, organiser=SkipsAnEpoch),
    length=2,
)
OLD_EPOCH = Pitfall(
    "adaptive_hierarchy.SameEpoch/again",
    "A role is given away in an epoch that has begun already.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP,), able=("top", "top"), faults=ERRS, organiser=SameEpoch),
    length=2,
)
ANOTHER_GOT_IT = Pitfall(
    "adaptive_hierarchy.AppointsTheFirst",
    "A role is sent to another agent than has it.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP,), able=("low", "top"), organiser=AppointsTheFirst),
    length=1,
)
ITS_OWN = Pitfall(
    "adaptive_hierarchy.AppointsItself",
    "The organiser sends a role to itself.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP,), able=("top",), organiser=AppointsItself),
    length=1,
)
AGAIN = Pitfall(
    "adaptive_hierarchy.NeverContent",
    "A role that is done is given away again.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP, LOW), able=BOTH, organiser=NeverContent),
    length=4,
)
TOGETHER = Pitfall(
    "adaptive_hierarchy.AllAtOnce",
    "The top role is taken up before the one below it is done.",
    breaks=spec.every_appointment_begins_an_epoch,
    subject=system((TOP, LOW), able=BOTH, organiser=AllAtOnce),
    length=1,
)
ALL_ANEW = Pitfall(
    "adaptive_hierarchy.AppointsAnew",
    "An agent fails, and another, which keeps its role, has to begin anew.",
    breaks=spec.nobody_is_replaced_without_need,
    subject=system((TOP, LOW, Role("side", "top")), able=("low", "side", "top", "low"), faults=ERRS, organiser=AppointsAnew),
    length=2,
)
NOT_FENCED = Pitfall(
    "adaptive_hierarchy.NoFence",
    "The detector errs, and the result of who was replaced is taken for that of who has the role now.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP,), able=("top", "top"), faults=ERRS, organiser=NoFence),
    length=5,
)
COUNTED_AGAIN = Pitfall(
    "adaptive_hierarchy.CountsAgain",
    "A copy of a result is taken once more.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP, LOW), able=BOTH, network=COPIES, organiser=CountsAgain),
    length=5,
)
BOASTS = Pitfall(
    "adaptive_hierarchy.CreditsItself",
    "The organiser is credited with what an agent has done.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP,), able=("top",), organiser=CreditsItself),
    length=4,
)
NOT_ITS_OWN = Pitfall(
    "adaptive_hierarchy.CreditsTheNext",
    "An agent is credited with what another has done.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP,), able=("top", "top"), organiser=CreditsTheNext),
    length=4,
)
ANOTHER_ROLE = Pitfall(
    "adaptive_hierarchy.RecordsTheTop",
    "The role below is done, and the top role is taken for done.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP, LOW), able=BOTH, organiser=RecordsTheTop),
    length=4,
)
ANOTHER_EPOCH = Pitfall(
    "adaptive_hierarchy.RecordsTheNext",
    "A result is recorded in an epoch that has not begun.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP,), able=("top",), organiser=RecordsTheNext),
    length=4,
)
BELIEVED = Pitfall(
    "adaptive_hierarchy.BelievesAtOnce",
    "A role is taken for done when it is given away.",
    breaks=spec.a_result_is_of_who_is_responsible,
    subject=system((TOP,), able=("top",), organiser=BelievesAtOnce),
    length=1,
)
STOPPED = Pitfall(
    "adaptive_hierarchy.StopsAtOne",
    "The role below is done, and the top role is never given away.",
    breaks=spec.every_task_ends,
    subject=system((TOP, LOW), able=BOTH, organiser=StopsAtOne),
    length=4,
)
FOR_EVER = Pitfall(
    "adaptive_hierarchy.GoesOnForEver",
    "An agent begins again what it has done, and so on for ever.",
    breaks=spec.every_task_ends,
    subject=system((TOP,), able=("top",), agent=GoesOnForEver),
    length=4,
)
BEGUN_AGAIN = Pitfall(
    "adaptive_hierarchy.TakesCopies",
    "A copy of an appointment comes when the role is done, and it is taken up again in an epoch that is over.",
    breaks=spec.nobody_else_acts_in_an_epoch,
    subject=system((TOP,), able=("top",), network=COPIES, agent=TakesCopies),
    length=4,
)
ITS_OWN_EPOCHS = Pitfall(
    "adaptive_hierarchy.CountsItself",
    "An agent says an epoch in which another was given another role.",
    breaks=spec.nobody_else_acts_in_an_epoch,
    subject=system((TOP, LOW), able=("top", "low"), agent=CountsItself),
    length=5,
)

INVENTED = Pitfall(
    "adaptive_hierarchy.InventsAnEpoch",
    "An agent acts in an epoch that has not begun.",
    breaks=spec.nobody_else_acts_in_an_epoch,
    subject=system((TOP,), able=("top",), agent=InventsAnEpoch),
    length=2,
)
ANOTHER_ROLE_TAKEN = Pitfall(
    "adaptive_hierarchy.DoesAnother",
    "An agent acts in another role than it was given.",
    breaks=spec.nobody_else_acts_in_an_epoch,
    subject=system((TOP,), able=("top",), agent=DoesAnother),
    length=2,
)
