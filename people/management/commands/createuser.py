"""``createuser EMAIL --board CODE --role ROLE …``: an adult with roles, and the link by which they come in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.access import BOARD_ROLES, Role, Scope
from people.actions.accounts import add_adult, invite
from people.actions.roles import give_role
from people.invitations import has_mail_server, link
from people.management.migrated import MigratedCommand
from people.models import School, SchoolBoard, User


class Command(MigratedCommand):
    help = (
        "Inscrit une personne, lui donne des rôles et l’invite à choisir son mot de passe. Sans messagerie configurée, "
        "affiche le lien. Relancée, elle ne double rien; tant que la personne n’est pas entrée, elle redonne un lien, "
        "même sans rôle."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="COURRIEL")
        parser.add_argument("--board", required=True, metavar="CODE", help="clé de l’organisme")
        parser.add_argument("--school", metavar="CLÉ", help="clé de l’école; la seule de l’organisme, sinon")
        parser.add_argument("--given-name", default="", metavar="PRÉNOM")
        parser.add_argument("--family-name", default="", metavar="NOM")
        parser.add_argument(
            "--role", action="append", default=[], dest="roles", metavar="RÔLE", help=", ".join(Role.values)
        )

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with transaction.atomic():
                self._create(options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def _create(self, options: dict[str, Any]) -> None:
        board, roles = _board(options), _roles(options)
        if not roles and not _known(options).exists():
            known = {"known": ", ".join(Role.values)}
            raise CommandError(_("Donnez au moins un rôle, avec --role\u00a0: %(known)s.") % known)
        school = _school(board, options, needed=any(role not in BOARD_ROLES for role in roles))
        adult = self._adult(board, school, options)
        for role in roles:
            self._give(adult, role, board, school)
        if not adult.is_active:
            raise CommandError(_("Ce compte est fermé\u00a0: rouvrez-le dans la page Personnes."))
        if adult.last_login:
            words = _("%(person)s entre déjà avec son mot de passe\u00a0: aucune invitation.")
            self.stdout.write(words % {"person": adult})
            return
        [invitation] = invite(people=[adult], person=None, at=timezone.now())
        if has_mail_server():
            self.stdout.write(_("L’invitation part par courriel à %(email)s.") % {"email": adult.email})
        else:
            self.stdout.write(_("Lien à remettre, une seule fois, dans les sept jours\u00a0:"))
            self.stdout.write(link(invitation))

    def _adult(self, board: SchoolBoard, school: School | None, options: dict[str, Any]) -> User:
        email = options["email"].strip().lower()
        adult = _known(options).select_related("board").first()
        if adult is not None and adult.board_id != board.pk:
            raise CommandError(_("Ce courriel sert déjà, ailleurs que dans cet organisme."))
        if adult is not None:
            self.stdout.write(_("%(person)s est déjà dans la liste.") % {"person": adult})
            return adult
        names = {name: options[name].strip() for name in ("given_name", "family_name")}
        if not any(names.values()):
            raise CommandError(_("Donnez le nom de la personne, avec --given-name et --family-name."))
        adult = add_adult(board=board, school=school, email=email, person=None, **names)
        self.stdout.write(_("%(person)s est dans la liste.") % {"person": adult})
        return adult

    def _give(self, adult: User, role: Role, board: SchoolBoard, school: School | None) -> None:
        scope = Scope(board.pk) if role in BOARD_ROLES or school is None else Scope(board.pk, school.pk)
        on, said = board.local_date(), {"role": capfirst(str(role.label))}
        if adult.memberships.active_on(on).filter(role=role, **scope.columns).exists():
            self.stdout.write(_("%(role)s\u00a0: déjà donné.") % said)
            return
        give_role(adult=adult, role=role, scope=scope, starts_on=on, last_day=None, person=None)
        self.stdout.write(_("%(role)s\u00a0: donné.") % said)


def _board(options: dict[str, Any]) -> SchoolBoard:
    try:
        validate_email(options["email"].strip())
    except ValidationError as error:
        words = _("«\u00a0%(email)s\u00a0» n’est pas un courriel.")
        raise CommandError(words % {"email": options["email"]}) from error
    board = SchoolBoard.objects.filter(key=options["board"]).first()
    if board is None:
        words = _(
            "Aucun organisme n’a la clé «\u00a0%(key)s\u00a0»\u00a0: créez-le avec createboard, ou vérifiez la clé."
        )
        raise CommandError(words % {"key": options["board"]})
    return board


def _known(options: dict[str, Any]) -> "QuerySet[User]":
    return User.objects.filter(email__iexact=options["email"].strip())


def _roles(options: dict[str, Any]) -> list[Role]:
    said = [role for text in options["roles"] for role in text.split(",") if role]
    if unknown := [role for role in said if role not in Role.values]:
        words = _("Le rôle «\u00a0%(role)s\u00a0» n’existe pas\u00a0: %(known)s.")
        raise CommandError(words % {"role": unknown[0], "known": ", ".join(Role.values)})
    return [Role(role) for role in dict.fromkeys(said)]


def _school(board: SchoolBoard, options: dict[str, Any], *, needed: bool) -> School | None:
    schools = School.objects.filter(board=board)
    if options["school"]:
        school = schools.filter(key=options["school"]).first()
        if school is None:
            words = _("Aucune école de cet organisme n’a la clé «\u00a0%(key)s\u00a0».")
            raise CommandError(words % {"key": options["school"]})
        return school
    if not needed:
        return None
    if len(schools) != 1:
        raise CommandError(_("Ce rôle se tient dans une école\u00a0: dites laquelle, avec --school."))
    return schools[0]
