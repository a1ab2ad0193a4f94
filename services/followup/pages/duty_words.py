"""The words for absence and attendance."""

from shared.events.codes import Words

DUTY = {
    "attendance": {
        "present": Words("Mødt", "Came"),
        "away_told": Words("Meldt fra", "Told that they could not"),
        "no_show": Words("Kom ikke", "Did not come"),
    },
    "absence_kind": {
        "interview": Words("Kom ikke til en samtale", "Did not come to a talk"),
        "offer": Words("Kom ikke til forløbet", "Did not come to the placement"),
        "booking": Words("Bookede ikke en samtale i tide", "Did not book a talk in time"),
    },
    "absence_state": {
        "open": Words("Åben", "Open"),
        "hearing": Words("Borgeren bliver hørt", "The citizen is being heard"),
        "expired": Words("Fristen for svar er gået", "The time to answer is over"),
        "answered": Words("Borgeren har svaret", "The citizen has answered"),
        "handed_over": Words("Givet videre til afgørelse", "Handed over for a decision"),
        "reasonable_ground": Words("Rimelig grund", "A reasonable ground"),
        "no_basis": Words("Intet grundlag", "No basis"),
        "resolved": Words("Løst i samtale", "Settled in a talk"),
    },
    "absence_missing": {
        "written_guidance": Words(
            "Der mangler skriftlig vejledning før fraværet. Uden den er der intet grundlag.",
            "There was no written guidance before the absence. Without it there is no basis.",
        ),
        "reasonable_ground": Words("Der er en rimelig grund.", "There is a reasonable ground."),
        "personal_contact": Words(
            "Borgeren er aktivitetsparat. Få personlig kontakt, før I går videre.",
            "The citizen is aktivitetsparat. Reach them in person before you go on.",
        ),
        "not_configured": Words("Reglen er ikke sat op.", "The rule is not configured."),
    },
    "rule": {
        "sanction_written_guidance": Words(
            "Skriftlig vejledning før fraværet (LAS § 35, stk. 1)",
            "Written guidance before the absence (LAS section 35(1))",
        ),
        "sanction_days": Words(
            "Dage fra den udeblevne samtale, til der er kontakt igen (LAS § 37, stk. 1)",
            "Days from the missed talk until there is contact again (LAS section 37(1))",
        ),
        "sanction_day_of_contact_counts": Words(
            "Om dagen for kontakt tæller med (kommunens læsning)",
            "Whether the day of contact counts (the municipality's reading)",
        ),
        "sanction_months_to_decide": Words(
            "Hele kalendermåneder til en afgørelse (LAS § 35, stk. 3)",
            "Whole calendar months for a decision (LAS section 35(3))",
        ),
        "sanction_personal_contact": Words(
            "Personlig kontakt først for aktivitetsparate", "Personal contact first for aktivitetsparate"
        ),
        "hearing_days": Words("Dage til at svare på høringen", "Days to answer the hearing"),
    },
    "way": {
        "phone": Words("Telefon", "Telephone"),
        "video": Words("Video", "Video"),
        "visit": Words("Besøg", "A visit"),
        "sms": Words("Sms", "Text message"),
        "letter": Words("Brev", "Letter"),
    },
    "ground": {
        "sick": Words("Syg", "Ill"),
        "child_sick": Words("Sygt barn", "A child is ill"),
        "appointment": Words("En anden aftale", "Another appointment"),
        "transport": Words("Transport", "Transport"),
        "misunderstanding": Words("Misforståelse", "A misunderstanding"),
        "no_letter": Words("Har ikke fået indkaldelsen", "Did not get the summons"),
        "other": Words("En anden grund", "Another reason"),
        "not_said": Words("Ikke oplyst", "Not told"),
    },
}  # fmt: skip
