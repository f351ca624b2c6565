"""Answers: what became of one question, as values. Every report and the exit code are made of answers alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from attrs import field, frozen

from concordant.checks.exit_codes import ADAPTER, BUG, INTERRUPTED, MISUSE, OK, UNDECIDED, VIOLATED
from concordant.checks.exploration.branches import Branches
from concordant.checks.exploration.breakdown import Breakdown
from concordant.checks.exploration.report import Status, Verdict
from concordant.checks.exploration.under import unjudged
from concordant.checks.index import protocols_by_stem
from concordant.checks.left_out import unexplored, unpromised
from concordant.checks.registry import SPEC, Protocol, protocol, protocols_loaded
from concordant.refimpl.machine import Action, Mechanism, is_of_link, plain
from concordant.spec.vocabulary import Clause, Fault, Sometimes, outcomes_are_exact


class Conclusion(Enum):
    """How an answer bears on the run. Values are what the reports print."""

    AS_CLAIMED = "as claimed"
    NOT_AS_CLAIMED = "not as claimed"
    UNDECIDED = "undecided"
    INTERRUPTED = "interrupted"
    BROKEN = "breaks a rule"
    ADAPTER = "a broken adapter"
    BUG = "a bug of Concordant"


@frozen
class Note:
    """What a reader must know before trusting an answer: a code, and its fields. Reporters make the text."""

    code: str
    fields: Mapping[str, object] = field(factory=dict)


@frozen
class Answer:
    """What became of one question.

    `question`: its id. `title`: in a sentence, what was asked: what a scope shows, the mistake of a pitfall, the claim of a theorem.
    `word`: how the answer is called in its own field: *refuted*, *proved*; empty where the verdicts say it.
    `verdicts`: on clauses. `counts`, and of those that are pinned what was `expected`. `stopped`: why it ended early; None where it did not.
    `breakdown`, `branches`: where states come from, and which branches the machine took, if that was asked for.
    """

    question: str
    stem: str
    title: str
    conclusion: Conclusion
    word: str = ""
    verdicts: tuple[Verdict, ...] = ()
    counts: Mapping[str, int] = field(factory=dict)
    expected: Mapping[str, int] | None = None
    notes: tuple[Note, ...] = ()
    stopped: str | None = None
    seconds: float = 0
    breakdown: Breakdown | None = None
    branches: Branches | None = None

    @property
    def kind(self) -> str:
        """What kind of question it answers: the part of the id before the colon."""
        return self.question.partition(":")[0]

    @property
    def name(self) -> str:
        """The question's own name: of a scope, a pitfall, a theorem."""
        return self.question.partition("/")[2]

    @property
    def judges(self) -> bool:
        """Whether its verdicts are on what the protocol promises; those of a pitfall are on what it breaks."""
        return self.kind in JUDGING

    @property
    def is_on_clauses(self) -> bool:
        """Whether its verdicts tell how clauses stand: of a protocol, or of an implementation."""
        return self.judges or self.kind in OF_OTHERS

    @property
    def as_expected(self) -> bool:
        """Whether the counts are those that are pinned, as far as it went."""
        return self.expected is None or self.stopped is not None or all(self.counts[name] == count for name, count in self.expected.items())

    def note(self, code: str) -> Note | None:
        """Return the note with a code, if there is one."""
        return next((note for note in self.notes if note.code == code), None)


EXPLORING = ("scope", "family", "model")
OF_OTHERS = ("conformance", "validation")
"""The kinds of questions about an implementation, whose verdicts are on what that violates."""
JUDGING = (*EXPLORING, "profiles")
"""The kinds of questions whose verdicts are on what a protocol promises."""


