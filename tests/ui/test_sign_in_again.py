"""The shorter road, as after a password reset: the kiosk that runs is signed in anew on its own glass."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from kiosk.desk.provisioning import Credentials, Hindrance, NotDone
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.setup.last import DonePage
from kiosk.ui.screens.setup.page import WorkingPage
from kiosk.ui.screens.setup.sign_in import CodePage, EmailPage, PasswordPage
from kiosk.ui.sign_in_road import SignInAgain
from kiosk.ui.widgets.secret_field import SecretField
from tests.ui.desk import FakeScanner, ScriptedDesk
from tests.ui.hands import Hands
from tests.ui.lobby import LONG


@dataclass
class ScriptedSignIn:
    """Fulfils `SigningIn`: does what a test says, and remembers what it was given."""

    usual_email: str = "kiosk@example.com"
    answers: list[Hindrance | None] = field(default_factory=list)
    given: list[Credentials] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def sign_in(self, credentials: Credentials) -> None:
        """Answer in turn, once it may."""
        self.given.append(credentials)
        await self.may_answer.wait()
        if (reason := self.answers.pop(0)) is not None:
            raise NotDone(reason)


async def test_a_running_kiosk_is_signed_in_anew_with_a_code_and_goes_home() -> None:
    port = ScriptedSignIn(answers=[Hindrance.UNREACHED, Hindrance.CODE_WANTED, None])
    app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.settle()
        SignInAgain(port).begin(app)
        await hands.until(lambda: isinstance(app.screen, EmailPage) and app.screen.is_mounted)
        await hands.done()  # the account that was signed in last stands there

        await hands.until(lambda: isinstance(app.screen, PasswordPage) and app.screen.is_mounted)
        await hands.done()
        assert hands.said("#remark") == "▲ Please fill this in."
        await hands.type("new")
        await hands.done()
        assert isinstance(app.screen, WorkingPage)
        await hands.touch("#back")
        assert isinstance(app.screen, PasswordPage), "whoever goes back has stopped it"

        port.may_answer.set()
        await hands.done()
        await hands.until(lambda: "cannot be reached" in hands.said("#remark"))
        await hands.done()  # nothing was lost
        await hands.until(lambda: isinstance(app.screen, CodePage) and app.screen.is_mounted)
        await hands.dial([*"12", "enter", "back", *"23456", "7", "enter"])

        await hands.until(lambda: isinstance(app.screen, DonePage) and app.screen.is_mounted)
        assert not any(isinstance(page, PasswordPage | CodePage) for page in app.screen_stack)
        assert [(one.email, one.password, one.code) for one in port.given] == [
            *[("kiosk@example.com", "new", "")] * 3,
            ("kiosk@example.com", "new", "123456"),
        ]
        assert "new" not in repr(port.given)
        await hands.touch("#next")
        assert isinstance(app.screen, HomeScreen)


async def test_who_walks_away_from_a_sign_in_leaves_nothing_of_it() -> None:
    app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        await hands.settle()
        SignInAgain(ScriptedSignIn()).begin(app)
        await hands.until(lambda: isinstance(app.screen, EmailPage) and app.screen.is_mounted)
        await hands.done()
        await hands.until(lambda: isinstance(app.screen, PasswordPage) and app.screen.is_mounted)
        field = app.screen.query_one(SecretField)
        await pilot.press(*"secret")
        assert field.text == "secret"
        app.go_home()
        await hands.settle()
        assert isinstance(app.screen, HomeScreen)
        assert field.text == ""
