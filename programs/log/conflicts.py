"""What is raised rather than overwriting someone's words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import LoggedRecord


class Conflict(ValidationError):
    """Someone else saved the record since the form was opened; ``record`` is what they saved."""

    def __init__(self, record: LoggedRecord) -> None:
        self.record = record
        super().__init__(
            _("Quelqu’un a modifié cette entrée entre-temps. Comparez les deux versions, puis choisissez."),
            code="conflict",
        )