@frozen
class Standing:
    """How one promise of one protocol stands, over all answers of a run."""

    stem: str
    clause: Clause
    status: Status
    answers: tuple[Answer, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def cases(self) -> int:
        """How many cases were judged in all."""
        return sum(verdict.cases for verdict in self.verdicts)


def standings(answers: Iterable[Answer], unfinished: Iterable[str] = ()) -> tuple[Standing, ...]:
    """Say of each protocol how each clause stands on which an answer has a verdict, whoever declared it; in the order of the answers.

    Violated anywhere is violated; a `sometimes` needs to be reached once; vacuous means that no case came about in any answer. Of
    protocols that are `unfinished`, or of which a search was stopped, it is not known whether one would have; nor, where questions
    are left, whether one of these reaches what must be possible.
    """
    answers, left = tuple(answers), frozenset(unfinished)
    open_ones = {*left, *(answer.stem for answer in answers if answer.is_on_clauses and answer.stopped is not None)}
    found: dict[tuple[str, Clause], list[tuple[Answer, Verdict]]] = {}
    for answer in answers:
        for verdict in answer.verdicts if answer.is_on_clauses else ():
            found.setdefault((answer.stem, verdict.clause), []).append((answer, verdict))
    return tuple(
        Standing(stem, clause, _of_each_rule(clause, [verdict for _, verdict in pairs], stem in open_ones, stem in left), *_columns(pairs))
        for (stem, clause), pairs in found.items()
    )


def _columns(pairs: list[tuple[Answer, Verdict]]) -> tuple[tuple[Answer, ...], tuple[Verdict, ...]]:
    return tuple(answer for answer, _ in pairs), tuple(verdict for _, verdict in pairs)


def _of_each_rule(clause: Clause, verdicts: list[Verdict], is_open: bool, is_unfinished: bool) -> Status:
    """Say how a clause stands; of one about rules, that it is vacuous where it is so of one of them in all that was judged of that."""
    found = [
        _together(clause, [each.status for each in verdicts if each.rule == rule], is_open, is_unfinished)
        for rule in dict.fromkeys(each.rule for each in verdicts)
    ]
    if len(found) == 1:
        return found[0]
    return next(each for each in (Status.VIOLATED, Status.INCONCLUSIVE, Status.VACUOUS, *found) if each in found)


def _together(clause: Clause, found: list[Status], is_open: bool, is_unfinished: bool) -> Status:
    order = [Status.VIOLATED, Status.INCONCLUSIVE, Status.HOLDS]
    if isinstance(clause, Sometimes):
        order.reverse()
    status = next((status for status in (*order, Status.VACUOUS, Status.NOT_DECIDED) if status in found), Status.NOT_PROMISED)
    not_yet = is_unfinished and status is Status.VIOLATED and isinstance(clause, Sometimes)
    return Status.INCONCLUSIVE if not_yet or (is_open and status is Status.VACUOUS) else status


def unjudged_claims(answers: Iterable[Answer]) -> Iterator[tuple[str, Clause, Fault]]:
    """Yield what is claimed and was never judged: protocol, clause, and faults of its `under`. Asked where all small scopes were run.

    Of a protocol with a search that was divided, that is not known: see `untold_claims`.
    """
    answers = tuple(answers)
    untold = _divided(answers)
    return (each for each in _claims_left(answers) if each[0] not in untold)


def untold_claims(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the protocols that claim what may have been judged in a search that was divided, which does not tell."""
    answers = tuple(answers)
    untold = _divided(answers)
    return iter(dict.fromkeys(stem for stem, _, _ in _claims_left(answers) if stem in untold))


def _divided(answers: Iterable[Answer]) -> frozenset[str]:
    return frozenset(answer.stem for answer in answers if answer.note("divided"))


def _claims_left(answers: Iterable[Answer]) -> Iterator[tuple[str, Clause, Fault]]:
    by_stem: dict[str, list[Verdict]] = {}
    for answer in answers:
        if answer.kind in EXPLORING and answer.stopped is None:
            by_stem.setdefault(answer.stem, []).extend(each for each in answer.verdicts if not _claimed_elsewhere(each.clause, answer.stem))
    for stem, verdicts in by_stem.items():
        yield from ((stem, clause, faults) for clause, faults in unjudged(verdicts))


def _claimed_elsewhere(clause: Clause, stem: str) -> bool:
    """Tell whether a clause is of a link with a stem of its own: what it survives is judged there."""
    if not is_of_link(clause) or clause.stem == stem or clause.stem not in protocols_by_stem():
        return False
    named = protocol(clause.stem)
    return named.is_ours and plain(clause) in named.of(Clause, SPEC)  # one of its name alone is somebody else's


def exit_code(answers: Iterable[Answer], *, interrupted: bool = False, whole: bool = False, unfinished: Iterable[str] = ()) -> int:
    """Return the exit code of a run: the gravest of what its answers say, all of them. `whole`: all small scopes were asked about; `unfinished`: as in `standings`.

    A bug of ours is graver than a violation, that than an adapter which breaks the protocol, that than a function which breaks the
    rules, that than an interruption, that than what is undecided. A run without any answer decides nothing, nor does one in which no clause of a protocol was judged.
    """
    answers = tuple(answers)
    codes = {_code_of(answer) for answer in answers} | {_code_of_status(each) for each in standings(answers, unfinished)}
    codes |= {INTERRUPTED} if interrupted else set()
    codes |= {UNDECIDED} if not answers or any(unjudged_protocols(answers)) or (whole and leaves_something_out(answers)) else set()
    return next((code for code in (BUG, VIOLATED, ADAPTER, MISUSE, INTERRUPTED, UNDECIDED) if code in codes), OK)


def unjudged_protocols(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the protocols whose scopes were run and of which no clause was judged: they promise nothing, or nothing under these faults."""
    answers = tuple(answers)
    judged = {
        standing.stem
        for standing in standings(answers)
        if standing.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED) and standing.clause is not outcomes_are_exact
    }
    asked = dict.fromkeys(answer.stem for answer in answers if answer.judges and answer.conclusion is Conclusion.AS_CLAIMED)
    return (stem for stem in asked if stem not in judged)


def leaves_something_out(answers: Sequence[Answer]) -> bool:
    """Tell whether something is claimed that no answer decides: a clause under a fault, a clause in any scope, one that is just written down, one of a system beside the scopes, or one of views that nobody shows.

    An action that is just written down is never taken, so that nothing is known of what it does.
    """
    parts = (
        unjudged_claims,
        untold_claims,
        unjudged_clauses,
        unpromised_clauses,
        unexplored_systems,
        unjudged_rules,
        untaken_actions,
        unshown_views,
    )
    return any(any(part(answers)) for part in parts)


def unjudged_clauses(answers: Iterable[Answer]) -> Iterator[tuple[str, Clause]]:
    """Yield what is promised and was judged nowhere, since every scope allows a fault that it does not survive: protocol, and clause."""
    for standing in standings(answers):
        if standing.status is Status.NOT_PROMISED and not _claimed_elsewhere(standing.clause, standing.stem):
            yield standing.stem, standing.clause


def unpromised_clauses(answers: Iterable[Answer]) -> Iterator[tuple[str, Clause]]:
    """Yield the clauses in modules of users, or imported there from others of theirs, that nothing there promises or is known to violate: protocol, and clause."""
    for named in _of_users(answers):
        yield from ((named.stem, clause) for clause in unpromised(named))


def unexplored_systems(answers: Iterable[Answer]) -> Iterator[tuple[str, str, str]]:
    """Yield the systems in modules of users that stand beside scopes and have something that none of these has: protocol, system, and what."""
    for named in _of_users(answers):
        yield from ((named.stem, *each) for each in unexplored(named))


def unjudged_rules(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield the rules in modules of users that promise something, and of which no grid judges it, and nothing says that it fails: protocol, and rule."""
    for named in _of_users(answers):
        judged = [each.mechanism for each in named.grids]
        others = [*(each.subject for each in named.pitfalls), *(each.subject for each in named.known_violations)]
        rules = [each.rule for each in (*judged, *others) if isinstance(each, Mechanism)]
        yield from ((named.stem, each.name) for each in named.of(Mechanism, SPEC) if each.promises and each.rule not in rules)


def untaken_actions(answers: Iterable[Answer]) -> Iterator[tuple[str, Action]]:
    """Yield the actions in modules of users that no model there takes: protocol, and action."""
    for named in _of_users(answers):
        taken = {id(action) for scope in named.models for action in scope.model.actions}
        own = {module.__name__ for module in named.load(SPEC)}
        written = (each for each in named.of(Action, SPEC) if each.function.__module__ in own) if taken else ()
        yield from ((named.stem, action) for action in written if id(action) not in taken)


def unshown_views(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Yield the classes of views at which clauses look and which no process of any scope shows, so that whatever is said of all of them holds: protocol, and class."""
    explored = [answer for answer in answers if answer.kind in EXPLORING]
    shown = {(answer.stem, view) for answer in explored for view in _views(answer, "views_shown")}
    unshown = dict.fromkeys((answer.stem, view) for answer in explored for view in _views(answer, "views_unshown"))
    return (each for each in unshown if each not in shown)


def _views(answer: Answer, code: str) -> tuple[str, ...]:
    note = answer.note(code)
    return () if note is None else note.fields["value"]  # type: ignore[return-value]  # as it was noted


def _of_users(answers: Iterable[Answer]) -> Iterator[Protocol]:
    """Yield the protocols of users that were judged."""
    for stem in dict.fromkeys(answer.stem for answer in answers if answer.judges):
        named = protocols_loaded().get(stem)
        if named is not None and not named.is_ours:
            yield named


def _code_of(answer: Answer) -> int:
    if not answer.as_expected:
        return VIOLATED
    return {
        Conclusion.AS_CLAIMED: OK,
        Conclusion.NOT_AS_CLAIMED: VIOLATED,
        Conclusion.UNDECIDED: UNDECIDED,
        Conclusion.INTERRUPTED: INTERRUPTED,
        Conclusion.BROKEN: MISUSE,
        Conclusion.ADAPTER: ADAPTER,
        Conclusion.BUG: BUG,
    }[answer.conclusion]


def _code_of_status(standing: Standing) -> int:
    return {Status.HOLDS: OK, Status.NOT_PROMISED: OK, Status.VIOLATED: VIOLATED}.get(standing.status, UNDECIDED)
