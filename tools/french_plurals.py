"""What French counts in the singular: 0, 1; Python's gettext, left alone with source text, would say « 0 relations ».

Writes locale/fr: the sentences with a number, each translated by itself, under the plural rule of Django's own French.
"""

from collections.abc import Iterator
from pathlib import Path

import django

from tools.sources import ROOT

GATHERED = ROOT / "locale/en/LC_MESSAGES/django.po"
WRITTEN = ROOT / "locale/fr/LC_MESSAGES/django.po"
DJANGO = Path(django.__file__).parent / "conf/locale/fr/LC_MESSAGES/django.po"


def entries(catalogue: Path) -> Iterator[dict[str, str]]:
    """Keyword to text, still escaped, of each sentence; ``flags`` holds what gettext says of it."""
    for block in catalogue.read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {"flags": ""}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] += line[2:]
            elif line.startswith("#"):
                continue
            else:
                keyword = line.split(" ", 1)[0] if not line.startswith('"') else keyword
                entry[keyword] = entry.get(keyword, "") + line[line.index('"') + 1 : -1]
        if entry.get("msgid"):
            yield entry


def plural_rule(catalogue: Path) -> str:
    """The line « Plural-Forms » of a catalogue."""
    return next(line for line in catalogue.read_text(encoding="utf-8").splitlines() if line.startswith('"Plural-Forms'))


def written(entry: dict[str, str], forms: int) -> str:
    """The entry that says its own words: the singular once, the plural in every other form."""
    lines = [f'msgctxt "{entry["msgctxt"]}"'] if "msgctxt" in entry else []
    lines += [f'msgid "{entry["msgid"]}"', f'msgid_plural "{entry["msgid_plural"]}"']
    lines += [f'msgstr[{form}] "{entry["msgid_plural" if form else "msgid"]}"' for form in range(forms)]
    return "\n".join(lines)


def main() -> None:
    rule = plural_rule(DJANGO)
    forms = int(rule.split("nplurals=")[1].split(";")[0])
    header = f'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n{rule}'
    counted = [written(entry, forms) for entry in entries(GATHERED) if "msgid_plural" in entry]
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_text("\n\n".join([header, *counted]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
