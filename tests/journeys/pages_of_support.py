"""The pages of support calls and doubts: addresses for ``test_every_page``."""

from datetime import timedelta

from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.actions.minutes import offer_minute
from mentoring.models import Dyad
from programs.models import Program


def of_support(cast: Cast) -> list[str]:
    """What a lead does where a programme follows support calls; its calls, its doubts, its pace."""
    dyad, doubt = followed(cast)
    return [
        "/appels/", "/semaine/chez-d-autres/", "/semaine/", dyad, f"{dyad}appel/", f"/doutes/{doubt}/entendre/",
        f"/programmes/{cast.mentoring.pk}/", f"/programmes/{cast.mentoring.pk}/appels/", "/menu/",
    ]  # fmt: skip


def of_doubts(cast: Cast) -> list[str]:
    dyad, _doubt = followed(cast)
    return [dyad, f"{dyad}doute/"]


def followed(cast: Cast) -> tuple[str, int]:
    Program.objects.filter(pk=cast.mentoring.pk).update(support_calls_from=cast.on - timedelta(weeks=20))
    dyad, said = cast.ines_marc, {"board": cast.board, "words": "Inès parle peu."}
    dyad.support_calls.get_or_create(board=cast.board, on=cast.on, party="family", meets="yes", tie="no")
    doubt, _new = dyad.doubts.get_or_create(**said, raised_on=cast.on, raised_by=cast.marc)
    return f"/dyades/{dyad.pk}/", doubt.pk


def asked(cast: Cast) -> Dyad:
    """A dyad whose programme asks its minute."""
    Program.objects.filter(pk=cast.mentoring.pk).update(minutes_from=cast.on)
    return Dyad.objects.get(pk=cast.ines_marc.pk)


def of_minutes(cast: Cast) -> list[str]:
    """The minute of a mentor and of their student, by its code."""
    dyad = asked(cast)
    page = f"/dyades/{dyad.pk}/"
    code = offer_minute(dyad=dyad, at=timezone.now())
    return [page, f"{page}minute/", f"{page}ma-minute/", "/minute/", f"/minute/{code}/", f"/minute/{code}/?langue=en"]


def of_told_minutes(cast: Cast) -> list[str]:
    """What a lead is told of it, and who would like to talk to them."""
    dyad = asked(cast)
    of = {"board": cast.board, "program": cast.mentoring, "audience": "student"}
    told = {"month": cast.on.replace(day=1, month=10), "answers": 12, "middle": 3, "is_closed": True}
    cast.mentoring.minute_tallies.get_or_create(item="heard", **of, **told, level_3=5, level_4=7, level_1=0, level_2=0)
    cast.mentoring.minute_tallies.get_or_create(item="chose", **of, **told)
    dyad.student.talk_requests.get_or_create(
        board=cast.board, program=cast.mentoring, adult=cast.julie, asked_on=cast.on
    )
    return [f"/programmes/{cast.mentoring.pk}/minute/", "/demandes-de-parler/", "/notifications/"]


def forms_of_minutes(cast: Cast) -> list[str]:
    dyad = asked(cast)
    return [f"/dyades/{dyad.pk}/ma-minute/", f"/minute/{offer_minute(dyad=dyad, at=timezone.now())}/"]
