"""The pages the law asks for: one list, drawn in the foot of each page, in the addresses and in the site map."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from clu_portal.addresses import address_of
from clu_portal.lib import accessibility_table

TABLE = settings.BASE_DIR / "docs" / "accessibility.md"


@dataclass(frozen=True)
class LegalPage:
    label: str
    path: str
    name: str

    def address(self, prefecture) -> str:
        """Return the address in a préfecture, or the portal's own when there is none."""
        if prefecture is None:
            return address_of(self.name)
        return address_of(f"prefecture_{self.name}", prefecture.slug)


ACCESSIBILITY = LegalPage("Accessibilité", "accessibilite", "accessibility")
LEGAL_NOTICE = LegalPage("Mentions légales", "mentions-legales", "legal_notice")
PRIVACY = LegalPage("Données personnelles", "donnees-personnelles", "privacy")
SITE_MAP = LegalPage("Plan du site", "plan-du-site", "site_map")
LEGAL_PAGES = [SITE_MAP, ACCESSIBILITY, LEGAL_NOTICE, PRIVACY]


@cache
def criteria() -> tuple[accessibility_table.Criterion, ...]:
    return tuple(accessibility_table.read_table(TABLE))


@cache
def accessibility_state() -> accessibility_table.State:
    return accessibility_table.state(list(criteria()))


def footer_links(prefecture) -> list[tuple[str, str]]:
    """Return label and address of each page; accessibility says its state, as the RGAA asks of each page."""
    links = []
    for page in LEGAL_PAGES:
        suffix = f" : {accessibility_state().label}" if page is ACCESSIBILITY else ""
        links.append((page.label + suffix, page.address(prefecture)))
    return links
