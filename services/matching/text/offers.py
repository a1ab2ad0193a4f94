"""When there is most to do in the year, and what regard a workplace can show; each as it is said."""

import re
from collections.abc import Iterator

from services.matching.text.dates import MONTHS
from services.matching.text.found import LIKELY, SURE, Found, clause, denied

_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"
_MONTH = rf"(?:{'|'.join(MONTHS)}|{_SHORT})"
# A day before the month, or a part of it, makes a date of it.
_NO_DATE = r"(?<!\d )(?<!\d\.)(?<!\d\. )(?<!\d)(?<!primo )(?<!medio )(?<!ultimo )(?<!en af )"
_RUN = re.compile(
    rf"(?:\bfra\s+|\b)(?P<first>{_NO_DATE}{_MONTH})\s*(?:-|til og med|t\.o\.m\.?|til)\s*(?P<last>{_MONTH})"
    r"(?!\s*(?:kl\b|\d))"
)
_SEVERAL = re.compile(rf"\b{_NO_DATE}{_MONTH}(?:\s*,\s*{_MONTH})*\s+(?:og|samt)\s+{_MONTH}(?!\s*\d)")
_ONE = re.compile(rf"\b{_NO_DATE}{_MONTH}(?!\s*\d)")
_BUSY = re.compile(
    r"\b(?:travl\w*|sæson\w*|højsæson\w*|spidsbelast\w*|mest at lave|mest brug for|hele|ekstra hænder)\b"
)
# The parts of the year as the Danish Meteorological Institute counts them.
_PARTS = {
    "sommer": (6, 8), "efterår": (9, 11), "vinter": (12, 2), "forår": (3, 5),
    "sommerhalvår": (4, 9), "vinterhalvår": (10, 3),
}  # fmt: skip
_PART = re.compile(
    r"\b(?:hele|om|i|i løbet af|hen over|henover|over|til|for)\s+(?:den\s+|det\s+|hele\s+)?"
    r"(?P<part>sommer|efterår|vinter|forår|sommerhalvår|vinterhalvår)(?:e?t|e?n)?(?:s?sæson(?:en)?)?\b"
    r"|\b(?P<season>sommer|efterårs|vinter|forårs)sæson(?:en)?\b"
)
_CHRISTMAS = re.compile(r"\b(?:op til jul|i juletravlheden|juletravlhed|i julemåneden|til julehandlen|i julehandlen)\b")


def _offer(code: str, *said: str, sure: float = SURE) -> tuple[str, float, re.Pattern[str]]:
    return code, sure, re.compile(rf"\b(?:{'|'.join(said)})\b")


ADJUSTMENTS = (
    _offer("quiet_place", r"(?:stille|roligt?) (?:hjørne|sted|plads|lokale|rum|kontor|arbejdsplads)",
           r"rolige omgivelser|afskærmet (?:plads|arbejdsplads)|ro omkring sig"),
    _offer("few_people", r"få (?:mennesker|kolleger|kollegaer|folk)(?: omkring)?|(?:et )?lille (?:hold|team)"),
    _offer("no_customer_contact", r"(?:ingen|uden|ikke) (?:kunde(?:r|kontakt)|kontakt (?:med|til) kunder(?:ne)?)"),
    _offer("fixed_contact", r"(?:én |en )?fast (?:kontaktperson|makker|kollega)|samme kontaktperson"),
    _offer("fixed_routine", r"faste? rutiner?|samme opgaver hver (?:dag|gang)"),
    _offer("one_task_at_a_time", r"(?:én|en) (?:opgave|ting) ad gangen"),
    _offer("written_instructions", r"skriftlige? (?:instruks\w*|vejledning\w*|anvisning\w*)|på skrift"),
    _offer("spoken_instructions", r"mundtlige? (?:instruks\w*|besked\w*|vejledning\w*|anvisning\w*)"),
    _offer("no_time_pressure", r"(?:intet|uden|ikke noget|ingen) (?:tidspres|stress|akkord)",
           r"i (?:sit|eget|deres|dit) (?:eget )?tempo|i roligt tempo"),
    _offer("extra_breaks", r"(?:mulighed for|plads til|må (?:gerne )?(?:holde|tage)|kan (?:holde|tage)) "
           r"(?:ekstra |flere |små |korte |en )?pauser?", r"(?:ekstra|flere) pauser",
           r"pauser? (?:efter behov|når (?:det|der|man)\b)"),
    _offer("flexible_start", r"fleksib(?:el|le|elt) (?:mødetid(?:er|spunkt)?|start|arbejdstid(?:er)?)",
           r"(?:møde|komme)r?,? når det passer|selv bestemme,? hvornår"),
    _offer("no_night_work", r"(?:intet|ingen|ikke) (?:natarbejde|nattevagter|nathold)"),
    _offer("sitting_work", r"(?:stille)?siddende (?:arbejde|job|opgaver?)|kan sidde ned"),
    _offer("alternating_posture", r"skiftende (?:arbejds)?stillinger|både (?:sidde og stå|stå og sidde)",
           r"veksle mellem at (?:stå|sidde)"),
    _offer("step_free_access", r"(?:ingen|uden) (?:trapper|trin)|niveaufri\w*|kørestol\w*|elevator", sure=LIKELY),
    _offer("adjustable_desk", r"hæve[-/ ]*sænke[- ]?bord(?:e|et)?"),
    _offer("interpreter", r"tolk(?:ning|ebistand)?", sure=LIKELY),
    _offer("own_tasks", r"(?:sine |deres )?egne opgaver|eget (?:arbejds)?område|afgrænsede opgaver", sure=LIKELY),
)  # fmt: skip


def read_seasons(text: str) -> Iterator[Found]:
    """Months ("06") in which there is most to do; somebody has to look at it, as a season may also be an end."""
    taken: list[tuple[int, int]] = []
    for span, months in _seasons(text):
        if not denied(text, *span) and not any(span[0] < end and start < span[1] for start, end in taken):
            taken.append(span)
            yield Found("season", tuple(f"{month:02d}" for month in months), *span, LIKELY)


def _seasons(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, ...]]]:
    for match in _RUN.finditer(text):
        yield match.span(), _run(_number(match["first"]), _number(match["last"]))
    for match in _SEVERAL.finditer(text):
        yield match.span(), _named(match.group())
    for match in _PART.finditer(text):
        part = match["part"] or match["season"]
        yield match.span(), _run(*_PARTS.get(part) or _PARTS[part.removesuffix("s")])
    for match in _CHRISTMAS.finditer(text):
        yield match.span(), (12,)
    for match in _ONE.finditer(text):
        begins, ends = clause(text, *match.span())
        if _BUSY.search(text[begins:ends]):
            yield match.span(), _named(match.group())


def _run(first: int, last: int) -> tuple[int, ...]:
    """Months from one to another, also over New Year, in the order of the year."""
    return tuple(month for month in range(1, 13) if (month - first) % 12 <= (last - first) % 12)


def _named(said: str) -> tuple[int, ...]:
    return tuple(sorted({_number(each) for each in re.findall(_MONTH, said)}))


def _number(said: str) -> int:
    if said.rstrip(".") == "jul":  # Christmas, not the short of July
        return 12
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(said.rstrip(".")[:3]))


def read_adjustments(text: str) -> Iterator[Found]:
    """What the workplace can do for somebody, each where it is said first; what it cannot do is not told."""
    told: set[str] = set()
    for code, sure, pattern in ADJUSTMENTS:
        for match in pattern.finditer(text):
            if code not in told and not denied(text, *match.span()):
                told.add(code)
                yield Found("adjustments", code, *match.span(), sure)
