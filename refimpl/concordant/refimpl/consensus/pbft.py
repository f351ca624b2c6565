"""PBFT as two machines: a replica, which keeps a log of signed messages and does whatever the log allows; a client, which believes f + 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never, TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.consensus.shared.byzantine import Sizes
from concordant.refimpl.machine import Byzantine, Forge, Move, Process, Step, System, User, step
from concordant.spec.consensus.pbft import (
    Accused,
    Answer,
    Certificate,
    ClientView,
    Commit,
    Decided,
    Garbled,
    History,
    Impatient,
    LostPatience,
    Moved,
    NewView,
    OfAView,
    Prepare,
    PrePrepare,
    ReplicaView,
    Request,
    Result,
    Signed,
    Submit,
    View,
    ViewChange,
    Vote,
)
from concordant.spec.consensus.pbft import clauses as spec
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Seen, Send, addresses, broadcast

Changes: TypeAlias = Map[Address, Certificate | None]
Message: TypeAlias = Request | OfAView | Garbled

# ---- replicas


@frozen
class State:
    """`request`: the first that it has heard of; `proposal`: what it has signed in this view; `prepared`: its latest certificate; `caught`: who lies, with the proof.

    `log`: what it holds of this view and later ones, its own messages among them. What arrives early waits there.
    """

    view: View = 0
    request: Request | None = None
    proposal: Request | None = None
    prepared: Certificate | None = None
    decided: Request | None = None
    caught: frozenset[Accused] = frozenset()
    log: frozenset[Signed] = frozenset()

    def signs(self, by: Address, message: OfAView) -> State:
        """Put a message into the log."""
        return evolve(self, log=self.log | {Signed(by, message)})

    @property
    def is_prepared(self) -> bool:
        """Whether it has a certificate of this view."""
        return self.prepared is not None and self.prepared.view == self.view


@frozen
class Replica(Process[State, Message, Never, Impatient]):
    """One of several replicas, all of which know each other and the clients."""

    me: Address
    members: tuple[Address, ...]
    clients: tuple[Address, ...]
    sizes: Sizes

    @property
    def peers(self) -> tuple[Address, ...]:
        """The other replicas."""
        return tuple(member for member in self.members if member != self.me)

    def primary(self, view: View) -> Address:
        """Return who proposes in a view: each in turn."""
        return self.members[view % len(self.members)]

    def start(self) -> Step[State]:
        return step(State())

    # ---- messages

    def receive(self, state: State, source: Address, message: Message) -> Step[State] | None:
        match message:
            case Garbled():
                return None  # whoever it names has not sent it
            case Request():
                new = state.request is None and self.is_request(message)
                return step(evolve(state, request=message)).then(self.advance) if new else None
            case _:
                return self.hear(state, source, message)

    def hear(self, state: State, source: Address, message: OfAView) -> Step[State] | None:
        if not self.is_member(source) or self.is_stale(state, message) or not self.is_valid(source, message):
            return None
        other = self.contradiction(state, source, message)
        if other is not None:
            return self.catch(state, Accused(source, other, message))
        return step(state.signs(source, message)).then(self.advance)

    def is_member(self, source: Address) -> bool:
        return source in self.members

    def is_stale(self, state: State, message: OfAView) -> bool:
        return message.view < state.view

    def contradiction(self, state: State, source: Address, message: OfAView) -> OfAView | None:
        """Find what proves that the sender lies: another message of the same kind in the same view."""
        kind = heard(state, type(message), message.view)
        return kind.get(source, message) if kind.get(source, message) != message else None

    def catch(self, state: State, accused: Accused) -> Step[State] | None:
        """Report somebody, once with each proof."""
        new = accused not in state.caught
        return step(evolve(state, caught=state.caught | {accused}), Announce(accused)) if new else None

    def is_valid(self, source: Address, message: OfAView) -> bool:
        match message:
            case Prepare() | Commit():
                return True
            case PrePrepare(view, request):
                return self.may_name(source, view, request)
            case ViewChange(view, prepared):
                return self.is_certificate(prepared, view)
            case NewView(view, request, changes):
                return self.may_name(source, view, request) and self.allows(changes, view, request)
            case _:
                assert_never(message)

    def may_name(self, source: Address, view: View, request: Request) -> bool:
        # A `PrePrepare` of a later view, or a `NewView` of the first, is a vote of its sender, which lies, and nobody's proposal.
        return source == self.primary(view) and self.is_request(request)

    def is_request(self, request: Request) -> bool:
        return request.client in self.clients

    def is_certificate(self, prepared: Certificate | None, before: View) -> bool:
        return prepared is None or (prepared.view < before and self.is_quorum(prepared.signers))

    def is_quorum(self, who: frozenset[Address]) -> bool:
        return len(who & set(self.members)) >= self.sizes.quorum

    # ---- what the log allows

    def advance(self, state: State) -> Step[State]:
        """Do whatever the log allows: each rule may make the next apply."""
        return step(state).then(self.follow).then(self.propose).then(self.accept).then(self.prepare).then(self.decide)

    def propose(self, state: State) -> Step[State] | None:
        changes = self.changes(state)
        if self.primary(state.view) != self.me or state.proposal is not None or not self.may_propose(state, changes):
            return None
        request = choose(changes, state.request)
        if request is None:
            return None
        message = NewView(state.view, request, changes) if state.view else PrePrepare(state.view, request)
        return step(evolve(state, proposal=request).signs(self.me, message), *broadcast(self.peers, message))

    def may_propose(self, state: State, changes: Changes) -> bool:
        return state.view == 0 or self.is_quorum(frozenset(changes))

    def accept(self, state: State) -> Step[State] | None:
        """Sign what the primary proposes, and nothing else in this view."""
        proposed = heard(state, NewView if state.view else PrePrepare, state.view).get(self.primary(state.view))
        if not isinstance(proposed, NewView | PrePrepare) or state.proposal is not None:
            return None
        request, message = proposed.request, Prepare(state.view, proposed.request)
        accepted = evolve(state, request=state.request or request, proposal=request)
        return step(accepted.signs(self.me, message), *broadcast(self.peers, message))

    def prepare(self, state: State) -> Step[State] | None:
        signers = frozenset(one.by for one in state.log if isinstance(one.message, Vote) and self.counts(state, one.message))
        if state.proposal is None or state.is_prepared or not self.is_quorum(signers):
            return None
        message = Commit(state.view, state.proposal)
        prepared = evolve(state, prepared=Certificate(state.view, state.proposal, signers))
        return step(prepared.signs(self.me, message), *broadcast(self.peers, message))

    def counts(self, state: State, vote: Vote | Commit) -> bool:
        return (vote.view, vote.request) == (state.view, state.proposal)

    def decide(self, state: State) -> Step[State] | None:
        committed = frozenset(one.by for one in state.log if isinstance(one.message, Commit) and self.counts(state, one.message))
        if state.proposal is None or state.decided is not None or not state.is_prepared or not self.is_quorum(committed):
            return None
        results = broadcast(self.clients, Result(state.proposal))
        return step(evolve(state, decided=state.proposal), Announce(Decided(state.view, state.proposal)), *results)

    # ---- changes of view

    def armed(self, state: State) -> tuple[Impatient, ...]:
        waits = state.request is not None and state.decided is None
        return (Impatient(),) if waits and self.may_propose(state, self.changes(state)) else ()

    def fire(self, state: State, trigger: Impatient) -> Step[State]:  # noqa: ARG002  # there is one
        lost = step(state, Announce(LostPatience(state.view)))
        return lost.then(lambda left: self.enter(left, left.view + 1)).then(self.advance)

    def follow(self, state: State) -> Step[State] | None:
        """Follow f + 1 others to a later view: one of them is honest, and has lost patience."""
        asked = {(one.by, one.message.view) for one in state.log if isinstance(one.message, ViewChange) and one.message.view > state.view}
        views = {view for _, view in asked if len({by for by, later in asked if later >= view}) >= self.sizes.witnesses}
        return self.enter(state, max(views)) if views else None

    def enter(self, state: State, view: View) -> Step[State]:
        message = ViewChange(view, self.report(state))
        log = frozenset(one for one in state.log if one.message.view >= view)
        entered = evolve(state, view=view, proposal=None, log=log)
        return step(entered.signs(self.me, message), Announce(Moved(view)), *broadcast(self.peers, message))

    def report(self, state: State) -> Certificate | None:
        return state.prepared

    def changes(self, state: State) -> Changes:
        """List who has come to this view, with the certificates that they show."""
        heard_of = heard(state, ViewChange, state.view)
        return Map.of({by: change.prepared for by, change in heard_of.items() if isinstance(change, ViewChange)})

    def allows(self, changes: Changes, view: View, request: Request) -> bool:
        # The hard step. If a request was decided in an earlier view, a quorum committed to it there, and another quorum shows its
        # certificates here: whoever is honest in both had one for that request when it left. A certificate of a later view is for
        # the same request, by the same argument, and none can be made up. So the latest is for what was decided, and if there is none,
        # nothing was. That the primary has looked is not enough, it may lie: every replica looks for itself.
        valid = all(self.is_certificate(prepared, view) for prepared in changes.values())
        return valid and self.is_quorum(frozenset(changes)) and choose(changes, request) == request

    def view(self, state: State) -> ReplicaView:
        kept = frozenset(one.message.view for one in state.log)
        return ReplicaView(state.view, state.prepared, state.decided, state.caught, kept, state.request)


def heard(state: State, kind: type[OfAView], view: View) -> Map[Address, OfAView]:
    """Return what the log holds of a kind in a view, by sender, of whom it holds one each."""
    return Map.of({one.by: one.message for one in state.log if isinstance(one.message, kind) and one.message.view == view})


def choose(changes: Changes, own: Request | None) -> Request | None:
    """Choose what to propose: the request of the latest certificate, or one's own where there is none."""
    certificates = [prepared for prepared in changes.values() if prepared is not None]
    return max(certificates, key=lambda prepared: prepared.view).request if certificates else own


