"""Every stored table has a decision: of whom its rows are, how long they stay, which of their words go."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, DateField, ForeignKey, JSONField, Model, TextField

from people.models import Student, User
from people.privacy.durations import durations
from people.privacy.tables import DECLARED, KEYS, Clock, Fate, table_of


def tables() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


def test_every_table_has_a_decision_and_only_one() -> None:
    assert not [model._meta.label for model in tables() if table_of(model) is None]
    assert len({one.model for one in DECLARED}) == len(DECLARED)
    assert {one.model for one in DECLARED} <= {model._meta.label for model in tables()}


def test_whoever_a_row_points_at_is_said_to_be_its_subject_or_its_author() -> None:
    assert not [fault for model in tables() for fault in unsaid(model)]


def unsaid(model: type[Model]) -> Iterator[str]:
    """Columns that lead to a student or an adult without the table's line saying what they are to the row."""
    one = table_of(model)
    assert one is not None
    for field in model._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or field.name.startswith("history_"):
            continue
        target = field.related_model
        if target is Student and field.name not in one.student:
            yield f"{model._meta.label}.{field.name}"
        if target is User and field.name not in (*one.adult, *one.by):
            yield f"{model._meta.label}.{field.name}"


def test_the_words_of_a_row_that_is_emptied_all_have_a_decision() -> None:
    silent = []
    for model in tables():
        one = table_of(model)
        assert one is not None
        if one.keeping.fate is not Fate.EMPTIED:
            assert not one.texts, one.model
            continue
        said = {*one.texts, *one.plain, *KEYS}
        silent += [f"{model._meta.label}.{field.name}" for field in words(model) if field.name not in said]
    assert not silent


def words(model: type[Model]) -> Iterator[CharField | TextField | JSONField | DateField]:
    """What somebody may have typed, and days of birth."""
    for field in model._meta.concrete_fields:
        typed = isinstance(field, CharField) and not field.choices and not field.name.startswith("history_")
        if typed or isinstance(field, TextField | JSONField) or field.name == "birth_date":
            yield field


def test_a_row_that_is_emptied_or_goes_says_whose_it_is() -> None:
    for one in DECLARED:
        if one.keeping.clock is Clock.STUDENT:
            assert one.student, one.model
        if one.keeping.clock is Clock.ADULT:
            assert one.adult, one.model
        if one.keeping.clock is Clock.OWN:
            assert one.keeping.on, one.model
        for model in one.tables:
            for whose in ("student", "adult"):
                assert not model._base_manager.filter(one.about(whose, [0], model)).query.is_empty()


def test_what_makes_the_service_run_is_said_last_under_one_name() -> None:
    *people, last = durations()
    assert last.kinds == ["réglages techniques, sans renseignement personnel"]
    assert "signes de vie du service" not in [kind for line in people for kind in line.kinds]
