"""What goes wrong with clients: answers too soon, to the wrong question, twice, or never."""

from __future__ import annotations

from attrs import evolve, frozen

from concordant.pitfalls.consensus.raft.electing import LOSSY, RELIABLE, S0, S1, TIMELY
from concordant.refimpl.consensus.raft import SAFETY, STABLE, Candidate, Follower, Leader, Server, State, system
from concordant.refimpl.machine import Pitfall, Step, step
from concordant.spec.consensus.raft import Command, Committed, Entry, Log, NotLeader, Submit, Term
from concordant.spec.consensus.raft import clauses as spec
from concordant.spec.vocabulary import Address, Rejected, Reply, Unknown

# ---- mistakes


@frozen
class SaysYesAtOnce(Server):
    """Confirms a command as soon as it is in its own log."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return after.then(lambda state: step(evolve(state, role=role), Reply(client, Committed(len(state.log), state.term))))


@frozen
class AnswersOnlyAsLeader(Server):
    """Has no answer where it does not lead."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        return super().request(state, client, request) if isinstance(state.role, Leader) else step(state)


@frozen
class HintsAtItself(Server):
    """Sends whoever asks it back to itself."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        if isinstance(state.role, Leader):
            return super().request(state, client, request)
        return step(state, Reply(client, NotLeader(self.me)))


@frozen
class AppendsEverywhere(Server):
    """Puts a command into its log although it does not lead."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        after = super().request(state, client, request)
        if not isinstance(state.role, Follower):
            return after
        entry = Entry(state.term, Command(client, request.number, request.value))
        return after.then(lambda state: step(evolve(state, log=(*state.log, entry))))


@frozen
class SaysNoWhenDeposed(Server):
    """Takes back, when it is deposed, what may yet be committed."""

    def enter(self, state: State, term: Term) -> Step[State]:
        after = super().enter(state, term)
        return step(after.state, *(Reply(effect.to, NotLeader(None)) for effect in after.effects if isinstance(effect, Reply)))


@frozen
class DropsWhoWaits(Server):
    """Forgets who waits when it is deposed."""

    def enter(self, state: State, term: Term) -> Step[State]:
        return step(super().enter(state, term).state)


@frozen
class AlwaysUnsure(Server):
    """Answers a command at once, that it does not know."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return after.then(lambda state: step(evolve(state, role=role), Reply(client, Unknown())))


@frozen
class UnsureAsCandidate(Server):
    """Says, while it stands, that it does not know what becomes of a command that it has not taken."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        return step(state, Reply(client, Unknown())) if isinstance(state.role, Candidate) else super().request(state, client, request)


@frozen
class RefusesElsewhere(Server):
    """Refuses a command where it does not lead, as if something were wrong with it."""

    def request(self, state: State, client: Address, request: Submit) -> Step[State]:
        if isinstance(state.role, Leader):
            return super().request(state, client, request)
        return step(state, Reply(client, Rejected("this server does not lead")))


