"""What every kind of import has to say of a cell or of a line."""

from django.utils.translation import gettext_lazy as _

from exchange.imports.declaration import Level, Remark

MISSING = Remark("missing", Level.WRONG, _("La cellule «\u00a0%(label)s\u00a0» est vide\u00a0: elle est nécessaire."))
TOO_LONG = Remark("too_long", Level.WRONG, _("Le texte dépasse %(max)s caractères\u00a0: abrégez-le."))
NO_DAY = Remark("no_day", Level.WRONG, _("«\u00a0%(value)s\u00a0» n’est pas une date\u00a0: écrivez-la 2014-02-03."))
FAR_DAY = Remark(
    "far_day", Level.WRONG, _("L’année de «\u00a0%(value)s\u00a0» est invraisemblable\u00a0: vérifiez-la.")
)
TO_COME = Remark("to_come", Level.WRONG, _("«\u00a0%(value)s\u00a0» est à venir\u00a0: vérifiez la date."))
NO_NUMBER = Remark("no_number", Level.WRONG, _("«\u00a0%(value)s\u00a0» n’est pas un nombre."))
SHORTENED = Remark(
    "shortened",
    Level.WRONG,
    _(
        "«\u00a0%(value)s\u00a0» est un numéro que le tableur a abrégé\u00a0: écrivez-le en entier, "
        "ou exportez de nouveau la colonne en texte."
    ),
)
NO_EMAIL = Remark(
    "no_email", Level.WRONG, _("«\u00a0%(value)s\u00a0» n’est pas une adresse courriel\u00a0: corrigez-la.")
)
NO_CHOICE = Remark(
    "no_choice",
    Level.WRONG,
    _("«\u00a0%(value)s\u00a0» n’est pas un mot connu ici. Écrivez l’un de ceux-ci\u00a0: %(known)s."),
)
NO_NAME = Remark("no_name", Level.WRONG, _("Le nom manque\u00a0: écrivez-le, ou laissez la ligne de côté."))
SPLIT_NAME = Remark(
    "split_name",
    Level.ASKS,
    _("Sans virgule, «\u00a0%(value)s\u00a0» se lit de plusieurs façons\u00a0: nom %(family)s, prénom %(given)s."),
    (("proposed", _("C’est bien cela")), ("first", _("Seul le premier mot est le nom"))),
)
REPEATED = Remark("repeated", Level.TOLD, _("La ligne répète la ligne %(row)s\u00a0: elle est lue une fois."))
TWICE = Remark(
    "twice",
    Level.WRONG,
    _("La ligne %(row)s porte déjà le numéro %(key)s, et dit autre chose\u00a0: gardez l’une des deux."),
)
UNKNOWN_SCHOOL = Remark(
    "unknown_school",
    Level.WRONG,
    _("«\u00a0%(value)s\u00a0» n’est pas une école que vous gérez\u00a0: vérifiez le nom."),
)
WHICH_SCHOOL = Remark("which_school", Level.WRONG, _("L’école manque\u00a0: écrivez son nom."))
ANOTHER_PERSON = Remark(
    "another_person",
    Level.WRONG,
    _(
        "Le numéro %(key)s est déjà celui d’une autre personne (%(known)s)\u00a0: son dossier n’est pas renommé. "
        "Vérifiez le numéro, ou laissez la ligne de côté."
    ),
)
ANOTHERS_NUMBER = Remark(
    "anothers_number",
    Level.WRONG,
    _(
        "Le numéro %(key)s est déjà celui d’une personne d’une autre école. "
        "Vérifiez le numéro, le nom et la date de naissance, ou laissez la ligne de côté."
    ),
)
SAME_PERSON = Remark(
    "same_person",
    Level.ASKS,
    _(
        "%(known)s porte déjà ce nom, avec la même date de naissance, sous le numéro %(key)s. "
        "Est-ce la même personne\u00a0?"
    ),
    (("same", _("Oui, la même personne")), ("other", _("Non, deux personnes"))),
)

COMMON = (
    MISSING, TOO_LONG, NO_DAY, FAR_DAY, TO_COME, NO_NUMBER, SHORTENED, NO_EMAIL, NO_CHOICE, NO_NAME, SPLIT_NAME,
    REPEATED, TWICE, UNKNOWN_SCHOOL, WHICH_SCHOOL, ANOTHER_PERSON, ANOTHERS_NUMBER, SAME_PERSON,
)  # fmt: skip
