"""The words that people read for a message's codes; a code nobody has named is never shown itself."""

from functools import partial

from services.notifications.pages import notice_words
from shared import wording
from shared.events.codes import Words

TABLE = {
    "template": {
        "visitation_booked": Words("Tid til visitation", "Time for a triage talk"),
        "visitation_moved": Words("Ny tid til visitation", "New time for a triage talk"),
        "visitation_cancelled": Words("Visitation aflyst", "Triage talk cancelled"),
        "visitation_missed": Words("Kom ikke til visitation", "Missed a triage talk"),
        "start_referred": Words("Her begynder du", "Where to begin"),
        "placement_agreed": Words("Første dag i et forløb", "First day of a placement"),
        "followup_planned": Words("Plan for samtaler", "Plan of talks"),
        "agreement_asked": Words("En aftale venter på svar", "An agreement awaits an answer"),
        "agreement_expiring": Words("En aftale er ved at udløbe", "An agreement is about to expire"),
        "need_read_back": Words("Behov læst tilbage", "Need read back"),
        "pulse_asked": Words("Hvordan går det?", "How is it going?"),
        "followup_moved": Words("Samtale flyttet", "A talk has moved"),
        "job_referred": Words("Et job at søge", "A job to apply for"),
        "job_withdrawn": Words("Et job trukket tilbage", "A job withdrawn"),
        "cv_set": Words("Dag for CV", "Day of the CV"),
        "cv_reminder": Words("Påmindelse om CV", "Reminder of the CV"),
        "education_guidance": Words("En snak om uddannelse", "A talk about education"),
        "promise_alarm": Words("Alarm om lovens frist", "Alarm about the legal limit"),
        "promise_alarm_over": Words("Alarmen er ovre", "The alarm is over"),
        "reminder_day": Words("Påmindelse dagen før", "Reminder the day before"),
        "reminder_soon": Words("Påmindelse kort før", "Reminder shortly before"),
        "reminder_due": Words("Påmindelse om en frist", "Reminder of a deadline"),
        "reply_files": Words("Fil ikke modtaget", "File not taken"),
        "unopened": Words("Brevet er ikke set", "The letter was not seen"),
        "reminder_asked": Words("Påmindelse, som nogen bad om", "A reminder that was asked for"),
        "match_proposed": Words("Forslag om et job", "Proposal for a job"),
        "match_consented": Words("Forslag til et behov", "Proposal for a need"),
        "match_closed": Words("Forslag lukket", "Proposal closed"),
        "search_alert": Words("Nye behov, der søges", "New needs that are sought"),
        "reason_asked": Words("Spørgsmål om en grund", "A reason is asked for"),
    },
    "receipt": {
        "handed_over": Words("Givet i hånden", "Handed over"),
        "digital_post": Words("Kvittering fra Digital Post", "Receipt from Digital Post"),
        "registered_post": Words("Anbefalet brev", "Registered letter"),
        "sms_receipt": Words("Kvittering fra sms-udbyderen", "Receipt from the SMS provider"),
        "own_page": Words("Vist på Min side", "Shown on My page"),
    },
    "step": {"delivered": Words("Leveret", "Delivered"), "read": Words("Set", "Seen")},
    "kind": {
        "citizen": Words("Borger", "Citizen"),
        "company": Words("Virksomhed", "Company"),
        "mentor": Words("Mentor", "Mentor"),
        "unit": Words("Enhed", "Unit"),
    },
    "chosen": {
        "own_choice": Words("Modtageren har valgt den selv", "The recipient chose it"),
        "first": Words("Det er den første i rækken", "It is the first in the order"),
        "next": Words("De første kan ikke nå modtageren", "The first ones cannot reach the recipient"),
        "after_failure": Words("Den forrige kanal lykkedes ikke", "The channel before did not succeed"),
        "by_hand_again": Words("Nogen prøvede igen", "Somebody tried again"),
        "by_hand": Words("Den blev printet i skranken", "It was printed at the desk"),
    },
    "urgency": {
        "0": Words("Med det samme", "At once"),
        "1": Words("Snart", "Soon"),
        "2": Words("Kan vente", "Can wait"),
    },
    "channel": {
        "digital_post": Words("Digital Post", "Digital Post"),
        "nemsms": Words("NemSMS", "NemSMS"),
        "email": Words("E-mail", "E-mail"),
        "sms": Words("Sms", "SMS"),
        "paper": Words("Papir", "Paper"),
    },
    "state": {
        "planned": Words("Planlagt", "Planned"),
        "waiting_for_address": Words("Venter på adresse", "Waiting for an address"),
        "queued": Words("På vej", "On its way"),
        "to_print": Words("Skal printes", "To be printed"),
        "sent": Words("Sendt", "Sent"),
        "failed": Words("Opgivet", "Given up"),
        "suppressed": Words("Holdt tilbage", "Kept back"),
    },
    "held_back": {
        "paused": Words("Driften har sat kanalen på pause.", "Operations have paused the channel."),
        "sms_not_configured": Words(
            "Der er ingen sms-udbyder. Print den, eller ring.", "There is no SMS provider. Print it, or ring."
        ),
        "server_not_answering": Words(
            "Mailserveren svarer ikke. Der prøves igen af sig selv.",
            "The mail server does not answer. It is tried again by itself.",
        ),
    },
    "error": {
        "address_refused": Words("Modtagerens server afviste adressen.", "The recipient's server refused the address."),
        "address_deferred": Words(
            "Modtagerens server tager ikke imod lige nu.", "The recipient's server does not accept it just now."
        ),
        "address_unreadable": Words("Adressen kan ikke bruges.", "The address cannot be used."),
        "content_refused": Words("Modtagerens server afviste indholdet.", "The recipient's server refused the text."),
        "sender_refused": Words("Serveren afviste os som afsender.", "The server refused us as sender."),
        "server_unreachable": Words("Serveren svarede ikke.", "The server did not answer."),
        "supplier_refused": Words("Sms-udbyderen tog ikke imod.", "The SMS provider did not take it."),
        "number_refused": Words("Sms-udbyderen afviste nummeret.", "The SMS provider refused the number."),
        "outcome_unknown": Words(
            "Sms-udbyderen svarede ikke færdigt. Måske er den sendt.",
            "The SMS provider broke off. It may have been sent.",
        ),
        "platform_refused": Words("Serviceplatformen tog ikke imod.", "The service platform did not take it."),
        "post_refused": Words("Digital Post afviste brevet.", "Digital Post refused the letter."),
        "post_twice": Words("Digital Post kendte nummeret i forvejen.", "Digital Post knew its number already."),
        "post_outcome_unknown": Words(
            "Serviceplatformen svarede ikke færdigt. Måske er det sendt.",
            "The service platform broke off. It may have been sent.",
        ),
        "post_failed": Words("Digital Post kunne ikke aflevere brevet.", "Digital Post could not deliver the letter."),
        "no_number": Words("Der er intet cpr-nummer at sende til.", "There is no CPR number to send to."),
        "bounced": Words("E-mailen kom tilbage.", "The mail came back."),
        "not_delivered": Words("Sms’en nåede ikke frem til telefonen.", "The SMS did not reach the telephone."),
        "cannot_be_written": Words("Brevet kan ikke skrives. Sig det til drift.", "It cannot be written. Tell ops."),
        "no_channel": Words("Der er ingen måde at nå modtageren på.", "There is no way to reach the recipient."),
        "appointment_past": Words("Tidspunktet er passeret.", "The appointment has passed."),
        "talk_given_up": Words("Tiden er givet tilbage.", "The appointment was given up."),
        "replaced": Words("Et nyere brev har taget dets plads.", "A newer letter has taken its place."),
        "recalled": Words("Det, brevet handlede om, er trukket tilbage.", "What the letter was about is withdrawn."),
        "restored": Words(
            "Data er hentet fra en sikkerhedskopi. Måske er den sendt. Undersøg det, før du sender.",
            "The data came from a back-up. It may have been sent. Find out before you send it.",
        ),
        "declined": Words("Modtageren vil ikke have påmindelser.", "The recipient wants no reminders."),
        "quiet_hours": Words("Den venter, til det er et ordentligt tidspunkt.", "It waits for a decent hour."),
        "gathers": Words("Den venter på andre til samme modtager.", "It waits for others to the same recipient."),
        "replayed": Words("Gentagelse, derfor ikke sendt igen.", "A repeat, therefore not sent again."),
    },
} | notice_words.TABLE  # fmt: skip
say, choices, tongue = partial(wording.say, TABLE), partial(wording.choices, TABLE), wording.tongue
