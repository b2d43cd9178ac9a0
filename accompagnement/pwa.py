"""What a device keeps of the application: its frame, never anybody's page. See docs/decisions/0009-drafts.md."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SHELL = (
    "vendor/bootstrap/bootstrap.purged.css",
    "css/accompagnement.css",
    "css/components.css",
    "css/weeks.css",
    "css/forms.css",
    "css/dark.css",
    "js/app.js",
    "img/icons.svg",
    "img/favicon.svg",
)
"""What every page asks for, and the page that says that the network is cut."""

COLOURS = {"theme_color": "#0e5c63", "background_color": "#ffffff"}


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device needs to install the application."""
    sizes = (("192", "any"), ("512", "any"), ("512", "maskable"))
    icons = [
        {"src": static(f"img/app-{size}{'-maskable' if purpose == 'maskable' else ''}.png"), "type": "image/png"}
        | {"sizes": f"{size}x{size}", "purpose": purpose}
        for size, purpose in sizes
    ]
    icons.append({"src": static("img/favicon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"})
    content = COLOURS | {
        "name": "Accompagnement",
        "short_name": "Accompagnement",
        "description": _("Les rencontres, les dyades et les groupes, semaine après semaine."),
        "lang": request.LANGUAGE_CODE,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "icons": icons,
        "shortcuts": [
            {"name": _("Ma semaine"), "url": reverse("week")},
            {"name": _("Consigner"), "url": reverse("log")},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@login_not_required
@cache_control(no_cache=True)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script changes with the files that it keeps: a new version of the application is a new one of it."""
    page, files = reverse("offline"), [static(name) for name in SHELL]
    version = sha256("\n".join([*files, render_to_string("offline.html")]).encode()).hexdigest()[:12]
    context = {"version": version, "page": page, "kept": [page, *files]}
    return render(request, "sw.js", context, content_type="text/javascript")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """« Le réseau est coupé »: the same for everybody."""
    return render(request, "offline.html")
