"""The pages by which reports go out."""

from accompagnement.demo.cast import Cast
from tests.rights_of_reports import prepared, repeated


def of_reports(cast: Cast) -> list[str]:
    """What may be prepared; what is ready, waits, is at work, failed, was stopped, is over; what prepares itself."""
    repeated(cast.robert)
    rows = [
        prepared(cast.robert),
        prepared(cast.robert, "queued"),
        prepared(cast.robert, "working", done=1200, total=5000),
        prepared(cast.robert, "failed", error="L’espace manque sur le serveur."),
        prepared(cast.robert, "cancelled"),
        prepared(cast.robert, "expired", kept=True),
    ]
    return ["/rapports/", *(f"/rapports/{row.pk}/" for row in rows)]
