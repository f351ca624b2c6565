"""A place in text, for a terminal: the state with what the last move changed, the moves that can be made, what clauses say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile, zip_longest

from concordant.checks.exploration.report import Frame
from concordant.checks.explorer.groups.hooks import Pictured
from concordant.checks.explorer.setting import Setting
from concordant.checks.explorer.truths import TELLING, Truth
from concordant.checks.explorer.viewpoint import Option, Participant, Viewpoint
from concordant.checks.pictures.in_text import cut
from concordant.checks.reports.counterexamples import columns
from concordant.checks.reports.totals import counted
from concordant.checks.reports.words import failed_text, indented
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.differences import change_lines
from concordant.checks.semantics.texts import effect_texts, move_text


def heading(about: Setting) -> Iterator[str]:
    """Say what is stepped through."""
    scope = f", scope {about.scope}" if about.scope else ""
    yield f"{about.name}{scope}: {about.shows}"


def place_lines(place: Viewpoint) -> Iterator[str]:
    """Show where one stands: the last move, the state, the moves, and the clauses that tell something."""
    yield f"after {counted(len(place.frames), 'move')}{'' if place.frames else ', at the start'}"
    if place.frames:
        yield from frame_lines(place.frames[-1])
    yield ""
    yield from state_lines(place)
    if place.pictured is not None:
        yield from picture_lines(place.pictured, len(place.frames))
    yield ""
    yield from option_lines(place)
    yield ""
    yield from telling_lines(place)


def compared_lines(kept: Viewpoint, place: Viewpoint) -> Iterator[str]:
    """Show two runs side by side, from the first move that differs, and how they end otherwise."""
    pairs = tuple(zip_longest(kept.frames, place.frames))
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept.numbers, place.numbers, strict=False)))
    if alike == len(pairs):
        yield "this is the place that is kept: go elsewhere, and compare again"
        return
    yield f"{counted(alike, 'move')} alike, then"
    for number, (there, here) in enumerate(pairs[alike:], start=alike + 1):
        yield f"{'◆' if number == alike + 1 else ' '}{number:>3}  kept  {'it ends' if there is None else move_text(there.move)}"
        yield f"      here  {'it ends' if here is None else move_text(here.move)}"
    for before, after in zip(kept.processes, place.processes, strict=True):
        if (before.up, before.state) != (after.up, after.state):
            yield f"  {after.who}: {_standing(before)} → {_standing(after)}"


def _standing(each: Participant) -> str:
    return f"{'' if each.up else 'down; left: '}{text(each.state)}"


def frame_lines(frame: Frame) -> Iterator[str]:
    """Show a move: what it does, sends, answers and announces, and what it changes."""
    yield f"  {move_text(frame.move)}"
    yield from (f"    {effect}" for effect in effect_texts(frame.happened))
    for change in frame.changes:
        yield from (f"    {line}" for line in change_lines(change.where, change.before, change.after))


def state_lines(place: Viewpoint) -> Iterator[str]:
    """Show each process, with a mark where the last move changed it; what is in flight, who waits, and what the environment may still do."""
    changed = {change.who for change in place.frames[-1].changes} if place.frames else set()
    width = max(len(str(each.who)) for each in place.processes)
    for each in place.processes:
        line = f"{'*' if each.who in changed else ' '} {each.who!s:{width}}  {_standing(each)}"
        yield cut(line, columns())
    for channel in place.in_flight:
        for message in channel.messages:
            yield cut(f"  in flight: {channel.source} → {channel.to}  {text(message)}", columns())
    yield from (f"  {call.user} waits for an answer of {call.at}" for call in place.calls)
    if place.left:
        left = (f"{each.what}: {'any number' if each.left is None else each.left}" for each in place.left)
        yield f"  still allowed: {', '.join(left)}"


def picture_lines(pictured: Pictured, moves: int) -> Iterator[str]:
    """Say how stages stand, or what holds after so many moves of what is drawn along the run."""
    for stage in pictured.stages:
        yield cut(f"  {stage.name}{' after ' if stage.after else ''}{', '.join(stage.after)}: {stage.stands}", columns())
    for span in pictured.spans:
        if span.last == moves:
            yield cut(f"  {pictured.what}: {span.lane}: {span.holds}, since move {span.first}", columns())


def option_lines(place: Viewpoint) -> Iterator[str]:
    """List the moves that can be made, by whose they are and then the faults, each with what it does in a word."""
    if not place.options:
        yield "no move can be made: nothing more happens"
    ordered = sorted(place.options, key=lambda each: (each.is_a_fault, each.whose))
    for (fault, whose), options in groupby(ordered, key=lambda each: (each.is_a_fault, each.whose)):
        yield f"{whose}{', faults' if fault else ''}"
        for option in options:
            yield cut(f"  {option.number:>3}  {_said(option)}", columns())


def _said(option: Option) -> str:
    """Say what a move is, and what comes of it in a word."""
    comes = "; ".join(option.comes)
    no = "" if option.says_no is None else f"  ({failed_text(option.says_no)})"
    return f"{move_text(option.move)}{f': {comes}' if comes else ''}{no}"


def near_lines(place: Viewpoint) -> Iterator[str]:
    """List moves that cannot be made here, and the first guard that fails."""
    if not place.near_misses:
        yield "whatever one might expect can be done"
    for miss in place.near_misses:
        yield f"  {move_text(miss.move)}: {failed_text(miss.guard)}"


def telling_lines(place: Viewpoint) -> Iterator[str]:
    """Say which clauses are false or reached here, with their facts, and count the others."""
    for truth in place.truths:
        if truth.here in TELLING:
            yield from truth_lines(truth)
    others = [truth.here for truth in place.truths if truth.here not in TELLING]
    if others:
        which = "other clause" if len(others) < len(place.truths) else "clause"
        yield f"{counted(len(others), which)}: {', '.join(f'{others.count(here)} {here.value}' for here in dict.fromkeys(others))}"


def clause_lines(place: Viewpoint) -> Iterator[str]:
    """Say what every clause says here."""
    for truth in place.truths:
        yield from truth_lines(truth)


def along_lines(place: Viewpoint, said: Iterable[Truth]) -> Iterator[str]:
    """Say what a clause says at each place of a run, by which facts, and after which move."""
    moves = ("the start", *(move_text(frame.move) for frame in place.frames))
    for number, (move, truth) in enumerate(zip(moves, said, strict=True)):
        yield cut(f"{number:>4}  {truth.here.value:19}  {move}", columns())
        yield from indented((f"{name.replace('_', ' ')}: {text(value)}" for name, value in truth.facts.items()), 6)


def truth_lines(truth: Truth) -> Iterator[str]:
    """Say what a clause says here, and by which facts."""
    yield f"{truth.here.value}: {truth.clause.id}  {truth.clause.sentence}"
    yield from indented((f"{name.replace('_', ' ')}: {text(value)}" for name, value in truth.facts.items()), 4)
