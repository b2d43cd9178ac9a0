"""What people have begun to type."""

import json
from datetime import datetime

from django.db import transaction

from people.drafts import LONGEST, Content, OpenedForm
from people.models import Draft


@transaction.atomic
def keep_draft(*, opened: OpenedForm, content: Content) -> bool:
    """Keep what was typed for the person who opened the form, in place of what was kept before; False if too long."""
    if len(json.dumps(content)) > LONGEST:
        return False
    Draft.objects.update_or_create(person_id=opened.person_id, address=opened.address, defaults={"content": content})
    return True


def forget_draft(*, opened: OpenedForm) -> None:
    """The form was saved, or begun again."""
    Draft.objects.filter(person=opened.person_id, address=opened.address).delete()


def purge_drafts(*, before: datetime) -> int:
    """Delete what nobody took up again."""
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
