"""The child process that decodes pictures of strangers and writes them anew.

Reads the bytes of one picture from standard input. Writes one line of JSON, then the new bytes.
It imports nothing of the forum, may use little memory and time, and is gone afterwards.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import GifImagePlugin, Image, ImageOps, ImageSequence, PngImagePlugin

MEMORY = 768 << 20  # bytes of address space
SECONDS = 10  # of processor time
MOST_PIXELS = 24_000_000
MOST_PIXELS_OF_ALL_FRAMES = 60_000_000
MOST_FRAMES = 300
LONGEST_SIDE = 10_000
# What a large screen can show; a camera makes more.
SHOWN_SIDE = 2560
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp"}
WRITERS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP"}
OPTIONS: dict[str, dict[str, object]] = {
    "png": {"optimize": False, "compress_level": 7},
    "jpg": {"quality": 86, "progressive": True, "optimize": True},
    "gif": {"optimize": False},
    "webp": {"quality": 86, "method": 3},
}


class Refused(Exception):
    """This picture will not do; the argument is the key of the reason."""


def reencoded(data: bytes, square: int = 0) -> tuple[dict[str, object], bytes]:
    """Return what the picture is, and its pixels in a new file that holds nothing else."""
    picture = opened(data)
    extension = EXTENSIONS[picture.format or ""]
    frames = getattr(picture, "n_frames", 1)
    check_size(picture.width * picture.height, max(picture.size), frames)
    if square:
        still = ImageOps.fit(upright(picture, extension), (square, square))
        width, height = still.size
        new = written(still, extension)
    elif frames > 1 and extension in {"gif", "webp"}:
        width, height = picture.size
        new = animated(picture, extension)
    else:
        still = upright(picture, extension)
        width, height = still.size
        new = written(still, extension)
    return {"extension": extension, "width": width, "height": height}, new


def opened(data: bytes) -> Image.Image:
    """Open a picture in one of the four formats, without decoding it yet."""
    try:
        return Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("pixels") from error
    except Exception as error:
        raise Refused("kind") from error


def check_size(pixels: int, side: int, frames: int) -> None:
    """Refuse what would take too much memory or time to decode."""
    if pixels == 0:
        raise Refused("broken")
    if pixels > MOST_PIXELS or side > LONGEST_SIDE:
        raise Refused("pixels")
    if frames > MOST_FRAMES or (frames > 1 and pixels * frames > MOST_PIXELS_OF_ALL_FRAMES):
        raise Refused("frames")


def upright(picture: Image.Image, extension: str) -> Image.Image:
    """Decode a still, turn it as the camera was held, make it fit a screen."""
    picture.load()
    still = ImageOps.exif_transpose(with_plain_colours(picture, extension))
    still.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    return still


def with_plain_colours(picture: Image.Image, extension: str) -> Image.Image:
    """Bring the pixels into a form that the format can hold and a browser shows rightly."""
    if extension == "jpg":
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    if "transparency" in picture.info or picture.mode in {"LA", "PA", "RGBa", "La"}:
        return picture.convert("RGBA")
    if picture.mode in {"P", "CMYK", "YCbCr", "LAB", "HSV"}:
        return picture.convert("RGB")
    return picture


def animated(picture: Image.Image, extension: str) -> bytes:
    """Write every frame of an animation anew."""
    durations: list[int] = []

    def frames() -> Iterator[Image.Image]:
        for frame in ImageSequence.Iterator(picture):
            durations.append(min(max(int(frame.info.get("duration", 100)), 20), 10_000))
            still = frame.convert("RGBA")
            still.info = {}
            yield still

    first, *others = frames()
    target = BytesIO()
    first.save(
        target,
        WRITERS[extension],
        save_all=True,
        append_images=others,
        duration=durations,
        loop=0,
        **OPTIONS[extension],
    )
    return target.getvalue()


def written(still: Image.Image, extension: str) -> bytes:
    """Write the pixels and nothing else: Pillow would put back what stands in `info`."""
    still.info = {}
    target = BytesIO()
    still.save(target, WRITERS[extension], **OPTIONS[extension])
    return target.getvalue()


def limit_this_process() -> None:
    """Allow little memory and time, and no files to be written."""
    sys.dont_write_bytecode = True
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = 1 << 20
    GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_ALWAYS
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def main() -> None:
    """Decode the one picture on standard input."""
    limit_this_process()
    try:
        head, new = reencoded(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Refused as refusal:
        head, new = {"refused": str(refusal)}, b""
    except MemoryError:
        head, new = {"refused": "pixels"}, b""
    except Exception:
        head, new = {"refused": "broken"}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + new)


if __name__ == "__main__":
    main()
