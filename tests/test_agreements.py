"""An agreement: filled, printed, signed by each on their day, renewed; what stands is what the guideline reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Agreement, Dyad
from people.models import AuditEntry, User
from programs.models import Program
from tests.cast import Cast
from tests.printed import faults_of

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
WORDS = {"objectives": "Oser", "tasks": "Venir", "times": "Le mardi, à la bibliothèque", "limits": "Pas de devoirs"}


def page_of(dyad: Dyad) -> str:
    return f"/dyades/{dyad.pk}/entente/"


def unsigned(cast: Cast) -> Dyad:
    dyad = cast.ines_marc
    dyad.agreements.all().delete()
    return dyad


def test_a_draft_is_filled_printed_then_signed_by_each_on_their_day(cast: Cast, client_of: ClientOf) -> None:
    dyad, client = unsigned(cast), client_of(cast.marc)
    for _time in range(2):
        sheet = client.post(page_of(dyad), {**WORDS, "brouillon": "1", "signed_on": cast.on.isoformat()}, follow=True)
    draft = dyad.agreements.get()
    assert (draft.signed_on, draft.student_on, draft.objectives) == (None, None, ["Oser"])
    assert all(words in sheet.content.decode() for words in WORDS.values())
    assert "Signer" in client.get(f"/dyades/{dyad.pk}/").content.decode(), "a draft is no agreement"
    assert evaluate_board(cast.board, on=cast.on)
    missing = Flag.objects.live().filter(guideline="dyad-agreement", dyad=dyad)
    assert missing.exists()
    days = {"student_on": (cast.on - 2 * DAY).isoformat(), "signed_on": (cast.on - DAY).isoformat()}
    assert client.post(page_of(dyad), {**WORDS, **days}).status_code == 302
    draft.refresh_from_db()
    assert (draft.student_on, draft.mentor_on) == (cast.on - 2 * DAY, cast.on - DAY)
    assert draft.signed_on == cast.on - DAY, "it stands once both have signed"
    assert not missing.all().exists()
    listed = client.get(page_of(dyad)).content.decode()
    assert f"inscrite par {cast.marc}" in listed
    assert [one.verb for one in AuditEntry.objects.filter(subject_id=draft.pk, verb__contains="agreement")] == [
        "dyad.agreement_signed", "dyad.agreement_drafted",
    ]  # fmt: skip


def test_one_signature_alone_is_still_a_draft_and_a_day_to_come_is_refused(cast: Cast, client_of: ClientOf) -> None:
    dyad, client = unsigned(cast), client_of(cast.marc)
    sent = {**WORDS, "brouillon": "1", "student_on": cast.on.isoformat()}
    assert client.post(page_of(dyad), sent).status_code == 302
    assert dyad.agreements.get().signed_on is None
    for wrong in ({"mentor_on": "2026-12-01"}, {"parent_on": "2026-12-01"}):
        refused = client.post(page_of(dyad), sent | wrong)
        assert refused.status_code == 422
        assert list(refused.context["form"].errors) == list(wrong)
    signing = {**WORDS, "signed_on": cast.on.isoformat(), "objectives": ""}
    assert client.post(page_of(dyad), signing).status_code == 422
    assert client.post(page_of(dyad), {**WORDS, "signed_on": "2026-12-01"}).context["form"].errors["signed_on"]


def test_a_renewal_starts_from_the_last_one_which_stays(cast: Cast, client_of: ClientOf) -> None:
    """In the same dyad, and in the one that the two form the year after."""
    dyad, client = unsigned(cast), client_of(cast.marc)
    client.post(page_of(dyad), {**WORDS, "signed_on": (cast.on - 9 * DAY).isoformat()})
    assert client.get(page_of(dyad)).context["form"].initial["limits"] == WORDS["limits"]
    client.post(page_of(dyad), {**WORDS, "signed_on": cast.on.isoformat(), "tasks": "Venir à l’heure"})
    assert {tuple(one.tasks) for one in dyad.agreements.signed()} == {("Venir",), ("Venir à l’heure",)}
    again = Dyad.objects.create(
        board=cast.board, program=dyad.program, mentor=dyad.mentor, student=dyad.student, starts_on=cast.on
    )
    assert client.get(page_of(again)).context["form"].initial["tasks"] == ["Venir à l’heure"]
    assert not again.agreements.exists()


def test_what_a_programme_proposes_and_who_signs_in_it(cast: Cast, client_of: ClientOf) -> None:
    program, dyad = cast.mentoring, unsigned(cast)
    lead, mentor = client_of(cast.julie), client_of(cast.marc)
    assert "reste entre vous" in mentor.get(page_of(dyad)).context["form"].initial["confidentiality"]
    blank = f"/programmes/{program.pk}/entente/vierge/"
    assert "Parent" not in mentor.get(blank).content.decode()
    said = {"agreement_confidentiality": "On en parle ensemble d’abord.", "agreement_by_parent": "on"}
    assert lead.post(f"/programmes/{program.pk}/entente/", said).status_code == 302
    assert mentor.get(page_of(dyad)).context["form"].initial["confidentiality"] == said["agreement_confidentiality"]
    assert "Parent" in mentor.get(blank).content.decode()
    signed = mentor.post(page_of(dyad), {**WORDS, "signed_on": cast.on.isoformat()})
    assert signed.status_code == 302
    assert dyad.agreements.get().signed_on == cast.on, "a parent who has not signed yet holds nothing back"
    assert "date non inscrite" in mentor.get(page_of(dyad)).content.decode()
    usual = {"agreement_confidentiality": ""}
    assert lead.post(f"/programmes/{program.pk}/entente/", usual).status_code == 302
    assert not Program.objects.get(pk=program.pk).agreement_by_parent


def test_the_files_are_read_aloud_and_name_nobody(cast: Cast, client_of: ClientOf) -> None:
    dyad, client = unsigned(cast), client_of(cast.marc)
    client.post(page_of(dyad), {**WORDS, "brouillon": "1"})
    draft = dyad.agreements.get()
    for path in (f"/ententes/{draft.pk}/pdf/", f"/programmes/{dyad.program_id}/entente/vierge/pdf/"):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/pdf", path
        assert "entente" in answer["Content-Disposition"]
        assert dyad.student.family_name not in answer["Content-Disposition"]
        assert faults_of(answer.content) == [], path
    assert AuditEntry.objects.get(verb="dyad.agreement_downloaded").person == cast.marc


def test_a_draft_is_taken_back_and_a_signed_one_stays_signed(cast: Cast, client_of: ClientOf) -> None:
    dyad, client = unsigned(cast), client_of(cast.marc)
    client.post(page_of(dyad), {**WORDS, "brouillon": "1"})
    draft = dyad.agreements.get()
    gone = client.post(f"/saisies/entente/{draft.pk}/annuler/", follow=True).content.decode()
    assert not dyad.agreements.exists()
    client.post(f"/gestes/{gone.split('/gestes/')[1].split('/')[0]}/annuler/")
    assert dyad.agreements.drafts().get().pk == draft.pk
    client.post(page_of(dyad), {**WORDS, "signed_on": cast.on.isoformat()})
    edit = f"/ententes/{draft.pk}/modifier/"
    assert client.post(edit, {**WORDS, "brouillon": "1"}).status_code == 422
    assert Agreement.objects.get(pk=draft.pk).signed_on == cast.on
