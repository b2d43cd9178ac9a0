"""A year ends and the next is open: what goes on, ends, changes hands; read first, done at once, undone at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accompagnement.demo.calendar import Year
from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import EndingReview, Flag, ProgramGuideline
from guidelines.models.former_terms import OF_TERM
from mentoring.actions.agreements import commit_dyad
from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Mentor, Pause
from people.models import AuditEntry, Membership, School, Student, User, Verification
from programs.actions.course import close_group
from programs.actions.planning import plan_ahead
from programs.actions.terms import Span
from programs.actions.years import open_school_year
from programs.models import (
    Gesture,
    GroupLead,
    GroupMember,
    GroupTimetable,
    Program,
    SchoolDay,
    SchoolYear,
    SupportGroup,
    Term,
)
from tests.page_forms import Sent, forms_of

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NEXT = Year.natural(2027)
JUNE = date(2027, 6, 28)
RESUMES = date(2027, 9, 6)
"""A Monday, a week after the school begins again or more."""


@contextmanager
def noon(day: date) -> Iterator[None]:
    """The clock of Montréal at noon of a day. Whoever had signed in before has to sign in again."""
    with time_machine.travel(datetime.combine(day, time(12), tzinfo=ZoneInfo("America/Toronto")), tick=True):
        yield


def last_class_day(school: School) -> date:
    days = SchoolDay.objects.class_days().filter(school=school, date__lt=NEXT.starts_on)
    return days.order_by("-date")[0].date


def open_next(cast: Cast, *, terms: bool = True) -> None:
    """The next year of the board's first school, with its terms."""
    open_school_year(
        board=cast.board,
        schools=[cast.school, cast.second_school],
        label=NEXT.label,
        first_on=NEXT.starts_on,
        last_on=NEXT.ends_on - DAY,
        person=cast.alain,
        on=JUNE,
        terms=[Span(name, first, end - DAY) for name, first, end in NEXT.terms] if terms else (),
    )


def address(program: Program) -> str:
    return f"/programmes/{program.pk}/annee-suivante/"


def shown(client: Client, path: str) -> Sent:
    """What the page would send as it stands."""
    (form,) = [one for one in forms_of(client.get(path).content.decode()) if "entry_uuid" in one.sent()]
    return form.sent()


def look(client: Client, path: str, said: Sent) -> Any:
    return client.post(path, said | {"etape": ["voir"]})


def do(client: Client, path: str, said: Sent) -> Any:
    """Read the summary, then apply it as it was read."""
    read = look(client, path, said)
    assert read.status_code == 200, read.context["form"].errors
    return client.post(path, said | {"etape": ["faire"], "seen": [read.context["form"].digest]})


TABLES = (Dyad, Pause, DyadTimetable, SupportGroup, GroupLead, GroupMember, GroupTimetable, EndingReview)


def as_they_are() -> dict[str, Any]:
    """The structure, what is logged, and where each finding stands."""
    rows: dict[str, Any] = {model.__name__: list(model._base_manager.order_by("pk").values()) for model in TABLES}
    rows["logged"] = list(DyadMeeting._base_manager.exclude(status="planned").order_by("pk").values())
    planned = DyadMeeting._base_manager.filter(status="planned", on__gte=timezone.localdate())
    rows["planned"] = list(planned.order_by("dyad", "on").values("dyad", "on", "starts_at", "minutes"))
    whose = (
        "pk",
        "guideline",
        "dyad",
        "group",
        "mentor",
        "teacher",
        "program",
        "state",
        "until",
        "taken_by",
        "severity",
    )
    rows["flags"] = sorted(map(str, Flag.objects.live().values_list(*whose)))
    return rows


def undo(client: Client, gesture: Gesture) -> str:
    return str(client.post(f"/gestes/{gesture.pk}/annuler/", follow=True).content.decode())


