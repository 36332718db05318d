import os
from pathlib import Path

import pytest
from launcher import environment, paths, processes, project, system_packages
from launcher.console import Refusal


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "VENV", tmp_path)
    (tmp_path / "requirements.txt").write_text("one")
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(processes, "call", lambda command, **_: made.append([str(word) for word in command]) or 0)
    return made


def test_install_only_when_the_locked_file_changed(checkout, calls):
    environment._install("requirements.txt")
    environment._install("requirements.txt")
    assert len(calls) == 1
    assert "--require-hashes" in calls[0]
    (checkout / "requirements.txt").write_text("two")
    environment._install("requirements.txt")
    assert len(calls) == 2


def test_install_that_fails_is_tried_again(checkout, monkeypatch):
    monkeypatch.setattr(processes, "call", lambda *_, **__: 1)
    for _ in range(2):
        with pytest.raises(Refusal, match="a échoué"):
            environment._install("requirements.txt")


def test_ensure_as_root_asks_apt_for_exactly_what_is_missing(calls, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_packages, "_loads", lambda library: library != "libpango-1.0.so.0")
    monkeypatch.setattr(system_packages.shutil, "which", lambda tool: f"/usr/bin/{tool}")
    system_packages.ensure(chromium=True)
    assert [call[-2:] for call in calls] == [
        ["DPkg::Lock::Timeout=120", "update"],
        [
            "--no-install-recommends",
            "libpango-1.0-0",
        ],
    ]


def test_ensure_without_the_right_names_the_packages(calls, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(system_packages, "_loads", lambda library: False)
    monkeypatch.setattr(system_packages.shutil, "which", lambda tool: None)
    with pytest.raises(
        Refusal,
        match=r"libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0 chromium poppler-utils qpdf lib",
    ):
        system_packages.ensure(chromium=True)
    assert calls == []


def test_code_digest_follows_the_code_and_not_the_tests(tmp_path):
    for name in ("clu_portal/a.py", "clu_portal/tests/test_a.py", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    before = project.code_digest(tmp_path)
    (tmp_path / "clu_portal/tests/test_a.py").write_text("2")
    assert project.code_digest(tmp_path) == before
    (tmp_path / "clu_portal/a.py").write_text("2")
    assert project.code_digest(tmp_path) != before


def test_launcher_imports_nothing_but_the_standard_library():
    import ast
    import sys

    imported = set()
    for source in Path(environment.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported |= {name.split(".")[0] for name in names}
    assert imported - set(sys.stdlib_module_names) == {"launcher"}
