"""`kiosk setup`: sign in and choose the location, by questions on a terminal or by flags without one."""

from __future__ import annotations

import argparse
import asyncio
import sys

from pydantic import SecretStr, ValidationError

from kiosk.assembly import (
    SIGN_IN_SECONDS,
    State,
    address_of,
    open_state,
    read_state,
    with_overrides,
)
from kiosk.clock import SystemClock
from kiosk.commands.beside import print_line, site_in, told
from kiosk.commands.failures import told_plainly
from kiosk.commands.questions import MOST_SIGN_INS, Flags, Misused, NotAnswered, Questions, Terminal, refusal_words
from kiosk.control.client import NobodyThere, ask
from kiosk.control.protocol import Answer, AskStatus, SignInAgain, WhyNot
from kiosk.desk.staff_desk import WrongPin
from kiosk.examination.device import examine_permissions
from kiosk.health.nexudus import permission_words
from kiosk.nexudus.errors import WrongSignIn
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.setting_up.steps import Account, known_email, settle, sign_in
from kiosk.settings import Settings, load_settings

INTRODUCTION = (
    "This signs the kiosk in to Nexudus with an account of its own, and reads the members and visitors of one "
    "location. Nothing is changed there. The password is used once and not kept. Ctrl-C ends it."
)


def run(options: argparse.Namespace) -> int:
    """Set the kiosk up, or sign the running one in anew. The password never stands on the command line."""
    try:
        with told_plainly():
            settings = with_overrides(load_settings(options.settings), options.nexudus, options.state)
            questions = Terminal(options) if sys.stdin.isatty() else Flags(options)
            if _is_running(settings):
                return _sign_running_in(settings, questions, options)
            if isinstance(questions, Terminal):
                print_line(INTRODUCTION)
            _set_up(settings, questions)
    except Misused as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 2
    except (NotAnswered, WrongPin) as error:
        print_line(f"kiosk: {error}", to_staff=True)
        return 1
    print_line(decoder_words(Decoder()))
    print_line("The kiosk is set up. Start it with 'kiosk run'.")
    return 0


def _set_up(settings: Settings, questions: Questions) -> None:
    with open_state(settings) as state:
        site = state.site
        if (url := questions.address(address_of(settings, site))) is not None:
            settings = with_overrides(settings, url, None)
        account = _sign_in(settings, state, questions)
        usual = site.business_id or account.me.default_business_id
        business = questions.location(account.businesses, usual)
        asyncio.run(settle(settings, state, account, business, print_line))
        if (pin := questions.staff_pin()) is not None:
            state.room.set_pin(pin, SystemClock().now(), "setup")
            print_line("The staff PIN is set. Five taps on the clock ask for it.")
        elif not state.room.is_pin_set:
            print_line("No staff PIN is set, so nobody gets into the staff corner. 'kiosk staff-pin' sets one.")


def _sign_in(settings: Settings, state: State, questions: Questions) -> Account:
    """Each try is a person's own answer: nothing here repeats a password that was refused without one."""
    email = questions.email(known_email(settings, state.site))
    password, totp = questions.password(), questions.totp()
    for _ in range(MOST_SIGN_INS - 1):
        try:
            return asyncio.run(sign_in(settings, state, email, password, totp, print_line))
        except WrongSignIn as error:
            another, totp = questions.after_refusal(refusal_words(error), error.wants_code)
            if another is None and totp is None:
                raise
            password = another or password
    return asyncio.run(sign_in(settings, state, email, password, totp, print_line))


def _is_running(settings: Settings) -> bool:
    try:
        ask(settings.state.folder, AskStatus(), within=5.0)
    except NobodyThere:
        return False
    return True


def _sign_running_in(settings: Settings, questions: Questions, options: argparse.Namespace) -> int:
    """A kiosk that runs has the state: it signs in itself, where it stands."""
    with read_state(settings) as reading:
        site = site_in(reading)
    if isinstance(questions, Terminal):
        print_line(f"A kiosk runs here, at {site.name}. It signs in anew where it stands, and goes on meanwhile.")
    email = questions.email(known_email(settings, site))
    password, totp = questions.password(), questions.totp()
    answer = _ask_running(settings, options, email, password, totp)
    for _ in range(MOST_SIGN_INS - 1):
        if answer.why_not is not WhyNot.SIGN_IN_REFUSED:
            break
        another, totp = questions.after_refusal(answer.said, wants_code=False)
        if another is None and totp is None:
            break
        password = another or password
        answer = _ask_running(settings, options, email, password, totp)
    status = told(answer)
    if answer.done:
        for line in permission_words(asyncio.run(examine_permissions(settings))):
            print_line(line)
    return status


def _ask_running(
    settings: Settings, options: argparse.Namespace, email: str, password: str, totp: str | None
) -> Answer:
    try:
        request = SignInAgain(
            email=email, password=SecretStr(password), totp=totp, location=options.location, url=options.nexudus
        )
        return ask(settings.state.folder, request, within=SIGN_IN_SECONDS + 10)
    except ValidationError:
        return Answer(done=False, said="This cannot be an e-mail address with its password and code. Check them.")
    except NobodyThere:
        return Answer(done=False, said="The kiosk that ran here has ended. Give 'kiosk setup' again.")
