"""What reports say: statuses, notes and totals in words. The same words in the terminal, in JSON and in the README."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from concordant.checks.answers import (
    JUDGING,
    Answer,
    Conclusion,
    Note,
    Standing,
    standings,
    unexplored_systems,
    unjudged_claims,
    unjudged_clauses,
    unjudged_protocols,
    unjudged_rules,
    unpromised_clauses,
    unshown_views,
    untaken_actions,
    untold_claims,
)
from concordant.checks.exploration.report import Status, status_word
from concordant.checks.exploration.why_not import FailedGuard
from concordant.checks.pins import MISSING
from concordant.checks.registry import protocols_loaded
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.canonical import text
from concordant.spec.vocabulary import Fault


def indented(lines: Iterable[str], spaces: int = 2) -> Iterator[str]:
    """Yield lines indented; an empty one stays empty."""
    return (f"{' ' * spaces}{line}" if line else "" for line in lines)


def flags(faults: Fault) -> str:
    """Name faults, separated by commas."""
    return ", ".join((fault.name or "").lower() for fault in faults)


def note_lines(answer: Answer) -> Iterator[str]:
    """Yield what a reader must know before trusting an answer: what stopped it, what never came about, what a bound cut off."""
    stopped = answer.stopped
    if answer.note("sampled"):
        violated = any(verdict.status is Status.VIOLATED for verdict in answer.verdicts)
        found = "violated" if violated else "no violation"
        yield f"{found} in {stopped}; {answer.counts['states']:,} distinct states were visited, what was not is unknown"
    elif stopped and answer.judges:
        yield f"stopped, {stopped}: no verdict is final but violations"
    elif stopped:
        yield f"stopped, {stopped}"
    for note in answer.notes:
        yield from _note_lines(note, answer)
    yield from _promised_lines(answer)
    if not answer.as_expected and answer.expected is not None:
        wanted = ", ".join(_pinned(name, count) for name, count in answer.expected.items() if answer.counts[name] != count)
        found = ", ".join(f"{answer.counts[name]:,} {name}" for name, count in answer.expected.items() if answer.counts[name] != count)
        mend = "--update-counts" if answer.note("pinned_apart") else f"pin {pin(answer)}"
        yield f"{wanted} are pinned, and {found} were found: the model, its scope or its clauses changed; where that is meant, {mend}"


def pin(answer: Answer) -> str:
    """Write the counts of an answer as its scope pins them."""
    counts = answer.counts
    written = [f"{count:_}" for name, count in counts.items() if name != "members"]
    systems = [f"members={counts['members']:_}"] if counts.get("members", 1) > 1 else []
    return f"{'Profiles' if 'profiles' in counts else 'Counts'}({', '.join((*written, *systems))})"


def unpinned_lines(answer: Answer) -> Iterator[str]:
    """Say how to pin what nobody has pinned; nothing where counts are pinned, or where there are none to pin."""
    if answer.judges and answer.counts and answer.expected is None and answer.stopped is None and not answer.note("sampled"):
        yield f"its counts are not pinned; {pin(answer)} in the scope does that, or --update-counts where it is your own"


def _pinned(name: str, count: int) -> str:
    return f"no {name}" if count == MISSING else f"{count:,} {name}"


def _note_lines(note: Note, answer: Answer) -> Iterator[str]:
    value = note.fields.get("value")
    match note.code, value:
        case ("failed", _):
            yield from str(note.fields["text"]).rstrip().splitlines()
        case ("grew", tuple()):
            yield from map(str, value)
        case ("never_occurred", Fault()):
            yield f"allowed but never occurred: {flags(value)}"
        case ("dropped", int()):
            where = "moves that were possible where the walks came" if answer.note("sampled") else "all transitions"
            yield f"bounds of the network drop {counted(value, 'message')}, over {where}"
        case ("cached", str()):
            yield f"not asked again: answered on {value}, and nothing changed that it depends on"
        case ("beyond", int()):
            yield f"{counted(value, 'state')} lie on the bound of the scope and were not left"
        case ("horizon", int()):
            yield f"time ends with the scope, when a clock shows {value}: what would come later is unknown"
        case ("divided", True):
            left = [verdict.clause.name for verdict in answer.verdicts if verdict.status is Status.INCONCLUSIVE]
            undecided = f" {', '.join(left)} cannot be decided, and" if left else ""
            yield f"no worker saw the whole graph, so that{undecided} it is not told under which faults clauses were judged; leave out --divide"
        case ("problem", str()):
            yield value
        case _:
            pass  # shown elsewhere, or by programs only


def _promised_lines(answer: Answer) -> Iterator[str]:
    """Yield which clauses some systems of a family do not promise, so that nothing is said of those."""
    systems = answer.counts.get("members", 1)
    partly: dict[int, list[str]] = {}
    for verdict in answer.verdicts:
        if verdict.members and verdict.members < systems:
            partly.setdefault(verdict.members, []).append(verdict.clause.name)
    for many, names in partly.items():
        yield f"judged in {many:,} of {systems:,} systems, which are those that promise it: {', '.join(names)}"


def how_line(answer: Answer) -> str:
    """Say under which faults, by which engine and how reduced a scope was explored; nothing where there is nothing to say."""
    parts = []
    for note in answer.notes:
        match note.code, note.fields.get("value"):
            case ("occurred", Fault() as occurred):
                parts.append(f"under {flags(occurred)}")
            case ("engine", str(engine)) if engine != "reference":
                parts.append(f"by the {engine} engine")
            case ("begun_anew", int(states)):
                parts.append(f"begun anew after {states:,} states by the reference")
            case ("reductions", tuple(reductions)):
                parts.append(f"reduced by {' and '.join(map(str, reductions))}")
            case _:
                pass
    return "; ".join(parts)


def counts_line(answer: Answer) -> str:
    """Say what was counted, and how long it took."""
    counts = answer.counts
    if "profiles" in counts:
        random = answer.note("examples")
        also = f"; {random.fields['value']:,} random profiles" if random else ""
        line = f"{counts['profiles']:,} profiles, {counts['runs']:,} runs of the rule, {counts['cases']:,} cases, {answer.seconds:.2f} s"
        return f"{line}{also}"
    rate = f", {counts['states'] / answer.seconds:,.0f} states/s" if answer.seconds >= 0.05 else ""
    systems = f"{counts['members']:,} systems, " if counts["members"] > 1 else ""
    moves = "moves made" if answer.note("sampled") else "transitions"
    line = f"{systems}{counts['states']:,} states, {counts['transitions']:,} {moves}, depth {counts['depth']}, {answer.seconds:.2f} s{rate}"
    return "; ".join(filter(None, (line, how_line(answer))))


def failing_lines(answers: Iterable[Answer], unfinished: Collection[str] = ()) -> Iterator[str]:
    """Name each thing that is not as claimed, and the command that shows it; of protocols that are `unfinished`, only what is violated."""
    answers = tuple(answers)
    for standing in standings(answers, unfinished):
        fine = (Status.HOLDS, Status.NOT_PROMISED)
        if standing.status is Status.VIOLATED or not (standing.status in fine or standing.stem in unfinished):
            yield f"{status_word(standing.clause, standing.status)}: {standing.clause.id}  ({_command_of(standing)})"
    for stem in unjudged_protocols(answer for answer in answers if answer.stem not in unfinished):
        yield f"no clause was judged: {stem} promises nothing, or nothing under the faults of its systems; give System(promises=…) or Mechanism(…, promises=…)"
    for answer in answers:
        if answer.is_on_clauses and not answer.judges and answer.verdicts:
            continue  # the line of the clause that an implementation violates says it
        if (
            not answer.as_expected
            or answer.conclusion in (Conclusion.NOT_AS_CLAIMED, Conclusion.BROKEN, Conclusion.ADAPTER, Conclusion.BUG)
            or (answer.conclusion is not Conclusion.AS_CLAIMED and (answer.word or not answer.judges))
        ):
            yield f"{called(answer)}: {named(answer)}  ({command(answer)})"


def called(answer: Answer) -> str:
    """Return how an answer is called: in its own field, or else by its counts or its conclusion."""
    return answer.word or (answer.conclusion.value if answer.as_expected else "other counts than expected")


def named(answer: Answer) -> str:
    """Return the name of what was asked about, with its protocol where that does not say it."""
    return f"{answer.stem} {answer.name}" if answer.kind in ("mutants", "bridge", "conformance", "smoke", *JUDGING) else answer.name


def unjudged_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Name each fault that a clause claims to survive, and under which no scope of its protocol judged it; and each clause that none judged."""
    answers = tuple(answers)
    for stem, clause, faults in unjudged_claims(answers):
        yield f"{stem}: {clause.name} claims {flags(faults)}, never judged under it"
    for stem in untold_claims(answers):
        yield f"{stem}: a divided search does not tell under which faults clauses were judged, so that it is not known whether all that are claimed came about; leave out --divide"
    for stem, clause in unjudged_clauses(answers):
        yield f"{stem}: {clause.name} is judged in no scope; each allows what it does not claim to survive"
    for stem, clause in unpromised_clauses(answers):
        yield f"{stem}: {clause.name} is promised by no system, so that nothing judges it; list it in promises=(…)"
    for stem, system, what in unexplored_systems(answers):
        yield f"{stem}: {system} is in no scope, so that nothing judges {what} in it; make a Scope of it, too, or let a function make it"
    for stem, rule in unjudged_rules(answers):
        yield f"{stem}: {rule} is in no grid, so that nothing judges what it promises; make a Grid of it, too"
    for stem, view in unshown_views(answers):
        yield f"{stem}: clauses look at views of {view}, which no process of any scope shows; ask for the class that view(state) is annotated to return"
    for stem, action in untaken_actions(answers):
        yield f"{stem}: action {action.name} is in no model, so that it is never taken; list it in actions=(…)"


