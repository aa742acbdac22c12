"""The forum as a whole, and where in it a page stands."""

from __future__ import annotations

from collections.abc import Sequence

from community.core import brand
from community.core.i18n import _
from community.core.mail import link
from community.seo.jsonld.people import organization, site
from community.seo.jsonld.writing import Thing

# A place in the forum: its name and its full address.
Step = tuple[str, str]


def website() -> Thing:
    """Return the forum, and how to search it."""
    # The name of what is searched for stands in braces, which an address would escape.
    target = link("search.index") + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": f"{site()}/#website",
        "name": brand.NAME.get(),
        "url": f"{site()}/",
        "publisher": organization(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def trail(steps: Sequence[Step]) -> Thing:
    """Return the way from the front door to a page, which is the last step."""
    way = [(str(_("Start")), f"{site()}/"), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(way, 1)
        ],
    }
