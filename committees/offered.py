"""What the committees offer to the rest of the portal (clu_portal/offers.py)."""


def register() -> None:
    pass
