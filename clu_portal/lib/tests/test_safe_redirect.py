from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clu_portal.lib.safe_redirect import local_path


@pytest.mark.parametrize(
    "value",
    [
        "/",
        "/valmarche/",
        "/valmarche/reunions/12/?page=2&tri=date#haut",
        "/valmarche/?suite=https://exemple.fr//a",
        "/valmarche/r%C3%A9union/",
        "/valmarche/réunion/",
    ],
)
def test_B05_local_path_is_kept(value):
    assert local_path(value, "/defaut/") == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "valmarche/",
        "?page=2",
        "#haut",
        "//host",
        "///host",
        "////host",
        "/\\host",
        "\\\\host",
        "\\/host",
        "/valmarche\\..\\",
        "https://host/",
        "https:/host",
        "https:host",
        "HTTPS:///host",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "mailto:a@exemple.fr",
        "/\t/host",
        "/\n/host",
        "/\r\n/host",
        "/\x00/host",
        "/valmarche\r\nSet-Cookie: a=b",
        "\t//host",
        " //host",
        " /valmarche/",
        "/valmarche/ ",
        "/\u00a0/host",
        "/\u2028/host",
        "/\u200b/host",
        "/valmarche//host",
        "/.//host",
        "/valmarche/..//host",
        "/\ud800",
        "//[",
        "http://[",
        "/" + "a" * 5000,
    ],
)
def test_B05_anything_else_is_refused(value):
    assert local_path(value, "/defaut/") == "/defaut/"


def test_B05_default_is_the_home_page():
    assert local_path("//host") == "/"


pieces = st.sampled_from(
    ["/", "\\", "//", "host", ":", "javascript:", "data:", "@", "?", "#", ".", "..", "\t", "\n", "%2f"]
)


@given(st.lists(pieces, max_size=8).map("".join))
def test_B05_whatever_is_accepted_stays_on_the_host_as_browsers_read_it(value):
    accepted = local_path(value, "/")
    as_browsers_read = accepted.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    assert urlsplit(urljoin("https://portail.exemple/a/", as_browsers_read)).netloc == "portail.exemple"
    assert as_browsers_read == accepted
