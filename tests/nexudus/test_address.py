from __future__ import annotations

import pytest

from kiosk.nexudus.address import parse_address
from kiosk.nexudus.errors import WrongAddress


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://spaces.nexudus.com", "https://spaces.nexudus.com"),
        (" HTTPS://Spaces.Nexudus.com/ ", "https://spaces.nexudus.com"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.2:8000/", "http://127.0.0.2:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_https_is_taken_anywhere_and_http_on_this_machine_only(text: str, url: str) -> None:
    assert parse_address(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "spaces.nexudus.com",
        "ftp://spaces.nexudus.com",
        "http://spaces.nexudus.com",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "http://10.0.0.1",
        "https://admin:secret@spaces.nexudus.com",
        "https://spaces.nexudus.com/login",
        "https://spaces.nexudus.com?x=1",
        "https://spaces.nexudus.com:99999",
        "https://spaces.nexudus.com\n.evil.org",
        "https://sp aces.nexudus.com",
        "https://[::1",
        "https://xn--\x7f",
        "https://",
    ],
)
def test_an_address_that_would_leak_the_sign_in_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(WrongAddress) as wrong:
        parse_address(text)

    assert "secret" not in wrong.value.staff
    assert wrong.value.staff.startswith("The Nexudus address ")
