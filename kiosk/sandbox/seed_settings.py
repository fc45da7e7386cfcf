"""The location settings that a lobby kiosk reads (contract 3.5 and 8). An empty text means that none was set."""

from __future__ import annotations

_FRONT_DESK = "MobileApp.FrontDesk.Checkin"

SETTING_VALUES = {
    "MobileApp.FrontDesk.Version": "2",
    f"{_FRONT_DESK}.Fields.Email": "True",
    f"{_FRONT_DESK}.RequireEmail": "True",
    f"{_FRONT_DESK}.Fields.Member": "True",
    f"{_FRONT_DESK}.RequireMember": "True",
    f"{_FRONT_DESK}.Fields.PhoneNumber": "True",
    f"{_FRONT_DESK}.Fields.PhoneNumber.Required": "False",
    f"{_FRONT_DESK}.Fields.CompanyName": "True",
    f"{_FRONT_DESK}.Fields.Reason": "True",
    f"{_FRONT_DESK}.ShowNewsletter": "False",
    f"{_FRONT_DESK}.CustomerFilter": "",
    f"{_FRONT_DESK}.WelcomeMessage": "Welcome to Harbour Works",
    f"{_FRONT_DESK}.HomeMessage": "",
    f"{_FRONT_DESK}.TapToStartMessage": "",
    f"{_FRONT_DESK}.IamVisitorMessage": "",
    f"{_FRONT_DESK}.IamAMemberMessage": "",
    f"{_FRONT_DESK}.DoYouHaveVisitorCodeMessage": "",
    f"{_FRONT_DESK}.WelcomeTitle": "",
    f"{_FRONT_DESK}.WelcomeVisitor": "",
    f"{_FRONT_DESK}.WelcomeEvent": "",
    f"{_FRONT_DESK}.WelcomeMember": "",
    f"{_FRONT_DESK}.ByeByeTitle": "",
    f"{_FRONT_DESK}.ByeByeMessage": "",
    "Legal.VisitorTermsAndConditions": (
        "**Visiting Harbour Works**\n\n"
        "Please stay with your host, keep to the floors you were invited to, and follow the wardens in an alarm.\n\n"
        "We keep your visit on record for thirty days."
    ),
    "PublicWebSite.Visitors.CreateAccessTokns": "True",
    "Security.AutoGeneratePincode": "True",
    "Security.GenerateUniquePincode": "False",
    "Checkin.AlwaysRecordByMinute": "True",
    "Checkin.DailyCutOffTime": "23:59",
    "Nexudus.Oauth.AccessTokenExpireTimeSpan": "7.00:00:00",
    "Access.TwoFactor.Enforce": "False",
}
"""Name and value of each setting; all values are texts, booleans are "True" and "False"."""
