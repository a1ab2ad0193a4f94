"""Which work it is and what it takes: titles, tasks that stand for a title, and skills, as they are named."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from services.matching.text.found import LIKELY, PERHAPS, SURE, Found, denied, wished
from services.matching.text.likeness import read_likenesses
from services.matching.vocabulary import esco, names
from services.matching.vocabulary.linking import SAID_OF_MANY
from services.matching.vocabulary.words import folded
from shared.occupations import occupations

# What people say a person is for, and the title of ESCO-STAR that does it.
TASKS: Mapping[str, str] = {
    r"(?:rengøring\w*|gøre rent|gør rent|støvsuge\w*|vaske gulve?)": "Rengøringsassistent",
    r"(?:opvask\w*|vaske op|stå i opvasken)": "Opvasker",
    r"(?:køkken(?:et|arbejde|hjælp)?)": "Køkkenmedhjælper",
    r"(?:lager(?:et|arbejde|hjælp|hotel)?|pluk og pak|plukke og pakke|pakke varer|pakkeri(?:et)?|"
    r"varemodtagelse\w*)": "Lagermedarbejder",
    r"(?:butik(?:ken|sarbejde)?|kassen|fylde (?:varer )?op|varepåfyldning|sætte varer på plads)": "Butiksassistent",
    r"(?:havearbejde|grønne områder|slå græs|gartneri(?:et)?|lugning|luge)": "Gartneriarbejder",
    r"(?:servering\w*|servere)": "Serveringsmedarbejder",
    r"(?:truck(?:kørsel|en)?|køre truck)": "Truckfører",
    r"(?:vaskeri(?:et|arbejde)?)": "Vaskeriarbejder",
    r"(?:bageri(?:et|arbejde)?)": "Bageriarbejder",
    r"(?:pedel(?:arbejde|opgaver)?)": "Pedel",
    r"(?:kontor(?:et|arbejde|opgaver)|arkivering)": "Kontormedhjælper",
    r"(?:montage|samlebånd(?:et)?|produktion(?:en|sarbejde)?)": "Produktionsmedarbejder",
}
ENDINGS = ("", "e", "r", "s", "er", "en", "et", "ere", "ne", "erne", "n", "erne", "es")
WORD = re.compile(r"[a-zæøåäöüé0-9]+(?:[-/][a-zæøåäöüé0-9]+)*")
LONGEST = 5


@cache
def titles() -> Mapping[str, tuple[str, float]]:
    """Each folded name of a title with its id: its own name is sure, one that ESCO knows for the same is likely."""
    found = {name: (ids[0], LIKELY) for name, ids in names.others().items() if len(ids) == 1}
    found |= {folded(known.title): (known.id, SURE) for known in occupations().values()}
    return found


@cache
def _tasks() -> tuple[tuple[re.Pattern[str], str], ...]:
    ids = {known.title: known.id for known in occupations().values()}
    return tuple((re.compile(rf"\b{said}\b"), ids[title]) for said, title in TASKS.items() if title in ids)


@cache
def skills() -> Mapping[str, int]:
    """Numbers of the skills that have Danish words, by those words folded."""
    return {folded(label): number for number, label in esco.danish_skills().items()}


def read_occupations(text: str) -> Iterator[Found]:
    """Titles that are named, the longest first; where there is none, words that are like one, or what the work is."""
    words = list(WORD.finditer(text))
    known, taken, found = titles(), -1, []
    for at, word in enumerate(words):
        if word.start() < taken:
            continue
        hit = _longest(text, words, at, known)
        if hit is not None:
            found.append(hit)
            taken = hit.end
    yield from found
    if any(each.sure >= LIKELY for each in found):
        return
    like = list(read_likenesses(text))
    yield from like
    if not like:
        yield from _read_tasks(text)


def _read_tasks(text: str) -> Iterator[Found]:
    for pattern, star_id in _tasks():
        for match in pattern.finditer(text):
            if not denied(text, *match.span()):
                yield Found("occupation", star_id, *match.span(), PERHAPS, choices=(star_id,))
                break


def _longest(text: str, words: list[re.Match[str]], at: int, known: Mapping[str, tuple[str, float]]) -> Found | None:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        last = words[at + length - 1]
        start, end = words[at].start(), last.end()
        said = folded(text[start:end])
        if re.search(r"[.!?;:\n]", text[start:end]) or len(said) < 3 or said in SAID_OF_MANY:
            continue
        for ending in ENDINGS:
            if ending and not said.endswith(ending):
                continue
            stem = said.removesuffix(ending) if ending else said
            if stem in known and stem not in SAID_OF_MANY and len(stem) >= 3:
                star_id, sure = known[stem]
                if denied(text, start, end):
                    return None
                return Found("occupation", star_id, start, end, sure)
    return None


def read_skills(text: str) -> Iterator[Found]:
    """Skills in the words that we have for them, each once."""
    words = list(WORD.finditer(text))
    known, seen = skills(), set[int]()
    for at in range(len(words)):
        for length in range(min(6, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + length - 1].end()
            number = known.get(folded(text[start:end]))
            if number is not None and number not in seen and not denied(text, start, end):
                seen.add(number)
                yield Found("skills", number, start, end, SURE, wished(text, start, end))
                break
