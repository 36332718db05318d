"""`in_script`: JSON inside a page, which nothing it holds can end."""

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from clu_portal.templatetags.portal import in_script

HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;", "\u2028"]


@given(st.text() | st.sampled_from(HOSTILE))
def test_what_is_read_back_is_what_was_written(text):
    page = f"<p>avant</p>{in_script(json.dumps({'texte': text}, ensure_ascii=False), 'initial')}<p>après</p>"
    body = html.document_fromstring(page).body
    assert [element.tag for element in body] == ["p", "script", "p"]
    assert json.loads(body[1].text) == {"texte": text}
