"""The way to Nexudus, step by step, with real sockets and real certificates."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.nexudus.errors import WrongAddress
from kiosk.nexudus.reach import Passage, Step, Stretch, explore
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer

PASSED, STOPPED, NOT_TRIED = Passage.PASSED, Passage.STOPPED, Passage.NOT_TRIED
WEEK = timedelta(days=7)


def passages(way: list[Stretch]) -> list[Passage]:
    assert [stretch.step for stretch in way] == list(Step)
    return [stretch.passage for stretch in way]


def answer_with(head: str, body: str = "") -> str:
    return f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"


@contextlib.asynccontextmanager
async def somebody(answer: str = "", context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Somebody on a port of this machine who answers every request so; without an answer, who never does."""

    clients: list[asyncio.StreamWriter] = []

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clients.append(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer.encode())
            await (writer.drain() if answer else reader.read())
        writer.close()

    server = await asyncio.start_server(attend, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for client in clients:
            client.transport.abort()
        await asyncio.sleep(0.01)  # the sockets are closed in turns of the loop that come later


def certificate(folder: Path, name: str, start: datetime) -> tuple[Path, ssl.SSLContext]:
    """A certificate for `name`, good for a week from `start`, that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + WEEK)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


async def test_the_whole_way_is_passed_and_the_time_of_nexudus_told() -> None:
    dates: list[datetime] = []
    with SandboxServer(seeded_world()) as server:
        way = await explore(server.url, lambda date, _round_trip: dates.append(date))

    assert passages(way) == [PASSED] * 4
    assert len(dates) == 1


async def test_a_name_that_nobody_knows_stops_at_the_name() -> None:
    way = await explore("https://nexudus.invalid")

    assert passages(way) == [STOPPED, NOT_TRIED, NOT_TRIED, NOT_TRIED]
    assert way[0].cure


async def test_a_port_that_nobody_listens_on_stops_at_the_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        way = await explore(f"http://127.0.0.1:{free.getsockname()[1]}")

    assert passages(way) == [PASSED, STOPPED, NOT_TRIED, NOT_TRIED]
    assert "refuses connections" in way[1].said


async def test_a_trusted_certificate_lets_through_to_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, context = certificate(tmp_path, "localhost", datetime.now(UTC) - timedelta(days=1))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    async with somebody(answer_with("401 Unauthorized"), context) as port:
        way = await explore(f"https://localhost:{port}")

    assert passages(way) == [PASSED] * 4


@pytest.mark.parametrize(
    ("name", "age", "trusted", "said", "cure"),
    [
        ("localhost", timedelta(days=1), False, "nobody this device trusts", "intercept"),
        ("elsewhere.test", timedelta(days=1), True, "not that of localhost", "own page"),
        ("localhost", timedelta(days=90), True, "has run out", "date and time"),
        ("localhost", timedelta(days=-90), True, "not valid yet", "date and time"),
    ],
    ids=["untrusted", "another name", "run out", "not yet valid"],
)
async def test_each_fault_of_a_certificate_stops_at_encryption_with_its_own_cure(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    age: timedelta,
    trusted: bool,
    said: str,
    cure: str,
) -> None:
    file, context = certificate(tmp_path, name, datetime.now(UTC) - age)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))

    async with somebody(answer_with("401 Unauthorized"), context) as port:
        way = await explore(f"https://localhost:{port}")

    assert passages(way) == [PASSED, PASSED, STOPPED, NOT_TRIED]
    assert said in way[2].said
    assert cure in way[2].cure


async def test_somebody_who_speaks_no_encryption_stops_there() -> None:
    async with somebody(answer_with("200 OK")) as port:
        way = await explore(f"https://localhost:{port}", step_seconds=2.0)

    assert passages(way) == [PASSED, PASSED, STOPPED, NOT_TRIED]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answer_with("302 Found\r\nLocation: http://portal.test/"), "Something other than Nexudus"),
        (answer_with("200 OK\r\nContent-Type: text/html", "<html>Welcome to our Wi-Fi</html>"), "Something other"),
        (answer_with("503 Service Unavailable"), "out of order (status 503)"),
        (answer_with("404 Not Found", '"Not found"'), "does not know Nexudus's calls"),
        ("gibberish\r\n\r\n", "not answered"),
        ("", "no answer in 0.5 s"),
    ],
    ids=["redirect", "web page", "out of order", "another service", "no HTTP", "silence"],
)
async def test_each_wrong_answer_has_its_own_words(answer: str, said: str) -> None:
    async with somebody(answer) as port:
        way = await explore(f"http://127.0.0.1:{port}", step_seconds=0.5)

    assert passages(way) == [PASSED, PASSED, PASSED, STOPPED]
    assert said in way[3].said
    assert way[3].cure


async def test_a_web_page_of_a_401_may_be_that_of_nexudus() -> None:
    async with somebody(answer_with("401 Unauthorized\r\nContent-Type: text/html", "<html>")) as port:
        way = await explore(f"http://127.0.0.1:{port}")

    assert passages(way) == [PASSED] * 4


async def test_through_a_proxy_the_way_to_the_proxy_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    async with somebody(answer_with("502 Bad Gateway")) as port:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.delenv("no_proxy", raising=False)
        way = await explore("https://nexudus.invalid")

    assert passages(way) == [PASSED, PASSED, NOT_TRIED, STOPPED]
    assert "the proxy 127.0.0.1" in way[0].said


async def test_an_address_that_would_send_the_sign_in_in_clear_is_refused() -> None:
    with pytest.raises(WrongAddress):
        await explore("http://spaces.nexudus.com")
