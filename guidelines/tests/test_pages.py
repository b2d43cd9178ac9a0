"""Findings on the screen: who reads what, in which order, and what a decision leaves behind."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from guidelines.catalogue import CATALOGUE, ENTRIES
from guidelines.evaluation import evaluate_board
from guidelines.following import follow
from guidelines.missing_data import lacking
from guidelines.models import Flag, FlagEvent, ProgramGuideline
from mentoring.models import Dyad
from people.models import AuditEntry, User
from programs.models import Program
from tests.cast import Cast, also_mentors

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
PARTS = [
    "Ce qui est observé",
    "La balise",
    "Pourquoi c’est important",
    "La confiance des données",
    "Les prochains pas",
    "L’historique",
]
LISTS = ("", "setup", "practice", "record")
REASON = "La mentore est en voyage scolaire jusqu’à lundi"


@pytest.fixture
def evaluated(cast: Cast) -> Cast:
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def follow_everything(since: date) -> None:
    """Every programme follows every guideline from a day on."""
    ProgramGuideline.objects.bulk_create(
        ProgramGuideline(program=program, guideline=entry.code, followed_from=since)
        for program in Program.objects.all()
        for entry in ENTRIES
    )


def flag_of(cast: Cast, guideline: str = "dyad-critical-period") -> Flag:
    return Flag.objects.get(guideline=guideline, dyad=cast.ines_marc)


def test_each_lists_their_own_findings_and_nobody_elses(evaluated: Cast, client_of: ClientOf) -> None:
    follow_everything(evaluated.on)
    listed = {
        name: "".join(text_of(client_of(getattr(evaluated, name)), "vigilance", preoccupation=c) for c in LISTS)
        for name in ("nadia", "karim", "marc", "julie", "helene", "lucie", "chantal", "other_lead")
    }
    expected = {
        "nadia": {"Maïka Awashish", "Kim Nguyen"},
        "karim": {"Groupe Élan", "Groupe Passerelle"},
        "marc": {"Inès Benali"},
        "julie": {"Inès Benali", "Maïka Awashish", "Kim Nguyen", "Groupe Élan", "Groupe Passerelle", "Étienne Parent"},
        "helene": {"Mia Dionne"},
        "lucie": {"Mia Dionne", "Groupe Cordée"},
        "chantal": {"Étienne Parent"},
        "other_lead": {"Rosalie Ménard", "Groupe Sommet"},
    }
    everything = set().union(*expected.values())
    for name, page in listed.items():
        assert {words for words in everything if words in page} == expected[name], name


def test_the_boards_administration_reads_counts_and_no_name(evaluated: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of(evaluated.robert), "vigilance")

    assert "Groupe trop grand" in page
    assert "masqué</td>" in page
    for word in ("Inès", "Élan", "Étienne", "Rosalie"):
        assert word not in page
    assert client_of(evaluated.line).get(reverse("vigilance")).status_code == 403


def test_filters_narrow_the_list(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)

    by_code = text_of(julie, "vigilance", balise="group-too-large")
    assert "Groupe Élan" in by_code
    assert "Inès Benali" not in by_code
    assert "Groupe Élan" not in text_of(julie, "vigilance", balise="group-too-large", gravite="warning")
    assert "Aucun résultat" in text_of(julie, "vigilance", etat="cleared")
    assert "Groupe Élan" in text_of(julie, "vigilance", gravite="nonsense", etat="<script>")


def test_a_finding_tells_six_parts_in_order_and_who_has_read_it_once(evaluated: Cast, client_of: ClientOf) -> None:
    flag = flag_of(evaluated)
    julie = client_of(evaluated.julie)
    for _visit in range(2):
        page = text_of(julie, "flag", flag.pk)

    places = [page.index(f">{title}<") for title in PARTS]
    assert places == sorted(places)
    assert "§\u00a03.2, «\u00a0Prendre le temps\u00a0»" in page
    assert "une association, pas une cause" in page
    assert "rencontres prévues ne sont pas consignées" in page
    assert page.index("Consigner une rencontre oubliée") < page.index("Planifier une rencontre")
    assert page.count("Vu par Julie Archambault") == 1
    assert "Inès" not in page[: page.index("</title>")]


def test_a_mentor_reads_without_history_or_decisions(evaluated: Cast, client_of: ClientOf) -> None:
    flag = flag_of(evaluated)
    marc = client_of(evaluated.marc)
    page = text_of(marc, "flag", flag.pk)

    assert "Ce qui est observé" in page
    for word in ("L’historique", "Prendre en charge", "Écarter avec un motif", "Écrire à"):
        assert word not in page
    assert not FlagEvent.objects.filter(kind=FlagEvent.Kind.SEEN).exists()
    for name in ("flag_take", "flag_dismiss", "flag_reopen"):
        assert marc.post(reverse(name, args=[flag.pk])).status_code == 403


def test_a_stranger_finds_nothing(evaluated: Cast, client_of: ClientOf) -> None:
    flag = flag_of(evaluated)
    for person in (evaluated.other_lead, evaluated.karim, evaluated.chantal, evaluated.robert, evaluated.line):
        client = client_of(person)
        assert client.get(reverse("flag", args=[flag.pk])).status_code == 404
        for name in ("flag_take", "flag_dismiss", "flag_reopen"):
            assert client.post(reverse(name, args=[flag.pk])).status_code == 404


def test_a_teacher_takes_in_charge_and_may_not_dismiss(evaluated: Cast, client_of: ClientOf) -> None:
    flag = Flag.objects.get(guideline="group-too-large", group=evaluated.elan)
    karim = client_of(evaluated.karim)

    assert karim.get(reverse("flag_dismiss", args=[flag.pk])).status_code == 403
    assert karim.get(reverse("flag_take", args=[flag.pk])).status_code == 405
    response = karim.post(reverse("flag_take", args=[flag.pk]), follow=True)

    assert "En charge\u00a0: K. Haddad" in response.content.decode()
    karim.post(reverse("flag_take", args=[flag.pk]))
    assert AuditEntry.objects.filter(verb="flag.taken", subject_id=flag.pk, person=evaluated.karim).count() == 1

    said = {"reason": REASON, "reason_code": "known", "review_on": evaluated.on + timedelta(days=14)}
    client_of(evaluated.julie).post(reverse("flag_dismiss", args=[flag.pk]), said)
    karim.post(reverse("flag_take", args=[flag.pk]))
    flag.refresh_from_db()
    assert flag.state == Flag.State.DISMISSED


def test_dismissing_needs_a_reason_and_a_day_then_can_be_reopened(evaluated: Cast, client_of: ClientOf) -> None:
    flag = flag_of(evaluated)
    julie = client_of(evaluated.julie)
    address = reverse("flag_dismiss", args=[flag.pk])
    review_on = evaluated.on + timedelta(days=14)
    for typed in (
        {"reason": "", "reason_code": "known", "review_on": review_on},
        {"reason": REASON, "reason_code": "", "review_on": review_on},
        {"reason": REASON, "reason_code": "autre", "review_on": review_on},
        {"reason": "vu", "review_on": review_on},
        {"reason": REASON, "review_on": ""},
        {"reason": REASON, "review_on": evaluated.on},
        {"reason": REASON, "review_on": "2026-13-40"},
    ):
        response = julie.post(address, typed)
        assert response.status_code == 422
        assert "Il y a un problème" in response.content.decode()
    flag.refresh_from_db()
    assert flag.state == Flag.State.OPEN

    said = {"reason": REASON, "reason_code": "known", "review_on": review_on}
    assert julie.post(address, said).status_code == 302
    flag.refresh_from_db()
    assert (flag.state, flag.until) == (Flag.State.DISMISSED, review_on)
    assert REASON in text_of(julie, "flag", flag.pk)
    assert "Connue et acceptée" in text_of(julie, "flag", flag.pk)
    assert "pendant les premiers mois" in text_of(julie, "vigilance", etat="dismissed")

    julie.post(reverse("flag_reopen", args=[flag.pk]))
    flag.refresh_from_db()
    assert flag.state == Flag.State.OPEN


def test_a_decision_that_comes_after_the_facts_is_told_so(evaluated: Cast, client_of: ClientOf) -> None:
    flag = flag_of(evaluated)
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.CLEARED, cleared_on=evaluated.on)
    julie = client_of(evaluated.julie)

    response = julie.post(reverse("flag_take", args=[flag.pk]), follow=True)

    assert "a changé entre-temps" in response.content.decode()
    assert "Prendre en charge" not in response.content.decode()


def test_every_finding_has_its_page(evaluated: Cast, client_of: ClientOf) -> None:
    """Whatever the guideline: value, bound, section, next step."""
    julie = client_of(evaluated.julie)
    of_guideline = {flag.guideline: flag.pk for flag in Flag.objects.visible_to(evaluated.julie)}
    for pk in of_guideline.values():
        page = text_of(julie, "flag", pk)
        assert "Boyer (2014)" in page
        assert 'class="step"' in page
    assert len(of_guideline) >= 8


@pytest.mark.once
def test_everyone_reads_the_guidelines(cast: Cast, client_of: ClientOf) -> None:
    for person in cast.everyone():
        page = text_of(client_of(person), "guidelines")
        assert all(str(entry.title) in page for entry in ENTRIES)
    client = client_of(cast.line)
    for entry in ENTRIES:
        page = text_of(client, "guideline", entry.code)
        assert str(entry.citation.section) in page
        assert str(entry.clears).replace("'", "&#x27;") in page
    assert client.get(reverse("guideline", args=["no-such"])).status_code == 404


@pytest.mark.parametrize("name", ["vigilance", "dashboard"])
def test_queries_do_not_grow_with_the_rows(
    name: str, evaluated: Cast, client_of: ClientOf, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    julie = client_of(evaluated.julie)
    few_of_each = {"dyad": evaluated.ines_marc, "group": evaluated.elan, "mentor": evaluated.etienne_mentor}
    some = [Flag.objects.filter(**{kind: subject})[0].pk for kind, subject in few_of_each.items()]
    Flag.objects.exclude(pk__in=some).delete()
    with django_assert_max_num_queries(12) as few:
        text_of(julie, name)

    evaluate_board(evaluated.board, on=evaluated.on)
    assert Flag.objects.count() > 10
    with django_assert_num_queries(len(few)) if name == "vigilance" else django_assert_max_num_queries(12):
        text_of(julie, name)


def test_a_finding_takes_at_most_twelve_queries(
    evaluated: Cast, client_of: ClientOf, django_assert_max_num_queries
) -> None:
    julie = client_of(evaluated.julie)
    text_of(julie, "flag", flag_of(evaluated).pk)
    with django_assert_max_num_queries(12):
        text_of(julie, "flag", flag_of(evaluated).pk)


def test_several_roles_add_up(evaluated: Cast, client_of: ClientOf) -> None:
    also_mentors(evaluated.robert, evaluated.ines_marc)

    page = text_of(client_of(evaluated.robert), "vigilance")

    assert "Inès Benali" in page
    assert "Groupe trop grand" in page
    assert "masqué</td>" in page
    assert "Étienne Parent" not in page
    assert "masqué</td>" not in text_of(client_of(evaluated.marc), "vigilance")


def test_missing_data_never_passes_for_conforming(evaluated: Cast, client_of: ClientOf) -> None:
    julie = client_of(evaluated.julie)
    new = Dyad.objects.get(pk=evaluated.thomas_nadia.pk)
    gap, size = CATALOGUE["dyad-gap"], CATALOGUE["group-too-small"]
    assert gap not in lacking(new, on=evaluated.on)
    new.starts_on = evaluated.on - timedelta(days=evaluated.on.weekday() + 7)  # last week: one that was met
    new.save()
    assert gap in lacking(new, on=evaluated.on)
    page = text_of(julie, "dyad", new.pk)
    assert "Données insuffisantes" in page
    assert str(gap.needs) in page

    assert size not in lacking(evaluated.tremplin, on=evaluated.on)
    evaluated.tremplin.members.all().delete()
    assert "Données insuffisantes" not in text_of(julie, "group", evaluated.tremplin.pk), "not followed"
    follow(program=evaluated.tremplin.program, codes=[size.code], since=evaluated.on, person=evaluated.julie)
    assert size in lacking(evaluated.tremplin, on=evaluated.on)
    assert "Données insuffisantes" in text_of(julie, "group", evaluated.tremplin.pk)
    listed = text_of(julie, "not_assessed")
    assert str(size.title) in listed
    assert str(evaluated.tremplin) in listed
