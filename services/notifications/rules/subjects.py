"""What stands on a letter's envelope: its subject, by template and language."""

DANISH, ENGLISH = SPOKEN = ("da", "en")
# Plain enough to find again, and nothing in them that the person beside may not read.
SUBJECTS = {
    "visitation_booked": {DANISH: "Din aftale hos Jobbutikken", ENGLISH: "Your appointment with the Jobbutik"},
    "visitation_moved": {DANISH: "Din aftale har fået en ny tid", ENGLISH: "Your appointment has a new time"},
    "visitation_cancelled": {DANISH: "Din aftale er aflyst", ENGLISH: "Your appointment is cancelled"},
    "visitation_missed": {DANISH: "Vi vil stadig gerne tale med dig", ENGLISH: "We would still like to talk with you"},
    "start_referred": {DANISH: "Her begynder du", ENGLISH: "Where you begin"},
    "agreement_asked": {DANISH: "En aftale venter på dig", ENGLISH: "An agreement is waiting for you"},
    "agreement_expiring": {DANISH: "En aftale er ved at udløbe", ENGLISH: "An agreement is about to expire"},
    "centre_offered": {DANISH: "Der er en plads til dig", ENGLISH: "There is a place for you"},
    "centre_withdrawn": {DANISH: "Tilbuddet gælder ikke længere", ENGLISH: "The offer no longer holds"},
    "placement_agreed": {DANISH: "Første dag er aftalt", ENGLISH: "The first day is agreed"},
    "followup_planned": {DANISH: "Vores næste samtaler", ENGLISH: "Our next talks"},
    "job_referred": {DANISH: "Et job, du skal søge", ENGLISH: "A job for you to apply for"},
    "job_withdrawn": {DANISH: "Du skal ikke søge jobbet", ENGLISH: "You need not apply for the job"},
    "cv_set": {DANISH: "Dit CV på Jobnet", ENGLISH: "Your CV on Jobnet"},
    "cv_reminder": {DANISH: "Husk dit CV på Jobnet", ENGLISH: "Remember your CV on Jobnet"},
    "education_guidance": {DANISH: "En snak om uddannelse", ENGLISH: "A talk about education"},
    "reason_asked": {DANISH: "Vi vil gerne høre fra dig", ENGLISH: "We would like to hear from you"},
    "match_proposed": {DANISH: "Må vi foreslå dig til et job?", ENGLISH: "May we put you forward for a job?"},
    "need_read_back": {
        DANISH: "Har vi forstået jeres behov rigtigt?",
        ENGLISH: "Did we understand your need right?",
    },
    "match_consented": {DANISH: "Et forslag til jeres behov", ENGLISH: "A proposal for your need"},
    "company_message": {DANISH: "En besked fra Jobbutikken", ENGLISH: "A message from the Jobbutik"},
    "forum_seat": {DANISH: "Du har fået en plads", ENGLISH: "You have a seat"},
    "forum_off": {DANISH: "Arrangementet er aflyst", ENGLISH: "The event is off"},
    "forum_on": {DANISH: "Arrangementet holdes alligevel", ENGLISH: "The event takes place after all"},
    "forum_line": {DANISH: "Nyt i en samtale", ENGLISH: "News in a dialogue"},
    "match_closed": {DANISH: "Forslaget er lukket", ENGLISH: "The proposal is closed"},
    "match_meeting": {DANISH: "Et møde om jobbet", ENGLISH: "A meeting about the job"},
    "match_meeting_off": {DANISH: "Mødet er aflyst", ENGLISH: "The meeting is off"},
    "search_alert": {DANISH: "Nye behov, du søger", ENGLISH: "New needs that you seek"},
    "promise_alarm": {DANISH: "Lovens frist er i fare", ENGLISH: "The legal limit is in danger"},
    "promise_alarm_over": {DANISH: "Alarmen er ovre", ENGLISH: "The alarm is over"},
    "reminder_day": {DANISH: "Husk din aftale", ENGLISH: "Remember your appointment"},
    "reminder_soon": {DANISH: "Din aftale begynder snart", ENGLISH: "Your appointment begins soon"},
    "reminder_meeting": {DANISH: "Husk mødet om jobbet", ENGLISH: "Remember the meeting about the job"},
    "reminder_due": {DANISH: "Der er en frist i morgen", ENGLISH: "A deadline is tomorrow"},
    "reply_files": {DANISH: "Vi kunne ikke tage imod din fil", ENGLISH: "We could not take your file"},
    "unopened": {DANISH: "Vi har skrevet til dig", ENGLISH: "We have written to you"},
    "reminder_asked": {DANISH: "Vi minder dig om noget", ENGLISH: "A reminder from us"},
    "interview_invited": {DANISH: "Book din næste samtale", ENGLISH: "Book your next talk"},
    "interview_summoned": {DANISH: "Du er indkaldt til en samtale", ENGLISH: "You are called in to a talk"},
    "interview_booked": {DANISH: "Du har booket en samtale", ENGLISH: "You have booked a talk"},
    "interview_off": {DANISH: "Samtalen er aflyst", ENGLISH: "The talk is off"},
    "pulse_asked": {DANISH: "Hvordan går det?", ENGLISH: "How is it going?"},
    "followup_moved": {DANISH: "En samtale er flyttet", ENGLISH: "A talk has moved"},
}
# Where a company is one and the letter says "you": a house, not a person.
OF_COMPANIES = {
    "agreement_asked": {DANISH: "En aftale venter på jer", ENGLISH: "An agreement is waiting for you"},
    "forum_seat": {DANISH: "I har fået en plads", ENGLISH: "You have a seat"},
    "reminder_day": {DANISH: "Husk jeres aftale", ENGLISH: "Remember your appointment"},
    "reminder_asked": {DANISH: "Vi minder jer om noget", ENGLISH: "A reminder from us"},
    "reply_files": {DANISH: "Vi kunne ikke tage imod jeres fil", ENGLISH: "We could not take your file"},
}


def subject(template: str, kind: str, language: str) -> str:
    """A letter's subject, as its kind of recipient is spoken to."""
    own = OF_COMPANIES if kind == "company" else {}
    return own.get(template, SUBJECTS[template])[language]
