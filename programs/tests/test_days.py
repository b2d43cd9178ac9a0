"""The fold of earlier days: class days of the last thirty, and those on which something waits."""

from datetime import date, timedelta

from accompagnement.demo.cast import Cast
from programs.log.day_choices import earlier_days, without
from programs.models import SchoolDay


def test_thirty_days_of_class_the_latest_week_first(cast: Cast) -> None:
    SchoolDay.objects.filter(school=cast.school, date=date(2026, 11, 18)).update(kind="pedagogical")
    sunday = date(2026, 11, 15)
    weeks = earlier_days(cast.school.pk, cast.on, since=date(2026, 1, 1), due=[sunday])
    days = [day.value for week in weeks for day in week.days]
    assert weeks[0].label == "Semaine du 16 novembre"
    assert [day.short for day in weeks[0].days] == ["lun. 16", "mar. 17", "jeu. 19", "ven. 20"]
    assert min(days) >= (cast.on - timedelta(days=30)).isoformat()
    assert cast.on.isoformat() not in days
    assert [day.value for week in weeks for day in week.days if day.due] == [sunday.isoformat()]
    left = without({day.value for day in weeks[0].days}, weeks)
    assert left == weeks[1:]
    young = earlier_days(cast.school.pk, cast.on, since=date(2026, 11, 19))
    assert [day.value for week in young for day in week.days] == ["2026-11-19", "2026-11-20"]
