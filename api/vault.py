"""Keys and what is done with them: one master key outside the database, one derived key a purpose.

A citizen's identity becomes a keyed hash; what must be read again is sealed with AES-256-GCM-SIV and bound to its
table, column and row, so that a sealed field moved elsewhere does not open. Must not know what the fields mean.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from api.errors import KeyFileUnsafe, NotOurKey

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE = 12
_KEY_ID = 4


class Vault:
    """Derived keys of one master key."""

    def __init__(self, master: bytes) -> None:
        self._people = _derive(master, "pseudonym")
        self._tokens = _derive(master, "token")
        self._fields = AESGCMSIV(_derive(master, "field"))
        self._key_id = hashlib.sha256(_derive(master, "key id")).digest()[:_KEY_ID]

    def __repr__(self) -> str:
        return "Vault(•••)"

    def pseudonym(self, channel: str, person: str) -> str:
        """The keyed hash that stands for a person of a channel; still personal data."""
        named = channel.encode() + b"\0" + person.encode("utf-8", "surrogatepass")
        return hmac.digest(self._people, named, "sha256")[:16].hex()

    def token(self, purpose: str, value: str) -> str:
        """A keyed token bound to a purpose and a value, such as the CSRF token of a session."""
        return hmac.digest(self._tokens, f"{purpose}\0{value}".encode(), "sha256").hex()

    def seal(self, where: str, row: str, plain: bytes) -> bytes:
        """Sealed bytes for column ``where`` ("table|column") of row ``row``."""
        nonce = os.urandom(_NONCE)
        return _VERSION + self._key_id + nonce + self._fields.encrypt(nonce, plain, _bound(where, row))

    def open(self, where: str, row: str, sealed: bytes) -> bytes:
        """What was sealed there. Raises NotOurKey."""
        head, nonce = sealed[: 1 + _KEY_ID], sealed[1 + _KEY_ID : 1 + _KEY_ID + _NONCE]
        if head != _VERSION + self._key_id:
            raise NotOurKey(where)
        try:
            return self._fields.decrypt(nonce, sealed[1 + _KEY_ID + _NONCE :], _bound(where, row))
        except InvalidTag:
            raise NotOurKey(where) from None


def load(path: Path, *, create: bool) -> Vault:
    """The vault of a key file; ``create`` makes one with mode 0600 where there is none. Raises KeyFileUnsafe."""
    if create and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # two processes may start at once: the first key stands
        except FileExistsError:
            pass
        finally:
            part.unlink()
    if not path.is_file():
        raise KeyFileUnsafe(f"Không thấy tệp khóa chính {path}.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileUnsafe(f"Tệp khóa chính {path} đang mở cho người khác đọc; chạy: chmod 600 {path}")
    try:
        master = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        master = b""
    if len(master) != KEY_BYTES:
        raise KeyFileUnsafe(f"Tệp khóa chính {path} hỏng: cần {KEY_BYTES * 2} chữ số hệ 16.")
    return Vault(master)


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"canh-giac/{purpose}".encode()).derive(master)


def _bound(where: str, row: str) -> bytes:
    return f"{where}|{row}".encode()
