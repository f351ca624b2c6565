"""The logs on which metrics are judged."""

from __future__ import annotations

from attrs import evolve

from concordant.spec.common.no_amounts import NO_AMOUNTS
from concordant.spec.vocabulary import Amount, Draw
from concordant.spec.workflows.coordination_metrics import (
    Acquired,
    Attempted,
    Began,
    Entry,
    Event,
    Finished,
    Log,
    Received,
    Sent,
    Skipped,
)


def logs(draw: Draw, most: int) -> Log:
    """Draw the log of one run with up to `most` stages, each of which waits for none, the one before or all, is left out, tried, or tried again."""
    events: list[Event] = [Began("run", 0)]
    done: list[Attempted] = []
    for number in range(draw.one_of("stages", range(most + 1))):
        events += stage(draw, f"stage{number}", done)
    events += finish(draw, done)
    return numbered(events)


def stage(draw: Draw, name: str, done: list[Attempted]) -> tuple[Event, ...]:
    """Draw what becomes of a stage, and put what was tried to what was done."""
    kind = draw.one_of(f"{name} is", ("done", "left out", "done after a failure"))
    if kind == "left out":
        return (Skipped("run", name),)
    after = draw.one_of(f"{name} waits for", ("nothing", "the last", "all"))
    names = tuple(dict.fromkeys(each.stage for each in done))
    waits = {"nothing": (), "the last": names[-1:], "all": names}[after]
    start = latest([each for each in done if each.stage in waits]) + draw.amount(f"{name} begins later by")
    end = start + draw.amount(f"{name} takes")
    tried: tuple[Attempted, ...] = (Attempted("run", name, start, end, waits, failed=kind != "done"),)
    if kind != "done":
        tried = (*tried, Attempted("run", name, end, end + draw.amount(f"{name} takes again"), waits))
    done += tried
    return tried


def logs_at_large(draw: Draw) -> Log:
    """Draw the log of one run with up to four stages."""
    return logs(draw, 4)


def parallel(draw: Draw) -> Log:
    """Draw the log of a run of three stages that takes no longer than they do; each is begun as soon as it may be."""
    done: list[Attempted] = []
    for name in ("stage0", "stage1", "stage2"):
        names = tuple(each.stage for each in done)
        waits = {"nothing": (), "the last": names[-1:], "all": names}[draw.one_of(f"{name} waits for", ("nothing", "the last", "all"))]
        start = max(1, latest([each for each in done if each.stage in waits]))
        done.append(Attempted("run", name, start, start + draw.amount(f"{name} takes"), waits))
    return numbered([Began("run", 1), *done, Finished("run", latest(done))])


def latest(attempts: list[Attempted]) -> Amount:
    """Return when the last of some attempts ended; 0 where there is none."""
    return max((each.end for each in attempts), default=0)


def finish(draw: Draw, done: list[Attempted]) -> tuple[Event, ...]:
    """Draw whether the run ends, and when."""
    if draw.one_of("the run", ("ends", "goes on")) == "goes on":
        return ()
    return (Finished("run", latest(done) + draw.amount("the run ends later by")),)


def numbered(events: list[Event]) -> Log:
    """Return a log of events, each with a number of its own."""
    return Log(tuple(Entry(number, event) for number, event in enumerate(events)))


def mixed(draw: Draw) -> Log:
    """Draw a log of two runs, one inside the other, with messages and what is taken in between; one may end before the other works, or go on.

    While both work, each has a stage of the same name at the same time.
    """
    some = draw.one_of("in between", ("nothing", "a message", "much"))
    ends = draw.one_of("ends", (("inner",), ("inner", "outer"), ("outer",), ()))
    first = Attempted("inner", "stage", 1, 1 + draw.amount("the stage takes"))
    last = first.end + draw.amount("the runs end later by")
    before, after, at_last = in_between(some)
    early = (Attempted("outer", "stage", 0, first.end),) if ends else (Finished("outer", 1),)
    late = tuple(Finished(run, last) for run in ends or ("inner",))
    return numbered([*before, Began("outer", 0), Began("inner", 1), *early, first, *after, *late, *at_last])


