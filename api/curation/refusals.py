"""What the life of the catalogue refuses, named for what happened. Each is an ``errors.Refusal`` with its sentence.

Errors:
    Refusal
    ├── OwnWork        403: whoever wrote a draft cannot approve it
    ├── WrongStep      409: this step does not follow from the state it is in
    ├── ChangedMeanwhile 409: somebody else saved the draft, or the live catalogue moved
    ├── AlreadyThere   409: the entry that was to be added exists; carries its id, and that of its open draft
    ├── GateClosed     409: the trial run forbids publishing, or there is none
    ├── NotReadyYet    409: a replica has not built the new catalogue yet
    └── DoesNotFit     400: the entry, or the catalogue with it, is not valid
"""

from __future__ import annotations

from api.errors import Refusal


class OwnWork(Refusal):
    status = 403
    sentence = "Người soạn không được tự duyệt bài của mình. Đồng chí nhờ một người khác duyệt."


class WrongStep(Refusal):
    status = 409
    sentence = "Bản này đang ở bước khác nên chưa làm việc đó được. Đồng chí tải lại trang để xem bước hiện tại."


class AlreadyThere(WrongStep):
    """``entry_id`` is the entry's, ``draft_id`` that of its open draft, 0 where there is none."""

    def __init__(self, sentence: str, entry_id: int, draft_id: int = 0) -> None:
        super().__init__(sentence)
        self.entry_id, self.draft_id = entry_id, draft_id


class ChangedMeanwhile(Refusal):
    status = 409
    sentence = "Có người vừa sửa bản này. Đồng chí chép phần mình vừa gõ ra chỗ khác, tải lại trang rồi sửa tiếp."


class GateClosed(Refusal):
    status = 409
    sentence = "Chưa ban hành được: cần chạy thử và đạt yêu cầu trước đã."


class NotReadyYet(Refusal):
    status = 409
    sentence = "Máy chủ chưa dựng xong bản mới. Đồng chí chờ vài giây rồi bấm lại."


class DoesNotFit(Refusal):
    status = 400
    sentence = "Nội dung chưa hợp lệ."
