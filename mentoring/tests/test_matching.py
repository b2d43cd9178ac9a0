"""A round of proposals: proposed, changed, run again, published, taken back; nothing is decided by the machine."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.actions.matching import cancel_round, choose_mentor, leave_out, propose, publish, version_of
from mentoring.matching.letters import match_letter, usual_words
from mentoring.matching.told import tell
from mentoring.models import Dyad, DyadMeeting, MatchingRound, Mentor, Proposal, Referral
from people.models import AuditEntry, Guardian, Message, Student, User
from programs.models import Program

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
SPORT = {"interests": ["sport"], "times": ["1-midday"]}
MUSIC = {"interests": ["music"], "times": ["2-after"]}


@pytest.fixture
def sporty(cast: Cast) -> Mentor:
    return offering(cast, "Simon", **SPORT)


@pytest.fixture
def musical(cast: Cast) -> Mentor:
    return offering(cast, "Muriel", **MUSIC)


@pytest.fixture
def pupils(cast: Cast, sporty: Mentor, musical: Mentor) -> list[Student]:
    """Two who wait, one for sport and one for music; nobody else has a place."""
    Referral.objects.all().delete()
    Mentor.objects.exclude(pk__in=[sporty.pk, musical.pk]).update(places=0, times=["3-before"])
    members = Student.objects.filter(group_memberships__group=cast.tremplin, dyads=None).order_by("pk")[:2]
    for student, wishes, weeks in zip(members, (SPORT, MUSIC), (5, 2), strict=True):
        waits(cast, student, weeks, **wishes)
    return list(members)


def offering(cast: Cast, name: str, **said: object) -> Mentor:
    address = f"{name.lower()}@rives.example"
    adult = User.objects.create_user(address, given_name=name, board=cast.board, school=cast.school)
    adult.trainings.create(kind="initial", completed_on=cast.on - timedelta(days=60), minutes=120)
    return Mentor.objects.create(person=adult, **{"kind": "teacher", "places": 1, **said})


def waits(cast: Cast, student: Student, weeks: int, **said: object) -> Referral:
    since = cast.on - timedelta(weeks=weeks)
    return Referral.objects.create(student=student, program=cast.mentoring, referred_on=since, **said)


def run(cast: Cast) -> MatchingRound:
    return propose(program=cast.mentoring, person=cast.julie, on=cast.on)


def pairs(of: MatchingRound) -> dict[int, int | None]:
    return dict(of.proposals.values_list("referral__student", "mentor"))


def publish_all(cast: Cast, of: MatchingRound, person: User | None = None, **said: object) -> MatchingRound:
    common = {"seen": version_of(of), "starts_on": cast.on, "committed_until": None, "letters": usual_words(of)}
    return publish(round=of, person=person or cast.julie, on=cast.on, **{**common, **said})


def test_each_gets_who_suits_and_reads_why_and_who_else(
    cast: Cast, client_of: ClientOf, pupils: list[Student], sporty: Mentor, musical: Mentor
) -> None:
    Referral.objects.filter(student=pupils[0]).update(times=["1-midday", "2-after"])
    lead = client_of(cast.julie)
    page = lead.post(reverse("matching_propose"), {"program": cast.mentoring.pk}, follow=True).content.decode()
    made = MatchingRound.objects.get()
    assert pairs(made) == {pupils[0].pk: sporty.pk, pupils[1].pk: musical.pk}
    assert not Dyad.objects.filter(mentor__in=[sporty, musical]).exists()
    assert "Un intérêt commun\u00a0: sports" in page
    second = page.split("Deuxième et troisième choix")[1].split("</details>")[0]
    assert str(musical) in second
    assert "Ses places vont à d’autres élèves." in second
    assert AuditEntry.objects.filter(verb="matching.proposed", person=cast.julie).count() == 1
    assert client_of(cast.alain).get(reverse("matching_round", args=[made.pk])).status_code == 200


def test_who_gets_nobody_reads_which_gates_are_closed(
    cast: Cast, client_of: ClientOf, pupils: list[Student], musical: Mentor, sporty: Mentor
) -> None:
    Mentor.objects.filter(pk=sporty.pk).update(times=["5-before"])
    page = client_of(cast.julie).post(reverse("matching_propose"), follow=True).content.decode()
    alone = page.split("Sans proposition</h2>")[1]
    assert str(pupils[0]) in alone
    assert "aucun moment commun\u00a0:" in alone
    sporty.person.trainings.all().delete()
    Mentor.objects.filter(pk=sporty.pk).update(**SPORT)
    assert pairs(run(cast))[pupils[0].pk] is None


def test_what_a_person_decides_stays_when_it_is_run_again(
    cast: Cast, pupils: list[Student], sporty: Mentor, musical: Mentor
) -> None:
    made = run(cast)
    Mentor.objects.filter(pk=musical.pk).update(times=SPORT["times"])
    first, second = (made.proposals.get(referral__student=one) for one in pupils)
    choose_mentor(proposal=first, mentor=musical, person=cast.julie, on=cast.on, why={})
    leave_out(proposal=second, person=cast.julie)
    run(cast)
    assert pairs(made) == {pupils[0].pk: musical.pk, pupils[1].pk: None}
    assert {one.choice for one in made.proposals.all()} == {"chosen", "left_out"}
    assert AuditEntry.objects.filter(verb="matching.changed", person=cast.julie).count() == 2


def test_a_mentor_who_is_not_ready_asks_a_named_reason(cast: Cast, client_of: ClientOf, pupils: list[Student]) -> None:
    late = offering(cast, "Léa", kind="community_volunteer", **SPORT)
    late.person.trainings.all().delete()
    made = run(cast)
    proposal = made.proposals.get(referral__student=pupils[0])
    path, lead = reverse("matching_proposal", args=[proposal.pk]), client_of(cast.julie)
    refused = lead.post(path, {"mentor": late.pk})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "avant la vérification" in page
    assert "avant la fin de la formation" in page
    why = {"unverified_reason": "Demande en cours", "untrained_reason": "Samedi"}
    assert lead.post(path, {"mentor": late.pk, **why}).status_code == 302
    publish_all(cast, made)
    dyad = Dyad.objects.get(student=pupils[0])
    told = AuditEntry.objects.filter(subject_id=dyad.pk, subject_type="mentoring.dyad").values_list("verb", "reason")
    assert ("dyad.started_unverified", "Demande en cours") in told
    assert ("dyad.started_untrained", "Samedi") in told


@pytest.mark.parametrize(("ended", "length", "is_asked"), [(20, 300, True), (21, 300, False), (60, 90, True)])
def test_after_a_recent_or_early_end_the_reason_is_asked(
    cast: Cast, client_of: ClientOf, pupils: list[Student], *, ended: int, length: int, is_asked: bool
) -> None:
    end = cast.on - timedelta(days=ended)
    before = {"program": cast.mentoring, "mentor": cast.marc_mentor, "student": pupils[0], "board": cast.board}
    Dyad.objects.create(**before, starts_on=end - timedelta(days=length), ends_on=end)
    Referral.objects.filter(student=pupils[0]).update(referred_on=end)
    made = run(cast)
    if not is_asked:
        publish_all(cast, made)
        return
    with pytest.raises(ValidationError, match="motif de ce nouveau jumelage"):
        publish_all(cast, made)
    assert not Dyad.objects.filter(student__in=pupils, ends_on=None).exists()
    lead, proposal = client_of(cast.julie), made.proposals.get(referral__student=pupils[0])
    page = lead.get(reverse("matching_round", args=[made.pk])).content.decode()
    assert "Une relation précédente a pris fin le" in page
    assert "Un motif est à inscrire" in page
    said = {"mentor": proposal.mentor_id, "rematch_reason": "Déménagement du premier mentor"}
    assert lead.post(reverse("matching_proposal", args=[proposal.pk]), said).status_code == 302
    publish_all(cast, made)
    dyad = Dyad.objects.get(student=pupils[0], ends_on=None)
    entry = AuditEntry.objects.get(verb="dyad.rematched", subject_id=dyad.pk)
    assert entry.reason == "Déménagement du premier mentor"


def test_publishing_makes_the_dyads_and_tells_each_party_once(
    cast: Cast, client_of: ClientOf, pupils: list[Student], sporty: Mentor
) -> None:
    Guardian.objects.create(board=cast.board, student=pupils[0], given_name="Rosa", email="rosa@famille.example")
    made, lead = run(cast), client_of(cast.julie)
    path = reverse("matching_publish", args=[made.pk])
    page = lead.get(path).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    said = {"seen": seen, "starts_on": cast.on, "last_day": cast.on + timedelta(days=200)}
    words = {"mentor_words": "Bienvenue parmi nous.", "student_words": "À bientôt.", "family_words": "Merci."}
    for _press in range(2):
        assert lead.post(path, said | words).status_code == 302
    dyads = Dyad.objects.filter(student__in=pupils)
    assert dyads.count() == 2
    assert {one.committed_until for one in dyads} == {cast.on + timedelta(days=201)}
    message = Message.objects.get(kind="match", person=sporty.person)
    letter = match_letter(message)
    assert letter is not None
    assert "Bienvenue parmi nous." in letter.text
    assert pupils[0].discreet_name in letter.text
    assert pupils[0].family_name not in letter.text.replace(pupils[0].discreet_name, "")
    sheets = {to: lead.get(reverse("matching_letters", args=[made.pk, to])).content.decode() for to in words_to()}
    assert "À bientôt." in sheets["eleves"]
    assert str(sporty) in sheets["eleves"]
    assert str(pupils[0]) in sheets["eleves"], "a pile of letters is handed out by name"
    assert "rosa@famille.example" in sheets["familles"]
    assert not Referral.objects.waiting(cast.on).exists()


def words_to() -> tuple[str, str]:
    return "eleves", "familles"


def test_all_or_none(cast: Cast, pupils: list[Student], sporty: Mentor) -> None:
    made = run(cast)
    sporty.person.trainings.all().delete()
    with pytest.raises(ValidationError, match=r"Dites pourquoi jumeler avant la fin de la formation"):
        publish_all(cast, made)
    Dyad.objects.create(
        program=cast.mentoring, mentor=cast.nadia_mentor, student=pupils[0], board=cast.board, starts_on=cast.on
    )
    with pytest.raises(ValidationError, match="n’attend plus"):
        publish_all(cast, made)
    assert not Dyad.objects.filter(student=pupils[1]).exists()
    made.refresh_from_db()
    assert made.published_on is None
    assert set(pairs(run(cast))) == {pupils[1].pk}


def test_what_is_published_is_what_was_read(
    cast: Cast, client_of: ClientOf, pupils: list[Student], sporty: Mentor, musical: Mentor
) -> None:
    made = run(cast)
    seen = version_of(made)
    leave_out(proposal=made.proposals.get(referral__student=pupils[1]), person=cast.alain)
    with pytest.raises(ValidationError, match="entre-temps"):
        publish_all(cast, made, seen=seen)
    said = {"seen": seen, "starts_on": cast.on}
    stale = client_of(cast.julie).post(reverse("matching_publish", args=[made.pk]), said)
    assert stale.status_code == 422
    first = publish_all(cast, made)
    assert publish_all(cast, made, person=cast.alain).published_by == first.published_by == cast.julie
    assert Dyad.objects.filter(student__in=pupils).count() == 1
    assert Message.objects.filter(kind="match").count() == 1
    with pytest.raises(ValidationError, match="publiés"):
        leave_out(proposal=made.proposals.get(referral__student=pupils[0]), person=cast.alain)


def test_a_round_is_taken_back_whole_while_nothing_is_logged(
    cast: Cast, client_of: ClientOf, pupils: list[Student]
) -> None:
    made = publish_all(cast, run(cast))
    meeting = DyadMeeting.objects.create(
        board=cast.board, dyad=Dyad.objects.get(student=pupils[0]), on=cast.on, status="held", logged_on=cast.on
    )
    with pytest.raises(ValidationError, match="consignée"):
        cancel_round(round=made, person=cast.julie, on=cast.on)
    assert Dyad.objects.filter(student__in=pupils).count() == 2
    meeting.delete()
    page = client_of(cast.julie).post(reverse("matching_cancel", args=[made.pk]), follow=True).content.decode()
    assert "de nouveau des propositions" in page
    assert not Dyad.objects.filter(student__in=pupils).exists()
    assert Referral.objects.waiting(cast.on).count() == 2
    assert {one.state for one in Message.objects.filter(kind="match")} == {"dropped"}
    assert match_letter(Message.objects.filter(kind="match")[0]) is None
    again = publish_all(cast, made)
    assert Dyad.objects.filter(proposals__round=again).count() == 2
    assert Message.objects.filter(kind="match", state="queued").count() == 2


def crowd(cast: Cast, students: int, mentors: int) -> None:
    every = [
        Student(board=cast.board, school=cast.school, key=f"foule{n}", given_name=f"F{n}", family_name="Foule")
        for n in range(students)
    ]
    made = Student.objects.bulk_create(every)
    Referral.objects.bulk_create(
        Referral(student=one, program=cast.mentoring, referred_on=cast.on - timedelta(days=n), **(SPORT, MUSIC)[n % 2])
        for n, one in enumerate(made)
    )
    for n in range(mentors):
        offering(cast, f"Foule{n}", **(SPORT, MUSIC)[n % 2])


def test_sixty_students_and_fifty_mentors_at_once(cast: Cast, pupils: list[Student]) -> None:
    """In as many queries as for two; the seconds are counted by ``bench.matching``."""
    run(cast)
    with CaptureQueriesContext(connection) as few:
        run(cast)
    crowd(cast, 58, 48)
    with CaptureQueriesContext(connection) as many:
        made = run(cast)
    assert len(many) == len(few)
    assert Proposal.objects.filter(round=made, mentor__isnull=False).count() == 50
    with CaptureQueriesContext(connection) as shown:
        told = tell(made, cast.julie, today=cast.on)
    assert len(shown) <= 9
    assert len(told.rows) == 60


def test_proposals_are_offered_where_somebody_waits(cast: Cast, client_of: ClientOf, pupils: list[Student]) -> None:
    other = Program.objects.get(pk=cast.mentoring.pk)
    other.pk, other.key, other.name = None, "other", "Mentorat du matin"
    other.save()
    lead, button = client_of(cast.julie), "Proposer des jumelages"
    page = lead.get(reverse("matching")).content.decode()
    assert button in page
    assert other.name not in page
    run(cast)
    page = lead.get(reverse("matching")).content.decode()
    assert f"Relire\u00a0: {cast.mentoring.name}" in page
    assert button not in page
