"""What is kept of imports."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import ADULT_DESTROYED, OF_IMPORTS, WITH_BOARD, after
from people.privacy.tables import KeptTable, declare
from people.retention import IMPORTS_KEPT

RUNS = after(
    IMPORTS_KEPT,
    on="uploaded_at",
    at=True,
    rule="imports",
    since=_("l’envoi du fichier"),
    why=_("Qui a importé quoi se demande encore l’année suivante."),
)

declare(
    KeptTable(
        "exchange.ImportRun", _("importations"), RUNS, adult=("person",),
        others=("file_name", "header", "mapping", "agreed", "summary", "error"),
    ),
    KeptTable("exchange.ImportFile", _("fichiers importés"), OF_IMPORTS),
    KeptTable("exchange.ImportRow", _("lignes importées"), OF_IMPORTS),
    KeptTable("exchange.ImportTrace", _("effets d’une importation"), OF_IMPORTS),
    KeptTable(
        "exchange.ApiToken", _("jetons d’accès"), ADULT_DESTROYED, adult=("person",),
        secret=("digest", "access_version"),
    ),
    KeptTable("exchange.DirectoryEntry", _("noms dans l’annuaire"), ADULT_DESTROYED, adult=("person",)),
    KeptTable(
        "exchange.DirectoryToken", _("jetons de l’annuaire"), WITH_BOARD, by=("made_by",), secret=("digest",),
    ),
    KeptTable("exchange.ColumnMemory", _("colonnes reconnues"), WITH_BOARD),
)  # fmt: skip
