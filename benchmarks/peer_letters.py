"""Celery with smtplib and requests, as their manuals show it: a task and a connection a letter, acknowledged late."""

import os
import smtplib
import sys
from email.message import EmailMessage

import requests
from celery import Celery
from kombu import Exchange, Queue  # type: ignore[attr-defined]

NAME = "bench.letters"
QUEUE = Queue(  # type: ignore[no-untyped-call]
    NAME,
    Exchange(NAME, "direct"),  # type: ignore[no-untyped-call]
    NAME,
    durable=True,
    queue_arguments={"x-queue-type": "quorum"},
)
app = Celery("letters", broker=os.environ.get("AMQP_URL"))
app.conf.update(
    task_acks_late=True,
    task_ignore_result=True,
    task_serializer="json",
    worker_prefetch_multiplier=50,
    worker_hijack_root_logger=False,
    broker_transport_options={"confirm_publish": True},
    task_queues=[QUEUE],
    task_default_queue=NAME,
    task_default_exchange=NAME,
    task_default_routing_key=NAME,
    worker_detect_quorum_queues=True,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
)
WORDS = "Hej Prøve\n\nVi glæder os til at møde dig. Du har en tid hos os på tirsdag kl. 10.\n" * 4
DATE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@app.task(name="email")  # type: ignore[untyped-decorator]
def email(to: str) -> None:
    """One mail: text, HTML and a calendar file."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.dk", to, "Din aftale hos Jobbutikken"
    message.set_content(WORDS)
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    message.add_attachment(DATE, subtype="calendar", filename="jobbutikken.ics")
    with smtplib.SMTP("127.0.0.1", int(os.environ["BENCH_PORT"])) as line:
        line.send_message(message)


@app.task(name="sms")  # type: ignore[untyped-decorator]
def sms(to: str) -> None:
    """One text."""
    url = f"http://127.0.0.1:{os.environ['BENCH_PORT']}/rest/mtsms"
    requests.post(url, json={"message": WORDS[:150], "recipients": [{"msisdn": to}]}, timeout=2).raise_for_status()


if __name__ == "__main__":
    kind, count = {"email": email, "sms": sms}[sys.argv[1]], int(sys.argv[2])
    for _number in range(count):
        kind.delay("proeve@example.dk")
