"""What the work asks for and offers: licences, lifting, transport, language, shifts, form, mentor."""

import re
from collections.abc import Iterator, Mapping

from services.matching.text.found import LIKELY, SURE, Found, denied, wished
from services.matching.text.numbers import NUMBER, value_of

Table = tuple[tuple[str, float, re.Pattern[str]], ...]


def _table(*rows: tuple[str, float, str]) -> Table:
    return tuple((code, sure, re.compile(rf"\b(?:{pattern})\b")) for code, sure, pattern in rows)


LICENCES = _table(
    (
        "be",
        SURE,
        (
            r"trailerkort|trailerkørekort|kørekort (?:til )?(?:kategori )?b ?/ ?e|b/e[- ]kørekort|"
            r"kategori b/?e"
        ),
    ),
    (
        "c",
        SURE,
        (
            r"(?:stort|lastbil)[- ]?kørekort|lastbilkort|kørekort (?:til )?(?:kategori )?c\b(?: ?/ "
            r"?e)?|c-?kørekort|"
            r"kørekort til lastbil|kategori c\b"
        ),
    ),
    ("d", SURE, r"buskort|buskørekort|kørekort (?:til )?(?:kategori )?d|kørekort til bus|kategori d"),
    (
        "b",
        SURE,
        (
            r"kørekort (?:til )?(?:kategori |kat\.? )?b|b-?kørekort|kørekort til (?:personbil|"
            r"almindelig bil)|kategori b"
        ),
    ),
    (
        "b",
        LIKELY,
        (
            r"(?:gyldigt |almindeligt )?kørekort(?! (?:til )?(?:kategori |kat\.? )?[bcd]\b| til "
            r"(?:lastbil|bus))"
        ),
    ),
    (
        "forklift",
        SURE,
        (
            r"(?:gaffel)?truck(?:certifikat|kort|bevis|kørekort|cert)|certifikat til (?:gaffel)?truck|"
            r"kort til gaffeltruck|b-?certifikat til truck"
        ),
    ),
    ("crane", SURE, r"kran(?:certifikat|bevis|kort|førercertifikat)"),
    ("welding", SURE, r"svejse(?:certifikat\w*|bevis|kursus)"),
    (
        "hygiene",
        SURE,
        (
            r"hygiejne(?:bevis|kursus|certifikat)|fødevarehygiejne(?:kursus|bevis)?|bevis i "
            r"(?:almen )?(?:fødevare)?hygiejne"
        ),
    ),
    ("road_work", SURE, r"vejen som arbejdsplads(?:-bevis)?"),
)
FORMS = _table(
    ("fleksjob", SURE, r"fleksjob(?:bere?|ber)?|fleksjobbere"),
    (
        "virksomhedspraktik",
        SURE,
        (
            r"virksomhedspraktik(?:ant|anter|plads|pladser)?|praktikplads(?:er)?|i "
            r"praktik|jobpraktik"
        ),
    ),
    ("loentilskud", SURE, r"løntilskud(?:sjob|sstilling)?"),
    ("nytteindsats", SURE, r"nytteindsats\w*|nyttejob"),
    ("voksenlaerling", SURE, r"voksenlærling(?:e)?"),
    ("small_job", LIKELY, r"småjob(?:s|bet)?|lønnede timer|fritidsjob|timelønnede timer"),
    (
        "ordinary",
        LIKELY,
        (
            r"ordinær(?:t|e)? (?:job|ansættelse|stilling|vilkår|timer)|fastansættelse|fast "
            r"(?:job|stilling)"
        ),
    ),
)
SHIFTS = _table(
    (
        "rotating",
        SURE,
        (
            r"skifte?hold(?:s?\w*)?|(?:to|tre|2|3)-?holds?(?:skift|drift)|holddrift|"
            r"skiftende vagter|rullende vagter"
        ),
    ),
    ("night", SURE, r"nat(?:hold|vagt|vagter|arbejde|ten|job)|(?:om )?natten|nattevagt(?:er)?"),
    ("evening", SURE, r"aften(?:hold|vagt|vagter|arbejde|job)|om aftenen|aftener"),
    ("day", SURE, r"dag(?:hold|vagt|vagter|arbejde)"),
    ("early", LIKELY, r"morgen(?:hold|vagt|vagter)|tidlig(?:e)? morgen|tidligt om morgenen|morgenfrisk"),
    ("weekend", SURE, r"weekend(?:vagt|vagter|arbejde|job)"),
)
_NTH = {"anden": 2, "2.": 2, "tredje": 3, "3.": 3, "fjerde": 4, "4.": 4}
WEEKEND = re.compile(r"\bhver(?:t)?\s+(anden|tredje|fjerde|[234]\.)\s+(?:weekend|lørdag|søndag|uge)\b")
_KILO = rf"({NUMBER})(?:\s*-\s*({NUMBER}))?\s*(?:kg|kilo)\b\.?"
LIFTED = re.compile(
    rf"\b(?:tunge?\s+løft(?:e)?|løft(?:e|er|es)?|bære|slæbe|sække|kasser|"
    rf"håndtere)\b[^.!?\n]{{0,30}}?{_KILO}|{_KILO}[^.!?\n]{{0,12}}?\bløft"
)
HEAVY = re.compile(
    r"\b(?:tunge?\s+(?:og\s+\w+\s+)?løft(?:ene)?|tungt løft(?:earbejde)?|løfter?\s+tungt|"
    r"løfte\s+tung\w*|tungt arbejde|tunge ting|fysisk "
    r"(?:hårdt|krævende|tungt)|tunge sække|løfte meget)\b"
)
NO_HEAVY = re.compile(r"\b(?:lette? løft|let fysisk arbejde|fysisk let|skånsomt? arbejde|løftehjælp|løftegrej)\b")
TRANSPORT = _table(
    (
        "own_car",
        SURE,
        (
            r"(?:egen|have|har|råde over|rådighed over|kræver|uden) (?:en )?bil|egen transport|råder over bil|"
            r"bil er (?:et krav|nødvendig\w*)"
        ),
    ),
    (
        "public",
        SURE,
        (
            r"offentlig(?:e)? transport\w*|bus(?:sen)?(?: og tog)? (?:lige |tæt |stopper |"
            r"holder |kører |går |til )+\w*|"
            r"toget? (?:lige |stopper |holder |går )\w*|tæt på (?:station\w*|bus|tog|letbane\w*|metro\w*)|"
            r"gåafstand (?:til|fra) (?:station\w*|bus\w*|tog\w*)|kører (?:bus|tog) (?:til|lige)"
        ),
    ),
    ("bicycle", SURE, r"(?:på|med) cykel|cykle(?:afstand| dertil| hertil)?|egen cykel"),
    ("fetched", LIKELY, r"samkørsel|bliver hentet|firmabil|henter og bringer"),
)
LANGUAGES = _table(
    (
        "danish_well",
        SURE,
        (
            r"(?:flydende|godt|gode? (?:mundtligt|skriftligt)?|perfekt|rigtig godt) ?(?:i "
            r")?dansk(?:kundskaber)?|"
            r"dansk (?:flydende|på højt niveau|i skrift og tale|i tale og skrift)|beherske\w* dansk"
        ),
    ),
    (
        "danish",
        SURE,
        (
            r"(?:(?:skal|kan|kunne|at)(?: kunne)? )?(?:tale|taler|forstå|forstår|læse|læser|"
            r"snakke|snakker|skrive)"
            r"(?:,? (?:og|eller) (?:tale|forstå|læse|skrive))*(?: lidt| noget| godt)? dansk|dansktalende|"
            r"(?:lidt|noget|basalt|grundlæggende) dansk|danskkundskaber|dansk (?:er et krav|er "
            r"nødvendigt|kræves)|"
            r"dansk"
        ),
    ),
    (
        "english",
        LIKELY,
        (
            r"(?:tale|taler|forstå|forstår|snakker?) (?:dansk (?:eller|og) )?engelsk|"
            r"engelsktalende|engelsk(?: er (?:nok|fint|ok))?"
        ),
    ),
)
MENTOR = re.compile(r"\b(?:mentor(?:ordning)?|sidemandsoplæring|fast kontaktperson|fast makker)\b")
DENIALS: Mapping[str, str] = {"language": "not_needed", "lifting": "not_heavy"}


