"""What the wizard is handed on a device."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from kiosk.commands.by_touch import wizard_parts
from kiosk.desk.adverts import Ear, Radio, RadioStanding, RadioState
from kiosk.i18n.speech import Speech
from kiosk.loop_thread import LoopThread
from kiosk.sections.bluetooth import BluetoothSettings
from kiosk.settings import Settings, StateSettings
from kiosk.ui.screens.setup.last import SightPage
from kiosk.ui.set_up_app import SetUpApp
from kiosk.wiring.radio import radio_of
from tests.ui.desk import FakeScanner
from tests.ui.hands import Hands
from tests.ui.lobby import LONG


class OpenRadio:
    """Fulfils `Radio`, and tells when somebody listens and when nobody does any more."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.ended = threading.Event()

    def standing(self) -> RadioStanding:
        return RadioStanding(RadioState.LISTENING if self.begun.is_set() else RadioState.STARTING)

    async def listen(self, ear: Ear) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # an adapter takes a moment to be given back
            self.ended.set()


def settings(folder: Path) -> Settings:
    return Settings(state=StateSettings(folder=folder / "state", key_file=folder / "pin.key"))


def test_the_radio_listens_while_the_wizard_is_up_and_is_free_for_the_kiosk_afterwards(tmp_path: Path) -> None:
    radio = OpenRadio()
    with LoopThread("set-up") as aside:
        parts = wizard_parts(settings(tmp_path), aside, radio)
        assert radio.begun.wait(10)
        assert parts.radio is not None
        assert parts.radio().state is RadioState.LISTENING
    assert radio.ended.is_set()


async def test_a_machine_without_bluetooth_says_so_on_the_page_where_it_is_tried(tmp_path: Path) -> None:
    none: Radio = radio_of(BluetoothSettings(source="none"))
    with LoopThread("set-up") as aside:
        parts = wizard_parts(settings(tmp_path), aside, none)
        app = SetUpApp(parts, FakeScanner(), Speech(), patience=LONG)
        async with app.run_test(size=(80, 24)) as pilot:
            hands = Hands(app, pilot)
            await hands.settle()
            await app.push_screen(SightPage(parts.radio, app.exit, ""))
            await hands.settle()
            assert hands.said("#radio") == "Bluetooth is off, or there is none here. Badges are not needed to check in."
