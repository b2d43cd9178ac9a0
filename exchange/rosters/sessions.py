"""School years and terms out of sessions."""

from datetime import date

from django.utils.translation import gettext as _

from exchange.rosters.records import Notes, Session
from exchange.rosters.upsert import Count, Counts, upsert
from people.models import SchoolBoard
from people.witness import tell_changed, tell_created
from programs.models import SchoolYear, Term

TERM_TYPES = frozenset({"term", "semester", "gradingperiod", "quarter", "trimester", "session"})


def write_sessions(sessions: list[Session], board: SchoolBoard, counts: Counts, notes: Notes) -> None:
    """Sessions of type schoolYear become school years, all the others terms of the year that they belong to."""
    years = _Years(sessions, board, counts.of("school_years"), notes)
    wanted: dict[tuple[int, str, date], tuple[Session, date]] = {}
    for session in sessions:
        if session.type == "schoolyear":
            continue
        if session.type not in TERM_TYPES:
            words = _("la nature «\u00a0%(type)s\u00a0» est inconnue; la session est lue comme une étape.")
            notes.tolerate(session.place.at("type"), "unknown_session_type", words % {"type": session.type})
        key = (years.of(session).pk, session.title, session.starts_on)
        if key in wanted:
            words = _("l’étape a le nom et le début de celle de la ligne %(row)s; une seule est gardée.")
            notes.tolerate(session.place, "repeated_session", words % {"row": wanted[key][0].place.row})
        else:
            wanted[key] = (session, session.ends_on)
    _write_terms({key: ends_on for key, (_session, ends_on) in wanted.items()}, board, counts.of("terms"))


def _write_terms(wanted: dict[tuple[int, str, date], date], board: SchoolBoard, count: Count) -> None:
    terms = Term.objects.filter(school_year__board=board)
    known = {(term.school_year_id, term.name, term.starts_on): term for term in terms}
    new, changed = [], []
    for (year, name, starts_on), ends_on in wanted.items():
        term = known.get((year, name, starts_on))
        if term is None:
            new.append(Term(school_year_id=year, name=name, starts_on=starts_on, ends_on=ends_on))
        elif term.ends_on != ends_on:
            tell_changed(term, ends_on=term.ends_on)
            term.ends_on = ends_on
            changed.append(term)
        else:
            count.unchanged += 1
    Term.objects.bulk_create(new)
    tell_created(Term, [term.pk for term in new])
    Term.objects.bulk_update(changed, ["ends_on"])
    count.created += len(new)
    count.updated += len(changed)


class _Years:
    """The board's school years, and which one a session belongs to."""

    def __init__(self, sessions: list[Session], board: SchoolBoard, count: Count, notes: Notes) -> None:
        self.board, self.count, self.notes = board, count, notes
        self.sessions = {session.key: session for session in sessions}
        self.adopted: dict[str, SchoolYear] = {}
        stored = list(SchoolYear.objects.filter(board=board))
        wanted = {}
        for session in sessions:
            if session.type == "schoolyear":
                if (twin := self._twin(session, stored)) is not None:
                    self.adopted[session.key] = twin
                    count.unchanged += 1
                else:
                    values = {"label": session.title, "starts_on": session.starts_on, "ends_on": session.ends_on}
                    wanted[session.key] = values
        upsert(SchoolYear, board, wanted, count)
        self.by_key = {year.key: year for year in SchoolYear.objects.filter(board=board)} | self.adopted

    def _twin(self, session: Session, stored: list[SchoolYear]) -> SchoolYear | None:
        """A year of the board with the same dates under another key; a year that only overlaps is reported."""
        if any(year.key == session.key for year in stored):
            return None
        for year in stored:
            if (year.starts_on, year.ends_on) == (session.starts_on, session.ends_on):
                words = _("l’année «\u00a0%(label)s\u00a0» du centre a les mêmes dates; c’est elle qui sert.")
                self.notes.tolerate(session.place, "known_year", words % {"label": year.label})
                return year
            if year.starts_on < session.ends_on and session.starts_on < year.ends_on:
                words = _("l’année chevauche «\u00a0%(label)s\u00a0», déjà connue du centre.")
                self.notes.tolerate(session.place, "overlapping_year", words % {"label": year.label})
        return None

    def of(self, session: Session) -> SchoolYear:
        """By its parents, else by its dates, else by its schoolYear; a year from July to June when none fits."""
        return self._by_parents(session) or self._by_dates(session) or self._by_column(session) or self._new(session)

    def _by_parents(self, session: Session) -> SchoolYear | None:
        seen: set[str] = set()
        parent = session.parent
        while parent and parent not in seen:
            if parent in self.by_key:
                return self.by_key[parent]
            seen.add(parent)
            parent = self.sessions[parent].parent if parent in self.sessions else ""
        return None

    def _by_dates(self, session: Session) -> SchoolYear | None:
        holding = [y for y in self.by_key.values() if y.starts_on <= session.starts_on and session.ends_on <= y.ends_on]
        return max(holding, key=lambda year: year.starts_on, default=None)

    def _by_column(self, session: Session) -> SchoolYear | None:
        same = [s for s in self.sessions.values() if s.type == "schoolyear" and s.school_year == session.school_year]
        if not session.school_year or len(same) != 1:
            return None
        year = self.by_key[same[0].key]
        words = _("les dates sortent de l’année «\u00a0%(label)s\u00a0», à laquelle la colonne rattache l’étape.")
        self.notes.tolerate(session.place.at("schoolYear"), "term_outside_year", words % {"label": year.label})
        return year

    def _new(self, session: Session) -> SchoolYear:
        first = session.starts_on.year - (session.starts_on.month < 7)
        year, created = SchoolYear.objects.get_or_create(
            board=self.board,
            key=f"{first}-{first + 1}",
            defaults={
                "label": f"{first}-{first + 1}",
                "starts_on": date(first, 7, 1),
                "ends_on": date(first + 1, 7, 1),
            },
        )
        self.by_key[year.key] = year
        self.count.created += created
        tell_created(SchoolYear, [year.pk] if created else [])
        words = _("aucune année ne contient l’étape; l’année «\u00a0%(label)s\u00a0» (juillet à juin) lui sert.")
        self.notes.tolerate(session.place, "year_deduced", words % {"label": year.label})
        return year
