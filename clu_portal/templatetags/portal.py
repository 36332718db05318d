"""What base.html asks for: the menu, the account, the look."""

from django import template
from django.conf import settings

from clu_portal import navigation
from clu_portal.accounts.enums import RoleKind
from clu_portal.legal import pages
from clu_portal.organisations.enums import Theme

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context) -> list[navigation.Item]:
    """The entries this person sees in the préfecture of the page; none on a page outside a préfecture."""
    prefecture, user = context.get("prefecture"), context.get("user")
    if prefecture is None or user is None or not user.is_authenticated:
        return []
    return navigation.menu(prefecture, user.roles_in(prefecture.pk), context["request"].path)


@register.simple_tag(takes_context=True)
def account_roles(context) -> list[str]:
    """The labels of the roles held in the préfecture of the page."""
    prefecture, user = context.get("prefecture"), context.get("user")
    if prefecture is None or user is None or not user.is_authenticated:
        return []
    return [kind.label for kind in RoleKind if kind in user.roles_in(prefecture.pk)]


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """« state » where the operator and the préfecture are both entitled to the State's identity, else « neutral »."""
    prefecture = context.get("prefecture")
    entitled = settings.STATE_IDENTITY_ALLOWED and prefecture is not None and prefecture.theme == Theme.STATE
    return Theme.STATE if entitled else Theme.NEUTRAL


@register.filter
def alert_kind(level_tag: str) -> str:
    """The DSFR alert of a Django message level."""
    return level_tag if level_tag in {"success", "warning", "error"} else "info"


@register.simple_tag(takes_context=True)
def legal_links(context) -> list[tuple[str, str]]:
    return pages.footer_links(context.get("prefecture"))
