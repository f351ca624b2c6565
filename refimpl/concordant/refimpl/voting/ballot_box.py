"""A ballot box as two machines: an officer that collects votes and counts them by a rule, and electors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from concordant.refimpl.machine import Ask, Byzantine, Fire, Forge, KnownViolation, Process, Receive, Step, System, User, step
from concordant.refimpl.voting.borda_count import borda
from concordant.refimpl.voting.majority_vote import majority
from concordant.refimpl.voting.weighted_vote import weighted
from concordant.spec.vocabulary import Address, Announce, Clause, Faults, Map, Network, Reply, Send, addresses, broadcast
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting import weighted_vote
from concordant.spec.voting.ballot_box import (
    NO_VOTE,
    OPENED_BEFORE,
    VOTED_BEFORE,
    Cast,
    Close,
    Counted,
    ElectorView,
    History,
    OfficerView,
    Open,
    Opened,
    Vote,
    Voted,
    WeightedElection,
)
from concordant.spec.voting.majority_vote import Poll
from concordant.spec.voting.majority_vote import Rule as RuleOfPolls
from concordant.spec.voting.shared.voting import Ballot, Election, Ranking, Rule
from concordant.spec.voting.weighted_vote import Rule as RuleOfWeights
from concordant.spec.voting.weighted_vote import WeightedPoll

# ---- how is voted


@frozen
class OneOption:
    """A vote is for one option, or for none."""

    options: tuple[str, ...]
    rule: RuleOfPolls = majority

    def is_valid(self, ranking: Ranking) -> bool:
        return is_of_one(ranking, self.options)

    def election(self, ballots: tuple[Ballot, ...], electorate: int) -> Poll:
        return Poll(self.options, ballots, electorate)

    def count(self, ballots: tuple[Ballot, ...], electorate: int) -> Counted:
        poll = self.election(ballots, electorate)
        return Counted(poll, self.rule(poll))


@frozen
class Weighted:
    """A vote is for one option, or for none, and weighs what is listed."""

    options: tuple[str, ...]
    electorate: tuple[weighted_vote.Elector, ...]
    rule: RuleOfWeights = weighted

    def is_valid(self, ranking: Ranking) -> bool:
        return is_of_one(ranking, self.options)

    def election(self, ballots: tuple[Ballot, ...], electorate: int) -> WeightedElection:  # noqa: ARG002  # the list tells who they are
        return WeightedElection(self.options, ballots, self.electorate)

    def count(self, ballots: tuple[Ballot, ...], electorate: int) -> Counted:
        votes = tuple(weighted_vote.Vote(ballot.voter, *(ballot.ranking or (None,))) for ballot in ballots)
        return Counted(self.election(ballots, electorate), self.rule(WeightedPoll(self.options, self.electorate, votes)))


@frozen
class Rankings:
    """A vote lists options, all or some of them, best first."""

    options: tuple[str, ...]
    rule: Rule = borda

    def is_valid(self, ranking: Ranking) -> bool:
        return len(set(ranking)) == len(ranking) and set(ranking) <= set(self.options)

    def election(self, ballots: tuple[Ballot, ...], electorate: int) -> Election:  # noqa: ARG002  # absentees give no points
        return Election(self.options, ballots)

    def count(self, ballots: tuple[Ballot, ...], electorate: int) -> Counted:
        election = self.election(ballots, electorate)
        return Counted(election, self.rule(election))


def is_of_one(ranking: Ranking, options: tuple[str, ...]) -> bool:
    """Tell whether a vote is for one of these options, or for none."""
    return ranking == () or (len(ranking) == 1 and ranking[0] in options)


Form: TypeAlias = OneOption | Weighted | Rankings

# ---- officer


@frozen
class Idle:
    """The poll was not opened yet."""


@frozen
class Collecting:
    """Waits for votes, on behalf of a client. `votes`: the first vote of each elector, by elector."""

    client: Address
    votes: Map[Address, Ranking] = Map()


@frozen
class Closed:
    """The poll is over."""

    result: Counted


Officiating: TypeAlias = Idle | Collecting | Closed


@frozen
class Officer(Process[Officiating, Vote, Open, Close]):
    """Collects the votes of a fixed electorate until all have voted or the time is over, and counts them by a rule."""

    electorate: tuple[Address, ...]
    form: Form

    def start(self) -> Step[Officiating]:
        return step(Idle())

    def request(self, state: Officiating, client: Address, request: Open) -> Step[Officiating]:  # noqa: ARG002  # there is one request
        if not isinstance(state, Idle):
            return step(state, Reply(client, OPENED_BEFORE))
        return step(Collecting(client), *broadcast(self.electorate, Opened()))

    def receive(self, state: Officiating, source: Address, message: Vote) -> Step[Officiating] | None:
        if not isinstance(state, Collecting) or not self.may_vote(source) or not self.form.is_valid(message.ranking):
            return None
        return self.close_if_complete(evolve(state, votes=self.keep(state.votes, source, message.ranking)))

    def may_vote(self, source: Address) -> bool:
        return source in self.electorate

    def keep(self, votes: Map[Address, Ranking], source: Address, ranking: Ranking) -> Map[Address, Ranking]:
        # The hard step. The first vote stands: a second one is a copy, or comes from somebody who wants to vote twice.
        return votes if source in votes else votes.put(source, ranking)

    def close_if_complete(self, state: Collecting) -> Step[Officiating]:
        return self.close(state) if len(state.votes) == len(self.electorate) else step(state)

    def close(self, state: Collecting) -> Step[Officiating]:
        result = self.count(state)
        return step(Closed(result), Announce(result), Reply(state.client, result))

    def count(self, state: Collecting) -> Counted:
        return self.form.count(self.ballots(state), self.measure(state))

    def ballots(self, state: Collecting) -> tuple[Ballot, ...]:
        return tuple(Ballot(str(elector), ranking) for elector, ranking in state.votes.items())

    def measure(self, state: Collecting) -> int:  # noqa: ARG002  # however few votes came in
        return len(self.electorate)

    def armed(self, state: Officiating) -> tuple[Close, ...]:
        return (Close(),) if isinstance(state, Collecting) else ()

    def fire(self, state: Officiating, trigger: Close) -> Step[Officiating]:  # noqa: ARG002  # there is one trigger
        return self.close(state) if isinstance(state, Collecting) else step(state)

    def survives(self, state: Officiating) -> Iterable[Officiating]:
        return (state,)  # it does not come back: what it has announced is what it is seen to have announced

    def view(self, state: Officiating) -> OfficerView:
        return OfficerView(state.result.outcome if isinstance(state, Closed) else None)


# ---- elector


@frozen
class Deciding:
    """Has not made up its mind. `callers`: the officers that call for its vote, sorted."""

    callers: tuple[Address, ...] = ()


@frozen
class Decided:
    """Knows what it votes, and sends it to every officer that calls for it."""

    ranking: Ranking


Electing: TypeAlias = Deciding | Decided


@frozen
class Elector(Process[Electing, Opened, Cast]):
    """Votes as its user decides, once, and the same at every officer."""

    officers: tuple[Address, ...]
    form: Form

    def start(self) -> Step[Electing]:
        return step(Deciding())

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        match state:
            case Deciding():
                return (
                    self.vote(state, client, request.ranking)
                    if self.form.is_valid(request.ranking)
                    else step(state, Reply(client, NO_VOTE))
                )
            case Decided():
                return step(state, Reply(client, VOTED_BEFORE))
            case _:
                assert_never(state)

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:
        voted = Voted(ranking)
        return step(Decided(ranking), Announce(voted), Reply(client, voted), *broadcast(state.callers, Vote(ranking)))

    def receive(self, state: Electing, source: Address, message: Opened) -> Step[Electing] | None:  # noqa: ARG002  # there is one message
        if source not in self.officers:
            return None
        match state:
            case Deciding(callers):
                return step(Deciding(tuple(sorted({*callers, source}))))
            case Decided(ranking):
                return step(state, Send(source, Vote(ranking)))
            case _:
                assert_never(state)

    def survives(self, state: Electing) -> Iterable[Electing]:
        return (state,)

    def view(self, state: Electing) -> ElectorView:
        return ElectorView(state.ranking if isinstance(state, Decided) else None)


# ---- together

COLLECTING: tuple[Clause, ...] = (
    spec.an_elector_votes_as_its_user_says,
    spec.a_vote_goes_to_who_calls_for_it,
    spec.an_answer_is_true,
    spec.nobody_is_answered_twice,
    spec.counts_once,
    spec.every_elector_counts_at_most_once,
    spec.only_votes_of_electors_count,
    spec.the_terms_stand,
    spec.a_result_is_final,
    spec.a_vote_is_final,
)
COMPLETE: tuple[Clause, ...] = (
    spec.votes_in_time_count,
    spec.nobody_waits,
    spec.every_poll_is_counted,
    spec.the_last_vote_closes_the_poll,
    spec.something_is_elected,
    spec.is_decided_without_a_vote,
    spec.silence_decides_nothing,
)
SAFETY: tuple[Clause, ...] = (*COLLECTING, spec.agreement, *spec.MAJORITY)
PROMISES: tuple[Clause, ...] = (*SAFETY, *COMPLETE)
OF_WEIGHTS: tuple[Clause, ...] = (*COLLECTING, spec.agreement, *spec.WEIGHTED, *COMPLETE)
OF_RANKINGS: tuple[Clause, ...] = (*COLLECTING, *spec.BORDA, *COMPLETE)

MAJORITY, BORDA = OneOption(("x", "y")), Rankings(("x", "y", "z"))
HEAVIER = Weighted(("x", "y"), (weighted_vote.Elector("elector0", 2), weighted_vote.Elector("elector1", 1)))
CHOICES = (Cast(("x",)), Cast(("y",)), Cast(()))


def system(
    electors: int = 3,
    officers: int = 1,
    *,
    form: Form = MAJORITY,
    liars: tuple[Address, ...] = (),
    choices: tuple[Cast, ...] = CHOICES,
    attempts: int = 1,
    rivals: int = 0,
    network: Network = Network(),
    faults: Faults = Faults(),
    officer: type[Officer] = Officer,
    elector: type[Elector] = Elector,
    promises: tuple[Clause, ...] = PROMISES,
) -> System[History]:
    """Put officers, an electorate and their users together: one opens the poll at every officer, and each elector has one.

    `liars`, electors or strangers, say whatever they like. `choices`: what an elector's user may decide on, and `attempts` how
    often everybody tries. So many `rivals` open the poll at the first officer too.
    """
    desks, electorate = addresses("officer", officers), addresses("elector", electors)
    honest = tuple(name for name in electorate if name not in liars)
    voters = tuple(User(Address("voter", name.number), (name,), (choices,) * attempts) for name in honest)
    opened = (*desks, *(desks[:1] * rivals))
    openers = tuple(
        User(chair, (desk,), ((Open(),),) * attempts) for chair, desk in zip(addresses("chair", len(opened)), opened, strict=True)
    )
    return System(
        {**{desk: officer(electorate, form) for desk in desks}, **{name: elector(desks, form) for name in honest}},
        History(frozenset(electorate), form.election((), electors), frozenset(electorate) & frozenset(liars)),
        promises,
        network,
        faults,
        (*openers, *voters),
        tuple(Byzantine(name, lambda _: lies(desks, honest, form.options)) for name in liars),
    )


def lies(desks: tuple[Address, ...], honest: tuple[Address, ...], options: tuple[str, ...]) -> tuple[Send, ...]:
    """List all that may be said: any vote, votes for what is no option, and calls that only an officer makes."""
    votes = tuple(Send(desk, Vote((option,))) for desk in desks for option in (*options, "none of them"))
    return (*votes, *(Send(name, Opened()) for name in honest))


DESKS, (HONEST, OTHER, LIAR) = addresses("officer", 2), addresses("elector", 3)
CHAIRS, VOTERS = addresses("chair", 2), addresses("voter", 2)

TWO_FACED = KnownViolation(
    spec.agreement,
    "The elector that two majorities have in common lies: it votes for one option at one officer and for the other at the other.",
    system(3, 2, liars=(LIAR,), choices=CHOICES[:2], promises=SAFETY),
    witness=(
        Ask(DESKS[0], CHAIRS[0], Open()),
        Receive(HONEST, DESKS[0], Opened()),
        Ask(DESKS[1], CHAIRS[1], Open()),
        Receive(OTHER, DESKS[1], Opened()),
        Ask(HONEST, VOTERS[0], Cast(("x",))),
        Receive(DESKS[0], HONEST, Vote(("x",))),
        Ask(OTHER, VOTERS[1], Cast(("y",))),
        Receive(DESKS[1], OTHER, Vote(("y",))),
        Forge(DESKS[0], LIAR, Vote(("x",))),
        Fire(DESKS[0], Close()),
        Forge(DESKS[1], LIAR, Vote(("y",))),
        Fire(DESKS[1], Close()),
    ),
)
