"""Every guess about Nexudus that this room relies on, in one place.

The public documentation leaves gaps. Each name below fills one: what is assumed, where that comes from, and why this
choice does least harm if it is wrong. Section numbers are those of the contract, the project's digest of the Nexudus
API documentation. Once an answer is known from a live account, this is the only file to change.

Four assumptions have no value to name:

* `SystemId` is writable on create and survives an update (contract 2). It is sent along as a marker and never relied
  on: reading back goes by location, person and `FromTime`.
* A `FromTime` in whole seconds comes back as it was sent (contract 3.1). Fractions might not, so none are sent.
* Host notification on arrival happens on the server (contract 4.4): no call of the kiosk asks for it.
* An e-mail address is needed to create a visitor, whatever the location's form settings say (contract 3.2): asking
  for one too many beats a visitor whom Nexudus never hears of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

DEFAULT_ADDRESS: Final = "https://spaces.nexudus.com"
"""The production host (contract 2). Testers use another, so it is a setting."""

# --- sign-in ---

GRANT_PATH: Final = "/api/token"
"""The token endpoint (contract 1.1)."""

GRANT_REFUSED_STATUSES: Final = frozenset({400, 401, 403})
"""With an OAuth `error` in the body these are a refused grant. The documentation prints the body but no status
(contract 1.5). Without that body the same status is not taken for a refusal, since a refusal ends the session for
good.
"""

CODE_WANTED: Final = re.compile(r"two.?factor|2fa|totp|otp|authenticat|verification|six.?digit|\bcode\b", re.IGNORECASE)
"""Words in a refused sign-in that ask for the code of two-factor sign-in. What Nexudus says then is not documented
(contract 1.5): without such words a person is asked whether there is one, since it may be just that.
"""

REFRESH_AT_LATEST: Final = timedelta(days=1)
"""How old a token gets before it is renewed, if half of its life is longer. Refresh tokens live 15 days (contract
1.2), and the life of access tokens is set per account.
"""

ME_PATH: Final = "/api/auth/me"
"""Who is signed in. Seen live only (contract 6); needs no right, so it tells a rejected token from a missing right."""

# --- throttling ---

DEFAULT_THROTTLE_WAIT: Final = 10.0
"""Seconds to wait when a throttled answer does not say (contract 2.1). The finest documented window is 100 ms and the
one most easily exceeded a minute: a sixth of it spreads the next calls without stalling a check-in for long.
"""

LONGEST_THROTTLE_WAIT: Final = 3600.0
"""Seconds. The longest window worth sitting out is the hourly one; a longer demand is asked again after this."""

WAIT_PHRASE: Final = re.compile(r"wait\s+([0-9]+(?:\.[0-9]+)?)\s*second", re.IGNORECASE)
"""How a 429 was seen to name its wait when it has no Retry-After (contract 2.1)."""

# --- refusals ---

UNEXPLAINED_REFUSAL: Final = "Ooops!"
"""The start of the catch-all message (contract 2). It was seen as 400 and 500 and seen to pass by itself, so such a
refusal is marked as worth a few more tries before it is put in front of staff.
"""

# --- lists and filters ---

MAX_PAGE_SIZE: Final = 1000
"""The largest page asked for. Documented in 2020 only (contract 2); if the server gives smaller pages, more are
read.
"""

LIST_ORDER: Final[Mapping[str, str]] = MappingProxyType({"orderBy": "Id", "dir": "Ascending"})
"""The order of lists that are read to the end: new records come last, so nothing is skipped between two pages. The
words are accepted everywhere it was tried; the numbers have changed meaning over the years (contract 2).
"""

COWORKER_BUSINESS_FILTER: Final = "Coworker_Businesses"
"""Documented in 2020 only (contract 3.3). List rows do not carry the locations of a coworker, so it cannot be checked
here: if it is ignored the directory holds the whole network's members. A check-in is still judged by the server.
"""

PIN_FILTER: Final = "Coworker_AccessPincode"
"""A hint: unknown parameters are ignored, and whether text filters match exactly or in part is not documented
(contract 2, 3.3). Every row is compared here.
"""

PIN_PAGE_SIZE: Final = 100
"""Rows asked for when looking up one PIN: far more than share its digits. A full page of others means the filter is
ignored.
"""

VISITOR_CODE_FILTER: Final = "Visitor_VisitorCode"
"""A hint: documented in 2020 and missing from today's list (contract 3.2). It is sent together with the day's window,
which bounds the rows if it is ignored, and every code is compared here.
"""

# --- writing ---

SOURCE_FOR_KIOSK: Final = 1
"""`Checkin.Source`: Manual. What NexIO itself writes is not known, and it may be ignored on write (contract 3.1)."""

VISITOR_SOURCE_FOR_KIOSK: Final = 2
"""`Visitor.VisitorSource`: NexIO, the existing name for "registered at the door" (contract 3.2)."""

NOT_WRITTEN_BACK: Final = frozenset(
    {"CreatedOn", "UpdatedOn", "UpdatedBy", "IsNew", "ToStringText", "FromTimeLocal", "ToTimeLocal", "CheckInNow"}
)
"""Properties left out of an update (contract 2: an update replaces the record, and what is missing is cleared).

Only what the server computes is left out. A stale `ToTimeLocal` beside a new `ToTime` might win, and a `CheckInNow`
echoed at check-out might check the visitor in again. `SystemId`, `CustomFields` and whatever this room does not know
go back unchanged: echoing them is harmless, clearing them is not.
"""

# --- trying rights ---

NO_SUCH_ID: Final = 2**63 - 1
"""An id that no record has, the last of the 64-bit integers that ids are (contract 2). A right to change or delete is
tried on it, and one to create with an empty body, which lacks required properties: no record can come of either.

What is assumed is that Nexudus looks at the right before it looks at the request (contract 6, last point: 400 is
allowed, 401 is not). If it does not, a missing right may be told as granted; it never costs a record.
"""
