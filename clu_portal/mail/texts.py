"""The texts of messages: templates of the repository, the text first; the HTML is drawn from it (I04)."""

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string

from clu_portal.lib.text import clean_line
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import required_prefecture_id


def compose(name: str, context: dict) -> tuple[str, str, str]:
    """Return (subject, text, html) from emails/<name>_subject.txt and emails/<name>.txt.

    The templates also have `prefecture` and `base_url`; links come from settings.BASE_URL, never from a request (B06).
    """
    prefecture = Prefecture.objects.get(pk=required_prefecture_id())
    context = {"prefecture": prefecture, "base_url": settings.BASE_URL, **context}
    subject = clean_line(render_plain(f"emails/{name}_subject.txt", context))
    text = render_plain(f"emails/{name}.txt", context).strip() + "\n"
    html = render_to_string("emails/base.html", {"prefecture": prefecture, "subject": subject, "text": text})
    return subject, text, html


def render_plain(template_name: str, context: dict) -> str:
    """Render a text that is not HTML: an apostrophe stays an apostrophe."""
    template = engines["django"].get_template(template_name).template
    return template.render(Context(context, autoescape=False))
