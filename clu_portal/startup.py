"""What must be true before the portal answers (T07, R02, L03, design §10). A doubt stops the start."""

import sys
import warnings
from importlib.metadata import version

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clu_portal.checks import check_production_settings

MINIMUM_VERSIONS = {"weasyprint": (70, 0), "pyhanko": (0, 36, 2), "django": (5, 2, 19)}
MINIMUM_POSTGRESQL = 150000
SECRET_KEY_LENGTH = 50
SECRET_KEY_LETTERS = 5
PATCHED_PYTHON = {(3, 11): 7, (3, 12): 1, (3, 13): 0}


def check_startup() -> None:
    """Raise ImproperlyConfigured, in French, when the portal must not start."""
    check_versions()
    check_settings()
    check_database_role()
    check_demonstration()


def check_versions() -> None:
    for package, minimum in MINIMUM_VERSIONS.items():
        found = tuple(int(part) for part in version(package).split(".")[: len(minimum)])
        if found < minimum:
            raise ImproperlyConfigured(f"{package} {version(package)} est trop ancien : {minimum} au moins.")
    if sys.version_info.micro < PATCHED_PYTHON.get(sys.version_info[:2], 0):
        warnings.warn("Cette version de Python n'a pas les derniers correctifs.", stacklevel=2)


def check_settings() -> None:
    """Outside a demonstration: no debugging, no short key, no joker, no plain link to another machine (L03)."""
    if settings.DEMONSTRATION:
        return
    faults = [error.msg for error in check_production_settings(None)]
    if is_weak_key(settings.SECRET_KEY):
        faults.append(f"SECRET_KEY doit compter au moins {SECRET_KEY_LENGTH} caractères, tirés au hasard.")
    if faults:
        raise ImproperlyConfigured(" ".join(faults))


def is_weak_key(key: str) -> bool:
    """As Django's security.W009, which only warns: too short, of too few letters, or an example's."""
    return len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_LETTERS or key.startswith("django-insecure-")


def check_database_role() -> None:
    """The runtime role is neither superuser nor exempt from row security, owns nothing, may not TRUNCATE.

    What it may become by SET ROLE counts as what it is.
    """
    with connection.cursor() as cursor:
        if connection.pg_version < MINIMUM_POSTGRESQL:
            raise ImproperlyConfigured("PostgreSQL 15 au moins est nécessaire.")
        cursor.execute(
            "SELECT current_user, count(*) FILTER (WHERE rolsuper OR rolbypassrls) "
            "FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')"
        )
        name, exempt = cursor.fetchone()
        if exempt:
            raise ImproperlyConfigured(f"Le rôle {name} passe outre l'isolation des préfectures : démarrage refusé.")
        cursor.execute(
            "SELECT count(*) FILTER (WHERE pg_has_role(tableowner, 'MEMBER')), "
            "count(*) FILTER (WHERE has_table_privilege(format('%I.%I', schemaname, tablename), 'TRUNCATE')) "
            "FROM pg_tables WHERE schemaname = 'public'"
        )
        owned, truncatable = cursor.fetchone()
    if owned or truncatable:
        raise ImproperlyConfigured(f"Le rôle {name} possède des tables ou peut les vider : démarrage refusé.")


def installation_mode() -> str:
    """Return what the launcher wrote at the creation of the database; a database without the mark is a real one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.clu_installation') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return "production"
        cursor.execute("SELECT mode FROM public.clu_installation")
        return cursor.fetchone()[0]


def check_demonstration() -> None:
    """Demonstration settings and a demonstration database go together, or the start is refused."""
    if (installation_mode() == "demonstration") != settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            "CLU_DEMO ne correspond pas à cette base : une base réelle n'est jamais ouverte en démonstration, "
            "ni une base de démonstration en production."
        )