def test_all_goes_on_as_proposed_then_goes_back_as_it_was(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    Dyad.objects.filter(pk=cast.loic_sylvie.pk).update(committed_until=last_class_day(cast.school) + DAY)
    with noon(JUNE):
        plan_ahead(board=cast.board, on=JUNE)
        evaluate_board(cast.board, on=JUNE)
        before = as_they_are()
        client, path = client_of(cast.julie), address(cast.mentoring)
        said = shown(client, path)
        assert "loic" not in "".join(said), "fields name numbers"
        assert {value for name, (value,) in said.items() if name.startswith("dyad_")} == {"keep"}
        read = look(client, path, said)
        assert as_they_are() == before, "reading writes nothing"
        kept = sum(name.startswith("dyad_") for name in said)
        assert f"{kept} dyades gardées" in read.content.decode()
        assert do(client, path, said).status_code == 302
        loic = Dyad.objects.get(pk=cast.loic_sylvie.pk)
        assert loic.committed_until == NEXT.ends_on, "the later of the year's end and six months"
        pause = loic.pauses.get()
        assert (pause.starts_on, pause.ends_on) == (last_class_day(cast.school) + DAY, RESUMES)
        mine = Flag.objects.live().filter(dyad__program=cast.mentoring)
        assert not mine.to_watch(JUNE).exists(), "nothing of the former year asks to be reached or watched"
        again = client.post(path, said | {"etape": ["faire"], "seen": [read.context["form"].digest]})
        assert again.status_code == 302
        gesture = Gesture.objects.get(kind="annee-suivante")
        assert AuditEntry.objects.filter(verb="year.turned").count() == 1
        assert "Le passage est annulé" in undo(client, gesture)
        assert as_they_are() == before
        assert "C’était déjà rétabli" in undo(client, gesture)


def test_who_leaves_is_proposed_to_end_or_to_be_entrusted(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    Student.objects.filter(pk=cast.loic.pk).update(left_on=date(2027, 5, 3))
    Student.objects.filter(pk=cast.ines.pk).update(grade=5)
    Membership.objects.filter(person=cast.nadia).update(ends_on=date(2027, 7, 1))
    thomas = cast.thomas_nadia
    slots = thomas.timetables.count()
    with noon(JUNE):
        client, path = client_of(cast.julie), address(cast.mentoring)
        before = as_they_are()
        said = shown(client, path)
        proposed = {name: said[f"dyad_{dyad.pk}"] for name, dyad in vars(cast).items() if isinstance(dyad, Dyad)
                    and f"dyad_{dyad.pk}" in said}  # fmt: skip
        assert proposed["loic_sylvie"] == proposed["ines_marc"] == ["end"]
        assert proposed["thomas_nadia"] == proposed["maika_nadia"] == ["later"]
        page = client.get(path)
        assert "ne sera plus là" in page.content.decode()
        asked = [bool(line.why) for line, _field in page.context["form"].dyad_lines]
        assert asked == sorted(asked, reverse=True), "those to look at come before those kept as they are"
        said[f"dyad_{thomas.pk}"] = [str(cast.sylvie_mentor.pk)]
        said |= {"learnt": ["Commencer plus tôt."]}
        Verification.objects.all().delete()
        refused = look(client, path, said)
        assert refused.status_code == 422
        assert "antécédents" in str(refused.context["form"].errors[f"dyad_{thomas.pk}"])
        assert refused.context["form"]["learnt"].value() == "Commencer plus tôt.", "what was typed is kept"
        assert as_they_are() == before
        Mentor.objects.filter(pk=cast.sylvie_mentor.pk).update(kind="teacher")
        assert do(client, path, said).status_code == 302
        loic = Dyad.objects.get(pk=cast.loic_sylvie.pk)
        assert (loic.end_code, loic.closure_talk, loic.end_reason) == (
            "student_left",
            "planned",
            "Fin prévue de l’année",
        )
        ines = Dyad.objects.get(pk=cast.ines_marc.pk)
        assert (ines.end_code, ines.ended_by) == ("school_year_end", "school")
        former, new = cast.thomas.dyads.order_by("starts_on")
        assert (former.planned_handover, new.mentor, new.starts_on) == (True, cast.sylvie_mentor, RESUMES)
        assert (new.committed_until, new.timetables.count()) == (NEXT.ends_on, slots)
        assert cast.maika_nadia.is_open_on(JUNE), "left for later"
        short = Flag.objects.live().filter(guideline="dyad-duration-short", state="open")
        assert not short.filter(dyad__in=EndingReview.objects.values("dyad")).exists()
        again = client.get(path).content.decode()
        assert f"dyad_{cast.maika_nadia.pk}" in again, "what is left comes again"
        gesture = Gesture.objects.get(kind="annee-suivante")
        assert "Le passage est annulé" in undo(client, gesture)
        assert list(as_they_are()["Dyad"]) == before["Dyad"]
        assert as_they_are()["EndingReview"] == before["EndingReview"]


def test_it_is_not_undone_once_something_is_built_on_it_and_says_of_what(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    Mentor.objects.filter(pk=cast.sylvie_mentor.pk).update(kind="teacher")
    with noon(JUNE):
        client, path = client_of(cast.julie), address(cast.mentoring)
        said = shown(client, path) | {f"dyad_{cast.thomas_nadia.pk}": [str(cast.sylvie_mentor.pk)]}
        do(client, path, said)
        gesture = Gesture.objects.get(kind="annee-suivante")
        new = cast.thomas.dyads.get(mentor=cast.sylvie_mentor)
        DyadMeeting.objects.create(board=cast.board, dyad=new, on=new.starts_on, status="held", minutes=20)
        now = as_they_are()
        page = undo(client, gesture)
        assert "entrée y est consignée" in page
        assert str(new.student) in page
        DyadMeeting._base_manager.filter(dyad=new).delete()
        commit_dyad(dyad=cast.maika_nadia, person=cast.julie, on=JUNE, last_day=date(2027, 12, 17))
        page = undo(client, gesture)
        assert "Quelque chose a changé depuis" in page
        assert str(cast.maika) in page
        assert as_they_are()["Pause"] == now["Pause"]


def test_what_is_applied_is_what_was_read(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    with noon(JUNE):
        client, path = client_of(cast.julie), address(cast.mentoring)
        said = shown(client, path)
        digest = look(client, path, said).context["form"].digest
        other = said | {f"dyad_{cast.maika_nadia.pk}": ["end"]}
        read = client.post(path, other | {"etape": ["faire"], "seen": [digest]})
        assert read.status_code == 200
        assert "1 dyade terminée" in read.content.decode()
        assert not Gesture.objects.filter(kind="annee-suivante").exists()


def test_groups_go_on_change_hands_and_members(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    program, last = cast.tremplin.program, last_class_day(cast.school)
    SupportGroup.objects.filter(pk=cast.elan.pk).update(ends_on=None)
    with noon(date(2027, 6, 7)):
        plan_ahead(board=cast.board, on=date(2027, 6, 7))
        evaluate_board(cast.board, on=date(2027, 6, 7))
        before = as_they_are()
        client, path = client_of(cast.julie), address(program)
        said = shown(client, path)
        first, second = cast.tremplin.members.active_on(date(2027, 6, 7))[:2]
        new = Student.objects.filter(school=cast.school).exclude(group_memberships__group=cast.tremplin)[0]
        pk = cast.tremplin.pk
        beside = Student.objects.filter(school=cast.second_school)[0]
        refused = look(client, path, said | {f"join_{pk}": [beside.key]})
        assert refused.status_code == 422, "a student of another school is no one's to name here"
        said |= {f"group_{pk}": [str(cast.karim.pk)], f"leave_{pk}": [str(first.pk)], f"join_{pk}": [new.key]}
        said |= {f"group_{cast.boussole.pk}": ["end"], "size_reason": ["La place est prévue."]}
        read = look(client, path, said).content.decode()
        assert "1 groupe confié" in read
        assert "2 groupes terminés" in read, "one of them since all its students leave"
        assert "quitte" in read
        assert do(client, path, said).status_code == 302
        group = SupportGroup.objects.get(pk=pk)
        assert group.ends_on == NEXT.ends_on
        start = NEXT.class_days[0]
        assert group.usual_adult(start - DAY) == cast.nadia
        assert group.usual_adult(start) == cast.karim
        there = set(group.students_on(start).values_list("pk", flat=True))
        assert first.student_id not in there
        assert {second.student_id, new.pk} <= there
        first.refresh_from_db()
        assert first.ends_on == last + DAY
        assert SupportGroup.objects.get(pk=cast.boussole.pk).ends_on == last + DAY
        assert "Le passage est annulé" in undo(client, Gesture.objects.get(kind="annee-suivante"))
        assert as_they_are() == before


def test_a_group_that_ended_with_the_year_is_proposed_to_go_on_unless_somebody_closed_it(
    cast: Cast, client_of: ClientOf
) -> None:
    open_next(cast)
    last = last_class_day(cast.school)
    close_group(group=cast.boussole, last_on=last - DAY, person=cast.julie, on=cast.on)
    with noon(JUNE):
        evaluate_board(cast.board, on=JUNE)
        before = as_they_are()
        client, path = client_of(cast.julie), address(cast.groups_program)
        said = shown(client, path)
        assert (said[f"group_{cast.tremplin.pk}"], said[f"group_{cast.boussole.pk}"]) == (["keep"], ["end"])
        members = set(cast.tremplin.students_on(last).values_list("pk", flat=True))
        assert do(client, path, said).status_code == 302
        group = SupportGroup.objects.get(pk=cast.tremplin.pk)
        assert set(group.students_on(NEXT.class_days[20]).values_list("pk", flat=True)) == members
        assert group.usual_adult(NEXT.class_days[20]) == cast.nadia
        assert SupportGroup.objects.get(pk=cast.boussole.pk).ends_on == last
        undo(client, Gesture.objects.get(kind="annee-suivante"))
        assert as_they_are() == before


def test_the_page_says_why_it_proposes_nothing(cast: Cast, client_of: ClientOf) -> None:
    path = address(cast.mentoring)
    assert "Trop tôt" in client_of(cast.julie).get(path).content.decode()
    assert "À décider" not in client_of(cast.julie).get("/tableau-de-bord/").content.decode()
    with noon(JUNE):
        client = client_of(cast.alain)
        page = client.get(path).content.decode()
        assert "pas ouverte" in page
        assert "/calendrier/annee/?ecole=" in page
        assert path in client.get("/vigilance/").content.decode()
        open_next(cast)
        assert path in client.get("/tableau-de-bord/").content.decode()
        do(client, path, shown(client, path))
        for address_ in ("/vigilance/", "/tableau-de-bord/"):
            assert path not in client.get(address_).content.decode(), "a year that is turned asks nothing more"
        undo(client, Gesture.objects.get(kind="annee-suivante"))
        assert path in client.get("/vigilance/").content.decode()


def test_a_term_of_the_former_year_asks_nothing_of_anybody(cast: Cast, client_of: ClientOf) -> None:
    september = date(2027, 9, 20)
    open_next(cast, terms=False)
    for code in OF_TERM:
        ProgramGuideline.objects.create(program=cast.mentoring, guideline=code, followed_from=cast.on)
        ProgramGuideline.objects.create(program=cast.tremplin.program, guideline=code, followed_from=cast.on)
    with noon(JUNE):
        evaluate_board(cast.board, on=JUNE)
        of_june = Flag.objects.to_complete(JUNE).filter(guideline__in=OF_TERM).count()
        assert of_june
    with noon(september):
        evaluate_board(cast.board, on=september)
        told = Flag.objects.to_complete(september).filter(guideline__in=OF_TERM)
        assert not told.filter(dyad__starts_on__lt=NEXT.starts_on).exists()
        assert not told.filter(group__isnull=False).exists()
        flag = Flag.objects.live().filter(dyad=cast.thomas_nadia, guideline__in=OF_TERM)[0]
        panel = client_of(cast.julie).get(f"/dyades/{cast.thomas_nadia.pk}/").content.decode()
        assert f"/vigilance/{flag.pk}/" not in panel
        assert "balises ne sont pas encore évaluées" in panel
        name, first, _end = NEXT.terms[0]
        year = SchoolYear.objects.get(board=cast.board, label=NEXT.label)
        Term.objects.create(school_year=year, name=name, starts_on=first, ends_on=september)
        evaluate_board(cast.board, on=september, codes=frozenset(OF_TERM))
        assert Flag.objects.to_complete(september).filter(guideline__in=OF_TERM).exists(), "its own year's term"


def test_the_page_costs_the_same_for_many(cast: Cast, client_of: ClientOf) -> None:
    open_next(cast)
    with noon(JUNE):
        client, path = client_of(cast.julie), address(cast.mentoring)
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            client.get(path)
        for number in range(12):
            student = Student.objects.create(board=cast.board, school=cast.school, given_name=f"É{number}")
            Dyad.objects.create(
                board=cast.board, program=cast.mentoring, mentor=cast.sylvie_mentor, student=student,
                starts_on=date(2026, 9, 8),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            client.get(path)
        assert len(many) == len(few)


def test_relations_at_their_end_are_renewed_or_ended_together(cast: Cast, client_of: ClientOf) -> None:
    dyads = (cast.loic_sylvie, cast.maika_nadia, cast.thomas_nadia)
    Dyad.objects.filter(pk__in=[dyad.pk for dyad in dyads]).update(committed_until=date(2026, 11, 20))
    plan_ahead(board=cast.board, on=cast.on)
    evaluate_board(cast.board, on=cast.on)
    client, path = client_of(cast.julie), "/vigilance/a-clore-ou-renouveler/"
    before = as_they_are()
    assert path in client.get("/vigilance/").content.decode()
    ticked = client.get(path, {"d": [dyad.pk for dyad in dyads[:2]]}).context["form"]
    assert [dyad for dyad, is_ticked in ticked.lines if is_ticked] == list(dyads[:2])
    refused = look(client, path, shown(client, path))
    assert refused.status_code == 422
    assert "au moins une relation" in refused.content.decode()
    said = shown(client, path) | {"dyads": [str(dyad.pk) for dyad in dyads[:2]]}
    assert "2 relations renouvelées jusqu’au" in look(client, path, said).content.decode()
    assert as_they_are() == before
    assert do(client, path, said).status_code == 302
    assert not any(Dyad.objects.get(pk=dyad.pk).is_past_its_end(cast.on) for dyad in dyads[:2])
    rest = shown(client, path) | {"every": ["on"], "deed": ["end"]}
    assert do(client, path, rest).status_code == 302
    thomas = Dyad.objects.get(pk=cast.thomas_nadia.pk)
    assert (thomas.end_code, thomas.closure_talk) == ("school_year_end", "planned")
    for gesture in Gesture.objects.filter(kind="relations-reglees"):
        assert "C’est annulé" in undo(client, gesture)
    assert as_they_are() == before
