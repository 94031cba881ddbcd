"""One case: all that is known of it, and what is done about it. Every opening is in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api import edge, templates
from api.access import audit
from api.access.sessions import Signed
from api.casework import casefile, cases, exports, indicators, named, papers, spreading
from api.casework.cases import Acting, Status
from api.console import guard, lists, pictures, revealing, telling
from api.console.cases import HOME, Lead, Reader, Worker, names, staff, to_work_on, worker, workers
from api.errors import NotFound, Refusal
from api.models import Case, StaffAccount
from bot import wording

router = APIRouter(prefix=HOME)
Revealer = Annotated[Signed, guard.may("identity.reveal")]
DONE = {
    "nhan": "Đã nhận vụ.", "nhan-cu": "Vụ này đồng chí đang giữ rồi.",
    "tra-lai": "Đã trả vụ về hàng chờ.", "ghi-chu": "Đã lưu ghi chú.",
    "can-bo-sung": "Đã chuyển sang chờ bổ sung.", "xac-minh": "Đang xác minh tiếp.",
    "dong": "Đã đóng vụ. Cần thì bấm Mở lại.", "mo-lai": "Đã mở lại vụ.",
    "muc": "Đã đổi mức, hạn tính lại theo mức mới.",
    "muc-cu": "Vụ vốn đã ở mức này, không có gì thay đổi.", "uu-tien": "Đã đánh dấu ưu tiên.",
    "bo-uu-tien": "Đã bỏ ưu tiên.", "giao": "Đã giao vụ.", "giao-cu": "Vụ vốn đã giao cho người này.",
    "nhap": "Đã nhập vụ kia vào vụ này. Nhầm thì mở vụ kia, bấm Hoàn tác nhập vụ.",
    "hoan-tac": "Đã hoàn tác nhập vụ: vụ này lấy lại phần của mình.",
    "tach": "Đã tách thành vụ mới, là vụ đồng chí đang xem.",
    "soan": "Đã soạn văn bản. Đồng chí tải bản thảo, trình ký, gửi xong thì bấm Đã gửi đi.",
    "sent": "Đã ghi nhận văn bản gửi đi.", "answered": "Đã ghi nhận có trả lời.",
    "bo-thao": "Đã bỏ bản thảo văn bản.",
    "go": "Đã gỡ khỏi danh sách. Câu trả lời cho người dân đổi ngay ở mọi kênh.",
    "khieu-nai": "Đã mở vụ khiếu nại.", "khieu-nai-them": "Đã ghi thêm vào vụ khiếu nại đang mở của mục này.",
    "ket-luan": "Đã ghi kết luận. Cần sửa thì kết luận lại hoặc bấm Mở lại.",
    "chap-nhan": "Đã chấp nhận khiếu nại: mục này không còn trong danh sách, câu trả lời cho người dân đổi ngay ở mọi "
    "kênh. Nhầm thì mở mục này, bấm Đề nghị đưa lại.",
    "giu-nguyen": "Đã ghi không chấp nhận khiếu nại: tình trạng của mục này giữ nguyên như đang có.",
}  # fmt: skip
UNCHANGED = "-cu"
"""The ending of an act that found things as they were asked to be: no step, no act."""
ACTS = {"bo-uu-tien": "uu-tien", "hoan-tac": "mo-lai", "chap-nhan": "ket-luan", "giu-nguyen": "ket-luan"}
MOVES = {"can-bo-sung": Status.WAITING, "xac-minh": Status.WORKING, "dong": Status.CLOSED}
MANY_TOLD = 20
"""So many people are told without asking again."""


@router.get("/{row_id}")
async def show(request: Request, row_id: str, signed: Reader) -> Response:
    """The case, masked."""
    around = edge.around(request)
    async with around.database.writing() as session:
        case = await cases.get(session, row_id)
        if signed.may("cases.work"):
            cases.mark_seen(Acting(around, signed.account_id, around.clock()), case)
        await audit.record(session, signed, "case.view", f"case/{case.id}")
    async with around.database.reading() as session:  # all that a page shows is gathered while others may write
        values = await _values(session, request, signed, await cases.get(session, row_id))
    return templates.page(request, "cases/case.html", values)


@router.post("/{row_id}/xem")
async def uncover(request: Request, row_id: str, signed: Revealer) -> Response:
    """The case with what is hidden, for a reason that is written down; more than fifty in an hour raise an alarm."""
    around, reason = edge.around(request), revealing.reason(await edge.read_form(request))
    many = await revealing.is_alarming(request, signed)
    async with around.database.writing() as session:
        case = await cases.get(session, row_id)
        cases.mark_seen(Acting(around, signed.account_id, around.clock()), case)
        await revealing.record(session, signed, "identity.reveal", f"case/{case.id}", reason, alarming=many)
    async with around.database.reading() as session:
        values = await _values(session, request, signed, await cases.get(session, row_id))
        plain = await casefile.uncovered(session, around, values["file"])
        told = {t.item.id: lists.highlighted(plain.texts[t.item.id], t.evidence) for t in values["file"].told}
        values |= {"plain": plain, "pieces": told, "reason": reason}
        values["pass"] = pictures.pass_for(around, signed, case)
    return templates.page(request, "cases/case.html", values)


@router.post("/{row_id}/viec")
async def work(request: Request, row_id: str, signed: Worker) -> Response:
    """What an operator does with a case."""
    form = await edge.read_form(request)
    try:
        return await _done(request, row_id, signed, form)
    except Changed as refused:
        return await _shown_again(request, signed, row_id, form, refused)


async def _done(request: Request, row_id: str, signed: Signed, form: Mapping[str, str]) -> Response:
    around = edge.around(request)
    async with around.database.writing() as session:
        acting = Acting(around, signed.account_id, around.clock())
        act = form.get("viec", "")
        if act == "mo-lai":
            await cases.hold(session, row_id)
            case = await cases.get(session, row_id, locked=True)
        else:
            case = await to_work_on(session, row_id)
        if act in MOVES or act == "ket-luan":
            await _unless_changed(session, case, form.get("thay", ""))
        if form.get("bao") and not form.get("chac"):
            askers = await spreading.count_askers(session, case)
            if askers > MANY_TOLD:
                return _ask_whether_to_tell(request, signed, case, form, askers)
        done = await _work(session, acting, case, signed, form)
        if not done.endswith(UNCHANGED):
            done_as, details = ACTS.get(done, done), _concluded(case, form) if act == "ket-luan" else {}
            await audit.record(session, signed, f"case.{done_as}", f"case/{case.id}", details=details)
    await telling.finish(around, case.id)
    return back(case, done)


def back(case: Case, done: str) -> Response:
    """The page of a case, which then says what was done."""
    return RedirectResponse(f"{HOME}/{case.id}?{urlencode({'xong': done})}", 303)


class Changed(Refusal):
    """A case was changed since the page that somebody works on was shown."""

    status = 409


async def _unless_changed(session: AsyncSession, case: Case, seen: str) -> None:
    """Refuse to go on from a page that is old: what a colleague decided meanwhile has perhaps been told to people."""
    last = await cases.last_change(session, case)
    if not seen.isdecimal() or last is None or last.id <= int(seen[:18]):
        return
    by = await session.get(StaffAccount, last.account_id) if last.account_id else None
    done = cases.in_words(last, case.kind)
    raise Changed(
        f"Trong lúc đồng chí xem, {by.name if by else 'hệ thống'} đã cập nhật vụ này ({done}) nên chưa ghi gì. "
        "Đây là trang mới nhất, chữ đồng chí đã gõ còn nguyên: đồng chí xem rồi bấm lại."
    )


async def _shown_again(
    request: Request, signed: Signed, row_id: str, form: Mapping[str, str], refused: Changed
) -> Response:
    """The case as it stands now, with what was typed."""
    database = edge.around(request).database
    async with database.writing() as session:
        await audit.record(session, signed, "case.view", f"case/{(await cases.get(session, row_id)).id}")
    async with database.reading() as session:
        values = await _values(session, request, signed, await cases.get(session, row_id))
    shown = values | {"refused": refused.sentence, "typed": form}
    return templates.page(request, "cases/case.html", shown, status=refused.status)


def _ask_whether_to_tell(
    request: Request, signed: Signed, case: Case, form: Mapping[str, str], askers: int
) -> Response:
    """What has reached many people cannot be called back."""
    scam, slug = form.get("ket-luan") == "lua-dao", form.get("thu-doan", "")
    said = spreading.foretold(edge.around(request), scam=scam, slug=slug)
    kept = {key: form[key] for key in ("viec", "ket-luan", "thu-doan", "ghi", "thay") if key in form}
    values = {"signed": signed, "case": case, "askers": askers, "said": said, "kept": kept}
    return templates.page(request, "cases/tell.html", names(request) | values)


async def _work(session: AsyncSession, acting: Acting, case: Case, signed: Signed, form: Mapping[str, str]) -> str:
    """Do what was asked; gives what was done, as DONE calls it."""
    why, act = form.get("ghi", "").strip()[:4000], form.get("viec", "")
    match act:
        case "nhan":
            taken = await cases.claim(session, acting, case, signed.name)
            _note(session, acting, case, why)
            return act if taken or why else act + UNCHANGED
        case "tra-lai":
            await cases.release(session, acting, case)
            _note(session, acting, case, why)
        case "ghi-chu" if why:
            cases.add_note(session, acting, case, why)
        case "can-bo-sung" | "xac-minh" | "dong" as asked:
            await cases.change_status(session, acting, case, MOVES[asked], why)
        case "mo-lai":
            was_merged = case.status == Status.MERGED
            await cases.reopen(session, acting, case, why)
            return "hoan-tac" if was_merged else act
        case "muc" if form.get("muc") in {"1", "2", "3", "4"}:
            return act if cases.set_triage(session, acting, case, int(form["muc"]), why) else act + UNCHANGED
        case "uu-tien":
            cases.set_priority(session, acting, case, priority=not case.priority)
            _note(session, acting, case, why)
            return act if case.priority else "bo-uu-tien"
        case "ket-luan" if form.get("ket-luan") in {"lua-dao", "khong"}:
            return await _decide(session, acting, case, signed, form)
        case _:
            raise Refusal
    return act


def _note(session: AsyncSession, acting: Acting, case: Case, why: str) -> None:
    """What was typed beside another button is kept."""
    if why:
        cases.add_note(session, acting, case, why)


def _concluded(case: Case, form: Mapping[str, str]) -> dict[str, str]:
    """What the audit log says of a decision."""
    scam = form["ket-luan"] == "lua-dao"
    if case.kind == "appeal":
        return {"conclusion": "kept" if scam else "granted"}
    method = {"method": form["thu-doan"][:60]} if scam and form.get("thu-doan") else {}
    return {"conclusion": "scam" if scam else "clean"} | method


async def _decide(session: AsyncSession, acting: Acting, case: Case, signed: Signed, form: Mapping[str, str]) -> str:
    """Gives what was done, as DONE calls it."""
    method, why = form.get("thu-doan", ""), form.get("ghi", "").strip()[:4000]
    scam = form["ket-luan"] == "lua-dao"
    if method and acting.around.knowledge.method(method) is None:
        raise Refusal("Không có thủ đoạn này trong kho cảnh báo.")
    await cases.decide(session, acting, case, scam=scam, method=method or None, why=why)
    if form.get("bao"):
        await telling.begin(session, acting, case)
    if case.kind != "appeal":
        return "ket-luan"
    if not scam and case.indicator_id:
        await _grant(session, acting, case, signed, why)
    return "giu-nguyen" if scam else "chap-nhan"


async def _grant(session: AsyncSession, acting: Acting, case: Case, signed: Signed, why: str) -> None:
    """An appeal that was right takes the number off the list, in every answer from now on."""
    row = await indicators.get(session, case.indicator_id or "", locked=True)
    if indicators.Status(row.status) in indicators.LISTED:
        reason = f"Chấp nhận khiếu nại của chủ số. {why}".strip()
        await indicators.propose(session, acting, row, indicators.Status.CLEARED, reason)
        details = {"to": row.status, "case": case.id}
        await audit.record(session, signed, "indicator.status", f"indicator/{row.id}", details=details)


@router.post("/{row_id}/truong-ca")
async def lead(request: Request, row_id: str, signed: Lead) -> Response:
    """Give to somebody, merge into another case, split."""
    around, form = edge.around(request), await edge.read_form(request)
    async with around.database.writing() as session:
        acting = Acting(around, signed.account_id, around.clock())
        done = form.get("viec", "")
        into = await _coded(session, form.get("vao", "")) if done == "nhap" else ""
        await cases.hold(session, row_id, into)
        case = shown = await to_work_on(session, row_id)
        match done:
            case "giao":
                person = await worker(session, form)
                done += "" if await cases.assign(session, acting, case, person.id, person.name) else UNCHANGED
            case "nhap":
                shown = await to_work_on(session, into)
                await cases.merge(session, acting, case, shown)
            case "tach":
                chosen = [key.removeprefix("phan-") for key in form if key.startswith("phan-")]
                shown = await cases.split(session, acting, case, chosen)
            case _:
                raise Refusal
        details = {"with": shown.id} if shown is not case else {}
        if not done.endswith(UNCHANGED):
            await audit.record(session, signed, f"case.{done}", f"case/{case.id}", details=details)
    return back(shown, done)


async def _coded(session: AsyncSession, code: str) -> str:
    found = (await session.scalars(select(Case.id).where(Case.code == code.strip().upper()[:24]))).one_or_none()
    if found is None:
        raise NotFound("Không có vụ mang mã này.")
    return found


async def _values(session: AsyncSession, request: Request, signed: Signed, case: Case) -> dict[str, Any]:
    around = edge.around(request)
    file = await casefile.read(session, around, case)
    methods = around.knowledge.judge.catalogue.methods
    return names(request) | {
        "signed": signed, "file": file, "case": case, "now": around.clock(), "people": await staff(session),
        "workers": await workers(session), "done": DONE.get(request.query_params.get("xong", ""), ""),
        "options": sorted(((m.slug, m.name) for m in methods), key=lambda pair: pair[1]),
        "pieces": {t.item.id: lists.highlighted(t.text, t.evidence) for t in file.told},
        "last": max((step.id for step in file.steps), default=""),
        "texts": {step.id: cases.step_text(around, step) for step in file.steps},
        "questions": wording.VI.report_questions, "in_words": cases.in_words, "frames": lists.FRAMES,
        "stages": lists.STAGES,
        "indicator_kinds": {k.value: t for k, t in named.TITLES.items()},
        "indicator_statuses": {s.value: t for s, t in indicators.TITLES.items()},
        "letters": await exports.letters(session, case),
        "recipients": papers.RECIPIENTS, "letter_states": exports.STATES,
        "can_flow": {s.value for s in cases.FLOW[Status(case.status)]}, "plain": casefile.NOTHING_UNCOVERED,
        "reason": "", "pass": "", "refused": "", "typed": {}, "askers": await spreading.count_askers(session, case),
    }  # fmt: skip
