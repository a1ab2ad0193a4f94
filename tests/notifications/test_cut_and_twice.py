"""A mail server that cuts the line after it took a mail, and servers that answer twice: none is sent as another."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import GatewayApi, Suppliers
from shared import clock
from shared.database import Database
from shared.suppliers import GATEWAYAPI, SmsAccount
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import MENTOR, MONDAY, REFERRAL

LATER = timedelta(minutes=2)


class Server:
    """`says`: taken, cuts (once, after it took a mail), twice (each mail or text is answered two times)."""

    def __init__(self, says: str) -> None:
        self.says, self.taken = says, list[str]()

    def mail(self, line: Any) -> None:
        """One SMTP connection."""
        line.wfile.write(b"220 here\r\n")
        for command in line.rfile:
            if command[:4].upper() == b"DATA":
                line.wfile.write(b"354 go on\r\n")
                words = b"".join(iter(line.rfile.readline, b".\r\n")).decode()
                self.taken.append(next(one for one in words.splitlines() if one.startswith("Message-ID:")))
                if self.says == "cuts":
                    self.says = "taken"
                    return
                line.wfile.write(b"250 yes\r\n" * (2 if self.says == "twice" else 1))
            else:
                line.wfile.write(b"250 yes\r\n")

    def text(self, line: Any) -> None:
        """One HTTP connection, kept open."""
        while line.rfile.readline():
            size = 0
            while (head := line.rfile.readline().strip()) != b"":
                name, _, value = head.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
            self.taken.append(line.rfile.read(size).decode())
            body = b'{"ids":[%d]}' % len(self.taken)
            answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
            line.wfile.write(answer * (2 if self.says == "twice" else 1))


@contextmanager
def serving(talk: Callable[[Any], None]) -> Iterator[int]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            talk(self)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def two_letters(post: NotificationsUnderTest, **reached: None) -> None:
    post.hear(story.citizen(**reached), story.citizen(citizen_id=MENTOR, **reached), story.visitation())
    post.hear(replace(story.visitation(), visitation_id=REFERRAL, citizen_id=MENTOR))


@pytest.mark.parametrize(("says", "ids"), [("cuts", [2, 1]), ("twice", [1, 1])])
def test_a_mail_cut_off_after_it_was_taken_goes_again_under_its_id_and_one_answered_twice_does_not(
    post: NotificationsUnderTest, says: str, ids: list[int]
) -> None:
    server = Server(says)
    with serving(server.mail) as port:
        post.settings = replace(post.settings, smtp_url=f"smtp://127.0.0.1:{port}")
        post.database = Database(post.settings, bind=post.connection)
        two_letters(post)
        post.work()
        with clock.moved_to(MONDAY + LATER):
            post.work()

    assert [one.state for one in post.messages()] == ["sent", "sent"]
    assert sorted((server.taken.count(one) for one in set(server.taken)), reverse=True) == ids


def test_a_second_answer_on_a_kept_line_is_not_taken_for_the_next_text(post: NotificationsUnderTest) -> None:
    server = Server("twice")
    with serving(server.text) as port:
        account = SmsAccount(
            url=f"http://127.0.0.1:{port}",
            secret="s3cret",  # pragma: allowlist secret
            receipt_secret="r",
        )
        found = Suppliers({GATEWAYAPI: 1}, {GATEWAYAPI: GatewayApi(account, "http://127.0.0.1:1")})
        two_letters(post, email=None)
        post.work(found)

    assert sorted(one.provider_id or "" for one in post.messages()) == ["gatewayapi:1", "gatewayapi:2"]
    assert len(server.taken) == 2
    with post.begin() as session:
        assert PostOffice(found).deliver(session) is False
