"""A mailbox on loopback that speaks as much IMAP4rev1 as is asked of it, and can be told to misbehave."""

import re
import socketserver
import threading
from typing import Any


class ImapStandIn:
    """`mails` by their numbers. `says`: ok, hangs (no greeting), refuses (the password)."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.says = "ok"
        self._next = 1
        self._let_go = threading.Event()
        stand_in = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                stand_in.talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """As the municipality's settings would have it."""
        return f"imap://retur:hemmelig@127.0.0.1:{self._server.server_address[1]}/INBOX"  # pragma: allowlist secret

    def put(self, mail: bytes) -> None:
        """A mail comes."""
        self.mails[self._next] = mail
        self._next += 1

    def stop(self) -> None:
        """Nobody is there any more."""
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()

    def talk(self, line: Any) -> None:
        """One connection."""
        if self.says == "hangs":
            self._let_go.wait()
            return
        deleted: set[int] = set()
        line.wfile.write(b"* OK ready\r\n")
        for raw in line.rfile:
            tag, verb, *rest = raw.decode().split()
            answer = b"NO wrong" if verb == "LOGIN" and self.says == "refuses" else b"OK done"
            said = self._uid(rest, deleted) if verb == "UID" else self._plain(verb, deleted)
            line.wfile.write(said + f"{tag} ".encode() + answer + b"\r\n")
            if verb == "LOGOUT":
                return

    def _plain(self, verb: str, deleted: set[int]) -> bytes:
        if verb == "EXPUNGE":
            for one in deleted:
                self.mails.pop(one, None)
        told = {
            "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
            "SELECT": b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n" % len(self.mails),
        }
        return told.get(verb, b"")

    def _uid(self, asked: list[str], deleted: set[int]) -> bytes:
        if asked[0] == "SEARCH":
            return b"* SEARCH %s\r\n" % " ".join(map(str, self.mails)).encode()
        number = int(asked[1])
        if asked[0] == "STORE":
            deleted.add(number)
            return b""
        most = int(re.findall(r"<0\.(\d+)>", asked[2])[0])
        mail = self.mails[number][:most]
        return b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (number, len(mail)) + mail + b")\r\n"
