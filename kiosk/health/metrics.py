"""Figures for Prometheus: how the kiosk stands, and how quickly it answers. No name, PIN or code is among them.

Names and units follow the conventions of Prometheus (base units, `_total` for what only grows). What stands is read
when somebody asks; only answers are counted as they happen.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.frames import CameraStanding, CameraState
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.health.device import has_too_little_power, temperature

logger = logging.getLogger(__name__)

BUCKETS = (0.005, 0.01, 0.016, 0.033, 0.067, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds. One frame of the glass is 0.016, two of the camera 0.067; a look-up in Nexudus may take 2."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Whom is asked when somebody wants the figures. From any thread.

    Attributes:
        line: One look at the line to Nexudus.
        oldest: When the oldest event that waits was recorded, in UTC; None while none waits.
        camera: How the camera stands; None for a kiosk that has none.
        radio: How Bluetooth stands; None for a kiosk that has none.
        folder: The state folder, whose disk is looked at.
    """

    line: Callable[[], LineStatus]
    oldest: Callable[[], datetime | None]
    camera: Callable[[], CameraStanding] | None
    radio: Callable[[], RadioStanding] | None
    folder: Path


class Answers:
    """Counts what people were answered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "kiosk_answers", "Answers that people were given", ("method", "outcome"), registry=registry
        )
        self._seconds = Histogram(
            "kiosk_answer_seconds",
            "From the credential to the answer",
            ("method",),
            buckets=BUCKETS,
            registry=registry,
        )
        self._lockouts = Counter("kiosk_lockouts", "Codes turned away after too many wrong ones", registry=registry)

    def answered(self, method: str, outcome: str, seconds: float) -> None:
        """One answer."""
        self._answers.labels(method, outcome).inc()
        self._seconds.labels(method).observe(seconds)
        if outcome == OutcomeKind.LOCKED:
            self._lockouts.inc()


class Standing(Collector):
    """How the kiosk stands at the moment of asking."""

    def __init__(self, sources: Sources, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._sources = sources
        self._now = now

    def collect(self) -> Iterable[Metric]:
        """Ask everybody."""
        yield from self._line()
        if self._sources.camera is not None:
            yield from _camera(self._sources.camera())
        if self._sources.radio is not None:
            yield from _radio(self._sources.radio())
        yield from self._device()

    def _line(self) -> Iterable[Metric]:
        line, now = self._sources.line(), self._now()
        yield _gauge("kiosk_up", "The kiosk runs", 1)
        yield _gauge("kiosk_online", "The last call to Nexudus got through", line.link is Link.ONLINE)
        yield _gauge("kiosk_sign_in_needed", "Staff have to sign in anew", line.link is Link.SIGN_IN)
        if line.sign_in_ends is not None:
            yield _gauge("kiosk_sign_in_ends_timestamp_seconds", "When it ends", line.sign_in_ends.timestamp())
        yield _gauge("kiosk_queue_events", "Events that Nexudus has not heard of", line.waiting)
        oldest = self._sources.oldest()
        age = 0.0 if oldest is None else max((now - oldest).total_seconds(), 0.0)
        yield _gauge("kiosk_queue_age_seconds", "Age of the oldest of them", age)
        yield _gauge("kiosk_dead_letters", "Events that Nexudus refused for good", line.refused)
        if line.directory_as_of is not None:
            read = line.directory_as_of.timestamp()
            yield _gauge("kiosk_directory_timestamp_seconds", "When the members were last read", read)

    def _device(self) -> Iterable[Metric]:
        if (degrees := temperature()) is not None:
            yield _gauge("kiosk_temperature_celsius", "Of the device", degrees)
        if (low := has_too_little_power()) is not None:
            yield _gauge("kiosk_under_voltage", "The voltage is too low now", low)
        try:
            disk = shutil.disk_usage(self._sources.folder)
        except OSError:
            return
        yield _gauge("kiosk_disk_free_bytes", "On the disk of the state", disk.free)
        yield _gauge("kiosk_disk_size_bytes", "Of that disk", disk.total)


def _camera(camera: CameraStanding) -> Iterable[Metric]:
    yield _gauge("kiosk_camera_live", "Pictures arrive", camera.state is CameraState.LIVE)
    yield _gauge("kiosk_camera_frames_per_second", "Of the last seconds", camera.frames_per_second)


def _radio(radio: RadioStanding) -> Iterable[Metric]:
    yield _gauge("kiosk_bluetooth_listening", "Badges would be heard", radio.state is RadioState.LISTENING)
    yield _gauge("kiosk_bluetooth_packets_per_second", "Of the last seconds", radio.packets_per_second)
    yield _gauge("kiosk_bluetooth_restarts", "How often scanning was begun anew", radio.restarts)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, float(value))


class Endpoint:
    """Serves the figures over HTTP, in a thread of its own. People are checked in without it where it cannot be had."""

    def __init__(self, registry: CollectorRegistry, address: str, port: int) -> None:
        self._registry = registry
        self._address = address
        self._port = port
        self._running: tuple[WSGIServer, threading.Thread] | None = None

    @property
    def port(self) -> int | None:
        """Where it is served; None while it is not."""
        return None if self._running is None else self._running[0].server_port

    def start(self) -> None:
        """Begin to serve."""
        try:
            self._running = start_http_server(self._port, self._address, self._registry)
        except OSError as error:
            logger.error("no figures at %s:%s: %s", self._address, self._port, error.strerror or error)

    def stop(self) -> None:
        """End."""
        if self._running is not None:
            server, thread = self._running
            server.shutdown()
            server.server_close()
            thread.join()
            self._running = None
