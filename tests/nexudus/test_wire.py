"""The failures of a connection, each on a real socket where one is needed."""

from __future__ import annotations

import asyncio
import gzip
import socket
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from kiosk import __version__
from kiosk.nexudus.errors import NeverSent, NexudusError, NoAnswer, Unreached
from kiosk.nexudus.wire import Call, Timeouts, Wire

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

ASK = Call("POST", "/api/spaces/checkins", body={"CoworkerId": 1})
QUICK = Timeouts(connect=2.0, read=0.2, write=2.0, pool=2.0, whole=5.0)


@asynccontextmanager
async def server(behaviour: Behaviour) -> AsyncIterator[int]:
    """Run a server that reads one request per connection and then behaves so; yield its port."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked.append(await reader.readuntil(b"}"))
            await behaviour(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield int(listening.sockets[0].getsockname()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def failure(port: int, timeouts: Timeouts = QUICK, scheme: str = "http") -> NexudusError:
    async with Wire(f"{scheme}://127.0.0.1:{port}", timeouts=timeouts) as wire:
        with pytest.raises(NexudusError) as raised:
            await wire.exchange(ASK)
    return raised.value


async def test_a_refused_connection_was_never_sent() -> None:
    error = await failure(free_port())

    assert isinstance(error, NeverSent)
    assert error.reason is Unreached.CONNECTION


async def test_a_server_without_tls_was_never_sent_anything_and_staff_hear_of_the_clock() -> None:
    async def answer_in_clear(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(64)
        await answer_in_clear(reader, writer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
        error = await failure(listening.sockets[0].getsockname()[1], scheme="https")

    assert isinstance(error, NeverSent)
    assert error.reason is Unreached.TLS
    assert "date and time" in error.staff


async def test_a_name_that_does_not_resolve_was_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_args: object, **_kwargs: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)  # no resolver may be asked from a test

    async with Wire("https://nexudus.invalid", timeouts=QUICK) as wire:
        with pytest.raises(NeverSent) as raised:
            await wire.exchange(ASK)

    assert raised.value.reason is Unreached.NAME


async def dropped(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    return


async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"WasSucc')
    await writer.drain()


async def garbage(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\xff nonsense\r\n\r\n")
    await writer.drain()


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def silence(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def strange_encoding(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}")
    await writer.drain()


async def broken_gzip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
    await writer.drain()


@pytest.mark.parametrize(
    "behaviour",
    [dropped, cut, garbage, reset, silence, strange_encoding, broken_gzip],
    ids=lambda one: one.__name__,
)
async def test_whatever_goes_wrong_after_the_request_left_may_have_been_carried_out(behaviour: Behaviour) -> None:
    async with server(behaviour) as port:
        assert isinstance(await failure(port), NoAnswer)


async def test_a_server_that_drips_is_given_up_although_no_single_read_is_slow() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n")
        for _ in range(200):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with server(drip) as port:
        error = await failure(port, Timeouts(read=2.0, whole=0.3))

    assert str(error) == "no usable answer: TimeoutError"


async def test_a_small_bomb_does_not_grow_past_the_bound() -> None:
    packed = gzip.compress(bytes(20_000_000), compresslevel=1)

    def answer(_request: httpx.Request) -> httpx.Response:
        bomb = httpx.ByteStream(packed)  # in one piece, as it comes from the network
        return httpx.Response(200, stream=bomb, headers={"Content-Encoding": "gzip"})

    async with Wire("https://nexudus.test", transport=httpx.MockTransport(answer), body_limit=1_000_000) as wire:
        tracemalloc.start()
        try:
            with pytest.raises(NoAnswer, match="too large"):
                await wire.exchange(ASK)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 5_000_000


async def test_a_body_of_exactly_the_bound_is_taken_and_one_byte_more_is_not() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=b"x" * int(request.url.params["size"]))

    async with Wire("https://nexudus.test", transport=httpx.MockTransport(answer), body_limit=1000) as wire:
        assert len((await wire.exchange(Call("GET", "/", params={"size": 1000}))).body) == 1000
        with pytest.raises(NoAnswer, match="too large"):
            await wire.exchange(Call("GET", "/", params={"size": 1001}))


async def test_a_compressed_answer_is_read_whole() -> None:
    packed = gzip.compress(b'{"Id": 1}' * 1000)

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=packed, headers={"Content-Encoding": "gzip"})

    async with Wire("https://nexudus.test", transport=httpx.MockTransport(answer)) as wire:
        assert (await wire.exchange(ASK)).body == b'{"Id": 1}' * 1000


async def test_time_outs_are_told_apart_by_whether_the_request_left() -> None:
    async def raised_by(error: Exception) -> NexudusError:
        def fail(_request: httpx.Request) -> httpx.Response:
            raise error

        async with Wire("https://nexudus.test", transport=httpx.MockTransport(fail)) as wire:
            with pytest.raises(NexudusError) as raised:
                await wire.exchange(ASK)
        return raised.value

    for never in (httpx.ConnectTimeout("late"), httpx.PoolTimeout("busy")):
        error = await raised_by(never)
        assert isinstance(error, NeverSent)
        assert error.reason is Unreached.TIME
    for perhaps in (httpx.ReadTimeout("late"), httpx.WriteTimeout("late"), httpx.WriteError("reset")):
        assert isinstance(await raised_by(perhaps), NoAnswer)


async def test_a_redirect_is_not_followed_and_no_cookie_is_kept() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(302, headers={"Location": "https://portal.test/", "Set-Cookie": "session=1; Path=/"})

    async with Wire("https://nexudus.test", transport=httpx.MockTransport(answer)) as wire:
        assert (await wire.exchange(ASK)).status == 302
        await wire.exchange(ASK)

    assert [request.url.host for request in asked] == ["nexudus.test"] * 2
    assert "Cookie" not in asked[1].headers
    assert asked[0].headers["User-Agent"] == f"nexudus-kiosk/{__version__}"


async def test_the_date_of_the_server_is_kept_with_the_time_of_its_arrival() -> None:
    dates = iter(["Mon, 02 Mar 2026 09:00:05 GMT", "yesterday"])
    ticks = iter([41.25, 41.5, 42.0])

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Date": next(dates)}, json={})

    async with Wire(
        "https://nexudus.test", transport=httpx.MockTransport(answer), monotonic=lambda: next(ticks)
    ) as wire:
        assert wire.last_date is None
        await wire.exchange(ASK)
        await wire.exchange(ASK)

        assert wire.last_date == (datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC), 41.5)


async def test_the_date_is_told_with_its_round_trip_unless_a_cache_may_have_kept_it() -> None:
    dated = {"Date": "Mon, 02 Mar 2026 09:00:05 GMT"}
    heads = iter([dated, {}, {**dated, "Age": "40"}])
    ticks = iter([10.0, 10.25, 11.0, 12.0])
    told: list[tuple[datetime, float]] = []

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, headers=next(heads), json={})

    async with Wire(
        "https://nexudus.test",
        transport=httpx.MockTransport(answer),
        monotonic=lambda: next(ticks),
        on_date=lambda date, round_trip: told.append((date, round_trip)),
    ) as wire:
        for _ in range(3):
            await wire.exchange(ASK)

    assert told == [(datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC), 0.25)]


async def test_a_lone_surrogate_in_a_record_can_be_written_back() -> None:
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.content)
        return httpx.Response(200, json={})

    async with Wire("https://nexudus.test", transport=httpx.MockTransport(answer)) as wire:
        await wire.exchange(Call("PUT", "/", body={"FullName": "J\ud800o"}))

    assert asked == [b'{"FullName": "J\\ud800o"}']
