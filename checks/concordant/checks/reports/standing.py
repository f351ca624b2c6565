"""How protocols and clauses stand, in a word and in a number, for every reporter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from concordant.checks.answers import Answer, Conclusion, Standing, leaves_something_out, standings, unjudged_protocols
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.reports.totals import Totals
from concordant.spec.vocabulary import Clause


def word_of(answers: Sequence[Answer], *, unfinished: bool = False, whole: bool = False) -> tuple[str, str]:
    """Return in a word how a protocol stands, and whether that is good, bad or open. `unfinished`: something was left when the run was interrupted; `whole`: all small scopes were asked about."""
    found = standings(answers, {each.stem for each in answers} if unfinished else ())
    statuses = {standing.status for standing in found}
    conclusions = {answer.conclusion for answer in answers}
    if Conclusion.BUG in conclusions:
        return "BUG", "bad"
    if Status.VIOLATED in statuses:
        return "VIOLATED", "bad"
    if Conclusion.BROKEN in conclusions:
        return "BROKEN", "bad"
    if Conclusion.ADAPTER in conclusions:
        return "BROKEN ADAPTER", "bad"
    if Conclusion.NOT_AS_CLAIMED in conclusions or not all(answer.as_expected for answer in answers):
        return "NOT AS CLAIMED", "bad"
    if unfinished or Conclusion.INTERRUPTED in conclusions:
        return "interrupted", "open"
    if {Status.INCONCLUSIVE, Status.NOT_DECIDED} & statuses or Conclusion.UNDECIDED in conclusions:
        return "undecided", "open"
    if Status.VACUOUS in statuses:
        return "vacuous", "open"
    if any(unjudged_protocols(answers)):
        return "promises nothing", "open"
    if whole and not unfinished and leaves_something_out(answers):
        return "undecided", "open"
    return ("holds" if any(answer.judges for answer in answers) else "as claimed"), "good"


@frozen
class Headline:
    """How a protocol stands, in what a line says of it: a word with its tone, how many clauses were judged, how long all took, what was done."""

    stem: str
    word: str
    tone: str
    clauses: int
    seconds: float
    totals: Totals

    @classmethod
    def of(cls, stem: str, answers: Sequence[Answer], *, unfinished: bool = False, whole: bool = False) -> Headline:
        """Return what the answers about a protocol come to. `unfinished`, `whole`: as in `word_of`."""
        judged = [standing for standing in standings(answers) if standing.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED)]
        return cls(
            stem,
            *word_of(answers, unfinished=unfinished, whole=whole),
            len(judged),
            sum(answer.seconds for answer in answers),
            Totals.of(answers),
        )


def judged_on(standing: Standing) -> int:
    """Return in how many states a clause was judged, or on how many combinations of draws."""
    pairs = zip(standing.answers, standing.verdicts, strict=True)
    return sum(
        verdict.combinations or (answer.counts.get("states", 0) if verdict.states is None else verdict.states)
        for answer, verdict in pairs
        if verdict.status not in (Status.NOT_PROMISED, Status.NOT_DECIDED)
    )


KNOWN, NOT_SHOWN = "known violation", "VIOLATION NOT SHOWN"


def by_rule(answers: Sequence[Answer]) -> Mapping[Clause, Mapping[str, str]]:
    """Return in a word how each clause about rules stands with each rule by its name: of what it promises, and of what it is known not to keep.

    Rules come in the order in which they were judged; a rule of which nothing is said has no word.
    """
    found: dict[Clause, dict[str, str]] = {}
    judged = [answer for answer in answers if answer.judges]
    for rule in dict.fromkeys(verdict.rule for answer in judged for verdict in answer.verdicts if verdict.rule):
        own = [evolve(answer, verdicts=tuple(each for each in answer.verdicts if each.rule == rule)) for answer in judged]
        for standing in standings(own):
            found.setdefault(standing.clause, {})[rule] = status_word(standing.clause, standing.status)
    for answer in answers:
        if answer.kind == "known_violation":
            word = KNOWN if answer.conclusion is Conclusion.AS_CLAIMED else NOT_SHOWN
            for verdict in answer.verdicts:
                if verdict.rule:
                    words = found.setdefault(verdict.clause, {})
                    words[verdict.rule] = "; ".join(dict.fromkeys((*filter(None, [words.get(verdict.rule)]), word)))
    return found
