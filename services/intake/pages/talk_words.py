"""What the codes of the talk are called on screen, and its policy rows in words."""

from shared.events.codes import Words

TABLES: dict[str, dict[str, Words]] = {
    "urgency": {
        "ordinary": Words("almindelig", "ordinary"),
        "no_home": Words("uden et sted at sove", "nowhere to sleep"),
        "no_food_money": Words("uden penge til mad eller medicin", "no money for food or medicine"),
        "eviction": Words("ved at miste boligen", "about to lose the home"),
    },
    "application": {
        "not_begun": Words("ikke begyndt", "not begun"),
        "begun_with_help": Words("begyndt her med hjælp", "begun here with help"),
        "sent": Words("sendt", "sent"),
        "not_possible": Words("kan ikke søge digitalt, søger på papir", "cannot apply online, applies on paper"),
    },
    "person_reason": {
        "shown_id": Words("har vist legitimation", "has shown identification"),
        "says_so": Words("siger selv, at det er en anden", "says that it is somebody else"),
        "relative": Words("er i familie med den anden", "is a relative of the other"),
        "other_details": Words("andre oplysninger viser det", "other details show it"),
    },
    "referral_state": {
        "open": Words("venter på svar", "waiting for an answer"),
        "answered": Words("besvaret", "answered"),
        "lapsed": Words("dagen er passeret", "its day has passed"),
        "followed_up": Words("fulgt op", "followed up"),
        "withdrawn": Words("trukket tilbage", "withdrawn"),
    },
    "result": {
        "applied": Words("har søgt", "has applied"),
        "interview": Words("er indkaldt til samtale", "is asked to an interview"),
        "hired": Words("har fået jobbet", "has got the job"),
        "opening_gone": Words("jobbet var besat", "the job was taken"),
        "could_not": Words("kunne ikke søge", "could not apply"),
        "other": Words("noget andet", "something else"),
        "no_answer": Words("intet svar", "no answer"),
        "withdrawn": Words("trukket tilbage", "withdrawn"),
    },
    "ground": {
        "in_work": Words("har fået arbejde", "has found work"),
        "other_appointment": Words("havde en anden aftale", "had another appointment"),
        "family": Words("noget i familien", "something in the family"),
        "transport": Words("kunne ikke komme frem", "could not get there"),
        "not_received": Words("har ikke fået brevet", "did not receive the letter"),
        "other": Words("en anden grund", "another reason"),
    },
    "contact": {
        "talked": Words("vi talte sammen", "we spoke"),
        "no_answer": Words("traf ikke borgeren", "did not reach the citizen"),
    },
    "letter": {
        "job_referred": Words("brevet om jobbet", "the letter about the job"),
        "job_withdrawn": Words("brevet om, at jobbet er trukket tilbage", "the letter that the job is withdrawn"),
        "reason_asked": Words("spørgsmålet om en grund", "the question about a reason"),
    },
    "letter_step": {
        "sent": Words("sendt", "sent"),
        "failed": Words("kom ikke af sted", "did not get out"),
        "delivered": Words("leveret", "delivered"),
        "read": Words("set på Min side", "seen on My page"),
    },
    "letter_channel": {
        "email": Words("e-mail", "e-mail"),
        "sms": Words("sms", "SMS"),
        "paper": Words("papir", "paper"),
        "digital_post": Words("Digital Post", "Digital Post"),
        "none": Words("ingen kanal", "no channel"),
    },
    "choice_reason": {
        "full": Words("førstevalget var fuldt", "the first choice was full"),
        "distance": Words("for langt væk", "too far away"),
        "hours": Words("mødetiden passede ikke", "the hours did not fit"),
        "tasks": Words("opgaverne passede ikke", "the tasks did not fit"),
        "citizen_wish": Words("borgerens eget ønske", "the citizen's own wish"),
    },
    "provider_reason": {
        "daily_structure": Words("først en fast dagsrytme", "a daily routine first"),
        "language": Words("sproget", "the language"),
        "digital_skills": Words("brug af computer", "use of computers"),
        "work_tasks_to_be_clarified": Words("opgaver skal afprøves", "tasks are to be tried out"),
        "no_public_place_fits": Words("intet offentligt sted passer", "no public place fits"),
    },
    "outcome": {
        "withdrawn": Words("går ikke videre med ansøgningen", "does not go on with the application"),
        "job": Words("har fået job", "has found a job"),
        "education": Words("begynder på en uddannelse", "begins an education"),
        "self_supporting": Words("klarer sig selv", "is self-supporting"),
        "referred_on": Words("hjælpes videre et andet sted", "is helped on elsewhere"),
    },
    "cv_state": {
        "set": Words("venter", "waiting"),
        "met": Words("er der", "is there"),
        "missed": Words("dagen er passeret", "its day has passed"),
    },
    "assisted": {
        "cv": Words("CV lavet", "CV made"),
        "email": Words("e-mailadresse oprettet", "e-mail address made"),
        "jobnet": Words("Jobnet gennemgået", "Jobnet gone through"),
        "print": Words("printet eller sendt", "printed or sent"),
        "application": Words("ansøgning skrevet", "application written"),
    },
    "found_kind": {"job": Words("job", "job"), "education": Words("uddannelse", "education")},
    "knowledge": {
        "tasks": Words("Opgaver, jeg kan og gerne vil", "Tasks that I can do and like"),
        "hours": Words("Timer om ugen", "Hours a week"),
        "times_of_day": Words("Tider på dagen", "Times of the day"),
        "transport": Words("Sådan kommer jeg frem", "How I get there"),
        "licences": Words("Kørekort, beviser og kurser", "Licences, certificates and courses"),
        "languages": Words("Sprog", "Languages"),
        "adjustments": Words("Det skal arbejdet give plads til", "What the work must allow"),
    },
    "work_kind": {
        "paid_hours": Words("lønnede timer", "paid hours"),
        "placement": Words("praktik", "placement"),
        "nytteindsats": Words("nytteindsats", "community-benefit work"),
        "danish_classes": Words("danskundervisning", "Danish classes"),
        "preparation": Words("forberedelse", "preparation"),
        "job_search": Words("jobsøgning", "job search"),
        "interviews": Words("samtaler", "interviews"),
        "treatment": Words("behandling", "treatment"),
        "transport": Words("transport mellem aktiviteter", "transport between activities"),
    },
    "work_source": {
        "citizen": Words("borgeren", "the citizen"),
        "employer": Words("arbejdsstedet", "the workplace"),
        "municipality": Words("kommunen", "the municipality"),
        "school": Words("skolen", "the school"),
    },
    "element": {
        "guidance_announced": Words("Vejledning om rettigheder og pligter er givet", "Guidance on rights was given"),
        "guidance_written": Words("Vejledningen er givet skriftligt", "The guidance was given in writing"),
        "referral_sent": Words("Henvisningen er sendt skriftligt, med dato", "The referral was sent in writing, dated"),
        "referral_delivered": Words("Kvittering for, at henvisningen kom frem", "Receipt that the referral arrived"),
        "deadline_passed": Words("Dagen er passeret uden en ansøgning", "The day passed without an application"),
        "personal_contact": Words("Personlig kontakt er forsøgt", "Personal contact was tried"),
        "reason_asked": Words("Borgeren er spurgt om grunden, skriftligt", "The reason was asked for in writing"),
        "reason_delivered": Words("Kvittering for, at spørgsmålet kom frem", "Receipt that the question arrived"),
        "heard": Words("Borgeren har svaret, eller tiden til det er gået", "The answer came, or its time is over"),
    },
    "element_state": {
        "present": Words("findes", "present"),
        "missing": Words("mangler", "missing"),
        "not_required": Words("kræves ikke", "not required"),
        "not_configured": Words("ikke sat op", "not configured"),
    },
}
GUIDED = Words("LAS § 35, stk. 1: vejledning om rettigheder og pligter", "LAS § 35(1): guidance on rights and duties")
ARRIVED = Words(
    "Lov om Digital Post (LBK 686/2021): et brev gælder, når det er til rådighed for modtageren",
    "Digital Post Act (LBK 686/2021): a letter counts when it is available to the recipient",
)
RULES: dict[str, Words] = {
    "job_referral.followup": Words(
        "Kommunens eget mål: følges op {value} dage efter samtalen",
        "The municipality's own goal: followed up {value} days after the talk",
    ),
    "job_referral.answer_days": Words(
        "Kommunens frist i høringen: {value} dage (forvaltningslovens § 19)",
        "The municipality's time for the hearing: {value} days (forvaltningslov § 19)",
    ),
    "cv.deadline": Words(
        "Loven (LAB § 23): CV senest {value} dage efter tilmelding eller henvendelse",
        "The law (LAB § 23): CV within {value} days of registration or contact",
    ),
    "work_duty.hours": Words(
        "Arbejdspligt på højst {value} timer om ugen", "Work duty of {value} hours a week at most"
    ),
    "work_duty.counts": Words("Hvad der tæller med i arbejdspligten", "What counts towards the work duty"),
    "calculator.benefit_month": Words(
        "Ydelsens sats: {value} kr. om måneden", "The benefit's rate: {value} kr. a month"
    ),
    "evidence.guidance_announced": GUIDED,
    "evidence.guidance_written": Words(
        "LAS § 35, stk. 1: vejledningen skal være skriftlig", "LAS § 35(1): the guidance must be in writing"
    ),
    "evidence.referral_sent": Words(
        "Kommunens egen regel; paragraffen er ikke efterprøvet", "The municipality's own; the paragraph is not verified"
    ),
    "evidence.referral_delivered": ARRIVED,
    "evidence.deadline_passed": Words(
        "Kommunens egen regel: intet er forsømt før dagen", "The municipality's own: nothing is missed before its day"
    ),
    "evidence.personal_contact": Words(
        "Ekstra omhu for aktivitetsparate: personlig kontakt først",
        "Extra care for people ready for activities: personal contact first",
    ),
    "evidence.reason_asked": Words(
        "LAS § 35, stk. 3, og forvaltningslovens § 19: borgeren høres først",
        "LAS § 35(3) and forvaltningslov § 19: the person is heard first",
    ),
    "evidence.reason_delivered": ARRIVED,
    "evidence.heard": Words(
        "Forvaltningslovens § 19: svaret er læst, eller tiden er gået",
        "Forvaltningslov § 19: the answer is read, or its time is over",
    ),
}
