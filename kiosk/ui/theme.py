"""The two looks of the kiosk: "lobby", calm and light, and "contrast", for eyes that need it.

Every pair of text and ground keeps the contrast that WCAG 2.2 asks for (success criterion 1.4.3: 4.5 to 1; 1.4.6, used
for headings and for the whole of "contrast": 7 to 1), whatever accent colour a location has.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from textual.color import Color, ColorParseError
from textual.theme import Theme

LOBBY = "lobby"
"""The name of the usual theme."""

CONTRAST = "contrast"
"""The name of the high-contrast theme."""

DEFAULT_ACCENT = "#0f5c6e"
"""The accent of a location that has not chosen one: petrol, which none of the outcomes uses."""


class Tone(StrEnum):
    """The ground of a result: what happened, for people who see colour. Words and a pictogram say it as well.

    Each is a theme variable; the text on it is the variable with `on-` before it.
    """

    WELCOME = "welcome"
    """Checked in."""
    GOODBYE = "goodbye"
    """Checked out."""
    NOTICE = "notice"
    """Neither, and nothing is wrong: already in, or recorded for later."""
    REFUSAL = "refusal"
    """Not possible; says what to do next."""


INK = "#1b2430"
PAPER = "#f6f1e7"
_CARD = "#fffdf8"
_SUNK = "#e9e1d1"
_EDGE = "#d5cab4"
_MUTED = "#545b66"

_LOBBY_TONES = {
    Tone.WELCOME: ("#1b5e3f", "#ffffff"),
    Tone.GOODBYE: ("#1f4b7f", "#ffffff"),
    Tone.NOTICE: ("#f3c84b", INK),
    Tone.REFUSAL: ("#87392d", "#ffffff"),
}

_CONTRAST_TONES = {
    Tone.WELCOME: ("#004d1f", "#ffffff"),
    Tone.GOODBYE: ("#00338f", "#ffffff"),
    Tone.NOTICE: ("#ffe500", "#000000"),
    Tone.REFUSAL: ("#7a0f00", "#ffffff"),
}


_NIGHT = {"night": "#0b0e12", "on-night": "#8f959c"}
"""While nobody is there at night: dark, and still told from the ground by 6 to 1."""


def lobby_theme(accent: str | None = None) -> Theme:
    """Return the usual theme: warm paper, deep ink, one accent.

    Args:
        accent: The location's colour in any CSS notation; the default if it is missing or cannot be read. `$primary`,
            on which text stands, stays as close to it as text allows; `$accent`, for words and lines on paper, is
            darkened until it can be read there.
    """
    fill = _fill(_parse(accent))
    tones = {name: value for tone, (ground, text) in _LOBBY_TONES.items() for name, value in _pair(tone, ground, text)}
    return Theme(
        name=LOBBY,
        primary=fill.hex,
        secondary=_MUTED,
        accent=_darker(fill, lambda colour: contrast_ratio(colour, _SUNK) >= 4.5).hex,
        foreground=INK,
        background=PAPER,
        surface=_CARD,
        panel=_SUNK,
        success=_LOBBY_TONES[Tone.WELCOME][0],
        warning=_LOBBY_TONES[Tone.NOTICE][0],
        error=_LOBBY_TONES[Tone.REFUSAL][0],
        dark=False,
        text_alpha=1.0,
        variables={
            **tones,
            **_NIGHT,
            "on-primary": text_on(fill),
            "button-color-foreground": text_on(fill),
            "muted": _MUTED,
            "text-muted": _MUTED,
            "complaint": _LOBBY_TONES[Tone.REFUSAL][0],
            "approval": _LOBBY_TONES[Tone.WELCOME][0],
            "edge": _EDGE,
            "border": _EDGE,
        },
    )


def contrast_theme() -> Theme:
    """Return the theme of black, white and yellow.

    It has no accent: a location's colour is not worth a misread word.
    """
    tones = {
        name: value for tone, (ground, text) in _CONTRAST_TONES.items() for name, value in _pair(tone, ground, text)
    }
    return Theme(
        name=CONTRAST,
        primary="#ffe500",
        secondary="#ffffff",
        accent="#ffe500",
        foreground="#ffffff",
        background="#000000",
        surface="#262626",
        panel="#3a3a3a",
        success=_CONTRAST_TONES[Tone.WELCOME][0],
        warning=_CONTRAST_TONES[Tone.NOTICE][0],
        error=_CONTRAST_TONES[Tone.REFUSAL][0],
        dark=True,
        text_alpha=1.0,
        variables={
            **tones,
            **_NIGHT,
            "on-primary": "#000000",
            "button-color-foreground": "#000000",
            "muted": "#ffffff",
            "text-muted": "#ffffff",
            "complaint": "#ffa99c",
            "approval": "#9cffb8",
            "edge": "#ffffff",
            "border": "#ffffff",
        },
    )


def contrast_ratio(one: Color | str, other: Color | str) -> float:
    """Return the contrast of two colours, 1 to 21, by the formula of WCAG 2.2 ("contrast ratio")."""
    light, dark = sorted((_luminance(Color.parse(one)), _luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(ground: Color | str) -> str:
    """Return the colour of text on `ground`: ink or white, whichever contrasts more."""
    return max((INK, "#ffffff"), key=lambda text: contrast_ratio(text, ground))


def _luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pair(tone: Tone, ground: str, text: str) -> list[tuple[str, str]]:
    return [(tone.value, ground), (f"on-{tone.value}", text)]


def _parse(accent: str | None) -> Color:
    try:
        colour = Color.parse(accent or DEFAULT_ACCENT)
    except ColorParseError:
        colour = Color.parse(DEFAULT_ACCENT)
    return Color(*colour.rgb)


def _fill(colour: Color) -> Color:
    """Return `colour`, darkened as far as it needs to carry text and to be told from the paper."""
    return _darker(
        colour, lambda fill: contrast_ratio(text_on(fill), fill) >= 4.5 and contrast_ratio(fill, PAPER) >= _TOLD_APART
    )


_TOLD_APART = 1.4
"""Less than the 3 to 1 for controls without words: a kiosk's buttons have large labels of their own contrast."""


def _darker(colour: Color, enough: Callable[[Color], bool]) -> Color:
    while not enough(colour):
        colour = colour.blend(Color(0, 0, 0), 0.06)
    return colour
