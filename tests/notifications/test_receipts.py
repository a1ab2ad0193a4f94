"""What comes after a letter left: a receipt that it arrived, that it was seen, and the word of both."""

from services.notifications.use_cases import messages
from shared import clock
from shared.events import NotificationDelivered, NotificationRead, NotificationSent
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.notifications import story


def printed(notifications: ServiceUnderTest) -> str:
    """A letter about a job to somebody with neither e-mail nor telephone, printed at the desk."""
    with clock.moved_to(story.MONDAY):
        notifications.hear(story.citizen(email=None, phone=None), story.job_referral())
        with notifications.begin() as session:
            messages.find_addresses(session)
        (letter,) = notifications.call("GET", "/messages/to-print").json["items"]
        assert notifications.call("POST", f"/messages/{letter['id']}/printed").status_code == 200
    return str(letter["id"])


def test_letter_names_the_job_and_the_day(notifications: ServiceUnderTest) -> None:
    with clock.moved_to(story.MONDAY):
        notifications.hear(story.citizen(email=None, phone=None), story.job_referral())
        with notifications.begin() as session:
            messages.find_addresses(session)
        (letter,) = notifications.call("GET", "/messages/to-print").json["items"]

    assert "Job: Kok, Café Prøve\nSøg det senest: onsdag den 11. november 2026" in letter["text"]
    assert "Kok" not in letter["sms"]


def test_question_about_a_reason_is_not_sent_after_its_day(notifications: ServiceUnderTest) -> None:
    with clock.moved_to(story.MONDAY.replace(day=12)):
        notifications.hear(story.citizen(email=None, phone=None), story.reason_question())
        with notifications.begin() as session:
            messages.suppress_past(session)
        (letter,) = notifications.call("GET", "/messages").json["items"]

    assert (letter["state"], letter["error_code"]) == ("suppressed", "appointment_past")


def test_receipt_is_told_once_with_what_the_letter_is_about(notifications: ServiceUnderTest) -> None:
    path = f"/messages/{printed(notifications)}/receipts"
    for how in ("handed_over", "registered_post"):
        assert notifications.call("POST", path, {"how_code": how}).status_code == 200

    assert [told.cause_id for told in notifications.told(NotificationSent)] == [story.REFERRAL]
    (told,) = notifications.told(NotificationDelivered)
    assert (told.cause_id, told.template, told.how_code) == (story.REFERRAL, "job_referred", "handed_over")


def test_no_receipt_for_what_has_not_left(notifications: ServiceUnderTest) -> None:
    notifications.hear(story.citizen(), story.visitation())
    (letter,) = notifications.call("GET", "/messages").json["items"]
    refused = notifications.call("POST", f"/messages/{letter['id']}/receipts", {"how_code": "handed_over"})

    assert (refused.status_code, refused.json["code"]) == (409, "not_sent")


def test_letter_on_my_page_is_told_as_seen_the_first_time(notifications: ServiceUnderTest) -> None:
    printed(notifications)
    me = notifications.browser("citizen", subject=str(story.CITIZEN))
    for _again in range(2):
        assert "Kok, Café Prøve" in words(me.get("/beskeder/kort/mig"))

    (told,) = notifications.told(NotificationRead)
    assert (told.cause_id, told.channel) == (story.REFERRAL, "paper")


def test_desk_notes_the_receipt_on_the_letters_page(notifications: ServiceUnderTest) -> None:
    letter = printed(notifications)
    desk = notifications.browser("front_desk")
    path = f"/beskeder/{letter}"
    assert "Der er ingen kvittering endnu." in words(desk.get(path))

    empty = desk.submit(f"{path}/kvittering", {"how_code": ""})
    assert (empty.status_code, "Kvittering: Mangler." in words(empty)) == (422, True)
    desk.submit(f"{path}/kvittering", {"how_code": "handed_over"})

    assert "Leveret Givet i hånden" in words(desk.get(path))
