"""The few Debian packages that Python cannot bring: the libraries of the PDF renderer, and what the tests run."""

import ctypes
import os
import shutil

from launcher import processes
from launcher.console import Refusal, say

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
TEST_TOOLS = {
    "chromium": "chromium",
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui",
}
APT = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]


def ensure(*, chromium: bool) -> None:
    """Install by apt what is missing, where we may. Raises Refusal naming the packages where we may not."""
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if chromium:
        missing += [package for tool, package in TEST_TOOLS.items() if not _found(tool)]
    if missing:
        install(missing)


def install(packages: list[str]) -> None:
    """Install `packages` by apt, as root or by a sudo that asks nothing. Raises Refusal naming them otherwise."""
    names = " ".join(packages)
    prefix = _privilege()
    by_hand = f"Paquets système manquants. À installer par un administrateur :\n    apt-get install {names}"
    if prefix is None or not shutil.which("apt-get"):
        raise Refusal(by_hand)
    say(f"Installation des paquets système {names}…")
    processes.call([*prefix, *APT, "update"], stop_seconds=60)
    if processes.call([*prefix, *APT, "install", "-y", "--no-install-recommends", *packages], stop_seconds=600) != 0:
        raise Refusal(f"apt-get a échoué : voir le message ci-dessus.\n{by_hand}")


def chromium_path() -> str | None:
    """The Chromium that the tests drive: CHROMIUM, or the one of the system."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def _found(tool: str) -> bool:
    return bool(chromium_path() if tool == "chromium" else shutil.which(tool))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _privilege() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and processes.call(["sudo", "-n", "true"], quiet=True) == 0:
        return ["sudo", "-n"]
    return None
