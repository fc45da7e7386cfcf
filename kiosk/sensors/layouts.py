"""What a scanner meant whose keyboard layout is not that of this machine.

Scanners and card readers press keys as on an American keyboard unless they were set up otherwise. Where this machine
has another layout, the digits of most are still digits. On others the row of digits types letters or signs, and a
number comes out as `à&é"'(-è_ç`.
"""

from __future__ import annotations

import unicodedata

_DIGITS = "1234567890"

_DIGIT_ROWS = (
    "&é\"'(-è_çà",  # French
    "&é\"'(§è!çà",  # Belgian
    "+ěščřžýáíé",  # Czech
    "+ľščťžýáíé",  # Slovak
    "123456789ö",  # Hungarian
)
"""The keys from 1 to 0, unshifted, on layouts that have no digits there."""

_AMERICAN = "1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./" + '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?'
_FRENCH = "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmù*wxcvbn,;:!" + "1234567890°+AZERTYUIOP¨£QSDFGHJKLM%µWXCVBN?./§"
_FROM_FRENCH = dict(zip(map(ord, _FRENCH), _AMERICAN, strict=True))
_ONLY_FRENCH = frozenset("éèçàù°§£µ¨")


def as_meant(text: str) -> str:
    """A typed payload as the scanner meant it.

    A text that consists of one layout's row of digits is that number. A longer one with signs that no code and no
    address has, but a French keyboard, is taken for typed on one, letters and all. Digits of any script are digits.
    Everything else stays as it is: other layouts exchange letters that may be meant (y and z), so that codes with
    letters need a scanner that is set to this machine's layout.
    """
    lower = text.lower()
    for row in _DIGIT_ROWS:
        if lower and all(char in row for char in lower):
            return lower.translate(dict(zip(map(ord, row), _DIGITS, strict=True)))
    if not _ONLY_FRENCH.isdisjoint(text) and all(ord(char) in _FROM_FRENCH for char in text):
        return text.translate(_FROM_FRENCH)
    return "".join(str(unicodedata.decimal(char, char)) for char in text)
