"""What a company's portal and the forum call their codes, in both languages."""

from shared.events.codes import Words

PORTAL = {
    "fits": {
        "occupation": Words("vil gerne det arbejde", "wants that kind of work"),
        "skills": Words("kan noget af det, I beder om", "can some of what you ask for"),
        "hours": Words("kan de timer, I har", "can work the hours you have"),
        "growth": Words("vil gerne op i timer hen ad vejen", "wants more hours along the way"),
        "season": Words("kan i jeres travle måneder", "can work in your busy months"),
        "adjustments": Words("de hensyn, der er brug for, findes hos jer", "you can meet what is needed"),
    },
    "member_role": {
        "see": Words("se", "see"),
        "sign": Words("se og svare for virksomheden", "see, and answer for the company"),
        "manage": Words("se, svare og styre listen", "see, answer and manage the list"),
    },
    "forum_kind": {
        "article": Words("artikel", "article"),
        "video": Words("film", "video"),
        "event": Words("arrangement", "event"),
        "job": Words("job", "job"),
    },
    "line_state": {
        "waiting": Words("venter på Jobbutikken", "waiting for the Jobbutik"),
        "passed": Words("givet videre", "passed on"),
        "stopped": Words("ikke givet videre, vi ringer", "not passed on, we will ring"),
    },
    "waiting": {
        "proposal": Words("svar på forslaget", "answer the proposal"),
        "agreement": Words("giv jeres udtalelse om aftalen", "state your word on the agreement"),
        "draft": Words("send kladden, eller luk den", "send the draft, or close it"),
        "past": Words(
            "startdagen er passeret: forny behovet, eller luk det", "the start has passed: renew the need, or close it"
        ),
    },
    "coming": {
        "meeting": Words("møde med en kandidat", "meeting with a candidate"),
        "first_day": Words("første mødetid", "first day at work"),
        "last_day": Words("aftalens sidste dag", "the agreement's last day"),
        "need": Words("jeres behov begynder", "your need begins"),
    },
    "ready": {
        "workplace": Words("arbejdsstedets P-nummer", "the workplace's P-number"),
        "staff": Words(
            "bemandingen i de seneste måneder, i årsværk", "the staff of the last months, in full-time jobs"
        ),
        "contact": Words("hvem vi ringer til, og på hvilket nummer", "whom we ring, and on which number"),
        "mentor": Words("en kollega, der kan være mentor, og hvornår", "a colleague who can be a mentor, and when"),
        "adjustments": Words("hvilke hensyn der kan være plads til", "which adjustments the workplace can make"),
    },
}
