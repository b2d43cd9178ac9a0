"""Which row each address of the matrix is asked with: the person's own, or the school's."""

import uuid
from datetime import timedelta

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from accompagnement.demo.cast import Cast
from exchange.actions import set_columns, upload
from exchange.api.actions import make_token
from exchange.models import ImportRun
from guidelines.models import Flag
from mentoring.actions.minutes import offer_minute
from mentoring.models import Dyad, DyadMeeting, MatchingRound, TalkRequest
from people.actions.looks import ask_to_look
from people.emails import SIGNER
from people.invitations import token
from people.models import Invitation, Look, PrivacyIncident, User
from programs.models import Gesture, GroupMeeting, Program, SchoolYear, Term
from tests.rights_of_reports import target_of


def target(name: str, cast: Cast, own: str) -> dict[str, object]:
    """The arguments of the address: what is the person's own, or what is the school's."""
    dyad = cast.thomas_nadia if own == "teacher" else cast.ines_marc
    group = cast.tremplin
    if name in ("guideline", "guideline_try", "guideline_set"):
        return {"code": "dyad-gap"}
    if name == "dyad_slot_end":
        return {"pk": dyad.timetables.all()[0].pk}
    if name in {"log_together_undo", "function_time_week_undo"}:
        return {"entry_uuid": uuid.UUID(int=0)}
    if name in {"own_attestation", "own_attestation_pdf"}:
        return {"year": cast.on.year}
    if name == "unsubscribe":
        return {"token": SIGNER.sign(str(cast.marc.pk))}
    if name == "api_token_revoke":
        return {"pk": token_of_another(cast)}
    if name in {"look_answer", "look_start", "look_end"}:
        return {"pk": look_asked(cast).pk}
    if name == "look_ask":
        return {"pk": cast.marc.pk}
    if name == "device_end":
        return {"pk": session_of_another(cast)}
    if name == "calendar_feed":
        return {"secret": "acc_nothing"}
    if name == "power_bi_file":
        return {"name": "dyads"}
    if name == "person_role_end":
        return {"pk": cast.marc.memberships.all()[0].pk}
    if name == "person_verification_remove":
        return {"pk": cast.marc.verifications.all()[0].pk}
    if name.startswith("person") and name != "person_new":
        return {"pk": cast.marc.pk}
    if name == "student_sheet" and own == "teacher":
        return {"pk": group.members.all()[0].student_id}
    if name in {"student", "student_edit", "student_reason", "student_sheet", "student_data"}:
        return {"pk": dyad.student_id}
    if name == "invitation":
        return {"token": token(Invitation.objects.filter(person=cast.marc)[0])}
    if name.startswith("record_") or name == "event_support":
        event = dyad.difficult_events.create(board=cast.board, on=cast.on, kind="other", logged_on=cast.on)
        return {"pk": event.pk} | ({"kind": "evenement"} if name.startswith("record_") else {})
    if name.startswith("doubt_"):
        said = {"board": cast.board, "raised_on": cast.on, "raised_by": dyad.mentor.person}
        return {"pk": dyad.doubts.create(**said, heard_on=cast.on if name == "doubt_reopen" else None).pk}
    if name in {"dyad_minute", "dyad_own_minute", "minute"}:
        Program.objects.filter(pk=dyad.program_id).update(minutes_from=cast.on)
    if name == "minute":
        return {"code": offer_minute(dyad=Dyad.objects.get(pk=dyad.pk), at=timezone.now())}
    if name == "minute_item":
        return {"code": "heard"}
    if name == "talk_heard":
        said = {"student": dyad.student, "program": dyad.program, "adult": cast.julie, "asked_on": cast.on}
        return {"pk": TalkRequest.objects.create(board=cast.board, **said).pk}
    if name in {"program_calls", "program_minutes", "program_outcomes", "program_outcomes_term"} or name.startswith(
        "program_agreement"
    ):
        return {"pk": dyad.program_id}
    if name in {"dyad_parting", "dyad_letters", "dyad_letter", "dyad_letter_pdf", "dyad_letter_send"}:
        Dyad.objects.filter(pk=dyad.pk).update(ends_on=cast.on)
        return {"pk": dyad.pk} | ({"to": "eleve"} if name in {"dyad_letter", "dyad_letter_pdf"} else {})
    if name == "program_consent":
        agreed = {"purpose": "outcomes", "giver": "parent", "given_on": cast.on}
        return {"pk": dyad.program_id, "consent": dyad.student.consents.get_or_create(**agreed)[0].pk}
    if name in {"incident", "incident_edit"}:
        return {"pk": PrivacyIncident.objects.filter(board=cast.board)[0].pk}
    if name.startswith("team_"):
        return _of_team(name, dyad, cast)
    if name == "report" or (name.startswith("report_") and not name.endswith("_csv")):
        return target_of(name, cast)
    if name.startswith("import_"):
        return {"pk": sent_file(cast.alain).pk}
    if name.startswith("matching_") and name not in {"matching_mentors", "matching_propose"}:
        return _of_round(name, dyad, cast)
    if name == "referral_new":
        return {"pk": dyad.student_id}
    if name in {"referral", "referral_edit", "referral_close"}:
        said = {"program": dyad.program, "referred_on": cast.on, "referred_by": cast.nadia}
        return {"pk": dyad.student.referrals.create(**said).pk}
    if name in {"mentor", "mentor_edit", "mentor_offer", "training_new"}:
        return {"pk": dyad.mentor_id}
    if name.startswith("flags_"):
        return {} if name == "flags_choose" else {"batch": uuid.UUID(int=0)}
    if name.startswith("flag"):
        flagged = cast.maika_nadia if own == "teacher" else cast.ines_marc
        return {"pk": Flag.objects.filter(dyad=flagged)[0].pk}
    if name.startswith("meeting_"):
        return {"pk": DyadMeeting.objects.filter(dyad=dyad, status="planned")[0].pk}
    if name.startswith("group_meeting_"):
        return {"pk": GroupMeeting.objects.filter(group=group)[0].pk}
    if name in {"dyad_substitute_end", "group_substitute_end"}:
        of, week = (dyad if name.startswith("dyad") else group), timedelta(days=7)
        row = of.substitutes.create(person=cast.karim, starts_on=cast.on - week, ends_on=cast.on + week)
        return {"pk": row.pk}
    if name == "group_lead_edit":
        return {
            "pk": group.leads.create(person=cast.karim, starts_on=group.starts_on, ends_on=cast.on, reason="left").pk
        }
    if name in {"dyad_pause_edit", "training_edit"} or name.startswith("dyad_agreement_"):
        return {"pk": _beside(name, dyad, cast).pk}
    if name == "made_undo":
        return {"kind": "membre", "pk": group.members.all()[0].pk}
    if name == "gesture_undo":
        said = {"board": cast.board, "school": cast.school, "program": group.program}
        return {"pk": Gesture.objects.create(kind="groupe-termine", subject_id=group.pk, **said).pk}
    if name in {"group_member_end", "group_member_edit"}:
        return {"pk": group.members.all()[0].pk}
    if name == "group_slot_end":
        return {"pk": group.timetables.all()[0].pk}
    if name == "group_entry_undo":
        return {"pk": group.pk, "entry_uuid": uuid.UUID(int=0)}
    if name == "teacher_release_remove":
        year = SchoolYear.objects.filter(board=cast.board)[0]
        return {"pk": cast.nadia.releases.create(school_year=year, percent=30, base="whole_task").pk}
    if name == "function_time_undo":
        said = {"board": cast.board, "function": "students", "minutes": 30, "on": cast.on}
        return {"pk": cast.nadia.function_times.create(**said).pk}
    if name.startswith("program_activity_") and name != "program_activity_new":
        return {"pk": group.program.activities.create(board=cast.board, name="Jeux").pk}
    if name == "role_acknowledge":
        role, _new = group.program.roles.get_or_create(
            actor="teacher", defaults={"board": cast.board, "role": "Accompagne.", "limits": "Ne soigne pas."}
        )
        return {"pk": role.pk}
    if name in {"teacher", "teacher_release"}:
        return {"pk": cast.nadia.pk}
    if name == "program_step":
        return {"pk": group.program_id, "number": 2}
    if name == "program_guideline":
        return {"pk": group.program_id, "code": "group-gap"}
    if name.startswith("program") and name not in {"programs", "program_new"}:
        return {"pk": group.program_id}
    if name in {"groups", "group_new", "dyads", "dyad_new"}:
        return {}
    if name.startswith("group"):
        return {"pk": group.pk}
    return {"pk": dyad.pk} if name.startswith("dyad") else {}


