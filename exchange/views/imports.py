"""Bring a file in: send it, check its columns, decide of its lines, apply it, and take it back."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from exchange import actions
from exchange.forms import ColumnsForm, QuestionsForm, RowsForm, UploadForm, too_large
from exchange.imports.progress import listen
from exchange.imports.registry import KINDS
from exchange.imports.sheets import LARGEST
from exchange.left_out import left_out_file
from exchange.models import ImportRow, ImportRun
from exchange.outcome import Outcome
from people.access import Role
from people.models import School
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, number, page, posted, succeeded

IMPORTERS = (Role.SCHOOL_MANAGER, Role.BOARD_ADMIN)
State = ImportRun.State
RUNS, ROWS, SAMPLES, MOST_ROWS = 20, 20, 60, 100
UNSETTLED = (ImportRow.Standing.WRONG, ImportRow.Standing.ASKS)


@require_http_methods(["GET", "POST"])
def imports(request: PersonRequest) -> HttpResponse:
    """Send a file, and find one's own again."""
    user = request.user
    require_role(user, *IMPORTERS)
    whole = user.access.holds(Role.BOARD_ADMIN)
    schools = School.objects.managed_by(user)
    form = UploadForm(posted(request), request.FILES, schools=schools, whole=whole, initial=_first(request))
    if form.is_bound and not form.files and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        form.add_error("file", too_large())

    def send() -> ImportRun:
        given, file = form.cleaned_data, form.cleaned_data["file"]
        board: Any = given["school"].board if given["school"] else user.board
        return actions.upload(
            board=board, school=given["school"], person=user, name=file.name, content=file.read(), kind=given["kind"],
            entry_uuid=given["entry_uuid"], on=user.local_date(),
        )  # fmt: skip

    if run := done(form, send):
        return redirect("import_run", run.pk)
    runs = Paginator(ImportRun.objects.visible_to(user).select_related("school"), RUNS)
    shown = runs.get_page(request.GET.get("page"))
    listen(shown.object_list)
    return page(request, "exchange/imports.html", form, page=shown)


def _first(request: PersonRequest) -> dict[str, Any]:
    kind = request.GET.get("nature", "")
    return {"entry_uuid": uuid.uuid4(), "kind": kind if kind in KINDS else ""}


@require_http_methods(["GET", "POST"])
def import_run(request: PersonRequest, pk: int) -> HttpResponse:
    """Where an import stands: what it will do, what is to decide, how far it is, what it did."""
    run = _own(request, pk)
    if run.state == State.READ:
        return redirect("import_columns", pk)
    if run.state == State.REVIEWED and run.summary.get("questions"):
        return _asked(request, run)
    form = _decisions(request, run)
    if form is None or not succeeded(form, partial(_decide, request, run, form)):
        return _shown(request, run, form, status=422 if form and form.is_bound else 200)
    wrong = run.rows.filter(number__in=[row.number for row in form.rows], standing=ImportRow.Standing.WRONG)
    if wrong.exists():
        return _shown(request, run, RowsForm(run=run, rows=wrong), status=422)
    messages.success(request, _("Vos décisions sont gardées."))
    return redirect("import_run", pk)


def _asked(request: PersonRequest, run: ImportRun) -> HttpResponse:
    """The preview of an archive that asks something of its reader."""
    form = QuestionsForm(posted(request), run=run)
    if succeeded(form, lambda: actions.agree(run=run, names=form.agreed())):
        messages.success(request, _("Vos décisions sont gardées."))
        return redirect("import_run", run.pk)
    return _shown(request, run, form, status=422 if form.is_bound else 200)


def _decisions(request: PersonRequest, run: ImportRun) -> RowsForm | None:
    """The form of the lines that were sent, else of those that wait, a page at a time; none of what has no line."""
    if run.declared is None or not run.declared.columns_file or run.state != State.REVIEWED:
        return None
    if request.method == "POST":
        numbers = [number(text) for text in request.POST.getlist("row")[:MOST_ROWS]]
        return RowsForm(request.POST, run=run, rows=run.rows.filter(number__in=numbers))
    return RowsForm(run=run, rows=_unsettled(request, run))


