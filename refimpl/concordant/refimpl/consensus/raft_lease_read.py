"""Raft with lease reads: around a server of `raft_read_index`, what it has promised, and what it was promised, by its clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from concordant.refimpl.consensus import raft, raft_read_index
from concordant.refimpl.consensus.raft import Trigger
from concordant.refimpl.consensus.raft_read_index import Leader
from concordant.refimpl.machine import Ask, Fire, Move, Process, Step, System, Tick, step
from concordant.spec.common.consistency.objects import Read, Value
from concordant.spec.consensus import raft as core
from concordant.spec.consensus import raft_lease_read as spec
from concordant.spec.consensus import raft_read_index as reads
from concordant.spec.consensus.raft import Contact, Elect, RequestVote, clauses
from concordant.spec.consensus.raft_lease_read import History, Message, Promise, Renew, ServerView
from concordant.spec.consensus.raft_read_index import Request, written
from concordant.spec.vocabulary import Address, Clause, Clocks, Faults, Map, Network, Reply, Seen, Send, Ticks, addresses


@frozen
class State:
    """`core`: the state of the server. `bound`: until when it votes for nobody, which is durable. `promised`: until when others do not, as they told this leader."""

    core: raft.State = raft.State()
    now: Ticks = 0
    bound: Ticks = 0
    promised: Map[Address, Ticks] = Map()


@frozen
class Server(Process[State, Message, Request, Trigger]):
    """A server with a clock. `length`: how long what it is promised lasts; `guard`: how much sooner it stops to lean on it."""

    core: raft_read_index.Server
    length: Ticks
    guard: Ticks

    def start(self) -> Step[State]:
        return step(State())

    def leads_on(self, state: State, after: Step[raft.State]) -> Step[State]:
        """Return what a step of the server makes of the whole. What it was promised in a term counts in that term."""
        promised = state.promised if after.state.term == state.core.term else Map[Address, Ticks]()
        return Step(evolve(state, core=after.state, promised=promised), after.effects)

    # ---- reads

    def request(self, state: State, client: Address, request: Request) -> Step[State]:
        if isinstance(request, Read) and isinstance(state.core.role, Leader) and self.may_answer(state):
            return step(state, Reply(client, Value(written(state.core.log[: state.core.commit]))))
        return self.leads_on(state, self.core.request(state.core, client, request))

    def may_answer(self, state: State) -> bool:
        return self.core.has_begun(state.core) and self.has_lease(state)

    def has_lease(self, state: State) -> bool:
        # The hard step. Whoever leads a later term needs the vote of one of this majority, which that casts when its clock shows the end of its
        # promise. This clock is then behind by no more than the guard, and shows the end less the guard: the lease is laid down.
        return self.core.is_majority(1 + sum(state.now < until - self.guard for until in state.promised.values()))

    # ---- promises

    def armed(self, state: State) -> tuple[Trigger, ...]:
        return tuple(trigger for trigger in self.core.armed(state.core) if trigger != Elect() or self.is_free(state))

    def is_free(self, state: State) -> bool:
        """Tell whether a server may vote, and stand."""
        return state.now >= state.bound

    def fire(self, state: State, trigger: Trigger) -> Step[State]:
        after = self.leads_on(state, self.core.fire(state.core, trigger))
        if isinstance(trigger, Contact) and isinstance(state.core.role, Leader):
            return after.then(lambda state: step(state, Send(trigger.to, self.renewal(state))))
        return after

    def renewal(self, state: State) -> Renew:
        return Renew(state.core.term, state.now + self.length)

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Renew(term, until) if term == state.core.term:
                return step(evolve(state, bound=max(state.bound, until)), Send(source, Promise(term, until)))
            case Promise(term, until) if term == state.core.term:
                return self.noted(state, source, until)
            case Renew() | Promise():
                return None  # what comes along with a renewal is of its term, too, and enters that
            case RequestVote() if not self.is_free(state):
                return None  # not even its term is entered: the leader is not disturbed
            case _:
                after = self.core.receive(state.core, source, message)
                return None if after is None else self.leads_on(state, after)

    def noted(self, state: State, peer: Address, until: Ticks) -> Step[State]:
        return step(evolve(state, promised=state.promised.put(peer, max(until, state.promised.get(peer, 0)))))

    # ---- clocks and crashes

    def tick(self, state: State, now: Ticks) -> Step[State]:
        return step(evolve(state, now=now))

    def survives(self, state: State) -> Iterable[State]:
        return tuple(State(left, bound=state.bound) for left in self.core.survives(state.core))

    def recover(self, state: State) -> Step[State]:
        return step(state)

    def view(self, state: State) -> ServerView:
        shown = self.core.view(state.core)
        known = shown.term, shown.vote, shown.leads, shown.log, shown.commit, shown.heard, shown.readers
        return ServerView(*known, state.bound, state.promised)


ELSEWHERE = (
    clauses.a_vote_is_cast_once,
    clauses.leader_completeness,
    clauses.what_is_applied_stays_applied,
    clauses.linearizable,
    clauses.nobody_waits_at_a_follower,
    clauses.nobody_waits_for_what_is_committed,
    reads.linearizable,
    reads.an_answer_is_true,
    reads.a_read_is_confirmed,
    reads.what_is_heard_stays_heard,
)
"""What is judged where it takes fewer states, or said in other words here."""
SAFETY: tuple[Clause, ...] = (
    *(clause for clause in raft_read_index.SAFETY if clause not in ELSEWHERE),
    spec.linearizable,
    spec.an_answer_is_true,
    spec.a_read_is_confirmed_or_leased,
    spec.a_promise_is_true,
    spec.what_is_promised_is_known,
    spec.what_was_promised_was_said,
    spec.what_was_promised_stays_promised,
    spec.who_has_promised_elects_nobody,
    spec.who_has_promised_is_not_disturbed,
)


def takes_time(who: Address) -> Callable[[Move, Seen[core.History]], bool]:
    """Assume that clocks go on after a server that is left behind has committed, and until another stands; that it is asked only once that has committed more; and that nobody does more by itself once that has committed two entries."""

    def in_time(move: Move, seen: Seen[core.History]) -> bool:
        view = seen.views(ServerView)[who]
        more = len(seen.history.committed) - view.commit
        match move:
            case Tick():
                return view.commit > 0 and seen.history.latest_term() == view.term
            case Ask(at):
                return at != who or more > 0
            case Fire():
                return more < 2  # what it begins with, and a command
            case _:
                return True

    return in_time


def system(
    *scripts: tuple[Address, tuple[str | None, ...]],
    servers: int = 3,
    candidates: tuple[Address, ...],
    behind: Address | None = None,
    informed: bool = True,
    length: Ticks = 2,
    guard: Ticks = 1,
    clocks: Clocks = Clocks(2),
    network: Network = Network(duplicating=True),
    faults: Faults = Faults(),
    server: type[Server] = Server,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[core.History]:
    """Put servers and clients together, as those of the read index are, each with a clock."""
    whole = raft_read_index.system(
        *scripts,
        servers=servers,
        candidates=candidates,
        behind=behind,
        informed=informed,
        network=network,
        faults=faults,
        promises=promises,
    )
    names = addresses("server", servers)
    inner = {name: raft_read_index.Server(name, tuple(peer for peer in names if peer != name)) for name in names}
    return evolve(
        whole,
        processes={name: server(each, length, guard) for name, each in inner.items()},
        history=History(whole.history.majority, length=length, guard=guard),
        clocks=clocks,
        assume=(*whole.assume, *((takes_time(behind),) if behind else ())),
    )
