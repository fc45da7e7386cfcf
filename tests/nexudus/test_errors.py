from __future__ import annotations

import pytest

from kiosk.nexudus.errors import (
    IncompleteList,
    NeverSent,
    NexudusError,
    NoAnswer,
    NotFound,
    NotNexudus,
    Refused,
    RightsMissing,
    RoleMissing,
    SignInCause,
    SignInNeeded,
    Throttled,
    Unreached,
    WrongAddress,
    WrongSignIn,
)
from kiosk.nexudus.rights import CHECKIN_CREATE, COWORKER_LIST

DOUBTFUL: list[NexudusError] = [NoAnswer("ReadTimeout"), NotNexudus("status 302"), IncompleteList("page 2")]
CERTAIN: list[NexudusError] = [
    *(NeverSent(reason) for reason in Unreached),
    Throttled(3.0),
    Refused(400, "Jo Doe does not have a valid time pass", {"Email": "may not be empty"}),
    NotFound(404, "Not found"),
    *(SignInNeeded(cause) for cause in SignInCause if cause is not SignInCause.GRANT_REFUSED),
    WrongSignIn("The user name or password is incorrect.", with_totp=False),
    RoleMissing(CHECKIN_CREATE),
    RightsMissing([CHECKIN_CREATE]),
    WrongAddress("is malformed"),
]


@pytest.mark.parametrize("error", DOUBTFUL, ids=str)
def test_what_may_have_been_carried_out_is_told_by_one_class(error: NexudusError) -> None:
    assert isinstance(error, NoAnswer)


@pytest.mark.parametrize("error", CERTAIN, ids=str)
def test_what_was_certainly_not_carried_out_leaves_no_doubt(error: NexudusError) -> None:
    assert not isinstance(error, NoAnswer)


@pytest.mark.parametrize("error", [*DOUBTFUL, *CERTAIN], ids=str)
def test_every_error_tells_staff_what_happened_in_whole_sentences(error: NexudusError) -> None:
    assert error.staff[0].isupper()
    assert len(error.staff.split()) > 5


def test_the_words_of_nexudus_are_for_staff_and_not_for_the_log() -> None:
    refused = Refused(400, "Jo Doe does not have a valid time pass")

    assert "Jo Doe" in refused.staff
    assert "Jo Doe" not in str(refused) + repr(refused)


def test_only_the_catch_all_message_is_worth_more_tries() -> None:
    assert Refused(400, "Ooops! There was a problem while running this action...").unexplained
    assert not Refused(400, "Jo Doe does not have a valid time pass").unexplained


def test_a_missing_right_is_named_as_the_role_editor_names_it() -> None:
    assert '"Checkin - Create"' in RoleMissing(CHECKIN_CREATE).staff


def test_several_missing_rights_are_named_in_one_sentence() -> None:
    assert 'lacks "Coworker - List", "Checkin - Create".' in RightsMissing([COWORKER_LIST, CHECKIN_CREATE]).staff


@pytest.mark.parametrize(("with_totp", "hint"), [(False, "two-factor"), (True, "run out")])
def test_a_refused_sign_in_hints_at_the_second_factor(with_totp: bool, hint: str) -> None:
    assert hint in WrongSignIn("", with_totp=with_totp).staff


@pytest.mark.parametrize(
    ("said", "with_totp", "wanted"),
    [
        ("Two-factor authentication is required.", False, True),
        ("Please provide a valid TOTP", False, True),
        ("Enter the 6-digit code of your app", False, True),
        ("The verification has failed", True, False),
        ("The user name or password is incorrect.", False, False),
        ("", False, False),
    ],
)
def test_a_code_is_wanted_where_the_words_of_nexudus_say_so(said: str, with_totp: bool, wanted: bool) -> None:
    assert WrongSignIn(said, with_totp=with_totp).wants_code is wanted
