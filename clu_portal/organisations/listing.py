"""Long lists in the order of a reader, for whom accents and case do not count, one page after the other."""

from django.db import models
from django.db.models import Q

from clu_portal.accounts.enums import RoleKind
from clu_portal.lib.text import clean_line

READERS = (RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL)
WORDS_SEARCHED = 6


class ListedQuerySet(models.QuerySet):
    """The model says `list_key` (an expression), `searched_fields`, and `last_first` when the list goes down."""

    def visible_to(self, user):
        """The registries hold addresses and phones: agents and members do not read them (design §2)."""
        return self if user.has_role(*READERS) else self.none()

    def in_list_order(self):
        sign = "-" if self.is_last_first else ""
        return self.annotate(list_key=self.model.list_key).order_by(f"{sign}list_key", f"{sign}pk")

    def after(self, pk: int | None):
        """The rows that follow one row in that order; all of them when there is no such row."""
        rows = self.in_list_order()
        key = rows.filter(pk=pk).values_list("list_key", flat=True).first() if pk else None
        if key is None:
            return rows
        side = "lt" if self.is_last_first else "gt"
        return rows.filter(Q(**{f"list_key__{side}": key}) | Q(**{"list_key": key, f"pk__{side}": pk}))

    def matching(self, text: str):
        """The rows where each word typed is found, accents and case aside."""
        found = self
        for word in clean_line(text).split()[:WORDS_SEARCHED]:
            fields = [Q(**{f"{name}__unaccent__icontains": word}) for name in self.model.searched_fields]
            found = found.filter(Q(*fields, _connector=Q.OR))
        return found

    @property
    def is_last_first(self) -> bool:
        return getattr(self.model, "last_first", False)
