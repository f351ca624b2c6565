"""Stepping through a system in a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from concordant.checks.exploration.budget import Budget
from concordant.checks.explorer.seeking import Sought, nearest
from concordant.checks.explorer.setting import setting
from concordant.checks.explorer.terminal import HELP, Walkthrough, converse
from concordant.checks.explorer.viewpoint import Explorer
from concordant.spec.voting.unanimous_consent import acceptance_needs_every_consent

UNA = acceptance_needs_every_consent


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lines be as long as where there is no terminal."""
    monkeypatch.setenv("COLUMNS", "104")


def said(*lines: str, about: str = "UNA-2") -> list[str]:
    """Return what is shown after each line, from the start of a setting."""
    walkthrough = Walkthrough(Explorer(setting(about)))
    return ["\n".join(walkthrough.say(line)) for line in lines]


def test_one_runs_on_at_random_each_time_otherwise() -> None:
    one, _, other = said("r", "start", "r")

    assert one != other
    assert said("r") == [one]


def test_a_number_makes_a_move_and_the_whole_place_is_shown() -> None:
    (shown,) = said("0")

    assert (
        shown
        == """\
after 1 move
  user0 asks coordinator0: Put()
    sends Question() to elector0, elector1, elector2
    coordinator0: Idle() → Collecting(user0, {})

* coordinator0  Collecting(user0, {})
  elector0      Listening()
  elector1      Listening()
  elector2      Listening()
  in flight: coordinator0 → elector0  Question()
  in flight: coordinator0 → elector1  Question()
  in flight: coordinator0 → elector2  Question()
  user0 waits for an answer of coordinator0
  still allowed: losses: 3

coordinator0
    6  coordinator0: Close(): announces Decided(True); answers user0: Decided(True); sends Decision…
elector0
    0  elector0 receives Question() from coordinator0: elector0: Considering()
elector1
    2  elector1 receives Question() from coordinator0: elector1: Considering()
elector2
    4  elector2 receives Question() from coordinator0: elector2: Considering()
the network, faults
    1  the network loses Question() from coordinator0 to elector0
    3  the network loses Question() from coordinator0 to elector1
    5  the network loses Question() from coordinator0 to elector2

14 clauses: 10 without a case here, 1 about whole paths, 3 not reached here"""
    )


def test_a_clause_that_is_false_is_shown_with_its_facts() -> None:
    *_, shown = said("0", "6")

    assert f"false here: {UNA.id}  {UNA.sentence}\n    missing: {{elector0, elector1, elector2}}\n" in shown


def test_going_back_and_forth_shows_the_same_places() -> None:
    first, second, back, forward, start, nothing, end, again = said("0", "6", "b", "f", "start", "b", "end", "")

    assert back == first
    assert forward == end == again == second
    assert start.startswith("after 0 moves, at the start\n")
    assert nothing == "there is nothing that way"


def test_branches_are_kept() -> None:
    *_, tree, gone = said("0", "6", "b", "1", "t", "go 1")

    assert tree == (
        "  0  2 moves (here), at last: the network loses Question() from coordinator0 to elector0\n"
        "  1  2 moves, at last: coordinator0: Close()"
    )
    assert "\n  coordinator0: Close()\n" in gone


def test_two_branches_are_compared_from_the_first_move_that_differs() -> None:
    none, _, _, kept, same, *_, told = said("compare", "0", "6", "m", "compare", "b", "1", "2", "compare")

    assert none == "no place is kept: m keeps the one where you stand"
    assert kept == "this place is kept: go elsewhere, and compare"
    assert same == "this is the place that is kept: go elsewhere, and compare again"
    assert (
        told
        == """\
1 move alike, then
◆  2  kept  coordinator0: Close()
      here  the network loses Question() from coordinator0 to elector0
   3  kept  it ends
      here  elector2 receives Question() from coordinator0
  coordinator0: Closed(True) → Collecting(user0, {})
  elector2: Listening() → Considering()"""
    )


def test_a_move_is_looked_at_without_making_it() -> None:
    looked, here = said("p 0", "")

    assert looked == (
        "  user0 asks coordinator0: Put()\n    sends Question() to elector0, elector1, elector2\n    coordinator0: Idle() → Collecting(user0, {})"
    )
    assert here.startswith("after 0 moves")


