"""The words that people read for follow-up's codes; a code nobody has named is never shown itself."""

from functools import partial

from services.followup.pages.duty_words import DUTY
from services.followup.pages.people_words import PEOPLE
from shared import wording
from shared.events.codes import EMPLOYMENT_FORMS, Words

TABLE = {
    "kind": {
        "daily": Words("Daglig opfølgning", "Daily follow-up"),
        "weekly": Words("Ugentlig opfølgning", "Weekly follow-up"),
        "monthly": Words("Månedlig opfølgning", "Monthly follow-up"),
        "check_in": Words("Opfølgning på en bestemt dag", "Follow-up on a numbered day"),
        "midpoint": Words("Midtvejssamtale", "Midpoint talk"),
        "end": Words("Afsluttende samtale", "Final talk"),
    },
    "form": {
        "in_person": Words("på arbejdspladsen", "at the workplace"),
        "phone": Words("på telefon", "by telephone"),
        "video": Words("på video", "by video"),
        "home": Words("hjemme hos borgeren", "at the citizen's home"),
        "office": Words("hos kommunen", "at the municipality"),
        "sms": Words("på sms", "by text message"),
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
        "task_mastered": Words("En opgave kan klares", "A task is mastered"),
    },
    "asked_by": {
        "citizen": Words("Borgeren", "The citizen"),
        "company": Words("Virksomheden", "The company"),
        "mentor": Words("Mentoren", "The mentor"),
        "consultant": Words("Konsulenten", "The consultant"),
        "system": Words("Systemet selv", "The system itself"),
    },
    "cadence": {
        "default": Words("Tæt i starten, så sjældnere", "Close at first, then less often"),
        "light": Words("Let: første dag, første måned, så månedligt", "Light: first day, first month, then monthly"),
        "handholding": Words("Tæt støtte med tjekliste", "Close support with a checklist"),
        "check_ins": Words("Dag 1, 3, 7 og 14, så månedligt", "Days 1, 3, 7 and 14, then monthly"),
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
        "work_clothes": Words("Arbejdstøjet er på plads", "Work clothes are there"),
        "shoes": Words("Skoene passer til arbejdet", "The shoes are right for the work"),
        "way_there": Words("Kender vejen derhen på det tidspunkt", "Knows the way there at that hour"),
        "names": Words("Kender navnet på sin mentor og sine kolleger", "Knows the names of mentor and colleagues"),
        "welcome": Words("Sig velkommen, og vis rundt", "Say welcome, and show round"),
        "lunch_together": Words("Spis frokost sammen", "Have lunch together"),
        "second_day": Words("Spørg, hvordan den første dag var", "Ask how the first day was"),
        "tasks": Words("Gennemgå opgaverne sammen", "Go through the tasks together"),
        "first_week": Words("Tal om den første uge", "Talk about the first week"),
        "two_weeks": Words("Tal om, hvad der er lært indtil nu", "Talk about what has been learnt so far"),
        "first_month": Words("Tal om den første måned", "Talk about the first month"),
        "lunch": Words("Frokosten er aftalt", "Lunch is agreed"),
        "coffee_place": Words("Ved, hvor der drikkes kaffe", "Knows where coffee is drunk"),
        "breaks": Words("Kender pauserne", "Knows the breaks"),
        "interview_escort": Words("Følgeskab til samtalen", "Company on the way to the interview"),
    },
    "why": {
        "absence": Words("Fravær", "Absence"),
        "low_pulse": Words("Det går dårligere", "Things are going worse"),
        "mentor_changed": Words("Ny mentor", "A new mentor"),
        "hours_exceeded": Words("Flere timer end aftalt", "More hours than agreed"),
        "talk_at_risk": Words("Forløbet er i fare", "The placement is at risk"),
    },
    "change": {
        "new_end": Words("Ny sidste dag", "A new last day"),
        "extended": Words("Forlænget", "Extended"),
        "shortened": Words("Forkortet", "Shortened"),
        "paused": Words("Pause", "Pause"),
        "resumed": Words("I gang igen", "Going on again"),
        "cadence": Words("Anden rytme", "Another rhythm"),
        "tightened": Words("Tættere opfølgning", "Closer follow-up"),
    },
    "evaluation": {"midpoint": Words("Midtvejs", "Halfway"), "end": Words("Ved afslutningen", "At the end")},
    "verdict": {
        "yes": Words("Ja, det går godt", "Yes, it goes well"),
        "adjust": Words("Noget skal justeres", "Something needs adjusting"),
        "no": Words("Nej", "No"),
    },
    "ending": {
        "hire": Words("Ansættelse", "A job"),
        "next_area": Words("Et nyt område på samme sted", "A new area at the same place"),
        "next_place": Words("Et nyt sted", "A new place"),
        "nothing": Words("Forløbet slutter uden mere", "The placement ends without more"),
    },
    "gate": {"medical_statement": Words("Lægelig udtalelse", "Medical statement")},
    "place_rule": {
        "anywhere": Words("Alle steder", "Anywhere"),
        "workplace": Words("Kun på arbejdspladsen", "Only at the workplace"),
        "home": Words("Kun hjemme hos borgeren", "Only at the citizen's home"),
        "home_or_workplace": Words("Kun hjemme eller på arbejdspladsen", "Only at home or at the workplace"),
    },
    "whose": {
        "mine": Words("Mine", "Mine"),
        "team": Words("Min enheds", "My unit's"),
        "unassigned": Words("Ingens", "Nobody's"),
        "all": Words("Alle", "All"),
    },
    "offer": EMPLOYMENT_FORMS,
} | DUTY | PEOPLE  # fmt: skip
say, choices, tongue = partial(wording.say, TABLE), partial(wording.choices, TABLE), wording.tongue
