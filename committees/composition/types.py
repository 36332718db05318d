"""The types of committee every préfecture has from the start."""

from committees.composition.models import CommitteeType

# Named by the circulars on Qual-e-pref and Services publics + (domain.md §2.4, §3.1); a préfecture adds its own.
STANDARD_TYPES = (
    ("Comité local des usagers", "CLU"),
    ("Comité local d'amélioration continue", "CLAC"),
    ("Comité local des usagers et d'amélioration continue", "CLUAC"),
    ("Autre comité", ""),
)


def give_standard_types() -> None:
    """Give the préfecture of the moment the standard types. Safe to run twice."""
    CommitteeType.objects.bulk_create(
        [
            CommitteeType(name=name, acronym=acronym, position=position)
            for position, (name, acronym) in enumerate(STANDARD_TYPES, start=1)
        ],
        ignore_conflicts=True,
    )
