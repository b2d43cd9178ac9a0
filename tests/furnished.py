"""The cast with what its story leaves out, in both boards: so that every list of choices has something to offer."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.following import follow
from guidelines.models import EndingReview, GuidelineSetting, TeamMeeting
from mentoring.models import (
    Dyad,
    DyadSubstitute,
    MatchingRound,
    Minute,
    MinuteItem,
    MinuteTally,
    Outcome,
    Parting,
    Pause,
    Referral,
    StyleSelfAssessment,
    TalkRequest,
)
from people.access import Role
from people.models import (
    AuditEntry,
    Consent,
    Destruction,
    Guardian,
    Invitation,
    Look,
    Membership,
    Message,
    Notification,
    OpenedSession,
    PrivacyIncident,
    RetentionPlan,
    SchoolBoard,
    User,
    Verification,
)
from programs.models import (
    ExpectedResult,
    FamilyContact,
    Foundation,
    FunctionTime,
    Gesture,
    GroupReview,
    GroupSubstitute,
    LoggedRecord,
    Program,
    ProgramActivity,
    ProgramRole,
    RoleAcknowledgement,
    SchoolYear,
    StudentContact,
    SupportGroup,
    TeacherRelease,
)
from tests.targets import sent_file

WEEK = timedelta(days=7)


def furnish(cast: Cast) -> None:
    """Families, substitutes, records of each kind, findings; Tremplin and two of its school's dyads have them all."""
    groups = (cast.tremplin, cast.boussole, cast.elan, cast.cordee, cast.other_group)
    dyads = (cast.ines_marc, cast.thomas_nadia, cast.loic_sylvie, cast.mia_denis, cast.other_dyad)
    for group in groups:
        of_group(group, cast)
    for dyad in dyads:
        of_dyad(dyad, cast)
    for program in Program.objects.all():
        of_program(program, cast)
    for person in cast.everyone():
        of_person(person, cast)
    range_ = {"starts_on": cast.on - WEEK, "ends_on": cast.on + WEEK}
    for group, person in ((cast.tremplin, cast.karim), (cast.cordee, cast.helene), (cast.elan, cast.nadia)):
        GroupSubstitute.objects.create(group=group, person=person, **range_)
    for dyad, person in ((cast.ines_marc, cast.sylvie), (cast.thomas_nadia, cast.karim), (cast.mia_denis, cast.pascal)):
        DyadSubstitute.objects.create(dyad=dyad, person=person, **range_)
    for person in (cast.alain, cast.robert):
        sent_file(person)
        hours = {"begun_at": timezone.now(), "seen_at": timezone.now()}
        look = {"person": cast.nadia, "reason": "Une page qui reste vide", "asked_at": timezone.now()}
        Look.objects.create(board=cast.board, asked_by=person, **look)
        OpenedSession.objects.create(person=person, mark=uuid4(), session_key=f"s{person.pk}", **hours)
    for board in (cast.board, cast.other_board):
        MinuteItem.objects.create(board=board, audience="student", french="Je ris.")
        tally(board, None, cast)
        PrivacyIncident.objects.create(board=board, information="Noms", circumstances="Envoi", aware_on=cast.on)
        RetentionPlan.objects.create(board=board, set_on=cast.on)
        Destruction.objects.create(
            board=board, kind="people.Student", fate="emptied", count=7, before=cast.on, done_on=cast.on
        )
        evaluate_board(board, on=cast.on)


def logged(cast: Cast, board: Any) -> dict[str, Any]:
    return {"board": board, "on": cast.on, "logged_on": cast.on}


def of_group(group: SupportGroup, cast: Cast) -> None:
    said = logged(cast, group.board)
    lead = group.leads.all()[0].person
    for member in group.members.all()[:2]:
        family = Guardian.objects.create(
            board=group.board, student=member.student, given_name="Parent", family_name=member.student.family_name
        )
        StudentContact.objects.create(group=group, student=member.student, logged_by=lead, **said)
        FamilyContact.objects.create(group=group, student=member.student, guardian=family, logged_by=lead, **said)
    corrected(GroupReview.objects.create(group=group, logged_by=lead, **said))
    undone(GroupReview.objects.create(group=group, logged_by=lead, tie="Proche", **said))


def corrected(record: LoggedRecord) -> None:
    record.note = "Dit autrement."
    record.save()


def undone(record: LoggedRecord) -> None:
    record.deleted_at = timezone.now()
    record.save()


