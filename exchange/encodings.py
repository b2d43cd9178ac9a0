"""In which encoding a text came: UTF-8 first, then what Excel and the systems of a school still write."""

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.reading import CHUNK, Member, refuse

#: What a French text comes in when it is not Unicode; the first where nothing tells them apart.
FRENCH = ("cp1252", "mac_roman", "cp850")
COMMON, RARE = set("éèêëàâçîïôùûüœñ’"), set("ÉÈÊËÀÂÇÎÏÔÙÛÜŒÑ«»°…–ª\u00a0")
#: An accent as UTF-8 writes it.
TWO_BYTES = re.compile(rb"[\xc3\xc5][\x80-\xbf]")


@dataclass(frozen=True)
class Fault:
    """Where a text is not of its encoding, or holds a NUL; ``sample`` is what stands from there on, and ``before``
    whether a letter beyond ASCII was read until there."""

    row: int
    nul: bool = False
    sample: bytes = b""
    before: bool = False


def encoding_of(member: Member) -> str:
    """``utf-8``, ``utf-8-sig`` (with its mark), a UTF-16 or one of ``FRENCH``; the whole text is of it.

    Raises ``Refused`` with the row for a NUL, for bytes that are of none, and for a text in UTF-8 that is damaged: it
    would come in with its accents spelt in two letters.
    """
    with member.open() as stream:
        head = stream.read(4)
    encoding = _by_its_mark(head)
    fault = fault_of(member, encoding)
    if fault and not fault.nul and not encoding.startswith("utf-16"):
        if fault.before or TWO_BYTES.search(fault.sample):
            raise refuse(member.name, _("un caractère n’est pas en UTF-8, alors que le reste l’est."), fault.row)
        encoding = _likeliest(fault.sample)
        fault = fault_of(member, encoding)
    if fault and fault.nul:
        raise refuse(member.name, _("le fichier contient un caractère nul."), fault.row)
    if fault:
        raise refuse(member.name, _("l’encodage est inconnu; enregistrez le fichier en UTF-8."), fault.row)
    return encoding


def fault_of(member: Member, encoding: str) -> Fault | None:
    """The first fault of a text, which is gone through once and not kept."""
    decoder, row, before = codecs.getincrementaldecoder(encoding)(), 1, False
    chunk = b""
    with member.open() as stream:
        while following := stream.read(CHUNK):
            chunk = following
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                read = error.object[: error.start]
                sample = error.object[error.start :] + stream.read(3 * CHUNK)
                return Fault(row + read.count(b"\n"), sample=sample, before=before or not read.isascii())
            if "\0" in text:
                return Fault(row + text.count("\n", 0, text.index("\0")), nul=True)
            row += text.count("\n")
            before = before or not text.removeprefix("\ufeff").isascii()
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return Fault(row, sample=error.object[error.start :], before=before)
    return None


def _by_its_mark(head: bytes) -> str:
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if b"\0" in head[:2]:  # a header begins with a letter of ASCII
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def _likeliest(sample: bytes) -> str:
    """The encoding in which most of the bytes are letters that French writes, those of common words above all."""
    marks = bytes(byte for byte in sample if byte > 127)

    def french(encoding: str) -> int:
        text = marks.decode(encoding, errors="replace")
        return sum(3 * (letter in COMMON) + (letter in RARE) for letter in text)

    return max(FRENCH, key=french)
