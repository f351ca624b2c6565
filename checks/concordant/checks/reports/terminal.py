"""The report that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from concordant.checks.exploration.refute import Refutation
from concordant.checks.exploration.report import Report, Status, Verdict
from concordant.checks.registry import Protocol
from concordant.checks.reports.counterexamples import counted, counterexample_lines, drawn_line, length_text, lie_rows
from concordant.checks.reports.profile import print_profile
from concordant.checks.reports.traces import trace_lines, witness_lines
from concordant.checks.run import Explored, Judged, Replayed, Result, stem_of, summary
from concordant.checks.semantics.canonical import text
from concordant.refimpl.machine import Mechanism
from concordant.spec.vocabulary import Clause, Fault, ForAll, Relates, Sometimes

STYLES = {
    Status.HOLDS: "green",
    Status.VIOLATED: "bold red",
    Status.VACUOUS: "yellow",
    Status.INCONCLUSIVE: "yellow",
    Status.NOT_PROMISED: "dim",
    Status.NOT_DECIDED: "dim",
}


def print_protocol(console: Console, protocol: Protocol, results: Iterable[Result]) -> None:
    """Print what was found about one protocol: its scopes, a line per clause, its pitfalls, and every counterexample."""
    own = [result for result in results if stem_of(result) == protocol.stem]
    console.print(Text.assemble((protocol.stem, "bold"), f"  {protocol.title}"))
    explored = [result for result in own if isinstance(result, Explored)]
    for each in explored:
        for line in scope_lines(each):
            console.print(line, soft_wrap=True)
    if explored:
        console.print(_clause_table(protocol, explored))
        never = set.intersection(*(set(each.report.never) for each in explored))
        if never:
            console.print(
                Text(f"    never enabled in these scopes: {', '.join(f'{role} {what}' for role, what in sorted(never))}", "yellow")
            )
    for each in explored:
        if each.report.profile is not None:
            print_profile(console, each.scope, each.report.profile)
    judged = [result for result in own if isinstance(result, Judged)]
    for grid in judged:
        for line in grid_lines(grid):
            console.print(line, soft_wrap=True)
    if judged:
        console.print(_rule_table(protocol, judged))
    for result in own:
        match result:
            case Refutation():
                console.print(refutation_line(result), soft_wrap=True)
            case Replayed():
                console.print(_replayed_line(result), soft_wrap=True)
            case Explored() | Judged():
                pass
    for each in explored:
        for verdict in each.report.verdicts:
            if verdict.status is Status.VIOLATED and verdict.trace is not None:
                how = "minimised, not claimed to be shortest" if each.report.sampled else "as short as any"
                console.print(Text(f"\n  counterexample in scope {each.scope}, {counted(verdict.length or 0, 'move')}, {how}", "bold red"))
                print_trace(console, verdict)
    for scope, verdict in _violations(judged):
        how = "drawn at random and shrunk" if verdict.examples else "as small as any"
        console.print(Text(f"\n  counterexample in scope {scope}, {counted(verdict.length or 0, 'draw')}, {how}", "bold red"))
        print_counterexample(console, verdict)
    console.print()


def scope_lines(result: Explored) -> Iterator[Text]:
    """Yield the lines on one scope: what it shows, its counts, and what was not shown."""
    report = result.report
    yield Text.assemble("  scope ", (result.scope, "bold"), f": {result.shows}")
    rate = f", {report.states / report.seconds:,.0f} states/s" if report.seconds >= 0.05 else ""
    systems = f"{report.members:,} systems, " if report.members > 1 else ""
    moves = "moves made" if report.sampled else "transitions"
    counts = f"{systems}{report.states:,} states, {report.transitions:,} {moves}, depth {report.depth}, {report.seconds:.2f} s{rate}"
    yield Text(f"    {counts}{_faults(report)}")
    for note in notes(result):
        yield Text(f"    {note}", "yellow")


def grid_lines(result: Judged) -> Iterator[Text]:
    """Yield the lines on one grid: what it shows, its counts, and what was not shown."""
    report = result.report
    yield Text.assemble("  scope ", (result.scope, "bold"), f": {result.shows}")
    random = f"; {report.examples:,} random profiles" if report.examples else ""
    yield Text(
        f"    {report.profiles:,} profiles, {report.runs:,} runs of the rule, {report.cases:,} cases, {report.seconds:.2f} s{random}"
    )
    for note in grid_notes(result):
        yield Text(f"    {note}", "yellow")


def _violations(judged: list[Judged]) -> Iterator[tuple[str, Verdict]]:
    """Yield scope and verdict of each violation; a run on which the rule raises breaks every clause, and is shown once."""
    raised: set[str] = set()
    for grid in judged:
        for verdict in grid.report.verdicts:
            run = text(verdict.facts.get("run_on")) if "raised" in verdict.facts else None
            if verdict.status is Status.VIOLATED and run not in raised:
                yield grid.scope, verdict
                raised |= {run} if run is not None else set()


def grid_notes(result: Judged) -> Iterator[str]:
    """Yield what a reader must know before trusting a grid: what stopped it, and whether its counts are those of its file."""
    if result.report.stopped:
        yield f"stopped, {result.report.stopped}: no verdict is final but violations"
    if not result.as_expected and result.expected is not None:
        wanted = result.expected
        counts = f"{wanted.profiles:,} profiles, {wanted.runs:,} runs, {wanted.cases:,} cases"
        yield f"the scope file expects {counts}: the rule, its profiles or its clauses changed"


def _faults(report: Report) -> str:
    parts = []
    if report.occurred:
        parts.append(f"under {_flags(report.occurred)}")
    if report.engine != "reference":
        parts.append(f"by the {report.engine} engine")
    if report.reductions:
        parts.append(f"reduced by {' and '.join(report.reductions)}")
    return f"; {'; '.join(parts)}" if parts else ""


def _flags(faults: Fault) -> str:
    return ", ".join((fault.name or "").lower() for fault in faults)


def notes(result: Explored) -> Iterator[str]:
    """Yield what a reader must know before trusting a scope: what stopped it, what never came about, what a bound cut."""
    report = result.report
    if report.sampled:
        violated = any(verdict.status is Status.VIOLATED for verdict in report.verdicts)
        yield f"{'violated' if violated else 'no violation'} in {report.stopped}; {report.states:,} distinct states were visited, what was not is unknown"
    elif report.stopped:
        yield f"stopped, {report.stopped}: no verdict is final but violations"
        if report.engine == "reference":
            yield "the reference engine does not tell which part of the states grew; --engine tabulated does, and --profile tells more"
    yield from report.grew
    missing = report.allowed & ~report.occurred
    if missing:
        yield f"allowed but never occurred: {_flags(missing)}"
    if report.dropped:
        where = "moves that were possible where the walks came" if report.sampled else "all transitions"
        yield f"bounds of the network drop {report.dropped:,} messages, over {where}"
    if report.beyond:
        yield f"{report.beyond:,} states lie on the bound of the scope and were not left"
    if not result.as_expected and result.expected is not None:
        counts = result.expected
        yield f"the scope file expects {counts.states:,} states, {counts.transitions:,} transitions, depth {counts.depth}: the model changed"


def _clause_table(protocol: Protocol, explored: list[Explored]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading, justify in (("    clause", "left"), ("verdict", "left"), ("states", "right"), ("cases", "right"), ("", "left")):
        table.add_column(heading, justify=justify, no_wrap=heading != "")  # type: ignore[arg-type]  # rich spells out the words
    for clause in _clauses(protocol, explored):
        status, states = summary(clause, explored)
        verdicts = [v for each in explored for v in each.report.verdicts if v.clause.id == clause.id]
        cases = sum(verdict.cases for verdict in verdicts)
        table.add_row(
            f"    {clause.name}", Text(_word(clause, status), STYLES[status]), f"{states:,}", f"{cases:,}", _how(clause, verdicts)
        )
    return table


def _rule_table(protocol: Protocol, judged: list[Judged]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading, justify in (("    clause", "left"), ("verdict", "left"), ("judged on", "right"), ("cases", "right"), ("shown by", "left")):
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]  # rich spells out the words
    for clause in protocol.clauses:
        verdicts = [v for each in judged for v in each.report.verdicts if v.clause.id == clause.id]
        if isinstance(clause, ForAll | Relates) and verdicts:
            status, combinations = summary(clause, judged)
            cases, examples = sum(each.cases for each in verdicts), sum(each.examples for each in verdicts)
            ways = f"grid, {examples:,} random" if examples else "grid"
            table.add_row(f"    {clause.name}", Text(status.value, STYLES[status]), f"{combinations:,}", f"{cases:,}", ways)
    return table


def _clauses(protocol: Protocol, explored: list[Explored]) -> list[Clause]:
    own = (clause for clause in protocol.clauses if not isinstance(clause, ForAll | Relates))
    judged = (verdict.clause for each in explored for verdict in each.report.verdicts)
    return list({clause.id: clause for clause in (*own, *judged)}.values())


def _word(clause: Clause, status: Status) -> str:
    if isinstance(clause, Sometimes):
        return {Status.HOLDS: "reached", Status.VIOLATED: "never reached"}.get(status, status.value)
    return status.value


def _how(clause: Clause, verdicts: list[Verdict]) -> str:
    lengths = [verdict.length for verdict in verdicts if verdict.length is not None]
    return f"in {min(lengths)} moves" if isinstance(clause, Sometimes) and lengths else ""


def refutation_line(result: Refutation) -> Text:
    """Say in a line what became of a pitfall."""
    pitfall = result.pitfall
    if result.problem is not None:
        return Text.assemble("  pitfall ", (pitfall.id, "bold"), ("  NOT REFUTED  ", "bold red"), result.problem)
    if pitfall.schedule:
        how = "along its schedule"
    elif isinstance(pitfall.subject, Mechanism):
        how = f"the smallest among {counted(result.states, 'combination')}"
    else:
        how = f"the shortest among {counted(result.states, 'state')}"
    return Text.assemble(
        "  pitfall ",
        (pitfall.id, "bold"),
        ("  refuted ", "green"),
        f"by {pitfall.breaks.name} in {length_text(pitfall)}, {how}, {result.seconds:.2f} s",
    )


def _replayed_line(result: Replayed) -> Text:
    word = ("fails as it must", "green") if result.shown else ("THE WITNESS DOES NOT SHOW IT", "bold red")
    return Text.assemble("  truth ", (result.verdict.clause.id, "bold"), "  ", word, f": {result.why}")


def print_trace(console: Console, verdict: Verdict) -> None:
    """Print a trace with its clause and witness."""
    if verdict.given:
        console.print(Text(f"  given {', '.join(f'{name}: {text(value)}' for name, value in verdict.given.items())}"), soft_wrap=True)
    for line in trace_lines(verdict.trace or ()):
        console.print(Text(f"  {line}"), soft_wrap=True)
    for line in witness_lines(verdict.clause, verdict.facts):
        console.print(Text(f"  {line}", "bold"), soft_wrap=True)


def print_counterexample(console: Console, verdict: Verdict) -> None:
    """Print the clause, the case that fails and the draws that give it; on a terminal, a lie as a table that fits it."""
    rows = lie_rows(verdict.facts)
    if not rows or not console.is_terminal:
        for line in counterexample_lines(verdict):
            console.print(Text(f"  {line}"), soft_wrap=True)
        return
    console.print(Text(f"  {verdict.clause.id}: {verdict.clause.sentence}", "bold"), soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True, min_width=len("         honest"))
    for heading in rows[0][1:]:
        table.add_column(heading, overflow="fold")
    for name, *cells in rows[1:]:
        table.add_row(f"         {name}", *map(Text, cells))
    console.print(table)
    console.print(Text(f"         {drawn_line(verdict)}"), soft_wrap=True)


def print_refutation(console: Console, result: Refutation) -> None:
    """Print a pitfall in full: the mistake, its counterexample, and where the correct machine stops."""
    console.print(refutation_line(result), soft_wrap=True)
    console.print(Text(f"    {result.pitfall.mistake}", "italic"), soft_wrap=True)
    if result.verdict.trace is not None:
        print_trace(console, result.verdict)
    elif result.verdict.given:
        print_counterexample(console, result.verdict)
    if result.correct is not None and result.correct.stuck_at is not None:
        console.print(Text(f"    the correct machine cannot make move {result.correct.stuck_at} of this schedule"), soft_wrap=True)
    console.print()


def print_totals(console: Console, results: Iterable[Result], seconds: float) -> None:
    """Print one line on the whole run."""
    results = tuple(results)
    explored = [result for result in results if isinstance(result, Explored)]
    refutations = [result for result in results if isinstance(result, Refutation)]
    judged = [result for result in results if isinstance(result, Judged)]
    counts = [counted(sum(result.report.states for result in explored), "state")] if explored else []
    counts += [counted(sum(result.report.profiles for result in judged), "profile")] if judged else []
    refuted = sum(result.refuted for result in refutations)
    parts = [f"{counted(len(explored) + len(judged), 'scope')}, {', '.join(counts)}"] if counts else []
    parts += [f"{refuted} of {len(refutations)} pitfalls refuted"] if refutations else []
    console.print("; ".join([*parts, f"{seconds:.1f} s"]), style="bold")
