"""Passwords made of words anybody would try here (A04; ASVS 5.0 6.2.11; NIST SP 800-63B-4 §3.1.1.2)."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import Q

from clu_portal.accounts.models import User
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import current_prefecture_id

# The documented list: the portal's own words. Those of the account and of its préfectures are added for each.
PORTAL_WORDS = ("administration", "clu", "comite", "motdepasse", "portail", "prefecture", "qualite", "usagers")
WORD_MIN_LETTERS = 3
OWN_LETTERS = 8  # what must be left of the password beside such words, figures and signs: eight letters of one's own
REFUSAL = "Ce mot de passe se devine : il tient surtout dans votre nom, celui du portail ou celui de la préfecture."


class ContextualWordValidator:
    """Refuses a password that is little else than such words. One that holds some among others is accepted."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_made_of(password, {*PORTAL_WORDS, *words_about(user)}):
            raise ValidationError(REFUSAL, code="contextual_password")

    def get_help_text(self) -> str:
        return "Votre mot de passe ne peut pas tenir dans votre nom, celui du portail ou celui de la préfecture."


def is_made_of(password: str, words: set[str]) -> bool:
    """Whether a password holds one of these words, and fewer than OWN_LETTERS letters besides."""
    typed = letters(password)
    left = re.sub("|".join(sorted(words, key=len, reverse=True)), "", typed)
    return len(typed) > len(left) < OWN_LETTERS


def words_about(user: User | None) -> set[str]:
    """The words of the account's name and address, and of the name and city of its préfectures."""
    texts = [user.name, user.email or ""] if user else []
    ours = Q(pk=current_prefecture_id())
    if user and user.pk:
        ours |= Q(roles__user=user.pk)
    texts += [text for row in Prefecture.objects.filter(ours).values_list("name", "city", "slug") for text in row]
    words = {letters(word) for text in texts for word in re.split(r"[\W_]+", text)}
    return {word for word in words if len(word) >= WORD_MIN_LETTERS}


def letters(text: str) -> str:
    """The letters of a text, small and without accents: « Préfecture-2026 ! » is « prefecture »."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalpha())
