"""Pictures: uploading one, and showing it."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from community.core.access import everyone, members_only, open_to_suspended
from community.core.errors import CommunityError, Invalid, NotFound
from community.core.files import storage
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.text import followed, trusted
from community.core.web import wants_json
from community.members.login import current_member, viewer
from community.members.trust import allowance_of
from community.posts import queries, uploading
from community.posts.forms import PictureForm
from community.posts.models import Attachment, Post
from community.posts.policies import is_public, may_see

blueprint = Blueprint("posts", __name__)

TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
# A page may show many pictures at once.
VIEWING = "600 per minute"
PUBLIC = "public, max-age=86400, immutable"
PRIVATE = "private, no-store"


@blueprint.route("/uploads", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def upload() -> ResponseReturnValue:
    """Take in a picture. Programs get its Markdown as JSON; people see it on the page."""
    form = PictureForm()
    if not form.is_submitted():
        return _page(form)
    try:
        picture = uploading.take(current_member(), _sent(form))
    except CommunityError as error:
        if wants_json():
            raise
        form.file.errors = [str(error)]
        return _page(form), error.status
    if wants_json():
        return jsonify(_described(picture)), HTTPStatus.CREATED
    flash(_("The picture is here. Copy its line into your text."))
    return redirect(url_for(".upload"), HTTPStatus.SEE_OTHER)


@blueprint.get("/uploads/<name>")
@everyone
@limited(VIEWING)
@open_to_suspended
def picture(name: str) -> Response:
    """Show a picture to those who may see the post that it belongs to."""
    found = queries.picture(name)
    around = queries.posts_around(found) if found else []
    # Avatars and logos belong to no post: they have no row and are public.
    if found and not may_see(viewer(), found, around):
        raise NotFound(_("This picture does not exist."))
    response = send_file(
        BytesIO(storage().read(name)),
        mimetype=TYPES[name.rpartition(".")[2]],
        download_name=uploading.name_for_download(found) if found else name,
        etag=name,
        conditional=True,
    )
    public = found is None or is_public(found, around)
    response.headers["Cache-Control"] = PUBLIC if public else PRIVATE
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-site"
    return response


def _sent(form: PictureForm) -> uploading.Sent:
    if not form.validate():
        raise Invalid(next(iter(form.errors.values()))[0])
    return form.sent()


def _page(form: PictureForm) -> str:
    """Show the form, and the pictures that wait to be put into a text."""
    unused = queries.unused_pictures(current_member())
    waiting = [{"alt": each.alt, **_described(each)} for each in unused]
    return render_template("posts/upload.html", form=form, waiting=waiting)


def _described(picture: Attachment) -> dict[str, str | int]:
    return {
        "url": url_for(".picture", name=picture.name),
        "markdown": uploading.markdown_of(picture),
        "width": picture.width,
        "height": picture.height,
    }


@blueprint.app_template_filter("body_of")
def body_of(post: Post) -> str:
    """Print what a post says; search engines follow the links of members who are trusted."""
    is_trusted = allowance_of(post.author).has_followed_links
    return trusted(followed(post.body_html) if is_trusted else post.body_html)
