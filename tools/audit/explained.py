"""Every finding of a tool that is no fault, and why: one list for each tool. What is not here fails the audit."""

from tools.audit.outcome import Explained

OWN_TEXT = "a statement put together from our own text; every value is a parameter"
OWN_NAMES = "names of our own tables and columns, from the models; every value is a parameter"
OWN_FILE = "this process wrote it a moment ago, in a file that nobody else can name"
NO_SECRET = "the name of a field or of a class, or a rate: no secret"  # noqa: S105 (a reason)
OWN_PROGRAM = "a program of the system with a list of words, never a shell; none comes from a request"
INVENTED = "invented data, the same for the same seed"

SOURCES: Explained = {
    ("B105", "accompagnement/demo/cast.py"): "the demonstration's own, which production refuses (people.W010)",
    ("B105", "accompagnement/settings.py"): NO_SECRET,
    ("B105", "accompagnement/synthetic/school.py"): "no hash of any password: nobody signs in with it",
    ("B105", "people/drafts.py"): NO_SECRET,
    ("B105", "people/views/invitations.py"): NO_SECRET,
    ("B107", "exchange/views/directory.py"): "nothing, before a token is made",
    ("B108", "deploy/gunicorn.conf.py"): "memory as a disk, for heartbeats of the server's own",
    ("B302", "exchange/bundle/writer.py"): OWN_FILE,
    ("B302", "exchange/scratch.py"): OWN_FILE,
    ("B308", "accompagnement/templatetags/ui.py"): "shapes written in the code",
    ("B308", "reports/charts.py"): "a drawing whose words its maker escaped, before ours are added escaped",
    ("B308", "reports/formats/pdf.py"): "the same drawing, with the colours of paper",
    ("B703", "reports/charts.py"): "as above",
    ("B703", "reports/formats/pdf.py"): "as above",
    ("B311", "accompagnement/demo/history.py"): INVENTED,
    ("B311", "accompagnement/synthetic/*.py"): INVENTED,
    ("B406", "reports/formats/xlsx/tables.py"): "it escapes text; nothing is parsed",
    ("B603", "accompagnement/management/commands/backup.py"): OWN_PROGRAM,
    ("B603", "accompagnement/operations/dumps.py"): OWN_PROGRAM,
    ("B603", "exchange/imports/sheets.py"): "our own program, so that what a workbook takes is bounded",
    ("B608", "accompagnement/operations/fingerprints.py"): OWN_NAMES,
    ("B608", "accompagnement/synthetic/sheets.py"): OWN_NAMES,
    ("B608", "exchange/scratch.py"): OWN_NAMES,
    ("B608", "guidelines/evaluation.py"): OWN_TEXT,
    ("B608", "guidelines/measures/*.py"): OWN_TEXT,
    ("B608", "guidelines/models/followed.py"): OWN_TEXT,
    ("B608", "mentoring/weeks.py"): OWN_TEXT,
    ("B608", "people/bulk.py"): OWN_NAMES,
    ("B608", "people/wall/paths.py"): OWN_NAMES,
    ("B608", "programs/calendars/*.py"): OWN_TEXT,
}
"""By bandit's test and file. What is left out for every file is in ``pyproject.toml``, with its reason."""

PACKAGES: dict[str, str] = {}
"""Known vulnerabilities of locked packages that do not reach us, by their id."""

SITE: Explained = {
    (
        "Secure Flag cookie",
        "/*",
    ): "the demonstration is served without TLS; production sets it, and the step before saw it",
}
"""By wapiti's category and path."""
