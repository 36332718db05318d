"""Text that goes into one line: names, subjects of mails, names of files."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django.utils import formats

LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
JOINERS = "\u200c\u200d"
EDGES = re.compile(rf"^[\s{JOINERS}]+|[\s{JOINERS}]+$")
UNSAFE_IN_FILE_NAMES = re.compile(r'[<>:"|?*]')
HIDING = re.compile(rf"^[\s.{JOINERS}-]+")
TRAILING = re.compile(rf"[\s.{JOINERS}]+$")
DEVICE_NAME = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
FILE_NAME_MAX_BYTES = 240  # file systems stop at 255; the rest is for a suffix such as « (2) »
EXTENSION_MAX_LENGTH = 12
NAMELESS_FILE = "document"
RFC_5987_SAFE = "!#$&+-.^_`|~"
FIRST_OF_THE_MONTH = re.compile(r"(?<!\d)1 (?=[^\W\d])")  # a day « 1 » before the name of a month
# A civility in short, then its name or its office: « M. Brun », « Mme la préfète ».
SHORT_CIVILITY = re.compile(r"(?<!\w)(M\.|MM\.|Mmes?|Mlles?|Mgr|Dr|Pr|Me) (?=\w|$)")
NUMBER_SIGN = re.compile(r"(?<!\w)([Nn]°s?) (?=\S)")

PREFECTURE_OF = re.compile(r"^prefecture (de la |de l'|du |des |de |d')?")
NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
SLUG_MAX_LENGTH = 50


@lru_cache(maxsize=2000)
def day_in_words(day: date) -> str:
    """« vendredi 20 mars 2026 ». Remembered: a list writes one per row. The portal speaks French only."""
    return first_in_french(formats.date_format(day, "l j F Y"))


def first_in_french(date_text: str) -> str:
    """« 1er janvier 2019 » for « 1 janvier 2019 »: the first of a month, alone, is said as an ordinal."""
    return FIRST_OF_THE_MONTH.sub("1er ", date_text)


def keep_together(text: str) -> str:
    """Return the text with a no-break space after « M. », « Mme », « n° » and the like: none ends a line alone."""
    return NUMBER_SIGN.sub("\\1\u00a0", SHORT_CIVILITY.sub("\\1\u00a0", text))


def proposed_slug(name: str) -> str:
    """« Préfecture de la Haute-Esparre » → « haute-esparre »; "" when nothing of the name can be in an address."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("\u2019", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_IN_A_SLUG.sub("-", PREFECTURE_OF.sub("", plain.strip()))[:SLUG_MAX_LENGTH].strip("-")


def clean_line(text: str, *, required: bool = False) -> str:
    """Return the text on one line, trimmed, in composed form (NFC), without anything a reader cannot see.

    Tabs and line breaks become one space; other control characters, NUL, lone surrogates, direction marks and the
    like are dropped. Raises ValueError when nothing is left and `required` is true.
    """
    kept = "".join(character for character in LINE_BREAKS.sub(" ", text) if not _is_invisible(character))
    line = EDGES.sub("", unicodedata.normalize("NFC", kept))
    if required and not line:
        raise ValueError("Ce texte ne peut pas être vide.")
    return line


def safe_file_name(name: str, max_length: int = 120) -> str:
    """Return a name that is only a name on any system: no folder, not hidden, no device; `document` if none is left.

    For display and download: where a file is stored is a name of our own making. `max_length` is in characters.
    """
    base = re.split(r"[/\\]", clean_line(name))[-1]
    base = TRAILING.sub("", HIDING.sub("", UNSAFE_IN_FILE_NAMES.sub("_", base)))
    if DEVICE_NAME.match(base):
        base = f"_{base}"
    return _shortened(base or NAMELESS_FILE, max_length)


def content_disposition(name: str, *, inline: bool = False) -> str:
    """Return the Content-Disposition header of a file, with both forms of RFC 6266: plain, then UTF-8."""
    name = safe_file_name(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w .()+,=@'-]", "_", plain).lstrip(" -")
    if not plain.partition(".")[0]:
        plain = f"{NAMELESS_FILE}{plain}"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=RFC_5987_SAFE)}"


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in JOINERS


def _shortened(name: str, max_length: int) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > min(EXTENSION_MAX_LENGTH, max_length - 2):
        stem, dot, extension = name, "", ""
    tail = dot + extension
    stem = stem[: max_length - len(tail)]
    while len((stem + tail).encode()) > FILE_NAME_MAX_BYTES:
        stem = stem[:-1]
    return TRAILING.sub("", stem) + tail


def of_whom(name: str) -> str:
    """« de M. Brun », « d'Alice Brun », « du directeur », « de la directrice »."""
    if name.startswith("le "):
        return f"du {name[3:]}"
    if name.startswith("les "):
        return f"des {name[4:]}"
    return f"d'{name}" if re.match(r"[aeiouyhâàéèêëîïôûœ]", name.casefold()) else f"de {name}"
