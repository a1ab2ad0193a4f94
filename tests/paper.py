"""What stands in a PDF, as far as tests ask."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def inside(made: bytes) -> bytes:
    """The file with its packed parts opened, one after the other."""
    return made + b"\n".join(_opened(part) for part in _STREAM.findall(made))


def _opened(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error:
        return part
