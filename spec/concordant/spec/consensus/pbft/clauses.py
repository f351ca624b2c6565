"""What PBFT promises, clause by clause."""

from __future__ import annotations

from itertools import combinations

from concordant.spec.common import calls
from concordant.spec.consensus.pbft import (
    Accused,
    Answer,
    ClientView,
    Commit,
    Decided,
    History,
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
    View,
    ViewChange,
    contradict,
)
from concordant.spec.vocabulary import (
    Address,
    Case,
    Cases,
    Fault,
    Need,
    Reply,
    Seen,
    Send,
    always,
    always_each,
    at_rest,
    case,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.BYZANTINE

# ---- safety


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """No two honest replicas decide different requests, in the same view or in different ones.

    Two quorums have an honest member in common. In one view it prepares one request; to a later one it takes its certificate along.
    """
    return calls.agree({address: view.decided for address, view in seen.views(ReplicaView).items()})


@always(under=ALL)
def certificates_agree(seen: Seen[History]) -> Cases:
    """No two honest replicas have certificates for different requests in one view."""
    prepared = [view.prepared for view in seen.views(ReplicaView).values() if view.prepared is not None]
    for one, other in combinations(prepared, 2):
        if one.view == other.view:
            yield case(one.request == other.request, first=one, second=other)


@always_each(ReplicaView, under=ALL)
def a_certificate_is_true(view: ReplicaView, replica: Address, history: History) -> Cases:
    """Whoever is named in the certificate of a replica has signed its request in its view, and with those who may lie they are a quorum."""
    if view.prepared is not None:
        named, voters = view.prepared.signers & history.honest, history.voters(view.prepared.view, view.prepared.request)
        yield case(named <= voters and len(named) >= history.enough, replica=replica, certificate=view.prepared, voters=voters)


@on_event(Decided, under=ALL)
def a_decision_has_a_quorum(before: History, by: Address, event: Decided) -> Cases:
    """A quorum less those who may lie has committed in a view to what is decided there, and so has whoever decides it: liars decide nothing among themselves, nor do old votes."""
    committers = before.committers(event.view, event.request)
    yield case(len(committers) >= before.enough and by in committers, decided=event, committers=committers, enough=before.enough)


@on_event(Decided, under=ALL)
def validity(before: History, by: Address, event: Decided) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A client has asked for what is decided; an honest one has really asked."""
    client = event.request.client
    asked = event.request in before.asked if client in before.honest else client in before.clients
    yield case(asked, decided=event, asked=before.asked)


@always(under=ALL)
def nothing_is_decided_twice(seen: Seen[History]) -> Cases:
    """A replica decides once."""
    if seen.history.decided:
        yield case(not seen.history.again, again=seen.history.again)


@every_step(ReplicaView, under=ALL)
def a_view_never_decreases(before: ReplicaView, after: ReplicaView) -> Cases:
    """A replica never goes back to an earlier view, nor to an earlier certificate."""
    if before.prepared is not None:
        yield case(after.prepared is not None and after.prepared.view >= before.prepared.view, before=before, after=after)
    yield case(after.view >= before.view, before=before, after=after)


@always(under=ALL)
def nobody_honest_equivocates(seen: Seen[History]) -> Cases:
    """No honest replica signs two different messages of one kind in a view."""
    if seen.history.signed:
        yield case(not seen.history.equivocated, who=seen.history.equivocated)


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """What honest ones send, to others, is so: of their view, about what a client has asked for, what the primary proposes, what they have certificates for, and what they have decided."""
    yield case(event.to != by, sends=event.message, to=event.to)
    match event.message:
        case Request() as request:
            yield case(request in before.asked, asks_for=request, asked=before.asked)
        case Result(request):
            decided = before.decided.get(by)
            yield case(decided is not None and decided.request == request, tells=request, decided=decided)
        case PrePrepare(view, request) | Prepare(view, request):
            yield _is_of_its_view(before, by, view, request)
            yield case(before.proposed(view) <= {request}, signs=request, proposed=before.proposed(view))
        case Commit(view, request):
            voters = before.voters(view, request)
            yield _is_of_its_view(before, by, view, request)
            yield case(by in voters and len(voters) >= before.enough, commits_to=request, voters=voters)
        case ViewChange(view, prepared):
            yield case(view == before.moved.get(by), moves_to=view, moved=before.moved)
            commit, shown = before.committed(by), None if prepared is None else Commit(prepared.view, prepared.request)
            yield case(shown == commit and before.can_be_said(event.message), shows=prepared, committed=commit)
        case NewView(view, request, changes):
            yield _is_of_its_view(before, by, view, request)
            shown_by = set(changes) & before.honest
            yield case(len(shown_by) >= before.enough and before.can_be_said(event.message), shows=changes)
            for prepared in changes.values():
                if prepared is not None:
                    yield case(len(prepared.signers & before.honest) >= before.enough, believes=prepared)


@always(under=ALL)
def all_are_told(seen: Seen[History]) -> Cases:
    """A replica sends what it signs to all others, in one step."""
    if seen.history.signed:
        yield case(not seen.history.owed, owed=seen.history.owed)


@on_event(Send, under=ALL)
def the_primary_proposes(before: History, by: Address, event: Send) -> Cases:
    """In each view its primary alone proposes, and all others sign what it proposes, and not the primary too: its proposal is its vote."""
    match event.message:
        case PrePrepare(view) | NewView(view) | Prepare(view):
            primary = before.members[view % len(before.members)]
            yield case((by == primary) != isinstance(event.message, Prepare), sends=event.message, primary=primary)


@on_event(Send, under=ALL)
def nothing_is_said_twice(before: History, by: Address, event: Send) -> Cases:
    """A replica sends what it signs once to each of the others: a proposal, a vote, a commitment and a change of view are n messages each."""
    if isinstance(event.message, OfAView):
        yield case(Signed(by, event.message) not in before.signed or event in before.owed, sends=event.message, to=event.to)


@every_step(ReplicaView, under=ALL)
def the_first_request_counts(before: ReplicaView, after: ReplicaView) -> Cases:
    """A replica waits for the request that it has heard of first, whatever it hears of later."""
    if before.request is not None:
        yield case(after.request == before.request, before=before.request, after=after.request)


def _is_of_its_view(before: History, by: Address, view: View, request: Request) -> Case:
    """State that a replica is in the view of which it speaks, and names a client."""
    return case(view == before.moved.get(by, 0) and request.client in before.clients, view=view, request=request, moved=before.moved)


# ---- who is to blame, and what is on record


@on_event(Accused, under=ALL)
def only_what_is_proved_is_reported(before: History, by: Address, event: Accused) -> Cases:
    """Whoever is accused is a replica that lies, and has signed two messages of which an honest one signs one at most; and each proof is reported once.

    A replica that is slow, or silent, may be honest; and one in whose name something false is sent is the victim.
    """
    liars = set(before.members) - before.honest
    yield case(event.who in liars and contradict(event.first, event.second), accused=event)
    yield case((by, event) not in before.accused, accused=event)


@always(under=ALL)
def every_view_that_failed_is_on_record(seen: Seen[History]) -> Cases:
    """A replica that has left a view has said so: the views that failed are those worth looking into."""
    for address, view in seen.views(ReplicaView).items():
        if view.view:
            yield case(seen.history.moved.get(address) == view.view, replica=address, view=view.view, moved=seen.history.moved)


@always(under=ALL)
def whoever_is_caught_is_on_record(seen: Seen[History]) -> Cases:
    """Whatever a replica holds against another it has reported, in whichever phase it noticed."""
    for address, view in seen.views(ReplicaView).items():
        for caught in sorted(view.caught, key=str):
            yield case((address, caught) in seen.history.accused, replica=address, caught=caught, accused=seen.history.accused)


# ---- changes of view


@on_event(Moved, under=ALL)
def nobody_moves_without_a_cause(before: History, by: Address, event: Moved) -> Cases:
    """Whoever moves to a later view has lost patience with the one before it, or follows one that is honest."""
    followed = frozenset(other for other, view in before.moved.items() if other != by and view >= event.view)
    yield case(
        (by, event.view - 1) in before.impatient or bool(followed), moves_to=event.view, impatient=before.impatient, moved=before.moved
    )


@on_event(LostPatience, under=Fault.BYZANTINE, needs=Need.TIMELY)
def whoever_is_left_behind_follows(before: History, by: Address, event: LostPatience) -> Cases:
    """If messages arrive before replicas become impatient, nobody is still to become so with a view that more have left than may lie: it has followed them."""
    left = frozenset(other for other, view in before.moved.items() if other != by and view > event.view)
    yield case(len(left) <= before.faulty, impatient_with=event.view, left=left, faulty=before.faulty)


@always_each(ReplicaView, under=ALL)
def what_is_over_is_not_kept(view: ReplicaView, replica: Address, history: History) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A replica keeps no messages of views that it has left, or its log would grow for ever."""
    if view.kept:
        yield case(min(view.kept) >= view.view, replica=replica, view=view.view, kept=view.kept)


@every_step(ReplicaView, under=ALL)
def what_counts_is_kept(before: ReplicaView, after: ReplicaView) -> Cases:
    """A replica drops nothing of its view nor of later ones, also once it has decided: another that has not may still need its help."""
    counts = {view for view in before.kept if view >= after.view}
    if counts:
        yield case(counts <= after.kept, view=after.view, before=before.kept, after=after.kept)


# ---- clients


@on_event(Reply, under=ALL)
def an_answer_is_true(before: History, by: Address, event: Reply) -> Cases:  # noqa: ARG001  # the signature of the kind
    """Some honest replica has decided what a client answers."""
    answers = {Answer(each.request) for each in before.decided.values()}
    yield case(event.answer in answers, answer=event.answer, decided=answers)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A client answers each request once."""
    return calls.answered_once(seen.history.calls)


@always(under=ALL)
def what_a_client_knows_is_true(seen: Seen[History]) -> Cases:
    """Some honest replica has decided what a client knows, whether the client has asked or not."""
    known = {view.told for view in seen.views(ClientView).values()} - {None}
    if known:
        decided = {each.request for each in seen.history.decided.values()}
        yield case(known <= decided, known=known, decided=decided)


@always(under=Fault.DUPLICATION | Fault.BYZANTINE)
def enough_is_believed(seen: Seen[History]) -> Cases:
    """What f + 1 replicas say a client believes, and waits for no other: one of them is honest, and others may never say anything."""
    heard = [list(view.results.values()) for view in seen.views(ClientView).values() if view.results]
    if heard:
        most = max(said.count(request) for said in heard for request in said)
        yield case(most <= seen.history.faulty, heard_the_same=most, faulty=seen.history.faulty)


@at_rest(under=Fault.BYZANTINE, needs=Need.TIMELY)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """If messages arrive before replicas become impatient, whatever a client asks for is answered, also if the primary lies.

    Where too few have decided, f + 1 honest replicas lose patience, and all follow them to a view whose primary is honest.
    """
    return calls.nobody_waits(seen)


@on_event(Moved, under=Fault.BYZANTINE, needs=Need.TIMELY)
def a_view_with_an_honest_primary_lasts(before: History, by: Address, event: Moved) -> Cases:  # noqa: ARG001  # the signature of the kind
    """If messages arrive before replicas become impatient, and clients are honest, no view fails but those whose primaries lie: there is an end to changes of view."""
    primary = before.members[(event.view - 1) % len(before.members)]
    if before.clients <= before.honest:
        yield case(primary not in before.honest, failed=event.view - 1, primary=primary)


# ---- what must be possible


@sometimes
def decides(seen: Seen[History]) -> Cases:
    """A replica decides in the first view."""
    yield case(any(decided.view == 0 for decided in seen.history.decided.values()), decided=seen.history.decided)


@sometimes
def decides_in_a_later_view(seen: Seen[History]) -> Cases:
    """A replica decides in a later view."""
    yield case(any(decided.view > 0 for decided in seen.history.decided.values()), decided=seen.history.decided)


@sometimes
def decides_in_two_views(seen: Seen[History]) -> Cases:
    """A replica decides in a later view what another has decided before the change: a certificate has told of it."""
    views = {decided.view for decided in seen.history.decided.values()}
    yield case(len(views) > 1, decided=seen.history.decided)


@sometimes
def what_comes_early_waits(seen: Seen[History]) -> Cases:
    """A replica keeps a message of a view to which it has not come."""
    yield case(any(view.view < max(view.kept, default=0) for view in seen.views(ReplicaView).values()))


@sometimes
def a_liar_is_accused(seen: Seen[History]) -> Cases:
    """A replica that has signed two proposals is reported."""
    yield case(bool(seen.history.accused), accused=seen.history.accused)
