"""Settings in a file that this loader, Docker Compose, systemd and a shell all read alike: NAME='value'."""

from collections.abc import Mapping
from pathlib import Path


def write(path: Path, settings: Mapping[str, str], heading: str = "") -> None:
    """Writes the file anew, for the owner's eyes only; refuses a value that cannot stand in single quotes."""
    lines = [f"# {line}\n" for line in heading.splitlines()]
    for name, value in settings.items():
        if "'" in value or "\n" in value or "\\" in value:
            raise ValueError(f"{name} holds a quote, a backslash or a line break")
        lines.append(f"{name}='{value}'\n")
    replace(path, "".join(lines))


def replace(path: Path, content: str) -> None:
    """Puts a whole new file in its place, for the owner's eyes only: a full disk or a crash leaves what was there."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(content, encoding="utf-8")
    fresh.rename(path)


def read(path: Path) -> dict[str, str]:
    """The settings of a file that `write` made."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: value.strip("'") for name, value in (line.split("=", 1) for line in lines)}
