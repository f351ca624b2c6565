"""What a check found, as records: the one source of every report format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from attrs import field, frozen

from concordant.checks.exploration.breakdown import Breakdown
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.rows import Happening
from concordant.checks.semantics.texts import move_text
from concordant.refimpl.machine import Move
from concordant.spec.vocabulary import Address, Clause, Fault, Sometimes, Ticks


class Status(Enum):
    """The verdict on a clause. Values are what the reports print."""

    HOLDS = "holds"
    VIOLATED = "violated"
    VACUOUS = "vacuous"
    INCONCLUSIVE = "inconclusive"
    NOT_PROMISED = "not promised"
    NOT_DECIDED = "not decided"


def status_word(clause: Clause, status: Status) -> str:
    """Return the word for a status: a `sometimes` is reached, or never reached."""
    if isinstance(clause, Sometimes):
        return {Status.HOLDS: "reached", Status.VIOLATED: "never reached"}.get(status, status.value)
    return status.value


@frozen
class Change:
    """One field that a move changed: whose, which (empty for the whole), before and after. Of a model, `who` is the name of a variable."""

    who: Address | str
    field: str
    before: object
    after: object

    @property
    def where(self) -> str:
        """What it is called."""
        return f"{self.who}.{self.field}" if self.field else f"{self.who}"


@frozen
class InFlight:
    """The messages of one channel: in order of sending where the network is FIFO, else sorted."""

    source: Address
    to: Address
    messages: tuple[object, ...]


@frozen
class Frame:
    """One move of a trace, as values: the move, what happened in it, in order, only what it changed, and what is in flight after it."""

    move: Move
    happened: tuple[Happening, ...]
    changes: tuple[Change, ...]
    in_flight: tuple[InFlight, ...] = ()


@frozen
class Verdict:
    """What was found on one clause in one scope.

    `cases`: how many instances of its antecedent were judged, each distinct reading once. `length`: moves in the trace. The
    trace is the counterexample of a violated clause, or the example of a `sometimes` that was reached. `given`: the draws of
    the member of a family to which it belongs, or of a rule the draws of the counterexample. `combinations`: of a rule, how
    many combinations of draws were judged on a grid; `rule`: what the rule is called; `examples`: how many at random; `stopped`: why no more were. `judged_under`:
    the faults that had happened where some case was judged, of a search that is complete. `members`, `states`: of a family, how many of its systems promise the clause, and the states of those alone. `cycle`: of a clause of liveness, how many of the last moves of the trace are repeated for ever; 0 where it stays in
    the last state; None where there is no lasso.
    """

    clause: Clause
    status: Status
    cases: int = 0
    trace: tuple[Frame, ...] | None = None
    facts: Mapping[str, object] = field(factory=dict)
    given: Mapping[str, object] = field(factory=dict)
    combinations: int = 0
    examples: int = 0
    stopped: str | None = None
    judged_under: Fault = Fault.NONE
    members: int | None = None
    states: int | None = None
    cycle: int | None = None
    rule: str = ""

    @property
    def length(self) -> int | None:
        """How many moves the trace has, or of a rule how many draws the counterexample; None without one."""
        if self.combinations:
            return len(self.given) or None
        return None if self.trace is None else len(self.trace)

    def lines(self) -> Iterator[str]:
        """Yield it in text: the clause and its word; of a violation the draws or the moves, and the facts."""
        yield f"{self.clause.id}  {status_word(self.clause, self.status)}, {self.cases:,} case{'' if self.cases == 1 else 's'}"
        if self.status is Status.VIOLATED:
            if self.given:
                yield f"    drawn: {text(dict(self.given))}"
            yield from (f"    {number}  {move_text(frame.move)}" for number, frame in enumerate(self.trace or (), start=1))
            yield from (f"    {name.replace('_', ' ')}: {text(value)}" for name, value in self.facts.items())


@frozen
class Report:
    """The exploration of one scope.

    `at_rest`: states in which nothing more happens by itself. `beyond`: states on the bound of the scope, checked and not
    left. `allowed`: the faults that the environment may show; `occurred`: those that really happened. `dropped`: messages that
    a bound of the network dropped, in first steps and over all transitions. `never`: inputs of the processes' alphabets that never came about.
    `members`: how many systems of a family these are the totals of; `alike`: whether all of these are one and the same. `stopped`: why the search ended early; None where it is complete.
    `sampled`: the states are those visited by random walks, the transitions moves of walkers, and traces are minimised, not claimed to be shortest.
    Faults and dropped messages are then those of all moves that were possible at each visit, which are judged too, whichever was drawn.
    `begun_anew`: after how many states of the reference the engine was changed, 0 where it was not; those are counted again, and not twice.
    `horizon`: the reading of clocks at which time ends with the scope, so that what comes later is unknown; 0 where it does not.
    `divided`: many workers have searched, none of which saw the whole graph, and something is decided on that alone.
    `looked_at`: the classes of views that clauses and bounds asked for, by name, each with whether some process shows it.
    `grew`: of a search that was stopped, which parts of states still took new values. `breakdown`: where states come from, if that was asked for.
    """

    states: int
    transitions: int
    depth: int
    at_rest: int
    beyond: int
    verdicts: tuple[Verdict, ...]
    allowed: Fault
    occurred: Fault
    dropped: int
    never: tuple[tuple[str, str], ...]
    handler_calls: int
    seconds: float
    stopped: str | None = None
    reductions: tuple[str, ...] = ()
    engine: str = "reference"
    begun_anew: int = 0
    members: int = 1
    alike: bool = False
    sampled: bool = False
    horizon: Ticks = 0
    divided: bool = False
    looked_at: Mapping[str, bool] = field(factory=dict)
    grew: tuple[str, ...] = ()
    breakdown: Breakdown | None = None

    def __str__(self) -> str:
        found = f"{self.states:,} state{'' if self.states == 1 else 's'}, {self.transitions:,} transitions, depth {self.depth}"
        ended = f"; stopped, {self.stopped}" if self.stopped else ""
        told = (*filter(None, [self.nothing_happens]), *self.grew, *(line for verdict in self.verdicts for line in verdict.lines()))
        return "\n".join((f"{found}{ended}", *(f"  {line}" for line in told)))

    @property
    def nothing_happens(self) -> str:
        """What is wrong with a system in which no move is possible, in a sentence that names what is never taken; empty of any other."""
        if self.transitions or not self.complete:
            return ""
        never = ", ".join(f"{role} {what}" for role, what in self.never if what.startswith("is asked"))
        takes = f"; it never comes about that {never}: return step(state, *effects) from the handler where that is taken" if never else ""
        return f"no move is possible in the first state: nothing was explored{takes}"

    @property
    def nothing_varies(self) -> str:
        """What is wrong with a family whose systems are all the same, in a sentence; empty of any other."""
        what = (
            f"its {self.members:,} systems are one and the same: what is drawn makes no difference; let systems(draw) use all that it draws"
        )
        return what if self.alike else ""

    @property
    def complete(self) -> bool:
        """Whether everything was searched."""
        return self.stopped is None

    def verdict(self, clause: Clause | str) -> Verdict:
        """Return the verdict on a clause, by clause or id; another is a KeyError."""
        wanted = clause if isinstance(clause, str) else clause.id
        for verdict in self.verdicts:
            if verdict.clause.id == wanted:
                return verdict
        raise KeyError(wanted)


def seen_anywhere(looked_at: Iterable[Mapping[str, bool]]) -> dict[str, bool]:
    """Return the classes of views that were asked for in some systems, each with whether it is shown in one of them."""
    found: dict[str, bool] = {}
    for each in looked_at:
        for view, is_shown in each.items():
            found[view] = found.get(view, False) or is_shown
    return found