def test_what_cannot_be_done_is_listed_with_the_reason() -> None:
    assert said("n") == ["  coordinator0: Close(): it does not hold that the trigger is armed"]


def test_every_clause_is_told_with_its_sentence() -> None:
    (shown,) = said("c")

    assert shown.splitlines()[0] == f"without a case here: {UNA.id}  {UNA.sentence}"
    assert len(shown.splitlines()) == 14


def test_the_run_is_drawn() -> None:
    nothing, _, drawn = said("s", "0", "s")

    assert nothing == "no move has been made"
    assert drawn.splitlines()[1].endswith("Put()")


def test_a_clause_is_told_along_the_run_with_the_facts_of_where_it_is_false() -> None:
    *_, told = said(f"seek {UNA.name}", f"along {UNA.name}")

    assert (
        told
        == """\
   0  without a case here  the start
   1  without a case here  user0 asks coordinator0: Put()
   2  false here           coordinator0: Close()
      missing: {elector0, elector1, elector2}"""
    )


def test_seeking_goes_to_the_nearest_place_where_a_clause_is_false() -> None:
    found, again, *_ = said(f"seek {UNA.name}", f"seek {UNA.id}")

    assert found.startswith("2 moves from where you were\nafter 2 moves\n  coordinator0: Close()\n")
    assert again.startswith("0 moves from where you were\nafter 2 moves\n")


def test_seeking_in_vain_says_among_how_many_states_and_whether_that_is_all() -> None:
    explorer = Explorer(setting("unanimous_consent"))

    assert nearest(explorer, (), UNA) == Sought(None, 861, None)
    assert nearest(explorer, (), UNA, Budget(states=10)) == Sought(None, 12, "budget of 10 states spent")


def test_a_place_where_a_clause_is_false_already_is_the_nearest_itself_until_one_goes_on() -> None:
    explorer = Explorer(setting("PAX-9"))
    run = explorer.numbers_of(explorer.setting.run)
    (agreement,) = (each for each in explorer.setting.system.promises if each.name == "agreement")

    assert nearest(explorer, run, agreement) == Sought(run, 1, None)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("x", "x is no move and no command; ? lists what is"),
        ("n 1", "n 1 is no move and no command; ? lists what is"),
        ("p", "nothing is no move and no command; ? lists what is"),
        ("9", "there is no move 9 here; 1 move can be made, numbered from 0"),
        ("go 4", "go 4: there is no such branch; t lists those there are"),
        ("²", "² is no move and no command; ? lists what is"),
        (
            "seek every_proposal_is_decided",
            "unanimous_consent.every_proposal_is_decided says something of whole paths, so that it is false in no one place; concordant check shows the lasso",
        ),
    ],
)
def test_what_is_not_understood_is_said_and_changes_nothing(line: str, answer: str) -> None:
    told, here = said(line, "")

    assert told == answer
    assert here.startswith("after 0 moves")


def test_an_unknown_clause_is_answered_with_those_there_are() -> None:
    (told,) = said("seek agreed")

    assert told.startswith("agreed is no clause of this system; it promises acceptance_needs_every_consent, agreement, ")


def test_the_help_lists_every_command() -> None:
    assert said("?") == ["\n".join(HELP)]


def test_a_link_is_followed_where_it_leads() -> None:
    link = said("0", "y")[-1]
    shown: list[str] = []
    converse(link, None, ["b", "q", "never heard"], shown.append)

    assert shown[0] == "UNA-2: Unanimity among the votes received: of no votes at all, all are yes."
    assert shown[2] == "after 1 move"
    assert "after 0 moves, at the start" in shown
    assert shown[-1] != "never heard is no move and no command; ? lists what is"


def concordant(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "concordant.checks", *arguments]
    return subprocess.run(command, input=said, capture_output=True, text=True, check=False, encoding="utf-8")  # noqa: S603  # our own command


def test_the_command_steps_as_its_input_says() -> None:
    ended = concordant("explore", "UNA-2", "--terminal", said="start\nf\n")

    assert ended.returncode == 0
    assert "* coordinator0  Collecting(user0, {})\n" in ended.stdout


def test_the_command_tries_a_rule_as_its_input_says() -> None:
    ended = concordant("explore", "vickrey_auction", "--terminal", said="a1.2 7/2\ng\n")

    assert ended.returncode == 0
    assert "> no gain among 24 misreports tried\n" in ended.stdout
