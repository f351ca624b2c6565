"""Byzantine quorum vote: a proposal is put to the vote of all, and what a quorum votes, everybody comes to hold as decided, though some lie.

Source: quorums are those of Malkhi and Reiter, "Byzantine Quorum Systems", 1998; what makes sure that all decide or none is Bracha's
broadcast, `byzantine_broadcast`, with votes in the place of echoes. One vote, on what one member proposes.
Assumes: n voters, of whom at most f lie, and n ≥ 3f + 1; whoever receives a message knows its sender; messages arrive in the end,
where something is promised to be decided.
Does not promise: that anything is decided if honest voters disagree, or the proposer lies. A vote that must end either way is consensus.
"""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.spec.common import calls
from concordant.spec.vocabulary import Address, Cases, Completion, Fault, Map, Seen, Send, always, at_rest, case, on_event, sometimes


@frozen
class Verdict:
    """What is voted and decided: of which value, and whether it is accepted."""

    value: str
    accepts: bool


# ---- messages


@frozen
class Proposal:
    """The proposer puts a value to the vote."""

    value: str


@frozen
class Vote:
    """A voter's one vote; it names the value."""

    verdict: Verdict


@frozen
class Ready:
    """A voter is ready to decide, and knows that nobody honest can be ready to decide otherwise."""

    verdict: Verdict


# ---- requests


@frozen
class Propose:
    """A user has the proposer put a value to the vote. What comes of it is what is decided."""

    answered = False
    value: str


# ---- triggers


@frozen
class Cast(Completion):
    """A voter makes up its mind, which nobody else controls."""

    accepts: bool


# ---- events


@frozen
class Voted:
    """A voter has voted."""

    verdict: Verdict


@frozen
class Decided:
    """A voter holds the vote for decided."""

    verdict: Verdict


# ---- views


@frozen
class VerdictView:
    """What a voter holds for decided; None while it knows nothing."""

    decided: Verdict | None = None


# ---- history


@frozen
class History:
    """What the proposer was asked first, how honest voters voted first, who voted otherwise after that or told so, and who decided what, or twice.

    `honest`: who does not lie. `enough`: how many of them it takes, at least, to decide anything.
    """

    honest: frozenset[Address]
    enough: int
    asked: str | None = None
    votes: Map[Address, Verdict] = Map()
    changed: frozenset[Address] = frozenset()
    decided: Map[Address, Verdict] = Map()
    again: frozenset[Address] = frozenset()

    def after(self, at: Address, by: Address, happening: object) -> History:  # noqa: ARG002  # the signature of the kind
        """Fold one happening."""
        match happening:
            case Propose(value) if at == PROPOSER and self.asked is None:
                return evolve(self, asked=value)
            case Voted(verdict) if at not in self.votes:
                return evolve(self, votes=self.votes.put(at, verdict))
            case Voted(verdict) | Send(_, Vote(verdict)) if self.votes.get(at) != verdict:
                return evolve(self, changed=self.changed | {at})
            case Decided() if at in self.decided:
                return evolve(self, again=self.again | {at})
            case Decided(verdict):
                return evolve(self, decided=self.decided.put(at, verdict))
            case _:
                return self


# ---- clauses

ALL = Fault.LOSS | Fault.DUPLICATION | Fault.CRASH | Fault.BYZANTINE
RELIABLE = Fault.DUPLICATION | Fault.BYZANTINE


@always(under=ALL)
def agreement(seen: Seen[History]) -> Cases:
    """No two honest voters hold different things for decided: neither two values, nor that one is accepted and that it is not."""
    return calls.agree({address: view.decided for address, view in seen.views(VerdictView).items()})


@on_event(Decided, under=ALL)
def a_decision_has_enough_votes(before: History, by: Address, event: Decided) -> Cases:  # noqa: ARG001  # the signature of the kind
    """A quorum less those who may lie has voted for what is decided: liars alone decide nothing, and no proposal passes by itself."""
    votes = tuple(voter for voter, verdict in before.votes.items() if verdict == event.verdict)
    yield case(len(votes) >= before.enough, decided=event.verdict, votes=votes, enough=before.enough)


@on_event(Voted, under=ALL)
def a_vote_is_on_the_proposal(before: History, by: Address, event: Voted) -> Cases:  # noqa: ARG001  # the signature of the kind
    """If the proposer is honest, voters vote on what it was asked to propose first, whoever proposes something else."""
    if PROPOSER in before.honest:
        yield case(event.verdict.value == before.asked, voted=event.verdict, asked=before.asked)


@always(under=ALL)
def a_voter_votes_once(seen: Seen[History]) -> Cases:
    """No honest voter votes in two ways, or says that it did, whatever it is asked, and however often."""
    if seen.history.votes:
        yield case(not seen.history.changed, changed=seen.history.changed, votes=seen.history.votes)


@always(under=ALL)
def a_voter_decides_once(seen: Seen[History]) -> Cases:
    """No voter decides twice."""
    if seen.history.decided:
        yield case(not seen.history.again, again=seen.history.again)


@at_rest(under=RELIABLE)
def what_all_vote_is_decided(seen: Seen[History]) -> Cases:
    """At rest, if the proposer is honest and all honest voters vote the same, they have all decided that, also if liars vote otherwise or are silent."""
    history = seen.history
    if PROPOSER in history.honest and history.asked is not None and len(set(history.votes.values())) == 1:
        (verdict,) = set(history.votes.values())
        yield case(all(history.decided.get(each) == verdict for each in history.honest), voted=verdict, decided=history.decided)


@at_rest(under=RELIABLE)
def everybody_votes(seen: Seen[History]) -> Cases:
    """At rest every honest voter has voted, or has decided without, if the proposer is honest."""
    history = seen.history
    if PROPOSER in history.honest and history.asked is not None:
        missing = history.honest - set(history.votes) - set(history.decided)
        yield case(not missing, missing=missing)


@at_rest(under=RELIABLE)
def all_decide_or_none(seen: Seen[History]) -> Cases:
    """If one honest voter decides and messages arrive, all do."""
    if seen.history.decided:
        missing = seen.history.honest - set(seen.history.decided)
        yield case(not missing, missing=missing, decided=seen.history.decided)


@at_rest(under=RELIABLE)
def always_decides(seen: Seen[History]) -> Cases:
    """At rest something is decided, if the proposer is honest."""
    if PROPOSER in seen.history.honest and seen.history.asked is not None:
        yield case(bool(seen.history.decided), votes=seen.history.votes)


@sometimes
def is_accepted(seen: Seen[History]) -> Cases:
    """A proposal is accepted by all honest voters."""
    decided = seen.history.decided
    yield case(set(decided) == seen.history.honest and all(verdict.accepts for verdict in decided.values()), decided=decided)


@sometimes
def is_rejected(seen: Seen[History]) -> Cases:
    """A proposal is rejected by all honest voters."""
    decided = seen.history.decided
    yield case(set(decided) == seen.history.honest and not any(verdict.accepts for verdict in decided.values()), decided=decided)


PROPOSER = Address("voter")
"""Who proposes: everybody knows it."""
