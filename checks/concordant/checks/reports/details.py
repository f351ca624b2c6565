"""Details of a protocol for a terminal: its scopes, a row per clause, its pitfalls, and every counterexample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from concordant.checks.answers import Answer, Conclusion, Standing, standings
from concordant.checks.exploration.report import Frame, Status, Verdict, status_word
from concordant.checks.reports.breakdown import print_breakdown
from concordant.checks.reports.counterexamples import counterexamples, trace_lines, verdict_lines
from concordant.checks.reports.coverage import never_enabled
from concordant.checks.reports.standing import by_rule, judged_on
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import called, counts_line, indented, note_lines, unpinned_lines
from concordant.spec.vocabulary import Clause, ForAll, Relates, Sometimes

STYLES = {
    Status.HOLDS: "green",
    Status.VIOLATED: "bold red",
    Status.VACUOUS: "yellow",
    Status.INCONCLUSIVE: "yellow",
    Status.NOT_PROMISED: "dim",
    Status.NOT_DECIDED: "dim",
}
CONCLUSIONS = {
    Conclusion.AS_CLAIMED: "green",
    Conclusion.NOT_AS_CLAIMED: "bold red",
    Conclusion.UNDECIDED: "yellow",
    Conclusion.INTERRUPTED: "yellow",
    Conclusion.BROKEN: "bold red",
    Conclusion.ADAPTER: "bold red",
    Conclusion.BUG: "bold red",
}


def print_details(console: Console, answers: Sequence[Answer], *, unfinished: bool = False) -> None:
    """Print everything that was found about one protocol. `unfinished`: something was left when the run was interrupted."""
    judged = [answer for answer in answers if answer.judges]
    for answer in judged:
        console.print(Text.assemble("  scope ", (answer.name, "bold"), f": {answer.title}"), soft_wrap=True)
        if answer.counts:
            console.print(Text(f"    {counts_line(answer)}"), soft_wrap=True)
        for note in (*note_lines(answer), *unpinned_lines(answer)):
            console.print(Text(f"    {note}", "yellow"), soft_wrap=True)
    if judged:
        console.print(_clauses(standings(answers, [answers[0].stem] if unfinished else [])))
        if table := _rules(by_rule(answers)):
            console.print(table)
        print_never_enabled(console, judged)
    for answer in judged:
        if answer.breakdown is not None:
            print_breakdown(console, answer.name, answer.breakdown)
    for answer in answers:
        if not answer.judges:
            for line in answer_lines(answer, whole=len(answers) == 1):
                console.print(line, soft_wrap=True)
    for line in counterexamples(answers):
        console.print(line, soft_wrap=True)
    console.print()


def print_never_enabled(console: Console, answers: Sequence[Answer]) -> None:
    """Name the inputs that no scope made possible: a handler that returns None by mistake shows there."""
    never = never_enabled(answers)
    if never:
        console.print(Text(f"    never enabled in these scopes: {', '.join(never)}", "yellow"), soft_wrap=True)


def answer_lines(answer: Answer, *, whole: bool = False) -> Iterator[Text]:
    """Yield the lines on what is no scope: a pitfall, a known violation, a theorem. `whole`: with the counterexample of a pitfall."""
    kind = answer.kind.replace("_", " ")
    word = (called(answer), CONCLUSIONS[answer.conclusion if answer.as_expected else Conclusion.NOT_AS_CLAIMED])
    yield Text.assemble(f"  {kind} ", (answer.name, "bold"), "  ", word, f"  {_how(answer)}{answer.seconds:.2f} s")
    yield Text(f"    {answer.title}{_ranges_over(answer)}", "italic" if answer.kind == "pitfall" else "")
    detail = answer.note("detail")
    if detail is not None:
        yield Text(f"    {detail.fields['value']}", "dim" if answer.conclusion is Conclusion.AS_CLAIMED else "red")
    survivors = answer.note("survivors")
    if survivors is not None:
        yield from (Text(f"      {each}", "dim") for each in _texts(survivors.fields["value"]))
    if not answer.judges:
        for note in note_lines(answer):
            yield Text(f"    {note}", "yellow")
    trace = answer.note("trace")
    if trace is not None:
        yield from map(Text, indented(trace_lines(_frames(trace.fields["value"])), 4))
    if whole and not answer.is_on_clauses:  # whose counterexamples are shown apart
        for verdict in answer.verdicts:
            yield from map(Text, indented(verdict_lines(verdict)))
        stops = answer.note("correct_stops_at")
        if stops is not None:
            yield Text(f"    the correct machine cannot make move {stops.fields['value']} of this schedule")


def _frames(value: object) -> tuple[Frame, ...]:
    return tuple(frame for frame in value if isinstance(frame, Frame)) if isinstance(value, tuple) else ()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _how(answer: Answer) -> str:
    """Say how a pitfall was refuted."""
    if answer.kind != "pitfall" or answer.conclusion is not Conclusion.AS_CLAIMED:
        return ""
    (verdict,) = answer.verdicts
    rule = bool(verdict.combinations)
    length = counted(answer.counts["length"], "draw" if rule else "move")
    if answer.note("schedule"):
        how = "along its schedule"
    elif answer.note("recorded"):
        how = "as recorded"
    elif rule:
        how = f"the smallest among {counted(answer.counts['states'], 'combination')}"
    else:
        how = f"the shortest among {counted(answer.counts['states'], 'state')}"
    return f"by {verdict.clause.name} in {length}, {how}, "


def _ranges_over(answer: Answer) -> str:
    ranges = answer.note("ranges_over")
    return "" if ranges is None else f"  [{ranges.fields['value']}]"


def _clauses(found: Sequence[Standing]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading, justify in (("    clause", "left"), ("verdict", "left"), ("judged on", "right"), ("cases", "right"), ("", "left")):
        table.add_column(heading, justify=justify, no_wrap=heading != "")  # type: ignore[arg-type]  # rich spells out the words
    for each in found:
        table.add_row(
            f"    {each.clause.name}",
            Text(status_word(each.clause, each.status), STYLES[each.status]),
            f"{judged_on(each):,}",
            f"{each.cases:,}",
            _shown_by(each.clause, each.verdicts),
        )
    return table


def _rules(found: Mapping[Clause, Mapping[str, str]]) -> Table | None:
    rules = list(dict.fromkeys(rule for words in found.values() for rule in words))
    if len(rules) < 2:  # the rows above say it
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for heading in ("    by rule", *rules):
        table.add_column(heading)
    for clause, words in found.items():
        table.add_row(f"    {clause.name}", *(words.get(rule, "") for rule in rules))
    return table


def _shown_by(clause: Clause, verdicts: Sequence[Verdict]) -> str:
    if isinstance(clause, ForAll | Relates):
        examples = sum(verdict.examples for verdict in verdicts)
        return f"grid, {examples:,} random" if examples else "grid"
    lengths = [verdict.length for verdict in verdicts if verdict.length is not None]
    return f"in {counted(min(lengths), 'move')}" if isinstance(clause, Sometimes) and lengths else ""
