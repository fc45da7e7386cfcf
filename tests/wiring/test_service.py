from __future__ import annotations

from pathlib import Path

import pytest

import kiosk.settings
from kiosk.last_good import choose_settings
from kiosk.service.settings_watch import Change
from kiosk.wiring.service import watch_of


def test_the_kiosks_own_settings_are_watched_as_it_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "kiosk.toml"
    own.write_text("[screen]\nidle_seconds = 45\n")
    monkeypatch.setattr(kiosk.settings, "DEFAULT_FILES", (own,))
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    watch = watch_of(choose_settings(None))

    def change(text: str) -> Change:
        own.write_text(text)
        watch.look()
        return watch.look()

    assert change("# longer\n[screen]\nidle_seconds = 45.0\n") is Change.NONE
    assert change("[screen]\nidle_second = 45\n") is Change.REFUSED
    assert "line 2, screen.idle_second" in watch.refused
    assert change("[screen]\nidle_seconds = 50\n") is Change.VALID
