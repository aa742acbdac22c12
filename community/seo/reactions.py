"""What the worker does for search engines by the clock."""

from __future__ import annotations

from community.core.jobs import periodic
from community.seo.sitemaps import building


@periodic("catch_up_sitemaps", minute="*/10")
def catch_up_sitemaps() -> None:
    """Take into the sitemaps what changed in the last minutes."""
    building.catch_up()


@periodic("build_sitemaps", hour="4", minute="35")
def build_sitemaps() -> None:
    """Build them anew each night, without what is no longer worth finding."""
    building.build_all()