@frozen
class MarksEachCommand(Server):
    """Puts an entry of its own behind each command."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        mark = Entry(state.term, Command(self.me, command.number, "done"))
        return after.then(lambda state: step(evolve(state, log=(*state.log, mark))))


@frozen
class AppendsAgain(Server):
    """Appends a command for every time that it is asked for."""

    def find(self, log: Log, command: Command) -> int | None:  # noqa: ARG002  # that is the mistake
        return None


@frozen
class ForgetsWhoAsksAgain(Server):
    """Leaves it at finding a command in its log: who asks again is not noted as waiting."""

    def submitted(self, state: State, role: Leader, client: Address, command: Command) -> Step[State]:
        after = super().submitted(state, role, client, command)
        return step(state) if self.find(state.log, command) and not after.effects else after


@frozen
class FindsByValue(Server):
    """Takes two commands with one text for the same."""

    def find(self, log: Log, command: Command) -> int | None:
        return next((index for index, entry in enumerate(log, 1) if entry.command.value == command.value), None)


@frozen
class AnswersAgain(Server):
    """Does not strike out whom it has answered."""

    def advance(self, state: State, role: Leader) -> Step[State]:
        after = super().advance(state, role)
        return step(evolve(after.state, role=evolve(role, waiting=role.waiting)), *after.effects)


# ---- the pitfalls, in systems as small as show them

YES_AT_ONCE = Pitfall(
    "RFT-7",
    "The client is told that its command is committed whatever becomes of it.",
    breaks=spec.an_answer_is_true,
    subject=system(servers=2, network=RELIABLE, server=SaysYesAtOnce),
    length=4,
)
NO_LEADER_NO_ANSWER = Pitfall(
    "RFT-8",
    "Where there is no leader, a request has no answer.",
    breaks=spec.every_request_is_answered,
    subject=system(servers=1, candidates=(S0,), network=RELIABLE, server=AnswersOnlyAsLeader, promises=(*SAFETY, *STABLE)),
    length=2,
)
HINTS_AT_ITSELF = Pitfall(
    "raft.HintsAtItself",
    "A server that does not lead sends its client back to itself.",
    breaks=spec.an_answer_is_true,
    subject=system(servers=2, network=RELIABLE, server=HintsAtItself),
    length=1,
)
ALWAYS_UNSURE = Pitfall(
    "raft.AlwaysUnsure",
    "A leader answers that it does not know, though nobody has deposed it.",
    breaks=spec.an_answer_is_true,
    subject=system(servers=2, network=RELIABLE, server=AlwaysUnsure),
    length=4,
)
APPENDS_EVERYWHERE = Pitfall(
    "raft.AppendsEverywhere",
    "A follower says that it does not lead, and appends the command to its log nonetheless.",
    breaks=spec.validity,
    subject=system(servers=2, network=RELIABLE, server=AppendsEverywhere),
    length=1,
)
SAYS_NO_WHEN_DEPOSED = Pitfall(
    "raft.SaysNoWhenDeposed",
    "A leader that is deposed says no to whoever waits: the command is in its log, and may yet be committed.",
    breaks=spec.validity,
    subject=system(servers=2, candidates=(S0, S1), network=RELIABLE, server=SaysNoWhenDeposed),
    length=6,
)
DROPS_WHO_WAITS = Pitfall(
    "raft.DropsWhoWaits",
    "A leader that is deposed forgets who waits for it: they are never answered.",
    breaks=spec.nobody_waits_at_a_follower,
    subject=system(servers=2, candidates=(S0, S1), network=RELIABLE, server=DropsWhoWaits),
    length=6,
)
UNSURE_AS_CANDIDATE = Pitfall(
    "raft.UnsureAsCandidate",
    "A candidate, which has never led, says that it does not know whether a command was done.",
    breaks=spec.an_answer_is_true,
    subject=system(servers=2, network=RELIABLE, server=UnsureAsCandidate),
    length=2,
)
REFUSES_ELSEWHERE = Pitfall(
    "raft.RefusesElsewhere",
    "A server that does not lead refuses a command for good, as no server may.",
    breaks=spec.an_answer_is_true,
    subject=system(servers=2, network=RELIABLE, server=RefusesElsewhere),
    length=1,
)
MARKS_EACH_COMMAND = Pitfall(
    "raft.MarksEachCommand",
    "A leader puts entries of its own between those of its clients, and numbers them as commands.",
    breaks=spec.validity,
    subject=system(servers=1, network=RELIABLE, server=MarksEachCommand),
    length=2,
)
APPENDS_AGAIN = Pitfall(
    "raft.AppendsAgain",
    "A client that got no certain answer asks again, and its command is done twice.",
    breaks=spec.exactly_once,
    subject=system(servers=2, candidates=(S0, S1), retries=1, network=LOSSY, faults=TIMELY, server=AppendsAgain),
    length=9,
)
FORGETS_WHO_ASKS_AGAIN = Pitfall(
    "raft.ForgetsWhoAsksAgain",
    "A client asks a new leader again for what the last one has appended: the command is committed, and nobody tells the client.",
    breaks=spec.nobody_waits_for_what_is_committed,
    subject=system(
        (("x",), ("y",)),
        servers=2,
        candidates=(S0, S1),
        asked=((S0, S1), (S1,)),
        retries=1,
        network=RELIABLE,
        faults=TIMELY,
        server=ForgetsWhoAsksAgain,
    ),
    length=17,
)
FINDS_BY_VALUE = Pitfall(
    "raft.FindsByValue",
    "Commands are told apart by their text: the second of two that are alike is taken for the first, and is never done.",
    breaks=spec.linearizable,
    subject=system((("x", "x"),), servers=1, network=RELIABLE, server=FindsByValue),
    length=4,
)
ANSWERS_AGAIN = Pitfall(
    "raft.AnswersAgain",
    "A leader does not strike out whom it has answered, and answers again with the next entry.",
    breaks=spec.nobody_is_answered_twice,
    subject=system((("x",), ("y",)), servers=1, network=RELIABLE, server=AnswersAgain),
    length=5,
)
