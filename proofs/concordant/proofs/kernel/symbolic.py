"""Theorems by running: the shipped rule and the text of a clause run on symbols, on every path that there is.

What is proved is a statement about the Python function itself, for all amounts that are real numbers, within the sizes that
its profiles draw. A counterexample is run once more without symbols before it is believed.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from enum import Enum
from typing import Any, TypeAlias

from attrs import Factory, define, evolve, field, frozen

from concordant.proofs.kernel.keeping import Kept
from concordant.proofs.kernel.lint import EXEMPT, exempted, picked, traps
from concordant.proofs.kernel.models import Term
from concordant.proofs.kernel.paths import Impossible, Paths, current, running
from concordant.proofs.kernel.places import of_the_run, shown
from concordant.proofs.kernel.quantifiers import unsaid, wider
from concordant.proofs.kernel.reals import InNumbers, LeavesSubset, Real, Symbolic, concrete, names_in, outline, readable, term, tied_in
from concordant.proofs.kernel.renaming import whatever_the_names
from concordant.proofs.kernel.solving import Limits
from concordant.proofs.kernel.theorems import EXAMPLE, Finding, ProofStatus, Split, Theorem
from concordant.refimpl.machine import AnyMechanism
from concordant.refimpl.machine.looking import looks_at_outcomes
from concordant.spec.vocabulary import REFUTING, Amount, Case, ForAll, Recorded, Relates, RuleClause, is_amount, likeness

Part: TypeAlias = tuple[tuple[int, int], ...]
"""The finite choices that a profile begins with: one of so many options, each."""


@frozen
class Counterexample:
    """Draws that refute a clause, and the facts of the case, both in plain numbers.

    `whole`: all amounts drawn are whole. `raises`: what the rule raised instead of an outcome.
    """

    draws: dict[str, object]
    facts: dict[str, object]
    whole: bool = True
    raises: str | None = None

    def __str__(self) -> str:
        facts = {name: value for name, value in self.facts.items() if is_amount(value) or isinstance(value, str)}
        draws, rest = (", ".join(f"{name} = {_text(value)}" for name, value in each.items()) for each in (self.draws, facts))
        return f"{draws}: {rest}" if rest else draws

    def lines(self) -> Iterator[str]:
        """Yield the draws and the facts as a table."""
        width = max(map(len, (*self.draws, *self.facts)), default=0)
        yield from (f"given  {name:{width}}  {_text(value)}" for name, value in self.draws.items())
        yield from (f"then   {name:{width}}  {_text(value)}" for name, value in self.facts.items())


def _text(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)


@frozen
class ClauseFindings:
    """What running a clause on every path has shown.

    What its quantifiers must say of the profiles: of each draw from numbers the `ranges`, and of every draw the `options` that came
    about; of an amount none, for it is any. `telling`: whether a case could have been otherwise. `amounts`, `found`: as `Said` has them.
    `lied`: of cases about lies, whether more may be said than is true, less, or both. `tied`: as `Said` has it.
    """

    paths: int = 0
    cases: int = 0
    queries: int = 0
    drawn: tuple[str, ...] = ()
    refuted: Counterexample | None = None
    ranges: dict[str, frozenset[Amount]] = Factory(dict)
    options: dict[str, frozenset[str]] = Factory(dict)
    telling: bool = False
    amounts: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()
    lied: frozenset[bool] = frozenset()
    tied: frozenset[str] = frozenset()

    def __add__(self, other: ClauseFindings) -> ClauseFindings:
        drawn = tuple(dict.fromkeys((*self.drawn, *other.drawn)))
        counts = (self.paths + other.paths, self.cases + other.cases, self.queries + other.queries)
        found = [each.refuted for each in (self, other) if each.refuted is not None]
        return ClauseFindings(
            *counts,
            drawn,
            next((each for each in found if each.whole), found[0] if found else None),
            wider(self.ranges, other.ranges),
            wider(self.options, other.options),
            self.telling or other.telling,
            self.amounts | other.amounts,
            self.found | other.found,
            self.lied | other.lied,
            self.tied | other.tied,
        )


@define(eq=False)
class Counted:
    """A rule that counts how often it is run: a clause that never runs it says nothing of it. `recent`: on which profiles, on this path."""

    rule: Callable[[Any], Any]
    runs: int = 0
    recent: list[Any] = Factory(list)

    def __call__(self, profile: Any) -> Any:
        """Run it."""
        self.runs += 1
        self.recent.append(profile)
        return self.rule(profile)

    def repeats(self, profile: Any) -> bool:
        """Tell whether it was run several times on this path, and on this profile only: any rule does on that what it does on that."""
        return len(self.recent) > 1 and {outline(each) for each in self.recent} == {outline(profile)}


@define(eq=False)
class Said:
    """Draws profiles, and notes how far what they are drawn from ranges; what a clause draws besides is for its sentence to say.

    `amounts`: those that are drawn. `found`: those that a profile has then held. `tied`: which are not any beside each other, in the profiles
    that come of each choice of options, `known`. `latest`: the profile that was drawn last.
    """

    profiles: Callable[[Any], Any]
    ranges: dict[str, frozenset[Amount]] = Factory(dict)
    options: dict[str, frozenset[str]] = Factory(dict)
    amounts: set[str] = Factory(set)
    found: set[str] = Factory(set)
    tied: set[str] = Factory(set)
    known: set[object] = Factory(set)
    latest: Any = None

    def __call__(self, draw: Any) -> Any:
        """Draw a profile; one that depends on how large a drawn amount is has not all of them, and is refused."""
        before = current().asked
        self.latest = profile = self.profiles(draw)
        if current().asked > before:
            current().trespass = LeavesSubset(
                f"the profiles of {getattr(self.profiles, '__name__', self.profiles)} compare an amount that they draw, so that not all come about; draw another, or let the rule reject it"
            )
        self.amounts |= {name for name, value in draw.drawn.items() if isinstance(value, Real)}
        if not self.amounts <= self.found:
            self.found |= set(names_in(profile))
        chosen = likeness(tuple(None if isinstance(value, Real) else value for value in draw.drawn.values()))
        if chosen not in self.known:
            self.known.add(chosen)
            self.tied |= set(tied_in(profile))
        self.ranges = wider(self.ranges, draw.ranges)
        for name, value in draw.drawn.items():
            text = frozenset([_text(value)] if isinstance(value, Enum | str | bool) else [])
            self.options[name] = self.options.get(name, text) | text
        return profile


STANDARD = Limits()
SILENT = "look for what tells a symbol from a number: `isinstance(x, int)`, `is`, `type(x)`"


def run(clause: RuleClause, mechanism: AnyMechanism, part: Part = (), limits: Limits = STANDARD) -> ClauseFindings:
    """Judge a clause on every path of a mechanism, or of a part of its profiles; stop at the first counterexample in whole numbers.

    One in fractions is kept, and told if no other is found: amounts may be numbers of things, of which there is no half.
    """
    paths, cases, drawn, telling, lied = Paths((), part, limits=limits), 0, dict[str, None](), isinstance(clause, ForAll), set[bool]()
    found: Counterexample | None = None
    looks: bool | None = None
    kept, rule, profiles = Kept.by(mechanism.rule, mechanism.profiles, clause.cases), Counted(mechanism.rule), Said(mechanism.profiles)
    counted = evolve(mechanism, rule=rule, profiles=profiles)

    def findings() -> ClauseFindings:
        said = profiles.ranges, profiles.options, telling and looks is not False, frozenset(profiles.amounts), frozenset(profiles.found)
        return ClauseFindings(paths.count, cases, paths.queries, tuple(drawn), found, *said, frozenset(lied), frozenset(profiles.tied))

    with running(paths):
        while True:
            draw, wrong, raised, ran, tells = Symbolic(), False, None, rule.runs, telling
            rule.recent.clear()
            try:
                for each in counted.cases(clause, draw):
                    cases += rule.runs > ran
                    wrong = not each.holds
                    tells = tells or _is_telling(clause, each, paths)
                    lied |= {*_lied(clause, profiles.latest, each, paths, lied)}
                    if wrong:
                        break
            except Impossible:
                paths.count -= 1
            except REFUTING as fault:
                raised = fault
            if paths.trespass is not None:
                raise paths.trespass
            if (changed := kept.changed()) is not None:
                raise LeavesSubset(changed)
            drawn |= dict.fromkeys(draw.drawn)
            telling = telling or (tells and not rule.repeats(profiles.latest))
            if cases and looks is None and not wrong:
                looks = _looks(clause, mechanism, paths, draw)
            if wrong or raised is not None:
                here = _counterexample(clause, mechanism, paths, draw, raised)
                found = here if found is None or here.whole else found
                if found.whole:
                    paths.count += 1
                    return findings()
            if not paths.advance():
                return findings()


def _is_telling(clause: RuleClause, case: Case, paths: Paths) -> bool:
    """Tell whether a case could have been otherwise, with some numbers of this path."""
    return isinstance(clause, Relates) and clause.telling(InNumbers(case.facts, paths))


def _lied(clause: RuleClause, profile: Any, case: Case, paths: Paths, known: AbstractSet[bool]) -> Iterator[bool]:
    """Tell of a case about a lie whether more may be said than is true, and whether less, unless that is known."""
    pairs = clause.lied(profile, case.facts) if isinstance(clause, Relates) and len(known) < 2 else ()
    for true, said in ((term(true), term(said)) for true, said in pairs if outline(true) != outline(said)):
        yield from (more for more in {False, True} - known if paths.possible(said > true if more else said < true))


def _looks(clause: RuleClause, mechanism: AnyMechanism, paths: Paths, draw: Symbolic) -> bool | None:
    """Tell whether the clause looks at outcomes, with some numbers of this path; None where these are irrational."""
    model = paths.example
    try:
        recorded = Recorded({name: concrete(value, model) for name, value in draw.drawn.items()})
    except ArithmeticError:
        return None
    return looks_at_outcomes(clause, mechanism.profiles(recorded), recorded)


def _counterexample(clause: RuleClause, mechanism: AnyMechanism, paths: Paths, draw: Symbolic, raised: Exception | None) -> Counterexample:
    """Return the counterexample on this path in numbers; one that numbers do not show is an error of the rule."""
    model = readable(paths, draw)
    draws = {name: concrete(value, model) for name, value in draw.drawn.items()}
    case = replayed(clause, mechanism, draws)
    if case is not None:
        whole = all(isinstance(draws[name], int) for name, value in draw.drawn.items() if isinstance(value, Real))
        return Counterexample(draws, dict(case.facts), whole, None if raised is None else repr(raised))
    if raised is not None:
        lines = [frame for frame in traceback.extract_tb(raised.__traceback__) if of_the_run(frame.filename)]
        where = f"{shown(lines[-1].filename)}:{lines[-1].lineno}: " if lines else ""
        raise LeavesSubset(f"{where}the rule raises {raised!r} of a symbol, and not of the number; {SILENT}") from raised
    raise LeavesSubset(f"{clause.id} is refuted on symbols, and not on the numbers that they stand for, {draws}; {SILENT}")


def replayed(clause: RuleClause, mechanism: AnyMechanism, draws: Mapping[str, object]) -> Case | None:
    """Run a record without symbols; return the first case that fails, None where none does."""
    try:
        return next((each for each in mechanism.cases(clause, Recorded(draws)) if not each.holds), None)
    except REFUTING as raised:
        return Case(holds=False, facts={"raises": repr(raised)})


# ---- parts, which may be run side by side


class _Compared(Impossible):
    """The rule compares: what follows is no finite choice of the profile."""


class _Beginnings(Paths):
    """A search through the finite choices before the first comparison."""

    def branch(self, condition: Term) -> bool:  # noqa: ARG002
        raise _Compared

    def assume(self, condition: Term) -> None:
        pass


def parts(clause: RuleClause, mechanism: AnyMechanism, most: int = 64) -> tuple[Part, ...]:
    """Cut the paths into at most so many parts, by the finite choices that come before the first comparison."""
    beginnings, paths = [], _Beginnings()
    with running(paths):
        while True:
            with suppress(_Compared, *REFUTING):
                for _ in mechanism.cases(clause, Symbolic()):
                    pass
            beginnings.append(paths.chosen)
            if not paths.advance():
                break
    cut: tuple[Part, ...] = ((),)
    for length in range(1, max(map(len, beginnings)) + 1):
        finer = tuple(dict.fromkeys(each[:length] for each in beginnings))
        if len(finer) > most:
            break
        cut = finer
    return cut


# ---- theorems


@frozen(eq=False)
class RuleTheorem(Theorem):
    """A theorem about a rule that ships, or about a wrong one: a clause holds of it, or must be refuted."""

    clause: RuleClause = field(kw_only=True)
    mechanism: AnyMechanism = field(kw_only=True)
    holds: bool = field(kw_only=True)


def by_running(
    id: str,
    clause: RuleClause,
    mechanism: AnyMechanism,
    quantifiers: str = EXAMPLE,
    *,
    claim: str | None = None,
    holds: bool = True,
    large: bool = False,
    limits: Limits = STANDARD,
) -> RuleTheorem:
    """Make the theorem that a clause holds of a mechanism, for all amounts and all finite choices that its profiles draw.

    `quantifiers`: over what it ranges, in words: sizes, and what is an amount. `claim`: by default the clause's sentence.
    With `holds=False` the clause must fail, and `claim` says what the numbers then are an example of. `large`: run only on request.
    """
    if holds == (quantifiers == EXAMPLE):
        raise ValueError(f"{id}: a theorem that holds says over what it ranges, and one that fails is {EXAMPLE!r}; it has {quantifiers!r}")
    if not holds and claim is None:
        raise ValueError(f"{id}: what an example shows is not what the clause says; give it a claim of its own")

    def judge(results: Iterable[ClauseFindings]) -> Finding:
        total = ClauseFindings()
        for each in results:
            total += each
            if total.refuted is not None and total.refuted.whole:
                break
        relies = exempted(mechanism.rule, mechanism.profiles, clause.cases)
        trusting = f"; said to be `{EXEMPT}`: {'; '.join(relies)}" if relies else ""
        found = _outcome(total, quantifiers, ("" if claim is None else f" of {clause.id}") + trusting, holds=holds)
        return whatever_the_names(found, clause, mechanism)

    def begin() -> tuple[Part, ...]:
        found = [*traps(mechanism.rule, mechanism.profiles, clause.cases), *picked(mechanism.rule)]
        if found:
            raise LeavesSubset("; ".join(found))
        return parts(clause, mechanism)

    split = Split(begin, lambda part: run(clause, mechanism, part, limits), judge)
    text = clause.sentence if claim is None else claim
    return RuleTheorem(
        id,
        text,
        quantifiers,
        split.check,
        explain=lambda: _page(id, text, quantifiers, clause, split),
        split=split,
        large=large,
        clause=clause,
        mechanism=mechanism,
        holds=holds,
    )


def _outcome(ran: ClauseFindings, quantifiers: str, of: str, *, holds: bool) -> Finding:
    """Judge what was run. `of`: of which clause the cases are, where the claim is not its sentence."""
    if ran.refuted is not None and ran.refuted.raises and not holds:
        return Finding(ProofStatus.FAILED, f"not shown: the rule merely raises {ran.refuted.raises}, by {ran.refuted}")
    if ran.refuted is not None:
        return Finding(ProofStatus.FAILED if holds else ProofStatus.SHOWN, f"{'refuted' if holds else 'shown'} by {ran.refuted}")
    counted = f"{ran.paths:,} path{'s' * (ran.paths != 1)}, {ran.cases:,} case{'s' * (ran.cases != 1)}{of}"
    if not ran.cases:
        return Finding(ProofStatus.FAILED, f"vacuous: no case on any of {counted.partition(',')[0]}")
    if not ran.telling:
        return Finding(ProofStatus.FAILED, f"vacuous: no case could have been otherwise, on {counted}")
    if len(ran.lied) == 1:
        return Finding(
            ProofStatus.FAILED,
            f"whoever lies says {'more' if True in ran.lied else 'less'} than is true, and never the other way round, on {counted}",
        )
    if holds and (missing := unsaid(quantifiers, ran.ranges, ran.options, ran.amounts, ran.found, ran.tied)):
        return Finding(ProofStatus.FAILED, f"its quantifiers, {quantifiers!r}, do not say {', '.join(missing)}, on {counted}")
    return Finding(ProofStatus.PROVED, counted) if holds else Finding(ProofStatus.FAILED, f"not refuted: it holds on {counted}")


def _page(id: str, claim: str, quantifiers: str, clause: RuleClause, split: Split) -> Iterator[str]:
    ran = sum(map(split.run, split.parts()), ClauseFindings())
    yield id
    yield f"  Claim: {claim}"
    yield f"  For: {quantifiers}."
    yield f"  Clause: {clause.id}"
    if clause.argument:
        yield f"  Why: {clause.argument}"
    yield f"  Drawn: {', '.join(ran.drawn)}; with names, and in an order, as profiles have them: a few others are tried on small profiles, and more are drawn by `concordant check`"
    yield f"  Run on {ran.paths:,} paths with {ran.cases:,} cases; the solver was asked {ran.queries:,} times"
    if ran.refuted is not None:
        yield from (f"    {line}" for line in ran.refuted.lines())
