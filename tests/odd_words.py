"""What nobody types and somebody sends: the odd words that every field of every form must take or refuse in a sentence.

Each is as a browser would send it; a lone surrogate travels as the three bytes that no decoder accepts. Those that are
only ever shown or refused together share a word, short enough for most fields: each word is one request more a field.
"""

MARK = "zqx"
"""Stands in every word that a page could take for its own: whatever shows it shows it as text."""
RAW = (f"<script>{MARK}", f"<img src={MARK}", f'{MARK}" on', f"{MARK}' on", f"</textarea><{MARK}")
"""What a page that does not escape would hold."""

SHOWN = {
    "a script": f"\"><script>{MARK}(1)</script>{MARK}' onfocus='a",
    "marks of a page": f'</textarea><{MARK}><img src={MARK} onerror=a>{MARK}" onfocus="a',
    "a template": f"{MARK}{{{{ request.user }}}}{{% include 'x' %}}%s %(pk)s {{0}} ${{x}}",
    "a statement": f"{MARK}' OR 1=1; DROP TABLE people_user; --\\",
    "turned and joined": f"{MARK}\u202efdp.exe\u2066\u200f\u200b 👩\u200d👩\u200d👧🏳️\u200d🌈🇨🇦 e\u0301" + "\u0335" * 20,
    "a formula": f'=HYPERLINK("http://{MARK}","{MARK}")',
    "a sum": f"@SUM(1+1)*{MARK}",
    "a formula after a tab": f"\t=1+1 {MARK}",
    "a path": f"../../../../etc/passwd\\..\\{MARK}",
    "an address that runs": f"javascript:{MARK}(1)",
}
"""Ordinary characters, in an order that something could take for a command of its own."""
BROKEN = {
    "nul": f"{MARK}\0fin",
    "lone surrogate": f"{MARK}\ud83d fin \udc00",
    "control characters": f"{MARK}\x01\x08\x0b\x1b[31m\x7f\x85\u2028\ufffe\uffff",
    "nothing to see": "\u200b\ufeff\u2060\u180e",
    "headers": f"{MARK}\r\nBcc: tous@rives.example\r\nSet-Cookie: a=b",
}
"""Characters that something could refuse to keep, to write or to send."""
DAYS = {
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "no such day": "2026-02-31",
    "arabic digits": "٢٠٢٦-١١-٢٣",
    "another order": "23/11/2026",
}
NUMBERS = {
    "huge": "9" * 40,
    "past an integer": "2147483648",
    "past a long": "9223372036854775808",
    "negative": "-1",
    "arabic number": "٤٢",
    "with an exponent": "1e400",
    "no number": "NaN",
    "a superscript": "²",
}
HOURS = {"no such hour": "25:61", "the last moment": "23:59:59.999999"}
LONG = {"a million letters": f"{MARK} " + "é" * 500_000}
"""A million bytes, under what a request may hold."""
NAMES_OF_FILES = (
    "../../etc/passwd",
    "a\\..\\b.csv",
    f'{MARK}" on.csv',
    f"<script>{MARK}.csv",
    "=1+1.csv",
    "\0\u202e.csv",
)

WORDS = SHOWN | BROKEN
FEW = {"nul", "lone surrogate", "a script", "past an integer", "past a long", "negative", "a superscript"}
OF_CHOICES = {name: word for name, word in (WORDS | NUMBERS).items() if name in FEW}
"""For what the page gives itself: a choice, a box, a hidden value."""


def words_for(kind: str) -> dict[str, str]:
    """Those that bear on a control of this type of HTML."""
    if kind == "textarea":
        return WORDS | LONG
    if kind in {"text", "search", "email", "url", "tel", "password"}:
        return WORDS | DAYS | NUMBERS | HOURS | LONG
    if kind in {"date", "month", "week", "datetime-local"}:
        return DAYS | OF_CHOICES
    if kind == "time":
        return HOURS | OF_CHOICES
    if kind == "number":
        return NUMBERS | OF_CHOICES
    return OF_CHOICES
