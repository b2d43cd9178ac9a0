"""What people have begun to type."""

import json
from datetime import datetime

from django.db import transaction

from people import wall
from people.drafts import LONGEST, Content, OpenedForm
from people.models import Draft, User


@wall.down("a signed form names its person, also once the session is over")
def is_still_theirs(opened: OpenedForm) -> bool:
    """Whether the account of who opened the form is open, and was not closed since. One query."""
    people = User.objects.get_queryset().filter(pk=opened.person_id, access_version=opened.access_version)
    return people.filter(is_active=True).exists()


@wall.down("a signed form names its person, also once the session is over")
@transaction.atomic
def keep_draft(*, opened: OpenedForm, content: Content) -> bool:
    """Keep what was typed for the person who opened the form, in place of what was kept before.

    False if it is too long, or if the person's account was closed since.
    """
    if len(json.dumps(content)) > LONGEST or not is_still_theirs(opened):
        return False
    Draft.objects.update_or_create(person_id=opened.person_id, address=opened.address, defaults={"content": content})
    return True


@wall.down("a signed form names its person, also once the session is over")
def forget_draft(*, opened: OpenedForm) -> None:
    """The form was saved, or begun again."""
    Draft.objects.filter(person=opened.person_id, address=opened.address).delete()


def purge_drafts(*, before: datetime) -> int:
    """Delete what nobody took up again."""
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
