"""The words for mentors, cohorts, families and areas."""

from shared.events.codes import Words

PEOPLE = {
    "mentor_kind": {
        "company": Words("Ansat i en virksomhed", "Employee of a company"),
        "school": Words("Ansat på en skole", "Employee of a school"),
        "municipality": Words("Ansat i kommunen", "Employee of the municipality"),
        "external": Words("Ekstern", "External"),
    },
    "track": {
        "food": Words("Fødevarer", "Food"),
        "building": Words("Bygge og anlæg", "Building"),
        "auto_metal": Words("Auto og metal", "Cars and metal"),
        "care": Words("Omsorg og sundhed", "Care and health"),
        "trade": Words("Butik og kontor", "Shop and office"),
    },
    "cohort_day": {
        "present": Words("Mødt", "Came"),
        "late": Words("Kom senere", "Came later"),
        "away_told": Words("Meldt fra", "Told that they could not"),
        "no_show": Words("Kom ikke", "Did not come"),
    },
    "cohort_outcome": {
        "education_su": Words("Uddannelse på SU", "Education on a state grant"),
        "education_apprentice": Words("Uddannelse med elevløn", "Education on apprentice pay"),
        "job": Words("Job", "A job"),
        "other_offer": Words("Et andet tilbud", "Another offer"),
        "left_early": Words("Stoppede undervejs", "Left on the way"),
    },
    "department": {
        "labour_market": Words("Arbejdsmarked", "Labour market"),
        "children_family": Words("Børn og familie", "Children and family"),
        "health": Words("Sundhed", "Health"),
        "social": Words("Socialafdelingen", "Social services"),
        "housing": Words("Bolig", "Housing"),
        "family": Words("Familien", "The family"),
        "network": Words("Netværk", "Network"),
    },
    "milestone": {
        "daily_structure": Words("Struktur i hverdagen", "Structure in daily life"),
        "home_support": Words("Støtte i hjemmet er i gang", "Support at home has begun"),
        "children_thrive": Words("Børnene trives i skole og dagtilbud", "The children do well at school and day care"),
        "economy": Words("Overblik over økonomien", "A grip on the money"),
        "health_clarified": Words("Helbredet er afklaret", "Health is clarified"),
        "placement_ready": Words("Klar til at prøve en virksomhed", "Ready to try a company"),
    },
    "grant": {
        "home_support": Words("Støtte i hjemmet", "Support at home"),
        "family_treatment": Words("Familiebehandling", "Family treatment"),
        "contact_person": Words("Kontaktperson", "Contact person"),
        "housing": Words("Bolig", "Housing"),
        "childcare": Words("Dagtilbud", "Day care"),
    },
    "benefit": {
        "dagpenge": Words("Dagpenge", "Unemployment benefit"),
        "kontanthjaelp": Words("Kontanthjælp", "Cash assistance"),
        "uddannelseshjaelp": Words("Uddannelseshjælp", "Education assistance"),
        "other": Words("En anden ydelse", "Another benefit"),
        "none": Words("Ingen ydelse", "No benefit"),
    },
    "qualification": {
        "building": Words("byggeri", "building"),
        "cleaning": Words("rengøring", "cleaning"),
        "kitchen": Words("køkken", "kitchen"),
        "warehouse": Words("lager", "warehouse"),
        "care": Words("pleje", "care"),
        "office": Words("kontor", "office"),
        "driving": Words("kørsel", "driving"),
        "machines": Words("maskiner", "machines"),
        "danish": Words("dansk", "Danish"),
    },
    "area_promise": {
        "apprenticeship": Words("Elevpladser", "Apprenticeships"),
        "job": Words("Job", "Jobs"),
        "placement": Words("Praktikker", "Placements"),
        "interview": Words("Jobsamtaler", "Job interviews"),
    },
    "plan_answer": {"agreed": Words("Enig", "Agrees"), "otherwise": Words("Vil noget andet", "Wants something else")},
    "own_plan_answer": {
        "agreed": Words("Du har sagt ja.", "You have said yes."),
        "otherwise": Words("Du har skrevet, at du hellere vil noget andet:", "You have written that you would rather:"),
    },
    "interview_standing": {
        "enough": Words("Har fået nok samtaler", "Has had enough talks"),
        "on_way": Words("På vej", "On the way"),
        "behind": Words("Bagefter", "Behind"),
        "outside": Words("Månederne er gået, og der var for få", "The months are over, and there were too few"),
        "not_set_up": Words("Ikke sat op for gruppen", "Not configured for the group"),
    },
    "talk_form": {
        "office": Words("hos kommunen", "at the municipality"),
        "phone": Words("på telefon", "by telephone"),
        "video": Words("på video", "by video"),
        "home": Words("hjemme hos borgeren", "at the citizen's home"),
        "in_person": Words("på arbejdspladsen", "at the workplace"),
        "sms": Words("på sms", "by text message"),
    },
    "booking_code": {
        "exempt": Words("Fritaget for selv at booke", "Exempt from booking"),
        "lapsed": Words("Retten til selv at booke er taget", "The right to book has been taken"),
    },
    "interview_code": {
        "finds_work_alone": Words("Finder selv job", "Finds work alone"),
        "left": Words("Er ikke i forløbet mere", "Is not in the course any more"),
    },
    "course_role": {
        "first": Words("Det første sted i et langt forløb", "The first place of a longer course"),
        "last": Words("Det sidste sted i et langt forløb", "The last place of a longer course"),
    },
    "clarified": {
        "job": Words("Kan klare et job på almindelige vilkår", "Can do a job on ordinary terms"),
        "small_job": Words("Kan klare et job på få timer", "Can do a job of a few hours"),
        "education": Words("Går mod en uddannelse", "Goes towards an education"),
        "towards_fleksjob": Words("Går mod afklaring af fleksjob", "Goes towards clarification for a fleksjob"),
        "towards_foertidspension": Words(
            "Går mod afklaring af førtidspension", "Goes towards clarification for førtidspension"
        ),
        "goes_on": Words("Går videre til et nyt sted i forløbet", "Goes on to a new place of the course"),
        "not_clear": Words("Er ikke afklaret endnu", "Is not clear yet"),
    },
    "category": {
        "jobparat": Words("Jobparat", "Jobparat"),
        "aktivitetsparat": Words("Aktivitetsparat", "Aktivitetsparat"),
        "uddannelsesparat": Words("Uddannelsesparat", "Uddannelsesparat"),
        "aabenlyst_uddannelsesparat": Words("Åbenlyst uddannelsesparat", "Åbenlyst uddannelsesparat"),
    },
    "urgency": {
        "now": Words("Nu, hvis I kan", "Now, if you can"),
        "today": Words("I dag", "Today"),
        "this_week": Words("I denne uge", "This week"),
    },
}
