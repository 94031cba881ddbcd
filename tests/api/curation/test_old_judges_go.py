"""What is kept out of collections of garbage must free itself, or every publication would cost a judge's memory."""

from __future__ import annotations

import subprocess
import sys

ASKED = """
import weakref
from api import app
from api.curation import building, pieces
built = building.build(pieces.shipped(), None)
old = weakref.ref(built.judge)
app.keep_out_of_collections()
del built
print("kept" if old() else "freed")
"""


def test_an_old_judge_is_freed_although_no_collection_looks_at_it() -> None:
    """In a process of its own: what is kept out stays out for the tests that follow."""
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "freed"
