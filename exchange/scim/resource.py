"""What a directory may say of a person, and how it stands here. The published schema is this class and no more."""

from typing import Annotated, Any

from pydantic import EmailStr
from scim2_models import (
    URN,
    ComplexAttribute,
    Meta,
    Mutability,
    Required,
    Resource,
    ResourceType,
    Schema,
    ServiceProviderConfig,
    Uniqueness,
)

from exchange.models import DirectoryEntry
from people.models import User as Adult

MOST_LISTED = 200
FARTHEST = 10**9
"""From where a list is asked for, at most: databases count no further than so many digits."""


class Name(ComplexAttribute):
    given_name: str | None = None
    family_name: str | None = None


class Email(ComplexAttribute):
    value: EmailStr | None = None
    type: str | None = None
    primary: bool | None = None


class User(Resource[Any]):
    """An adult of the board. ``userName`` is how the directory knows them: mostly their address."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Required.true, Uniqueness.server, Mutability.read_write] = None
    active: Annotated[bool | None, Required.true] = None
    """Whether their account is open; a request that leaves it out means that it is."""
    name: Name | None = None
    emails: list[Email] | None = None
    """One at most: the primary one, else the first."""

    @property
    def email(self) -> Email | None:
        """The one that is kept."""
        told = [email for email in self.emails or [] if email.value]
        return next((email for email in told if email.primary), told[0] if told else None)

    @property
    def address(self) -> str:
        """Where the person is written to, and with what they sign in; empty when neither says it."""
        said = str(self.email.value) if self.email else self.user_name or ""
        return said.strip().lower() if "@" in said else ""


def resource_of(adult: Adult, entry: DirectoryEntry | None, *, root: str) -> User:
    """An adult as the directory reads them; ``root`` is the address of the service."""
    user_name = entry.user_name if entry else ""
    kind, primary = (entry.email_type, entry.email_primary) if entry else ("", True)
    named = Name(given_name=adult.given_name or None, family_name=adult.family_name or None)
    return User(
        id=str(adult.pk),
        external_id=entry.external_id or None if entry else None,
        user_name=user_name or adult.email or adult.key,
        active=adult.is_active,
        name=named if adult.given_name or adult.family_name else None,
        emails=[Email(value=adult.email, type=kind or None, primary=primary)] if adult.email else None,
        meta=Meta(
            resource_type="User",
            location=f"{root}/Users/{adult.pk}",
            created=entry.created_at if entry else None,
            last_modified=entry.changed_at if entry else None,
        ),
    )


def described(root: str) -> tuple[ServiceProviderConfig, list[ResourceType], list[Schema]]:
    """What the service offers, of what, and with which attributes."""
    config = ServiceProviderConfig.model_validate(
        {
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST_LISTED},
            "changePassword": {"supported": False},
            "sort": {"supported": False},
            "etag": {"supported": False},
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "Bearer",
                    "description": "Le jeton d’annuaire de l’organisme",
                    "primary": True,
                }
            ],
            "meta": {"resourceType": "ServiceProviderConfig", "location": f"{root}/ServiceProviderConfig"},
        }
    )
    kind = ResourceType.from_resource(User)
    kind.meta = Meta(resource_type="ResourceType", location=f"{root}/ResourceTypes/User")
    schemas = [model.to_schema() for model in (User, ResourceType, ServiceProviderConfig, Schema)]
    for schema in schemas:
        schema.meta = Meta(resource_type="Schema", location=f"{root}/Schemas/{schema.id}")
    return config, [kind], schemas