def _command_of(standing: Standing) -> str:
    telling = (answer for answer, verdict in zip(standing.answers, standing.verdicts, strict=True) if verdict.status is standing.status)
    return command(next(telling))


def command(answer: Answer) -> str:
    """Return the command that shows an answer in full."""
    source = protocols_loaded()[answer.stem].source if answer.stem in protocols_loaded() else answer.stem
    match answer.kind:
        case "scope" | "family" | "profiles" | "model":
            return f"concordant check {source} --scope {answer.name} --verbose"
        case "theorem":
            return f"concordant prove {answer.name} --explain"
        case "bridge":
            return f"concordant prove {source}"
        case "conformance" | "smoke":
            return f"concordant conform {source}.{answer.name}{_case_of(answer)}"
        case "validation":
            return f"concordant validate {_value(answer, 'asked')}"
        case "history":
            return f"concordant check-history {_value(answer, 'asked')}"
        case "mutants":
            return f"concordant mutants {source}"
        case _ if source != answer.stem:
            return f"concordant check {source} --verbose"
        case _:
            return f"concordant explain {answer.name}"


def _value(answer: Answer, code: str) -> str:
    note = answer.note(code)
    return "" if note is None else str(note.fields["value"])


def _case_of(answer: Answer) -> str:
    """Return what drives the case of an implementation that failed, and with what."""
    parts = [("options", "{}"), ("case", " --case {}"), ("adapter", " -- {}")]
    notes = [(answer.note(code), text) for code, text in parts]
    return "".join(text.format(note.fields["value"]) for note, text in notes if note is not None)


def failed_text(failed: FailedGuard) -> str:
    """Say which guard says no, and to what."""
    if failed.at is None:
        return f"it does not hold that {failed.guard}"
    asked = ", ".join(f"{name}: {text(value)}" for name, value in failed.facts.items())
    return f"{failed.at} says no: {failed.guard}({asked})"
