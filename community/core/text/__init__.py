"""Member text: the only place where Markdown becomes HTML, and the only place that trusts HTML."""

from markupsafe import Markup, escape

from community.core.text.mentions import mentions_in
from community.core.text.plain import excerpt, pictures_in, plain_text
from community.core.text.rendering import Context, Rendered, render, render_many
from community.core.text.rules import FOLLOWED_REL, LINK_REL, RENDER_VERSION, url_is_ok

__all__ = (
    "RENDER_VERSION",
    "Context",
    "Rendered",
    "clean_html",
    "escape",
    "excerpt",
    "followed",
    "from_html",
    "html_to_markdown",
    "markdown_to_html",
    "mentions_in",
    "pictures_in",
    "plain_text",
    "render",
    "render_many",
    "trusted",
    "url_is_ok",
)


def trusted(html: str) -> Markup:
    """Let a template print HTML that this package made. Registered as the filter |trusted."""
    return Markup(html)  # noqa: S704


def followed(html: str) -> str:
    """Let search engines follow the links in rendered HTML: those of members who are trusted.

    Quotes in what members type are escaped, so only the links of the rendering are meant.
    """
    return html.replace(f' rel="{LINK_REL}"', f' rel="{FOLLOWED_REL}"')


def markdown_to_html(source: str) -> str:
    """Render Markdown that mentions nobody and shows no picture."""
    return render(source).html


# What only imports need is loaded when they need it: it takes a tenth of the time of a start.


def from_html(html: str) -> tuple[str, str]:
    """Return foreign HTML as Markdown that can be edited, and as safe HTML."""
    from community.core.text import foreign  # noqa: PLC0415

    return foreign.from_html(html)


def clean_html(html: str) -> str:
    """Return foreign HTML with nothing in it but what members may write."""
    from community.core.text import foreign  # noqa: PLC0415

    return foreign.clean_html(html)


def html_to_markdown(html: str) -> str:
    """Return Markdown that says the same as clean HTML."""
    from community.core.text import backwards  # noqa: PLC0415

    return backwards.html_to_markdown(html)
