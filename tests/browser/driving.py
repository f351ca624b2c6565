"""Headless Chromium, and what its pages asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import frozen
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def driven() -> Iterator[webdriver.Chrome]:
    """Start a browser, and end it; skip where there is one that does not start here."""
    options = webdriver.ChromeOptions()
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    try:
        found = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    except WebDriverException as error:
        pytest.skip(f"no browser: {error.msg}")
    yield found
    found.quit()


FIRST = 20
"""Seconds within which the command and the page must be there, on a busy machine."""


def served(shown: str) -> Iterator[str]:
    """Start the explorer with something, and end it; yield the address of its page."""
    command = [sys.executable, "-m", "concordant.checks", "explore", shown, "--no-open", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own command
        assert server.stdout is not None
        yield server.stdout.readline().strip().partition("#")[0]
        server.send_signal(2)
        assert server.wait(FIRST) == 0


@frozen
class Page:
    """What scripts find on a page: `page` is the root of the element that holds all, and `part(NAME)` that of a part of it. `last`: the part that comes last."""

    element: str
    last: str

    def within(self, driver: webdriver.Chrome, script: str) -> Any:
        """Return what a script finds."""
        page = f"const page = document.querySelector('{self.element}')?.shadowRoot;"
        return driver.execute_script(f"{page} const part = (name) => page.querySelector(name)?.shadowRoot; return {script}")

    def until(self, driver: webdriver.Chrome, script: str, wanted: Callable[[Any], bool] = bool) -> Any:
        """Return what a script finds as soon as that is what is wanted."""
        ends = time.monotonic() + FIRST
        while not wanted(found := self.within(driver, f"page && part('{self.last}') && ({script})")):
            assert time.monotonic() < ends, found
            time.sleep(0.01)
        return found


def pressed(driver: webdriver.Chrome, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        ActionChains(driver).send_keys(key).perform()


def asked_for(driver: webdriver.Chrome) -> set[str]:
    """Return what pages have asked for since this was asked last, each as scheme and host."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    return {"/".join(url.split("/")[:3]) if "//" in url else url.partition(":")[0] for url in urls}
