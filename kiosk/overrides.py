"""What the command line says in place of the settings."""

from __future__ import annotations

from pathlib import Path

from kiosk.settings import Settings


def with_overrides(
    settings: Settings, url: str | None, folder: Path | None, camera: str | None = None, radio: str | None = None
) -> Settings:
    """The settings with what the command line says instead.

    Args:
        settings: As they were read.
        url: The address of Nexudus; None leaves it.
        folder: The state folder.
        camera: The camera's source.
        radio: The source of Bluetooth.
    """
    said: dict[str, dict[str, object]] = {
        "nexudus": {"url": url},
        "state": {"folder": folder},
        "camera": {"source": camera},
        "bluetooth": {"source": radio},
    }
    changed = {}
    for section, values in said.items():
        given = {name: value for name, value in values.items() if value is not None}
        if given:
            changed[section] = getattr(settings, section).model_copy(update=given)
    return settings.model_copy(update=changed)
