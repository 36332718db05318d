"""The same pages with and without a préfecture in the address. Included at the root, before « <slug>/ »."""

from django.urls import path

from clu_portal.legal import views
from clu_portal.legal.pages import LEGAL_PAGES

urlpatterns = [
    route
    for page in LEGAL_PAGES
    for route in (
        path(f"{page.path}/", getattr(views, page.name), name=page.name),
        path(f"<slug:prefecture>/{page.path}/", getattr(views, page.name), name=f"prefecture_{page.name}"),
    )
]
