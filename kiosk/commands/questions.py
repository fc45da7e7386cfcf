"""What `kiosk setup` has to know: told by flags, or asked on a terminal.

A device is provisioned by a script, and set up by a person who has no script: both answer the same questions. Where
nobody can be asked, a missing answer names its flag, and nothing waits for it.
"""

from __future__ import annotations

import argparse
import getpass
import io
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.commands.beside import print_line
from kiosk.desk.staff_desk import WrongPin, check_pin
from kiosk.nexudus.address import parse_address
from kiosk.nexudus.errors import WrongAddress, WrongSignIn
from kiosk.nexudus.models import Business
from kiosk.setting_up.steps import LocationNotNamed, choose_location

LONGEST_PASSWORD = 4096
"""Bytes of a line that are read for a password."""

MOST_SIGN_INS = 3
"""How often a person may try: Nexudus counts failed sign-ins (contract 1.4)."""


class Misused(Exception):
    """An answer is missing that only the command line can give. The message names the flag."""


class NotAnswered(Exception):
    """A person ended the questions. Nothing has been changed that setting up again would not change."""

    def __init__(self) -> None:
        super().__init__("No answer was given, so the kiosk is not set up. Run 'kiosk setup' again when you are ready.")


class Questions(Protocol):
    """The answers, in the order in which they are needed. Each may raise Misused or NotAnswered."""

    def address(self, usual: str) -> str | None:
        """Where Nexudus is; None for the usual address."""
        ...

    def email(self, usual: str) -> str:
        """The kiosk's own account."""
        ...

    def password(self) -> str:
        """Its password."""
        ...

    def totp(self) -> str | None:
        """The code of two-factor sign-in, if it is known before anybody asked for it."""
        ...

    def after_refusal(self, said: str, wants_code: bool) -> tuple[str | None, str | None]:
        """What to try next when Nexudus refused the sign-in: another password, a code, or neither of them to give up.

        Args:
            said: What happened, for whoever answers.
            wants_code: Whether Nexudus asked for a code.
        """
        ...

    def location(self, seen: Sequence[Business], usual: int | None) -> Business:
        """One of the locations of the account; `usual` is the id of the likely one. Raises LocationUnclear."""
        ...

    def staff_pin(self) -> str | None:
        """The PIN of the staff corner; None to leave it as it is. May raise WrongPin."""
        ...


class Flags:
    """The answers of the command line, and the password from standard input. Asks nobody."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Raises Misused if an answer is missing that is always needed."""
        missing = [] if options.email else ["--email"]
        missing += [] if options.password_stdin else ["--password-stdin"]
        if missing:
            raise Misused(
                f"There is no terminal to ask on, and {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} "
                f"missing. See 'kiosk setup --help'."
            )
        self._options = options

    def address(self, usual: str) -> str | None:
        """See `Questions`: what --nexudus says is in the settings already."""
        return None

    def email(self, usual: str) -> str:
        """See `Questions`."""
        email: str = self._options.email
        return email

    def password(self) -> str:
        """See `Questions`."""
        password = sys.stdin.buffer.readline(LONGEST_PASSWORD).decode("utf-8", "replace").rstrip("\r\n")
        if not password:
            raise Misused("no password was given. Pipe it in as one line.")
        return password

    def totp(self) -> str | None:
        """See `Questions`."""
        totp: str | None = self._options.totp
        return totp

    def after_refusal(self, said: str, wants_code: bool) -> tuple[str | None, str | None]:
        """See `Questions`: a script never tries again."""
        return None, None

    def location(self, seen: Sequence[Business], usual: int | None) -> Business:
        """See `Questions`."""
        try:
            return choose_location(seen, self._options.location)
        except LocationNotNamed as error:
            raise Misused(str(error)) from error

    def staff_pin(self) -> str | None:
        """See `Questions`: the line after the password, if it is said that there is one."""
        if not self._options.staff_pin_stdin:
            return None
        return sys.stdin.buffer.readline(LONGEST_PASSWORD).decode("utf-8", "replace").strip()


class Terminal:
    """Asks a person for what the command line does not tell."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # a stray byte is a wrong answer, not the end

    def address(self, usual: str) -> str | None:
        """See `Questions`."""
        if self._options.nexudus:
            return None
        while True:
            given = self._ask("Address of Nexudus", usual)
            try:
                return parse_address(given).url
            except WrongAddress as error:
                print_line(error.staff)

    def email(self, usual: str) -> str:
        """See `Questions`."""
        if self._options.email:
            given: str = self._options.email
            return given
        while not (given := self._ask("E-mail address of the kiosk's own account", usual)):
            print_line("Each kiosk signs in with an account of Nexudus: type its e-mail address.")
        return given

    def password(self) -> str:
        """See `Questions`."""
        while not (given := _hidden("Password (it is not shown): ")):
            print_line("Type the password of that account. It is used once and not kept.")
        return given

    def totp(self) -> str | None:
        """See `Questions`: it is asked for only when Nexudus wants it."""
        totp: str | None = self._options.totp
        return totp

    def after_refusal(self, said: str, wants_code: bool) -> tuple[str | None, str | None]:
        """See `Questions`."""
        print_line(said)
        if wants_code:
            return None, self._ask("Six-digit code of two-factor sign-in", "") or None
        code = self._ask("Six-digit code, if the account has one; else Enter, to type the password anew", "")
        return (None, code) if code else (self.password(), None)

    def location(self, seen: Sequence[Business], usual: int | None) -> Business:
        """See `Questions`."""
        if self._options.location or len(seen) < 2:
            return choose_location(seen, self._options.location)
        places = sorted(seen, key=lambda business: business.name.casefold())
        print_line("Locations of this account:")
        for number, place in enumerate(places, 1):
            print_line(f"  {number}  {place.name}")
        likely = next((number for number, place in enumerate(places, 1) if place.id == usual), None)
        while True:
            given = self._ask("Where does this kiosk stand? Number", str(likely) if likely else "")
            if given.isdecimal() and 1 <= int(given) <= len(places):
                return places[int(given) - 1]
            print_line(f"Type a number from 1 to {len(places)}.")

    def staff_pin(self) -> str | None:
        """See `Questions`. Everything else is set up by now, so whoever ends the questions here leaves it as it is."""
        try:
            return asked_pin("PIN for the staff corner, or Enter to leave it as it is", may_be_empty=True) or None
        except NotAnswered:
            return None

    def _ask(self, question: str, usual: str) -> str:
        return _answered(lambda: input(f"{question} [{usual}]: " if usual else f"{question}: ")).strip() or usual


def asked_pin(question: str, *, may_be_empty: bool = False) -> str:
    """Ask a person on a terminal for a new staff PIN, twice, until both are the same and it can be one. Empty only if
    that may be. Raises NotAnswered."""
    while True:
        pin = _hidden(f"{question} (it is not shown): ").strip()
        if not pin and may_be_empty:
            return ""
        try:
            check_pin(pin)
        except WrongPin as error:
            print_line(str(error))
            continue
        if _hidden("The same once more: ").strip() == pin:
            return pin
        print_line("These are not the same.")


def _hidden(prompt: str) -> str:
    return _answered(lambda: getpass.getpass(prompt))


def _answered(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except EOFError:
        print_line("")
        raise NotAnswered from None


def refusal_words(error: WrongSignIn) -> str:
    """What to tell a person who can try again."""
    if error.wants_code:
        return "Nexudus wants the six-digit code of two-factor sign-in."
    return error.staff