def in_between(some: str) -> tuple[tuple[Event, ...], tuple[Event, ...], tuple[Event, ...]]:
    """Return what happens before two runs, after the stage of one of them, and after both."""
    match some:
        case "nothing":
            return (), (), ()
        case "a message":
            return (Sent("there", 0),), (), ()
        case _:
            there, back = Received("there", 0), Received("back", 0)
            before = (Sent("there", 0), Sent("back", 0), Acquired(), there)
            return before, (back, Acquired(), Skipped("inner", "another"), there), (there,)


def rivals(draw: Draw) -> Log:
    """Draw a log of two runs that begin together: of two stages side by side, and of one that takes as long as either of them."""
    takes = draw.amount("each stage takes")
    joined, handed = takes + draw.amount("joining takes"), takes + draw.amount("handing over takes")
    first, second, only = (Attempted(run, stage, 0, takes) for run, stage in (("fork", "stage0"), ("fork", "stage1"), ("chain", "stage0")))
    return numbered([Began("fork", 0), Began("chain", 0), first, second, only, Finished("fork", joined), Finished("chain", handed)])


def malformed(draw: Draw) -> Log:
    """Draw the log of a run with two stages, of which the second waits for the first, with a flaw."""
    first = Attempted("run", "stage0", 1, 2)
    second = Attempted("run", "stage1", 2, 3, ("stage0",))
    sound: list[Event] = [Began("run", 0), first, second, Finished("run", 3)]
    match draw.one_of("flaw", FLAWS):
        case "one number for two":
            others: tuple[Event, ...] = (Sent("there", 0), evolve(first, failed=True))
            other = draw.one_of("the other is", others)
            return Log((*numbered(sound).entries, Entry(draw.one_of("number", range(4)), other)))
        case "no number":
            reading = NO_AMOUNTS[draw.one_of("it is", tuple(NO_AMOUNTS))]
            place = draw.one_of("where", range(5))
            events: tuple[list[Event], ...] = (
                [Began("run", reading), *sound[1:]],
                [sound[0], evolve(first, start=reading), *sound[2:]],
                [sound[0], evolve(first, end=reading), *sound[2:]],
                [*sound[:3], Finished("run", reading)],
                [*sound[:2], evolve(second, start=reading, end=reading), sound[3]],
            )
            return numbered(events[place])
        case "out of its run":
            places: tuple[list[Event], ...] = (
                sound[1:],
                [sound[1], sound[0], *sound[2:]],
                [*sound, Skipped("run", "stage2")],
                [*sound[:3], sound[3], sound[3]],
                [sound[0], *sound],
                [*sound, Skipped("another", "stage0")],
            )
            return numbered(places[draw.one_of("where", range(6))])
        case "backwards":
            ways: tuple[list[Event], ...] = (
                [sound[0], evolve(first, start=2, end=1), *sound[2:]],
                [sound[0], evolve(first, start=-1), *sound[2:]],
                [*sound[:3], Finished("run", 2)],
                [Began("run", 4), Finished("run", 3)],
                [sound[0], evolve(first, end=5), evolve(second, after=()), Finished("run", 4)],
            )
            return numbered(ways[draw.one_of("which", range(5))])
        case "not sent":
            unsent: tuple[tuple[Event, ...], ...] = (
                (Received("there", 0),),
                (Received("there", 0), Sent("there", 0)),
                (Sent("there", 0), Received("back", 0)),
                (Sent("there", 0), Received("there", 1)),
            )
            return numbered([*sound, *unsent[draw.one_of("what", range(4))]])
        case _:
            early = draw.one_of("which", (evolve(second, start=1), Attempted("run", "stage0", 1, 3)))
            ends = draw.one_of("the run", ("ends", "goes on")) == "ends"
            return numbered([*sound[:2], early, *(sound[3:] if ends else ())])


FLAWS = ("one number for two", "out of its run", "backwards", "too early", "not sent", "no number")
