"""The published catalogue as one signed document that another unit can read, check and adopt.

The document is JSON with a detached Ed25519 signature over its exact bytes, so that what was signed is what is read.
The private key lies beside the master key, readable by us alone. Must not know the database nor HTTP.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from api.curation import pieces
from api.curation.pieces import Kind, Piece
from knowledge.catalogue import CatalogueError

FORMAT = "canh-giac-catalogue/1"
SHARED = (Kind.METHOD, Kind.CARD, Kind.DOMAIN, Kind.LEXICON)
"""Contacts and lists are a unit's own: another province's numbers must not be shown here."""


class BadFeed(ValueError):
    """The document cannot be trusted or read; the text is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What another unit publishes."""

    revision: str
    unit: str
    published_at: datetime
    pieces: tuple[Piece, ...]


def key(path: Path) -> Ed25519PrivateKey:
    """Our signing key, made with mode 0600 where there is none."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex().encode())
        try:
            os.link(part, path)  # two processes may start at once: the first key stands
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))


def public_key(signing: Ed25519PrivateKey) -> str:
    """What a subscriber enters in its settings."""
    return base64.b64encode(signing.public_key().public_bytes_raw()).decode()


def write(signing: Ed25519PrivateKey, members: Sequence[Piece], unit: str, published_at: datetime) -> bytes:
    """The signed document of a publication."""
    body = {
        "format": FORMAT,
        "revision": pieces.revision(members),
        "unit": unit,
        "published_at": published_at.isoformat(),
        "entries": [{"kind": p.kind, "key": p.key, "toml": p.body} for p in members if p.kind in SHARED],
    }
    payload = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    signature = base64.b64encode(signing.sign(payload)).decode()
    return orjson.dumps({"payload": payload.decode(), "signature": signature, "key": public_key(signing)})


def read(document: bytes, trusted: str) -> Offer:
    """What a document says, if the trusted key signed it and every entry in it is valid. Raises BadFeed."""
    try:
        outer = orjson.loads(document)
        payload, signature = outer["payload"].encode(), base64.b64decode(outer["signature"], validate=True)
        known = Ed25519PublicKey.from_public_bytes(base64.b64decode(trusted, validate=True))
        known.verify(signature, payload)
        body = orjson.loads(payload)
        return _offer(body)
    except InvalidSignature:
        raise BadFeed("Chữ ký không khớp với khóa đã tin cậy.") from None
    except (KeyError, TypeError, AttributeError, binascii.Error) as broken:
        raise BadFeed("Không đọc được bản chia sẻ.") from broken
    except (ValidationError, CatalogueError, BadFeed) as refused:
        raise BadFeed(str(refused)) from None
    except ValueError as broken:
        raise BadFeed("Không đọc được bản chia sẻ, hoặc khóa tin cậy gõ sai.") from broken


def _offer(body: dict[str, Any]) -> Offer:
    if body["format"] != FORMAT:
        raise BadFeed("Bản chia sẻ thuộc đời phần mềm khác.")
    published_at = datetime.fromisoformat(body["published_at"])
    if published_at.tzinfo is None:
        raise BadFeed("Bản chia sẻ không ghi rõ lúc ban hành.")
    found = tuple(_piece(one) for one in body["entries"])
    return Offer(str(body["revision"])[:12], str(body["unit"])[:200], published_at, found)


def _piece(one: dict[str, str]) -> Piece:
    kind = Kind(one["kind"])
    if kind not in SHARED:
        raise BadFeed(f"Bản chia sẻ có mục không được nhận: {kind}.")
    return pieces.parse(kind, one["key"], one["toml"])
