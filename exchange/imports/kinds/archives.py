"""Archives: their files say what they are, no column is chosen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.imports import archives
from exchange.imports.declaration import ImportKind


def nothing(lines: Sequence[Any], *args: Any) -> None:
    """An archive has no line to look at, nor to write: ``exchange.imports.archives`` does it whole."""


ROSTER = ImportKind(
    name=archives.ROSTER,
    label=_("OneRoster ou School Data Sync"),
    help=_("Une archive du système scolaire."),
    fields=(),
    needs=(),
    look=nothing,
    write=nothing,
    remarks=(),
    columns_file=False,
)
BUNDLE = replace(ROSTER, name=archives.BUNDLE, label=_("Paquet d’échange"), help=_("L’archive complète d’un centre."))
