import pytest
from launcher import modes
from launcher.console import Refusal

REAL = {"DATABASE_URL": "postgres://x@y/z", "EMAIL_URL": "smtp://y"}


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"CLU_DEMO": "yes"}, "CLU_DEMO vaut"),
        (REAL | {"CLU_DEMO": "1"}, "CLU_DEMO=1 est refusé"),
        ({"DATABASE_URL": "postgres://x@y/z"}, "sans EMAIL_URL"),
        ({"DATABASE_URL": "postgres://x@y/z", "CLU_DEMO": "1"}, "CLU_DEMO=1 est refusé"),
        ({"DATABASE_URL": "postgres://x@y/z", "EMAIL_URL": ""}, "sans EMAIL_URL"),
    ],
)
def test_refuse_contradictions_refused(environ, words):
    with pytest.raises(Refusal, match=words):
        modes.refuse_contradictions(environ)


@pytest.mark.parametrize("environ", [{}, {"CLU_DEMO": "1"}, {"CLU_DEMO": "0"}, REAL, REAL | {"CLU_DEMO": "0"}])
def test_refuse_contradictions_accepted(environ):
    modes.refuse_contradictions(environ)


@pytest.mark.parametrize(
    ("environ", "mode"),
    [({}, "demonstration"), ({"CLU_DEMO": "1"}, "demonstration"), ({"CLU_DEMO": "0"}, "production")],
)
def test_mode_at_creation(environ, mode):
    assert modes.mode_at_creation(environ) == mode


@pytest.mark.parametrize(
    ("asked", "marker"), [("", "demonstration"), ("1", "demonstration"), ("", "production"), ("0", "production")]
)
def test_mode_on_return_is_the_marker(asked, marker):
    assert modes.mode_on_return({"CLU_DEMO": asked}, marker) == marker


@pytest.mark.parametrize(("asked", "marker"), [("0", "demonstration"), ("1", "production")])
def test_mode_on_return_other_mode_is_refused(asked, marker):
    with pytest.raises(Refusal, match="ne change jamais"):
        modes.mode_on_return({"CLU_DEMO": asked}, marker)


def test_listen_address_demonstration_stays_on_this_machine():
    assert modes.listen_address({}, "demonstration") == "127.0.0.1"
    assert modes.listen_address({"LISTEN": "0.0.0.0"}, "production") == "0.0.0.0"
    with pytest.raises(Refusal, match="cette machine"):
        modes.listen_address({"LISTEN": "0.0.0.0"}, "demonstration")


@pytest.mark.parametrize("value", ["0", "65536", "http", "-1", "80.5", "²"])
def test_port_that_is_none_is_refused(value):
    with pytest.raises(Refusal, match="PORT vaut"):
        modes.port({"PORT": value})


def test_port_bounds():
    assert [modes.port({"PORT": value}) for value in ("1", "65535", "")] == [1, 65535, 8000]
