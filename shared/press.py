"""Paper: a page of HTML as an accessible PDF (PDF/UA-1: tagged, with a language and a title)."""

from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

PDF_UA = "pdf/ua-1"
_SHEET = Path(__file__).parent / "templates/paper.css"


class _NothingOutside(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Words on paper may have been typed by anybody: nothing they name is fetched."""

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  the library's own signature
        raise FatalURLFetchingError(url.partition(":")[0])


def render(html: str, *, made_of: bytes | None = None) -> bytes:
    """A whole document, whose <html lang> and <title> become the PDF's; raises ValueError where one is missing.

    `made_of`: what identifies the document in its file, so that the same words make the same bytes.
    """
    page = HTML(string=html, url_fetcher=_NothingOutside())
    root = page.etree_element
    if not root.get("lang") or not (root.findtext("head/title") or "").strip():
        raise ValueError("a PDF for everybody has a language and a title")
    fonts = FontConfiguration()
    sheet = CSS(string=_SHEET.read_text(encoding="utf-8"), font_config=fonts)
    made: bytes = page.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant=PDF_UA, pdf_identifier=made_of, presentational_hints=False
    )
    return made
