"""What base.html asks for: the menu, the account, the look."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template import defaultfilters
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from clu_portal import navigation
from clu_portal.accounts.enums import RoleKind
from clu_portal.addresses import address_of
from clu_portal.legal import pages
from clu_portal.lib import user_agents
from clu_portal.lib.text import first_in_french, keep_together, of_whom
from clu_portal.organisations.enums import Theme

register = template.Library()

# The colour of a state's badge; the words say the same.
BADGES = {
    "success": "success",
    "info": "info",
    "warning": "warning",
    "error": "error",
    "done": "success",
    "sealed": "success",
    "convened": "info",
    "in_review": "info",
    "drafting": "new",
    "postponed": "warning",
    "replaced": "warning",
    "abandoned": "warning",
    "cancelled": "error",
    "dead": "error",
}


@register.simple_tag(takes_context=True)
def main_menu(context) -> tuple[navigation.Item, ...]:
    """The entries this person sees in the préfecture of the page; none on a page outside a préfecture."""
    prefecture, user = context.get("prefecture"), context.get("user")
    if prefecture is None or user is None or not user.is_authenticated:
        return ()
    return tuple(navigation.menu(prefecture, user.roles_in(prefecture.pk), context["request"].path))


@register.simple_tag(takes_context=True)
def account_roles(context) -> list[str]:
    """The labels of the roles held in the préfecture of the page."""
    prefecture, user = context.get("prefecture"), context.get("user")
    if prefecture is None or user is None or not user.is_authenticated:
        return []
    return [kind.label for kind in RoleKind if kind in user.roles_in(prefecture.pk)]


@register.simple_tag(takes_context=True)
def account(context) -> str:
    """Who is signed in and the way out; drawn once for the two places of the header that show it."""
    return context.template.engine.get_template("components/account.html").render(context)


@register.simple_tag
def address(name: str, *args) -> str:
    """As `url`, for the addresses each page draws: found once per process."""
    return address_of(name, *args)


@register.simple_tag
def remembered(template_name: str, **values) -> str:
    """Draw a component that sees these values and nothing else: the same values, the same drawing, kept."""
    return _drawn(template_name, tuple(values.items()))


@lru_cache(maxsize=1000)
def _drawn(template_name: str, values: tuple) -> str:
    return render_to_string(template_name, dict(values))


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """« state » where the operator and the préfecture are both entitled to the State's identity, else « neutral »."""
    prefecture = context.get("prefecture")
    entitled = settings.STATE_IDENTITY_ALLOWED and prefecture is not None and prefecture.theme == Theme.STATE
    return Theme.STATE if entitled else Theme.NEUTRAL


@register.simple_tag
def security_keys() -> bool:
    """Whether security keys may be used: a portal without a name of its own has none (settings.py)."""
    return "webauthn" in settings.MFA_SUPPORTED_TYPES


@register.filter
def alert_kind(level_tag: str) -> str:
    """The DSFR alert of a Django message level."""
    return level_tag if level_tag in {"success", "warning", "error"} else "info"


@register.filter
def on_two_lines(text: str) -> str:
    """« Préfète / de la Valmarche », as the State's mark is written."""
    first, _, rest = text.partition(" ")
    return format_html("{}<br>{}", first, rest) if rest else first


@register.filter
def lower_first(text: str) -> str:
    """« Préfecture de la Valmarche » inside a sentence."""
    return text[:1].lower() + text[1:]


@register.filter
def day(value) -> str:
    """« 1er janvier 2019 »; empty for no day."""
    return first_in_french(defaultfilters.date(value, "j F Y"))


register.filter("of_whom", stringfilter(of_whom))


@register.filter
def browser_name(user_agent: str) -> str:
    return user_agents.name(user_agent)


@register.simple_tag
def state_badge(label: str, kind: str) -> str:
    """A state, in words; its colour only repeats them. Kind: the state's value, or success, info, warning, error."""
    colour = f" fr-badge--{BADGES[kind]}" if kind in BADGES else ""
    return format_html('<span class="fr-badge fr-badge--sm fr-badge--no-icon{}">{}</span>', colour, label)


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context, *parts: str) -> dict:
    """`{% breadcrumb "Réunions" meetings_url "Réunion du 3 mars" %}`: labels and addresses in turn, then the page."""
    prefecture = context.get("prefecture")
    home = prefecture.get_absolute_url() if prefecture else reverse("home")
    steps = [("Accueil", home), *zip(parts[:-1:2], parts[1:-1:2], strict=True)]
    return {"steps": steps, "current": parts[-1]}


@register.simple_block_tag
def data_table(content: str, caption: str, *, stacked: bool = False) -> str:
    """Put the rows of a table in the box that scrolls.

    `stacked`: on a phone, each row is a block instead, where a cell says its column: « data-label » of each.
    """
    return render_to_string("components/data_table.html", {"content": content, "caption": caption, "stacked": stacked})


@register.simple_tag(takes_context=True)
def legal_links(context) -> tuple[tuple[str, str], ...]:
    return tuple(pages.footer_links(context.get("prefecture")))


@register.filter
def in_script(json: str, element_id: str) -> str:
    """As Django's `json_script`, for what is JSON already: nothing of it ends the element, and it reads the same."""
    safe = json.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return format_html('<script id="{}" type="application/json">{}</script>', element_id, mark_safe(safe))


@register.filter
def named(person) -> str:
    """A person as a page names them: « Mme » never ends a line without the name."""
    return keep_together(str(person))
