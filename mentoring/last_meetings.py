"""What a dyad did the last time that it met: how long ago, and what one tap may say again."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mentoring.models import Dyad, DyadMeeting
from people.text import written


def last_meetings(dyads: Iterable[int], on: date) -> dict[int, DyadMeeting]:
    """The last meeting held by a day, of each dyad that had one; one query, contacts left out."""
    held = DyadMeeting.objects.kept().meetings().held().filter(dyad=OuterRef("pk"), on__lte=on)
    latest = Subquery(held.order_by("-on", "-pk").values("pk")[:1])
    # Distinct: behind the wall PostgreSQL looks no key up by what a subquery gives, and would read every meeting.
    chosen = Dyad.objects.filter(pk__in=set(dyads)).annotate(latest=latest).values("latest").distinct()
    rows = DyadMeeting.objects.filter(pk__in=chosen).defer("note")
    return {row.dyad_id: row for row in rows}


def in_words(meeting: DyadMeeting) -> str:
    """« 25 min, en personne, échange »."""
    length = _("%(n)s\u00a0min") % {"n": meeting.minutes} if meeting.minutes else ""
    said = (length, meeting.get_channel_display(), meeting.get_activity_display())
    return ", ".join(str(words) for words in said if words)


def since(day: date, on: date) -> str:
    """« il y a 7 jours, lundi 16 novembre »."""
    days, spoken = (on - day).days, {"day": written(day, pgettext("jour de semaine et date", "l j F"))}
    if days == 0:
        return _("aujourd’hui")
    if days == 1:
        return _("hier, %(day)s") % spoken
    return ngettext("il y a %(n)s jour, %(day)s", "il y a %(n)s jours, %(day)s", days) % ({"n": days} | spoken)
