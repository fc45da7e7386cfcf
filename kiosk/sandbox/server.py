"""The simulated service on a real HTTP server, in a thread of this process."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.sandbox.app import create_app
from kiosk.sandbox.fault_layer import HANG_UP
from kiosk.sandbox.world import World

# Without any handler of its own, uvicorn's warnings would be printed, and the terminal belongs to somebody else.
logging.getLogger("uvicorn").addHandler(logging.NullHandler())

_START_SECONDS = 10.0
_STOP_SECONDS = 10.0


class SandboxServer:
    """Serves a world over HTTP on the loopback interface, and nowhere else.

    `stop` takes the network down at once: open connections break and requests under way are lost. A later `start`
    serves the same world on the same port. `port` 0 lets the system choose one; `url` tells which. Raises ValueError
    for a host that is not loopback, and OSError from `start` when the port is taken. Both may be called from any
    thread.
    """

    def __init__(self, world: World, host: str = "127.0.0.1", port: int = 0) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"The simulated service is for this device alone: {host} is not a loopback address.")
        self.world = world
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._switching = threading.Lock()

    @property
    def url(self) -> str:
        """Where it is served, such as http://127.0.0.1:8731. Known once started, and it stays."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def running(self) -> bool:
        """Whether it is being served now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Serve, and return when the first request can come. Does nothing when it is being served already."""
        with self._switching:
            if not self.running:
                self._start()

    def stop(self) -> None:
        """Break off every connection and serve no more. Does nothing when it is not being served."""
        with self._switching:
            if self._server is not None and self._thread is not None and self._thread.is_alive():
                self._server.stop()
                self._thread.join(_STOP_SECONDS)
            self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        listener = self._listen()
        config = uvicorn.Config(
            create_app(self.world),
            http=_DroppableConnection,
            ws="none",
            loop="asyncio",
            lifespan="off",
            access_log=False,
            date_header=False,  # the application dates its answers, by the clock of the world
            log_level="warning",
            log_config=None,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="sandbox", daemon=True)
        self._thread.start()
        if not self._server.ready.wait(_START_SECONDS):
            listener.close()
            raise OSError("The simulated service did not start.")

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        # Named as TCP, so that asyncio sends at once (no Nagle): else each answer is 40 ms late.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((self._host, self._port))
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        return listener


class _DroppableConnection(H11Protocol):
    """A connection whose requests carry the means to drop it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("A connection that cannot be dropped.")
        super().connection_made(transport)
        self.app_state = {**self.app_state, HANG_UP: transport.abort}


class _Server(uvicorn.Server):
    """Tells when it is ready, and stops at once: it breaks connections off instead of seeing them out."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._stopped = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Ask it to stop, from another thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()

    async def main_loop(self) -> None:
        while not await self.on_tick(0):
            self.ready.set()
            try:
                await asyncio.wait_for(self._stopped.wait(), 1.0)
            except TimeoutError:
                continue
            return

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()
        await asyncio.sleep(0)  # the transports close in the loop's next turn
