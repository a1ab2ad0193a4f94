"""Mails as they come back: a server's report, a person's answer, and one with a file."""

from tests.notifications.story import MAIL

SECRET = "Jeg har fået en blodprop"  # pragma: allowlist secret
DSN = """\
From: MAILER-DAEMON@mx.example.dk
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.dk

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}

--b--
"""
ANSWER = """\
From: Nancy <{sender}>
To: Jobbutikken <{to}>
Subject: Re: Din aftale hos Jobbutikken
{more}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}

Den 2. november 2026 skrev Jobbutikken:
> Hej Nancy
"""
WITH_FILE = """\
From: {sender}
To: {to}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Se filen
--b
Content-Type: application/pdf; name="journal.pdf"
Content-Disposition: attachment; filename="journal.pdf"

JVBERi0=
--b--
"""


def dsn(to: str, action: str = "failed", status: str = "5.1.1", recipient: str = MAIL) -> bytes:
    return DSN.format(to=to, action=action, status=status, recipient=recipient).replace("\n", "\r\n").encode()


def answer(to: str, **changed: str) -> bytes:
    said = {"sender": MAIL, "words": SECRET, "more": ""} | changed
    return ANSWER.format(to=to, **said).replace("\n", "\r\n").encode()
