"""What the tests of the screen share: nothing that is drawn may depend on the machine they run on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

import pytest

from kiosk.ui import present_time
from kiosk.ui.widgets import fonts
from kiosk.ui.widgets.big_text import text_strips
from kiosk.ui.widgets.face import face_strips
from kiosk.ui.widgets.key_caps import common_capitals, draw_cap, key_strips, row_strips
from kiosk.ui.widgets.keyboard import letter_size
from kiosk.ui.widgets.shapes import VARIABLE, Repertoire, terminal_repertoire


def pytest_configure(config: pytest.Config) -> None:
    """Let the snapshot plug-in write its report of a picture that differs: it asks the time in a way that Python 3.12
    warns of, and a warning is an error here."""
    config.addinivalue_line("filterwarnings", "ignore:datetime.*utcnow:DeprecationWarning:pytest_textual_snapshot")


@pytest.fixture(autouse=True)
def sextants(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw as in the kiosk's own terminal, whatever terminal the tests happen to run in."""
    monkeypatch.setenv(VARIABLE, Repertoire.SEXTANTS)
    terminal_repertoire.cache_clear()
    yield
    terminal_repertoire.cache_clear()


@pytest.fixture
def only_pillows_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a font package: letters must not look like whatever is installed here."""
    monkeypatch.setattr(fonts, "DIRECTORIES", ())
    _forget_what_was_drawn()
    yield
    _forget_what_was_drawn()


@pytest.fixture
def march_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """12 minutes past 8 in UTC on 5 March 2026, for ever: the status line shows the time of day."""

    class Morning(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Morning:
            return cls(2026, 3, 5, 8, 12, tzinfo=UTC)

    monkeypatch.setattr(present_time, "datetime", Morning)


def _forget_what_was_drawn() -> None:
    # Drawn texts are kept by what they say, since fonts do not change while a kiosk runs.
    keys = (key_strips, row_strips, draw_cap, common_capitals, letter_size)
    for kept in (fonts.installed_faces, text_strips, face_strips, *keys):
        kept.cache_clear()