# ---- clients


@frozen
class Asking:
    """`user`: who waits; `results`: what each replica said last, which is what it said first if it is honest."""

    user: Address | None = None
    results: Map[Address, Request] = Map()


@frozen
class Told:
    """Knows what was decided."""

    request: Request


@frozen
class Client(Process[Asking | Told, Result, Submit]):
    """A client of all replicas."""

    me: Address
    members: tuple[Address, ...]
    sizes: Sizes

    def start(self) -> Step[Asking | Told]:
        return step(Asking())

    def request(self, state: Asking | Told, client: Address, request: Submit) -> Step[Asking | Told]:
        if isinstance(state, Told):
            return step(state, Reply(client, Answer(state.request)))
        return step(evolve(state, user=client), *broadcast(self.members, Request(self.me, request.value)))

    def receive(self, state: Asking | Told, source: Address, message: Result) -> Step[Asking | Told] | None:
        if isinstance(state, Told) or source not in self.members:
            return None
        results = state.results.put(source, message.request)
        if not self.is_believed(results, message.request):
            return step(evolve(state, results=results))
        answers = () if state.user is None else (Reply(state.user, Answer(message.request)),)
        return step(Told(message.request), *answers)

    def is_believed(self, results: Map[Address, Request], request: Request) -> bool:
        """Tell whether f + 1 replicas say the same: one of them is honest."""
        return sum(said == request for said in results.values()) >= self.sizes.witnesses

    def view(self, state: Asking | Told) -> ClientView:
        return ClientView(state.request) if isinstance(state, Told) else ClientView(results=state.results)


