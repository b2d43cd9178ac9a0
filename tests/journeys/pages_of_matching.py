"""The pages of who waits for a mentor, and of who is matched."""

from collections.abc import Iterator

from accompagnement.demo.cast import Cast
from mentoring.models import Referral


def pupil(cast: Cast) -> int:
    return cast.tremplin.members.all()[0].student_id


def of_matching(cast: Cast) -> list[str]:
    """Who waits, who can take one more; a student who is referred, the sheet to fill by hand."""
    said = {"student_id": pupil(cast), "program": cast.mentoring, "referred_by": cast.nadia}
    waits, _new = Referral.objects.get_or_create(**said, defaults={"referred_on": cast.on})
    return [
        "/jumelages/", "/jumelages/mentors/", "/jumelages/orienter/", f"/jumelages/orienter/{pupil(cast)}/",
        "/jumelages/fiche/", f"/orientations/{waits.pk}/", f"/orientations/{waits.pk}/modifier/",
        f"/mentors/{cast.marc_mentor.pk}/disponibilites/",
    ]  # fmt: skip


def of_referring(cast: Cast) -> list[str]:
    """What a teacher sees of it."""
    return ["/jumelages/", "/jumelages/orienter/", f"/jumelages/orienter/{pupil(cast)}/"]


def forms_of_matching(cast: Cast) -> Iterator[str]:
    yield f"/jumelages/orienter/{pupil(cast)}/"
