"""Stepping through a system in a terminal, by keyboard: a line in, what it shows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import define, field

from concordant.checks.explorer.in_text import along_lines, clause_lines, compared_lines, frame_lines, heading, near_lines, place_lines
from concordant.checks.explorer.links import Link, Linked, followed, link_of
from concordant.checks.explorer.seeking import BUDGET, nearest
from concordant.checks.explorer.service import Service
from concordant.checks.explorer.so_far import explored
from concordant.checks.explorer.tables.terminal import Trial
from concordant.checks.explorer.trail import Trail
from concordant.checks.explorer.viewpoint import Explorer, Viewpoint
from concordant.checks.misuse import Misuse
from concordant.checks.reports.counterexamples import trace_pictured
from concordant.checks.reports.totals import counted
from concordant.checks.semantics.texts import move_text
from concordant.spec.vocabulary import Clause

HELP = (
    "a number         make that move",
    "b, f             back, and forward again",
    "start, end       to the start; forward as far as you have been",
    "p NUMBER         what a move would do, without making it",
    "n                moves that cannot be made, and why not",
    "c                what every clause says here",
    "along CLAUSE     what it says at each place of the run, and by which facts",
    "seek CLAUSE      to the nearest place from here where it is false, or reached",
    "all              explore from the start, and say of every clause what that came to",
    "r                run on at random, each time otherwise",
    "s                the run as a picture",
    "t, go NUMBER     the branches where you have been; to the end of one",
    "m, compare       keep this place; the run that leads to it beside the one that leads here",
    "y                a link to this place: concordant explore LINK",
    "q                leave",
)


@define(eq=False)
class Walkthrough:
    """A reader's way through a system."""

    explorer: Explorer
    trail: Trail = field(factory=Trail)
    over: bool = field(default=False, init=False)
    wandered: int = field(default=0, init=False)
    kept: tuple[int, ...] | None = field(default=None, init=False)

    @classmethod
    def of(cls, linked: Linked) -> Walkthrough:
        """Begin where a link leads."""
        return cls(linked.explorer, Trail(linked.numbers))

    @property
    def place(self) -> Viewpoint:
        """Where the reader stands."""
        return self.explorer.at(self.trail.here)

    def greeting(self) -> Iterator[str]:
        """Say what is stepped through, where one stands, and how to go on."""
        yield from heading(self.explorer.setting)
        yield ""
        yield from place_lines(self.place)
        yield ""
        yield "a number makes that move; ? lists the rest"

    def say(self, line: str) -> Iterator[str]:
        """Do what a line says, and yield what it shows. One that is not understood says so and changes nothing."""
        word, _, rest = line.strip().partition(" ")
        try:
            yield from self._said(word, rest.strip())
        except Misuse as error:
            yield str(error)

    def _said(self, word: str, rest: str) -> Iterator[str]:
        shown: dict[str, Callable[[], Iterable[str]]] = {
            "": lambda: place_lines(self.place),
            "?": lambda: HELP,
            "n": lambda: near_lines(self.place),
            "c": lambda: clause_lines(self.place),
            "s": self._picture,
            "t": self._tree,
            "m": self._keep,
            "compare": self._compare,
            "all": self._all,
            "y": lambda: (link_of(self.explorer, self.trail.here),),
        }
        if word in shown and not rest:
            yield from shown[word]()
            return
        match word, rest:
            case "q", "":
                self.over = True
                return
            case "b", "":
                moved = self.trail.back()
            case "f", "":
                moved = self.trail.forward()
            case "start", "":
                moved = bool(self.trail.here)
                self.trail.here = ()
            case "end", "":
                moved = self.trail.end() != self.trail.here
                self.trail.here = self.trail.end()
            case "r", "":
                self.wandered += 1
                run = self.explorer.wandered(self.trail.here, self.wandered)
                moved = run != self.trail.here
                self.trail.go(run)
            case "p", _:
                yield from frame_lines(self.place.options[self._option(rest)].frame)
                return
            case "go", _:
                moved = True
                self.trail.go(self._leaf(rest))
            case "along", _:
                yield from along_lines(self.place, self.explorer.along(self.trail.here, self._clause(rest)))
                return
            case "seek", _:
                yield from self._seek(rest)
                return
            case _:
                moved = True
                self.trail.take(self._option(line_of(word, rest)))
        yield from place_lines(self.place) if moved else ("there is nothing that way",)

    def _option(self, said: str) -> int:
        options = self.place.options
        if not said.isdecimal():
            raise Misuse(f"{said or 'nothing'} is no move and no command; ? lists what is")
        if int(said) >= len(options):
            raise Misuse(f"there is no move {said} here; {counted(len(options), 'move')} can be made, numbered from 0")
        return int(said)

    def _picture(self) -> Iterator[str]:
        frames = self.place.frames
        yield from trace_pictured(frames) if frames else ("no move has been made",)

    def _tree(self) -> Iterator[str]:
        for number, run in enumerate(self.trail.leaves()):
            frames = self.explorer.at(run).frames
            here = " (here)" if run == self.trail.here else ""
            yield f"  {number}  {counted(len(run), 'move')}{here}, at last: {move_text(frames[-1].move) if frames else 'nothing'}"

    def _keep(self) -> Iterator[str]:
        self.kept = self.trail.here
        yield "this place is kept: go elsewhere, and compare"

    def _compare(self) -> Iterator[str]:
        if self.kept is None:
            raise Misuse("no place is kept: m keeps the one where you stand")
        yield from compared_lines(self.explorer.at(self.kept), self.place)

    def _leaf(self, said: str) -> tuple[int, ...]:
        leaves = self.trail.leaves()
        if not said.isdecimal() or int(said) >= len(leaves):
            raise Misuse(f"go {said}: there is no such branch; t lists those there are")
        return leaves[int(said)]

    def _seek(self, name: str) -> Iterator[str]:
        found = nearest(self.explorer, self.trail.here, self._clause(name))
        yield found.said(len(self.trail.here))
        if found.run is None:
            return
        self.trail.go(found.run)
        yield from place_lines(self.place)

    def _all(self) -> Iterator[str]:
        found = explored(self.explorer, BUDGET)
        yield found.says
        for each in found.clauses:
            yield f"  {each.said(found.states, found.stopped)}: {each.clause.id}"

    def _clause(self, name: str) -> Clause:
        return self.explorer.setting.clause(name)


def line_of(word: str, rest: str) -> str:
    """Return a line as it was said."""
    return f"{word} {rest}".strip()


def typed() -> Iterator[str]:
    """Yield the lines that a reader types, until there are no more."""
    while True:
        try:
            yield input("> ")
        except EOFError:
            return


def converse(link: str, scope: str | None, lines: Iterable[str], say: Callable[[str], object]) -> None:
    """Step through what a link or a name means, or try a rule, as lines say, until one says `q` or there are no more."""
    read = Link.read(link, scope)
    service = Service(read.name, read.scope)
    walkthrough: Walkthrough | Trial = Trial(service.tried(link)) if service.is_ruled(link) else Walkthrough.of(followed(link, scope))
    for shown in walkthrough.greeting():
        say(shown)
    for line in lines:
        for shown in walkthrough.say(line):
            say(shown)
        if walkthrough.over:
            return
