"""The words of the inbox."""

from shared.events.codes import Words

TABLE = {
    "shown": {
        "open": Words("Det, der venter", "What waits"),
        "unread": Words("Kun ulæst", "Unread only"),
        "cleared": Words("Klaret", "Done"),
    },
    "told": {
        "proposal.waiting": Words("Et forslag venter på jer", "A proposal waits for you"),
        "proposal.closed": Words("Et forslag er lukket", "A proposal is closed"),
        "proposal.reopened": Words("Et forslag er åbnet igen", "A proposal is open again"),
        "agreement.made": Words("En aftale er indgået", "An agreement is made"),
        "talk.moved": Words("En samtale er flyttet", "A talk has moved"),
    },
    "delivery": {
        "waiting": Words("Venter", "Waiting"),
        "sent": Words("Sendt", "Sent"),
        "failed": Words("Opgivet", "Given up"),
    },
    "unsent": {
        "not_https": Words("Adressen er ikke https", "The address is not https"),
        "not_found": Words("Adressen findes ikke", "The address does not exist"),
        "private_network": Words("Lukket netværk", "A private network"),
        "unreachable": Words("Svarede ikke", "Did not answer"),
        "too_slow": Words("Svarede for sent", "Answered too late"),
    },
    "webhook_off": {
        "by_hand": Words("I har selv slukket den.", "You turned it off yourselves."),
        "gone": Words("Jeres system siger, at det ikke findes mere.", "Your system says that it is gone."),
        "too_many": Words("Jeres system svarede ikke i længere tid.", "Your system did not answer for a long time."),
    },
    "returned": {
        "permanent": Words("Adressen findes ikke", "The address does not exist"),
        "failing": Words("Prøves igen", "To be tried again"),
        "put_aside": Words("Lagt til side", "Put aside"),
        "expired": Words("Opgivet efter flere forsøg", "Given up after several tries"),
        "delayed": Words("Forsinket, serveren prøver stadig", "Delayed, the server still tries"),
        "automatic": Words("Automatisk svar, ikke besvaret", "Automatic answer, not answered"),
        "reply": Words("Svar på et brev", "An answer to a letter"),
        "unknown": Words("Kan ikke henføres til et brev", "Belongs to no known letter"),
    },
    "notice": {
        "visitation_missed": Words("En borger kom ikke til visitation", "A citizen missed a triage talk"),
        "job_lapsed": Words("Et henvist job er ikke fulgt op", "A referred job was not followed up"),
        "match_accepted": Words("En virksomhed har sagt ja", "A company has said yes"),
        "case_untaken": Words("Et nyt forløb har ingen ansvarlig", "Nobody has taken a new placement"),
        "match_answer": Words("Et forslag venter på jeres svar", "A proposal waits for your answer"),
        "company_message": Words("En virksomhed har skrevet", "A company has written"),
        "forum_line": Words("En besked i forummet skal gives videre", "A message in the forum is to be passed on"),
        "promise_alarm": Words("Lovens frist er i fare", "The legal limit is in danger"),
        "mentoring": Words("Du er mentor i et forløb", "You are the mentor of a placement"),
        "talk_moved": Words("En samtale er flyttet", "A talk has moved"),
        "message_lost": Words("En besked kunne ikke leveres", "A message could not be delivered"),
        "webhook_off": Words("Jeres webhook er slukket", "Your webhook is off"),
        "reply": Words("Svar på et brev", "An answer to a letter"),
        "reply_unknown": Words("En e-mail, som ingen kender", "A mail that nobody knows"),
    },
    "notice_hint": {
        "visitation_missed": Words(
            "Find en ny tid, eller notér, at de kom.", "Find a new time, or note that they came."
        ),
        "job_lapsed": Words("Spørg, hvad der skete.", "Ask what happened."),
        "match_accepted": Words("Lav aftalen.", "Make the agreement."),
        "case_untaken": Words("Tag sagen, eller giv den til en kollega.", "Take the case, or give it to a colleague."),
        "match_answer": Words("Sig ja eller nej tak.", "Say yes or no."),
        "company_message": Words("Læs den, og svar.", "Read it, and answer."),
        "forum_line": Words("Læs den, og giv den videre, eller stop den.", "Read it, and pass it on, or stop it."),
        "promise_alarm": Words("Åbn flere tider inden fristen.", "Open more times before the limit."),
        "mentoring": Words("Gør den første dag klar.", "Get the first day ready."),
        "talk_moved": Words("Se den nye tid.", "See the new time."),
        "message_lost": Words("Print brevet, eller ring.", "Print the letter, or ring."),
        "webhook_off": Words("Find ud af hvorfor, og tænd den igen.", "Find out why, and turn it on again."),
        "reply": Words("Læs svaret, og følg op.", "Read the answer, and follow up."),
        "reply_unknown": Words("Find ud af, hvem den er til.", "Find out whom it is for."),
    },
}  # fmt: skip
