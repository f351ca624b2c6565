"""Links lead back to the place where they were made, and nowhere where the machine is another."""

from __future__ import annotations

from random import Random

import pytest

from concordant.checks.explorer.links import followed, link_of
from concordant.checks.explorer.setting import Setting, setting
from concordant.checks.explorer.trail import Trail
from concordant.checks.explorer.viewpoint import Explorer
from concordant.checks.misuse import Misuse
from concordant.checks.registry import protocol


def test_a_link_names_the_setting_seals_the_run_and_lists_its_moves() -> None:
    explorer = Explorer(setting("two_phase_commit", "two_users"))
    link = link_of(explorer, (0, 0, 1))

    assert link.startswith("two_phase_commit?scope=two_users&m=")
    assert link.endswith("&p=0.0.1")
    assert len(link.partition("&m=")[2].partition("&")[0]) == 8


@pytest.mark.parametrize("numbers", [(), (0,), (0, 0, 1, 2)])
def test_a_link_leads_back(numbers: tuple[int, ...]) -> None:
    explorer = Explorer(setting("two_phase_commit"))
    found = followed(link_of(explorer, numbers))

    assert found.numbers == numbers
    assert found.explorer.at(numbers).processes == explorer.at(numbers).processes


def test_the_address_of_the_page_leads_back_too() -> None:
    explorer = Explorer(setting("two_phase_commit"))

    assert followed(f"http://127.0.0.1:4669/#{link_of(explorer, (0, 0))}").numbers == (0, 0)


def test_a_name_alone_leads_to_the_end_of_its_run() -> None:
    assert followed("UNA-2").numbers == (0, 6)


def test_a_link_of_another_machine_is_refused() -> None:
    """The wrong machine and another wrong one allow the same numbers, and mean other moves."""
    first, second = (
        next(each for each in protocol("unanimous_consent").pitfalls if each.id == id)
        for id in ("UNA-2", "unanimous_consent.BelievesAnybody")
    )
    made = [Explorer(Setting("UNA-2", "", "", setting("UNA-2").protocol, each.system)) for each in (first, second)]
    links = [link_of(each, (0, 6)) for each in made]
    assert links[0] != links[1]

    assert followed(links[0]).numbers == (0, 6)
    with pytest.raises(Misuse, match=r"was made of another UNA-2: its moves were others then"):
        followed(links[1])


@pytest.mark.parametrize("link", ["UNA-2?p=0", "UNA-2?m=1&q=2&p=0", "UNA-2?x"])
def test_what_is_no_link_is_refused_with_one_that_is(link: str) -> None:
    with pytest.raises(Misuse, match=r"is no link; one looks like two_phase_commit\?scope=two_users&m=1f0c9a2b&p=0\.3\.a"):
        followed(link)


@pytest.mark.parametrize("run", ["0..1", "-1", "0.A", "0.ä", ".", "999999999"])
def test_a_malformed_run_is_refused(run: str) -> None:
    with pytest.raises(Misuse, match="is no run: numbers in base 36"):
        followed(f"UNA-2?m=00000000&p={run}")


@pytest.mark.parametrize("seed", range(20))
def test_going_back_loses_nothing(seed: int) -> None:
    draw = Random(seed)  # noqa: S311  # a test is no secret
    been = Trail()
    stood: set[tuple[int, ...]] = {()}
    for _ in range(30):
        match draw.choice(["back", "forward", "end", 0, 1, 2]):
            case int(number):
                been.take(number)
                stood.add(been.here)
            case "back":
                been.back()
            case "forward":
                been.forward()
            case _:
                been.here = been.end()
        assert been.here in stood

    assert {leaf[:length] for leaf in been.leaves() for length in range(len(leaf) + 1)} | {()} == stood
