"""Work that is named in other words than a title's: "gulvvasker", "medhjælper til vores køkken", "til hundepasning"."""

import re
from collections.abc import Iterator

from services.matching.rules import titles
from services.matching.text.found import LIKELY, PERHAPS, Found, denied
from services.matching.vocabulary import linking

# Of titles that are as sure as this most have the right one among the choices; below it only a word that names
# somebody who does a job is worth a question.
LIKE_ENOUGH = 0.2
UNSURE = 0.25
# What a word ends with that says who does a job.
DOERS = (
    "arbejder", "arbejdsmand", "assistent", "bager", "betjent", "bud", "chauffør", "dame", "dreng", "ekspedient",
    "elev", "fører", "gartner", "hjælp", "hjælper", "kok", "konsulent", "kvinde", "leder", "lærer", "lærling",
    "mager", "maler", "mand", "medarbejder", "medhjælper", "mekaniker", "mester", "montør", "murer", "operatør",
    "pakker", "passer", "pige", "plejer", "pudser", "pædagog", "slagter", "smed", "snedker", "svend", "svejser",
    "sælger", "tekniker", "tjener", "tømrer", "vagt", "vasker", "vikar", "vært",
)  # fmt: skip
GENERAL = linking.SAID_OF_MANY | {"bud", "dame", "dreng", "hjælp", "kvinde", "mand", "mester", "pige", "svend", "vært"}
ENDINGS = "e|r|s|er|en|et|ere|erne|ne|n"
DOER = re.compile(
    rf"\b(?P<stem>[a-zæøåéü-]*?(?:{'|'.join(sorted(DOERS, key=len, reverse=True))}))(?:{ENDINGS})?(?![a-zæøåéü-])"
)
OF_WHAT = re.compile(
    r"\s(?:til|i|på)\s(?:(?:vores|vort|et|en|den|det|jeres|dit|din)\s)?(?:(?:eget?|egen|lille|stort?|store)\s)?"
    r"(?P<what>[a-zæøåéü]{3,})"
)
FOR = re.compile(r"\btil\s(?:(?:at|noget|lidt|vores|let)\s)?(?P<work>[a-zæøåéü]{6,})\b")
DEFINITE = re.compile(r"(?<=[a-zæøå]{3})(?:erne|et|en|er|e)$")


def read_likenesses(text: str) -> Iterator[Found]:
    """Who is wanted, by words that name somebody who does it; where nobody is named, what they are wanted for."""
    found = [each for said in DOER.finditer(text) if (each := _doer(text, said))]
    if not found:
        found = [each for said in FOR.finditer(text) if (each := _found(text, said["work"], *said.span("work")))]
    yield from found


def _doer(text: str, said: re.Match[str]) -> Found | None:
    stem, (start, end) = said["stem"], said.span()
    what = OF_WHAT.match(text, end) if stem in GENERAL or stem in DOERS else None
    if what is not None:
        bare = DEFINITE.sub("", what["what"])
        joined = max((f"{one}{stem}" for one in (what["what"], bare)), key=linking.sureness)
        if found := _found(text, joined, start, what.end()):
            return found
    return _found(text, stem, start, end, least=LIKE_ENOUGH if stem in GENERAL else 0)


def _found(text: str, words: str, start: int, end: int, least: float = LIKE_ENOUGH) -> Found | None:
    """The title that the words are like, with others to choose from; None where nothing is like enough."""
    if denied(text, start, end):
        return None
    link = linking.linked(words)
    if link is not None:
        return Found("occupation", link.star_id, start, end, LIKELY)
    sure = linking.sureness(words)
    near = tuple(one.id for one in titles.choices(words)) if sure >= least else ()
    if not near:
        return None
    return Found("occupation", near[0], start, end, PERHAPS if sure >= LIKE_ENOUGH else UNSURE, choices=near)
