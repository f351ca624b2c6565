"""Headless Chromium, and what its pages asked for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
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


def pressed(driver: webdriver.Chrome, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        ActionChains(driver).send_keys(key).perform()


def asked_for(driver: webdriver.Chrome) -> set[str]:
    """Return what pages have asked for since this was asked last, each as scheme and host."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    return {"/".join(url.split("/")[:3]) if "//" in url else url.partition(":")[0] for url in urls}
