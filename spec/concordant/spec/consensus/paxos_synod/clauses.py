"""What Paxos promises, clause by clause."""

from __future__ import annotations

from itertools import combinations

from concordant.spec.common import calls
from concordant.spec.consensus.paxos_synod import (
    BUSY,
    Accept,
    Accepted,
    AcceptorView,
    Began,
    Chosen,
    History,
    LearnerView,
    Nack,
    Preempted,
    Prepare,
    Promise,
    Proposed,
    Superseded,
    Vote,
)
from concordant.spec.vocabulary import (
    Address,
    Call,
    Cases,
    Fair,
    Fault,
    Rejected,
    Reply,
    Seen,
    Send,
    Unknown,
    always,
    at_rest,
    case,
    eventually,
    every_step,
    on_event,
    sometimes,
)

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.RECOVERY


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """At most one value is chosen.

    Two majorities meet in an acceptor. It voted in the lower ballot before it promised the higher one, so its promise
    told the higher proposer of that vote, and by induction the highest vote it was told of has the chosen value.
    """
    chosen, values = seen.history.chosen, {vote.value for vote in seen.history.chosen}
    if len(chosen) > 1:
        yield case(len(values) <= 1, chosen=tuple((vote, seen.history.voters(vote)) for vote in chosen))


@always(under=ALL)
def validity(seen: Seen[History]) -> Cases:
    """Only a value that some user proposed is chosen."""
    made_up = tuple(vote for vote in seen.history.chosen if vote.value not in seen.history.asked)
    if seen.history.chosen:
        yield case(not made_up, chosen=made_up, asked=seen.history.asked)


@always(under=ALL)
def one_value_per_ballot(seen: Seen[History]) -> Cases:
    """All proposals of one ballot carry the same value."""
    pairs = combinations(sorted(seen.history.proposed), 2)
    differ = tuple((one, other) for one, other in pairs if one.ballot == other.ballot)
    if seen.history.proposed:
        yield case(not differ, differ=differ)


@always(under=ALL)
def a_proposal_is_safe(seen: Seen[History]) -> Cases:
    """No other value can be chosen any more in a ballot below a proposal.

    This is P2c of the source, the heart of the protocol: a value is out of reach in a lower ballot once too few acceptors
    have voted for it there or still may, because the others have promised a higher ballot.
    """
    pairs = combinations(sorted(seen.history.proposed), 2)
    rivals = [(lower, higher) for lower, higher in pairs if lower.ballot < higher.ballot and lower.value != higher.value]
    unsafe = tuple((higher, lower, voters) for lower, higher in rivals if len(voters := may_vote(seen, lower)) >= seen.history.quorum)
    if rivals:
        yield case(not unsafe, proposal_and_what_may_be_chosen_below=unsafe)


def may_vote(seen: Seen[History], vote: Vote) -> frozenset[Address]:
    """Return the acceptors that have cast a vote, or still may."""
    acceptors = seen.views(AcceptorView).items()
    return seen.history.voters(vote) | {name for name, view in acceptors if view.promised is None or view.promised <= vote.ballot}


@every_step(AcceptorView, under=ALL)
def a_promise_never_decreases(before: AcceptorView, after: AcceptorView) -> Cases:
    """An acceptor's promise never decreases, not even through a crash."""
    if before.promised is not None:
        yield case(after.promised is not None and before.promised <= after.promised, before=before.promised, after=after.promised)


@every_step(AcceptorView, under=ALL)
def a_vote_keeps_the_promise(before: AcceptorView, after: AcceptorView) -> Cases:
    """An acceptor votes in no ballot below its promise, and a vote promises its ballot."""
    if after.vote != before.vote and after.vote is not None:
        kept = before.promised is None or before.promised <= after.vote.ballot
        given = after.promised is not None and after.vote.ballot <= after.promised
        yield case(kept and given, promised=before.promised, vote=after.vote, now_promised=after.promised)


@every_step(AcceptorView, under=ALL)
def a_vote_is_never_forgotten(before: AcceptorView, after: AcceptorView) -> Cases:
    """The latest vote of an acceptor is replaced only by a later one, and never lost, not even in a crash."""
    if before.vote is not None:
        yield case(
            after.vote == before.vote or (after.vote is not None and before.vote.ballot < after.vote.ballot),
            before=before.vote,
            after=after.vote,
        )


@on_event(Send, under=ALL)
def a_message_is_true(before: History, by: Address, event: Send) -> Cases:
    """A message is true: ballots are the sender's own, votes asked for were proposed, votes reported were cast.

    Whoever receives it acts on it: a promise that hides a vote, say, lets another value be chosen.
    """
    match event.message:
        case Prepare(ballot):
            yield case(ballot.proposer == by, prepares=ballot, proposer=by)
        case Promise(ballot, vote):
            yield case(
                ballot in before.prepared and vote == before.latest_vote(by), promised=ballot, tells=vote, voted=before.latest_vote(by)
            )
        case Accept(vote):
            yield case(vote in before.proposed and vote.ballot.proposer == by, asks=vote, proposer=by, proposed=before.proposed)
        case Accepted(vote):
            yield case((by, vote) in before.votes, tells=vote, voters=before.voters(vote))
        case Nack(ballot, promised):
            yield case({ballot, promised} <= before.prepared and ballot < promised, refuses=ballot, promised=promised)


@on_event(Began, under=ALL)
def a_ballot_is_begun_once(before: History, by: Address, event: Began) -> Cases:
    """A proposer begins ballots of its own, and each of them once."""
    yield case(event.ballot.proposer == by and event.ballot not in before.prepared, begins=event.ballot, begun=before.prepared)


