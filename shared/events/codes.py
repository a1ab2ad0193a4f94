"""The codes that events carry, each with the words people read. A closed list, so that no diagnosis slips in as one."""

from typing import NamedTuple


class Words(NamedTuple):
    """Danish first, English beside it."""

    danish: str
    english: str


EASY_DANISH = "da-x-let"
"""A language that a citizen may read best (BCP 47, private use): the same Danish, said so that it is easy to read."""
EASY_WORDS = Words("dansk, let at læse", "Danish, easy to read")
EMPLOYMENT_FORMS = {
    "ordinary": Words("ordinært job", "ordinary job"),
    "small_job": Words("småjob", "small job"),
    "virksomhedspraktik": Words("virksomhedspraktik", "unpaid work placement"),
    "loentilskud": Words("job med løntilskud", "job with wage subsidy"),
    "fleksjob": Words("fleksjob", "fleksjob"),
    "nytteindsats": Words("nytteindsats", "community-benefit work"),
    "voksenlaerling": Words("voksenlærling", "adult apprentice"),
    "minifleksjob": Words("minifleksjob", "minifleksjob"),
    "igu": Words("IGU (integrationsgrunduddannelse)", "IGU (integration basic education)"),
}
# Functional needs: what the work must allow, never why (a company is not told a reason).
NEEDS = {
    "quiet_place": Words("et roligt sted", "a quiet place"),
    "few_people": Words("få mennesker omkring sig", "few people around"),
    "no_customer_contact": Words("ingen kundekontakt", "no contact with customers"),
    "fixed_contact": Words("én fast kontaktperson", "one fixed contact person"),
    "fixed_routine": Words("faste rutiner", "fixed routines"),
    "one_task_at_a_time": Words("én opgave ad gangen", "one task at a time"),
    "written_instructions": Words("skriftlige instrukser", "written instructions"),
    "spoken_instructions": Words("mundtlige instrukser", "spoken instructions"),
    "no_time_pressure": Words("arbejde uden tidspres", "work without time pressure"),
    "extra_breaks": Words("ekstra pauser", "extra breaks"),
    "two_hours_at_a_time": Words("højst to timer ad gangen", "two hours at a time at most"),
    "flexible_start": Words("fleksibel mødetid", "a flexible start"),
    "no_night_work": Words("intet natarbejde", "no work at night"),
    "no_heavy_lifting": Words("ingen tunge løft", "no heavy lifting"),
    "sitting_work": Words("siddende arbejde", "sitting work"),
    "alternating_posture": Words("skiftende arbejdsstillinger", "alternating postures"),
    "step_free_access": Words("adgang uden trin", "step-free access"),
    "adjustable_desk": Words("hæve-sænke-bord", "an adjustable desk"),
    "interpreter": Words("tolk", "an interpreter"),
    "own_tasks": Words("egne opgaver", "tasks of one's own"),
}
LICENCES = {
    "b": Words("kørekort B", "driving licence B"),
    "be": Words("kørekort B/E", "driving licence B/E"),
    "c": Words("kørekort C", "driving licence C"),
    "d": Words("kørekort D", "driving licence D"),
    "forklift": Words("truckcertifikat", "forklift certificate"),
    "crane": Words("krancertifikat", "crane certificate"),
    "welding": Words("svejsecertifikat", "welding certificate"),
    "hygiene": Words("hygiejnebevis", "food hygiene certificate"),
    "road_work": Words("Vejen som arbejdsplads", "road work certificate"),
}