def of_dyad(dyad: Dyad, cast: Cast) -> None:
    said, mentor = logged(cast, dyad.board), dyad.mentor.person
    dyad.difficult_events.create(kind="other", logged_by=mentor, **said)
    corrected(dyad.liaisons.create(logged_by=mentor, **said))
    undone(dyad.difficult_events.create(kind="conflict", logged_by=mentor, **said))
    dyad.followups.create(logged_by=mentor, **said)
    dyad.reviews.create(**said)
    corrected(dyad.support_calls.create(party="family", **said))
    undone(dyad.support_calls.create(party="student", **said))
    dyad.doubts.create(board=dyad.board, raised_by=mentor, raised_on=cast.on)
    EndingReview.objects.create(dyad=dyad, what_happened="Un départ.", learnt="Prévenir plus tôt.", on=cast.on)
    met, _new = TeamMeeting.objects.get_or_create(board=dyad.board, program=dyad.program, on=cast.on)
    met.items.create(dyad=dyad, decision="Appeler la famille")
    Parting.objects.create(dyad=dyad, next_step="wait", student_words="Merci.", words_by=mentor, words_on=cast.on)
    Pause.objects.create(dyad=dyad, starts_on=cast.on + 8 * WEEK, ends_on=cast.on + 9 * WEEK)
    refer(dyad, cast)
    agree(dyad, cast)
    dyad.mentor.approaches.create(board=dyad.board, on=cast.on)
    StyleSelfAssessment.objects.create(board=dyad.board, mentor=dyad.mentor, on=cast.on - WEEK)
    Minute.objects.create(dyad=dyad, audience="student", month=cast.on.replace(month=10, day=1), is_answered=True)
    of = {"board": dyad.board, "student": dyad.student, "program": dyad.program}
    TalkRequest.objects.create(adult=mentor, asked_on=cast.on, **of)


def refer(dyad: Dyad, cast: Cast) -> None:
    """By whoever mentors, as a teacher may; and by nobody who is known."""
    student, program = dyad.student, dyad.program
    Referral.objects.create(student=student, program=program, referred_on=cast.on, referred_by=dyad.mentor.person)
    Referral.objects.create(student=student, program=program, referred_on=cast.on - WEEK, closed_on=cast.on)


def tally(board: SchoolBoard, program: Program | None, cast: Cast) -> None:
    """What is told of a month, and what is still counted of this one."""
    of = {"board": board, "program": program, "audience": "student", "item": "heard"}
    MinuteTally.objects.create(month=cast.on.replace(month=9, day=1), answers=7, middle=3, is_closed=True, **of)
    if program:
        MinuteTally.objects.create(month=cast.on.replace(day=1), level_1=1, **of)


def agree(dyad: Dyad, cast: Cast) -> None:
    """To have the first term kept."""
    Consent.objects.create(student=dyad.student, purpose="outcomes", giver="parent", given_on=cast.on)
    year = SchoolYear.objects.filter(board=dyad.board).earliest("starts_on")
    Outcome.objects.create(student=dyad.student, school_year=year, term="Étape 1", lates=2, entered_on=cast.on)


def of_program(program: Program, cast: Cast) -> None:
    program.support_calls_from = cast.on - 20 * WEEK
    tally(program.board, program, cast)
    program.save()
    result = ExpectedResult.objects.create(board=program.board, program=program, text="Se connaître")
    ProgramActivity.objects.create(board=program.board, program=program, name="Jeux", result=result)
    role = ProgramRole.objects.create(board=program.board, program=program, actor="lead", role="Voit.", limits="Peu.")
    lead = cast.julie if program.board_id == cast.board.pk else cast.other_lead
    RoleAcknowledgement.objects.create(role=role, person=lead, acknowledged_on=cast.on)
    if program.domain == Program.Domain.MENTORING:
        day = {"proposed_on": cast.on, "proposed_by": lead, "starts_on": cast.on}
        made = MatchingRound.objects.create(board=program.board, program=program, **day)
        made.proposals.create(referral=program.referrals.all()[0])
    of_program = {"board": program.board, "school": program.school, "program": program, "subject_id": 0}
    Gesture.objects.create(kind="membre", person=lead, **of_program)
    Gesture.objects.create(kind="membre", person=cast.nadia, **of_program)
    follow(program=program, codes=[], since=cast.on, person=lead)
    GuidelineSetting.objects.create(
        board=program.board, program=program, guideline="dyad-gap", name="warning", value=2,
        starts_on=cast.on + WEEK, reason="À l’essai",
    )  # fmt: skip


def of_person(person: User, cast: Cast) -> None:
    board = person.board
    assert board is not None
    Notification.objects.create(person=person, board=board, kind=Notification.Kind.REOPENED, on=cast.on)
    of_school = {"board": board, "school_id": person.school_id, "kind": "formation", "subject_id": 0}
    Gesture.objects.create(person=person, trained=person, **of_school)
    Gesture.objects.create(person=None, **of_school)
    Message.objects.create(person=person, board=board, kind=Message.Kind.DIGEST, on=cast.on)
    AuditEntry.objects.create(board=board, person=person, verb="dyad.started")
    Invitation.objects.create(person=person, invited_at=timezone.now(), expires_at=timezone.now() + WEEK)
    Verification.objects.create(person=person, kind=Verification.Kind.REFERENCES, verified_on=cast.on - WEEK)
    if person.memberships.filter(role="resource_teacher").exists():
        FunctionTime.objects.create(person=person, minutes=30, function="students", **logged(cast, board))
        Foundation.objects.create(person=person, topic="role", stated_on=cast.on, statement="Être là.")
        year = SchoolYear.objects.filter(board=board)[0]
        TeacherRelease.objects.create(person=person, school_year=year, percent=40, base="whole_task")


def lead_of_both_schools(cast: Cast) -> User:
    person = User.objects.create_user("tous@rives.example", given_name="Toussaint", board=cast.board)
    for school in (cast.school, cast.second_school):
        Membership.objects.create(person=person, role=Role.PROGRAM_LEAD, board=cast.board, school=school)
    return person
