"""Celery with smtplib and requests, as their manuals show it: a task and a connection a letter, acknowledged late."""

import os
import smtplib
import sys
from email.message import EmailMessage

import requests

from benchmarks.celery_app import celery_app

app = celery_app("letters", "bench.letters")
WORDS = "Hej Prøve\n\nVi glæder os til at møde dig. Du har en tid hos os på tirsdag kl. 10.\n" * 4
DATE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@app.task(name="email")  # type: ignore[untyped-decorator]  # Celery has no types
def email(to: str) -> None:
    """One mail: text, HTML and a calendar file."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.dk", to, "Din aftale hos Jobbutikken"
    message.set_content(WORDS)
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    message.add_attachment(DATE, subtype="calendar", filename="jobbutikken.ics")
    with smtplib.SMTP("127.0.0.1", int(os.environ["BENCH_PORT"])) as line:
        line.send_message(message)


@app.task(name="sms")  # type: ignore[untyped-decorator]  # Celery has no types
def sms(to: str) -> None:
    """One text."""
    url = f"http://127.0.0.1:{os.environ['BENCH_PORT']}/rest/mtsms"
    requests.post(url, json={"message": WORDS[:150], "recipients": [{"msisdn": to}]}, timeout=2).raise_for_status()


if __name__ == "__main__":
    kind, count = {"email": email, "sms": sms}[sys.argv[1]], int(sys.argv[2])
    for _number in range(count):
        kind.delay("proeve@example.dk")
