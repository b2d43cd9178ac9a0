"""Rosters of invented schools, written as each format wants them."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

SECRET = "Tr0mpette-bleue"

SCHOOL_YEAR = "an-2026,,,Année 2026-2027,schoolYear,2026-08-27,2027-06-22,,2027"
ONEROSTER_11 = {
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\nfile.orgs,bulk",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "css,,,Centre de services des Érables,district,,\n"
    "ec-1,,,École du Ruisseau,school,,css",
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
    "parentSourcedId,schoolYear\n"
    f"{SCHOOL_YEAR}\n"
    "et-1,,,Étape 1,term,2026-08-27,2026-11-13,an-2026,2027",
    "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
    f"p-1,,,true,ec-1,teacher,rose,,Rose,Lapointe,,,Rose@Erables.example,,,,,{SECRET}\n"
    f"e-1,,,true,ec-1,student,zoe,,Zoé,Tanguay,,,zoe@erables.example,,,g-1,09,{SECRET}\n"
    f"g-1,,,true,ec-1,parent,luc,,Luc,Tanguay,,,luc@maison.example,418 555-0101,,e-1,,{SECRET}",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex\ne-1,,,2012-02-29,female",
}
SDS = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\nec-1,École du Ruisseau,school,",
    "academicSessions.csv": "sourcedId,title,type,schoolYear,startDate,endDate\n"
    "an-2026,Année 2026-2027,schoolYear,2026,2026-08-27,2027-06-22\n"
    "et-1,Étape 1,semester,2026,2026-08-27,2026-11-13",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n"
    f"p-1,Rose@Erables.example,Rose,Lapointe,{SECRET},,,,\n"
    f"e-1,zoe@erables.example,Zoé,Tanguay,{SECRET},,,,\n"
    f"e-2,leo@erables.example,Léo,Tanguay,{SECRET},,,,\n"
    f"g-1,luc,Luc,Tanguay,{SECRET},,luc@maison.example,,418 555-0101",
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
    "p-1,ec-1,teacher,an-2026,,TRUE,,\ne-1,ec-1,student,an-2026,9,TRUE,,\ne-2,ec-1,student,an-2026,7,TRUE,,",
    "relationships.csv": "userSourcedId,relationshipUserSourcedId,relationshipRole\ne-1,g-1,guardian\ne-2,g-1,relative",
    "demographics.csv": "userSourcedId,sex,birthDate\ne-1,female,2012-02-29",
}


def archive(folder: Path, files: dict[str, str | bytes], name: str = "liste.zip") -> Path:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for file, text in files.items():
            written.writestr(file, text)
    path = folder / name
    path.write_bytes(buffer.getvalue())
    return path


def with_rows(files: dict[str, str], file: str, *rows: str) -> dict[str, str | bytes]:
    """The same files, with rows more in one of them."""
    return {**files, file: "\n".join([files[file], *rows])}


def run(path: Path, board: str = "erables", **options: Any) -> dict[str, Any]:
    """What ``import_roster --json`` prints, and whether the command succeeded."""
    out = io.StringIO()
    try:
        call_command("import_roster", path, board=board, json=True, stdout=out, stderr=io.StringIO(), **options)
        succeeded = True
    except CommandError:
        succeeded = False
    told: dict[str, Any] = json.loads(out.getvalue())
    assert told["ok"] == succeeded
    return told


def kinds(told: dict[str, Any]) -> set[tuple[str, int | None, str]]:
    """(file, row, kind) of each tolerance."""
    return {(note["file"], note["row"], note["kind"]) for note in told["tolerances"]}
