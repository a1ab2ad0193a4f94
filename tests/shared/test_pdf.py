"""Paper for everybody: tagged, with a language and a title, and nothing in it fetched from anywhere."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from weasyprint.urls import FatalURLFetchingError

from shared import pdf
from tests.paper import inside

PAGE = '<html lang="da"><head><title>{}</title></head><body><h1>Din aftale</h1>{}</body></html>'


def test_a_pdf_says_its_language_and_title_and_is_tagged() -> None:
    made = inside(pdf.render(PAGE.format("Din aftale æøå", "<p>Kom på mandag.</p>")))

    assert made.startswith(b"%PDF-1.7")
    assert re.search(rb"/Lang ?\(da\)", made)
    assert '<rdf:li xml:lang="x-default">Din aftale æøå</rdf:li>'.encode() in made
    assert all(word in made for word in (b"pdfuaid", b"/StructTreeRoot", b"/Marked true", b"/DisplayDocTitle true"))


def test_the_same_words_make_the_same_bytes() -> None:
    first, second = (pdf.render(PAGE.format("A", "<p>Hej.</p>"), made_of=b"letter 1") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("page", [PAGE.format(" ", ""), PAGE.format("A", "").replace(' lang="da"', "")])
def test_one_without_language_or_title_is_not_made(page: str) -> None:
    with pytest.raises(ValueError, match="language and a title"):
        pdf.render(page)


def test_nothing_that_the_words_name_is_fetched() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        image = f'<img alt="" src="http://127.0.0.1:{server.server_port}/x.png">'
        with pytest.raises(FatalURLFetchingError):
            pdf.render(PAGE.format("A", image))
        with pytest.raises(FatalURLFetchingError):
            pdf.render(PAGE.format("A", '<img alt="" src="file:///etc/hostname">'))
        server.shutdown()
        thread.join()

    assert asked == []
