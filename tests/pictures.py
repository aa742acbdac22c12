"""Small pictures, drawn when a test asks for one."""

from io import BytesIO

from PIL import Image, PngImagePlugin

HIDDEN = b"<script>alert(1)</script>"


def drawn(kind="PNG", size=(8, 6), mode="RGB", **options):
    """Return the bytes of a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    image.convert(mode).save(target, kind, **options)
    return target.getvalue()


def moving(kind="GIF", frames=3):
    """Return the bytes of an animation."""
    stills = [
        Image.new("RGB", (8, 6), (37 * number % 256, number % 251, 99)) for number in range(frames)
    ]
    target = BytesIO()
    stills[0].save(target, kind, save_all=True, append_images=stills[1:], duration=120)
    return target.getvalue()


def with_a_place():
    """Return a photo that tells where it was taken, was held sideways, and carries a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Maker of the camera"
    exif.get_ifd(0x8825)[1] = "N"
    return drawn("JPEG", (16, 8), exif=exif, comment=HIDDEN)


def with_a_note():
    """Return a PNG with text inside."""
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", HIDDEN.decode())
    return drawn("PNG", pnginfo=note)


def read(data):
    """Return the decoded picture."""
    image = Image.open(BytesIO(data))
    image.load()
    return image
