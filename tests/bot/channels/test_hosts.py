"""Where files may be fetched from, and secrets in headers."""

from __future__ import annotations

import httpx
import pytest

from bot.channels import hosts, secrets
from bot.channels.base import BadSignature, Rejected, Transient
from tests.bot.channels import recorded

ZALO = ("zdn.vn", "zadn.vn")
PICTURE = "https://f6.photo.talk.zdn.vn/1.jpg"


@pytest.mark.parametrize("url", [PICTURE, "https://zdn.vn/a", "https://ZDN.VN:443/a", "https://a.zdn.vn./x"])
def test_the_messengers_hosts_are_allowed(url: str) -> None:
    assert hosts.is_within(url, ZALO)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://f6.photo.talk.zdn.vn/1.jpg",
        "https://zdn.vn.example.top/1.jpg",
        "https://fakezdn.vn/1.jpg",
        "https://zdn.vn@example.top/",
        "https://a:b@zdn.vn/",
        "https://zdn.vn:8443/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::1",
        "https://zdn.vn:99999/",
        "file:///etc/passwd",
        "//zdn.vn/a",
    ],
)
def test_other_hosts_are_not(url: str) -> None:
    assert not hosts.is_within(url, ZALO)


def test_a_simulator_on_this_machine_is_named_with_its_port() -> None:
    assert hosts.is_within("http://127.0.0.1:8081/file/a", ("127.0.0.1:8081",))
    assert not hosts.is_within("http://127.0.0.1:9999/file/a", ("127.0.0.1:8081",))


async def test_the_bytes_come_back() -> None:
    async with recorded.client(lambda _: httpx.Response(200, content=b"picture")) as client:
        assert await hosts.download(client, PICTURE, ZALO) == b"picture"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(302, headers={"location": "https://127.0.0.1/"}), Rejected),
        (httpx.Response(404), Rejected),
        (httpx.Response(200, content=b"x" * 1001), Rejected),
        (httpx.Response(429), Transient),
        (httpx.Response(503), Transient),
    ],
)
async def test_what_is_not_the_file_is_refused(answer: httpx.Response, error: type[Exception]) -> None:
    async with recorded.client(lambda _: answer) as client:
        with pytest.raises(error):
            await hosts.download(client, PICTURE, ZALO, most=1000)


async def test_a_host_that_is_away_is_tried_again() -> None:
    async with recorded.failing(httpx.ReadTimeout, PICTURE) as client:
        with pytest.raises(Transient) as failed:
            await hosts.download(client, PICTURE, ZALO)
    assert "zdn.vn" not in str(failed.value)


async def test_a_foreign_host_is_never_asked() -> None:
    async with recorded.failing(httpx.ConnectError, "asked") as client:
        with pytest.raises(Rejected):
            await hosts.download(client, "https://example.top/a.jpg", ZALO)


@pytest.mark.parametrize(
    "url", ["https://api.telegram.org/", "http://127.0.0.1:8081", "http://localhost:1/", "http://[::1]:1"]
)
def test_an_api_is_reached_over_tls_or_on_this_machine(url: str) -> None:
    assert hosts.api_base(url) == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://api.telegram.org", "ftp://127.0.0.1", "", "http://127.0.0.1.example.top"])
def test_an_api_without_tls_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        hosts.api_base(url)


SECRET, NEXT = "a" * 32, "b" * 43


@pytest.mark.parametrize("given", [SECRET, NEXT])
def test_two_secrets_are_valid_during_a_rotation(given: str) -> None:
    secrets.require_one_of(secrets.checked([SECRET, NEXT]), given)


@pytest.mark.parametrize(
    "given", [None, "", SECRET[:-1], SECRET + "a", SECRET.upper(), f" {SECRET}", "ẫ" * 32, "\udcff", "é"]
)
def test_anything_else_is_refused_without_an_accident(given: str | None) -> None:
    with pytest.raises(BadSignature):
        secrets.require_one_of(secrets.checked([SECRET]), given)


def test_without_a_secret_nothing_is_let_in() -> None:
    with pytest.raises(BadSignature):
        secrets.require_one_of(secrets.checked([]), "")


@pytest.mark.parametrize("secret", ["short", "a" * 257, "ẫ" * 40, "a" * 31 + " "])
def test_a_secret_that_can_be_guessed_or_not_be_sent_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="32"):
        secrets.checked([secret])
