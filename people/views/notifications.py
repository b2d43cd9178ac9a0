"""What the person was told in the application."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.actions.messages import mark_read
from people.models import Notification
from people.requests import PersonRequest

PER_PAGE = 25


@require_safe
def notifications(request: PersonRequest) -> HttpResponse:
    """One's own, the latest first; what they say is read now, by what the person may see now."""
    mine = Notification.objects.visible_to(request.user)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/notifications.html", {"page": page})


@require_POST
def notifications_read(request: PersonRequest) -> HttpResponse:
    """Mark one as read, or all of them."""
    unread = Notification.objects.visible_to(request.user).unread()
    one = request.POST.get("notification", "")
    if one:
        unread = unread.filter(pk=one) if one.isdecimal() and len(one) < 19 else unread.none()
    mark_read(notifications=unread, at=timezone.now())
    return redirect("notifications")
