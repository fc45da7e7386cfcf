"""The pages of a sign-in: e-mail address, password, and the code where Nexudus wants one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.provisioning import Credentials
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.setup.keypad_page import KeypadPage
from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Layer
from kiosk.ui.widgets.keypad import BACK, ENTER, Keypad
from kiosk.ui.widgets.secret_field import SecretField
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace
from kiosk.ui.widgets.words import PlainText

LONGEST_EMAIL = 320
"""Characters of an address (RFC 3696, erratum 1690)."""

LONGEST_PASSWORD = 256
"""Characters of a password that can be typed."""

CODE_DIGITS = 6
"""Digits of a code of two-factor sign-in."""


class EmailPage(SetUpPage):
    """Whose account it is."""

    def __init__(self, usual: str, given: Callable[[str], None], progress: str) -> None:
        super().__init__(progress)
        self._usual = usual
        self._given = given

    def compose(self) -> ComposeResult:
        """The address that was signed in last stands there already."""
        say = self.speech.say
        field = TextField(self._usual, placeholder=say("name@example.com"), limit=LONGEST_EMAIL, id="field")
        keyboard = Keyboard(
            field,
            self.kiosk.typing,
            layer=Layer.EMAIL,
            capitals=Capitals.NONE,
            done_label=say("Next"),
            id="keyboard",
        )
        yield self.bar()
        yield TypingPlace(
            say("E-mail of the account"),
            field,
            keyboard,
            self.speech,
            hint=say("The kiosk's own account of Nexudus."),
            id="place",
        )

    @on(Keyboard.Done)
    def _done(self) -> None:
        email = self.query_one("#field", TextField).text.strip()
        if "@" not in email.strip("@"):
            self.query_one(TypingPlace).complain(self.speech.say("Please enter a valid e-mail address."))
        elif self.is_current:
            self._given(email)


class SecretLine(Horizontal):
    """The field of a password, with what can be done about it beside."""

    def __init__(self, field: SecretField, show: str, code: str) -> None:
        super().__init__(id="secret")
        self._field = field
        self._show = show
        self._code = code

    def compose(self) -> ComposeResult:
        """The field, a look at it, and the way to a code, which is needed only where a sign-in was refused."""
        yield self._field
        yield Choice(self._show, look=Look.QUIET, big=False, id="show")
        code = Choice(self._code, look=Look.QUIET, big=False, id="code")
        code.display = False
        yield code


class PasswordPage(SetUpPage):
    """Its password, shown for a moment only when somebody asks. It is handed over once, and gone with the page."""

    private: ClassVar[str] = f"{KioskScreen.private}, #remark"  # whose password it is

    def __init__(
        self, email: str, given: Callable[[str], None], with_code: Callable[[str], None], progress: str
    ) -> None:
        """Make the page.

        Args:
            email: Whose password it is.
            given: Called with the password, to sign in.
            with_code: Called with the password where somebody knows that a code is needed as well.
            progress: How far one is.
        """
        super().__init__(progress)
        self._email = email
        self._given = given
        self._with_code = with_code

    def compose(self) -> ComposeResult:
        """The field with the look at it, and keys that say what they type."""
        say = self.speech.say
        field = SecretField(limit=LONGEST_PASSWORD, id="field")
        keyboard = Keyboard(
            field,
            self.kiosk.typing,
            layer=Layer.EXACT,
            capitals=Capitals.NONE,
            done_label=say("Sign in"),
            id="keyboard",
        )
        yield self.bar()
        yield TypingPlace(
            say("Password"),
            field,
            keyboard,
            self.speech,
            hint=self._email,
            beside=SecretLine(field, say("Show"), say("Code…")),
            id="place",
        )

    def complain(self, sentence: str) -> None:
        """Say why it was not taken. What was typed stays, and a code can be given now."""
        self.query_one(TypingPlace).complain(sentence)
        self.query_one("#code", Choice).display = True

    @on(Choice.Chosen, "#show")
    def _show(self) -> None:
        self.query_one("#field", SecretField).reveal()

    @on(Choice.Chosen, "#code")
    def _code(self) -> None:
        self._hand_over(self._with_code)

    @on(Keyboard.Done)
    def _done(self) -> None:
        self._hand_over(self._given)

    def _hand_over(self, to: Callable[[str], None]) -> None:
        password = self.query_one("#field", SecretField).text
        if not password:
            self.query_one(TypingPlace).complain(self.speech.say("Please fill this in."))
        elif self.is_current:
            to(password)


class CodePage(KeypadPage):
    """The six digits that an app or a message has given."""

    def __init__(self, credentials: Credentials, given: Callable[[Credentials], None], progress: str) -> None:
        super().__init__(progress)
        self._credentials: Credentials | None = credentials
        self._given = given
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The places for the digits, and the keys."""
        say = self.speech.say
        yield self.bar()
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield BigText(say("Code"), rows=3, id="title")
                yield PlainText(say("Nexudus wants the six digits of two-factor sign-in. See your app."), id="prompt")
                yield Entry(CODE_DIGITS, masked=False, id="entry")
                with Horizontal(id="foot"):
                    yield self.back_choice()
            yield Keypad(id="keypad")

    def on_unmount(self) -> None:
        """Keep nothing."""
        self._credentials, self._typed = None, ""

    def complain(self, sentence: str) -> None:
        """Say why the code was not taken; the next one is typed anew."""
        self._typed = ""
        self.query_one(Entry).value = ""
        prompt = self.query_one("#prompt", PlainText)
        prompt.say(f"▲ {sentence}")
        prompt.add_class("-wrong")

    def take(self, key: str) -> None:
        """One key of the keypad."""
        if key == BACK:
            self._typed = self._typed[:-1]
        elif key != ENTER and len(self._typed) < CODE_DIGITS:
            self._typed += key
        self.query_one(Entry).value = self._typed
        credentials = self._credentials
        if key == ENTER and len(self._typed) == CODE_DIGITS and credentials is not None and self.is_current:
            self._given(Credentials(credentials.email, credentials.password, self._typed))
