"""The change history sees every way to change a row, and copies no CPR number, no name and no free text."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from shared.events import SERVICES
from shared.migrate import SHARED_TABLES
from tests.browser import without_ids
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN, register
from tests.intake.test_visitation import WISHES

COPIED = {
    "followup.absence": "kind registered_by hearing_policies handed_over_by closed_code",
    "followup.area_promise": "area_code project kind made_by",
    "followup.area_resident": "area_code benefit qualifications noted_by",
    "followup.attendance": "state noted_by",
    "followup.checklist_item": "code policy done_by kit",
    "followup.citizen": "language",
    "followup.citizen_merge": "dropped",
    "followup.citizen_unit": "unit_code",
    "followup.colleague": "subject unit_code",
    "followup.company": "name",
    "followup.contact": "kind form policy moved_reason_code held_by outcome_code next_step_code moved_from_reason_code "
    "why_code moved_from_form interpreter_booked_by",
    "followup.contact_attempt": "way made_by",
    "followup.cohort": "name tracks made_by",
    "followup.cohort_entry": "state noted_by",
    "followup.cohort_member": "municipality age_policy track outcome_code enrolled_by",
    "followup.cohort_quota": "municipality",
    "followup.cohort_visit": "noted_by",
    "followup.conclusion": "outcome_code made_by",
    "followup.course_change": "kind code asked_by made_by",
    "followup.document_gate": "gate_code policy passed_by",
    "followup.door_ending": "",
    "followup.evaluation": "kind party verdict noted_by",
    "followup.family": "lead_department made_by",
    "followup.family_action": "department after_code done_by",
    "followup.family_consent": "department heard_by",
    "followup.family_forum": "noted_by",
    "followup.family_grant": "kind department",
    "followup.family_member": "",
    "followup.family_milestone": "code reached_by",
    "followup.first_contact": "channel",
    "followup.forum_attendance": "side",
    "followup.forum_before": "noted_by",
    "followup.guidance": "guidance_version",
    "followup.guarantee_assessment": "criterion made_by",
    "followup.hand_over": "kind from_owner to_owner made_by",
    "followup.hand_over_line": "kind state",
    "followup.hour_agreement": "reason_code asked_by before",
    "followup.hour_review": "adviser_by coordinator_by",
    "followup.interview": "form noted_by",
    "followup.interview_call": "form made_by outcome policies",
    "followup.interview_slot": "opened_by",
    "followup.interview_standing": "code set_by booking_code booking_by",
    "followup.job_guarantee": "policies agreed_by concluded_by outcome_code reason_code",
    "followup.long_course": "role role_by outcome_code outcome_by",
    "followup.mentor": "kind registered_by",
    "followup.mentor_alias": "linked_by",
    "followup.mentor_call": "urgency asked_by answered_by",
    "followup.mentor_change": "made_by",
    "followup.mentor_invitation": "made_by subject",
    "followup.mentor_places": "set_by",
    "followup.mentor_support": "policies granted_by",
    "followup.network_attendance": "",
    "followup.network_meeting": "noted_by",
    "followup.missed_talk": "",
    "followup.next_step": "code owner made_by done_by",
    "followup.placement": "p_number offer_type occupation purpose_code cadence cadence_policy place_rule owner",
    "followup.plan_action": "party made_by done_by answer",
    "followup.plan_sharing": "",
    "followup.pulse": "asked_by",
    "followup.pulse_answer": "party",
    "followup.readiness": "category policy",
    "followup.visitation": "",
    "followup.week_hours": "told_by noted_by",
    "followup.work_task": "",
    "intake.absence": "",
    "intake.application_step": "state before noted_by",
    "intake.arrival": "unit_code state called_to called_by typed_by",
    "intake.assisted_item": "item_code given_by",
    "intake.breach_cause": "promise cause chosen_by",
    "intake.citizen": "language municipality_code category",
    "intake.citizen_merge": "dropped merged_by",
    "intake.citizen_unit": "unit_code",
    "intake.client_secret": "client_id",  # pragma: allowlist secret
    "intake.consultant": "code name hours",
    "intake.cv_deadline": "group_code policy state met_by",
    "intake.door_outcome": "outcome_code noted_by",
    "intake.education_guidance": "guide_code policy",
    "intake.erasure": "classes policies reason_code announced_by stopped_by stop_reason_code",
    "intake.first_contact": "channel applied_for guidance_version local_goal_policy statutory_policy urgency "
    "application",
    "intake.found_opening": "kind",
    "intake.hand_over": "to_code reason_code given_by acknowledged_by called_to called_by",
    "intake.host": "code name place_code",
    "intake.job_referral": "title employer apply_at made_by due_policy state result_code answered_by "
    "followed_up_by contacted_by contact_code",
    "intake.job_wishes": "occupations forms availability licences",
    "intake.letter_fact": "template channel step detail_code",
    "intake.list_import": "what made_by kind role unit_code state take columns",
    "intake.machine_client": "id organisation roles scopes made_by ended_by",
    "intake.own_knowledge": "",
    "intake.place": "",
    "intake.promise_alarm": "unit_code reason_code",
    "intake.reason_request": "asked_by due_policy ground_code answered_by",
    "intake.referral": "offer_type host_code policy first_choice_code choice_reason_code provider_reason_code",
    "intake.room": "code name place_code",
    "intake.sign_in": "subject kind organisation roles assurance end_reason",
    "intake.told_apart": "reason_code chosen_by",
    "intake.visitation": "state place_code default_category category category_policy override_reason_code "
    "decided_by moved_by cancelled_by",
    "intake.work_duty": "policy decided_by",
    "intake.work_hours": "source_code noted_by confirmed_by",
    "matching.alumnus": "how heard_by",
    "matching.alert_mailbox": "owner",
    "matching.call": "owner state heard",
    "matching.company_consultant": "subject name",
    "matching.company_contact": "by_subject by_name team way direction outcome over_budget_reason",
    "matching.company_pause": "reason_code made_by",
    "matching.company_promise": "kind owner owner_name done_by",
    "matching.consultant_cover": "absent absent_name cover cover_name",
    "matching.centre": "role",
    "matching.centre_place": "windows",
    "matching.centre_stay": "windows state asked_by offered_by order_reason_code reason_code",
    "matching.citizen_copy": "",
    "matching.citizen_merge": "dropped",
    "matching.citizen_unit": "unit_code",
    "matching.company": "cvr name sort_key industry",
    "matching.company_offer": "adjustments shifts season languages soft_wishes told_by",
    "matching.company_invitation": "role made_by",
    "matching.company_member": "subject role",
    "matching.company_message": "written_by",
    "matching.csr_assessment": "assessed_by",
    "matching.list_import": "what made_by kind role unit_code state take columns",
    "matching.observation": "told_by noted_by",
    "matching.placement_outcome": "outcome_code",
    "matching.project": "made_by",
    "matching.project_need": "",
    "matching.project_part": "",
    "matching.season": "months",
    "matching.forum_line": "state decided_by",
    "matching.forum_post": "kind posted_by",
    "matching.forum_seat": "",
    "matching.knowledge": "languages danish_level transport transport_from transport_until hour_steps "
    "soft_wishes known_by shifts strengths months",
    "matching.kept_profile": "",
    "matching.match": "state proposed_by factors failed_rules salt policies override_reason_code "
    "consent_how consent_heard_by answered_by decliner reason_code state_before",
    "matching.national_application": "reference state noted_by",
    "matching.need": "p_number state occupation employment_form windows derived licences adjustments",
    "matching.need_holder": "held_by held_name",
    "matching.mentor_hours": "windows",
    "matching.need_profile": "danish_level soft_wishes season shifts languages offers",
    "matching.no_match": "noted_by reasons excluded",
    "matching.notice": "to_subject kind",
    "matching.agreement_version": "kind reason_code offer_type made_by",
    "matching.placement": "p_number state offer_type occupation cadence deviation_reason_code statements_needed "
    "made_by closed_code",
    "matching.placement_hours": "",
    "matching.plan": "made_by aim salt policies",
    "matching.pooled": "occupation added_by",
    "matching.profile": "assisted_by",
    "matching.ratio_check": "p_number offer_type",
    "matching.readiness_copy": "category",
    "matching.saved_search": "owner occupation employment_forms",
    "matching.shortlisted": "added_by",
    "matching.spotted_opening": "p_number windows state reason_code",
    "matching.staff_month": "",
    "matching.support": "state proposed_by decided_by",
    "matching.statement": "party stated_by how reason_code",
    "matching.visit": "p_number noted_by",
    "matching.wishes_copy": "occupations forms availability licences",
    "matching.wording_kept": "kind reason_code kept_by",
    "matching.workplace": "p_number name postal_code",
    "notifications.address": "kind organisation language choices cvr",
    "notifications.bounce": "kind status",
    "notifications.calendar_feed": "owner",
    "notifications.case_of": "owner",
    "notifications.channel_pause": "channel",
    "notifications.citizen_merge": "dropped",
    "notifications.citizen_unit": "unit_code",
    "notifications.known_mentor": "",
    "notifications.mentor_login": "subject",
    "notifications.message": "correlation_id traceparent template recipient_kind data state channel language "
    "error_code provider_id chosen_code template_version",
    "notifications.need_place": "p_number",
    "notifications.notice": "kind owner roles unit_code cvr p_number cleared_code",
    "notifications.notice_read": "reader",
    "notifications.post_status": "state_code failure_code",
    "notifications.receipt": "step how_code",
    "notifications.reply": "",
    "notifications.talk": "form state",
    "notifications.template_version": "name version",
    "notifications.webhook": "cvr p_numbers url off_code",
    "notifications.webhook_delivery": "kind data state error_code",
}
"""What of each table's text is copied into the history: codes, policy rows, opaque ids, and names of organisations.

