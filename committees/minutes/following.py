"""Where minutes in review stand, for the open pages that follow them until they are sealed."""

from clu_portal.files.models import Rendering
from clu_portal.files.rendering import latest_rendering, standing
from committees.minutes.acts import APPROVAL_PDF, SEAL
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes

AWAITED = "Les pages sont prêtes et attendent l'approbation. Cette page le dira d'elle-même."
REVIEW_OVER = {
    MinutesState.DRAFTING: "Le compte-rendu est renvoyé en rédaction.",
    MinutesState.SEALED: "Le compte-rendu est scellé. Le PDF scellé se télécharge sur cette page.",
    MinutesState.REPLACED: "Le compte-rendu est scellé, et déjà remplacé par une autre version.",
    MinutesState.ABANDONED: "Cette version est abandonnée.",
}


def rendering_under_way(minutes: Minutes) -> Rendering | None:
    """What the review waits for: the pages to approve, then the seal."""
    if minutes.state != MinutesState.IN_REVIEW:
        return None
    return latest_rendering(SEAL if minutes.current_approval() else APPROVAL_PDF, minutes)


def minutes_standing(minutes: Minutes, rendering: Rendering | None) -> dict:
    """The stage, its words and its progress, as `standing` tells them of one document."""
    if rendering is None:
        return {"stage": minutes.state, "step": REVIEW_OVER.get(minutes.state, AWAITED), "progress": 100}
    return standing(rendering) | ({"step": AWAITED} if rendering.is_done else {})
