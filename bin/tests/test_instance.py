import os
import stat

import pytest
from launcher.console import Refusal
from launcher.instance import SOCKET_PATH_LIMIT_BYTES, AlreadyHeld, Instance
from launcher.unprivileged import private_folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_held_twice_is_refused_and_says_by_whom(instance):
    refused = pytest.raises(AlreadyHeld, match=f"bin/run, processus {os.getpid()}")
    with instance.held("bin/run"), refused, Instance(instance.var).held("bin/manage"):
        pass


def test_held_forgets_what_a_killed_launcher_published(instance):
    instance.publish({"DATABASE_URL": "x"})
    with instance.held("bin/run"):
        assert instance.published() is None


def test_open_keeps_everything_from_other_accounts(instance):
    assert {path.name: mode(path) for path in instance.var.iterdir() if path.is_dir()} == {
        "files": 0o700,
        "logs": 0o700,
        "processes": 0o700,
    }


def test_publish_is_readable_by_us_only(instance):
    instance.publish({"SECRET_KEY": "x"})
    assert (instance.published(), mode(instance.var / "run.json")) == ({"SECRET_KEY": "x"}, 0o600)


def test_secret_key_is_made_once_and_private(instance):
    first = instance.secret_key()
    assert len(first) >= 64
    assert (Instance(instance.var).secret_key(), mode(instance.var / "secret_key")) == (first, 0o600)


def test_identifier_differs_for_a_new_folder_at_the_same_place(instance):
    first = instance.identifier
    (instance.var / "instance").unlink()
    assert first != instance.identifier


def test_socket_folder_in_var_when_it_fits(instance):
    assert instance.socket_folder(None) == instance.var / "sockets"


def test_socket_folder_short_when_the_path_is_too_long(instance):
    deep = Instance(instance.var / ("d" * 100))
    deep.open()
    folder = deep.socket_folder(None)
    try:
        assert len(os.fsencode(folder / "postgres/.s.PGSQL.5432")) <= SOCKET_PATH_LIMIT_BYTES
        assert (folder.stat().st_uid, mode(folder)) == (os.geteuid(), 0o700)
    finally:
        folder.rmdir()


def test_private_folder_refuses_a_link_set_by_somebody_else(tmp_path):
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(Refusal, match="n’est pas un dossier à nous"):
        private_folder(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_open_folder_of_another_account_is_refused(instance):
    (instance.var / "lock").touch()
    os.chown(instance.var / "lock", 65534, 65534)
    with pytest.raises(Refusal, match="utilisé par un autre compte"):
        Instance(instance.var).open()
