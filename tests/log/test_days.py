"""The fold of earlier days: class days of the last thirty, and those on which something waits."""

import re
from datetime import date, timedelta

from programs.models import SchoolDay
from tests.log.book import Book
from tests.log.page import html


def fold(book: Book) -> tuple[list[str], dict[date, bool]]:
    """The weeks that are offered, the latest first; each day, and whether it says that a meeting waits."""
    page = html(book.nadia.get(book.page)).split('class="more-days"')[1].split("</details>")[0]
    chips = re.findall(r'name="day" value="([\d-]+)"(.*?)</label>', page, re.DOTALL)
    days = {date.fromisoformat(value): "prévue" in words for value, words in chips}
    return re.findall(r'more-days-week">(Semaine[^<]+)<', page), days


def test_thirty_days_of_class_and_those_that_wait_the_latest_week_first(meetings: Book) -> None:
    SchoolDay.objects.filter(school=meetings.cast.school, date=date(2026, 11, 17)).update(kind="pedagogical")
    sunday = date(2026, 11, 1)
    for day in (sunday, date(2026, 11, 20), date(2026, 11, 19)):
        meetings.plan_on(day)  # the last two stand at hand, on chips of their own
    weeks, days = fold(meetings)
    assert weeks[0] == "Semaine du 16 novembre"
    assert [day.day for day in days if day > date(2026, 11, 15)] in ([16, 18], [16, 18, 19])
    assert meetings.today not in days
    assert min(days) >= meetings.today - timedelta(days=30)
    assert [day for day, waits in days.items() if waits and day.isoweekday() == 7] == [sunday]


def test_no_day_from_before_the_relation(meetings: Book) -> None:
    type(meetings.of).objects.filter(pk=meetings.of.pk).update(starts_on=date(2026, 11, 17))
    weeks, days = fold(meetings)
    assert weeks == ["Semaine du 16 novembre"]
    assert min(days) >= date(2026, 11, 17)


def test_an_odd_day_in_the_address_is_today_and_a_plan_to_log_opens_on_its_day(meetings: Book) -> None:
    for asked in ("2026-13-05", "2026-11-19\x00"):
        page = html(meetings.nadia.get(meetings.page, {"le": asked}))
        assert re.search(rf'name="day" value="{meetings.today}"[^>]* checked', page)
    waiting = meetings.plan_on(date(2026, 11, 18))
    page = html(meetings.nadia.get(meetings.edit(waiting), follow=True))
    assert re.search(r'name="day" value="2026-11-18"[^>]* checked', page)
