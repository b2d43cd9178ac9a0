"""The pages of support calls and doubts: addresses for ``test_every_page``."""

from datetime import timedelta

from accompagnement.demo.cast import Cast
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