A new column with text in it is a decision: give it a place here, or leave it out with `never` where it is attached.
"""
THE_HOUSES_OWN = list(SHARED_TABLES - {"citizen_unit"})
WITHOUT_HISTORY = {
    "followup.fact": "what other services told of, counted by day; they keep its history",
    "intake.citizen_name": "the words of citizen.name, for the search",
    "intake.engagement": "when matching and follow-up last told of somebody, for the time of erasure",
    "intake.number_series": "the last number of a day; whose it was is in arrival",
    "intake.slot": "calendars of consultants; who got which is in visitation",
    "matching.attention": "on which day a list showed somebody; who looked is in lookup",
    "matching.attention_need": "that a night looked at a need, and when",
    "matching.attention_place": "whom that look brings forward where; what people did is in match",
    "matching.candidate_removal": "that somebody's copy went, and nothing of whose",
    "matching.plan_line": "what the plan suggested; what people decided is in match",
    "notifications.handover": "which part of a letter went where; the letter has its history",
    "notifications.returned_mail": "numbers of mails that were read; what came of them is in bounce and reply",
    "notifications.line": "how the servers for letters answer",
}
_TEXTS = """
    SELECT table_schema || '.' || table_name, column_name, t.tgname IS NOT NULL,
           column_name = ANY (string_to_array(encode(t.tgargs, 'escape'), '\\000'))
    FROM information_schema.tables
    JOIN information_schema.columns AS c USING (table_schema, table_name)
    LEFT JOIN pg_trigger AS t ON t.tgname = 'audit' AND t.tgenabled = 'O'
     AND t.tgrelid = (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass
    WHERE table_schema = ANY (%s) AND table_type = 'BASE TABLE' AND table_name <> ALL (%s)
      AND c.udt_name IN ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', '_text', '_varchar')
    ORDER BY table_schema, table_name, ordinal_position
"""
_TABLES = """
    SELECT c.oid::regclass::text, t.tgname IS NOT NULL FROM pg_class AS c
    LEFT JOIN pg_trigger AS t ON t.tgrelid = c.oid AND t.tgname = 'audit' AND t.tgenabled = 'O'
    WHERE c.relnamespace::regnamespace::text = ANY (%s) AND c.relkind = 'r' AND c.relname <> ALL (%s)
"""


def test_what_the_history_copies_is_what_the_table_says(world: World) -> None:
    with psycopg.connect(world.admin_url) as administrator:
        tables: dict[str, bool] = dict(administrator.execute(_TABLES, (list(SERVICES), THE_HOUSES_OWN)).fetchall())
        texts = administrator.execute(_TEXTS, (list(SERVICES), THE_HOUSES_OWN)).fetchall()
    copied: dict[str, list[str]] = {table: [] for table, watched in tables.items() if watched}
    for table, column, watched, never in texts:
        if watched and not never:
            copied[table].append(column)

    assert {table: " ".join(columns) for table, columns in copied.items()} == COPIED
    assert {table for table, watched in tables.items() if not watched} == set(WITHOUT_HISTORY)


def history(service: ServiceUnderTest, table: str) -> list[Any]:
    asked = text("SELECT actor, row_id, verb, changes FROM audit WHERE table_name = :table ORDER BY seq")
    return list(service.connection.execute(asked, {"table": table}))


def test_neither_cpr_nor_its_ciphertext_nor_name_nor_address_is_copied(intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]
    intake.call("PATCH", f"/citizens/{citizen}", {"email": "other@example.dk"}, If_Match='"1"')
    intake.call("POST", f"/citizens/{citizen}/job-wishes", WISHES)
    kept = intake.connection.execute(text("SELECT cpr_secret, encode(cpr_index, 'hex') FROM citizen")).one()
    planted = [*kept, "251248", "1948-12-25", "Nancy", "nancy@", "other@", "20123456", "20 12 34 56", "quiet_place"]
    copied = without_ids(intake.connection.execute(text("SELECT * FROM audit")).all())

    assert [value for value in (*planted, WALK_IN["postal_code"]) if value in copied] == []
    assert "(not kept here)" in copied


def test_every_row_of_a_bulk_update_is_seen(matching: ServiceUnderTest) -> None:
    with matching.begin() as session:
        session.execute(
            text(
                "INSERT INTO readiness_copy (citizen_id, category, version) "
                "SELECT gen_random_uuid(), 'jobparat', 1 FROM generate_series(1, 3)"
            )
        )
        session.execute(text("UPDATE readiness_copy SET category = 'aktivitetsparat'"))
    seen = history(matching, "readiness_copy")

    assert [(row.actor, row.verb, row.changes) for row in seen] == [
        ("test", "update", {"category": ["jobparat", "aktivitetsparat"]})
    ] * 3
    assert len({row.row_id for row in seen}) == 3


@pytest.mark.parametrize("role", ["intake", "intake_owner"])
def test_a_console_is_seen_under_its_own_login(world: World, role: str) -> None:
    with psycopg.connect(world.admin_url) as console:
        console.execute(f"SET ROLE {role}; SET search_path = intake".encode())
        console.execute(
            "INSERT INTO host (id, code, name, public, place_code) VALUES (gen_random_uuid(), 'c', 'C', true, 'c')"
        )
        console.execute("UPDATE host SET public = false WHERE code = 'c'; DELETE FROM host WHERE code = 'c'")
        seen = console.execute("SELECT session_user = actor, verb FROM audit WHERE table_name = 'host' ORDER BY seq")
        rows = seen.fetchall()
        console.rollback()

    assert rows[-3:] == [(True, "insert"), (True, "update"), (True, "delete")]
