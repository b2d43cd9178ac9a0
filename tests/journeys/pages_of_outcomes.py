"""The pages of attendance and results: before and after, a term to enter, a consent to withdraw."""

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad, Outcome
from people.models import Consent, Student
from programs.models import Program, Term


def of_outcomes(cast: Cast) -> list[str]:
    """A programme of before the year: six of its students agree, a seventh doesn't; one where nobody does yet."""
    said = {"board": cast.board, "school": cast.school, "domain": Program.Domain.MENTORING}
    program, new = Program.objects.get_or_create(**said, name="Passerelle")
    if new:
        furnish(program, cast)
    consent = Consent.objects.filter(student__dyads__program=program)[0]
    here, bare = f"/programmes/{program.pk}/", f"/programmes/{cast.mentoring.pk}/resultats/"
    return [f"{here}resultats/", f"{here}resultats/etape/", f"{here}consentements/{consent.pk}/", bare, f"{bare}etape/"]


def furnish(program: Program, cast: Cast) -> None:
    over = list(Term.objects.filter(school_year__board=cast.board, ends_on__lte=cast.on).order_by("starts_on"))
    range_ = {"starts_on": over[1].starts_on, "ends_on": cast.on}
    for place, name in enumerate(("Alix", "Béa", "Charlie", "Dali", "Éloi", "Flo", "Gaël")):
        of = {"board": cast.board, "school": cast.school, "given_name": name, "family_name": "Passerelle"}
        student = Student.objects.create(**of)
        Dyad.objects.create(board=cast.board, program=program, student=student, mentor=cast.nadia_mentor, **range_)
        if name == "Gaël":
            return
        student.consents.create(purpose=Consent.Purpose.OUTCOMES, giver=Consent.Giver.PARENT, given_on=cast.on)
        for nth, term in enumerate((over[0], over[-1])):
            named = {"student": student, "school_year": term.school_year, "term": term.name}
            numbers = {"days_absent": place + nth, "lates": 2 * place, "entered_on": cast.on}
            Outcome.objects.create(**named, **numbers, result=60 + place if place else None)
