from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from programs.models import SchoolYear


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        from mentoring import records
        from mentoring.absence_gestures import ABSENCES
        from mentoring.actions.departures import pause_what_they_left, tell_what_they_left
        from mentoring.gestures import DYADS
        from people.signals import accounts_closed, students_left
        from programs.gestures.kinds import declare
        from programs.signals import terms_changed

        records.declare()
        declare(*DYADS, *ABSENCES)
        accounts_closed.connect(tell_what_they_left, dispatch_uid="mentoring.tell_what_they_left")
        terms_changed.connect(_follow_name, dispatch_uid="mentoring.follow_name")
        students_left.connect(pause_what_they_left, dispatch_uid="mentoring.pause_what_they_left")


def _follow_name(sender: object, *, year: "SchoolYear", renamed: tuple[str, str] | None = None, **more: object) -> None:
    from mentoring.actions.outcomes import follow_name

    if renamed is not None:
        follow_name(year=year.pk, names=renamed)
