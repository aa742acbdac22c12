"""What rendered text may contain, said a second time and checked with another parser."""

import re
from html.parser import HTMLParser

# fmt: off
TAGS = {
    "p", "br", "hr", "em", "strong", "del", "sub", "sup", "blockquote", "pre", "code", "kbd",
    "span", "ul", "ol", "li", "h3", "h4", "h5", "h6", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td",
}
# fmt: on
ATTRIBUTES = {
    ("a", "href"): r"(?:https?://[^/\\?#@\s][^\\]*|mailto:.*|/(?![/\\]).*|[#?].*)",
    ("a", "title"): r".{0,300}",
    ("a", "class"): r"mention",
    ("a", "rel"): r"nofollow ugc noopener",
    ("img", "src"): r"/uploads/[0-9a-f]{32}\.(?:png|jpg|gif|webp)",
    ("img", "alt"): r".{0,300}",
    ("img", "title"): r".{0,300}",
    ("img", "width"): r"\d{1,6}",
    ("img", "height"): r"\d{1,6}",
    ("img", "loading"): r"lazy",
    ("code", "class"): r"language-[A-Za-z0-9+#.-]{1,30}",
    ("span", "class"): r"[a-z]{1,3}[0-9]?|err|bp",
    ("ol", "start"): r"\d{1,6}",
    ("th", "align"): r"left|right|center",
    ("td", "align"): r"left|right|center",
}


class _Oracle(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            rule = ATTRIBUTES.get((tag, name))
            if rule is None or not re.fullmatch(rule, value or "", re.DOTALL | re.IGNORECASE):
                self.found.append(f"<{tag} {name}={value!r}>")
        names = dict(attributes)
        if (
            re.match("https?:|mailto:", names.get("href") or "", re.IGNORECASE)
            and "rel" not in names
        ):
            self.found.append(f"link without rel: {names['href']}")

    def handle_comment(self, data):
        self.found.append(f"<!--{data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def not_allowed(html):
    """Return what stands in the HTML and may not; an empty list is good."""
    oracle = _Oracle()
    oracle.feed(html)
    oracle.close()
    return oracle.found
