"""datapackage.json: a Table Schema per file, made from the same declarations."""

import json
from collections.abc import Mapping
from typing import Any

from exchange.bundle.declaration import BundleFile, Column
from exchange.bundle.types import Reference

CSV = {"encoding": "utf-8", "format": "csv", "mediatype": "text/csv", "profile": "tabular-data-resource"}
PROFILE = "tabular-data-package"


def data_package(files: Mapping[str, tuple[list[str], list[BundleFile]]]) -> str:
    """The descriptor of files by name, each with its header and its declarations."""
    resources = [
        {"name": name.removesuffix(".csv"), "path": name, **CSV, "schema": schema(header, declared)}
        for name, (header, declared) in files.items()
    ]
    package = {"profile": PROFILE, "name": "accompagnement", "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def schema(header: list[str], files: list[BundleFile]) -> dict[str, Any]:
    columns = {column.name: column for file in files for column in file.columns}
    described: dict[str, Any] = {"fields": [table_field(columns[name], len(files) == 1) for name in header]}
    if files[0].handle:
        described["primaryKey"] = [*(["board"] if "board" in header else []), files[0].handle_column]
    foreign = [foreign_key(columns[name]) for name in header if isinstance(columns[name].type, Reference)]
    return {**described, "missingValues": [""], **({"foreignKeys": foreign} if foreign else {})}


def table_field(column: Column, alone: bool) -> dict[str, Any]:
    described = {"name": column.name, **column.type.schema()}
    if column.required and alone:
        described["constraints"] = {**described.get("constraints", {}), "required": True}
    return described


def foreign_key(column: Column) -> dict[str, Any]:
    assert isinstance(column.type, Reference)  # noqa: S101
    named = "person" if column.type.file == "mentors.csv" else "key"
    resource = column.type.file.removesuffix(".csv")
    return {"fields": column.name, "reference": {"resource": resource, "fields": named}}
