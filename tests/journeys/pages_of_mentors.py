"""What a lead opens of mentors: their pages, what was entered of them and of their dyads."""

from datetime import timedelta

from accompagnement.demo.cast import Cast
from mentoring.models import Training
from programs.gestures.kinds import made_of
from programs.gestures.verbs import take_back


def of_corrections(cast: Cast) -> list[str]:
    """What was entered of a dyad and of its mentor, each with its page; what was taken back, with its list."""
    dyad = cast.ines_marc
    first = dyad.starts_on + timedelta(days=7)
    pause = dyad.pauses.create(starts_on=first, ends_on=first + timedelta(days=2))
    signed = dyad.agreements.create(signed_on=cast.on, objectives=["Lire"], tasks=["Venir"])
    training = dyad.mentor.person.trainings.create(kind="ongoing", completed_on=cast.on, minutes=30)
    wrong = dyad.mentor.person.trainings.create(kind="ongoing", completed_on=cast.on, minutes=300)
    take_back(kind=made_of(Training), row=wrong, person=cast.julie, on=cast.on)
    sheets = (
        f"/ententes/{signed.pk}/imprimer/",
        *(f"/programmes/{dyad.program_id}/entente/{page}" for page in ("", "vierge/")),
    )
    pages = (
        *sheets,
        f"/pauses/{pause.pk}/modifier/",
        f"/ententes/{signed.pk}/modifier/",
        f"/formations/{training.pk}/modifier/",
    )
    return [*pages, "/annulees/"]


def of_mentors(cast: Cast) -> list[str]:
    """What a lead sees of them."""
    dyad, mentor = f"/dyades/{cast.ines_marc.pk}/", f"/mentors/{cast.marc_mentor.pk}/"
    return [
        f"{dyad}engagement/",
        f"{dyad}bilan/",
        f"{dyad}remplacement/",
        "/mentors/",
        "/formations/seance/",
        f"/personnes/{cast.marc.pk}/absence/",
        mentor,
        f"{mentor}formation/",
        f"{mentor}modifier/",
    ]
