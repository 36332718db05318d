"""Who loads: the accounts of a préfecture, and the rows they find or make on their way."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import Role, User
from clu_portal.organisations.enums import Civility
from clu_portal.organisations.models import Organisation, Person, Prefecture

DEMONSTRATION = UUID("6f0d0b0e-3c52-4b57-9a53-3f1b0c1f9d11")
CIVILITIES = {Civility(value).label: value for value in ("madame", "monsieur")}


@dataclass(frozen=True)
class Hands:
    """The two who act for a préfecture: its référent and whoever approves."""

    prefecture: Prefecture
    referent: User
    secretary_general: User

    @classmethod
    def of(cls, prefecture: Prefecture) -> "Hands":
        roles = Role.objects.filter(prefecture=prefecture).select_related("user")
        users = {role.kind: role.user for role in roles.order_by("-pk")}
        return cls(prefecture, users[RoleKind.REFERENT], users[RoleKind.SECRETARY_GENERAL])

    def uuid_of(self, key: str) -> UUID:
        """The identifier of a thing of the story, the same at each loading."""
        return uuid5(DEMONSTRATION, f"{self.prefecture.slug}/{key}")


def person_named(said: str, *, organisation: Organisation | None = None, email: str = "") -> Person:
    """Find or make « Mme Prénom Nom »; somebody known gains the organisation and the address still missing."""
    civility, given_name, surname = said.split(maxsplit=2)
    named = {"civility": CIVILITIES[civility], "given_name": given_name, "surname": surname}
    return Person.objects.get_or_create(**named, defaults={"organisation": organisation, "email": email})[0]
