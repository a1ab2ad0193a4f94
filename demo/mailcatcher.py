"""`python -m demo.mailcatcher`: an SMTP server that delivers nothing and shows what it was given.

GET /messages answers a JSON list of {to, from, subject, headers, parts: [{type, filename, text}]}, oldest
first; DELETE /messages empties it; GET / is a page. Everything is in memory, the latest 5000 messages.
"""

import html
import json
import os
import signal
import threading
from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

KEPT = 5000
PAGE = """<!doctype html>
<html lang="da">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Sendt post / Sent mail</title>
<style>
  body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
  body {{ color: #1a1a1a; background: #fff }}
  article {{ border-top: 1px solid #bfbfbf; padding: 1rem 0 }}
  pre {{ white-space: pre-wrap; margin: .5rem 0 0 }}
  h2 {{ font-size: 1.1rem; margin: 0 }}
  p {{ margin: 0; color: #454545 }}
</style>
<h1>Sendt post <span lang="en">/ Sent mail</span></h1>
<p>{count} i alt <span lang="en">/ in all</span></p>
{articles}
</html>"""
ARTICLE = "<article><h2>{subject}</h2><p>{to}</p><pre>{text}</pre></article>"

messages: deque[dict[str, Any]] = deque(maxlen=KEPT)


def as_dict(message: EmailMessage, sender: str, recipients: list[str]) -> dict[str, Any]:
    """What a reader or a test wants of one message; attachments that are not text show their size only."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "to": recipients,
        "from": sender,
        "subject": str(message["Subject"] or ""),
        "headers": {name: str(value) for name, value in message.items()},
        "parts": [
            {"type": part.get_content_type(), "filename": part.get_filename(), "text": _text(part)} for part in parts
        ],
    }


def _text(part: EmailMessage) -> str:
    content = part.get_content()
    return content if isinstance(content, str) else f"({len(content)} bytes)"


class Mailbox:
    """aiosmtpd's handler: whatever is sent is kept."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps the message and says so."""
        message = message_from_bytes(envelope.original_content, _class=EmailMessage, policy=default)
        messages.append(as_dict(message, envelope.mail_from, envelope.rcpt_tos))
        return "250 kept"


class Window(BaseHTTPRequestHandler):
    """What the tests read and people look at."""

    def do_GET(self) -> None:
        """The list as JSON, or the page."""
        if self.path == "/messages":
            self._answer(200, "application/json", json.dumps(list(messages), ensure_ascii=False))
        elif self.path == "/":
            articles = "".join(_article(message) for message in reversed(messages))
            self._answer(200, "text/html; charset=utf-8", PAGE.format(count=len(messages), articles=articles))
        else:
            self._answer(404, "text/plain", "not found")

    def do_DELETE(self) -> None:
        """Empties the mailbox."""
        found = self.path == "/messages"
        if found:
            messages.clear()
        self._answer(204 if found else 404, "text/plain", "")

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: addresses of people belong in no log."""

    def _answer(self, status: int, kind: str, body: str) -> None:
        raw = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def _article(message: dict[str, Any]) -> str:
    text = next((part["text"] for part in message["parts"] if part["type"] == "text/plain"), "")
    words = {"subject": message["subject"], "to": ", ".join(message["to"]), "text": text}
    return ARTICLE.format(**{name: html.escape(word) for name, word in words.items()})


def main() -> None:
    """Serves until it is asked to end."""
    host = os.environ.get("CATCHER_HOST", "127.0.0.1")
    smtp = Controller(Mailbox(), hostname=host, port=int(os.environ.get("CATCHER_SMTP_PORT", "1025")))
    window = ThreadingHTTPServer((host, int(os.environ.get("CATCHER_HTTP_PORT", "8025"))), Window)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=window.shutdown).start())
    smtp.start()
    window.serve_forever()
    smtp.stop()


if __name__ == "__main__":
    main()
