from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: accounts come from invitations."""

    def is_open_for_signup(self, request) -> bool:
        return False
