"""A test person's browser, as far as a story needs one: cookies, forms, and the sign-in at the development provider."""

import re
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from demo.suite import expect

PATIENCE_SECONDS = 30


class Visitor:
    """Signed in as one of demo/people.py from the start."""

    def __init__(self, address: str, sub: str) -> None:
        # Browsers keep Secure cookies on loopback; this library has to be told.
        jar = CookieJar(DefaultCookiePolicy(secure_protocols=("https", "http")))
        self._address, self._opener = address, build_opener(HTTPCookieProcessor(jar))
        status, _page = self.get(f"/log-ind?til=/session/mine&login_hint={sub}")
        expect(status == 200, f"{sub} signs in")

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._ask(Request(f"{self._address}{path}"))  # noqa: S310  our own suite

    def submit(self, page: str, act: str, fields: dict[str, str]) -> str:
        """Fill in a page's form and send it; the page that it leads to."""
        _status, shown = self.get(page)
        hidden = dict(re.findall(r'name="(csrf|form_key)" value="([^"]+)"', shown))
        request = Request(f"{self._address}{act}", data=urlencode(hidden | fields).encode())  # noqa: S310
        request.add_header("Sec-Fetch-Site", "same-origin")
        status, text = self._ask(request)
        expect(status == 200, f"{act} answers {status}")
        return text

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()
