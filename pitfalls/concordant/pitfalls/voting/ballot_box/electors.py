"""What goes wrong with electors: what they decide on, what they tell, and to whom they send it."""

from __future__ import annotations

from attrs import frozen

from concordant.refimpl.machine import Pitfall, Step, step
from concordant.refimpl.voting.ballot_box import Decided, Deciding, Electing, Elector, system
from concordant.spec.vocabulary import Address, Faults, Reply, Send
from concordant.spec.voting import ballot_box as spec
from concordant.spec.voting.ballot_box import NO_VOTE, VOTED_BEFORE, Cast, Opened, Vote, Voted
from concordant.spec.voting.shared.voting import Ranking


@frozen
class ChangesItsMind(Elector):
    """Takes what its user says last, whatever it has sent."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        return super().request(Deciding(self.officers) if isinstance(state, Decided) else state, client, request)


@frozen
class TakesItBack(Elector):
    """Takes an empty vote for a withdrawal of the one before, which it has sent."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        if isinstance(state, Decided) and request == Cast(()):
            return step(Deciding(), Reply(client, VOTED_BEFORE))
        return super().request(state, client, request)


@frozen
class VotesForAbstainers(Elector):
    """Takes nothing for the first option."""

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:
        return super().vote(state, client, ranking or (self.form.options[0],))


@frozen
class TakesAnything(Elector):
    """Does not look whether what its user asks for is a vote."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        return self.vote(state, client, request.ranking) if isinstance(state, Deciding) else super().request(state, client, request)


@frozen
class TellsWhatIsPopular(Elector):
    """Tells every user that it has voted for the first option."""

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:
        voted = super().vote(state, client, ranking)
        return answering(voted, client, Voted((self.form.options[0],)))


@frozen
class TellsNobody(Elector):
    """Votes, and then finds that it has voted before."""

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:
        return answering(super().vote(state, client, ranking), client, VOTED_BEFORE)


@frozen
class SaysYesAgain(Elector):
    """Accepts every vote of its user, and counts the first."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        return step(state, Reply(client, Voted(request.ranking))) if isinstance(state, Decided) else super().request(state, client, request)


@frozen
class DemandsAnOption(Elector):
    """Rejects whoever abstains, as if that were no vote."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        return super().request(state, client, request) if request.ranking else step(state, Reply(client, NO_VOTE))


@frozen
class WaitsForItsCall(Elector):
    """Rejects a vote before it was called, as if there had been one."""

    def request(self, state: Electing, client: Address, request: Cast) -> Step[Electing]:
        called = isinstance(state, Decided) or bool(state.callers)
        return super().request(state, client, request) if called else step(state, Reply(client, VOTED_BEFORE))


@frozen
class KnowsItsLastCaller(Elector):
    """Sends its vote to the officer that has called last."""

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:
        return super().vote(Deciding(state.callers[-1:]), client, ranking)


@frozen
class VotesEverywhere(Elector):
    """Sends its vote to all officers, whoever has called."""

    def vote(self, state: Deciding, client: Address, ranking: Ranking) -> Step[Electing]:  # noqa: ARG002  # that is the mistake
        return super().vote(Deciding(self.officers), client, ranking)


@frozen
class SendsABlank(Elector):
    """Sends an empty vote to whoever calls late."""

    def receive(self, state: Electing, source: Address, message: Opened) -> Step[Electing] | None:
        return step(state, Send(source, Vote(()))) if isinstance(state, Decided) else super().receive(state, source, message)


def answering(taken: Step[Electing], client: Address, answer: object) -> Step[Electing]:
    """Return a step with another answer."""
    return Step(taken.state, tuple(Reply(client, answer) if isinstance(each, Reply) else each for each in taken.effects))


# ---- the pitfalls, in systems as small as shows them

CHANGES_ITS_MIND = Pitfall(
    "ballot_box.ChangesItsMind",
    "An elector takes a second vote from its user, who has sent the first: which of them counts depends on the network.",
    breaks=spec.a_vote_is_final,
    subject=system(1, attempts=2, elector=ChangesItsMind),
    length=2,
)
TAKES_IT_BACK = Pitfall(
    "ballot_box.TakesItBack",
    "An elector lets its user take its vote back, which may have been counted.",
    breaks=spec.a_vote_is_final,
    subject=system(1, attempts=2, elector=TakesItBack),
    length=2,
)
VOTES_TWICE = Pitfall(
    "ballot_box.ChangesItsMind/votes_twice",
    "An elector votes once more when its user says so.",
    breaks=spec.an_elector_votes_as_its_user_says,
    subject=system(1, attempts=2, elector=ChangesItsMind),
    length=2,
)
VOTES_FOR_ABSTAINERS = Pitfall(
    "ballot_box.VotesForAbstainers",
    "An elector whose user abstains votes for the first option.",
    breaks=spec.an_elector_votes_as_its_user_says,
    subject=system(1, elector=VotesForAbstainers),
    length=1,
)
TAKES_ANYTHING = Pitfall(
    "ballot_box.TakesAnything",
    "An elector takes something for a vote that no officer will count.",
    breaks=spec.an_elector_votes_as_its_user_says,
    subject=system(1, choices=(Cast(("x", "y")),), elector=TakesAnything),
    length=1,
)
TELLS_WHAT_IS_POPULAR = Pitfall(
    "ballot_box.TellsWhatIsPopular",
    "A voter is told a vote other than the one that was cast for it.",
    breaks=spec.an_answer_is_true,
    subject=system(1, elector=TellsWhatIsPopular),
    length=1,
)
TELLS_NOBODY = Pitfall(
    "ballot_box.TellsNobody",
    "A voter is told that its vote was rejected, and yet it was cast.",
    breaks=spec.an_answer_is_true,
    subject=system(1, elector=TellsNobody),
    length=1,
)
SAYS_YES_AGAIN = Pitfall(
    "ballot_box.SaysYesAgain",
    "A second vote is answered as though it had been accepted.",
    breaks=spec.an_answer_is_true,
    subject=system(1, attempts=2, elector=SaysYesAgain),
    length=2,
)
DEMANDS_AN_OPTION = Pitfall(
    "ballot_box.DemandsAnOption",
    "A voter who abstains is told that this is no vote.",
    breaks=spec.an_answer_is_true,
    subject=system(1, elector=DemandsAnOption),
    length=1,
)
WAITS_FOR_ITS_CALL = Pitfall(
    "ballot_box.WaitsForItsCall",
    "A voter who votes before the poll is open is told that it has voted.",
    breaks=spec.an_answer_is_true,
    subject=system(1, elector=WaitsForItsCall),
    length=1,
)
KNOWS_ITS_LAST_CALLER = Pitfall(
    "ballot_box.KnowsItsLastCaller",
    "Two officers call for votes, and only one of them gets any.",
    breaks=spec.votes_in_time_count,
    subject=system(1, 2, faults=Faults(synchronous=True), elector=KnowsItsLastCaller),
    length=7,
)
VOTES_EVERYWHERE = Pitfall(
    "ballot_box.VotesEverywhere",
    "An elector sends its vote to an officer that has not called for it.",
    breaks=spec.a_vote_goes_to_who_calls_for_it,
    subject=system(1, 2, elector=VotesEverywhere),
    length=1,
)
SENDS_A_BLANK = Pitfall(
    "ballot_box.SendsABlank",
    "An elector that has voted sends an empty vote to an officer that calls for it late.",
    breaks=spec.a_vote_goes_to_who_calls_for_it,
    subject=system(1, elector=SendsABlank),
    length=3,
)
