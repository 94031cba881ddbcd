"""What is kept out of collections of garbage must free itself, or every publication would cost a judge's memory."""

from __future__ import annotations

import weakref

from api.curation import building, pieces, replicas


def test_an_old_judge_is_freed_although_no_collection_looks_at_it() -> None:
    built = building.build(pieces.shipped(), None)
    old = weakref.ref(built.judge)
    replicas.keep_out_of_collections()
    del built
    assert old() is None
