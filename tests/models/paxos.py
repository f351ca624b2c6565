"""Paxos as TLA+ has it (`PaxosHowToWinATuringAward`): acceptors, ballots without an owner, and messages that stay for ever."""

from __future__ import annotations

from itertools import combinations

from attrs import frozen

from concordant.refimpl.machine import Model, action
from concordant.spec.vocabulary import Cases, Now, Then, Variables, always, case, sometimes

NONE = -1


@frozen
class Vote:
    """In which ballot, for what; `NONE` before there was one."""

    ballot: int = NONE
    value: int = NONE


@frozen
class Promise:
    """An acceptor takes part in a ballot, and says how it voted last."""

    acceptor: int
    ballot: int
    last: Vote


def paxos(count: int, values_there_are: int, ballots_there_are: int) -> Model:
    """Return the model of so many acceptors, values and ballots. Every majority is a quorum."""
    acceptors, values, ballots = (tuple(range(number)) for number in (count, values_there_are, ballots_there_are))
    quorums = tuple(combinations(acceptors, count // 2 + 1))
    votes = tuple(Vote(ballot, value) for ballot in ballots for value in values)
    highest = Variables("highest", acceptors, NONE)
    last = Variables("last", acceptors, Vote())
    begun = Variables("begun", ballots, False)
    promises = tuple(Promise(a, b, v) for a in acceptors for b in ballots for v in (Vote(), *votes) if v.ballot < b)
    promised = Variables("promised", promises, False)
    proposed = Variables("proposed", votes, False)
    voted = Variables("voted", tuple((a, vote) for a in acceptors for vote in votes), False)

    @action(b=ballots)
    def begins(then: Then, b: int) -> None:
        then[begun[b]] = True

    @action(a=acceptors, b=ballots)
    def takes_part(now: Now, then: Then, a: int, b: int) -> None:
        if now[begun[b]] and b > now[highest[a]]:
            then[highest[a]] = b
            then[promised[Promise(a, b, now[last[a]])]] = True

    @action(vote=votes)
    def proposes(now: Now, then: Then, vote: Vote) -> None:
        if not any(now[proposed[Vote(vote.ballot, value)]] for value in values) and any(is_safe(now, vote, quorum) for quorum in quorums):
            then[proposed[vote]] = True

    def is_safe(now: Now, vote: Vote, quorum: tuple[int, ...]) -> bool:
        heard = [each for each in promises if each.ballot == vote.ballot and each.acceptor in quorum and now[promised[each]]]
        newest = max((each.last.ballot for each in heard), default=NONE)
        others = {each.last.value for each in heard if each.last.ballot == newest}
        return {each.acceptor for each in heard} == {*quorum} and (newest == NONE or vote.value in others)

    @action(a=acceptors, vote=votes)
    def votes_for(now: Now, then: Then, a: int, vote: Vote) -> None:
        if now[proposed[vote]] and vote.ballot >= now[highest[a]]:
            then[highest[a]] = vote.ballot
            then[last[a]] = vote
            then[voted[a, vote]] = True

    def chosen(now: Now) -> list[int]:
        return [vote.value for vote in votes if any(all(now[voted[a, vote]] for a in quorum) for quorum in quorums)]

    @sometimes
    def something_is_chosen(now: Now) -> Cases:
        """A value is chosen."""
        yield case(bool(chosen(now)))

    @always()
    def agreement(now: Now) -> Cases:
        """No two values are chosen."""
        yield case(len({*chosen(now)}) <= 1, chosen=tuple(chosen(now)))

    variables = (highest, last, begun, promised, proposed, voted)
    return Model(variables, (begins, takes_part, proposes, votes_for), (something_is_chosen, agreement))