def _read(text: str, field: str, table: Table) -> Iterator[Found]:
    """Each code where it is said first; what is denied is no demand, and is told as `field` denied."""
    taken: list[tuple[int, int]] = []
    for code, sure, pattern in table:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            if denied(text, start, end):
                yield Found(f"no_{field}", code, start, end, sure)
            else:
                yield Found(field, code, start, end, sure, wished(text, start, end))


def read_demands(text: str) -> Iterator[Found]:
    """Licences, forms, shifts, transport, languages, lifting, weekends and a mentor."""
    for field, table in (
        ("licences", LICENCES), ("employment_form", FORMS), ("shifts", SHIFTS), ("transport", TRANSPORT),
        ("language", LANGUAGES),
    ):  # fmt: skip
        yield from _read(text, field, table)
    for match in WEEKEND.finditer(text):
        yield Found(
            "every_nth_weekend" if "uge" not in match.group() else "every_nth_week", _NTH[match[1]], *match.span()
        )
    for match in MENTOR.finditer(text):
        if not denied(text, *match.span()):
            yield Found("mentor_offered", True, *match.span(), LIKELY)
    yield from _lifting(text)


def _lifting(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match in LIFTED.finditer(text):
        kilos = [value_of(said) for said in match.groups() if said]
        taken.append(match.span())
        most = max(kilos)
        limit = re.search(
            r"ikke|aldrig|højst|maks|max|op til|"
            r"under",
            text[max(0, match.start() - 25) : match.end()],
        )
        yield Found("lifting_kg", most, *match.span(), SURE if limit or len(kilos) > 1 else LIKELY)
    for pattern, heavy in ((HEAVY, True), (NO_HEAVY, False)):
        for match in pattern.finditer(text):
            if any(match.start() < stop and begin < match.end() for begin, stop in taken):
                continue
            yield Found("heavy_lifting", heavy and not denied(text, *match.span()), *match.span())
