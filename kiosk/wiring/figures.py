"""Puts the figures for Prometheus together, where the settings want them."""

from __future__ import annotations

from datetime import datetime

from kiosk.control.clerk import Parts
from kiosk.desk.queue import Outbox
from kiosk.desk.visitor_desk import MemberDesk
from kiosk.settings import Settings


class NoFigures:
    """Serves none."""

    def start(self) -> None:
        """Nothing is begun."""

    def stop(self) -> None:
        """And nothing ended."""


class Served:
    """Serves them; what that needs is loaded where it is wanted alone."""

    def __init__(self, settings: Settings, desk: MemberDesk, outbox: Outbox, parts: Parts) -> None:
        from prometheus_client import CollectorRegistry

        from kiosk.health.counting import CountingDesk
        from kiosk.health.metrics import Answers, Endpoint, Sources, Standing

        def oldest() -> datetime | None:
            return min((entry.event.time for entry in outbox.open_entries()), default=None)

        registry = CollectorRegistry()
        registry.register(Standing(Sources(desk.status, oldest, parts.camera, parts.radio, settings.state.folder)))
        self.desk = CountingDesk(desk, Answers(registry))
        self._endpoint = Endpoint(registry, settings.metrics.address, settings.metrics.port)
        self.start, self.stop = self._endpoint.start, self._endpoint.stop


def counted(
    settings: Settings, desk: MemberDesk, outbox: Outbox, parts: Parts
) -> tuple[MemberDesk, NoFigures | Served]:
    """The desk, which counts where figures are wanted, and what serves them."""
    if not settings.metrics.enabled:
        return desk, NoFigures()
    served = Served(settings, desk, outbox, parts)
    return served.desk, served
