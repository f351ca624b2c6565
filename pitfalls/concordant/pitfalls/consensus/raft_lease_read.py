"""What goes wrong with lease reads: a lease that is used for too long, or is not granted by a majority, and a promise that is not kept."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft
from concordant.refimpl.consensus.raft import Trigger
from concordant.refimpl.consensus.raft_lease_read import Server, State, system
from concordant.refimpl.machine import Pitfall, Step, System, step
from concordant.spec.consensus import raft_lease_read as spec
from concordant.spec.consensus.raft import Elect, History, RequestVote
from concordant.spec.consensus.raft_lease_read import Message, Promise, Renew
from concordant.spec.vocabulary import Address, Clocks, Faults, Map, Network, Send, Ticks, addresses

# ---- mistakes


@frozen
class LeasesToItself(Server):
    """Answers by its lease whoever has promised, as if it had one by being elected."""

    def has_lease(self, state: State) -> bool:  # noqa: ARG002  # that is the mistake
        return True


@frozen
class AnswersBeforeItHasBegun(Server):
    """Answers by its lease before anything of its term is committed."""

    def may_answer(self, state: State) -> bool:
        return self.has_lease(state)


@frozen
class AnswersOnceAnythingIsCommitted(Server):
    """Answers by its lease once an entry is committed, of whatever term."""

    def may_answer(self, state: State) -> bool:
        return state.core.commit > 0 and self.has_lease(state)


@frozen
class TakesOneForAll(Server):
    """Takes what one server has promised for promised by all."""

    def noted(self, state: State, peer: Address, until: Ticks) -> Step[State]:
        noted = super().noted(state, peer, until).state
        return step(evolve(noted, promised=Map.of(dict.fromkeys(self.core.peers, noted.promised[peer]))))


@frozen
class NotesWhatCameLast(Server):
    """Notes of each server what it has promised last, not the longest."""

    def noted(self, state: State, peer: Address, until: Ticks) -> Step[State]:
        return super().noted(evolve(state, promised=state.promised.drop(peer)), peer, until)


@frozen
class BeginsAnew(Server):
    """Drops what it was promised by all others when one promises again."""

    def noted(self, state: State, peer: Address, until: Ticks) -> Step[State]:
        return super().noted(evolve(state, promised=Map()) if peer in state.promised else state, peer, until)


@frozen
class KeepsPromises(Server):
    """Takes what it was promised in one term for promised in the next."""

    def leads_on(self, state: State, after: Step[raft.State]) -> Step[State]:
        return Step(evolve(state, core=after.state), after.effects)


@frozen
class AsksForLonger(Server):
    """Asks for promises that last one longer than it says."""

    def renewal(self, state: State) -> Renew:
        asked = super().renewal(state)
        return evolve(asked, until=asked.until + 1)


@frozen
class AsksForLess(Server):
    """Asks for promises that last one less than it says."""

    def renewal(self, state: State) -> Renew:
        asked = super().renewal(state)
        return evolve(asked, until=asked.until - 1)


@frozen
class AsksBeforeItLeads(Server):
    """Asks for promises as soon as it stands, so as to have them when it leads."""

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = super().fire(state, trigger)
        stands = step(after.state, *(Send(peer, self.renewal(after.state)) for peer in self.core.peers))
        return after.then(lambda _: stands) if trigger == Elect() else after


@frozen
class PromisesMore(Server):
    """Promises one more than it was asked for, and keeps what it was asked for."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        if after is None or not isinstance(message, Renew):
            return after
        return step(after.state, Send(source, Promise(message.term, message.until + 1)))


@frozen
class PromisesToAnyLeader(Server):
    """Promises whatever a leader asks for, also one in whose place it has stood since."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, Renew):
            return step(state, Send(source, Promise(message.term, message.until)))
        return super().receive(state, source, message)


@frozen
class KeepsTheLastPromise(Server):
    """Is bound until what it was asked for last, also where it has promised more before."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        if after is None or not isinstance(message, Renew):
            return after
        return Step(evolve(after.state, bound=message.until), after.effects)


@frozen
class IsBoundForLonger(Server):
    """Votes for nobody for one longer than it has promised."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(state, source, message)
        if after is None or not isinstance(message, Renew):
            return after
        return Step(evolve(after.state, bound=after.state.bound + 1), after.effects)


@frozen
class ForgetsItsPromise(Server):
    """Keeps what it has promised in memory."""

    def survives(self, state: State) -> Iterable[State]:
        return tuple(evolve(left, bound=0) for left in super().survives(state))


@frozen
class StandsAnyway(Server):
    """Keeps its promise when it is asked for a vote, and stands itself when it likes."""

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return self.core.armed(state.core)


@frozen
class VotesAnyway(Server):
    """Does not stand while it has promised not to, and votes for who does."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        after = super().receive(evolve(state, bound=0), source, message)
        return None if after is None else Step(evolve(after.state, bound=max(state.bound, after.state.bound)), after.effects)


