"""`python -m deploy.messages`: who hears what, as a document; `--check` compares it with the code."""

import argparse
import sys
from pathlib import Path

from services.notifications.pages.words import TABLE
from services.notifications.queries import rulebook
from services.notifications.rules import samples

FILE = Path(__file__).resolve().parents[1] / "docs/messages.md"
HEADING = """# Messages

Made by `python -m deploy.messages` from `services/notifications/rules/table.py`, which the product acts by; staff and
ops read the same on `/beskeder/regler`. An event that is not here reaches nobody.

*Urgent* messages go first where many wait; so does whatever begins within {urgent_hours} hours. What *merges* waits
{gather_seconds} seconds for others to the same mailbox and goes as one mail; what can wait comes at most every
{calm_minutes} minutes. What keeps *hours* leaves by e-mail from {hours[email][from]} to {hours[email][to]} and by SMS
from {hours[sms][from]} to {hours[sms][to]}, unless less than {hours[email][notice_minutes]} minutes would be left
before the appointment. Reminders never wake anybody, and are dropped where what they are about moved, ended, was
cancelled or was seen; between one and the next that staff ask for lie {pause_hours} hours.

| event | to | message | template | when | channels in order | urgency | merges | hours | may be declined |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def document() -> str:
    """All of it; raises BadTemplate where a letter cannot be written."""
    samples.check()
    lines = []
    for row in rulebook.message_rules():
        template, kind = row["template"], row["recipient_kind"]
        cells = (
            ", ".join(row["events"]) or "asked for by staff",
            TABLE["kind"][kind].english,
            TABLE["template"][template].english,
            f"`{template}.{kind}`",
            _when(row["before_minutes"]),
            ", ".join(row["channels"]),
            TABLE["urgency"][str(row["urgency"])].english.lower(),
            "yes" if row["merges"] else "",
            "yes" if row["quiet"] else "any hour",
            "yes" if row["optional"] else "no: they must know",
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    return HEADING.format(**rulebook.times()) + "".join(lines)


def _when(minutes: int | None) -> str:
    if minutes is None:
        return "at once"
    return f"{minutes // 60} h before" if minutes > 0 else f"{-minutes // 60} h later, if unopened"


def main() -> None:
    """Write the document, or with `--check` end with 1 where it is not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m deploy.messages", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        sys.exit(0 if FILE.read_text(encoding="utf-8") == document() else "docs/messages.md is not current")
    FILE.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