@on_event(Proposed, under=ALL)
def a_proposal_is_of_the_ballot_prepared(before: History, by: Address, event: Proposed) -> Cases:
    """A proposer proposes in the last ballot that it has prepared."""
    yield case(event.vote.ballot == before.latest_ballot(by), proposes=event.vote, prepared=before.latest_ballot(by))


@on_event(Send, under=ALL)
def a_new_ballot_is_above_the_one_that_preempted_the_last(before: History, by: Address, event: Send) -> Cases:
    """Whoever was preempted tries again above the ballot that came first, and not below it in vain."""
    if isinstance(event.message, Prepare) and by in before.preempted:
        yield case(before.preempted[by] < event.message.ballot, prepares=event.message.ballot, preempted_by=before.preempted[by])


@always(under=ALL)
def what_is_learned_is_chosen(seen: Seen[History]) -> Cases:
    """A learner announces only what a quorum voted for in one ballot."""
    wrong = tuple((vote, seen.history.voters(vote)) for vote in sorted(seen.history.learned) if vote not in seen.history.chosen)
    if seen.history.learned:
        yield case(not wrong, learned=wrong)


@always(under=ALL)
def an_answer_is_true(seen: Seen[History]) -> Cases:
    """A yes says that the user's own value is chosen, and a value that was answered no is never chosen.

    Once an Accept went out its value may be chosen whatever the proposer hears, so that its no would be a guess: the
    answer is then `Unknown`.
    """
    chosen, told = seen.history.chosen, sorted(seen.history.told, key=lambda told: (told[0], told[1].vote))
    lies = tuple(each for each in told if each not in {truth(value, vote) for value, _ in told for vote in chosen})
    values = {vote.value for vote in chosen}
    wrong = tuple((user, value) for user, value in sorted(seen.history.refused) if value in values)
    if told:
        yield case(not lies, told=lies, chosen=chosen)
    if seen.history.refused:
        yield case(not wrong, refused=wrong, chosen=chosen)


def truth(value: str, vote: Vote) -> tuple[str, Chosen | Superseded]:
    """Return a value, and what is to be said to whoever asked for it where a vote is chosen."""
    return value, Chosen(vote) if vote.value == value else Superseded(vote)


@on_event(Reply, under=ALL)
def what_is_no_yes_has_a_reason(before: History, by: Address, event: Reply) -> Cases:
    """*Preempted* names a higher ballot; *unknown* is said only of a proposal that such a ballot overtook, *rejected* only to a user who comes second."""
    own = before.latest_ballot(by)
    above = tuple(ballot for ballot in sorted(before.prepared) if own is not None and own < ballot)
    proposed = own in {vote.ballot for vote in before.proposed}
    match event.answer:
        case Preempted(ballot):
            yield case(ballot in above, told=event.answer, own=own, prepared_above=above)
        case Unknown():
            yield case(bool(above) and proposed, told=event.answer, own=own, prepared_above=above, proposed=before.proposed)
        case Rejected():
            others = before.calls.others(Call(event.to, by))
            yield case(event.answer == BUSY and bool(others), told=event.answer, to=event.to, waiting=others)


@always(under=ALL)
def nobody_is_answered_twice(seen: Seen[History]) -> Cases:
    """A request is answered once, and nobody who is not waiting is answered."""
    return calls.answered_once(seen.history.calls)


@at_rest(under=ALL)
def nobody_waits(seen: Seen[History]) -> Cases:
    """At rest nobody waits for an answer, if a majority of the acceptors is up.

    A promise or a vote that was lost is given again, and whoever is silent is not waited for.
    """
    yield from nobody_waits_for_a_majority(seen)


@eventually(Fair.DELIVERY | Fair.TRIGGERS, under=ALL)
def every_request_is_answered(seen: Seen[History]) -> Cases:
    """Every request is answered in the end, if what is sent again and again arrives, and a majority of the acceptors is up."""
    yield from nobody_waits_for_a_majority(seen)


def nobody_waits_for_a_majority(seen: Seen[History]) -> Cases:
    """Yield whether nobody waits, where a majority of the acceptors is up."""
    up = tuple(acceptor for acceptor in seen.views(AcceptorView) if seen.up(acceptor))
    if len(up) >= seen.history.quorum:
        yield case(not seen.waiting(), waiting=seen.waiting(), up=up)


@at_rest(under=Fault.DUPLICATION | Fault.CRASH)
def what_is_chosen_is_learned(seen: Seen[History]) -> Cases:
    """At rest every learner has learned what is chosen, even if whoever asked for it has crashed. Promised only where acceptors stay up."""
    if seen.history.chosen:
        learners = seen.views(LearnerView)
        unaware = tuple((learner, view.chosen) for learner, view in learners.items() if view.chosen not in seen.history.learned)
        if learners:
            yield case(not unaware, knows=unaware, announced=seen.history.learned, chosen=seen.history.chosen)


@sometimes
def decides(seen: Seen[History]) -> Cases:
    """A learner learns a value."""
    for vote in sorted(seen.history.learned):
        yield case(True, learned=vote)


@sometimes
def adopts_an_earlier_value(seen: Seen[History]) -> Cases:
    """A proposer gives up its own value for one that may have been chosen already."""
    for lower, higher in combinations(sorted(seen.history.proposed), 2):
        yield case(lower.ballot < higher.ballot and lower.value == higher.value, earlier=lower, later=higher)


@sometimes
def is_preempted(seen: Seen[History]) -> Cases:
    """A user is told that another ballot came first."""
    for proposer, ballot in seen.history.preempted.items():
        yield case(True, proposer=proposer, by=ballot)


@sometimes
def is_superseded(seen: Seen[History]) -> Cases:
    """A user is told that another value is chosen."""
    for value, answer in sorted(seen.history.told, key=lambda told: (told[0], told[1].vote)):
        yield case(isinstance(answer, Superseded), asked=value, told=answer)
