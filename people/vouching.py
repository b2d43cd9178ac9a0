"""Of whom a provider of identities speaks: an account that exists, is open, and whose address it has verified.

Nobody is let in by what a person could have written themselves: an address counts once the provider says that it
verified it. At Microsoft that is the name by which the directory knows the person (its domain is proved by the
organisation), or an address that it says belongs to a proved domain, and the directory must be the expected one.
"""

from collections.abc import Mapping
from typing import Any

from people.models import User


def address_of(claims: Mapping[str, Any], *, tenant: str = "") -> str:
    """The verified address of who stands behind these claims (of an ID token); empty when there is none.

    ``tenant`` is the only directory of Microsoft that may vouch.
    """
    if tenant:
        if claims.get("tid") != tenant:
            return ""
        address = claims.get("email") if _is_true(claims.get("xms_edov")) else claims.get("preferred_username")
    else:
        address = claims.get("email") if _is_true(claims.get("email_verified")) else ""
    return address.strip().lower() if isinstance(address, str) and "@" in address else ""


def person_of(claims: Mapping[str, Any], *, tenant: str = "") -> User | None:
    """The one whose account is open under that address; None when nobody's is. At most one query."""
    address = address_of(claims, tenant=tenant)
    return User.objects.get_queryset().filter(email__iexact=address, is_active=True).first() if address else None


def _is_true(claim: object) -> bool:
    """Providers write it as a boolean, a number or a word."""
    return claim in (True, 1, "1", "true", "True")
