"""Forms of pictures."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length

from community.core.i18n import _l
from community.core.images import LARGEST
from community.posts.uploading import LONGEST_ALT, Sent


class PictureForm(FlaskForm):
    """A picture and what it shows."""

    file = FileField(
        _l("Picture"), [FileRequired(_l("Choose a picture first."))],
        render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif"},
    )  # fmt: skip
    alt = StringField(_l("What does the picture show?"), [Length(max=LONGEST_ALT)])

    def sent(self) -> Sent:
        """Return the file as it came; of one that is too large no more than that takes."""
        return Sent(
            data=self.file.data.stream.read(LARGEST + 1),
            filename=self.file.data.filename or "",
            alt=self.alt.data or "",
        )
