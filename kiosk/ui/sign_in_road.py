"""The road of a sign-in: e-mail address, password, and a code where Nexudus wants one.

It is a part of the wizard, and by itself what follows a password reset.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.desk.provisioning import AccountSeen, Credentials, Hindrance, NotDone, SigningIn
from kiosk.i18n.set_up_words import hindrance_words
from kiosk.ui.errand import carry_out
from kiosk.ui.screens.setup.last import DonePage
from kiosk.ui.screens.setup.page import WorkingPage
from kiosk.ui.screens.setup.sign_in import CodePage, EmailPage, PasswordPage

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


class SignInRoad:
    """Asks until Nexudus takes it or somebody goes back. Each try is a person's own: none is repeated unasked."""

    def __init__(
        self,
        kiosk: KioskApp,
        signing_in: SigningIn,
        signed_in: Callable[[AccountSeen | None], None],
        progress: str = "",
    ) -> None:
        self._kiosk = kiosk
        self._signing_in = signing_in
        self._signed_in = signed_in
        self._progress = progress

    def first_page(self) -> EmailPage:
        """Where it begins."""
        return EmailPage(self._signing_in.usual_email, self._email_given, self._progress)

    def _email_given(self, email: str) -> None:
        def given(password: str) -> None:
            self._try(Credentials(email, password))

        def with_code(password: str) -> None:
            self._ask_code(Credentials(email, password))

        self._kiosk.push_screen(PasswordPage(email, given, with_code, self._progress))

    def _ask_code(self, credentials: Credentials) -> None:
        self._kiosk.push_screen(CodePage(credentials, self._try, self._progress))

    def _try(self, credentials: Credentials) -> None:
        def failed(error: NotDone) -> None:
            self._say_why_not(error, credentials)

        page = WorkingPage(self._kiosk.speech.say("Signing in at Nexudus"), self._progress)
        carry_out(self._kiosk, page, lambda: self._signing_in.sign_in(credentials), self._done, failed)

    def _say_why_not(self, error: NotDone, credentials: Credentials) -> None:
        page, say = self._kiosk.screen, self._kiosk.speech.say
        if error.reason is Hindrance.CODE_WANTED and not credentials.code:
            self._ask_code(credentials)
        elif isinstance(page, CodePage):
            refused = error.reason in (Hindrance.REFUSED, Hindrance.CODE_WANTED)
            words = say("Nexudus refused this code. It may have run out: type the next one.")
            page.complain(words if refused else hindrance_words(error.reason, self._kiosk.speech))
        elif isinstance(page, PasswordPage):
            page.complain(hindrance_words(error.reason, self._kiosk.speech))

    def _done(self, account: AccountSeen | None) -> None:
        """The pages of the password and the code go, and with them what was typed there."""
        while isinstance(self._kiosk.screen, CodePage | PasswordPage):
            self._kiosk.pop_screen()
        self._signed_in(account)


class SignInAgain:
    """The kiosk signs in anew where it stands, as after a password reset; for the staff corner."""

    def __init__(self, signing_in: SigningIn) -> None:
        self._signing_in = signing_in

    def begin(self, kiosk: KioskApp) -> None:
        """Ask for the account, over whatever is on the glass; in the end the kiosk goes home."""
        kiosk.push_screen(self.first_page(kiosk))

    def first_page(self, kiosk: KioskApp) -> EmailPage:
        """Where it begins, for whoever puts pages up themselves."""
        say = kiosk.speech.say

        def signed_in(_account: AccountSeen | None) -> None:
            sentence = say("The kiosk goes on where it stands, and what waits goes up now.")
            kiosk.push_screen(DonePage(say("Signed in"), sentence, say("Done"), kiosk.go_home, ""))

        return SignInRoad(kiosk, self._signing_in, signed_in).first_page()
