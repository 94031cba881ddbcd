"""One judge over the shipped data for all tests of the knowledge."""

from __future__ import annotations

import pytest

from knowledge import matcher
from knowledge.matcher import Judge


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The judge that the service would use."""
    return matcher.load_judge()
