"""Security events (L01): which account, which préfecture, which request. Never a name nor an address."""

import logging

from clu_portal.tenancy import current_prefecture_id

logger = logging.getLogger("clu_portal.security")


def log_event(event: str, user=None, **details) -> None:
    """Write one line, « sign_in account=12 prefecture=3 »; the formatter adds the reference of the request."""
    words = {"account": getattr(user, "pk", None) or "-", "prefecture": current_prefecture_id() or "-", **details}
    logger.info("%s %s", event, " ".join(f"{key}={value}" for key, value in words.items()))
