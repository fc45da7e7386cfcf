"""The settings of the figures that a monitoring system reads."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class MetricsSettings(BaseModel):
    """Figures for Prometheus. They name nobody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = False
    """Whether they are served at `http://ADDRESS:PORT/metrics`."""
    address: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """Who may ask: this machine alone, unless another of its addresses is named here."""
    port: Annotated[int, Field(ge=1, le=65_535)] = 9469
    """The port."""
