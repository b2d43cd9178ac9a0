"""What Prometheus reads: ages, queues, requests. No label is of a person; a board is its id.

``deploy/prometheus/alerts.yml`` says what is worth waking somebody for.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from accompagnement.models import Pulse
from exchange.models import ImportRun
from people import wall
from people.models import AuditEntry, Message, SchoolBoard
from people.retention import IMPORT_SILENT
from reports.models import Report
from reports.models.prepared import silent_before

PREFIX = "accompagnement_"
UNCERTAIN_FOR = timedelta(days=7)
"""A letter whose outcome is unknown is worth a look for so long: nothing sends it again."""

Rows = Iterator[tuple[tuple[str, ...], float]]


class Facts(Collector):
    """What the database knows, asked when it is read. Seven queries."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        for name, said, labels, rows in (
            ("pulse_age_seconds", "Since the last sign of life: worker, backup.", ("of",), pulses(now)),
            ("evaluation_age_seconds", "Since a board was last evaluated.", ("board",), evaluations(now)),
            ("jobs_waiting", "Jobs that nobody has begun.", ("kind",), waiting()),
            ("jobs_oldest_seconds", "How long the oldest of them has waited.", ("kind",), oldest(now)),
            ("jobs_stuck", "Jobs begun, whose worker fell silent.", ("kind",), stuck(now)),
            ("mail_unsent", "E-mails that have not left, or may not have.", ("state",), unsent(now)),
        ):
            family = GaugeMetricFamily(PREFIX + name, said, labels=labels)
            for values, number in rows:
                family.add_metric(values, number)
            yield family


def pulses(now: datetime) -> Rows:
    for of, at in Pulse.objects.values_list("of", "at"):
        yield (of,), (now - at).total_seconds()


def evaluations(now: datetime) -> Rows:
    """Of a board never evaluated, since its first line in the journal: its first night may never come."""
    last = Max("evaluations__at", filter=Q(evaluations__backfilled=False))
    begun = AuditEntry.objects.filter(board=OuterRef("pk")).order_by("at").values("at")[:1]
    boards = SchoolBoard.objects.order_by("pk").annotate(since=Coalesce(last, Subquery(begun)))
    for board, at in boards.values_list("pk", "since"):
        if at is not None:
            yield (str(board),), (now - at).total_seconds()


def queues() -> Iterator[tuple[str, QuerySet, str]]:
    """Each kind of job, those that nobody has begun, and the column that says since when."""
    imports = ImportRun.objects.filter(state__in=[ImportRun.State.UPLOADED, ImportRun.State.QUEUED])
    yield "import", imports.annotate(since=Coalesce("beat_at", "uploaded_at")), "since"
    yield "report", Report.objects.filter(state=Report.State.QUEUED), "asked_at"
    yield "mail", Message.objects.filter(state=Message.State.QUEUED), "created_at"


def waiting() -> Rows:
    for kind, rows, _since in queues():
        yield (kind,), rows.count()


def oldest(now: datetime) -> Rows:
    for kind, rows, since in queues():
        first = rows.aggregate(first=Min(since))["first"]
        yield (kind,), (now - first).total_seconds() if first else 0


def stuck(now: datetime) -> Rows:
    applying = ImportRun.objects.filter(state=ImportRun.State.APPLYING, beat_at__lt=now - IMPORT_SILENT)
    working = Report.objects.filter(state=Report.State.WORKING, beat_at__lt=silent_before(now))
    yield ("import",), applying.count()
    yield ("report",), working.count()


def unsent(now: datetime) -> Rows:
    state = Message.State
    late = Q(state__in=[state.QUEUED, state.REFUSED]) | Q(state=state.UNKNOWN, claimed_at__gt=now - UNCERTAIN_FOR)
    found = dict(Message.objects.filter(late).order_by().values_list("state").annotate(Count("pk")))
    for one in (state.QUEUED, state.REFUSED, state.UNKNOWN):
        yield (str(one),), found.get(one, 0)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For who holds ``METRICS_TOKEN``, as a bearer; there is nothing here for anyone else, nor without a token."""
    token, said = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not token or not constant_time_compare(said, f"Bearer {token}"):
        raise Http404
    facts, processes = CollectorRegistry(), CollectorRegistry()
    facts.register(Facts())
    if settings.METRICS_SHARED:
        MultiProcessCollector(processes)  # type: ignore[no-untyped-call]
    with wall.down("numbers of the whole installation, for who holds the token"):
        text = generate_latest(facts) + generate_latest(processes if settings.METRICS_SHARED else REGISTRY)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
