"""The entities of the simulated service, as the Nexudus API documentation lists them (contract 3)."""

from __future__ import annotations

from kiosk.sandbox.schema import Access, Entity, Field, Kind

_SERVER = Access.SERVER
_DERIVED = Access.DERIVED

_BASE = (
    Field("Id", Kind.NUMBER, _SERVER),
    Field("UniqueId", Kind.TEXT, _SERVER),
    Field("CreatedOn", Kind.TIME, _SERVER),
    Field("UpdatedOn", Kind.TIME, _SERVER),
    Field("UpdatedBy", Kind.TEXT, _SERVER),
    Field("IsNew", Kind.FLAG, _SERVER),
    Field("SystemId"),
    Field("ToStringText", Kind.TEXT, _DERIVED),
    Field("LocalizationDetails", Kind.TEXT, _SERVER),
    Field("CustomFields", Kind.TEXT, _SERVER),
)

_CHECKIN_SOURCES = {"None": 0, "Manual": 1, "DoorAccess": 2, "NetworkActivity": 3, "Tile": 4, "Sensor": 5}
_VISITOR_SOURCES = {"Administrator": 1, "NexIO": 2, "Customer": 3}
_APPROVALS = {"NotRequired": 1, "Requested": 2, "Rejected": 3, "AcceptedAndHold": 4, "AcceptedAndGrant": 5}
COWORKER_TYPES = {"Individual": 1, "Company": 2}

CHECKINS = Entity(
    name="Checkin",
    path="/api/spaces/checkins",
    verbs=frozenset({"Create", "Edit", "Delete"}),
    first_id=1_418_700_001,
    fields=(
        Field("CoworkerId", Kind.NUMBER, relation="Coworker"),
        Field("CoworkerFullName", Kind.TEXT, _DERIVED),
        Field("BusinessId", Kind.NUMBER, relation="Business", required=True),
        Field("BusinessName", Kind.TEXT, _DERIVED),
        Field("Source", Kind.CHOICE, choices=_CHECKIN_SOURCES, initial=0),
        Field("FromTime", Kind.TIME, required=True),
        Field("ToTime", Kind.TIME),
        Field("CountsTowardsPlanLimits", Kind.FLAG, _SERVER),
        Field("CoworkerTimePassGuid", Kind.TEXT, _SERVER),
        Field("AutoCheckout", Kind.FLAG, _SERVER),
        Field("LastActivity", Kind.TIME, _SERVER),
        Field("MacAddresses"),
        Field("TeamsAtTheTimeOfCheckin", Kind.TEXT, _SERVER),
        Field("TariffAtTheTimeOfCheckin", Kind.TEXT, _SERVER),
        Field("ValidateCheckinJobId", Kind.TEXT, _SERVER),
        Field("FromTimeLocal", Kind.TEXT, _DERIVED),
        Field("ToTimeLocal", Kind.TEXT, _DERIVED),
        *_BASE,
    ),
)

VISITORS = Entity(
    name="Visitor",
    path="/api/spaces/visitors",
    verbs=frozenset({"Create", "Edit", "Delete"}),
    order="ExpectedArrival",
    first_id=87_654_301,
    fields=(
        Field("BusinessId", Kind.NUMBER, relation="Business", required=True),
        Field("FullName", required=True),
        Field("Email", required=True),
        Field("CoworkerId", Kind.NUMBER, relation="Coworker"),
        Field("CoworkerCoworkerType", Kind.TEXT, _DERIVED),
        Field("CoworkerFullName", Kind.TEXT, _DERIVED),
        Field("CoworkerCompanyName", Kind.TEXT, _DERIVED),
        Field("CoworkerBillingName", Kind.TEXT, _DERIVED),
        Field("CoworkerEmail", Kind.TEXT, _DERIVED),
        Field("CoworkerTeamNames", Kind.TEXT, _DERIVED),
        Field("VisitorSource", Kind.CHOICE, choices=_VISITOR_SOURCES, required=True, initial=1),
        Field("HostApprovalStatus", Kind.CHOICE, choices=_APPROVALS, required=True, initial=1),
        Field("VisitorCode", Kind.TEXT, _SERVER),
        Field("CheckedInAt"),
        Field("Notes"),
        Field("CustomerNotes"),
        Field("VisitReason"),
        Field("CompanyName"),
        Field("PhoneNumber"),
        Field("ExpectedArrival", Kind.TIME, required=True),
        Field("Arrived", Kind.FLAG),
        Field("ArrivalDate", Kind.TIME),
        Field("DepartureDate", Kind.TIME),
        Field("Notified", Kind.FLAG),
        Field("Internal", Kind.FLAG),
        Field("IsTour", Kind.FLAG),
        Field("HasAgreedTerms", Kind.FLAG),
        Field("TourConfirmed", Kind.FLAG),
        Field("AccessControlScheduledJobId", Kind.TEXT, _SERVER),
        Field("CheckInNow", Kind.FLAG, Access.CREATE_ONLY),
        *_BASE,
    ),
)

