"""Try any message: signs, scores, evidence, and the bot's words, the live catalogue and a draft side by side.

The draft's judge is built in the background and kept for a while; what is tried is stored nowhere.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import edge
from api.console import curating
from api.console.curating import Reader
from api.console.lists import FRAMES, STAGES, highlighted
from api.curation import building, drafts, pieces, rows, shelf, soundness
from api.curation.pieces import Kind
from api.curation.refusals import DoesNotFit
from api.messengers import dry
from api.surroundings import Surroundings
from bot import answers, wording
from bot.knowledge_base import Knowledge
from knowledge.catalogue import CatalogueError
from knowledge.verdict import Indicator, IndicatorKind

router = APIRouter(prefix="/can-bo/xet-thu")
MOST_CHARS = 4096
KEPT = 2


SITUATIONS = {s.value: title for s, title in wording.VI.situations.items()}
THINGS = {
    IndicatorKind.LINK: "đường link", IndicatorKind.PHONE: "số điện thoại", IndicatorKind.ACCOUNT: "số tài khoản",
    IndicatorKind.WALLET: "ví tiền số", IndicatorKind.HANDLE: "tài khoản mạng", IndicatorKind.EMAIL: "thư điện tử",
    IndicatorKind.MONEY: "số tiền", IndicatorKind.OTP: "mã một lần", IndicatorKind.QR: "mã QR",
}  # fmt: skip
ADDRESSES = {
    "official": "đúng địa chỉ chính thức", "lookalike": "nhái", "open_platform": "ai cũng đăng được",
    "shortener": "link rút gọn", "suspicious": "đáng ngờ", "app_file": "tải tệp về máy", "unknown": "chưa biết",
}  # fmt: skip


@dataclass
class Bench:
    """Judges of drafts, by the revision that they would make."""

    built: OrderedDict[str, Knowledge] = field(default_factory=OrderedDict)
    percent: dict[str, int] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None
    trouble: str = ""


def _bench(request: Request) -> Bench:
    state = request.app.state
    if not hasattr(state, "draft_bench"):
        state.draft_bench = Bench()
    bench: Bench = state.draft_bench
    return bench


@router.get("")
async def show(request: Request, signed: Reader) -> Response:
    """The empty box."""
    return await _page(request, signed, "", request.query_params.get("ban", ""))


@router.post("")
async def try_out(request: Request, signed: Reader) -> Response:
    """Judge a message."""
    form = await edge.read_form(request)
    return await _page(request, signed, form.get("tin", "")[:MOST_CHARS], form.get("ban", ""))


async def _page(request: Request, signed: Any, text: str, draft: str) -> Response:
    around = edge.around(request)
    async with around.database.reading() as session:
        waiting = await shelf.waiting(session)
    chosen = next((w for w in waiting if str(w.id) == draft), None)
    bench = _bench(request)
    other, percent = await _draft_knowledge(around, bench, chosen.id) if chosen else (None, None)
    columns = []
    if text.strip():
        columns.append(("Kho đang chạy", await asyncio.to_thread(_judged, around.knowledge, text, request)))
        if other:
            columns.append(
                (f"Bản nháp: {chosen.name if chosen else ''}", await asyncio.to_thread(_judged, other, text, request))
            )
    values = {
        "text": text, "waiting": waiting, "chosen": chosen, "columns": columns, "percent": percent,
        "ready": other is not None, "trouble": bench.trouble, "levels": curating.LEVELS, "stages": STAGES,
        "frames": FRAMES, "shown": shown, "things": THINGS, "addresses": ADDRESSES, "situations": SITUATIONS,
    }  # fmt: skip
    return curating.page(request, "tryout.html", signed, values)


async def _draft_knowledge(around: Surroundings, bench: Bench, revision_id: int) -> tuple[Knowledge | None, int | None]:
    """The knowledge with one draft in it, or how far its building is."""
    async with around.database.reading() as session:
        row, owner = await rows.revision(session, revision_id)
        before, members = await rows.beside_live(session, revision_id)
    revision = pieces.revision(members)
    if revision in bench.built:
        bench.built.move_to_end(revision)
        return bench.built[revision], None
    if bench.task is None or bench.task.done():
        bench.trouble = ""
        try:
            drafts.piece_of(Kind(owner.kind), owner.key, row.body)
            await asyncio.to_thread(soundness.check_step, before, members, around.settings.unit_profile)
        except (CatalogueError, DoesNotFit) as broken:
            bench.trouble = str(broken)
            return None, None
        bench.task = asyncio.create_task(_build(around, bench, revision, members))
    return None, bench.percent.get(revision, 0)


async def _build(around: Surroundings, bench: Bench, revision: str, members: list[pieces.Piece]) -> None:
    def told(percent: int) -> None:
        bench.percent[revision] = percent

    try:
        bench.built[revision] = await asyncio.to_thread(building.build, members, around.settings.unit_profile, told)
        while len(bench.built) > KEPT:
            bench.built.popitem(last=False)
    except CatalogueError as broken:
        bench.trouble = str(broken)


def shown(one: Indicator) -> str:
    """What was found, as it is written in Vietnamese."""
    sum_of = one.value.removesuffix(" VND")
    if one.kind is IndicatorKind.MONEY and sum_of.isdigit():
        return f"{int(sum_of):,} đồng".replace(",", ".")
    return one.value


def _judged(known: Knowledge, text: str, request: Request) -> dict[str, Any]:
    verdict = known.judge.match(text)
    replies = answers.for_verdict(verdict, known, text, "thu", curating.today(request))
    signs = known.judge.signs(text) if hasattr(known.judge, "signs") else None
    by_stage: dict[str, tuple[int, float]] = {}
    for one in verdict.evidence:
        count, weight = by_stage.get(one.stage, (0, 0.0))
        by_stage[one.stage] = count + 1, weight + one.weight
    marks = [
        {"span": (e.span.start, e.span.end), "weight": e.weight, "sign": e.sign} for e in verdict.evidence if e.span
    ]
    level = sorted(signs.level.items(), key=lambda item: -abs(item[1])) if signs else []
    return {
        "verdict": verdict,
        "names": known.judge.catalogue.names,
        "said": dry.on_channels(replies, edge.around(request).settings),
        "pieces": highlighted(text, marks),
        "by_stage": by_stage,
        "signs": level[:14],
        "normalised": signs.text.plain if signs else "",
    }
