"""The page of the explorer in headless Chromium: walked by keyboard alone, at every width, quickly, and asking its own server alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from concordant.checks.explorer.exported import exported
from concordant.checks.explorer.links import link_to
from concordant.checks.explorer.service import Service
from tests.browser.driving import FIRST, Page, asked_for, driven, pressed, served

LONG = 200
"""How many moves a long run has."""

driver = pytest.fixture(driven, scope="module")
PAGE = Page("x-explorer", "x-moves")
within, until = PAGE.within, PAGE.until


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    yield from served("PAX-9")


STANDS = "page.querySelector('.bar > span').textContent.trim()"
LAST = "page.querySelector('.last p').textContent.trim()"
MOVES = "[...part('x-moves').querySelectorAll('button.move .said')].map(each => each.innerText.split('\\n')[0].trim())"
FALSE = "[...page.querySelectorAll('.told strong')].map(each => each.textContent)"


def opened(driver: webdriver.Chrome, address: str, link: str, stands: str, width: int = 1280) -> None:
    driver.set_window_size(width, 1000)
    driver.get("about:blank")
    driver.get_log("browser")
    asked_for(driver)
    driver.get(f"{address}#{link}")
    until(driver, STANDS, lambda found: found == stands)


def press(driver: webdriver.Chrome, key: str, stands: str) -> None:
    pressed(driver, key)
    until(driver, STANDS, lambda found: found == stands)


def test_the_worst_mistake_of_paxos_is_walked_back_to_where_it_was_right_and_on_elsewhere(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "PAX-9", "after 16 moves")
    assert until(driver, FALSE) == ["✗ false here: agreement", "✗ false here: a proposal is safe"]

    press(driver, Keys.ARROW_LEFT, "after 15 moves")
    assert within(driver, FALSE) == ["✗ false here: a proposal is safe"]
    press(driver, Keys.HOME, "at the start")
    press(driver, Keys.END, "after 16 moves")
    press(driver, "h", "after 15 moves")
    pressed(driver, Keys.ARROW_DOWN)
    assert within(driver, "part('x-state').querySelectorAll('dt.would').length") == 1
    press(driver, Keys.ENTER, "after 16 moves")
    assert within(driver, "page.activeElement.tagName") == "X-MOVES"

    branches = within(driver, "[...part('x-branches').querySelectorAll('.number')].map(each => each.textContent)")
    assert branches.count("16") == 2
    assert within(driver, "part('x-branches').querySelectorAll('[aria-current=step]').length") == 1


def test_a_lasso_is_drawn_as_a_loop_and_a_run_that_goes_elsewhere_is_none(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "gossip.AsksTheFirst", "after 11 moves")
    repeated = "part('c-spacetime').querySelectorAll('.repeats').length"
    assert (within(driver, repeated), until(driver, "page.textContent.includes('moves 6 to 11 are repeated for ever')")) == (1, True)

    press(driver, "1", "after 12 moves")
    assert within(driver, repeated) == 0


def test_the_number_of_a_move_makes_it_and_what_changed_is_marked_and_told(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    first = within(driver, MOVES)[0]
    press(driver, "1", "after 1 move")

    assert within(driver, LAST) == first == "user0 asks coordinator0: Put()"
    assert within(driver, "[...part('x-state').querySelectorAll('dt.moved')].map(each => each.textContent.trim())") == ["coordinator0"]
    assert within(driver, "page.querySelector('.last').getAttribute('aria-live')") == "polite"
    pressed(driver, "d")
    assert until(driver, "part('x-state').textContent.includes('3 unchanged are hidden')")


def test_two_branches_stand_side_by_side_from_the_first_move_that_differs(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    for stands in ("after 1 move", "after 2 moves"):
        press(driver, "1", stands)
    pressed(driver, "m")
    compared = "part('x-compared').querySelector('[role=status]').textContent"
    until(driver, f"part('x-compared') && {compared}.startsWith('This is that place')")
    kept = within(driver, LAST)
    press(driver, Keys.ARROW_LEFT, "after 1 move")
    press(driver, "2", "after 2 moves")

    assert within(driver, compared) == "The first move is the same."
    rows = "[...part('x-compared').querySelectorAll('tbody tr')].map(each => [each.className, ...[...each.cells].map(cell => cell.textContent.trim())])"
    assert until(driver, rows) == [["first", "◆ 2", kept, within(driver, LAST)]]
    assert within(driver, "part('x-compared').querySelectorAll('dt').length") > 0
    within(driver, "part('x-compared').querySelector('td button').focus()")
    pressed(driver, Keys.ENTER)
    until(driver, LAST, lambda found: found == kept)
    pressed(driver, "m")
    assert until(driver, "page.querySelector('x-compared') === null")


def test_a_search_goes_to_the_nearest_place_where_a_clause_is_false(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "UNA-2", "after 2 moves")
    press(driver, Keys.HOME, "at the start")
    clause = "[...part('x-clauses').querySelectorAll('details[data-clause]')].find(each => each.dataset.clause.endsWith('every_consent'))"
    within(driver, f"{clause}.querySelector('summary').focus()")
    pressed(driver, Keys.ENTER, Keys.TAB)
    press(driver, Keys.ENTER, "after 2 moves")

    assert until(driver, "page.querySelector('.last .dim')?.textContent") == "2 moves from where you were"
    assert within(driver, FALSE) == ["✗ false here: acceptance needs every consent"]


def test_a_clause_is_followed_along_the_run_and_each_row_leads_to_its_place(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "PAX-9", "after 16 moves")
    rows = "[...part('x-clauses').querySelectorAll('tbody tr')]"
    said = f"{rows}.map(each => each.cells[1].textContent.trim())"
    within(
        driver, "[...part('x-clauses').querySelectorAll('button')].find(each => each.textContent === 'What it says along the run').focus()"
    )
    pressed(driver, Keys.ENTER)
    assert until(driver, said, lambda found: len(found) == 17)[-2:] == ["·\xa0no\xa0case", "✗\xa0false"]

    within(driver, f"{rows}[15].querySelector('button').focus()")
    press(driver, Keys.ENTER, "after 15 moves")
    assert within(driver, f"{rows}.findIndex(each => each.getAttribute('aria-current') === 'step')") == 15
    within(driver, f"{rows}[16].querySelector('button').focus()")
    press(driver, Keys.ENTER, "after 16 moves")


def test_a_link_leads_back_and_one_of_another_machine_is_refused(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    press(driver, "1", "after 1 move")
    press(driver, "1", "after 2 moves")
    link, last = within(driver, "location.hash.slice(1)"), within(driver, LAST)
    opened(driver, address, link, "after 2 moves")
    assert within(driver, LAST) == last

    driver.get("about:blank")
    driver.get(f"{address}#UNA-2?m=00000000&p=0.6")
    until_there = time.monotonic() + FIRST
    while not within(driver, "page && page.querySelector('[role=alert]')") and time.monotonic() < until_there:
        time.sleep(0.05)
    assert "was made of another UNA-2" in within(driver, "page.querySelector('[role=alert]').textContent")


def test_the_picture_is_of_one_process_or_folded_and_a_run_goes_on_at_random(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "gossip.AsksTheFirst", "after 11 moves")
    rows = "part('c-spacetime').querySelectorAll('.band').length"
    heads = "[...part('c-spacetime').querySelectorAll('.head')].map(each => each.textContent)"
    assert within(driver, rows) == 11
    pressed(driver, "f")
    until(driver, rows, lambda found: found == 7)
    assert within(driver, "[...part('c-spacetime').querySelectorAll('.count')].map(each => each.textContent)") == ["1"] * 4
    pressed(driver, "f")
    choose = "page.querySelector('.drawing select')"
    within(driver, f"({choose}.value = 'node2', {choose}.dispatchEvent(new Event('change')))")
    until(driver, heads, lambda found: found == ["node0", "node2"])
    assert within(driver, rows) == 2

    opened(driver, address, "PAX-9", "after 16 moves")
    assert within(driver, "[...part('x-state').querySelectorAll('.told')].map(each => each.textContent)") == [
        "acceptor0",
        "acceptor1",
        "acceptor2",
    ]
    press(driver, Keys.HOME, "at the start")
    pressed(driver, "r")
    until(driver, STANDS, lambda found: found not in ("at the start", "after 16 moves"))


def test_an_exported_page_is_walked_without_a_server_and_says_where_it_ends(driver: webdriver.Chrome, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(exported("PAX-9", places=40), encoding="utf-8")
    driver.get("about:blank")
    asked_for(driver)
    driver.get(page.as_uri())
    until(driver, STANDS, lambda found: found == "after 16 moves")
    assert until(driver, FALSE) == ["✗ false here: agreement", "✗ false here: a proposal is safe"]

    press(driver, Keys.ARROW_LEFT, "after 15 moves")
    press(driver, Keys.HOME, "at the start")
    press(driver, Keys.END, "after 16 moves")
    press(driver, "1", "after 17 moves")
    pressed(driver, "1")
    assert "this page holds 40 places, and not that one" in until(driver, "page.querySelector('[role=alert]')?.textContent")
    assert within(driver, STANDS) == "after 17 moves"
    assert asked_for(driver) == {"file://"}
    assert driver.get_log("browser") == []


def test_the_browser_itself_goes_back_and_forward(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    press(driver, "1", "after 1 move")
    driver.back()
    until(driver, STANDS, lambda found: found == "at the start")
    driver.forward()
    until(driver, STANDS, lambda found: found == "after 1 move")


def test_a_step_takes_less_than_a_tenth_of_a_second_and_the_page_is_light(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "PAX-9", "after 16 moves")
    script = """
        const done = arguments[0];
        const page = document.querySelector('x-explorer').shadowRoot;
        const bar = () => page.querySelector('.bar > span').textContent;
        const times = [];
        (async () => {
          for (const place of Array(10).fill([1, 0]).flat()) {
            const before = bar(), began = performance.now();
            page.querySelectorAll('.bar > button')[place === 1 ? 1 : 2].click();
            while (bar() === before) await new Promise(requestAnimationFrame);
            times.push(performance.now() - began);
          }
          done(times.sort((one, other) => one - other));
        })();
    """
    times = driver.execute_async_script(script)
    assert times[0] < 100, times  # of twenty steps the one during which the machine had least else to do
    weight = "performance.getEntriesByType('resource').filter(each => !each.name.includes('/api/')).reduce((all, each) => all + each.decodedBodySize, 0)"
    assert within(driver, weight) < 300 * 1024


def test_a_run_of_two_hundred_moves_is_stepped_through_as_quickly(driver: webdriver.Chrome, address: str) -> None:
    service = Service("gossip")
    there = service.at("gossip")
    for seed in range(LONG):
        there = service.wandered(there, seed)
    there = service.standing(there.explorer, there.place.numbers[:LONG])
    opened(driver, address, link_to(there.about, there.place), f"after {LONG} moves")
    assert until(driver, "part('c-spacetime').querySelectorAll('.band').length", bool) == LONG
    script = """
        const [steps, passes, done] = arguments;
        const page = document.querySelector('x-explorer').shadowRoot;
        const bar = () => page.querySelector('.bar > span').textContent;
        const times = [[], []];
        (async () => {
          for (let step = 0; step < 2 * steps * passes; step += 1) {
            const before = bar(), began = performance.now();
            const way = Math.floor(step / steps) % 2;
            page.querySelectorAll('.bar > button')[way + 1].click();
            while (bar() === before) await new Promise(requestAnimationFrame);
            times[way].push(performance.now() - began);
          }
          done(times);
        })();
    """
    back, on = driver.execute_async_script(script, 10, 3)  # the last ten moves, of which each draws most: back and on again, three times
    assert (len(back), len(on)) == (30, 30)
    least = [min(way[step::10]) for way in (back, on) for step in range(10)]  # of each step the time while least else was done
    assert max(least) < 100, (back, on)


def test_moves_stand_by_whose_they_are_and_by_kinds(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "two_phase_commit", "at the start")
    kinds = "[...part('x-moves').querySelectorAll('h4')].map(each => each.textContent)"
    for moves in ("1 move", "2 moves", "3 moves"):
        press(driver, "1", f"after {moves}")
    assert until(driver, kinds)
    first = "[...part('x-moves').querySelectorAll('button.move')].map(each => each.querySelector('kbd')?.textContent ?? '')"
    numbers = [each for each in within(driver, first) if each]
    assert numbers == [str(number + 1) for number in range(len(numbers))]


def test_what_a_theorem_says_is_a_click_away(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "PAX-9", "after 16 moves")
    theorem = "part('x-clauses').querySelector('details[data-theorem=\"paxos_synod.agreement\"]')"
    within(driver, f"({theorem}.closest('details[data-clause]').open = true, {theorem}.querySelector('summary').focus())")
    pressed(driver, Keys.ENTER)
    said = until(driver, f"{theorem}.querySelector('.argument').textContent", lambda found: "Two decisions" in found)
    assert said.startswith("Two decisions name the same value.")
    assert "(for all acceptors, quorums, rounds, values;" in said


def test_the_page_is_there_within_a_second(driver: webdriver.Chrome, address: str) -> None:
    seconds = []
    for _ in range(5):
        opened(driver, address, "unanimous_consent", "at the start")
        seconds.append(within(driver, "Math.max(...performance.getEntriesByType('resource').map(each => each.responseEnd))") / 1000)
    assert min(seconds) < 1, seconds  # of five times the one during which the machine had least else to do


@pytest.mark.parametrize("width", [400, 800, 1280, 1900])
@pytest.mark.parametrize("link", ["PAX-9", "raft?scope=four_servers", "two_phase_commit"])
def test_the_page_is_never_wider_than_its_window(driver: webdriver.Chrome, address: str, width: int, link: str) -> None:
    opened(driver, address, link, "after 16 moves" if link == "PAX-9" else "at the start", width)
    pressed(driver, "n", "v")

    assert within(driver, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_keys_are_not_stolen_while_one_types(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    pressed(driver, "/", "1", "d")

    assert within(driver, "page.querySelector('input[type=search]').value") == "1d"
    assert within(driver, STANDS) == "at the start"
    assert within(driver, MOVES) == []
    pressed(driver, Keys.ESCAPE)
    until(driver, MOVES)


def test_a_run_is_saved_and_opened_again(driver: webdriver.Chrome, address: str, tmp_path: Path) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    press(driver, "1", "after 1 move")
    saved = driver.execute_async_script(
        "const done = arguments[0]; const link = document.querySelector('x-explorer').shadowRoot.querySelector('a[download$=json]');"
        "fetch(link.href).then(answer => answer.text()).then(done);"
    )
    file = tmp_path / "run.itf.json"
    file.write_text(saved, encoding="utf-8")
    press(driver, Keys.HOME, "at the start")
    within(driver, "page.querySelector('#file')").send_keys(str(file))

    until(driver, STANDS, lambda found: found == "after 1 move")
    assert until(driver, "page.querySelector('.last .dim')?.textContent") == "as saved"


def test_all_that_is_asked_for_is_asked_of_the_server_and_nothing_is_complained_of(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "PAX-9", "after 16 moves")
    press(driver, Keys.ARROW_LEFT, "after 15 moves")
    pressed(driver, "?", Keys.ESCAPE, "n", "c", "s", "t")

    assert asked_for(driver) <= {address.rstrip("/"), "data", "about"}
    assert [entry["message"] for entry in driver.get_log("browser")] == []


def test_a_workflow_is_drawn_as_a_graph_and_a_pool_as_a_timeline_whose_spans_lead_back(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "stage_executor.a_join_waits", "after 3 moves")
    assert until(driver, "part('x-picture').querySelector('svg').getAttribute('aria-label')") == (
        "a: done; b after a: done; c after a: running; d after b and c: waiting"
    )
    press(driver, Keys.ARROW_LEFT, "after 2 moves")
    assert until(driver, "part('x-picture').querySelectorAll('g.running').length", lambda found: found == 2)

    opened(driver, address, "resource_pool", "at the start")
    press(driver, "1", "after 1 move")
    press(driver, "1", "after 2 moves")
    span = "part('x-picture').querySelector('.spans button')"
    assert within(driver, f"{span}.getAttribute('aria-label')") == "unit 0: agent0, after move 1"
    within(driver, f"{span}.focus()")
    press(driver, Keys.ENTER, "after 1 move")
    assert [entry["message"] for entry in driver.get_log("browser")] == []


def test_all_clauses_are_judged_everywhere_and_what_is_reached_is_a_link_away(driver: webdriver.Chrome, address: str) -> None:
    opened(driver, address, "unanimous_consent", "at the start")
    pressed(driver, "a")
    known = "[...part('x-clauses').querySelectorAll('.everywhere')].map(each => each.textContent.replace(/\\s+/g, ' ').trim())"
    until(driver, "part('x-clauses').querySelector('.searching [role=status]')?.textContent.includes('which are all')")
    assert any(each.startswith("everywhere: no violation in all ") for each in within(driver, known))
    within(driver, "[...part('x-clauses').querySelectorAll('.everywhere.good a')][0].focus()")
    pressed(driver, Keys.ENTER)
    until(driver, STANDS, lambda found: found != "at the start")
    assert "reached here" in within(driver, "part('x-clauses').textContent")
