"""Setting up in words: what stands in the way, what is missing, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.house import House, VisitorWifi
from kiosk.desk.provisioning import Held, Hindrance, Leg, Obstacle, RightSeen, Settled
from kiosk.i18n.form_words import label_words
from kiosk.i18n.speech import Speech


def leg_words(leg: Leg, speech: Speech) -> str:
    """A part of the way."""
    say = speech.say
    match leg:
        case Leg.NETWORK:
            return say("This device is in a network")
        case Leg.NAME:
            return say("The name of the service is found")
        case Leg.CONNECTION:
            return say("The service takes connections")
        case Leg.TRUST:
            return say("The connection can be trusted")
        case Leg.ANSWER:
            return say("Nexudus answers")


def obstacle_words(obstacle: Obstacle, speech: Speech) -> str:
    """What stands in the way, and what to do about it."""
    say = speech.say
    match obstacle:
        case Obstacle.NO_NETWORK:
            return say("There is no network. Check the cable or the Wi-Fi.")
        case Obstacle.NO_NAME_SERVER:
            return say("No name server (DNS) answers. Check the cable or the Wi-Fi, and which DNS the network gives.")
        case Obstacle.NAME_UNKNOWN:
            return say("The name server (DNS) does not know this address. Check the address.")
        case Obstacle.NO_CONNECTION:
            return say("The service takes no connection. Check the address, and whether a firewall stands between.")
        case Obstacle.CLOCK_WRONG:
            return say("By this device's clock the certificate is out of date. Set the date and time of the device.")
        case Obstacle.NOT_TRUSTED:
            return say(
                "The connection (TLS) is not trusted. The network seems to look into it: have it leave this device "
                "alone."
            )
        case Obstacle.SOMEBODY_ELSE:
            return say(
                "Something other than Nexudus answers. Sign this device in to the network's own page, or check the "
                "address."
            )
        case Obstacle.OUT_OF_ORDER:
            return say("Nexudus is out of order just now. Wait a little, then check again.")


def clock_words_off(off: timedelta, speech: Speech) -> str:
    """How far the clock is off, and what to do about it; less than zero is behind."""
    minutes = round(abs(off).total_seconds() / 60)
    if off > timedelta(0):
        return speech.count(
            "This device's clock is {number} minute ahead. Let it get its time from the network (NTP).",
            "This device's clock is {number} minutes ahead. Let it get its time from the network (NTP).",
            minutes,
        )
    return speech.count(
        "This device's clock is {number} minute behind. Let it get its time from the network (NTP).",
        "This device's clock is {number} minutes behind. Let it get its time from the network (NTP).",
        minutes,
    )


def hindrance_words(reason: Hindrance, speech: Speech) -> str:
    """Why a step was not carried out, and what to do."""
    say = speech.say
    match reason:
        case Hindrance.ADDRESS:
            return say("That is no address for a sign-in. It usually is https://spaces.nexudus.com")
        case Hindrance.REFUSED:
            return say("Nexudus refused this e-mail address and password. Check both.")
        case Hindrance.CODE_WANTED:
            return say("Nexudus wants the six-digit code of two-factor sign-in.")
        case Hindrance.UNREACHED:
            return say("Nexudus cannot be reached. Check the network, and try again.")
        case Hindrance.NO_ANSWER:
            return say("Nexudus gave no usable answer. Try again; if this lasts, ask Nexudus.")
        case Hindrance.BUSY:
            return say("Nexudus asks to wait. Try again in a minute.")
        case Hindrance.RIGHT_MISSING:
            return say("The account lacks a right. Check the permissions again.")
        case Hindrance.SIGN_IN_AGAIN:
            return say("The sign-in is not good any more. Go back and sign in again.")
        case Hindrance.PLACE:
            return say("Check-ins of the location where this kiosk stood still wait for Nexudus. Let them go up first.")
        case Hindrance.DISK:
            return say("This device could not write it to its disk. Check the free space and the health of the card.")


def held_words(right: RightSeen, speech: Speech) -> str:
    """Whether the account has a right."""
    say = speech.say
    match right.held:
        case Held.GRANTED:
            return say("granted")
        case Held.MISSING:
            return say("missing, vital") if right.vital else say("missing")
        case Held.UNVERIFIED:
            return say("not verified")


def without_words(right: RightSeen, speech: Speech) -> str:
    """What stops without a right; nothing to say where the account has it."""
    return "" if right.held is Held.GRANTED else speech.say(right.without)


def found_words(found: Settled, speech: Speech) -> list[str]:
    """What was found at a location, a sentence each."""
    say, count, house = speech.say, speech.count, found.house
    words = [
        count("{number} member can check in by PIN.", "{number} members can check in by PIN.", found.members),
        count("{number} member is checked in now.", "{number} members are checked in now.", found.present),
    ]
    if found.visitors is not None:
        words.insert(
            1,
            count(
                "{number} visitor is invited for yesterday, today and tomorrow.",
                "{number} visitors are invited for yesterday, today and tomorrow.",
                found.visitors,
            ),
        )
    zone = say("The time zone is {zone}.", zone=found.zone)
    unsure = say("The time zone is {zone}, that of the account's own location. See that it is right.", zone=found.zone)
    words += [zone if found.zone_is_sure else unsure, _text_words(house, speech), _form_words(house, speech)]
    if house.texts.terms:
        words.append(say("Visitors must agree to the terms that are set in Nexudus."))
    else:
        words.append(say("No terms are set in Nexudus: visitors are not asked to agree to any."))
    if house.visitor_wifi is VisitorWifi.ISSUED:
        words.append(say("Visitors get a code for the Wi-Fi."))
    if found.guessable:
        words.append(
            say("PINs are easily guessed here, so the first letter of the surname is asked for. Longer PINs end that.")
        )
    if found.host_filter:
        words.append(say("Nexudus limits whom visitors may choose in a way that this kiosk cannot read."))
    return words


def _text_words(house: House, speech: Speech) -> str:
    texts = house.texts
    own = (
        texts.home, texts.tap_to_start, texts.member, texts.visitor, texts.have_code, texts.welcome_title,
        texts.welcome_member, texts.welcome_visitor, texts.goodbye_title, texts.goodbye,
    )  # fmt: skip
    number = sum(bool(text) for text in own)
    if not number:
        return speech.say("No texts of its own are set in Nexudus: the kiosk uses its own words.")
    return speech.count("{number} text of the location is used.", "{number} texts of the location are used.", number)


def _form_words(house: House, speech: Speech) -> str:
    questions: Sequence[str] = [label_words(question, speech).rstrip("?") for question in house.questions]
    return speech.say("Visitors without a code are asked: {questions}.", questions="; ".join(questions))


def radio_words(standing: RadioStanding, speech: Speech) -> str:
    """How Bluetooth stands."""
    say = speech.say
    match standing.state:
        case RadioState.ABSENT:
            return say("Bluetooth is off, or there is none here. Badges are not needed to check in.")
        case RadioState.STARTING:
            return say("Bluetooth is starting…")
        case RadioState.LISTENING:
            return speech.count(
                "Bluetooth works: {number} signal a second.",
                "Bluetooth works: {number} signals a second.",
                round(standing.packets_per_second),
            )
        case RadioState.LOST:
            return say("Bluetooth has failed. It is tried again by itself.")
