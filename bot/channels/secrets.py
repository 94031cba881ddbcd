"""The secret that a messenger repeats in a header of every delivery, compared without telling how much was right.

Must not know any messenger.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Sequence

from bot.channels.base import BadSignature

_SHAPE = re.compile(r"[A-Za-z0-9_-]{32,256}")


def checked(secrets: Iterable[str]) -> tuple[bytes, ...]:
    """The secrets as bytes: long enough not to be guessed, of the letters that both messengers take."""
    kept = tuple(secret for secret in secrets if secret)
    if not all(_SHAPE.fullmatch(secret) for secret in kept):
        raise ValueError("a webhook secret has 32 to 256 characters of A-Z a-z 0-9 _ -")
    return tuple(secret.encode() for secret in kept)


def require_one_of(secrets: Sequence[bytes], given: str | None) -> None:
    """Raise BadSignature unless one of the secrets was given. With no secret nothing is let in. Bytes are compared, for
    ``compare_digest`` refuses a text that is not ASCII."""
    said = (given or "").encode("utf-8", "replace")
    matches = [hmac.compare_digest(secret, said) for secret in secrets]  # all of them: which one is nobody's business
    if not any(matches):
        raise BadSignature("secret token")
