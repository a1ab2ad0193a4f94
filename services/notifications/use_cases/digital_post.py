"""A message as Digital Post or NemSMS, and what is told of it afterwards."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models import Address, Message, PostStatus
from services.notifications.rules import memo, post_status
from services.notifications.rules.channels import NEM_SMS, POSTED
from services.notifications.rules.letters import Letter
from services.notifications.rules.paper import nem_sms, on_paper
from services.notifications.rules.subjects import DANISH, ENGLISH
from services.notifications.use_cases import POLICY, numbers, service_platform, timing
from services.notifications.use_cases.carriers import Undelivered
from shared import clock, pdf
from shared.suppliers import PostAccount

UNADDRESSED = "no_number"


def send(session: Session, message: Message, address: Address, letter: Letter) -> str:
    """Hand the letter to the service platform; returns its number there, raises Undelivered."""
    account: PostAccount | None = session.info["settings"].digital_post
    digits = numbers.opened(session.info["settings"], address)
    if account is None or digits is None:
        raise Undelivered(UNADDRESSED, final=True)
    by_sms = message.channel == NEM_SMS
    post = _post(session, message, account, memo.Recipient(id=digits, label=address.name or ""), letter)
    if by_sms:
        made = memo.nem_sms(post, nem_sms(letter, session.info["settings"].authority))
    else:
        made = memo.digital_post(post)
    kind = service_platform.NEM_SMS if by_sms else service_platform.DIGITAL_POST
    try:
        return service_platform.of(account).send(made, message.id, kind=kind)
    except Undelivered as failure:
        # They have this number already: the try that nobody knew the end of had reached them.
        if failure.code == service_platform.TWICE and message.error_code == service_platform.UNKNOWN:
            return str(message.id)
        raise


def _post(
    session: Session, message: Message, account: PostAccount, recipient: memo.Recipient, letter: Letter
) -> memo.Post:  # fmt: skip
    sender = memo.Sender(cvr=account.cvr, label=account.label, mail=account.mail)
    by_sms = message.channel == NEM_SMS
    words = None if by_sms else pdf.render(on_paper(letter, session.info["settings"].authority, clock.today()))
    return memo.Post(
        id=message.id, case=message.correlation_id, subject=letter.subject, sender=sender, recipient=recipient,
        made_at=clock.now(), documents=[] if words is None else [("brev.pdf", memo.PDF, words)],
        language=ENGLISH if message.language == ENGLISH else DANISH,
        appointments=() if letter.cancelled else letter.appointments, reply=account.reply,
        legal=message.template in POLICY.row("post.served_formally", clock.today()).value,
        not_before=timing.delivered_from(message),
    )  # fmt: skip


def keep(session: Session, told: post_status.PostStatus) -> Message | None:
    """Write down a status that is new; the message it is about, locked, or None where there is nothing to do."""
    message = session.get(Message, told.message_id, with_for_update=True)
    if message is None or message.channel not in POSTED:
        return None
    row = {"id": told.id, "message_id": message.id, "people": message.people, "state_code": told.code,
           "failure_code": told.failure, "at": told.at}  # fmt: skip
    fresh = session.scalar(insert(PostStatus).values(row).on_conflict_do_nothing().returning(PostStatus.id))
    return message if fresh else None
