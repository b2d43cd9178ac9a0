"""What two checkers of PDF/UA-1, and the text itself, say of a file of ours."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import pdfua
import pikepdf


def faults_of(content: bytes) -> list[str]:
    """The errors and warnings of both checkers, as ``rule: sentence``; [] for a file that everybody can read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(content)
        first = outloud.check(str(path))
        second = pdfua.validate(str(path))
    found = [(one.severity, one.rule, one.message) for one in first.findings]
    found += [(one.severity.name, one.rule_id, one.message) for one in second.findings]
    return [f"{rule}: {said}" for severity, rule, said in found if severity.lower() in ("error", "warning")]


def scopes_of(content: bytes) -> list[str]:
    """The scope of each header cell, in the order of the file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            str(one.A.Scope) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"
        ]


def pages_of(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)
