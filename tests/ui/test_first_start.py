"""From a blank state to home by taps alone: the wizard on the glass, the sandbox as Nexudus."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from textual.screen import Screen

from kiosk.assembly import open_kiosk
from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.i18n.speech import Speech
from kiosk.loop_thread import LoopThread
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import switch
from kiosk.setting_up.by_touch import FirstStart
from kiosk.settings import NexudusSettings, Settings, StateSettings
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.setup.findings_page import FoundPage, RightsPage
from kiosk.ui.screens.setup.last import DonePage, SightPage
from kiosk.ui.screens.setup.location import LocationPage
from kiosk.ui.screens.setup.network import NetworkPage
from kiosk.ui.screens.setup.sign_in import CodePage, EmailPage, PasswordPage
from kiosk.ui.screens.setup.staff_pin import StaffPinPage
from kiosk.ui.screens.setup.welcome import WelcomePage
from kiosk.ui.set_up_app import SetUpApp
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.findings import Findings
from kiosk.ui.wizard import WizardParts
from tests.ui.desk import FakeScanner
from tests.ui.hands import Hands

LONG = Patience(idle=600, success=600, refusal=600)
CODE = "424242"


@dataclass
class PinInMemory:
    """Fulfils `StaffPinKeeper`."""

    pins: list[str] = field(default_factory=list)

    def set_staff_pin(self, pin: str) -> None:
        """Keep it."""
        self.pins.append(pin)


def shown(app: KioskApp) -> str:
    """The findings on the glass, in one line."""
    return " ".join(str(app.screen.query_one(Findings).content).split())


def up(app: KioskApp, page: type[Screen[None]]) -> Callable[[], bool]:
    """Whether a page is up and laid out."""

    def is_up() -> bool:
        return isinstance(app.screen, page) and app.screen.is_mounted and bool(app.screen.query(Choice))

    return is_up


@pytest.mark.parametrize("size", [(80, 24), (45, 40)], ids=["wide", "upright"])
async def test_a_blank_kiosk_comes_home_by_taps_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, size: tuple[int, int], pytestconfig: pytest.Config
) -> None:
    if size == (45, 40) and not pytestconfig.getoption("--long"):
        pytest.skip("--long only: the pages are the same, and stand below each other")
    caplog.set_level("DEBUG", logger="kiosk")
    world = seeded_world(60)
    world.users[SIGN_IN.email] = replace(world.users[SIGN_IN.email], totp=CODE)
    switch(world, "missing-right=Coworker-List,Visitor-Create")
    keeper = PinInMemory()
    with SandboxServer(world) as server, LoopThread("set-up") as aside:
        settings = Settings(
            nexudus=NexudusSettings(url=server.url),
            state=StateSettings(folder=tmp_path / "state", key_file=tmp_path / "pin.key"),
        )
        radio = RadioStanding(RadioState.LISTENING, packets_per_second=12)
        parts = WizardParts(FirstStart(settings, aside), staff_pin=keeper, radio=lambda: radio)
        app = SetUpApp(parts, FakeScanner(), Speech(), patience=LONG)
        async with app.run_test(size=size) as pilot:
            hands = Hands(app, pilot)
            await hands.until(up(app, WelcomePage))
            await hands.touch("#begin")

            await hands.until(lambda: up(app, NetworkPage)() and app.screen.query_one("#next").visible)
            assert shown(app).count("✓") == 5
            await hands.touch("#next")

            await hands.until(up(app, EmailPage))
            await hands.type(SIGN_IN.email)
            await hands.done()

            await hands.until(up(app, PasswordPage))
            await hands.type("K#9")
            await hands.done()
            await hands.until(lambda: "refused" in hands.said("#remark"))
            await hands.erase(len("K#9"))
            await hands.type(SIGN_IN.password)
            # The sandbox says only that the grant is invalid, as Nexudus may: whoever has a code says so.
            await hands.touch("#code")

            await hands.until(up(app, CodePage))
            await hands.dial(["1"] * 6 + ["enter"])
            await hands.until(lambda: "refused this code" in hands.said("#prompt"))
            await hands.dial([*CODE, "enter"])

            await hands.until(up(app, LocationPage))
            assert not any(isinstance(page, PasswordPage | CodePage) for page in app.screen_stack)
            await hands.touch("#row-0")

            await hands.until(lambda: up(app, RightsPage)() and "Coworker - List" in shown(app))
            assert not app.screen.query_one("#next").visible, "nobody can check in without that right"
            switch(world, "missing-right=Visitor-Create")
            await hands.touch("#again")
            await hands.until(lambda: up(app, RightsPage)() and app.screen.query_one("#next").visible)
            assert "▲ Visitor - Create · missing" in shown(app)
            assert "without an invitation cannot be registered" in shown(app)
            await hands.touch("#next")

            await hands.until(up(app, FoundPage))
            assert "members can check in by PIN" in shown(app)
            await hands.touch("#next")

            await hands.until(up(app, StaffPinPage))
            await hands.dial([*"246824", "enter", *"246825", "enter"])
            assert "not the same" in hands.said("#prompt")
            await hands.dial([*"246824", "enter", *"246824", "enter"])

            await hands.until(up(app, SightPage))
            assert hands.said("#radio") == "Bluetooth works: 12 signals a second."
            await hands.touch("#next")

            await hands.until(up(app, DonePage))
            await hands.touch("#next")
            while app.is_running:
                await asyncio.sleep(0.01)
        assert app.is_done
        assert keeper.pins == ["246824"]
        assert SIGN_IN.password not in caplog.text
        assert SIGN_IN.email not in caplog.text

        with open_kiosk(settings) as kiosk:
            home = KioskApp(kiosk.desk, FakeScanner(), Speech(), LONG)
            async with home.run_test(size=size) as pilot:
                await Hands(home, pilot).until(up(home, HomeScreen))
                assert kiosk.desk.house().name == "Harbour Works"