# ---- together

SAFETY: tuple[Clause, ...] = (
    spec.agreement,
    spec.certificates_agree,
    spec.a_certificate_is_true,
    spec.a_decision_has_a_quorum,
    spec.validity,
    spec.nothing_is_decided_twice,
    spec.a_view_never_decreases,
    spec.nobody_honest_equivocates,
    spec.a_message_is_true,
    spec.all_are_told,
    spec.the_primary_proposes,
    spec.nothing_is_said_twice,
    spec.the_first_request_counts,
    spec.only_what_is_proved_is_reported,
    spec.every_view_that_failed_is_on_record,
    spec.whoever_is_caught_is_on_record,
    spec.nobody_moves_without_a_cause,
    spec.what_is_over_is_not_kept,
    spec.what_counts_is_kept,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.what_a_client_knows_is_true,
    spec.enough_is_believed,
)
PROMISES: tuple[Clause, ...] = (
    *SAFETY,
    spec.every_request_is_answered,
    spec.a_view_with_an_honest_primary_lasts,
    spec.whoever_is_left_behind_follows,
)


def system(
    members: int = 4,
    *,
    faulty: int = 1,
    asks: tuple[str, ...] = (),
    liars: tuple[Address, ...] = (),
    lies: tuple[Forge, ...] = (),
    views: int | None = None,
    network: Network = Network(),
    faults: Faults = Faults(),
    assume: tuple[Callable[[Move, Seen[History]], bool], ...] = (),
    replica: type[Replica] = Replica,
    client: type[Client] = Client,
    promises: tuple[Clause, ...] = SAFETY,
) -> System[History]:
    """Put so many replicas together, which are prepared for so many that lie, and clients.

    `asks`: what each honest client is told to ask for. `liars`: replicas and further clients; `lies`: what they say, as far as it
    can be signed. `views`: how many the scope has, None for as many as come about.
    """
    everybody, asking = addresses("replica", members), addresses("client", len(asks))
    clients = (*asking, *(liar for liar in liars if liar.role == "client"))
    honest = tuple(name for name in (*everybody, *asking) if name not in liars)
    sizes = Sizes(members, faulty)

    def within(seen: Seen[History]) -> bool:
        return views is None or all(view.view < views for view in seen.views(ReplicaView).values())

    def says(liar: Address) -> Byzantine[History]:
        told = tuple(Send(lie.at, lie.message) for lie in lies if lie.by == liar)
        return Byzantine(liar, lambda history: tuple(lie for lie in told if history.can_be_said(lie.message)))

    return System(
        {
            **{name: replica(name, everybody, clients, sizes) for name in everybody if name in honest},
            **{name: client(name, everybody, sizes) for name in asking},
        },
        History(everybody, frozenset(honest), frozenset(clients), sizes.quorum - faulty, faulty),
        promises,
        network,
        faults,
        tuple(User(Address("user", name.number), (name,), ((Submit(value),),)) for name, value in zip(asking, asks, strict=True)),
        tuple(says(liar) for liar in liars),
        assume=assume,
        within=(within,),
    )
