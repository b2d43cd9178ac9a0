"""« Fiche de fidélité »: what it answers, from which facts, to whom; on screen, on paper, blank."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidelines.catalogue import Audience
from guidelines.models import ProgramGuideline
from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import MONDAY, Stage, week
from mentoring.models import Dyad
from people.access import Role
from people.models import AuditEntry, Membership, User
from programs.models import SupportGroup
from reports.fidelity.dyads import DYAD_SHEET
from reports.fidelity.groups import GROUP_SHEET
from reports.fidelity.items import Item, Verdict
from reports.fidelity.sheets import sheet_of
from tests.cast import Cast
from tests.printed import faults_of, pages_of
from tests.sheets import answered, disagreements, lines

ClientOf = Callable[[User], Client]
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


def lead_of(stage: Stage) -> User:
    person = User.objects.create(board=stage.board, school=stage.school, key="R", password="!")
    Membership.objects.create(person=person, board=stage.board, school=stage.school, role=Role.PROGRAM_LEAD)
    return User.objects.get(pk=person.pk)


def test_a_sheet_says_not_met_where_a_finding_stands_and_only_to_who_reads_it(cast: Cast) -> None:
    assert Dyad.objects.visible_to(cast.julie).open_on(cast.on).count() > 5
    assert SupportGroup.objects.visible_to(cast.julie).active_on(cast.on).count() > 2
    for person in (cast.julie, cast.alain, cast.nadia, cast.marc, cast.karim):
        assert disagreements(cast.board, person, cast.on) == []


def test_every_line_of_the_sheets_is_for_who_sees_the_relation() -> None:
    items = [item for criterion in (*DYAD_SHEET, *GROUP_SHEET) for item in criterion.items if isinstance(item, Item)]
    assert not [item.guideline.code for item in items if item.guideline.audience is Audience.LEADS]
    assert len({item.guideline.code for item in items}) == len(items)


@pytest.mark.django_db
def test_a_dyad_without_data_meets_nothing_by_silence(long_after: None) -> None:
    stage = Stage()
    dyad, lead = stage.dyad(week(1), committed_until=None), lead_of(stage)
    told = answered(sheet_of(dyad, user=lead, on=week(1)))
    assert {code for code, verdict in told.items() if verdict == MET} == {"mentor-training"}
    assert {code for code, verdict in told.items() if verdict == NOT_MET} == {
        "dyad-duration-planned",
        "mentor-approach",
    }


@pytest.mark.django_db
def test_the_rhythm_is_met_missed_or_not_known_yet(long_after: None) -> None:
    stage = Stage()
    dyad, lead = stage.dyad(week(1)), lead_of(stage)
    stage.meet(dyad, week(1), week(2), week(3), week(4), minutes=30, setting="individual", activity="discussion")
    known = lines(sheet_of(dyad, user=lead, on=week(4, 5)))
    assert known["dyad-frequency"].verdict == known["dyad-gap"].verdict == known["dyad-first-meeting"].verdict == MET
    assert "100\u00a0% étaient individuelles." in known["dyad-individual-share"].facts[0]
    assert known["dyad-shared-activity"].verdict == NOT_MET
    assert known["dyad-student-choice"].verdict == UNKNOWN
    assert known["dyad-regularity"].verdict == UNKNOWN
    assert "trop récente" in known["dyad-regularity"].facts[0]
    late = lines(sheet_of(dyad, user=lead, on=week(8, 5)))
    assert late["dyad-frequency"].verdict == NOT_MET
    assert "du 5, du 12 et du 19 octobre" in late["dyad-frequency"].facts[0]


@pytest.mark.django_db
def test_what_has_time_left_is_neither_met_nor_missed(long_after: None) -> None:
    stage = Stage()
    dyad, lead = stage.dyad(week(1)), lead_of(stage)
    for code, late in (("dyad-agreement", 14), ("dyad-first-meeting", 20)):
        assert answered(sheet_of(dyad, user=lead, on=week(1, 4)))[code] == UNKNOWN
        assert answered(sheet_of(dyad, user=lead, on=MONDAY + timedelta(days=late)))[code] == NOT_MET
    dyad.agreements.create(signed_on=week(4), objectives=["Lire"], tasks=["Venir"])
    stage.meet(dyad, week(4))
    told = answered(sheet_of(dyad, user=lead, on=week(4)))
    assert told["dyad-agreement"] == told["dyad-first-meeting"] == MET
    assert told["dyad-support-after-event"] == told["dyad-review"] == UNKNOWN
    dyad.difficult_events.create(board=stage.board, on=week(4), kind="other", supported_on=week(4))
    dyad.reviews.create(board=stage.board, on=week(4))
    told = answered(sheet_of(dyad, user=lead, on=week(4)))
    assert told["dyad-support-after-event"] == told["dyad-review"] == MET


@pytest.mark.django_db
def test_a_group_s_four_criteria(long_after: None) -> None:
    stage = GroupStage()
    group, lead, on = stage.new_group(6), lead_of(stage), week(6)
    told = answered(sheet_of(group, user=lead, on=on))
    assert told["group-no-lead"] == told["group-continuity"] == told["group-too-large"] == told["program-type"] == MET
    assert told["group-gap"] == NOT_MET
    assert told["group-frequency"] == told["group-meeting-length"] == told["group-individual-contact"] == UNKNOWN
    assert told["teacher-foundations"] == told["program-structure"] == told["program-roles"] == NOT_MET
    stage.meets(group, week(3), week(4), week(5), minutes=30)
    stage.entrust(group, stage.new_person("L2"), week(6))
    group.leads.filter(person=stage.lead).update(ends_on=week(6), reason="left")
    told = answered(sheet_of(group, user=lead, on=on))
    assert told["group-gap"] == told["group-frequency"] == told["group-meeting-length"] == MET
    assert told["group-continuity"] == NOT_MET
    empty = answered(sheet_of(stage.new_group(0, key="V"), user=lead, on=on))
    assert empty["group-too-large"] == empty["group-too-small"] == empty["group-continuity"] == UNKNOWN


@pytest.mark.django_db
def test_the_numbers_in_force_are_those_of_the_findings(long_after: None) -> None:
    stage = GroupStage()
    group, lead = stage.new_group(6), lead_of(stage)
    stage.set_number("group-too-large", "critical", 4, program=stage.program)
    line = lines(sheet_of(group, user=lead, on=week(2)))["group-too-large"]
    assert line.verdict == NOT_MET
    assert "plus de 4 membres" in line.bounds
    stage.set_number("teacher-foundations", "warning", 0)
    line = lines(sheet_of(group, user=lead, on=week(2)))["teacher-foundations"]
    assert line.verdict == MET
    assert "0 fondement" in line.facts[0]


def test_who_stands_in_reads_nothing_of_the_mentor(cast: Cast) -> None:
    week_long = {"starts_on": cast.on, "ends_on": cast.on + timedelta(days=7)}
    cast.ines_marc.substitutes.create(person=cast.karim, **week_long)
    of_mentor = {"mentor-training", "mentor-style", "mentor-approach"}
    for person, reads in ((cast.marc, True), (cast.julie, True), (cast.karim, False)):
        sheet = sheet_of(cast.ines_marc, user=User.objects.get(pk=person.pk), on=cast.on)
        assert sheet.is_whole == reads
        assert (of_mentor <= set(lines(sheet))) == reads
        assert bool(of_mentor & set(lines(sheet))) == reads


def test_a_teacher_reads_of_a_group_what_is_theirs(cast: Cast) -> None:
    cast.tremplin.leads.create(person=cast.karim, starts_on=cast.on - timedelta(days=3))
    both = lines(sheet_of(cast.tremplin, user=cast.julie, on=cast.on))["teacher-foundations"]
    assert {fact.partition("\u00a0:")[0] for fact in both.facts} == {str(cast.nadia), str(cast.karim)}
    sheet = sheet_of(cast.tremplin, user=cast.nadia, on=cast.on)
    assert not sheet.is_whole
    assert len(lines(sheet)["teacher-foundations"].facts) == 1
    assert not {code for code in lines(sheet) if code.startswith("program-")}


def test_what_the_programme_does_not_follow_is_said(cast: Cast) -> None:
    known = lines(sheet_of(cast.ines_marc, user=cast.julie, on=cast.on))
    assert known["dyad-gap"].is_followed
    assert not known["dyad-homework-heavy"].is_followed
    ProgramGuideline.objects.create(
        program=cast.mentoring, guideline="dyad-homework-heavy", followed_from=cast.on - timedelta(days=1)
    )
    known = lines(sheet_of(cast.ines_marc, user=cast.julie, on=cast.on))
    assert known["dyad-homework-heavy"].is_followed
    assert not known["dyad-gap"].is_followed


@pytest.mark.once
def test_the_page_and_the_file(cast: Cast, client_of: ClientOf) -> None:
    client, entries = client_of(cast.julie), AuditEntry.objects.filter(verb="fidelity_sheet.downloaded")
    for kind, relation in (("dyad", cast.ines_marc), ("group", cast.tremplin)):
        page = client.get(reverse(f"{kind}_fidelity", args=[relation.pk])).content.decode()
        assert reverse(f"{kind}_fidelity_pdf", args=[relation.pk]) in page
        assert (
            reverse(f"{kind}_fidelity", args=[relation.pk])
            in client.get(reverse(kind, args=[relation.pk])).content.decode()
        )
        kept = entries.filter(subject_type=relation._meta.label_lower, subject_id=relation.pk)
        assert not kept.exists()
        reply = client.get(reverse(f"{kind}_fidelity_pdf", args=[relation.pk]))
        assert faults_of(reply.content) == []
        assert pages_of(reply.content) <= 2, "both sides of a sheet"
        assert kept.get().person == cast.julie
        named = reply["Content-Disposition"]
        assert "2026-11-23.pdf" in named
        assert "Benali" not in named


@pytest.mark.once
def test_a_blank_sheet_asks_all_and_answers_nothing(cast: Cast, client_of: ClientOf) -> None:
    for program, person, criteria in (
        (cast.mentoring, cast.marc, DYAD_SHEET),
        (cast.groups_program, cast.nadia, GROUP_SHEET),
    ):
        page = client_of(person).get(reverse("program_fidelity", args=[program.pk])).content.decode()
        for criterion in criteria:
            assert str(criterion.title) in page
            assert all(str(item.asks) in page for item in criterion.items)
        reply = client_of(person).get(reverse("program_fidelity_pdf", args=[program.pk]))
        assert faults_of(reply.content) == []
    assert not AuditEntry.objects.filter(verb="fidelity_sheet.downloaded").exists()


@pytest.mark.once
def test_a_sheet_is_read_as_of_a_past_day(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.julie), reverse("dyad_fidelity", args=[cast.ines_marc.pk])
    assert client.get(address).context["day"].on == cast.on
    days = {day.slug: day.on for day in client.get(address).context["days"]}
    assert days["etape"] <= cast.on
    assert client.get(address, {"jour": "etape"}).context["day"].on == days["etape"]
    assert client.get(address, {"jour": "demain"}).context["day"].on == cast.on
    last = cast.on - timedelta(days=10)
    Dyad.objects.filter(pk=cast.ines_marc.pk).update(ends_on=last + timedelta(days=1))
    ended = client.get(address)
    assert ended.context["day"].on == last
    told = answered(ended.context["sheet"])
    assert told["dyad-duration-short"] in (MET, NOT_MET)
    assert told["dyad-frequency"] in (MET, NOT_MET)
    assert answered(client.get(address, {"jour": "aujourdhui"}).context["sheet"])["dyad-frequency"] == UNKNOWN


@pytest.mark.once
def test_a_sheet_s_queries_do_not_grow(cast: Cast, client_of: ClientOf) -> None:
    def queries(relation: Dyad | SupportGroup) -> int:
        name = "group_fidelity" if isinstance(relation, SupportGroup) else "dyad_fidelity"
        with CaptureQueriesContext(connection) as found:
            assert client_of(cast.julie).get(reverse(name, args=[relation.pk])).status_code == 200
        return len(found)

    queries(cast.tremplin)  # the day's first opening is kept in the journal
    few = queries(cast.tremplin)
    for n in range(4):
        person = User.objects.create(
            board=cast.board, school=cast.school, key=f"Z{n}", given_name=f"Z{n}", password="!"
        )
        cast.tremplin.leads.create(person=person, starts_on=cast.on)
    assert queries(cast.tremplin) == few
    queries(cast.thomas_nadia)
    few = queries(cast.thomas_nadia)
    for dyad in (cast.maika_nadia, cast.kim_nadia):
        cast.thomas_nadia.pauses.create(starts_on=dyad.starts_on, ends_on=dyad.starts_on + timedelta(days=1))
    assert queries(cast.thomas_nadia) == few
