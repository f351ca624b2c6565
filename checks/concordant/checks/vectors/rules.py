"""Vectors of rules: profiles, and the outcome that the reference has for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from concordant.checks.codec.codec import Codec, codec_of
from concordant.checks.codec.scalars import CannotEncode
from concordant.checks.conform.adapter import Json
from concordant.checks.draws import Exhaustive
from concordant.checks.mechanisms.running import RuleRaised, Running, profile_of
from concordant.checks.mechanisms.scope import Grid
from concordant.checks.refuting.recorded import asked_about, recorded_of
from concordant.checks.registry import Protocol
from concordant.checks.vectors.ties import Ties
from concordant.refimpl.machine import Mechanism, Pitfall
from concordant.spec.vocabulary import Amount, Clause, likeness

MOST = 200
"""How many profiles of a grid have a vector: the others are passed over at random, by a seed that the manifest tells."""
SEED = 0
IN_ITS_OWN = 5_000
"""So many profiles are looked at of the space in which a pitfall is shown."""
COUNTEREXAMPLE = "counterexample"
"""What the profiles of a counterexample are called, instead of by a grid."""


@frozen
class ToldApart:
    """A profile on which a wrong rule has another outcome than each of the `rules` that it may be in the place of. `where`: its name; `outcome`: None where it raises; `amounts`: those that are drawn there; None in a counterexample."""

    rules: tuple[Mechanism[Any, Any], ...]
    where: str
    profile: object
    outcome: object
    amounts: tuple[Amount, ...] | None = None


@define(eq=False)
class RuleVectors:
    """The vectors of the rules of a protocol. `left_out`: how many profiles have none."""

    protocol: Protocol
    left_out: int = field(default=0, init=False)
    _codec: Codec = field(init=False)
    _chosen: dict[str, dict[int, object]] = field(factory=dict, init=False)
    _ties: dict[str, Ties] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._codec = codec_of(self.protocol)

    def vectors(self) -> Iterator[Json]:
        """Yield a vector for up to 200 profiles of each small grid."""
        for grid in self.protocol.grids:
            chosen = self.chosen(grid)
            for number, profile in chosen.items():
                vector = self._vector(f"{grid.name}/{number}", grid.mechanism, profile)
                if vector is None:
                    self.left_out += 1
                else:
                    yield vector

    def chosen(self, grid: Grid) -> dict[int, object]:
        """Return the profiles of a grid that have a vector, by number."""
        if grid.name not in self._chosen:
            found = list(profiles(grid))
            numbers = sorted(Random(SEED).sample(range(len(found)), min(MOST, len(found))))  # noqa: S311  # not for secrets
            self._chosen[grid.name] = {number: found[number] for number in numbers}
            self.left_out += len(found) - len(numbers)
        return self._chosen[grid.name]

    def ties(self, mechanism: Mechanism[Any, Any]) -> Ties:
        """Return the ties of a rule, as the profiles show them that have a vector."""
        if mechanism.name not in self._ties:
            ties = self._ties[mechanism.name] = Ties(Running(mechanism.rule))
            for grid in self.protocol.grids:
                if grid.mechanism.name == mechanism.name:
                    ties.learn(self.chosen(grid).values())
        return self._ties[mechanism.name]

    def defects(self, pitfalls: Sequence[Pitfall]) -> Iterator[Json]:
        """Yield for each wrong rule a smallest profile on which its outcome is another: one for each of the rules that it may be in the place of."""
        for pitfall in pitfalls:
            if isinstance(pitfall.subject, Mechanism):
                yield from self._defects(pitfall, pitfall.subject)

    def _defects(self, pitfall: Pitfall, subject: Mechanism[Any, Any]) -> Iterator[Json]:
        for told in self.told_apart(pitfall, subject):
            if told.outcome is not None and not self._can_be_told(told.outcome):
                continue
            wrong = None if told.outcome is None else self._codec.encode(told.outcome)
            mistake = {"defect": pitfall.id, "mistake": pitfall.mistake, "breaks": pitfall.breaks.id, "wrong": wrong}
            for rule in told.rules:
                name = pitfall.id if len(told.rules) == 1 else f"{pitfall.id} of {rule.name}"
                vector = self._vector(name, rule, told.profile)
                if vector is not None and wrong in vector.get("allowed", ()):
                    del vector["allowed"]  # how ties are broken is the mistake
                if vector is not None:
                    yield {**vector, **mistake}
            return

    def told_apart(self, pitfall: Pitfall, wrong: Mechanism[Any, Any]) -> Iterator[ToldApart]:
        """Yield the profiles of grids on which a wrong rule has another outcome. Where there are none, those of the space in which its pitfall is shown, or else those that its rule is asked about in the counterexample. There it may be in the place of several rules, and has another outcome than all."""
        grids = self.replaced(wrong, pitfall.breaks)
        own = [evolve(grid, name=pitfall.id, mechanism=evolve(grid.mechanism, profiles=wrong.profiles)) for grid in grids[:1]]
        rule = Running(wrong.rule)
        for those in (grids, own):
            any_found = False
            for grid in those:
                rules = (grid.mechanism,)
                for number, profile in enumerate(islice(profiles(grid), IN_ITS_OWN if those is own else None)):
                    for found in self._another(rule, rules, profile):
                        any_found = True
                        yield ToldApart(rules, f"{grid.name}/{number}", profile, found, grid.amounts)
            if any_found:
                return
        yield from self.in_counterexample(pitfall, wrong)

    def in_counterexample(self, pitfall: Pitfall, wrong: Mechanism[Any, Any]) -> Iterator[ToldApart]:
        """Yield the profiles that a wrong rule is asked about in its counterexample on which it has another outcome."""
        among = self.replaced(wrong, pitfall.breaks) or self._concerned(pitfall.breaks) or self.protocol.grids
        rules, rule = tuple({grid.mechanism.name: grid.mechanism for grid in among}.values()), Running(wrong.rule)
        for number, profile in enumerate(asked_about(pitfall, wrong, recorded_of(self.protocol.stem).get(pitfall.id))):
            for found in self._another(rule, rules, profile):
                yield ToldApart(rules, f"{COUNTEREXAMPLE}/{number}", profile, found)

    def _another(self, rule: Running, rules: Sequence[Mechanism[Any, Any]], profile: object) -> Iterator[object]:
        """Yield the outcome that a rule has, if all others have another; None where it raises."""
        found = _outcome(rule, profile)
        if found is None or all(likeness(_outcome(self.ties(right).rule, profile)) != likeness(found) for right in rules):
            yield found

    def replaced(self, wrong: Mechanism[Any, Any], breaks: Clause) -> Sequence[Grid]:
        """Return the grids of the rule that a wrong one is in the place of: the only one, the only one with its promises, or the only one that promises what it breaks; none where there are several."""
        promised = [clause.id for clause in wrong.promises]
        alike = [grid for grid in self.protocol.grids if [clause.id for clause in grid.mechanism.promises] == promised]
        for grids in (self.protocol.grids, alike, self._concerned(breaks)):
            if len({grid.mechanism.name for grid in grids}) == 1:
                return grids
        return ()

    def _concerned(self, breaks: Clause) -> Sequence[Grid]:
        """Return the grids of the rules that promise a clause."""
        return [grid for grid in self.protocol.grids if breaks.id in {clause.id for clause in grid.mechanism.promises}]

    def _can_be_told(self, outcome: object) -> bool:
        """Tell whether JSON of the protocol can say an outcome: a wrong rule may give what is no amount."""
        try:
            self._codec.encode(outcome)
        except CannotEncode:
            return False
        return True

    def _vector(self, name: str, mechanism: Mechanism[Any, Any], profile: object) -> Json | None:
        """Return a vector; None where the profile holds what no JSON of the protocol's can say, or the rule raises."""
        ties = self.ties(mechanism)
        try:
            outcome = self._codec.encode(_outcome(ties.rule, profile))
            vector = {"id": name, "rule": mechanism.name, "profile": self._codec.encode(profile), "outcome": outcome}
            allowed = [self._codec.encode(each) for each in ties.allowed(profile)]
        except (TypeError, ValueError):  # a malformed profile
            return None
        return vector if len(allowed) < 2 else {**vector, "allowed": allowed}  # its own, and another


def profiles(grid: Grid) -> Iterator[object]:
    """Yield the profiles of a grid, each once, in the order of its draws."""
    draw, known = Exhaustive(grid.amounts), set[object]()
    while True:
        profile = profile_of(grid.mechanism, draw)
        key = likeness(profile)
        if key not in known:
            known.add(key)
            yield profile
        if not draw.advance():
            return


def _outcome(rule: Running, profile: object) -> object:
    try:
        return rule(profile)
    except RuleRaised:
        return None
