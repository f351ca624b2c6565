"""Links: a setting, and the run that leads to a place in it, in one line that can be mailed.

`paxos_synod?scope=one_acceptor&m=1f0c9a2b&p=0.3.a`: the moves by number, in base 36. `m` seals what they were where the link was
made: what each did, and what else was possible. A machine on which that is another is refused: the numbers would mean other moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qs, quote, unquote
from weakref import WeakKeyDictionary

from attrs import frozen

from concordant.checks.explorer.setting import Setting, setting
from concordant.checks.explorer.viewpoint import Explorer, NoSuchMove, Viewpoint
from concordant.checks.misuse import Misuse
from concordant.checks.semantics.canonical import text
from concordant.checks.semantics.texts import effect_texts, move_text

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEAL = 8
PAGE = "http://"
"""With which the address of a page begins; the link stands behind its `#`."""


_SEALS: Final = WeakKeyDictionary[Viewpoint, str]()


class Stale(Misuse):
    """A link was made of another machine than there is today."""


@frozen(eq=False)
class Linked:
    """What a link leads to: an explorer, and the numbers of the moves to make."""

    explorer: Explorer
    numbers: tuple[int, ...]


@frozen
class Link:
    """A link, read. Of the name of a setting alone, or with its scope, `numbers` and `sealed` are None. `typed`: what stands in the table of a rule."""

    text: str
    name: str
    scope: str | None
    numbers: tuple[int, ...] | None = None
    sealed: str | None = None
    typed: str | None = None

    @classmethod
    def read(cls, text: str, scope: str | None = None) -> Link:
        """Read a link, the address of a page that shows it, or a name; a malformed one is a Misuse."""
        text = text.partition("#")[2] if text.startswith(PAGE) else text
        name, _, query = text.partition("?")
        if not query:
            return cls(text, unquote(name), scope)
        given = {key: values[-1] for key, values in parse_qs(query, keep_blank_values=True).items()}
        if given.keys() == {"scope"}:
            return cls(text, unquote(name), given["scope"])
        if "r" in given and given.keys() <= {"scope", "m", "r"}:
            return cls(text, unquote(name), given.get("scope", scope), None, given.get("m"), given["r"])
        if given.keys() - {"scope", "m", "p"} or not given.keys() >= {"m", "p"}:
            raise Misuse(f"{text} is no link; one looks like two_phase_commit?scope=two_users&m=1f0c9a2b&p=0.3.a")
        return cls(text, unquote(name), given.get("scope", scope), _numbers(given["p"]), given["m"])

    def require(self, found: str) -> None:
        """Raise Stale where the run is sealed otherwise today."""
        if self.sealed is not None and found != self.sealed:
            raise Stale(
                f"{self.text} was made of another {self.name}: its moves were others then (sealed {self.sealed}, today {found}); one that was saved as a file is made again by its moves: concordant explore FILE.itf.json"
            )


def link_of(explorer: Explorer, numbers: Sequence[int]) -> str:
    """Return the link to a place."""
    return link_to(explorer.setting, explorer.at(numbers))


def link_to(about: Setting, place: Viewpoint) -> str:
    """Return the link to a place that has been looked at."""
    scope = f"scope={quote(about.scope)}&" if about.scope else ""
    run = ".".join(map(_base36, place.numbers))
    return f"{quote(about.name, safe='/:.')}?{scope}m={seal(about, place)}&p={run}"


def followed(link: str, scope: str | None = None) -> Linked:
    """Return what a link, or the name of a setting, leads to. One that was made of another machine is Stale, a malformed one a Misuse."""
    read = Link.read(link, scope)
    explorer = Explorer(setting(read.name, read.scope))
    if read.numbers is None:
        return Linked(explorer, explorer.numbers_of(explorer.setting.run))
    try:
        found = seal(explorer.setting, explorer.at(read.numbers))
    except NoSuchMove:
        found = "no such run"
    read.require(found)
    return Linked(explorer, read.numbers)


def seal(about: Setting, place: Viewpoint) -> str:
    """Return a digest of a run: what each move did, and what is possible where it ends. Of a long run it takes as long as all the rest, so that it is kept with its place."""
    found = _SEALS.get(place)
    if found is None:
        found = _SEALS[place] = _sealed(about, place)
    return found


def _sealed(about: Setting, place: Viewpoint) -> str:
    return sha256("\n".join(_lines(about, place)).encode()).hexdigest()[:SEAL]


def _lines(about: Setting, place: Viewpoint) -> list[str]:
    lines = [about.protocol.stem, *(text(each.state) for each in place.processes)]
    for frame in place.frames:
        lines += [move_text(frame.move), *effect_texts(frame.happened)]
        lines += [f"{change.who}.{change.field} {text(change.before)} {text(change.after)}" for change in frame.changes]
    return [*lines, *(move_text(option.move) for option in place.options)]


def _numbers(run: str) -> tuple[int, ...]:
    parts = run.split(".") if run else []
    if not all(part and set(part) <= set(DIGITS) and len(part) <= SEAL for part in parts):
        raise Misuse(f"p={run} is no run: numbers in base 36, with dots between them, such as p=0.3.a")
    return tuple(int(part, len(DIGITS)) for part in parts)


def _base36(number: int) -> str:
    """Write a number in base 36.

    >>> _base36(35), _base36(36)
    ('z', '10')
    """
    high, low = divmod(number, len(DIGITS))
    return f"{_base36(high) if high else ''}{DIGITS[low]}"
