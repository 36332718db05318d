import pytest

from clu_portal.lib.user_agents import name

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0",
            "Edge, Windows",
        ),
        (
            f"{MOZILLA} (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
            "Chrome ou Chromium, Android",
        ),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "navigateur inconnu"),
        ("", "navigateur inconnu"),
    ],
)
def test_name_of_a_browser(user_agent, said):
    assert name(user_agent) == said
