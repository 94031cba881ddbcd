"""What a trial run finds: lost examples, honest texts that are newly flagged, flips with their reasons."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import pytest
from alembic import command
from sqlalchemy import select

from api import migrations
from api.curation import drafts, pieces, regression, rows, trial
from api.curation.pieces import Kind
from api.curation.trial import Flip, Found, Seen, Tried
from api.models import RegressionRun, Report
from api.surroundings import Surroundings
from knowledge import catalogue, matcher
from knowledge.catalogue import DATA, Catalogue, Method, read_method
from knowledge.lessons import Lesson
from knowledge.matcher import Judge
from knowledge.verdict import Candidate, Evidence, Frame, Intent, Level, Span, Verdict
from tests.api.curation.desk import LAN, SLUG, changed, shipped, small

METHOD = read_method(DATA / "methods" / f"{SLUG}.toml")


class Knowing:
    """A judge that calls a text a scam when it holds one of some words."""

    def __init__(self, words: Iterable[str], method: Method = METHOD) -> None:
        self.words, self.catalogue = tuple(words), Catalogue(methods=(method,))

    def match(self, text: str) -> Verdict:
        found = next((w for w in self.words if w in text), "")
        at = text.find(found) if found else 0
        evidence = (Evidence("by_phrase", "dọa", Span(at, at + len(found)), found, SLUG, 1.0),) if found else ()
        return Verdict(
            level=Level.SCAM if found else Level.NONE, probability=0.9, methods=(Candidate(SLUG, 0.9),) if found else (),
            evidence=evidence, frame=Frame.RECEIVED, intent=Intent.CHECK, situation=None, indicators=(),
            language="vi", revision="r",
        )  # fmt: skip


def compare(before: Knowing, after: Knowing, texts: list[Tried]) -> dict[str, Any]:
    return trial.compare(cast(Judge, before), cast(Judge, after), texts, lambda *_: None)


def example(text: str) -> Tried:
    return Tried("example", text, SLUG)


def honest(text: str) -> Tried:
    return Tried("ordinary", text, honest=True)


OLD = METHOD.examples[0].text


def test_nothing_changes_nothing_is_refused() -> None:
    same = Knowing([OLD[:20]])
    found = compare(same, same, [example(OLD), honest("Mai họp lúc 8 giờ")])
    assert found["passed"]
    assert found["flips"] == []


def test_a_lost_example_is_refused_and_says_why() -> None:
    found = compare(Knowing([OLD[:20]]), Knowing(["không có"]), [example(OLD)])
    assert not found["passed"]
    assert found["lost"][0]["tried"]["text"] == OLD
    assert OLD[:20] in found["lost"][0]["why"][0]
    assert found["lost"][0]["why"][0].startswith("mất")


def test_a_new_example_must_be_recognised_but_an_old_weakness_is_no_news() -> None:
    judge = Knowing(["khác"])
    assert not compare(judge, judge, [example("Một ví dụ mới toanh")])["passed"]
    assert compare(judge, judge, [example(OLD)])["passed"]


def test_more_than_two_in_a_hundred_honest_texts_flagged_is_refused() -> None:
    texts = [honest(f"chào bác số {n}") for n in range(98)] + [honest("mời họp phụ huynh"), honest("mời họp tổ")]
    two = compare(Knowing([]), Knowing(["mời họp"]), texts)
    assert two["passed"]
    assert two["share"] == 0.02
    three = compare(Knowing([]), Knowing(["mời họp", "số 7"]), texts)
    assert not three["passed"]
    assert "3,0 % tin bình thường bị cảnh báo nhầm" in three["refused"][0]


def test_more_than_two_in_a_hundred_known_scams_missed_is_refused() -> None:
    texts = [Tried("corpus", f"chuyển tiền số {n}.", scam=True) for n in range(100)]
    two = compare(Knowing(["số"]), Knowing([f"số {n}." for n in range(98)]), texts)
    assert two["passed"]
    assert len(two["missed"]) == 2
    three = compare(Knowing(["số"]), Knowing([f"số {n}." for n in range(97)]), texts)
    assert not three["passed"]
    assert "3,0 % tin lừa đảo đã biết không còn được cảnh báo" in three["refused"][0]


def test_honest_texts_flagged_already_are_not_counted_again() -> None:
    judge = Knowing(["chào"])
    assert compare(judge, judge, [honest(f"chào {n}") for n in range(9)])["share"] == 0


def test_the_result_is_plain_data() -> None:
    flip = Flip(example(OLD), Seen("scam", (SLUG,), ()), Seen("none", (), ()), ("vì",))
    result = json.loads(json.dumps(trial.verdict(Found(flips=[flip], counts=Counter({"honest": 1})))))
    assert result["flips"][0]["before"]["level"] == "scam"


def test_the_words_of_a_report_are_not_in_the_result_and_its_id_is() -> None:
    told = Tried("report", "chị Mai mời họp gấp", SLUG, report="r1")
    found = compare(Knowing([]), Knowing(["họp gấp"]), [told, honest("chào bác")])
    assert [flip["tried"]["report"] for flip in found["flips"]] == ["r1"]
    assert found["flips"][0]["why"]
    said = json.dumps(found, ensure_ascii=False)
    assert "Mai" not in said
    assert "họp gấp" not in said


def test_a_text_that_a_draft_claims_stays_honest(tmp_path: Path) -> None:
    stolen = METHOD.model_copy(
        update={"examples": (METHOD.examples[0].model_copy(update={"text": "Mai họp nhé cả nhà"}),)}
    )
    taught = [Lesson("Mai họp nhé cả nhà", "ordinary", scam=False), Lesson("lừa", "seen", scam=True)]
    (tmp_path / "reports.jsonl").write_text('{"id": "r1", "text": "phản ánh", "method": null}\n', encoding="utf-8")
    before, after = Catalogue(methods=(METHOD,)), Catalogue(methods=(stolen,))
    found = trial.texts(before, after, taught, tmp_path)
    assert {(t.source, t.honest) for t in found if t.text == "Mai họp nhé cả nhà"} == {
        ("example", False),
        ("ordinary", True),
    }
    assert [t.source for t in found if t.text == "phản ánh"] == ["report"]
    assert next(t for t in found if t.text == OLD).source == "old_example"
    assert [(t.source, t.scam) for t in found if t.text == "lừa"] == [("corpus", True)]


def test_an_example_that_is_taken_out_must_still_be_warned_of_unless_it_is_called_honest() -> None:
    taken = Tried("old_example", OLD, SLUG, scam=True)
    refused = compare(Knowing([OLD[:20]]), Knowing(["không có"]), [taken])
    assert "1 ví dụ phải nhận ra" in refused["refused"][0]
    assert compare(Knowing([OLD[:20]]), Knowing([OLD[:20]]), [taken])["passed"]
    assert "ví dụ" not in str(compare(Knowing(["không có"]), Knowing(["không có"]), [taken])["refused"])


def test_what_is_now_a_near_miss_or_belongs_to_a_method_that_is_gone_is_not_demanded(tmp_path: Path) -> None:
    examples, misses = METHOD.examples, METHOD.near_misses
    honest_now = misses[0].model_copy(update={"text": examples[0].text})
    after = METHOD.model_copy(update={"examples": examples[2:], "near_misses": (*misses, honest_now)})
    found = trial.texts(Catalogue(methods=(METHOD,)), Catalogue(methods=(after,)), [], tmp_path)
    assert [t.text for t in found if t.source == "old_example"] == [examples[1].text]
    assert [(t.source, t.honest) for t in found if t.text == examples[0].text] == [("near_miss", True)]
    paused = trial.texts(Catalogue(methods=(METHOD,)), Catalogue(methods=()), [], tmp_path)
    assert not [t for t in paused if t.source == "old_example"]


def test_a_gutted_method_is_refused_by_the_real_judge(tmp_path: Path) -> None:
    """Two catalogues of three methods, built as in the service: all that one method knew is sold for buns."""
    method = shipped(Kind.METHOD, SLUG)
    data, old = method.data, method.data["examples"]
    data["signals"]["decisive"] = [f"bán bánh mì giá rẻ số {n}" for n in "abc"]
    data["signals"]["usual"] = [f"bánh bao nóng ngon loại {n}" for n in "abcdefghik"]
    data["examples"] = [
        {"kind": "chat", "text": f"Bánh bao nóng hổi, mua {n} tặng {n}, ghé quán em nhé."} for n in range(2, 11)
    ]
    gutted, judges = pieces.of_data(Kind.METHOD, SLUG, data), []
    for name, members in (("before", small()), ("after", [gutted if p == method else p for p in small()])):
        pieces.write(members, tmp_path / name)
        judges.append(matcher.build(catalogue.load(tmp_path / name / "methods"), tmp_path / name))
    texts = [Tried("old_example", one["text"], SLUG, scam=True) for one in old]
    found = trial.compare(judges[0], judges[1], texts, lambda *_: None)
    assert not found["passed"]
    assert found["lost"]
    assert all(one["why"] for one in found["lost"])


@pytest.fixture
async def asked(around: Surroundings) -> int:
    """A trial run that was asked for, with one report of the last days."""
    await rows.ensure_imported(around.database, around.clock(), small())
    report = Report(
        id="r" * 32, code="ABCDEFGHJ", kind="report", sender="s" * 32, channel="web", level="scam", method=SLUG,
        methods=[SLUG], text="Tin đã che số •••", folded="tin da che so", answers=b"", status="new",
        created_at=around.clock(),
    )  # fmt: skip
    async with around.database.writing() as session:
        session.add(report)
    draft = await drafts.start(around, LAN, changed(shipped(Kind.METHOD, SLUG), 'name = "', 'name = "Mới: '))
    return await regression.try_draft(around, "Lan", draft)


async def run_with(around: Surroundings, monkeypatch: pytest.MonkeyPatch, script: Path) -> RegressionRun:
    """Carry the waiting run out by a process of our own."""
    start = asyncio.create_subprocess_exec

    async def ours(*command: str, **more: Any) -> Any:
        return await start(sys.executable, str(script), command[-1], **more)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", ours)
    assert await regression.take_one(around)
    assert not await regression.take_one(around)
    async with around.database.reading() as session:
        return (await session.scalars(select(RegressionRun))).one()


async def test_a_run_is_carried_out_in_a_process_and_its_result_kept(
    around: Surroundings, asked: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "said.py"
    script.write_text(
        "import json, pathlib, sys\n"
        "f = pathlib.Path(sys.argv[1])\n"
        "print(json.dumps({'step': 'xét', 'done': 1, 'total': 2}), flush=True)\n"
        "names = sorted(p.name for p in f.iterdir())\n"
        "text = json.loads((f / 'reports.jsonl').read_text())['text']\n"
        "print(json.dumps({'result': {'passed': True, 'names': names, 'text': text}}))\n",
        encoding="utf-8",
    )
    run = await run_with(around, monkeypatch, script)
    assert (run.id, run.state, run.done, run.total) == (asked, "done", 1, 2)
    assert run.result == {"passed": True, "names": ["after", "before", "reports.jsonl"], "text": "Tin đã che số •••"}


async def test_a_process_that_dies_fails_the_run_and_it_can_be_asked_again(
    around: Surroundings, asked: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "dies.py"
    script.write_text("import sys\nsys.exit(3)\n", encoding="utf-8")
    run = await run_with(around, monkeypatch, script)
    assert run.state == "failed"
    async with around.database.reading() as session:
        members = run.members
        assert pieces.revision(await rows.members(session, members)) == run.revision
    assert await regression.start(around, "Lan", members) != asked


async def test_results_from_before_lose_the_words_of_reports_and_keep_the_others(
    around: Surroundings, asked: int
) -> None:
    def flip(source: str) -> dict[str, Any]:
        seen = {"level": "scam", "methods": [], "signs": ["“chị Mai”: dọa"]}
        tried = {"source": source, "text": f"chị Mai, {source}", "method": None, "honest": False}
        return {"tried": tried, "before": seen, "after": seen, "why": ["thêm “chị Mai”: dọa"]}

    async with around.database.writing() as session:
        run = await session.get_one(RegressionRun, asked)
        run.state, run.result = regression.DONE, {"passed": True, "flips": [flip("report"), flip("example")]}
    async with around.database.engine.execution_options(writing=True).begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(migrations.config(sync), "0302"))
        await connection.run_sync(lambda sync: command.upgrade(migrations.config(sync), "heads"))
    async with around.database.reading() as session:
        result = (await session.get_one(RegressionRun, asked)).result
    assert result is not None
    assert "Mai" not in str(result["flips"][0])
    assert result["flips"][1] == flip("example")


def told_unseen(*met: bool, method: str = SLUG) -> list[tuple[Tried, Seen]]:
    said = {True: Seen("scam", (method,), ()), False: Seen("none", (), ())}
    return [(Tried("example", f"ví dụ {n}", method, scam=True), said[one]) for n, one in enumerate(met)]


@pytest.mark.parametrize(
    ("met", "passed"),
    [
        ((False, False, False, True), False),  # a new method that only knows its examples by heart
        ((True, True, False, False), True),
        ((False,), True),  # one message that was missed is taught
        ((False, False, False), True),
    ],
)
def test_new_examples_are_tried_without_having_been_learned(met: tuple[bool, ...], passed: bool) -> None:
    found = trial.verdict(Found(unseen=told_unseen(*met)))
    assert found["passed"] is passed
    assert [one["met"] for one in found["unseen"]] == list(met)


def test_a_few_strange_examples_of_each_of_two_methods_are_not_added_up() -> None:
    assert trial.verdict(Found(unseen=told_unseen(False, False) + told_unseen(False, False, method="khac")))["passed"]


def test_the_judge_of_a_hidden_example_has_not_learned_it(tmp_path: Path) -> None:
    """A method of which one new example is about something else altogether: learned it is met, hidden it is not."""
    method, strange = (
        shipped(Kind.METHOD, SLUG),
        "Bánh bao nóng hổi ngoài ngõ, mua mười tặng một, ghé quán em nhé cả nhà.",
    )
    data = method.data
    alike = data["examples"][0]["text"].replace("Ma khach hang", "Ma so khach hang")
    data["examples"] = [*data["examples"], *({"kind": "chat", "text": text} for text in (strange, alike))]
    more = pieces.of_data(Kind.METHOD, SLUG, data)
    pieces.write([more if p == method else p for p in small()], tmp_path)
    after = catalogue.load(tmp_path / "methods")
    fresh = trial.new_examples(Catalogue(methods=(METHOD,)), after)
    assert {one.text for one in fresh if one.method == SLUG} == {strange, alike}
    own = [one for one in fresh if one.method == SLUG]
    said = {
        tried.text: SLUG in seen.methods[:1] and seen.risky
        for tried, seen in trial.said_unseen(after, own, tmp_path, lambda *_: None)
    }
    assert said == {strange: False, alike: True}