def body(name: str, cast: Cast) -> dict[str, object]:
    """What is posted: the school, and of the calendar a term of its own."""
    said: dict[str, object] = {"school": cast.school.pk}
    if name in {"calendar_term", "calendar_term_remove"}:
        term = Term.objects.filter(school_year__board=cast.board).earliest("starts_on")
        typed = {"name": "Automne", "first_on": term.starts_on, "last_on": term.ends_on - timedelta(days=1)}
        said |= {"etape": term.pk, **{f"etape{term.pk}-{field}": value for field, value in typed.items()}}
    return said


def token_of_another(cast: Cast) -> int:
    """A token of somebody whom no role of the matrix is."""
    said = {"name": "Essai", "reason": "Lire mes dyades", "scope": "read", "days": 30, "entry_uuid": uuid.uuid4()}
    return make_token(person=cast.karim, at=timezone.now(), **said).token.pk


def look_asked(cast: Cast) -> Look:
    """The administrator's, of the screens of somebody whom no role of the matrix is."""
    said = {"reason": "Une page qui ne s’ouvre pas", "at": timezone.now()}
    return ask_to_look(adult=cast.karim, person=cast.robert, **said)


def session_of_another(cast: Cast) -> int:
    """A session of somebody whom no role of the matrix is."""
    Client().force_login(cast.karim, backend="people.backends.PersonBackend")
    return cast.karim.opened_sessions.latest("pk").pk


