"""The municipalities' service platform on loopback: TLS, a certificate asked of whoever calls, three steps."""

import json
import ssl
import threading
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shared.suppliers import PostAccount

TAKEN = "<kombi_response><Result>true</Result><TransmissionID>{}</TransmissionID></kombi_response>"
REFUSED = "<kombi_response><Result>false</Result><FejlId>memo.invalid</FejlId></kombi_response>"
FAR = timedelta(days=3650)


def certificate(folder: Path, name: str) -> Path:
    """A PEM file with a key and a certificate that is its own authority, good for loopback."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - FAR).not_valid_after(now + FAR)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / f"{name}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


class Platform:
    """`says` is how it answers a letter: taken, refused, busy, hangs, cuts (after it took it), twice, rubbish."""

    def __init__(self, folder: Path) -> None:
        self.says, self.letters, self.asked = "taken", [], []  # type: ignore[var-annotated]
        self.known: set[str] = set()
        ours, theirs = certificate(folder, "kommune"), certificate(folder, "platform")
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                platform.answer(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_: object) -> None:
                """Silence."""

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(theirs)
        context.load_verify_locations(ours)
        context.verify_mode = ssl.CERT_REQUIRED
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        url = f"https://127.0.0.1:{self._server.server_port}"
        self.account = PostAccount(
            cvr="12345678", label="Herlev Kommune", issue=f"{url}/runtime/api/rest/wstrust/v1/issue",
            token=f"{url}/service/AccessTokenService_1/token", send=f"{url}/service/KombiPostAfsend_1/kombi",
            certificate=str(ours), trusted=str(theirs), number_keys={"n1": bytes(32)},
        )  # fmt: skip

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """A token, an access token, or what was told of letters."""
        self.asked.append(handler.path)
        if handler.path.endswith("/issue"):
            assert json.loads(body)["AnvenderKontekst"] == {"Cvr": "12345678"}
            told = {"RequestedSecurityToken": {"Assertion": b64encode(b"<saml/>").decode()}}
            return self._say(handler, 200, json.dumps(told))
        if handler.path.endswith("/token"):
            assert parse_qs(body.decode())["saml-token"] == [b64encode(b"<saml/>").decode()]
            told = {"token_type": "Holder-of-key", "access_token": "t0ken", "expires_in": 3600}
            return self._say(handler, 200, json.dumps(told))
        return self._letter(handler, body)

    def _letter(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        assert handler.headers["Authorization"] == "Holder-of-key t0ken"
        number = handler.headers["x-TransaktionsId"]
        if self.says == "busy":
            return self._say(handler, 503, "")
        if self.says == "refused":
            return self._say(handler, 200, REFUSED)
        if number in self.known:
            return self._say(handler, 409, "")
        self.known.add(number)
        self.letters.append(ET.fromstring(body))
        if self.says == "hangs":
            time.sleep(4)
        if self.says in ("hangs", "cuts"):
            return handler.connection.close()
        text = "<html>" if self.says == "rubbish" else TAKEN.format(f"T-{len(self.letters)}")
        return self._say(handler, 200, text * (2 if self.says == "twice" else 1))

    def _say(self, handler: BaseHTTPRequestHandler, status: int, text: str) -> None:
        raw = text.encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    def stop(self) -> None:
        """No more answers."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def said(letter: Any, name: str) -> list[str]:
    """The texts of all elements of a letter with this local name."""
    return [one.text or "" for one in letter.iter() if one.tag.rpartition("}")[2] == name]
