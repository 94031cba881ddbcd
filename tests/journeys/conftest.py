"""One service for the journeys of a file, one browser for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium import webdriver

from tests.journeys import people
from tests.journeys.people import Running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The service, with the real catalogue, ready to answer at once."""
    started = people.start(tmp_path_factory.mktemp("journey") / "var")
    people.warm(started)
    yield started
    started.end()


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    """A phone-sized Chromium that must have nothing to complain about."""
    driver = people.chromium()
    try:
        yield driver
        assert not people.noise(driver)
    finally:
        driver.quit()
