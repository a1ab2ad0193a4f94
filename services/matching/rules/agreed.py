"""What the codes of an agreement are called."""

from collections.abc import Mapping

from shared.events.codes import Words

TERMS: Mapping[str, Mapping[str, Words]] = {
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
        "expired": Words("ingen gik videre med den i tide", "nobody went on with it in time"),
    },
}
