"""Paper, made by a library that takes a second to load: whoever makes none starts without it (shared/press.py)."""

import importlib


def render(html: str, *, made_of: bytes | None = None) -> bytes:
    """As `shared.press.render`."""
    made: bytes = importlib.import_module("shared.press").render(html, made_of=made_of)
    return made
