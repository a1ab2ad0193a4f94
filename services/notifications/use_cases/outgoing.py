"""One POST to an address that somebody outside gave us: never into a private network, and never for long."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

SECONDS = 3.0
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unsent(Exception):
    """Nobody took it; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(url: str, *, loopback: bool) -> str:
    """The network address to connect to; raises Unsent for what is no public address of a server with HTTPS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("https", *(["http"] if loopback else [])) or not host or parts.username or parts.fragment:
        raise Unsent("not_https")
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise Unsent("not_found") from error
    addresses = [str(one[4][0]) for one in found]
    plain = parts.scheme == "http"
    if not addresses or not all(_allowed(one, loopback=loopback, plain=plain) for one in addresses):
        raise Unsent("private_network")
    return addresses[0]


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _allowed(text: str, *, loopback: bool, plain: bool) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.is_loopback:
        return loopback
    leads_on = isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in NAT64
    )
    return address.is_global and not address.is_multicast and not plain and not leads_on


def post(url: str, body: bytes, headers: Mapping[str, str], *, loopback: bool) -> int:
    """The status of the answer; a redirect is not followed. Raises Unsent.

    The address that was looked at is the one that is connected to, so that a name cannot change in between.
    """
    address, parts = checked(url, loopback=loopback), urlsplit(url)
    line: socket.socket | None = None
    late = threading.Event()

    def end() -> None:
        late.set()
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(SECONDS, end)
    timer.start()
    try:
        line = socket.create_connection((address, _port(parts)), timeout=SECONDS)
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
        asked = http.client.HTTPConnection(parts.netloc)
        asked.sock = line
        path = parts.path or "/"
        asked.request("POST", f"{path}?{parts.query}" if parts.query else path, body, dict(headers))
        status = asked.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Unsent("too_slow" if late.is_set() or isinstance(error, TimeoutError) else "unreachable") from error
    finally:
        timer.cancel()
        if line is not None:
            line.close()
    # What was cut off half-way reads like an answer that ended.
    if late.is_set():
        raise Unsent("too_slow")
    return status
