"""How far a job is, heard from outside its one transaction, whose rows nobody else sees before the end.

PostgreSQL shows the name of a session at once, transaction or not: the job's says how far it is, until the
transaction ends. SQLite, which is of one machine, has a small file beside it.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection

from exchange.models import ImportRun

FOLDER = Path("progress")
NAMED = "import "


def say(run: ImportRun, done: int, total: int) -> None:
    """Say how many of how many; inside the transaction that writes. One short statement, or one short file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = f"{NAMED}{run.entry_uuid} {done}/{total}"
            cursor.execute("SELECT set_config('application_name', %s, true)", [name])
        return
    path = _file(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{done}/{total}", encoding="ascii")


def hush(run: ImportRun) -> None:
    """Say nothing any more: the end of the transaction takes a session's name back by itself."""
    if connection.vendor != "postgresql":
        _file(run).unlink(missing_ok=True)


def listen(runs: Iterable[ImportRun]) -> None:
    """Give the runs at work what their job says (``ImportRun.far``). Two queries at most, whatever their number."""
    working = [run for run in runs if run.is_working]
    if not working:
        return
    heard = _sessions() if connection.vendor == "postgresql" else {str(one.entry_uuid): _told(one) for one in working}
    for run in working:
        done, _of, total = heard.get(str(run.entry_uuid), "").partition("/")
        run.far = (int(done), int(total)) if done.isdigit() and total.isdigit() else None


def _sessions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else as it was when this transaction first asked
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE %s",
            [f"{NAMED}%"],
        )
        names = [name.removeprefix(NAMED).partition(" ") for (name,) in cursor.fetchall()]
    return {run: far for run, _space, far in names}


def _told(run: ImportRun) -> str:
    try:
        return _file(run).read_text(encoding="ascii")
    except OSError:
        return ""


def _file(run: ImportRun) -> Path:
    return Path(settings.VAR_DIR) / FOLDER / str(run.entry_uuid)
