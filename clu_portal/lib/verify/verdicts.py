"""The closed list of answers, and how each is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple, Protocol

from clu_portal.lib.verify.inspecting import SealFacts


class Record(Protocol):
    """What the portal keeps of a document it approved or sealed."""

    sealed_at: datetime | None


class Outcome(Enum):
    INTACT = "intact"
    OTHER_DOCUMENT = "other_document"
    UNKNOWN = "unknown"
    BYTES_CHANGED = "bytes_changed"
    CONTENT_ADDED = "content_added"
    METADATA_CHANGED = "metadata_changed"
    JUNK_ADDED = "junk_added"
    REWRITTEN = "rewritten"
    OTHER_CERTIFICATE = "other_certificate"
    SEAL_REMOVED = "seal_removed"
    NOT_SEALED = "not_sealed"
    NOT_A_PDF = "not_a_pdf"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"


class Wording(NamedTuple):
    meaning: str
    advice: str


GET_ORIGINAL = "Ne vous y fiez pas : redemandez le document à la préfecture, ou téléchargez-le sur son portail."

WORDING = {
    Outcome.INTACT: Wording(
        "Ce fichier est exactement celui qui a été approuvé et scellé : pas un octet n'a changé.",
        "Vous pouvez le conserver et le transmettre tel quel.",
    ),
    Outcome.OTHER_DOCUMENT: Wording(
        "Ce fichier a bien été scellé par la préfecture, mais ce n'est pas le document attendu ici.",
        "Vérifiez que vous avez choisi le bon fichier.",
    ),
    Outcome.UNKNOWN: Wording(
        "Le sceau de ce fichier est valable, mais ce portail ne connaît pas ce document.",
        "Demandez à la préfecture s'il vient bien d'elle avant de vous y fier.",
    ),
    Outcome.BYTES_CHANGED: Wording("Le contenu de ce fichier a été modifié après avoir été scellé.", GET_ORIGINAL),
    Outcome.CONTENT_ADDED: Wording(
        "Quelque chose (texte, image, annotation) a été ajouté ou remplacé dans ce fichier après qu'il a été scellé.",
        GET_ORIGINAL,
    ),
    Outcome.METADATA_CHANGED: Wording(
        "Les propriétés de ce fichier, comme son titre, ont été changées après qu'il a été scellé. "
        "Ses pages n'ont pas été modifiées, mais ce n'est plus le fichier scellé.",
        GET_ORIGINAL,
    ),
    Outcome.JUNK_ADDED: Wording(
        "Des données étrangères ont été ajoutées à la fin de ce fichier après qu'il a été scellé.", GET_ORIGINAL
    ),
    Outcome.REWRITTEN: Wording(
        "Ce fichier a été réenregistré par un autre logiciel : son sceau ne correspond plus à son contenu.",
        "Redemandez le fichier d'origine, et transmettez-le sans l'enregistrer à nouveau avec un autre logiciel.",
    ),
    Outcome.OTHER_CERTIFICATE: Wording(
        "Ce fichier est signé par un certificat que ce portail ne reconnaît pas, ou qui n'est plus valable. "
        "Le nom qu'il affiche ne prouve rien.",
        GET_ORIGINAL,
    ),
    Outcome.SEAL_REMOVED: Wording(
        "Ce fichier commence comme un document approuvé sur ce portail, mais il ne porte pas de sceau : "
        "il a été retiré, ou n'a jamais été mis sur cette copie.",
        GET_ORIGINAL,
    ),
    Outcome.NOT_SEALED: Wording(
        "Ce fichier ne porte aucun sceau et ce portail ne le connaît pas.",
        "Rien ne prouve qu'il vient de la préfecture : demandez-lui le document scellé.",
    ),
    Outcome.NOT_A_PDF: Wording(
        "Ce fichier n'est pas un PDF.", "Choisissez le fichier PDF du compte-rendu tel que vous l'avez reçu."
    ),
    Outcome.UNREADABLE: Wording(
        "Ce fichier est abîmé ou protégé par un mot de passe : il ne peut pas être vérifié.",
        "Téléchargez-le à nouveau sur le portail, ou redemandez-le à la préfecture.",
    ),
    Outcome.TOO_LARGE: Wording(
        "Ce fichier est trop gros pour être vérifié ici (20 Mo au plus).",
        "Aucun document de ce portail n'est aussi gros : redemandez l'original à la préfecture.",
    ),
    Outcome.TOO_COMPLEX: Wording(
        "La vérification de ce fichier a demandé trop de temps ou de mémoire et a été arrêtée.",
        "Aucun document de ce portail n'est aussi compliqué : redemandez l'original à la préfecture.",
    ),
}


@dataclass(frozen=True)
class Verdict:
    """The answer. `record`: the document it is, or the one it begins like, when the portal knows it."""

    outcome: Outcome
    sha256: str
    record: Record | None = None
    seals: tuple[SealFacts, ...] = ()

    @property
    def is_authentic(self) -> bool:
        return self.outcome is Outcome.INTACT

    @property
    def meaning(self) -> str:
        return WORDING[self.outcome].meaning

    @property
    def advice(self) -> str:
        return WORDING[self.outcome].advice
