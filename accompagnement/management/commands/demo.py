from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accompagnement.demo.cast import PASSWORD, SIGN_INS
from accompagnement.demo.history import make_demo
from people.models import SchoolBoard, User


class Command(BaseCommand):
    help = "Creates the demonstration in an empty database: two boards, two school years; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="leave a database that holds a board as it is")
        parser.add_argument("--on", type=date.fromisoformat, help="the day on which the story stands (default: today)")
        parser.add_argument("--cast", action="store_true", help="print who signs in, and the common password")

    def handle(self, *args: object, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is refused in production: its password is public.")
        if not SchoolBoard.objects.exists() and not User.objects.exists():
            today = timezone.localdate()
            if (on := options["on"] or today) > today:
                raise CommandError(f"{on} has not come yet: the story would be evaluated on days to come.")
            make_demo(on)
            self.stdout.write("The demonstration is ready.")
        elif not (options["if_empty"] or options["cast"]):
            raise CommandError("The database is not empty: the demonstration would mix with what it holds.")
        if options["cast"]:
            self.print_cast()

    def print_cast(self) -> None:
        """One line per role: role, name, e-mail; then the password."""
        people = {person.email: person for person in User.objects.filter(email__in=[email for _, email in SIGN_INS])}
        for role, email in SIGN_INS:
            if email in people:
                self.stdout.write(f"{role.label:<32} {people[email].get_full_name():<24} {email}")
        self.stdout.write(f"Mot de passe : {PASSWORD}")
