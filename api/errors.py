"""What can go wrong in the service, named for what happened. Must not know how an error is shown.

Errors:
    Refusal                  an expected conflict; carries the HTTP status and a kind Vietnamese sentence
    ├── BodyTooLarge         413
    ├── Unreadable           400: not the JSON or form that was expected
    ├── ForeignOrigin        403: sent from another site, or without its token
    ├── TooMany              429: more than the limit in a window of time
    ├── NotSignedIn          401: no staff session
    ├── MustChangePassword   403: the first password has to be replaced before anything else
    ├── MustSetSecondFactor  403: the unit demands a second factor and this account has none yet
    ├── NotPermitted         403: signed in, but none of their roles permits it
    ├── NotConfirmed         403: the act needs the second factor, given within the last minutes
    ├── SignOnFailed         502: the unit's own sign-on is away, or what came back from it cannot be trusted
    └── NotFound             404
    LeaseLost                another worker has taken the update over; nothing was written
    NotOurKey                a sealed field was sealed with another key, or moved to another row
    KeyFileUnsafe            the master key is missing where it must exist, or others can read it
"""

from __future__ import annotations


class Refusal(Exception):
    """An expected conflict. ``leads`` is the page where it goes on, and what that page is called."""

    status = 400
    sentence = "Yêu cầu này chưa đúng. Bạn thử lại giúp nhé."

    def __init__(self, sentence: str = "", leads: tuple[str, str] | None = None) -> None:
        super().__init__(sentence or self.sentence)
        self.sentence = sentence or self.sentence
        self.leads = leads


class BodyTooLarge(Refusal):
    status = 413
    sentence = "Nội dung dài quá. Bạn chỉ dán phần đáng ngờ nhất, khoảng vài trang chữ trở lại nhé."
    for_officers = "Nội dung dài quá. Đồng chí rút ngắn rồi gửi lại."


class Unreadable(Refusal):
    status = 400
    sentence = "Tôi chưa đọc được nội dung vừa gửi. Bạn chép lại phần chữ rồi dán vào giúp nhé."


class ForeignOrigin(Refusal):
    status = 403
    sentence = "Trang này đã cũ hoặc được mở từ nơi khác. Bạn tải lại trang rồi thử lại nhé."


class TooMany(Refusal):
    status = 429
    sentence = "Bạn gửi hơi nhanh, chờ một phút rồi gửi tiếp nhé. Đang nguy cấp, bạn gọi 113."

    def __init__(self, sentence: str = "", wait_seconds: int = 60) -> None:
        super().__init__(sentence)
        self.wait_seconds = wait_seconds


class NotSignedIn(Refusal):
    status = 401
    sentence = "Mời đồng chí đăng nhập."


class MustChangePassword(Refusal):
    status = 403
    sentence = "Đồng chí đổi mật khẩu được cấp trước khi làm việc."


class MustSetSecondFactor(Refusal):
    status = 403
    sentence = "Đơn vị yêu cầu xác thực hai lớp. Đồng chí bật lên rồi mới làm việc."


class NotConfirmed(Refusal):
    """``fields`` is the form that was sent, to be sent again with the code; None where it cannot be."""

    status = 403
    sentence = "Việc này cần mã xác thực trên điện thoại của đồng chí."

    def __init__(self, sentence: str = "", fields: list[tuple[str, str]] | None = None) -> None:
        super().__init__(sentence)
        self.fields = fields


class NotPermitted(Refusal):
    status = 403
    sentence = "Việc này không thuộc vai trò của đồng chí. Cần thì đề nghị quản trị cấp thêm vai trò."


class SignOnFailed(Refusal):
    status = 502
    sentence = "Đăng nhập chung chưa được. Đồng chí thử lại, hoặc đăng nhập bằng tên và mật khẩu."


class NotFound(Refusal):
    status = 404
    sentence = "Không có trang này."


class LeaseLost(Exception):
    """Another worker has taken the update over."""


class NotOurKey(Exception):
    """A sealed field cannot be opened."""


class KeyFileUnsafe(Exception):
    """The master key cannot be trusted; the text is a Vietnamese sentence."""