def sent_file(person: User, state: str = "") -> ImportRun:
    """A list of two students that a person sent, one of them to be corrected; or in another state."""
    content = "Fiche;Nom et prénom;Statut\n9001;Roy, Zoé;Actif\n9002;Roy;Vacances".encode()
    said = {"board": person.board, "school": person.school, "person": person, "name": "liste.csv", "kind": ""}
    run = upload(**said, content=content, entry_uuid=uuid.uuid4(), on=person.local_date())
    run = set_columns(run=run, kind="students", mapping=run.mapping, on=person.local_date())
    if state:
        run.state, run.error = state, "liste.csv\u00a0: aucune ligne n’est remplie sous l’en-tête."
        run.save()
    return run


def _of_round(name: str, dyad: Dyad, cast: Cast) -> dict[str, object]:
    """Of a round of the dyad's programme that pends, or is published where its letters are asked for."""
    letters = name == "matching_letters"
    said = {"board": cast.board, "program": dyad.program, "published_on": cast.on if letters else None}
    days = {"proposed_on": cast.on, "starts_on": cast.on, "proposed_by": cast.julie}
    made, _new = MatchingRound.objects.get_or_create(**said, defaults=days)
    if name in {"matching_proposal", "matching_leave"}:
        waits = dyad.student.referrals.create(program=dyad.program, referred_on=cast.on)
        return {"pk": made.proposals.create(referral=waits, mentor=dyad.mentor).pk}
    return {"pk": made.pk} | ({"to": "eleves"} if letters else {})


def _of_team(name: str, dyad: Dyad, cast: Cast) -> dict[str, object]:
    """The team meeting of the dyad's programme, or what it decided of the dyad."""
    if name == "team_meetings":
        return {}
    if name == "team_settle":
        meeting = dyad.program.team_meetings.create(board=cast.board, on=cast.on)
        return {"pk": meeting.items.create(dyad=dyad, decision="Appeler").pk}
    return {"pk": dyad.program_id} | ({"kind": "dyad", "subject": dyad.pk} if name == "team_item" else {})


def _beside(name: str, dyad: Dyad, cast: Cast) -> Model:
    """A pause, an agreement or a training, of one's own dyad or of its mentor."""
    if name == "dyad_pause_edit":
        return dyad.pauses.create(starts_on=cast.on)
    if name.startswith("dyad_agreement_"):
        return dyad.agreements.create(signed_on=cast.on, objectives=["Lire"], tasks=["Venir"])
    return dyad.mentor.person.trainings.create(kind="initial", completed_on=cast.on, minutes=30)
