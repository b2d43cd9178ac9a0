"""A database with the demonstration in it, and the static files as they are served; done again, it changes nothing."""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")
os.environ.setdefault("STATIC_COLLECTED", "true")


def prepare(*, cast: bool = False) -> None:
    """Bring database and static files up to date; print the sign-ins too when asked."""
    import django

    Path("var").mkdir(exist_ok=True)
    django.setup()

    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", "--if-empty")
    if cast:
        call_command("demo", "--cast")


if __name__ == "__main__":
    prepare(cast="--cast" in sys.argv)
