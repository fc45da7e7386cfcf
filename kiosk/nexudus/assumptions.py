"""Every guess about Nexudus that this room relies on, in one place.

The public documentation leaves gaps. Each name below fills one: what is assumed, where that comes from, and why this
choice does least harm if it is wrong. Section numbers are those of the contract, the project's digest of the Nexudus
API documentation. Once an answer is known from a live account, this is the only file to change.

Some assumptions have no value to name:

* `SystemId` is writable on create and survives an update (contract 2). It is sent along as a marker and never relied
  on: reading back goes by location, person and `FromTime`.
* A `FromTime` in whole seconds comes back as it was sent (contract 3.1). Fractions might not, so none are sent.
* Host notification on arrival happens on the server (contract 4.4): no call of the kiosk asks for it.
* An e-mail address is needed to create a visitor, whatever the location's form settings say (contract 3.2): asking
  for one too many beats a visitor whom Nexudus never hears of.
* A guest of a booking is a visitor with a code and a day of its own (contract 3.2), so the same flow serves both.
* A registration is found again by its `SystemId`, else by location, name, e-mail and `ExpectedArrival` (contract 3.2):
  the address is a person's own, and who registers twice within moments is one visitor.
* What the kiosk's host filter (`CustomerFilter`) holds is not known (contract 3.3). Where it is empty every active
  member and company can be visited; where it is not, nobody is shown before their whole name is typed: whom the filter
  hides is then shown to nobody who cannot name them already.
* The buttons of the host's e-mail become the approval states (contract 4.3): 4, hold, the host collects the visitor;
  5, grant, the visitor goes to the host. Where that is, Nexudus does not say in the record: the host's company is
  the best there is.
* What the customer QR code of the Passport app holds is not documented (contract 5). It is read like any other code
  and names no member: a number in it would prove nothing, and a GUID may be one that other members can see.
* `AccessCardId` and `KeyFobNumber` (contract 3.3) hold what a card reader types, zeros, case and number system aside.
* `CustomFields` (contract 2) of a coworker says which fields the location has added and what they hold. Its form is not
  documented: an object of names and values, or a list of objects with `Name` and `Value`, perhaps below `Data` or as
  JSON text, are all read; anything else says nothing, and no badge is found by it.
* A visitor without an approval status, or with one that is new, needs none: the documented default (contract 3.2).
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

REFRESH_LIFE: Final = timedelta(days=15)
"""How long a pair can be renewed (contract 1.2). Told to staff; whether a pair is still good is for Nexudus to say."""

RENEWAL_OVERDUE: Final = timedelta(days=10)
"""How old a pair is when staff are told that it ends: a kiosk that works renews it daily, and five days are left to
mend a connection."""

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

COWORKER_CHANGED_FILTER: Final = "from_Coworker_UpdatedOn"
"""Ranges are documented for every date, `UpdatedOn` included (contract 2, 7.2), and were seen live for check-ins only.
If it is ignored, rows come that are older than asked for; that is found out here, and the list is then read whole. The
setting `nexudus.members_reading` switches it off.
"""

CHANGES_OVERLAP: Final = timedelta(minutes=5)
"""How far before the last look at a list the next one begins. Whether lists lag behind the records is not documented
(contract 10); this is long beside the seconds that were assumed elsewhere, and asking for too much costs no call.
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

CODE_LOOK_UP_PAST: Final = timedelta(days=30)
CODE_LOOK_UP_AHEAD: Final = timedelta(days=180)
"""How far from today a visitor code is looked up where the filter is honoured, so that an invitation for another day
gets its own sentence. Whether codes are ever given again is not known, so of several visits the nearest counts.
"""

VISITOR_GUID_FILTER: Final = "AccessToken_VisitorGuid"
"""The Wi-Fi codes of one visitor (contract 3.7). A hint like the others: every row is compared here."""

UNIQUE_ID_FILTER: Final = "UniqueId"
"""A record by its GUID (contract 2). Compared here."""

# --- location settings ---

TERMS_SETTING: Final = "Legal.VisitorTermsAndConditions"
"""The terms for visitors, in Markdown; empty where there are none (contract 4.3)."""

VISITOR_WIFI_SETTING: Final = "PublicWebSite.Visitors.CreateAccessTokns"
"""Whether each visitor gets a Wi-Fi code (contract 3.7). The spelling is Nexudus's own."""

# --- commands ---

CHECK_VISITOR_IN: Final = re.compile(
    r"check[ _-]?visitors?[ _-]?in|check[ _-]?in[ _-]?visitors?|visitors?[ _-]?check[ _-]?in|check[ _-]?in",
    re.IGNORECASE,
)
"""The whole key or name of the command that checks a visitor in. The panel calls it "Check Visitor In"; the key is not
public (contract 3.2), and the list is unreliable, so what the command did is read back, and the record itself is
changed where it did nothing. `nexudus.visitor_commands = false` has it never used.
"""

CHECK_VISITOR_OUT: Final = re.compile(
    r"check[ _-]?visitors?[ _-]?out|check[ _-]?out[ _-]?visitors?|visitors?[ _-]?check[ _-]?out|check[ _-]?out",
    re.IGNORECASE,
)
"""The same for the way out. Whether there is such a command is not known (contract 3.2)."""

AT_ONCE: Final = timedelta(seconds=90)
"""Commands and `CheckInNow` write the server's present time. Up to this age of an event that is its own time, near
enough; an older one is written with its time, as a change of the record.
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

WANTS_NEWS: Final = "Would like to receive the newsletter."
"""Where a visitor has ticked the newsletter, for staff, in the visitor's notes. NexIO may subscribe them at once, but
the record of a subscriber is known from one third party only (contract 3.10), needs a further right, and a subscription
made in error is worse than one that staff make.
"""

# --- trying rights ---

NO_SUCH_ID: Final = 2**63 - 1
"""An id that no record has, the last of the 64-bit integers that ids are (contract 2). A right to change or delete is
tried on it, and one to create with an empty body, which lacks required properties: no record can come of either.

What is assumed is that Nexudus looks at the right before it looks at the request (contract 6, last point: 400 is
allowed, 401 is not). If it does not, a missing right may be told as granted; it never costs a record.
"""
