"""What each of matching's codes is called: one table, so that a page, a letter and a report say the same."""

from collections.abc import Mapping

from services.matching.rules import (
    agreed,
    centres,
    contact_budget,
    knowing,
    openings,
    promises,
    responsibility,
    wording,
)
from services.matching.rules.portal_terms import PORTAL
from services.matching.rules.week import DANISH_DAYS, DAYS, ENGLISH_DAYS
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS, Words

TERMS: Mapping[str, Mapping[str, Words]] = {
    **knowing.TERMS,
    **agreed.TERMS,
    **contact_budget.TERMS,
    **promises.TERMS,
    "form": EMPLOYMENT_FORMS,
    "centre_role": centres.ROLES,
    "stay_state": centres.STATES,
    "stay_from": centres.FROM,
    "order_reason": centres.ORDER_REASONS,
    "end_reason": centres.END_REASONS,
    "opening_state": openings.STATES,
    "project_kind": responsibility.KIND_WORDS,
    "drop_reason": openings.DROP_REASONS,
    "wording_reason": wording.REASONS,
    "wording_ground": {code: ground.words for code, ground in wording.GROUNDS.items()},
    "licence": LICENCES,
    "function": NEEDS,
    "day": {day: Words(danish, english) for day, danish, english in zip(DAYS, DANISH_DAYS, ENGLISH_DAYS, strict=True)},
    **PORTAL,
    "need_state": {
        "draft": Words("kladde", "draft"),
        "open": Words("åbent", "open"),
        "paused": Words("sat på pause", "paused"),
        "filled": Words("besat", "filled"),
        "closed": Words("lukket", "closed"),
    },
    "match_state": {
        "proposed": Words("venter på borgerens svar", "awaiting the citizen's answer"),
        "consented": Words("venter på virksomhedens svar", "awaiting the company's answer"),
        "accepted": Words("begge har sagt ja", "both have said yes"),
        "declined": Words("sagt nej", "declined"),
        "no_longer_available": Words("ikke længere muligt", "no longer available"),
    },
    "placement_state": {
        "awaiting_statements": Words("venter på godkendelser", "awaiting approvals"),
        "agreed": Words("aftalt", "agreed"),
        "refused": Words("blev ikke til noget", "came to nothing"),
    },
    "heard": {
        "waiting": Words("sendt, ikke læst endnu", "sent, not read yet"),
        "confirmed": Words("virksomheden siger, det er rigtigt", "the company says that it is right"),
        "corrected": Words("virksomheden har rettet det", "the company has corrected it"),
    },
    "decliner": {
        "citizen": Words("borgeren", "the citizen"),
        "company": Words("virksomheden", "the company"),
        "proposer": Words("forslaget er trukket tilbage", "the proposal was taken back"),
        "desk": Words("skranken", "the desk"),
        "clock": Words("fristen er udløbet", "the time ran out"),
        "hired": Words("lukket, da en anden aftale blev lavet", "closed when another agreement was made"),
    },
    "clock_reason": {"no_answer": Words("der kom ikke svar i tide", "no answer came in time")},
    "hired_reason": {
        "placed_elsewhere": Words("borgeren er begyndt et andet sted", "the citizen has begun elsewhere"),
        "position_taken": Words("pladsen er besat", "the position is taken"),
    },
    "notice": {
        "lapsed": Words("forslaget er udløbet uden svar", "the proposal ran out without an answer"),
        "placed_elsewhere": Words(
            "forslaget er lukket: borgeren er begyndt et andet sted",
            "the proposal is closed: the citizen has begun elsewhere",
        ),
        "position_taken": Words("forslaget er lukket: pladsen er besat", "the proposal is closed: somebody got it"),
        "read_back_corrected": Words(
            "virksomheden har rettet det, vi skrev ned", "the company corrected what we wrote down"
        ),
        "promise_broken": Words("et løfte til virksomheden er ikke holdt", "a promise to the company was not kept"),
        "search": Words("nyt behov, der svarer til din søgning", "a new need that is what you seek"),
    },
    "desk_reason": {"same_person": Words("borgeren var registreret to gange", "the citizen was registered twice")},
    "factor": {
        "occupation": Words("stilling", "occupation"),
        "skills": Words("kompetencer", "skills"),
        "languages": Words("sprog", "languages"),
        "strengths": Words("virksomhedens ønsker", "the company's wishes"),
        "offers": Words("borgerens ønsker", "the citizen's wishes"),
        "familiar": Words("kendt i virksomheden", "known at the company"),
        "distance": Words("afstand", "distance"),
        "hours": Words("timer", "hours"),
        "growth": Words("timer, der vokser", "hours that grow"),
        "season": Words("travle måneder", "busy months"),
        "flexibility": Words("fleksibilitet", "flexibility"),
        "attention": Words("længe uset", "long unseen"),
        "mentor": Words("mentor", "mentor"),
        "danish": Words("dansk", "Danish"),
        "shifts": Words("vagter", "shifts"),
        "transport": Words("transport", "transport"),
        "travel_time": Words("rejsetid", "travel time"),
        "spoken": Words("sprog på stedet", "languages at the place"),
    },
    "rule": {
        "consent": Words("samtykke", "consent"),
        "form": Words("ansættelsesform", "form of employment"),
        "hours": Words("timetal", "hours"),
        "travel": Words("afstand", "distance"),
        "licences": Words("kørekort og beviser", "licences and certificates"),
        "adjustments": Words("hensyn", "adjustments"),
        "time": Words("arbejdstider", "working time"),
        "declined": Words("har sagt nej til behovet", "said no to this need"),
        "placed": Words("er i et forløb i perioden", "is on a placement in this period"),
        "paused": Words("foreslås ikke for tiden", "is not put forward for now"),
        "danish": Words("dansk", "Danish"),
        "lifting": Words("løft", "lifting"),
        "transport": Words("transport", "transport"),
        "shifts": Words("vagter", "shifts"),
        "mentor": Words("mentor", "mentor"),
        "declined_before": Words("fik nej til behovet før", "was declined for the need before"),
        "same_company": Words("venter på svar i virksomheden", "awaits an answer at the company"),
    },
    "consent_way": {
        "in_person": Words("ved en samtale", "in person"),
        "phone": Words("på telefon", "by telephone"),
        "digital": Words("digitalt", "online"),
    },
    "override_reason": {
        "agreed_with_both_sides": Words("aftalt med begge parter", "agreed with both sides"),
        "adjustment_promised": Words("virksomheden har lovet hensynet", "the company promised the adjustment"),
        "transport_arranged": Words("transporten er på plads", "transport is arranged"),
        "licence_on_the_way": Words("beviset er på vej", "the licence is on the way"),
        "hours_will_grow": Words("timerne vokser", "the hours will grow"),
    },
    "citizen_reason": {
        "other_job": Words("har fået andet arbejde", "found other work"),
        "too_far": Words("for langt væk", "too far away"),
        "hours_do_not_fit": Words("tiderne passer ikke", "the hours do not fit"),
        "wrong_kind_of_work": Words("forkert slags arbejde", "the wrong kind of work"),
        "workplace_unsuitable": Words("arbejdspladsen passer ikke", "the workplace is unsuitable"),
        "other": Words("en anden grund", "another reason"),
    },
    "company_reason": {
        "position_taken": Words("pladsen er besat", "the position is taken"),
        "skills_do_not_fit": Words("kompetencerne passer ikke", "the skills do not fit"),
        "hours_do_not_fit": Words("tiderne passer ikke", "the hours do not fit"),
        "adjustment_not_possible": Words("hensynet kan ikke tages", "the adjustment is not possible"),
        "other": Words("en anden grund", "another reason"),
    },
    "purpose": {
        "clarify_job_goal": Words("afklare jobmål", "clarify the job goal"),
        "uncover_skills": Words("afdække kompetencer", "find out what somebody can do"),
        "train_professional_skills": Words("optræne faglige kompetencer", "train professional skills"),
        "train_language": Words("optræne sprog", "train the language"),
        "train_social_skills": Words("optræne sociale kompetencer", "train social skills"),
        "retain_job": Words("fastholde job", "keep a job"),
    },
    "cadence": {
        "default": Words("almindelig opfølgning", "usual follow-up"),
        "handholding": Words("tæt opfølgning", "close follow-up"),
        "light": Words("let opfølgning", "light follow-up"),
    },
    "exception_ground": {
        "no_work_experience": Words("ingen erhvervserfaring", "no work experience"),
        "long_unemployment": Words("længere ledighed", "long unemployment"),
        "hard_to_place": Words("svært ved at finde arbejde", "hard to place"),
    },
    "ratio_exemption": {
        "own_workplace_group_6": Words("egen arbejdsplads (LAB § 6, nr. 6)", "own workplace (LAB section 6, group 6)"),
        "own_workplace_group_7": Words("egen arbejdsplads (LAB § 6, nr. 7)", "own workplace (LAB section 6, group 7)"),
    },
    "deviation_reason": {
        "agreed_with_both_sides": Words("aftalt med begge parter", "agreed with both sides"),
        "gradual_start": Words("begynder gradvist", "a gradual start"),
        "step_towards_the_job": Words("et skridt på vej til jobbet", "a step towards the job"),
        "companys_hours_changed": Words("virksomhedens tider er ændret", "the company's hours changed"),
    },
    "aim": {
        "points": Words("flest point i alt", "the most points in all"),
        "people": Words("flest mennesker i gang", "the most people with a place"),
    },
    "party": {
        "citizen": Words("borgeren", "the citizen"),
        "employer": Words("arbejdsgiveren", "the employer"),
        "employee_representative": Words("medarbejdernes repræsentant", "the employees' representative"),
        "mentor": Words("mentoren", "the mentor"),
        "municipality": Words("kommunen", "the municipality"),
    },
    "ratio_result": {
        "allowed": Words("der er plads", "there is room"),
        "refused": Words("der er ikke plads", "there is no room"),
        "exempt": Words("undtaget fra forholdstallet", "exempt from the ratio"),
        "not_counted": Words("tæller ikke med", "not counted"),
    },
    "policy": {
        "ratio.small_per": Words(
            "én på støttede vilkår for hver {value} ordinært ansatte, BEK 2636/2021 § 65, stk. 1",
            "one supported person per {value} ordinary staff, BEK 2636/2021 section 65(1)",
        ),
        "ratio.large_per": Words(
            "over 50 ansatte: én mere for hver {value} ordinært ansatte, BEK 2636/2021 § 65, stk. 1",
            "above 50 staff: one more per {value} ordinary staff, BEK 2636/2021 section 65(1)",
        ),
        "ratio.minimum": Words(
            "altid plads til mindst {value}, BEK 2636/2021 § 65, stk. 1",
            "always room for at least {value}, BEK 2636/2021 section 65(1)",
        ),
        "ratio.counted_offers": Words(
            "kun nogle tilbud tæller med, BEK 2636/2021 § 65, stk. 2",
            "only some offers are counted, BEK 2636/2021 section 65(2)",
        ),
        "ratio.window": Words(
            "gennemsnit af {value} hele måneder før starten, BEK 2636/2021 § 65, stk. 4",
            "the mean of {value} whole months before the start, BEK 2636/2021 section 65(4)",
        ),
        "ratio.full_time": Words(
            "et årsværk er {value} timer om ugen", "a full-time equivalent is {value} hours a week"
        ),
        "subsidy.net_extra_months": Words(
            "seneste måned mod gennemsnittet af {value} måneder (merbeskæftigelse, virk.dk)",
            "the latest month against the mean of {value} months (net additional employment, virk.dk)",
        ),
        "subsidy.net_extra_level": Words(
            "private virksomheder opgøres under ét (CVR, star.dk)",
            "private companies are counted as one (CVR, star.dk)",
        ),
        "ratio.exempt": Words(
            "fastholdelse på egen arbejdsplads er undtaget, BEK 2636/2021 § 65, stk. 5",
            "retention at the own workplace is exempt, BEK 2636/2021 section 65(5)",
        ),
        "praktik.max_weeks": Words("højst {value} uger, LAB § 61, stk. 1", "{value} weeks at most, LAB section 61(1)"),
        "praktik.max_weeks_exception": Words(
            "højst {value} uger efter undtagelsen, LAB § 61, stk. 1",
            "{value} weeks at most by the exception, LAB section 61(1)",
        ),
        "form.max_weeks": Words("højst {value} uger; 0 er ingen grænse", "{value} weeks at most; 0 is no limit"),
        "subsidy.max_months": Words("højst {value} måneder, LAB § 68", "{value} months at most, LAB section 68"),
        "match.weight": Words("{factor}: højst {value} point", "{factor}: {value} points at most"),
        "match.occupation_percent": Words(
            "stilling: jo mere den ligner, jo større del af pointene",
            "occupation: the more alike, the larger the share of the points",
        ),
        "plan.unproposed_points": Words(
            "plan: {value} point til den, der ikke er foreslået for nylig",
            "plan: {value} points for whoever was not proposed lately",
        ),
        "plan.unproposed_days": Words(
            "plan: et forslag tæller i {value} dage",
            "plan: a proposal counts for {value} days",
        ),
        "match.related_percent": Words(
            "stilling: beslægtede stillinger giver point efter, hvor meget af det, der skal kunnes, der ligner",
            "occupation: related occupations give points by how alike what they ask for is",
        ),
        "match.distance_scale": Words(
            "afstand: ingen point fra {value} km i lige linje",
            "distance: no points from {value} km in a straight line",
        ),
        "match.protected_distance_percent": Words(
            "afstand ved beskyttet adresse: {value} procent af pointene, hvor den end er",
            "distance from a protected address: {value} per cent of the points, wherever it is",
        ),
        "match.flexibility_scale": Words(
            "fleksibilitet: alle point ved {value} ledige timer om ugen på behovets dage",
            "flexibility: all points at {value} spare hours a week on the days of the need",
        ),
        "match.attention_days": Words(
            "længe uset: point til den, der ikke har stået på nogen liste i {value} dage",
            "long unseen: points for whoever has been on no list for {value} days",
        ),
        "match.attention_planned": Words(
            "længe uset: {value} point ved de behov, hvor nattens fordeling bringer borgeren frem",
            "long unseen: {value} points at the needs where the night's look brings the citizen forward",
        ),
        "match.near_miss_travel_percent": Words(
            "næsten inden for afstanden: op til {value} procent af den afstand, borgeren har sagt",
            "nearly within the distance: up to {value} per cent of the distance the citizen has said",
        ),
    },
}


def term(table: str, code: str) -> Words:
    """What a code is called; raises KeyError for one that is on no list."""
    return TERMS[table][code]


def said_policy(name: str, value: object) -> Words:
    """What the row of that name ("praktik.max_weeks[jobparat]@2019-06-01") says."""
    key, _bracket, group = name.partition("@")[0].rstrip("]").partition("[")
    words, factor = TERMS["policy"][key], TERMS["factor"].get(group, Words("", ""))
    return Words(
        words.danish.format(value=value, factor=factor.danish), words.english.format(value=value, factor=factor.english)
    )