COWORKERS = Entity(
    name="Coworker",
    path="/api/spaces/coworkers",
    first_id=1_415_900_001,
    fields=(
        Field("CoworkerType", Kind.CHOICE, choices=COWORKER_TYPES),
        Field("FullName"),
        Field("Salutation"),
        Field("Email"),
        Field("CompanyName"),
        Field("BillingName"),
        Field("Position"),
        Field("TeamNames"),
        Field("Active", Kind.FLAG),
        Field("Archived", Kind.FLAG),
        Field("AccessPincode"),
        Field("AccessCardId"),
        Field("KeyFobNumber"),
        Field("AllowNetworkCheckin", Kind.FLAG),
        Field("UserId", Kind.NUMBER, relation="User"),
        Field("UserActive", Kind.FLAG, _SERVER),
        Field("InvoicingBusinessId", Kind.NUMBER, relation="Business"),
        Field("TariffId", Kind.NUMBER, relation="Tariff"),
        Field("TariffName", Kind.TEXT, _SERVER),
        Field("HasDueInvoices", Kind.FLAG, _SERVER),
        Field("ShowAlert", Kind.FLAG),
        Field("AlertNote"),
        Field("GuessedFirstName", Kind.TEXT, _SERVER),
        Field("ProfileIsPublic", Kind.FLAG),
        Field("AvatarFileName"),
        Field("Businesses", Kind.IDS),
        Field("Teams", Kind.IDS),
        Field("HasValidPass", Kind.FLAG, Access.HIDDEN),
        *_BASE,
    ),
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

BUSINESSES = Entity(
    name="Business",
    path="/api/sys/businesses",
    first_id=1_414_800_001,
    fields=(
        Field("Name"),
        Field("WebAddress"),
        Field("SimpleTimeZoneId", Kind.NUMBER, relation="SimpleTimeZone"),
        Field("DefaultLanguage"),
        Field("CountryId", Kind.NUMBER, relation="Country"),
        Field("CurrencyId", Kind.NUMBER, relation="Currency"),
        Field("Address"),
        Field("TownCity"),
        Field("PostalCode"),
        Field("EmailContact"),
        *(Field(f"{day}OpenTime", Kind.NUMBER) for day in _DAYS),
        *(Field(f"{day}CloseTime", Kind.NUMBER) for day in _DAYS),
        *(Field(f"{day}Closed", Kind.FLAG) for day in _DAYS),
        Field("RootLocationId", Kind.NUMBER),
        Field("ZoneName", Kind.TEXT, Access.HIDDEN),
        *_BASE,
    ),
)

SETTINGS = Entity(
    name="BusinessSetting",
    path="/api/sys/businesssettings",
    first_id=1_420_100_001,
    fields=(
        Field("BusinessId", Kind.NUMBER, relation="Business"),
        Field("Name"),
        Field("Value"),
        *_BASE,
    ),
)

FAILED_CHECKINS = Entity(
    name="FailedCheckin",
    path="/api/spaces/failedcheckins",
    first_id=1_421_300_001,
    fields=(
        Field("CoworkerId", Kind.NUMBER, relation="Coworker"),
        Field("CoworkerFullName", Kind.TEXT, _DERIVED),
        Field("BusinessId", Kind.NUMBER, relation="Business"),
        Field("BusinessName", Kind.TEXT, _DERIVED),
        Field("CheckinAttemptTime", Kind.TIME),
        Field("Description"),
        Field("Source", Kind.CHOICE, choices=_CHECKIN_SOURCES, initial=0),
        Field("TariffAtTheTimeOfCheckin", Kind.TEXT, _SERVER),
        *_BASE,
    ),
)

ACCESS_TOKENS = Entity(
    name="AccessToken",
    path="/api/spaces/accesstokens",
    first_id=1_422_500_001,
    fields=(
        Field("BusinessId", Kind.NUMBER, relation="Business"),
        Field("AccessCode"),
        Field("Description"),
        Field("MinutesIncluded", Kind.NUMBER),
        Field("MinutesLeft", Kind.NUMBER),
        Field("ValidFrom", Kind.TIME),
        Field("ValidTo", Kind.TIME),
        Field("UserLimit", Kind.NUMBER),
        Field("MacAddress"),
        Field("BookingGuid"),
        Field("VisitorGuid"),
        *_BASE,
    ),
)

BOOKING_VISITORS = Entity(
    name="BookingVisitor",
    path="/api/spaces/bookingvisitors",
    first_id=1_423_700_001,
    fields=(
        Field("BookingId", Kind.NUMBER, relation="Booking"),
        Field("VisitorId", Kind.NUMBER, relation="Visitor"),
        Field("VisitorFullName"),
        Field("VisitorEmail"),
        Field("VisitorPhoneNumber"),
        Field("VisitorCompanyName"),
        *_BASE,
    ),
)

ENTITIES = (
    BUSINESSES,
    SETTINGS,
    COWORKERS,
    VISITORS,
    CHECKINS,
    FAILED_CHECKINS,
    ACCESS_TOKENS,
    BOOKING_VISITORS,
)
"""Everything the simulated service serves."""
