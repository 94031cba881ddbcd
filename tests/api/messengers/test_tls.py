"""T35: nobody between us and a messenger. A server whose certificate no authority signed is not talked to; nothing that
waits for it is lost, and it is told to whoever watches."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from api.models import OutboxReply
from bot.channels.base import Transient
from tests.api.messengers.conftest import Make
from tests.api.messengers.test_conversation import said
from tests.fakes import SCAM

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def impostor(tmp_path: Path) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server on loopback with a certificate of its own making; what it got to read."""
    heard: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(65536))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


def _certificate(place: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path = place / "impostor.pem"
    path.write_bytes(made.public_bytes(kind) + key.private_bytes(kind, serialization.PrivateFormat.PKCS8, plain))
    return path


@pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot", "telegram"])
async def test_an_impostor_hears_nothing_and_what_waits_is_kept(
    world: Make, impostor: tuple[str, list[bytes]], channel: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address, heard = impostor
    urls: dict[str, Any] = {f"{channel}_url": address}
    if channel == "zalo_oa":
        urls["zalo_oa_oauth_url"] = address
    here = await world(channel, **urls)
    await here.hear(said(channel, SCAM))
    await here.settle()
    async with here.around.database.reading() as session:
        row = (await session.scalars(select(OutboxReply))).one()
    assert heard == []
    assert (row.sent_at, row.stopped_at, row.maybe_sent) == (None, None, False)
    assert (row.last_error, row.alarm, row.attempts) == ("certificate not accepted", True, 1)
    assert capsys.readouterr().err.count("messenger needs a person") == 1


@pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot"])
async def test_no_file_is_fetched_from_an_impostor(
    world: Make, impostor: tuple[str, list[bytes]], channel: str
) -> None:
    address, heard = impostor
    here = await world(channel, **{f"{channel}_file_hosts": address.removeprefix("https://")})
    with pytest.raises(Transient):
        await here.channel.fetch(f"{address}/anh.jpg")
    assert heard == []


def test_nobody_switches_the_check_of_certificates_off() -> None:
    weak = re.compile(r"verify\s*=\s*(False|0|None)|CERT_NONE|_create_unverified_context|check_hostname\s*=\s*False")
    sources = [path for room in ("api", "bot", "knowledge") for path in (ROOT / room).rglob("*.py")]
    assert sources
    assert [path.name for path in sources if weak.search(path.read_text("utf-8"))] == []
