"""The nine criteria for a company that takes part (CSR Randers), and how far a project is; no threshold anywhere."""

from collections.abc import Mapping, Sequence

from shared.events.codes import Words

CRITERIA: Mapping[str, Words] = {
    "continuous_places": Words(
        "tilbyder løbende praktik, jobtræning og afklaring", "offers placements, training and clarification all along"
    ),
    "jobs_on_the_edge": Words(
        "tilbyder job til ledige på kanten", "offers jobs to people on the edge of the labour market"
    ),
    "job_aim": Words(
        "tager menneskeligt ansvar, med job som mål for den rette", "takes human responsibility with a job as the aim"
    ),
    "fleksjobber": Words("har eller har haft mindst én fleksjobber", "has or had one fleksjobber at least"),
    "individual_agreements": Words(
        "aftaler tid, indhold og hensyn med den enkelte", "agrees on time, tasks and adjustments with each"
    ),
    "diversity_policy": Words("har en personalepolitik med plads til mangfoldighed", "has a diverse staff policy"),
    "decency": Words("er ordentlig med løn, vilkår og lov", "is decent in pay, conditions and law"),
    "mentors": Words("bruger mentorer", "uses mentors"),
    "prevention": Words("forebygger og fastholder", "prevents absence and keeps people"),
}
KINDS: Mapping[str, tuple[str, ...]] = {
    "jobs": ("ordinary", "small_job", "fleksjob", "minifleksjob", "loentilskud"),
    "apprentices": ("voksenlaerling", "igu"),
    "placements": ("virksomhedspraktik", "nytteindsats"),
}
KIND_WORDS: Mapping[str, Words] = {
    "jobs": Words("job", "jobs"),
    "apprentices": Words("lærlinge", "apprentices"),
    "placements": Words("praktikpladser", "placements"),
}


def documented(evidence: Sequence[str]) -> list[str]:
    """The criteria with evidence (A28); a card says how many of nine, never passed or failed."""
    return [code for code, said in zip(CRITERIA, evidence, strict=True) if said.strip()]


def kind_of(employment_form: str) -> str:
    """What a need of that form counts as in a project."""
    return next(kind for kind, forms in KINDS.items() if employment_form in forms)
