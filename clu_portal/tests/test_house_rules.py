"""The rules of the house that a machine can check (style.md §9): imports, acts, templates, dangerous calls."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from clu_portal.isolation import tenant_models
from clu_portal.tenancy import NoScope

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("clu_portal", "committees", "indicators", "complaints")
APPS = PACKAGES[1:]
# Drawn by a name made at run time, or in the place of a library's own template.
DYNAMIC_TEMPLATES = (
    "committees/minutes/nodes/", "clu_dsfr/", "dsfr/", "allauth/", "account/", "mfa/", "usersessions/", "django/",
    "emails/", "errors/",
)  # fmt: skip
ROOT_TEMPLATES = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
FROM_THE_REQUEST = re.compile(r"\brequest\b|\bGET\b|\bPOST\b|cleaned_data")


@cache
def tracked() -> list[Path]:
    """The files of the repository; those of a copy without git, too."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        return [ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).exists()]
    skipped = {".venv", "node_modules", "var", ".git"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)]


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


@cache
def sources() -> dict[str, ast.Module]:
    """Our Python files, tests and migrations apart, parsed."""
    ours = [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES]
    kept = [path for path in ours if not is_test(path) and "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in kept}


def nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield name, node


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if not node.level else []


def test_the_files_are_found():
    assert len(sources()) > 150


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package):
    """The three apps import the kernel only; the kernel imports none of them."""
    strangers = set(APPS) - {package}
    wrong = [
        (name, module)
        for kind in (ast.Import, ast.ImportFrom)
        for name, node in nodes(kind)
        for module in imported(node)
        if name.split("/")[0] == package and module.split(".")[0] in strangers
    ]
    assert wrong == []


def test_import_linter_says_the_same():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_roles_are_named_by_their_enumeration():
    """A role misspelt in a string would be a right nobody has."""
    asked = [node for _, node in nodes(ast.Call) if called(node) in {"has_role", "require_role"}]
    assert len(asked) > 30
    assert [ast.unparse(call) for call in asked for kind in call.args if isinstance(kind, ast.Constant)] == []


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_model_of_a_prefecture_keeps_the_raising_manager():
    """A Meta that forgets its parent's would let related rows be read without the préfecture."""
    assert [model._meta.label for model in tenant_models() if model._meta.base_manager_name != "objects"] == []
    for model in tenant_models():
        for manager in (model._default_manager, model._base_manager, *model._meta.managers):
            with pytest.raises(NoScope):
                manager.all()


def test_every_act_names_who_does_it():
    found = [(name, node) for name, node in nodes(ast.FunctionDef) if any(is_act(d) for d in node.decorator_list)]
    assert len(found) > 30
    assert [
        (name, act.name) for name, act in found if "by" not in {argument.arg for argument in act.args.kwonlyargs}
    ] == []


def is_act(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "act"


def test_I05_nothing_of_a_request_is_unpacked_into_a_call():
    wrong = [
        f"{name}:{call.lineno}"
        for name, call in nodes(ast.Call)
        for keyword in call.keywords
        if keyword.arg is None and re.search(r"\brequest\b|\.GET\b|\.POST\b", ast.unparse(keyword.value))
    ]
    assert wrong == []


def test_I05_nothing_of_a_request_orders_or_names_columns():
    calls = {"order_by", "values", "values_list", "annotate", "alias", "distinct", "only", "defer"}
    wrong = [
        f"{name}:{call.lineno}"
        for name, call in nodes(ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr in calls
        for argument in [*call.args, *(k.value for k in call.keywords if k.arg is None)]
        if FROM_THE_REQUEST.search(ast.unparse(argument))
    ]
    assert wrong == []


def test_I05_no_raw_query_set():
    forbidden = {"raw", "extra"}
    found = [
        f"{name}:{call.lineno}"
        for name, call in nodes(ast.Call)
        if (isinstance(call.func, ast.Attribute) and call.func.attr in forbidden)
        or (isinstance(call.func, ast.Name) and call.func.id == "RawSQL")
    ]
    assert found == []


def test_M10_no_task_is_queued_for_later():
    found = [
        f"{name}:{call.lineno}"
        for name, call in nodes(ast.Call)
        if {"eta", "countdown"} & {keyword.arg for keyword in call.keywords}
    ]
    assert found == []


def test_no_html_is_declared_safe_outside_the_drawing_of_the_tree():
    """What is marked safe escapes the escaping (I01): the tree does it over what the schema let in, and a script's
    JSON once nothing of it can end the script."""
    names = {"mark_safe", "SafeString"}
    found = {
        name
        for name, call in nodes(ast.Call)
        if (isinstance(call.func, ast.Name) and call.func.id in names)
        or (isinstance(call.func, ast.Attribute) and call.func.attr in names)
    }
    assert found <= {"committees/minutes/tree/media.py", "clu_portal/templatetags/portal.py"}
    templates = [path for path in tracked() if path.suffix in {".html", ".txt"} and "templates" in path.parts]
    safe = re.compile(r"\|\s*safe\b|autoescape off")
    assert {str(path.relative_to(ROOT)) for path in templates if safe.search(path.read_text())} == set()


def template_names() -> list[str]:
    folder = ROOT / "templates"
    return [str(path.relative_to(folder)) for path in tracked() if path.is_relative_to(folder)]


def test_no_template_is_unused():
    texts = [p.read_text() for p in tracked() if p.suffix in {".py", ".html", ".txt"} and p.is_relative_to(ROOT)]
    text = "\n".join(texts)
    candidates = [n for n in template_names() if not n.startswith(DYNAMIC_TEMPLATES) and n not in ROOT_TEMPLATES]
    assert len(candidates) > 40
    assert [name for name in candidates if f'"{name}"' not in text and f"'{name}'" not in text] == []


def test_every_text_of_a_mail_is_composed_somewhere():
    code = "\n".join(path.read_text() for path in tracked() if path.suffix == ".py" and not is_test(path))
    names = {
        n.removeprefix("emails/").removesuffix("_subject.txt") for n in template_names() if n.endswith("_subject.txt")
    }
    assert len(names) >= 5
    assert [name for name in sorted(names) if f'"{name}"' not in code] == []


def test_nothing_is_left_for_later_in_our_files():
    ours = {".py", ".html", ".css", ".js", ".ts", ".sh", ".md"}
    skipped = ("static/vendor", "static/dsfr", "static/js/editor", "frontend/node_modules", "clu_portal/tests/vendor")
    marker = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
    found = [
        name
        for path in tracked()
        if path.suffix in ours and not (name := str(path.relative_to(ROOT))).startswith(skipped)
        if marker.search(path.read_text(errors="replace"))
    ]
    assert found == []
