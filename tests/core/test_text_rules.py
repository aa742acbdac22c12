"""One rule for addresses, one list for everything else: each with a hit and a near miss."""

import pytest

from community.core.text import url_is_ok
from community.core.text.rules import attribute_is_ok, upload_name
from tests.core.text_oracle import not_allowed

UPLOAD = f"/uploads/{'0123456789abcdef' * 2}.png"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://EXAMPLE.ORG/path?a=1&b=2#c",
        "https://example.org:8443/a@b",
        "https://xn--bcher-kva.example/ü",
        " https://example.org ",
        "mailto:help@example.org",
        "/questions/7/why",
        "#answer-3",
        "?page=2",
        "/",
    ],
)
def test_addresses_that_may_become_links(url):
    assert url_is_ok(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "javascript:1",
        "tel:0900123456",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://example.org/1",
        "ftp://example.org",
        "//example.org",
        "/\\example.org",
        "/\t/example.org",
        "\\\\example.org",
        "https:example.org",
        "https:///example.org",
        "https://ann:secret@example.org",
        "https://example.org\\@evil.example",
        "https://exam\u202eple.org",
        "https://exa mple.org",
        "example.org",
        "page.html",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_addresses_that_may_not(url):
    assert not url_is_ok(url)


@pytest.mark.parametrize("url", ["/members/7", "#a", "?a", "mailto:help@example.org"])
def test_a_website_is_an_address_on_the_web(url):
    assert url_is_ok("https://example.org", web_only=True)
    assert not url_is_ok(url, web_only=True)


@pytest.mark.parametrize(
    ("url", "is_upload"),
    [
        (UPLOAD, True),
        (UPLOAD.replace("png", "webp"), True),
        (UPLOAD.replace("png", "svg"), False),
        (UPLOAD.replace("0", "g"), False),
        (UPLOAD + "?x", False),
        (UPLOAD + "\n", False),
        ("https://example.org" + UPLOAD, False),
        ("/uploads/../" + UPLOAD, False),
        (UPLOAD.replace("0123", "012"), False),
    ],
)
def test_pictures_come_from_our_uploads_only(url, is_upload):
    assert (upload_name(url) is not None) is is_upload


@pytest.mark.parametrize(
    ("tag", "name", "value", "ok"),
    [
        ("a", "class", "mention", True),
        ("a", "class", "button", False),
        ("code", "class", "language-c++", True),
        ("code", "class", "language-c btn", False),
        ("span", "class", "kn", True),
        ("span", "class", "hidden", False),
        ("ol", "start", "12", True),
        ("ol", "start", "-1", False),
        ("ol", "start", "1234567", False),
        ("td", "align", "center", True),
        ("td", "align", "justify", False),
        ("a", "rel", "nofollow ugc noopener", True),
        ("a", "rel", "opener", False),
        ("img", "loading", "eager", False),
        ("img", "width", "640", True),
        ("img", "width", "100%", False),
        ("img", "srcset", UPLOAD, False),
        ("p", "class", "mention", False),
        ("a", "title", "x" * 300, True),
        ("a", "title", "x" * 301, False),
        ("a", "onclick", "x", False),
        ("p", "style", "color: red", False),
        ("h3", "id", "x", False),
    ],
)
def test_attributes(tag, name, value, ok):
    assert attribute_is_ok(tag, name, value) is ok


def test_the_oracle_of_these_tests_has_teeth():
    for html in (
        "<script>1</script>",
        "<p onclick=x>",
        '<a href="javascript:1">',
        '<a href="https://example.org">',
        '<img src="https://example.org/x.png">',
        "<!-- x -->",
        '<p id="x">',
        '<a href="//example.org">',
    ):
        assert not_allowed(html), html
