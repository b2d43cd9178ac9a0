"""The forms of an import: the file, its columns, the lines to decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from exchange.imports import guess
from exchange.imports.declaration import ImportKind, Level, Remark
from exchange.imports.examining import texts_of
from exchange.imports.registry import KINDS
from exchange.imports.sheets import LARGEST
from exchange.models import ImportRow, ImportRun
from exchange.reading import MEGABYTE
from people.fields import EntryUuidField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import School

LONGEST = 300
"""Of what is typed in place of a cell."""


def offered_kinds() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in KINDS.values() if kind.columns_file]


class UploadForm(ActionForm):
    """A file, what it is if one wishes to say so, and of which school."""

    entry_uuid = EntryUuidField()
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods), CSV, ou ZIP; 20 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.zip"}),
        error_messages={
            "required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide\u00a0: choisissez-en un autre."),
            "missing": _("Choisissez un fichier."), "invalid": _("Choisissez un fichier."),
        },
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Ce que c’est"), required=False)
    school = RowField(label=_("École"), required=False, wrong=_("Choisissez une école de la liste."))

    def __init__(
        self, data: Data = None, files: Any = None, *, schools: QuerySet[School], whole: bool, initial: Initial = None
    ) -> None:
        self.schools, self.whole = schools, whole
        super().__init__(data, initial=initial)
        self.files = files if files is not None else MultiValueDict()

    def prepare(self) -> None:
        self.choose("kind", [("", _("Le reconnaître")), *offered_kinds()])
        self.choose_from("school", self.schools)
        found = list(self.schools[:2])
        if len(found) == 1:
            self.initial.setdefault("school", found[0])
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.empty_label = _t("Selon la colonne «\u00a0École\u00a0»") if self.whole else _t("Choisir")
        self.asks_school = self.whole or len(found) > 1

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(too_large())
        return file

    def clean_school(self) -> School | None:
        school: School | None = self.cleaned_data.get("school")
        if school is None and not self.whole:
            if self.asks_school:
                raise forms.ValidationError(_t("Choisissez l’école de ce fichier."))
            return self.schools.first()
        return school


def too_large() -> str:
    return _t("Le fichier dépasse %(size)s Mo\u00a0: envoyez-le en plusieurs parties.") % {"size": LARGEST // MEGABYTE}


@dataclass
class FileColumn:
    """A column of the file as its page shows it: its header, three of its values, what it is read as."""

    header: str
    samples: list[str]
    field: BoundField


class ColumnsForm(ActionForm):
    """What the table is, and what each of its columns says; ``column_3`` holds the field that column 3 is."""

    kind = forms.ChoiceField(label=_("Ce que c’est"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, data: Data = None, *, run: ImportRun, kind: ImportKind | None) -> None:
        self.run, self.of = run, kind
        super().__init__(data, initial={"kind": kind.name if kind else ""})

    def prepare(self) -> None:
        self.choose("kind", offered_kinds())
        fields = self.of.fields if self.of else ()
        choices = [("", _("Ne pas lire")), *((field.name, field.label) for field in fields)]
        known = self.run.kind == (self.of.name if self.of else "")
        mapping = self.run.mapping if known else guess.columns(self.run.header, self.of) if self.of else {}
        chosen = {place: name for name, place in mapping.items()}
        for place, header in enumerate(self.run.header):
            label = header or _t("Colonne %(number)s") % {"number": place + 1}
            select = forms.Select(attrs={"class": "form-select", "aria-labelledby": f"column-{place}"})
            field = forms.ChoiceField(label=label, required=False, choices=choices, widget=select)
            field.initial = chosen.get(place, "")
            self.fields[f"column_{place}"] = field

    def columns(self, rows: Iterable[ImportRow]) -> list[FileColumn]:
        """The columns with three sample values each, those that repeat left out."""
        rows = list(rows)
        found = []
        for place, header in enumerate(self.run.header):
            values = list(
                dict.fromkeys(row.cells[place] for row in rows if place < len(row.cells) and row.cells[place])
            )
            found.append(FileColumn(header, values[:3], self[f"column_{place}"]))
        return found

    def mapping(self) -> dict[str, int]:
        chosen = ((place, self.cleaned_data.get(f"column_{place}", "")) for place in range(len(self.run.header)))
        return {name: place for place, name in chosen if name}

    def clean(self) -> dict[str, Any]:
        names = [self.cleaned_data.get(f"column_{place}", "") for place in range(len(self.run.header))]
        for place, name in enumerate(names):
            if name and name in names[:place]:
                label = self.of.field(name).label if self.of and self.of.field(name) else name  # type: ignore[union-attr]
                first = self.run.header[names.index(name)]
                words = _t("La colonne «\u00a0%(first)s\u00a0» est déjà lue comme «\u00a0%(label)s\u00a0».")
                self.add_error(f"column_{place}", words % {"first": first, "label": label})
        return self.cleaned_data


@dataclass
class Doubt:
    """A line to decide, as its page shows it."""

    number: int
    title: str
    sentences: list[str]
    fields: list[BoundField]
    leave: BoundField


class RowsForm(ActionForm):
    """Some lines to decide: a field in place of each cell that is wrong, a choice for each question."""

    def __init__(self, data: Data = None, *, run: ImportRun, rows: Iterable[ImportRow]) -> None:
        self.run, self.rows = run, list(rows)
        kind = run.declared
        assert kind is not None  # noqa: S101 (lines are shown once it is known)
        self.of = kind
        super().__init__(data)

    def prepare(self) -> None:
        self.named: dict[int, list[str]] = {}
        for row in self.rows:
            texts = texts_of(row, self.of, self.run.mapping)
            names = self.named.setdefault(row.number, [])
            for code, column, _given in row.said:
                remark = self.of.remark(code)
                if remark is None or remark.level == Level.TOLD:
                    continue
                if remark.answers:
                    self._add(names, f"ask_{row.number}_{code}", _choice(remark, row.answers.get(code, "")))
                for name in (column, *(["family_name"] if column == "full_name" and not remark.answers else [])):
                    if name and not remark.answers and (found := self.of.field(name)):
                        typed = forms.TextInput(attrs={"class": "form-control"})
                        field = forms.CharField(
                            label=str(found.label), required=False, max_length=LONGEST, widget=typed
                        )
                        field.initial = texts.get(name, "")
                        self._add(names, f"fix_{row.number}_{name}", field)
            box = forms.CheckboxInput(attrs={"class": "form-check-input"})
            leave = forms.BooleanField(label=_("Laisser cette ligne de côté"), required=False, widget=box)
            self.fields[f"leave_{row.number}"] = leave

    def _add(self, names: list[str], name: str, field: forms.Field) -> None:
        if name not in self.fields:
            self.fields[name] = field
            names.append(name)

    def doubts(self) -> list[Doubt]:
        return [
            Doubt(
                row.number, title_of(row, self.of, self.run.mapping), sentences_of(row, self.of),
                [self[name] for name in self.named[row.number]], self[f"leave_{row.number}"],
            )
            for row in self.rows
        ]  # fmt: skip

    def fixes(self) -> dict[int, dict[str, str]]:
        """What was typed that differs from the cell, by line and field."""
        found: dict[int, dict[str, str]] = {}
        for row in self.rows:
            for name in self.named[row.number]:
                if name.startswith("fix_") and name in self.changed_data:
                    field = name.split("_", 2)[2]
                    found.setdefault(row.number, {})[field] = self.cleaned_data[name].replace("\0", "")
        return found

    def answers(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for row in self.rows:
            for name in self.named[row.number]:
                if name.startswith("ask_") and self.cleaned_data.get(name):
                    found.setdefault(row.number, {})[name.split("_", 2)[2]] = self.cleaned_data[name]
            if self.cleaned_data.get(f"leave_{row.number}"):
                found.setdefault(row.number, {})["leave"] = "1"
        return found


class QuestionsForm(ActionForm):
    """What an archive asks, each with the answer that changes nothing first."""

    def __init__(self, data: Data = None, *, run: ImportRun) -> None:
        self.run = run
        self.asked: dict[str, dict[str, str]] = {
            f"ask_{place}": question for place, question in enumerate(run.summary.get("questions", ()))
        }
        super().__init__(data)

    def prepare(self) -> None:
        for name, question in self.asked.items():
            choices = [("", _("Non, rien ne change")), ("yes", question["yes"])]
            select = forms.Select(attrs={"class": "form-select"})
            field = forms.ChoiceField(label=question["sentence"], required=False, choices=choices, widget=select)
            field.initial = "yes" if _name(question) in self.run.agreed else ""
            self.fields[name] = field

    def agreed(self) -> list[str]:
        return [_name(question) for name, question in self.asked.items() if self.cleaned_data[name] == "yes"]


def _name(question: Mapping[str, str]) -> str:
    return f"{question['code']} {question['key']}"


def _choice(remark: Remark, chosen: str) -> forms.ChoiceField:
    choices = [("", _("À décider")), *remark.answers]
    select = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=_("Votre décision"), required=False, choices=choices, initial=chosen, widget=select)


def title_of(row: ImportRow, kind: ImportKind, mapping: Mapping[str, int]) -> str:
    """How a line is named: by its name, else by its first cell that is filled."""
    texts = texts_of(row, kind, dict(mapping))
    name = texts.get("full_name") or " ".join(filter(None, (texts.get("given_name"), texts.get("family_name"))))
    return name or next((cell for cell in row.cells if cell), "")


def sentences_of(row: ImportRow, kind: ImportKind) -> list[str]:
    """What is to be said of a line, in the reader's language."""
    return [sentence_of(kind, code, given) for code, _column, given in row.said]


def sentence_of(kind: ImportKind, code: str, given: Mapping[str, Any]) -> str:
    remark = kind.remark(code)
    return str(remark.sentence) % given if remark is not None else ""
