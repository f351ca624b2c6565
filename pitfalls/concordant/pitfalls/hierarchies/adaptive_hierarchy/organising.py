"""What else organisers do wrong: in what they take, how they fill roles, and when they fill them anew."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.refimpl.hierarchies.adaptive_hierarchy import Organiser, Organising, State, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.hierarchies.adaptive_hierarchy import BUSY, OrganiserView, Performed, Reweigh, Role
from concordant.spec.hierarchies.adaptive_hierarchy import clauses as spec
from concordant.spec.vocabulary import Address, Effect, Faults, Map, Reply

# ---- what is taken, and told


@frozen
class TakesAnother(Organiser):
    """Takes a task while another is under way."""

    def asked(self, state: State, client: Address, roles: tuple[Role, ...]) -> Step[State]:
        return super().asked(state.lasting if isinstance(state, Organising) else state, client, roles)


@frozen
class TakesTheTop(Organiser):
    """Takes the top role for the whole task."""

    def asked(self, state: State, client: Address, roles: tuple[Role, ...]) -> Step[State]:
        return super().asked(state, client, roles[:1])


@frozen
class TakesAnything(Organiser):
    """Does not ask whether roles are a tree."""

    def flaw(self, roles: tuple[Role, ...]) -> str | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class WantsOneMore(Organiser):
    """Wants an agent in reserve."""

    def flaw(self, roles: tuple[Role, ...]) -> str | None:
        return "the roles cannot be filled safely" if len(roles) >= len(self.able) else super().flaw(roles)


@frozen
class RejectsLate(Organiser):
    """Tells a client whose task cannot be done to the end that there was no time for it."""

    def abandon(self, state: Organising) -> Step[State]:
        return step(state.lasting, Reply(state.client, BUSY))


@frozen
class TellsWhoAskedLast(Organiser):
    """Remembers who has asked last, and tells it the outcome."""

    def asked(self, state: State, client: Address, roles: tuple[Role, ...]) -> Step[State]:
        return step(evolve(state, client=client)) if isinstance(state, Organising) else super().asked(state, client, roles)


@frozen
class CallsItDone(Organiser):
    """Tells a client whose task cannot be done to the end who has done some of it."""

    def abandon(self, state: Organising) -> Step[State]:
        told = Map.of({name: agent for name, agent in state.holders.items() if name in state.done})
        return step(state.lasting, Reply(state.client, Performed(told)))


@frozen
class CreditsAll(Organiser):
    """Credits all who have a role, when a task is given up."""

    def abandon(self, state: Organising) -> Step[State]:
        return super().abandon(evolve(state, done=frozenset(state.holders)))


@frozen
class GivesUpAtOnce(Organiser):
    """Gives a task up when somebody fails."""

    def replace(self, state: Organising) -> Step[State]:
        return self.abandon(state)


@frozen
class AnswersEarly(Organiser):
    """Tells the client of each role that is done."""

    def appoint(self, state: Organising, *effects: Effect) -> Step[State]:
        told = (Reply(state.client, Performed(state.holders)),) if state.done else ()
        return super().appoint(state, *effects, *told)


# ---- how roles are filled


@frozen
class OneForAll(Organiser):
    """Gives all roles to the agent that can have the first."""

    def best(self, state: Organising) -> Map[str, Address] | None:
        found = super().best(state)
        return None if found is None else Map.of(dict.fromkeys(found, found.values()[0]))


@frozen
class KeepsWhoIsDown(Organiser):
    """Counts those who are down among those who are free."""

    def best(self, state: Organising) -> Map[str, Address] | None:
        return super().best(evolve(state, lasting=evolve(state.lasting, down=frozenset())))


@frozen
class AnybodyWillDo(Organiser):
    """Does not ask who can have a role."""

    def best(self, state: Organising) -> Map[str, Address] | None:
        return None if super().best(state) is None else Map.of(zip((role.name for role in state.roles), self.able, strict=False))


@frozen
class ShufflesAll(Organiser):
    """Of several ways that cost as much takes one in which most roles pass on."""

    def changed(self, state: Organising, holders: Map[str, Address]) -> int:
        return -super().changed(state, holders)


@frozen
class TakesTheLast(Organiser):
    """Takes the last way to fill roles, whatever it costs."""

    def cost(self, state: Organising, holders: Map[str, Address]) -> int:
        return -super().cost(state, holders) if holders != state.holders else super().cost(state, holders)


@frozen
class PassesOnWhatIsDone(Organiser):
    """Fills roles anew that are done, too."""

    def best(self, state: Organising) -> Map[str, Address] | None:
        return super().best(evolve(state, done=frozenset()))


# ---- when they are filled anew


@frozen
class NoMargin(Organiser):
    """Fills roles anew for the least that it saves."""

    def saved(self, state: Organising, best: Map[str, Address]) -> int:
        return super().saved(state, best) * self.margin


@frozen
class TwiceTheMargin(Organiser):
    """Waits until twice as much could be saved."""

    def saved(self, state: Organising, best: Map[str, Address]) -> int:
        return super().saved(state, best) // 2


@frozen
class DeafToSuspicion(Organiser):
    """Waits for an agent that is down."""

    def suspect(self, state: State, peer: Address) -> Step[State] | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class LeavesTheRole(Organiser):
    """Notes who is down, and leaves it its role."""

    def replace(self, state: Organising) -> Step[State]:
        return step(state)


@frozen
class StartsOver(Organiser):
    """Fills roles anew as if nothing were done."""

    def replace(self, state: Organising) -> Step[State]:
        return super().replace(evolve(state, done=frozenset(), epochs=Map()))


@frozen
class HidesWhatIsDone(Organiser):
    """Shows who has which role, and not what is done."""

    def view(self, state: State) -> OrganiserView:
        return evolve(super().view(state), done=frozenset())


@frozen
class HidesWhoHasWhat(Organiser):
    """Shows what is done, and not who has which role."""

    def view(self, state: State) -> OrganiserView:
        return evolve(super().view(state), holders=Map())


# ---- the pitfalls

TOP, LOW = Role("top"), Role("low", "top")
FIRST, SECOND = Address("agent"), Address("agent", 1)
ERRS = Faults(detector=True, mistakes=1)
CRASH = Faults(detector=True, crashes=1, who=(FIRST,))
MORE = Reweigh(FIRST, more=True)
BOTH = ("top low", "top low")

OVERWRITES = Pitfall(
    "adaptive_hierarchy.TakesAnother",
    "A second task takes the place of the first, whose client is forgotten.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_filled,
    subject=system((TOP,), able=("top",), rival=((TOP,),), organiser=TakesAnother),
    length=2,
)
CUT = Pitfall(
    "adaptive_hierarchy.TakesTheTop",
    "Of two roles one is left out.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_filled,
    subject=system((TOP, LOW), able=BOTH, organiser=TakesTheTop),
    length=1,
)
CIRCLE = Pitfall(
    "adaptive_hierarchy.TakesAnything",
    "Of two roles each is above the other: neither is ever taken up.",
    breaks=spec.what_is_accepted_was_asked_for_and_can_be_filled,
    subject=system((Role("top", "low"), LOW), able=BOTH, organiser=TakesAnything),
    length=1,
)
NO_RESERVE = Pitfall(
    "adaptive_hierarchy.WantsOneMore",
    "A task is rejected because all agents would have a role.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system((TOP,), able=("top",), organiser=WantsOneMore),
    length=1,
)
REJECTED_LATE = Pitfall(
    "adaptive_hierarchy.RejectsLate",
    "A client whose task was taken is told that another was under way.",
    breaks=spec.a_rejection_has_a_reason,
    subject=system((TOP,), able=("top",), faults=CRASH, organiser=RejectsLate),
    length=3,
)
ANOTHER_TOLD = Pitfall(
    "adaptive_hierarchy.TellsWhoAskedLast",
    "A client that has asked for the same is told what became of another's task.",
    breaks=spec.an_answer_is_true,
    subject=system((TOP,), able=("top",), rival=((TOP,),), organiser=TellsWhoAskedLast),
    length=5,
)
HALF_DONE = Pitfall(
    "adaptive_hierarchy.CallsItDone",
    "A task is called done of which a role cannot be filled any more.",
    breaks=spec.an_answer_is_true,
    subject=system((TOP,), able=("top",), faults=CRASH, organiser=CallsItDone),
    length=3,
)
ALL_CREDITED = Pitfall(
    "adaptive_hierarchy.CreditsAll",
    "Who has failed is credited with its role.",
    breaks=spec.an_answer_is_true,
    subject=system((TOP,), able=("top",), faults=CRASH, organiser=CreditsAll),
    length=3,
)
GIVEN_UP = Pitfall(
    "adaptive_hierarchy.GivesUpAtOnce",
    "A task is given up though another agent could have had the role.",
    breaks=spec.an_answer_is_true,
    subject=system((TOP,), able=("top", "top"), faults=CRASH, organiser=GivesUpAtOnce),
    length=3,
)
ANSWERED_TWICE = Pitfall(
    "adaptive_hierarchy.AnswersEarly",
    "The client is told of the first role, and then of both.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((TOP, LOW), able=BOTH, organiser=AnswersEarly),
    length=7,
)
TWO_ROLES = Pitfall(
    "adaptive_hierarchy.OneForAll",
    "One agent has two roles.",
    breaks=spec.the_hierarchy_is_well_formed,
    subject=system((TOP, LOW), able=BOTH, organiser=OneForAll),
    length=1,
)
KEPT = Pitfall(
    "adaptive_hierarchy.KeepsWhoIsDown",
    "A role is given to who is known to be down.",
    breaks=spec.the_hierarchy_is_well_formed,
    subject=system((TOP,), able=("top", "top"), faults=CRASH, organiser=KeepsWhoIsDown),
    length=3,
)
UNABLE = Pitfall(
    "adaptive_hierarchy.AnybodyWillDo",
    "A role is given to who cannot have it.",
    breaks=spec.the_hierarchy_is_well_formed,
    subject=system((TOP,), able=("low", "top"), organiser=AnybodyWillDo),
    length=1,
)
SHUFFLED = Pitfall(
    "adaptive_hierarchy.ShufflesAll",
    "One agent is lost, and with its role another passes on, which need not.",
    breaks=spec.as_few_roles_pass_on_as_can,
    subject=system((TOP, LOW), able=(*BOTH, "top low"), faults=ERRS, organiser=ShufflesAll),
    length=2,
)
DEAR = Pitfall(
    "adaptive_hierarchy.TakesTheLast",
    "The agent that has most to do is given the role.",
    breaks=spec.as_few_roles_pass_on_as_can,
    subject=system((TOP,), able=("top", "top"), weighs=(MORE,), organiser=TakesTheLast),
    length=2,
)
PASSED_ON = Pitfall(
    "adaptive_hierarchy.PassesOnWhatIsDone",
    "A role that is done passes to another agent, which is then credited with it.",
    breaks=spec.the_hierarchy_is_well_formed,
    subject=system((TOP, LOW), able=("top", "top low", "low"), weighs=(MORE, MORE), organiser=PassesOnWhatIsDone),
    length=6,
)
TOO_SOON = Pitfall(
    "adaptive_hierarchy.NoMargin",
    "A role passes to another agent at the first change of load, and back at the next.",
    breaks=spec.nothing_is_reorganised_without_a_reason,
    subject=system((TOP,), able=("top", "top"), weighs=(MORE,), organiser=NoMargin),
    length=2,
)
TOO_LATE = Pitfall(
    "adaptive_hierarchy.TwiceTheMargin",
    "As much could be saved as the margin says, and nothing is done.",
    breaks=spec.no_organisation_is_much_better,
    subject=system((TOP,), able=("top", "top"), weighs=(MORE, MORE), organiser=TwiceTheMargin),
    length=3,
)
LEFT = Pitfall(
    "adaptive_hierarchy.LeavesTheRole",
    "An agent is known to be down, and keeps its role.",
    breaks=spec.no_organisation_is_much_better,
    subject=system((TOP,), able=("top", "top"), faults=ERRS, organiser=LeavesTheRole),
    length=2,
)
WAITS_FOR_THE_DEAD = Pitfall(
    "adaptive_hierarchy.DeafToSuspicion",
    "An agent crashes, and its organiser waits for it.",
    breaks=spec.nobody_waits,
    subject=system((TOP,), able=("top", "top"), faults=CRASH, organiser=DeafToSuspicion),
    length=3,
)
BEGUN_AGAIN = Pitfall(
    "adaptive_hierarchy.StartsOver",
    "An agent fails, and what another has done is to be done again.",
    breaks=spec.what_is_done_stays_done,
    subject=system((TOP, LOW), able=("top", "top low", "low"), faults=Faults(detector=True, mistakes=1), organiser=StartsOver),
    length=5,
)
HIDDEN = Pitfall(
    "adaptive_hierarchy.HidesWhatIsDone",
    "What is done is not shown.",
    breaks=spec.what_is_done_stays_done,
    subject=system((TOP, LOW), able=BOTH, organiser=HidesWhatIsDone),
    length=4,
)

NOBODY_SHOWN = Pitfall(
    "adaptive_hierarchy.HidesWhoHasWhat",
    "Who has which role is not shown.",
    breaks=spec.what_is_done_stays_done,
    subject=system((TOP,), able=("top",), organiser=HidesWhoHasWhat),
    length=1,
)