def _unsettled(request: PersonRequest, run: ImportRun) -> Page[ImportRow]:
    return Paginator(run.rows.filter(standing__in=UNSETTLED), ROWS).get_page(request.GET.get("page"))


def _decide(request: PersonRequest, run: ImportRun, form: RowsForm) -> object:
    return actions.decide(run=run, fixes=form.fixes(), answers=form.answers(), on=request.user.local_date())


def _shown(
    request: PersonRequest, run: ImportRun, form: RowsForm | QuestionsForm | None, status: int = 200
) -> HttpResponse:
    run.refresh_from_db()
    listen([run])
    context = {
        "run": run,
        "form": form,
        "page": _unsettled(request, run),
        "outcome": Outcome(run, request.user.local_date()),
    }
    return render(request, "exchange/run.html", context, status=status)


@require_safe
def import_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a job is; the page is asked for again once it is over."""
    run = _own(request, pk)
    if not run.is_working:
        return HttpResponseClientRefresh()
    listen([run])
    return render(request, "exchange/_progress.html", {"run": run})


@require_http_methods(["GET", "POST"])
def import_columns(request: PersonRequest, pk: int) -> HttpResponse:
    """Check what the columns are; another kind shows its own columns."""
    run = _own(request, pk)
    if run.state not in (State.READ, State.REVIEWED) or not run.header:
        return redirect("import_run", pk)
    kind = KINDS.get(request.POST.get("kind", run.kind)) or run.declared
    changes_kind = "change" in request.POST
    form = ColumnsForm(None if changes_kind else posted(request), run=run, kind=kind)

    def keep() -> ImportRun:
        said = form.cleaned_data["kind"]
        return actions.set_columns(run=run, kind=said, mapping=form.mapping(), on=request.user.local_date())

    if done(form, keep):
        return redirect("import_run", pk)
    columns = form.columns(run.rows.all()[:SAMPLES])
    return page(request, "exchange/columns.html", form, run=run, kind=kind, columns=columns)


@require_POST
def import_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """One answer for all the lines that ask the same thing."""
    run = _own(request, pk)
    code, answer = request.POST.get("code", ""), request.POST.get("answer", "")
    remark = run.declared.remark(code) if run.declared else None
    if remark is None or answer not in {"leave", *dict(remark.answers)}:
        messages.warning(request, _("Choisissez une réponse de la liste."))
    elif refusal := _refusal(
        lambda: actions.decide_all(run=run, code=code, answer=answer, on=request.user.local_date())
    ):
        messages.warning(request, refusal)
    else:
        messages.success(request, _("Votre réponse vaut pour toutes ces lignes."))
    return redirect("import_run", pk)


@require_POST
def import_apply(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for it to be written, by a job."""
    run = _own(request, pk)
    leave = request.POST.get("reste") == "laisser"
    if refusal := _refusal(lambda: actions.queue(run=run, leave_rest=leave, on=request.user.local_date())):
        messages.warning(request, refusal)
    return redirect("import_run", pk)


@require_POST
def import_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the whole import back."""
    run = _own(request, pk)
    if refusal := _refusal(lambda: actions.undo(run=run, person=request.user, on=request.user.local_date())):
        messages.warning(request, refusal)
    else:
        messages.success(request, _("L’importation est annulée\u00a0: tout est comme avant."))
    return redirect("import_run", pk)


@require_POST
def import_discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a file that was not applied."""
    run = _own(request, pk)
    if refusal := _refusal(lambda: actions.discard(run=run, person=request.user)):
        messages.warning(request, refusal)
        return redirect("import_run", pk)
    messages.success(request, _("Le fichier est effacé."))
    return redirect("imports")


@require_safe
def import_left(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """The lines that were left out, with the reason, as a file that a spreadsheet opens."""
    return left_out_file(_own(request, pk))


def _own(request: PersonRequest, pk: int) -> ImportRun:
    require_role(request.user, *IMPORTERS)
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("board", "school"), pk=pk)


def _refusal(act: Callable[[], object]) -> str:
    """What an action that has no form refuses, in words; empty when it was done."""
    try:
        act()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""
