"""The HTML report in headless Chromium: a trace is stepped through by keyboard, at every width, and nothing asks the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from concordant.checks.questions.question import Means, question
from concordant.checks.reports.html_report import as_html
from concordant.checks.running import decided
from tests.browser.driving import asked_for, driven, pressed
from tests.command.test_html_report import of_pitfalls
from tests.command.test_report_formats import BAD

driver = pytest.fixture(driven, scope="module")


def opened(driver: webdriver.Chrome, page: str, to: Path, width: int = 1280) -> None:
    file = to / "report.html"
    file.write_text(page, encoding="utf-8")
    driver.set_window_size(width, 1000)
    driver.get_log("performance")
    driver.get(file.as_uri())


def within(driver: webdriver.Chrome, script: str) -> Any:
    """Return what a script finds; `report` and `trace` are the roots of those parts of the page."""
    roots = "const report = document.querySelector('c-report').shadowRoot; const view = report.querySelector('c-trace');"
    return driver.execute_script(f"{roots} const trace = view && view.shadowRoot; return {script}")


def test_the_first_counterexample_is_open_and_arrow_keys_step_through_it(driver: webdriver.Chrome, tmp_path: Path) -> None:
    opened(driver, as_html(BAD), tmp_path)
    assert within(driver, "report.querySelector('h1').textContent.trim()") == "✗ something is not as claimed"

    within(driver, "trace.querySelector('[role=group]').focus()")
    said = []
    for key in (Keys.HOME, Keys.ARROW_RIGHT, "j", Keys.ARROW_RIGHT, "k", Keys.END):
        pressed(driver, key)
        said.append(within(driver, "trace.querySelector('[role=status]').textContent"))

    first, second = (
        "client0 asks server0: Acquire(); answers client0: Granted()",
        "client1 asks server0: Acquire(); answers client1: Granted()",
    )
    assert said == ["before the first move", first, second, second, first, second]
    assert within(driver, "trace.querySelectorAll('li[aria-current=step]').length") == 1


def test_all_rows_can_be_opened_and_filtered_by_keyboard(driver: webdriver.Chrome, tmp_path: Path) -> None:
    opened(driver, as_html(of_pitfalls("PAX-9", "SPA-2", "UNA-2")), tmp_path)

    within(driver, "report.querySelectorAll('button.shows')[0].focus()")
    pressed(driver, Keys.ENTER)
    assert within(driver, "trace.querySelector('c-spacetime').shadowRoot.querySelectorAll('g').length") == 16
    assert within(driver, "trace.querySelector('li .acts').textContent").startswith("◆ here the mistake acts")
    within(driver, "report.querySelector('input').focus()")
    pressed(driver, "spa-2")
    assert within(driver, "[...report.querySelectorAll('h2')].map(each => each.textContent.trim())") == ["vickrey_auction ✓ as claimed"]


def test_beside_a_picture_its_signs_and_the_fields_of_values_are_explained(driver: webdriver.Chrome, tmp_path: Path) -> None:
    opened(driver, as_html(of_pitfalls("UNA-2")), tmp_path)
    within(driver, "report.querySelector('button.shows').click()")

    signs = within(driver, "[...trace.querySelectorAll('.legend span')].map(each => each.textContent)")
    assert signs == ["━▶ asked from outside", "● a step of its own", "◆ here the mistake acts"]
    assert within(driver, "trace.querySelector('p.legend:last-child').textContent").startswith("fields: Collecting(client, consents)")


def test_coverage_is_a_table_that_opens_by_keyboard(driver: webdriver.Chrome, tmp_path: Path) -> None:
    answer = decided(question("scope:unanimous_consent/in_time"), Means(coverage=True))
    opened(driver, as_html(evolve(BAD, answers=(answer,))), tmp_path, 400)

    within(driver, "report.querySelector('.coverage summary').focus()")
    pressed(driver, Keys.ENTER)
    assert within(driver, "report.querySelector('.coverage').open")
    first = within(driver, "[...report.querySelector('.coverage tbody tr').children].map(each => each.textContent)")
    assert first == ["branches of 20 functions", "38 of 46", "", ""]
    assert within(driver, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_is_never_wider_than_its_window(driver: webdriver.Chrome, tmp_path: Path, width: int) -> None:
    opened(driver, as_html(of_pitfalls("PAX-9")), tmp_path, width)
    within(driver, "report.querySelector('button.shows').click()")

    assert within(driver, "document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_nothing_is_asked_of_the_network_and_nothing_is_refused_or_complained_of(driver: webdriver.Chrome, tmp_path: Path) -> None:
    opened(driver, as_html(BAD), tmp_path)
    within(driver, "trace.querySelectorAll('button').forEach(each => each.click())")

    assert asked_for(driver) <= {"file://", "data"}
    assert [entry["message"] for entry in driver.get_log("browser")] == []
