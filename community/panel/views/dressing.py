"""The brand: what it looks like and says, tried on before it is put on."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from community.core import brand, colours, files, fonts, images, unsent
from community.core.access import admins_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.forms import blame
from community.members.login import current_member
from community.panel.forms.dressing import BrandForm
from community.panel.services import dressing
from community.panel.views import blueprint

ICON_PIXELS = 180


@blueprint.get("/brand")
@admins_only
@limited()
def show_brand() -> str:
    """Show the brand as it is."""
    form = BrandForm(formdata=None)
    form.fill()
    unsent.put_back(form)
    return _page(form)


@blueprint.post("/brand")
@admins_only
@limited(WRITING)
def change_brand() -> ResponseReturnValue:
    """Show what the form would look like, or put it on."""
    form = BrandForm()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if "try" in request.form:
        return _page(form)
    try:
        logo, favicon = _stored(form.logo), _stored(form.favicon, ICON_PIXELS)
        dressing.dress(current_member(), form.outfit(logo, favicon))
    except CommunityError as error:
        blame(form, error)
        return _page(form), error.status
    flash(_("The brand is changed, everywhere within seconds."), "success")
    return redirect(url_for(".show_brand"), HTTPStatus.SEE_OTHER)


@blueprint.get("/brand/preview.css")
@admins_only
@limited()
def brand_preview() -> Response:
    """Send the colours and fonts of the two little pages that show them, by day and by night."""
    words = {name: request.args.get(name, "") for name in ("colour", "ink", "dark")}
    style = brand.Style(
        **{name: word if colours.is_colour(word) else "" for name, word in words.items()},
        font=request.args.get("font", fonts.PLAIN),
        headings=request.args.get("headings", fonts.PLAIN),
    )
    shades = colours.shades(style.colour or brand.COLOUR.get(), style.ink, style.dark)
    sheet = render_template(
        "panel/_preview.css",
        shades=shades,
        font=fonts.FONTS.get(style.font, fonts.FONTS[fonts.PLAIN]),
        headings=fonts.FONTS.get(style.headings, fonts.FONTS[fonts.PLAIN]),
    )
    return Response(sheet, mimetype="text/css")


def _stored(field: FileField, square: int = 0) -> str | None:
    """Keep the picture that was sent and return its name; None if none was."""
    if not field.data:
        return None
    try:
        picture = images.reencode(field.data.read(), square)
    except Invalid as error:
        raise Invalid(error.message, field=field.name) from error
    name = f"{secrets.token_hex(16)}.{picture.extension}"
    files.storage().save(name, picture.data)
    return name


def _page(form: BrandForm) -> str:
    style = form.style()
    is_style = colours.is_colour(style.colour) and all(
        not colour or colours.is_colour(colour) for colour in (style.ink, style.dark)
    )
    pairs = colours.pairs(style.colour, style.ink, style.dark) if is_style else []
    return render_template("panel/show_brand.html", form=form, style=style, pairs=pairs)
