"""How many relations and groups are to reach: every page says it."""

from django.db.models import QuerySet

from guidelines.models import SUBJECTS, Flag
from people.kept import kept
from people.models import User


def to_reach_count(user: User) -> int:
    """What ``attention`` counts as to reach, in all that the person may see. One query."""

    def subjects() -> QuerySet[Flag, tuple[int | None, ...]]:
        rows = Flag.objects.rhythm_visible_to(user).to_reach(user.local_date()).order_by()
        return rows.values_list(*SUBJECTS).distinct()

    return len(kept("to reach", user, subjects))
