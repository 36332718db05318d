"""PostgreSQL refuses root: as root its programs run as an account that exists already."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.console import Refusal

NAME = "nobody"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


def database_account() -> Account | None:
    """The account of the embedded PostgreSQL; None when it is ours. Raises Refusal when there is no usable one."""
    if os.geteuid() != 0:
        return _ourselves_named()
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        raise Refusal(f"Le compte système « {NAME} » n’existe pas : définissez DATABASE_URL.") from None
    return Account(entry.pw_uid, entry.pw_gid)


def _ourselves_named() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Refusal(
            f"Le compte numéro {os.geteuid()} n’a pas de nom sur cette machine : PostgreSQL refuse d’y être créé. "
            "Donnez-lui une ligne dans /etc/passwd, ou définissez DATABASE_URL."
        ) from None


def as_account(account: Account | None) -> dict:
    """The arguments of subprocess that run a program as `account`."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def reachable(folder: Path, account: Account | None) -> bool:
    """Whether `account` can enter `folder`, asked of the system itself: modes, ACLs and mounts all count."""
    if account is None:
        return True
    try:
        return subprocess.run(["test", "-x", folder], cwd="/", **as_account(account), check=False).returncode == 0
    except PermissionError:
        raise Refusal(
            f"Ce système ne permet pas à root de lancer un programme sous le compte « {NAME} » : "
            "lancez le portail sous un compte ordinaire, ou définissez DATABASE_URL."
        ) from None


def private_folder(folder: Path, account: Account | None = None, mode: int = 0o700) -> Path:
    """Make `folder`, owned by `account` or by us. Raises Refusal when it exists and belongs to somebody else."""
    owner = account.uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise Refusal(f"{folder} existe et n’est pas un dossier à nous : retirez-le puis relancez.") from None
    else:
        if account:
            os.chown(folder, account.uid, account.gid)
    folder.chmod(mode)
    return folder
