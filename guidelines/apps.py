from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from mentoring.models import Dyad, Mentor
    from programs.models import SupportGroup


class GuidelinesConfig(AppConfig):
    name = "guidelines"

    def ready(self) -> None:
        from guidelines import checks  # noqa: F401 (registers the system checks)
        from mentoring.signals import dyad_changed, mentor_changed
        from programs.signals import group_changed

        dyad_changed.connect(_dyad_changed)
        mentor_changed.connect(_mentor_changed)
        group_changed.connect(_group_changed)


def _dyad_changed(sender: Any, *, dyad: "Dyad", on: date, **kwargs: Any) -> None:
    """A finding disappears when its cause does: at once, in the same transaction, without any broker."""
    from guidelines.evaluation import reevaluate_dyad, reevaluate_mentor

    reevaluate_dyad(dyad, on=on)
    reevaluate_mentor(dyad.mentor, on=on)


def _mentor_changed(sender: Any, *, mentor: "Mentor", on: date, **kwargs: Any) -> None:
    from guidelines.evaluation import reevaluate_mentor

    reevaluate_mentor(mentor, on=on)


def _group_changed(sender: Any, *, group: "SupportGroup", on: date, **kwargs: Any) -> None:
    from guidelines.evaluation import reevaluate_group

    reevaluate_group(group, on=on)
