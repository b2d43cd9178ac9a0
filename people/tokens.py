"""The link that resets a password."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from people.models import User


class ResetTokens(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc]
    """As allauth's; dead too once the account was closed, whatever became of it since."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.access_version}"
