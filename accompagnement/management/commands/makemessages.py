import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import makemessages

# As xgettext leaves « \u00a0 » of a Python string: the escape itself, which no running page ever asks for.
ESCAPE = re.compile(r"\\\\u([0-9a-f]{4})")
# Left out, so that gathering twice changes nothing.
GATHERED_ON = re.compile(r'"POT-Creation-Date:.*\n')
OUTSIDE = (".venv", "bench", "docs", "static", "staticfiles", "tests", "tools", "var")


class Command(makemessages.Command):
    help = "Gathers the sentences of the screens into locale/en, the short alias _t and no-break spaces included."
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=_t",
    ]

    def handle(self, *args: object, **options: Any) -> None:
        options["locale"] = options["locale"] or ["en"]
        options["ignore_patterns"] = [*options["ignore_patterns"], *OUTSIDE]
        options.update(no_wrap=True, add_location="file", no_obsolete=True)
        super().handle(*args, **options)

    def process_files(self, file_list: list[Any]) -> None:
        super().process_files(file_list)
        for folder in settings.LOCALE_PATHS:
            for gathered in Path(folder).glob("*.pot"):
                text = GATHERED_ON.sub("", gathered.read_text(encoding="utf-8"))
                gathered.write_text(ESCAPE.sub(lambda found: chr(int(found[1], 16)), text), encoding="utf-8")
