"""How everything is counted: one text, for the page, the sheet of a workbook and the last lines of a printed report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.numbers import Numbers
from guidelines.stated import stated
from people.suppression import FEWEST
from reports.document import Layout
from reports.durations.facts import BANDS
from reports.survival import FEWEST as FEWEST_FOLLOWED
from reports.tables import Column, Text


@dataclass(frozen=True)
class Part:
    """One rule: ``key`` is its address on the page; ``in_short`` what a printed report repeats of it."""

    key: str
    title: Text
    sentences: tuple[Text, ...]
    in_short: Text = ""

    @property
    def said(self) -> list[str]:
        return [str(sentence) % NUMBERS for sentence in self.sentences]

    @property
    def short(self) -> str:
        return str(self.in_short) % NUMBERS


SHORT, EARLY, OVER = BANDS
NUMBERS = {"fewest": FEWEST, "followed": FEWEST_FOLLOWED, "short": SHORT, "early": EARLY, "over": OVER}

PARTS = (
    Part(
        "objet",
        _("Ce qui est compté"),
        (
            _(
                "Les rapports parlent des pratiques des adultes, d’une relation ou d’un groupe. Aucun ne note ni ne"
                " classe un élève, une personne, une école\u00a0: les lignes suivent l’ordre alphabétique."
            ),
            _(
                "Les balises viennent de Boyer (2014), «\u00a0Regards sur les pratiques d’intervention de"
                " l’accompagnement individualisé au secondaire\u00a0», MELS. Ce qui est observé est associé à de"
                " meilleurs résultats dans les études recensées; rien ici ne prouve une cause."
            ),
        ),
        _("Les nombres parlent des pratiques, jamais d’un élève."),
    ),
    Part(
        "temps",
        _("Le temps\u00a0: des semaines de classe"),
        (
            _(
                "La fréquence se compte en semaines de classe du calendrier de l’école, ou en cycles quand le"
                " programme suit un horaire en jours-cycle. Une semaine sans jour de classe, avant le début ou après"
                " la fin de la relation ne compte pas."
            ),
            _(
                "Une semaine est rencontrée dès qu’une rencontre y est tenue, en personne ou par vidéo. Le"
                " téléphone, le courriel et les messages sont des contacts\u00a0: ils gardent le lien sans compter"
                " pour la rencontre."
            ),
            _(
                "Une semaine est excusée quand une pause la couvre, quand l’élève était absent ou l’école fermée, ou"
                " quand chaque moment prévu à l’horaire tombe un jour sans classe. Elle ne compte ni pour ni contre."
            ),
            _(
                "Une semaine sans rencontre n’est manquée qu’une fois passé le délai pour consigner\u00a0: d’ici là,"
                " elle est en attente."
            ),
        ),
        _("La fréquence se compte en semaines de classe; un congé, une pause ou une absence ne sont pas un retard."),
    ),
    Part(
        "durees",
        _("Les durées et leurs classes"),
        (
            _(
                "Une durée se compte en mois du calendrier, de la première rencontre tenue, ou du début s’il n’y en"
                " a pas eu, à la fin. Les classes comprennent leur borne du bas et non celle du haut\u00a0: moins de"
                " %(short)s\u00a0mois, de %(short)s à %(early)s, de %(early)s à %(over)s, %(over)s et plus."
                " %(short)s\u00a0mois exactement sont dans la deuxième."
            ),
            _(
                "Une relation encore ouverte n’est jamais «\u00a0courte\u00a0»\u00a0: sa durée n’est pas connue. Une"
                " fin planifiée n’est pas hâtive."
            ),
        ),
    ),
    Part(
        "situations",
        _("Les situations d’accompagnement"),
        (
            _(
                "Six classes, d’après DeWit et al. (2016), au dernier jour de la période\u00a0: jumelage ouvert"
                " depuis moins de %(over)s\u00a0mois, ou %(over)s\u00a0mois et plus; terminé avant"
                " %(over)s\u00a0mois, ou à %(over)s\u00a0mois et plus; jumelé de nouveau (deux dyades ou plus,"
                " quoi qu’elles soient devenues); référé et jamais jumelé. Chaque élève est dans une seule"
                " classe."
            ),
        ),
    ),
    Part(
        "survie",
        _("Combien de temps durent les relations"),
        (
            _(
                "La part des relations sans fin hâtive après tant de mois est estimée par la méthode de Kaplan et"
                " Meier, avec un intervalle à 95\u00a0%%. Une relation ouverte, ou terminée comme prévu, compte"
                " jusqu’au jour où elle a été suivie, et pas au-delà."
            ),
            _("Sous %(followed)s relations encore suivies, aucune part n’est donnée."),
        ),
    ),
    Part(
        "taux",
        _("Les taux\u00a0: ensemble, ou moyenne des programmes"),
        (
            _(
                "Un taux «\u00a0sur toutes les relations ensemble\u00a0» donne le même poids à chaque"
                " relation; une «\u00a0moyenne des programmes\u00a0» donne le même poids à chaque programme,"
                " petit ou grand. Les deux diffèrent\u00a0: chaque rapport dit lequel il donne, et sur combien (n)."
            ),
            _("Un taux sans dénominateur n’est pas zéro\u00a0: il est laissé vide, avec un tiret."),
        ),
        _("Chaque taux dit s’il est calculé ensemble ou comme moyenne des programmes, et sur combien."),
    ),
    Part(
        "masquage",
        _("Les petits nombres"),
        (
            _(
                "Un nombre de moins de %(fewest)s personnes est masqué, et les plus petits de ses voisins avec lui"
                " quand un total permettrait de le retrouver. Un taux qui le révélerait l’est aussi."
            ),
            _(
                "Le masquage tient compte de tous les tableaux d’un même rapport. Celui des points de vigilance, en"
                " nombres, tient compte aussi des autres périodes fixes (étape, mois, année scolaire) qui sont"
                " terminées."
            ),
            _(
                "Les autres rapports sont masqués un à un. Deux fichiers de deux jours ou de deux périodes disent donc"
                " ce qui a changé de l’un à l’autre, et leur différence peut être d’une seule personne. Les relations"
                " en cours de deux années, à côté de celles commencées dans la seconde, disent combien ont pris fin"
                " entre les deux. Combien d’élèves sont à la fois en dyade et dans un groupe se déduit parfois de"
                " l’ensemble. Les fichiers de plusieurs personnes, réunis, en disent plus que chacun."
            ),
            _(
                "Le masquage ne peut rien contre ce qu’une personne sait déjà\u00a0: qui connaît un groupe y reconnaît"
                " parfois quelqu’un. Avant de publier deux fichiers, comparez-les; ne joignez pas à un rapport"
                " publié un fichier qui nomme."
            ),
        ),
        _("Les nombres de moins de %(fewest)s personnes, et ceux qui permettraient de les retrouver, sont masqués."),
    ),
    Part(
        "absences",
        _("Ce qui n’est pas dit"),
        (
            _(
                "«\u00a0masqué\u00a0»\u00a0: trop petit pour être dit. «\u00a0non suivie\u00a0»\u00a0: le programme"
                " ne suit pas cette balise, ce qui n’est pas un zéro. «\u00a0–\u00a0»\u00a0: rien de consigné pour"
                " le calculer. Une donnée qui manque n’est jamais comptée comme conforme."
            ),
        ),
        _("«\u00a0non suivie\u00a0» et «\u00a0–\u00a0» ne sont pas des zéros."),
    ),
)


@dataclass(frozen=True)
class Rule:
    """One guideline, with its numbers in force where the report looks."""

    guideline: Guideline
    numbers: Numbers

    @property
    def bounds(self) -> str:
        here = stated(self.guideline, self.numbers)
        said = [f"{bound.severity.label}\u00a0: {bound.words}" for bound in here.bounds]
        return "; ".join([*said, *(f"{one.words}\u00a0: {one.value}" for one in here.settings)])


RULES = Layout(
    "balises",
    _("Les balises et leurs seuils"),
    (
        Column(_("Balise"), "guideline.title", about=_("Le nom de la balise.")),
        Column(_("Ce qui est vérifié"), "guideline.checks", about=_("La règle, en une phrase.")),
        Column(_("Seuils en vigueur"), "bounds", about=_("Ceux de l’organisme au dernier jour de la période.")),
        Column(_("Source"), "guideline.citation", about=_("La section de la recension.")),
        Column(_("Code"), "guideline.code", about=_("Le nom de la balise dans les fichiers.")),
    ),
)


def rules(numbers: Numbers) -> list[Rule]:
    return [Rule(entry, numbers) for entry in ENTRIES]


def in_short(parts: Sequence[Part] = PARTS) -> Iterator[str]:
    """What a printed report says of its method."""
    return (part.short for part in parts if part.in_short)