@frozen
class EntersAnyTerm(Server):
    """Gives no vote while it is bound, and enters the term of whoever asks."""

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        if isinstance(message, RequestVote) and message.term > state.core.term and not self.is_free(state):
            return self.leads_on(state, self.core.enter(state.core, message.term))
        return super().receive(state, source, message)


# ---- the pitfalls, in systems as small as show them

RELIABLE, LOSSY, TIMELY = Network(), Network(losses=None, copies=1), Faults(synchronous=True)
S0, S1, _ = addresses("server", 3)


def _deposed(server: type[Server], guard: Ticks = 1) -> System[History]:
    """A leader that another replaces, of which it does not hear."""
    scripts = (S1, ("y",)), (S0, (None,))
    return system(*scripts, guard=guard, candidates=(S0, S1), behind=S0, network=LOSSY, faults=TIMELY, server=server)


def _pair(server: type[Server], faults: Faults = TIMELY, reads: int = 0) -> System[History]:
    """Two servers, which lead in turn."""
    scripts = ((S0, (None,) * reads),) if reads else ()
    return system(
        *scripts, servers=2, length=1 + reads, candidates=(S0, S1), clocks=Clocks(1), network=RELIABLE, faults=faults, server=server
    )


WITHOUT_A_GUARD = Pitfall(
    "raft_lease_read.WithoutAGuard",
    "A lease is used until its end by the leader's clock, which is behind: others have elected another, and that has written.",
    breaks=spec.linearizable,
    subject=_deposed(Server, guard=0),
    length=40,
)
LEASES_TO_ITSELF = Pitfall(
    "raft_lease_read.LeasesToItself",
    "A leader answers by a lease that nobody has promised.",
    breaks=spec.an_answer_is_true,
    subject=_deposed(LeasesToItself),
    length=40,
)
LEASES_TO_ITSELF_AT_ONCE = Pitfall(
    "raft_lease_read.LeasesToItself/alone",
    "A leader answers a read though nobody has promised, or confirmed, anything.",
    breaks=spec.a_read_is_confirmed_or_leased,
    subject=_pair(LeasesToItself, reads=1),
    length=8,
)
ANSWERS_BEFORE_IT_HAS_BEGUN = Pitfall(
    "raft_lease_read.AnswersBeforeItHasBegun",
    "A new leader has a lease, and answers from what it knows to be committed, before an entry of its term is.",
    breaks=spec.a_read_is_confirmed_or_leased,
    subject=_pair(AnswersBeforeItHasBegun, reads=1),
    length=8,
)
ANSWERS_ONCE_ANYTHING_IS_COMMITTED = Pitfall(
    "raft_lease_read.AnswersOnceAnythingIsCommitted",
    "A new leader has a lease, and knows what was committed in the term before, but not whether that is all.",
    breaks=spec.a_read_is_confirmed_or_leased,
    subject=system(
        (S1, (None,)),
        servers=2,
        length=2,
        candidates=(S0, S1),
        clocks=Clocks(2),
        network=RELIABLE,
        faults=TIMELY,
        server=AnswersOnceAnythingIsCommitted,
    ),
    length=25,
    quick=False,
)
TAKES_ONE_FOR_ALL = Pitfall(
    "raft_lease_read.TakesOneForAll",
    "A leader takes the promise of one server for one of all.",
    breaks=spec.what_was_promised_was_said,
    subject=system(candidates=(S0,), clocks=Clocks(1), network=RELIABLE, faults=TIMELY, server=TakesOneForAll),
    length=9,
)
KEEPS_PROMISES = Pitfall(
    "raft_lease_read.KeepsPromises",
    "What a leader was promised counts for it in the next term, too, in which another may be elected.",
    breaks=spec.what_was_promised_was_said,
    subject=_pair(KeepsPromises),
    length=12,
)
NOTES_WHAT_CAME_LAST = Pitfall(
    "raft_lease_read.NotesWhatCameLast",
    "Two promises come in the other order, and a leader lays its lease down by the older one.",
    breaks=spec.what_was_promised_stays_promised,
    subject=_pair(NotesWhatCameLast, Faults()),
    length=10,
)
BEGINS_ANEW = Pitfall(
    "raft_lease_read.BeginsAnew",
    "When one promises again, what others have promised is dropped: of five servers two must have promised, and a lease rarely lasts.",
    breaks=spec.what_was_promised_stays_promised,
    subject=system(candidates=(S0,), clocks=Clocks(1), network=RELIABLE, faults=TIMELY, server=BeginsAnew),
    length=19,
)
COMES_BACK_UNBOUND = Pitfall(
    "raft_lease_read.ForgetsItsPromise/unbound",
    "A server comes back, and does not know what it has promised.",
    breaks=spec.what_is_promised_is_known,
    subject=_pair(ForgetsItsPromise, evolve(TIMELY, crashes=1, recoveries=1, who=(S1,))),
    length=7,
)
KEEPS_THE_LAST_PROMISE = Pitfall(
    "raft_lease_read.KeepsTheLastPromise",
    "Two questions of a leader come in the other order, and the promise that was for longer is forgotten.",
    breaks=spec.what_is_promised_is_known,
    subject=_pair(KeepsTheLastPromise, Faults()),
    length=8,
)
IS_BOUND_FOR_LONGER = Pitfall(
    "raft_lease_read.IsBoundForLonger",
    "A server keeps more than it has promised: nobody is elected for longer than a lease lasts.",
    breaks=spec.what_is_promised_is_known,
    subject=_pair(IsBoundForLonger),
    length=6,
)
ASKS_FOR_LONGER = Pitfall(
    "raft_lease_read.AsksForLonger",
    "Promises last longer than is said.",
    breaks=spec.a_promise_is_true,
    subject=_pair(AsksForLonger),
    length=5,
)
ASKS_FOR_LESS = Pitfall(
    "raft_lease_read.AsksForLess",
    "Promises last less than is said, and nobody can answer by its lease.",
    breaks=spec.a_promise_is_true,
    subject=_pair(AsksForLess),
    length=5,
)
ASKS_BEFORE_IT_LEADS = Pitfall(
    "raft_lease_read.AsksBeforeItLeads",
    "Whoever stands keeps the others from electing anybody.",
    breaks=spec.a_promise_is_true,
    subject=_pair(AsksBeforeItLeads),
    length=1,
)
PROMISES_MORE = Pitfall(
    "raft_lease_read.PromisesMore",
    "A leader is promised more than is kept.",
    breaks=spec.a_promise_is_true,
    subject=_pair(PromisesMore),
    length=6,
)
PROMISES_TO_ANY_LEADER = Pitfall(
    "raft_lease_read.PromisesToAnyLeader",
    "A leader is promised something by who has voted for another since.",
    breaks=spec.a_promise_is_true,
    subject=_pair(PromisesToAnyLeader, Faults()),
    length=6,
)
FORGETS_ITS_PROMISE = Pitfall(
    "raft_lease_read.ForgetsItsPromise",
    "A promise is not on stable storage: a server crashes, comes back, and stands against a leader that answers by its lease.",
    breaks=spec.who_has_promised_elects_nobody,
    subject=_pair(ForgetsItsPromise, evolve(TIMELY, crashes=1, recoveries=1, who=(S1,))),
    length=11,
)
STANDS_ANYWAY = Pitfall(
    "raft_lease_read.StandsAnyway",
    "A server that has promised to vote for nobody votes for itself.",
    breaks=spec.who_has_promised_elects_nobody,
    subject=_pair(StandsAnyway),
    length=10,
)
VOTES_ANYWAY = Pitfall(
    "raft_lease_read.VotesAnyway",
    "A server that has promised to elect nobody votes for whoever asks.",
    breaks=spec.who_has_promised_elects_nobody,
    subject=system(length=1, candidates=(S0, S1), clocks=Clocks(1), network=RELIABLE, faults=TIMELY, server=VotesAnyway),
    length=19,
    quick=False,
)
ENTERS_ANY_TERM = Pitfall(
    "raft_lease_read.EntersAnyTerm",
    "A server that has promised to elect nobody enters the term of whoever stands, though it gives no vote: its leader is deposed.",
    breaks=spec.who_has_promised_is_not_disturbed,
    subject=system(
        servers=2,
        candidates=(S0, S0),
        clocks=Clocks(1),
        network=RELIABLE,
        faults=evolve(TIMELY, crashes=1, recoveries=1, who=(S0,)),
        server=EntersAnyTerm,
    ),
    length=13,
)
