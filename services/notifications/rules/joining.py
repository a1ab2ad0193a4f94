"""Several letters to the same party as one mail."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from services.notifications.rules.letters import BETWEEN_LANGUAGES, Letter, html
from services.notifications.rules.subjects import DANISH, ENGLISH

NEWS = {DANISH: "Nyt fra Jobbutikken ({})", ENGLISH: "News from the Jobbutik ({})"}
CLOSING = {DANISH: "Venlig hilsen", ENGLISH: "Kind regards"}


def joined(letters: Sequence[Letter]) -> Letter:
    """Each under its subject, greeted and signed once; an appointment told twice is told as it is last."""
    if len(letters) == 1:
        return letters[0]
    parts = _once([(letter.subject, language, words) for letter in letters for language, words in letter.parts])
    languages = dict.fromkeys(language for language, _ in parts)
    subject = " / ".join(NEWS[language].format(len(letters)) for language in languages)
    every = sorted((one for letter in letters for one in letter.appointments), key=attrgetter("sequence"))
    told = {one.id: one for one in every}
    return Letter(
        subject=subject,
        text=BETWEEN_LANGUAGES.join("\n\n".join(words) for _, words in parts) + "\n",
        html=html(subject, parts, headed=True),
        sms="\n".join(letter.sms for letter in letters),
        appointments=tuple(sorted(told.values(), key=attrgetter("starts_at"))),
        parts=parts,
    )


def _once(told: Iterable[tuple[str, str, Sequence[str]]]) -> tuple[tuple[str, Sequence[str]], ...]:
    """Without the greeting that was said before and the signature that comes below; two readers are greeted each."""
    parts: list[tuple[str, list[str]]] = []
    greeted: dict[str, str] = {}
    for heading, language, words in told:
        again = greeted.get(language) == words[0]
        greeted[language] = words[0]
        parts.append((language, [heading, *words[again:]]))
    signed: dict[str, str] = {}
    for language, kept in reversed(parts):
        closing = next(one for one in kept if one.startswith(CLOSING[language]))
        if signed.get(language) == closing:
            kept.remove(closing)
        signed[language] = closing
    return tuple(parts)
