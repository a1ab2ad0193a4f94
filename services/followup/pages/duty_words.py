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
