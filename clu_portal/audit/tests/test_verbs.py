import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from clu_portal.audit.subjects import name_of
from clu_portal.audit.verbs import VERBS, wording

APPS = ["clu_portal", "committees", "complaints", "indicators"]


def verbs_in(path: Path) -> set[str]:
    """The verbs of the acts of one file: what `@act(…)` and `write_entry(…)` are given first."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") in {"act", "write_entry"} and call.args]
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


def test_every_act_has_its_french_wording_and_no_wording_is_left_over():
    files = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "tests" not in path.parts]
    verbs = set().union(*map(verbs_in, files))
    assert len(verbs) > 30
    assert verbs == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_say_what_was_done(verb):
    """« meeting_saved »: a thing, then a past participle."""
    assert re.fullmatch(r"[a-z_]+_([a-z]+ed(_over)?|begun|(un)?frozen|held|kept|sent|resent|taken|withdrawn)", verb)


def test_wordings_are_all_different():
    assert len(set(VERBS.values())) == len(VERBS)


def test_unknown_verb_is_shown_as_it_is():
    assert wording("verb_of_long_ago") == "verb_of_long_ago"


@pytest.mark.parametrize(
    ("subject", "name"), [("meeting:12", "réunion nº 12"), ("user:3", "compte nº 3"), ("gone:4", "gone nº 4")]
)
def test_name_of_a_subject_is_french(subject, name):
    assert name_of(subject) == name
