"""Whether the quantifiers of a theorem by running say over what it was run: words are read for numbers, ranges and what is any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import TypeVar

from concordant.proofs.kernel.reals import FROM
from concordant.spec.vocabulary import Amount

V = TypeVar("V")

NUMBERS = {word: number for number, word in enumerate(("zero", "one", "two", "three", "four", "five", "six"))}
COUNTED = re.compile(r"\b([a-z]+)(\d+)\b")
"""One of several, in the name of a draw: `bidder0`."""
ANY_NUMBER = re.compile(r"\bany number of (\w+)")
WHOLE = re.compile(r"\b(both|any|every) (\w+)")
RANGE = re.compile(r"\b(\d+) (?:to|or) (\d+) (\w+)")


COMPARED = re.compile(r"\b(more|less|least|most|later|earlier|equal|same|steps of|as \w+ as|as much|as long)\b")
BOUNDED = re.compile(r"\b(?:more|less|later|earlier) than \d|\bat (?:least|most) \d|(?<!steps of )\b\d\S* (?:and|or) (?:more|later)\b")
"""Words that compare amounts with each other, and those that compare them with a number."""


def unsaid(
    quantifiers: str,
    ranges: Mapping[str, frozenset[Amount]],
    options: Mapping[str, frozenset[str]],
    amounts: AbstractSet[str] = frozenset(),
    found: AbstractSet[str] = frozenset(),
    tied: AbstractSet[str] = frozenset(),
) -> list[str]:
    """List the draws from numbers of which the quantifiers do not say how far they range, and what they say that was not drawn.

    A draw of how many there are of something, named as they are in one word, must be said as `one to three bidders`, `one or two` or `two`;
    so must be how many there are of which each has a draw, as `bidder0` and `bidder1`. Of what is said to be both there must be a draw that
    was two things, and of what is said to be any a draw; of any number of things a draw of an amount that is named as they are. All real numbers must have been drawn: `amounts`, each of them `found` as it is in some
    profile, and none of them bounded by another. Where amounts are `tied`, since one is made of another, it must be said that one is more, or as much.
    """
    said = {NUMBERS.get(word, int(word) if word.isdecimal() else -1) for word in re.findall(r"\w+", quantifiers.lower())}
    fractions = set(re.findall(r"\d+/\d+", quantifiers))
    missing = [f"that {name} is in no profile as it is" for name in sorted(amounts - found) if not _says_from(quantifiers, name, found)]
    missing += [f"{name} up to another draw" for name in sorted(amounts) if not ranges.get(name, {0})]
    missing += sorted(tied) if re.search(r"\ball\b", quantifiers) and not _compares(quantifiers) else []
    missing += ["any draw of an amount"] if "all real" in quantifiers and not amounts else []
    for name, numbers in ranges.items():
        largest = [max(whole)] if (whole := [each for each in numbers if isinstance(each, int)]) else []
        parts = sorted(each for each in numbers if isinstance(each, Fraction) and str(each) not in fractions)
        missing += [f"{name} up to {number}" for number in (*(each for each in largest if each not in said), *parts)]
    return [
        *missing,
        *_sizes(
            quantifiers,
            {name: (min(each), max(each)) for name, each in ranges.items() if each and name.isidentifier() and name.endswith("s")},
            {word: int(place) + 1 for name in sorted(options) for word, place in COUNTED.findall(name)},
        ),
        *(f"any draw of how many {what}" for what in ANY_NUMBER.findall(quantifiers) if not any(what in name.split() for name in amounts)),
        *(f"any draw of {how} {what}" for how, what in WHOLE.findall(quantifiers) if not _is_whole(how, what, options)),
    ]


def wider(one: Mapping[str, frozenset[V]], other: Mapping[str, frozenset[V]]) -> dict[str, frozenset[V]]:
    """Return what is in either range of each name."""
    none = frozenset[V]()
    return {name: one.get(name, none) | other.get(name, none) for name in dict.fromkeys((*one, *other))}


def _compares(quantifiers: str) -> bool:
    """Tell whether amounts are said to be more than others, or as much; not that they are more than a number."""
    return COMPARED.search(BOUNDED.sub("", quantifiers)) is not None


def _says_from(quantifiers: str, name: str, found: AbstractSet[str]) -> bool:
    """Tell whether it is said from which number on there are amounts to which profiles add one."""
    least = [each.removeprefix(f"{name}{FROM}") for each in found if each.startswith(f"{name}{FROM}")]
    return any(
        re.search(rf"\bfrom {number}(?![\w/.])|(?<![\w/.-]){number} (?:and|or) (?:more|later)\b", quantifiers)
        for number in map(re.escape, least)
    )


def _is_whole(how: str, what: str, options: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what is said to be both, or any, was drawn so. What is any in the plural is no name of one draw."""
    return len(options.get(what.removesuffix("s"), ())) == 2 if how == "both" else what in options or what.endswith("s") or what == "number"


def _sizes(quantifiers: str, drawn: Mapping[str, tuple[Amount, Amount]], counted: Mapping[str, int]) -> Iterator[str]:
    text = re.sub(r"\w+", lambda word: str(NUMBERS.get(word[0].lower(), word[0])), quantifiers)
    for name, (least, most) in drawn.items():
        ways = (str(most),) if least == most else (f"{least} to {most}", f"{least} or {most}")
        if least > 0 and not any(f"{way} {name}" in text for way in ways):
            yield f"{ways[0]} {name}"
    for word, count in counted.items():
        if f"{word}s" not in drawn and not re.search(rf"\b{count} {word}s?\b", text):
            yield f"{count} {word}{'s' * (count != 1)}"
    yield from (f"that {each[0]} are too many" for each in RANGE.finditer(text) if drawn.get(each[3]) != (int(each[1]), int(each[2])))
