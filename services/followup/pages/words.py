"""The words that people read for follow-up's codes; a code nobody has named is never shown itself."""

from functools import partial

from shared import wording
from shared.events.codes import EMPLOYMENT_FORMS, Words

TABLE = {
    "kind": {
        "daily": Words("Daglig opfølgning", "Daily follow-up"),
        "weekly": Words("Ugentlig opfølgning", "Weekly follow-up"),
        "monthly": Words("Månedlig opfølgning", "Monthly follow-up"),
        "midpoint": Words("Midtvejssamtale", "Midpoint talk"),
        "end": Words("Afsluttende samtale", "Final talk"),
    },
    "form": {
        "in_person": Words("på arbejdspladsen", "at the workplace"),
        "phone": Words("på telefon", "by telephone"),
        "video": Words("på video", "by video"),
    },
    "outcome": {
        "going_well": Words("Det går godt", "It is going well"),
        "needs_adjustment": Words("Noget skal justeres", "Something needs adjusting"),
        "at_risk": Words("Forløbet er i fare", "The placement is at risk"),
        "both_say_yes": Words("Begge siger ja til mere", "Both say yes to more"),
        "citizen_says_no": Words("Borgeren siger nej", "The citizen says no"),
        "company_says_no": Words("Virksomheden siger nej", "The company says no"),
    },
    "next_step": {
        "continue": Words("Fortsæt som aftalt", "Go on as agreed"),
        "more_hours": Words("Flere timer", "More hours"),
        "fewer_hours": Words("Færre timer", "Fewer hours"),
        "other_tasks": Words("Andre opgaver", "Other tasks"),
        "extend": Words("Forlæng forløbet", "Extend the placement"),
        "hire": Words("Ansættelse", "Hire"),
        "find_another": Words("Find et andet sted", "Find another place"),
        "stop": Words("Stop forløbet", "Stop the placement"),
    },
    "move_reason": {
        "citizen_asked": Words("Borgeren bad om det", "The citizen asked"),
        "company_asked": Words("Virksomheden bad om det", "The company asked"),
        "mentor_asked": Words("Mentoren bad om det", "The mentor asked"),
        "consultant_absent": Words("Konsulenten er fraværende", "The consultant is away"),
        "interpreter_missing": Words("Tolken mangler", "There is no interpreter"),
    },
    "hour_reason": {
        "agreed_at_start": Words("Aftalt fra start", "Agreed at the start"),
        "next_step": Words("Næste skridt", "The next step"),
        "fewer_for_now": Words("Færre for en tid", "Fewer for a while"),
        "hired": Words("Ansat", "Hired"),
        "second_area": Words("Endnu et arbejdsområde", "A second area of work"),
        "season": Words("Sæson", "Season"),
    },
    "asked_by": {
        "citizen": Words("Borgeren", "The citizen"),
        "company": Words("Virksomheden", "The company"),
        "mentor": Words("Mentoren", "The mentor"),
        "consultant": Words("Konsulenten", "The consultant"),
    },
    "cadence": {
        "default": Words("Tæt i starten, så sjældnere", "Close at first, then less often"),
        "light": Words("Let: første dag, første måned, så månedligt", "Light: first day, first month, then monthly"),
        "handholding": Words("Tæt støtte med tjekliste", "Close support with a checklist"),
    },
    "purpose": {
        "clarify_job_goal": Words("Afklare jobmål", "Clarify the job goal"),
        "uncover_skills": Words("Afdække kompetencer", "Find out what somebody can do"),
        "train_professional_skills": Words("Optræne faglige kompetencer", "Train professional skills"),
        "train_language": Words("Optræne sprog", "Train the language"),
        "train_social_skills": Words("Optræne sociale kompetencer", "Train social skills"),
        "retain_job": Words("Fastholde job", "Keep a job"),
    },
    "checklist": {
        "work_clothes": Words("Arbejdstøj og sko er på plads", "Work clothes and shoes are there"),
        "lunch": Words("Frokosten er aftalt", "Lunch is agreed"),
        "coffee_place": Words("Ved, hvor der drikkes kaffe", "Knows where coffee is drunk"),
        "breaks": Words("Kender pauserne", "Knows the breaks"),
        "interview_escort": Words("Følgeskab til samtalen", "Company on the way to the interview"),
    },
    "offer": EMPLOYMENT_FORMS,
}  # fmt: skip
say, choices, tongue = partial(wording.say, TABLE), partial(wording.choices, TABLE), wording.tongue
