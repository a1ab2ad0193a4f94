"""What the codes of an agreement are called."""

from collections.abc import Mapping

from shared.events.codes import Words

TERMS: Mapping[str, Mapping[str, Words]] = {
    "support": {
        "mentor_hours": Words("frikøb af mentor", "a colleague's hours bought free to mentor"),
        "personal_assistance": Words("personlig assistance", "personal assistance"),
        "aid": Words("hjælpemiddel", "an aid"),
        "interpreter": Words("tolk", "an interpreter"),
    },
    "support_reason": {
        "more_than_employers_do": Words("mere end arbejdsgivere normalt gør", "more than employers normally do"),
        "first_time_at_work": Words("første gang på en arbejdsplads", "the first time at a workplace"),
        "practical_help_at_work": Words("praktisk hjælp i arbejdet", "practical help in the work"),
        "sign_language": Words("tegnsprog", "sign language"),
        "makes_the_work_possible": Words("gør arbejdet muligt", "makes the work possible"),
        "instructions_in_own_language": Words("instruktion på eget sprog", "instructions in their own language"),
    },
    "support_state": {
        "proposed": Words("foreslået", "proposed"),
        "granted": Words("bevilget", "granted"),
        "declined": Words("ikke bevilget", "not granted"),
    },
    "vitas_state": {
        "prepared": Words("klar til at taste ind", "ready to be typed in"),
        "sent": Words("sendt", "sent"),
        "returned": Words("sendt tilbage", "returned"),
        "approved": Words("godkendt", "approved"),
        "rejected": Words("afvist", "rejected"),
    },
    "condition": {
        "not_recently_employed": Words("har ikke for nylig været ansat her", "was not employed here recently"),
        "prior_benefit": Words("har fået ydelse i seks måneder forud", "was on benefit for the six months before"),
        "no_qualifying_education": Words("har ingen kompetencegivende uddannelse", "has no qualifying education"),
        "over_50": Words("er over 50 år", "is over 50"),
        "single_provider": Words("er enlig forsørger", "is a single provider"),
        "age_25_at_contract": Words("er fyldt 25 år, når aftalen indgås", "is 25 or older at the contract"),
        "not_employed_here_6_months": Words(
            "har ikke været ordinært ansat her i et halvt år", "was not in an ordinary job here for half a year"
        ),
        "igu_age_and_residence": Words(
            "er 18–49 år og har højst 20 års ophold", "is 18 to 49 and has at most 20 years of residence"
        ),
    },
    "change": {
        "made": Words("lavet", "made"),
        "taken_over": Words("aftalt, før vi brugte Jobbutik", "agreed before we used Jobbutik"),
        "terms": Words("andre vilkår", "other terms"),
        "extended": Words("forlængelse", "extension"),
        "shortened": Words("afkortning", "shortening"),
        "annulled": Words("annullering", "annulment"),
    },
    "change_reason": {
        "concrete_assessment": Words(
            "en konkret vurdering (første forlængelse)", "a concrete assessment (first extension)"
        ),
        "special_need": Words("et ganske særligt behov (senere forlængelser)", "a special need (later extensions)"),
        "goal_not_reached": Words("målet er ikke nået endnu", "the goal is not reached yet"),
        "found_work": Words("har fået arbejde", "found work"),
        "other_offer": Words("begynder på noget andet", "begins something else"),
        "goal_reached": Words("målet er nået", "the goal is reached"),
        "did_not_come": Words("er ikke mødt", "did not come"),
        "cannot_take_part": Words("kan ikke deltage", "cannot take part"),
        "companys_situation": Words("virksomhedens forhold", "the company's situation"),
        "agreed_to_stop": Words("enige om at stoppe", "agreed to stop"),
        "agreed_with_both_sides": Words("aftalt med begge parter", "agreed with both sides"),
        "companys_hours_changed": Words("virksomhedens tider er ændret", "the company's hours changed"),
        "gradual_start": Words("begynder gradvist", "a gradual start"),
        "mistake": Words("en fejl", "a mistake"),
    },
    "behalf_reason": {
        "signed_on_paper": Words("har skrevet under på papir", "signed on paper"),
        "said_at_meeting": Words("har sagt det ved et møde", "said so at a meeting"),
        "no_digital_sign_in": Words("kan ikke logge ind", "cannot sign in"),
        "exempt_from_digital_post": Words("er fritaget for Digital Post", "is exempt from Digital Post"),
        "interpreter": Words("har sagt det gennem tolk", "said so through an interpreter"),
    },
    "approved_how": {
        "own": Words("parten selv", "the party"),
        "on_behalf": Words("kommunen på partens vegne", "the municipality on their behalf"),
        "link": Words("parten selv, med link", "the party, by link"),
    },
    "closed": {
        "said_no": Words("en part sagde nej", "a party said no"),
        "withdrawn": Words("en af parterne trak sig", "one of the sides withdrew"),
        "taken_back": Words("taget tilbage", "taken back"),
        "annulled": Words("annulleret", "annulled"),
        "expired": Words("ingen gik videre med den i tide", "nobody went on with it in time"),
    },
}
