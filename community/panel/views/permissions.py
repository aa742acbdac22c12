"""Who may what: every permission, and the moderators of single products."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only
from community.core.errors import CommunityError, NotFound, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.web import is_local
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Member
from community.panel.permissions import asking, words
from community.panel.views import blueprint
from community.panel.views.common import refused
from community.products import queries as product_queries
from community.products import services as product_services
from community.products.models import Product


@blueprint.get("/permissions")
@admins_only
@limited()
def permissions() -> str:
    """Show what every role may do, as the code itself says it."""
    found: dict[str, list[asking.Permission]] = {}
    for each in asking.permissions():
        found.setdefault(each.package, []).append(each)
    return render_template(
        "panel/permissions.html",
        packages={name: found[name] for name in sorted(found, key=_place)},
        words=words,
        doors=asking.doors(),
        products={each.id: each for each in product_queries.current()},
        moderators=product_queries.moderators(),
    )


@blueprint.post("/permissions/moderators")
@admins_only
@limited(WRITING)
def appoint_moderator() -> ResponseReturnValue:
    """Make a member a moderator of a product."""
    page = _way_back()
    try:
        member, product = _named()
        product_services.appoint_moderator(current_member(), member, product)
    except CommunityError as error:
        return refused(error, page)
    done = _("%(name)s moderates %(product)s now.", name=member.name, product=product.name)
    flash(done, "success")
    return redirect(page, HTTPStatus.SEE_OTHER)


@blueprint.post("/permissions/moderators/dismissal")
@admins_only
@limited(WRITING)
def dismiss_moderator() -> ResponseReturnValue:
    """End that a member is a moderator of a product."""
    member, product = _named()
    product_services.dismiss_moderator(current_member(), member, product)
    done = _("%(name)s no longer moderates %(product)s.", name=member.name, product=product.name)
    flash(done, "success")
    return redirect(_way_back(), HTTPStatus.SEE_OTHER)


def _way_back() -> str:
    """Return the page that holds the form: that of a person, or this one."""
    page = request.form.get("next", "")
    return page if is_local(page) else url_for(".permissions", _anchor="moderators")


def _place(package: str) -> int:
    return list(words.PACKAGES).index(package) if package in words.PACKAGES else len(words.PACKAGES)


def _named() -> tuple[Member, Product]:
    """Return the member and the product that the form names. Raises NotFound."""
    found = member_queries.called(request.form.get("member", "").strip().removeprefix("@"))
    if not found:
        raise NotFound(_("There is no such member."))
    slug = request.form.get("product", "")
    return found[0], existing(product_queries.anywhere(slug), _l("There is no such product."))
