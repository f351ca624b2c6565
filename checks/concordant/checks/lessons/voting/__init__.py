"""The lesson on voting: a cycle, a manipulation, and a rule that elects whoever beats all others, and is manipulated all the same."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations, product
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard

from concordant.checks.lessons.exercises import Exercises
from concordant.checks.lessons.grading import answers, loaded
from concordant.checks.lessons.lesson import Exercise, Grade, Lesson, Material

MATERIAL = Material("voting", "election")
ASK = Exercises(MATERIAL)
RANKINGS = ["".join(each) for each in permutations("xyz")]


def cycles(election: ModuleType) -> int:
    """Count the profiles in which every candidate loses against another."""
    profiles = (election.ballots(**dict(zip(election.VOTERS, each, strict=True))) for each in product(RANKINGS, repeat=3))
    return sum(all(any(election.beats(each, other, one) for other in "xyz") for one in "xyz") for each in profiles)


def read(said: object) -> object:
    """Read rankings that are written as the table shows them, with signs between candidates.

    >>> read(["x > y > z", "ann"])
    ['xyz', 'ann']
    """
    return [each.replace(" > ", "") if isinstance(each, str) else each for each in said] if isinstance(said, list) else said


def are_rankings(said: object, count: int) -> TypeGuard[list[str]]:
    """Tell whether something is a list of so many rankings."""
    return isinstance(said, list) and len(said) == count and all(each in RANKINGS for each in said)


def circles(folder: Path) -> Grade:
    """Judge whether three rankings make the cycle that is asked for."""
    election, said = loaded(folder, "election"), read(answers(folder).get("cycle"))
    if not are_rankings(said, 3):
        return Grade(False, 'cycle in answers.toml is no list of three rankings, such as ["xyz", "xyz", "xyz"]')
    profile = election.ballots(**dict(zip(election.VOTERS, said, strict=True)))
    lost = [f"{one} does not beat {other}" for one, other in ("xy", "yz", "zx") if not election.beats(profile, one, other)]
    return Grade(False, f"there {lost[0]}") if lost else Grade(True, "x beats y, y beats z, and z beats x")


def lied(key: str, rule: Callable[[Path, ModuleType], Any]) -> Callable[[Path], Grade]:
    """Judge a lie by what it gains under a rule."""

    def grade(folder: Path) -> Grade:
        election, said = loaded(folder, "election"), read(answers(folder).get(key))
        if not isinstance(said, list) or not are_rankings([*said[:3], *said[4:]], 4) or said[3] not in election.VOTERS:
            return Grade(
                False, f'{key} in answers.toml is not three rankings, who lies, and a ranking: ["xyz", "xyz", "xyz", "ann", "zyx"]'
            )
        *truth, liar, instead = said
        elect, profile = rule(folder, election), election.ballots(**dict(zip(election.VOTERS, truth, strict=True)))
        honest, lying = elect(profile), elect(election.Ballots(profile.by.put(liar, tuple(instead))))
        better = election.gain(profile, liar, lying) > election.gain(profile, liar, honest)
        told = f"by the truth {honest} is elected, and by the lie {lying}"
        return Grade(better, told if better else f"{told}: {liar} gains nothing")

    return grade


LESSON = Lesson(
    MATERIAL,
    "An election, and why no rule is safe",
    60,
    ("clause.py", "repair.py"),
    (
        ASK.predict(
            "in how many of 216 profiles each candidate loses against another",
            "cycles",
            cycles,
            "profile",
            (
                "Let ann think xyz. What must bob and cid think, so that y beats z and z beats x all the same?",
                "Each of the two cycles uses three rankings, each once. In how many orders can three voters have three rankings?",
            ),
        ),
        Exercise(
            "cycle",
            "three rankings that go round",
            circles,
            ("Let ann think xyz. Then y beats z by two votes: by whom besides?", "Move the first to the end: xyz, yzx, …"),
            answer=("cycle", lambda _: ["xyz", "yzx", "zxy"]),
        ),
        Exercise(
            "lie",
            "a lie that pays under Borda's rule",
            lied("lie", lambda _, election: election.borda),
            (
                "Say that somebody is elected whom ann likes second. What can she do about that one, and still put her own first?",
                "concordant check election.py shows one.",
            ),
            answer=("lie", lambda _: ["xyz", "yxz", "yxz", "ann", "xzy"]),
        ),
        ASK.clause(
            "that whoever beats all others is elected",
            "who_beats_all_others_is_elected",
            "a rule that does so",
            ("It speaks of a candidate that beats all others: all(…), and not itself.", "elected == candidate: any other is wrong."),
        ),
        ASK.repair(
            "a rule that elects whoever beats all others",
            lambda election, mine: election.grid(mine.my_rule, MATERIAL.hidden().who_beats_all_others_is_elected),
            (
                "Look for such a candidate first. Where there is none, Borda may decide.",
                "for candidate in CANDIDATES: if all(beats(…)): return candidate",
            ),
        ),
        Exercise(
            "lie_mine",
            "a lie that pays under your own rule",
            lied("lie_of_mine", lambda folder, _: loaded(folder, "repair").my_rule),
            (
                "Where somebody beats all others whom a voter likes second, could that voter make a cycle instead?",
                "In a cycle Borda's rule decides, in which x is first by name of equals. Whom should the voter put last?",
            ),
            answer=("lie_of_mine", lambda _: ["xyz", "yxz", "zyx", "ann", "xzy"]),
        ),
    ),
)
