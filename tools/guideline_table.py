"""Write docs/guidelines.md from the catalogue: what is checked, from which value on, by which section."""

import os
import sys

from tools.sources import ROOT

FILE = ROOT / "docs" / "guidelines.md"
SUBJECTS = {
    "dyad": "Les dyades",
    "mentor": "Les mentores et mentors",
    "group": "Les groupes d’accompagnement",
    "teacher": "Le personnel-ressource",
    "program": "Les programmes",
}
CLEARING = {"facts": "faits", "time": "temps", "correction": "correction", "person": "personne"}


def table() -> str:
    """The whole document. Django must be set up, in French."""
    from guidelines.catalogue import CATALOGUE_VERSION, ENTRIES

    lines = [
        "# Les balises, leurs seuils et leurs sources",
        "",
        f"Catalogue, version {CATALOGUE_VERSION} : {len(ENTRIES)} balises. Écrit par `make docs` à partir de "
        "`guidelines/catalogue/` ; ne pas modifier à la main.",
        "Source : Boyer, M.-C. (2014), *Regards sur les pratiques d’intervention de l’accompagnement individualisé au "
        "secondaire*, MELS, d’après Larose, S. (2011).",
        "Chaque seuil est une valeur par défaut : un organisme ou un programme peut la changer, avec date et motif.",
    ]
    for subject, title in SUBJECTS.items():
        lines += ["", f"## {title}", "", "| code | balise | seuils | source | se règle par | ce qu’il faut |"]
        lines.append("|---|---|---|---|---|---|")
        lines += [row(entry) for entry in ENTRIES if entry.subject == subject]
    return "\n".join(lines) + "\n"


def row(entry) -> str:  # type: ignore[no-untyped-def]
    bounds = "<br>".join(f"{t.severity.label} : {t.in_words()}" for t in entry.thresholds)
    clearing = ", ".join(CLEARING[way] for way in entry.clearing)
    cells = (f"`{entry.code}`", entry.title, bounds, entry.citation, f"{clearing}. {entry.clears}", entry.needs)
    return "| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")
    import django

    django.setup()
    FILE.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
