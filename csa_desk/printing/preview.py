"""What a PDF looks like, from its own bytes: the preview shows what is printed."""

from typing import NamedTuple

import pypdfium2


class PageImage(NamedTuple):
    """A page as pixels: ``pixels`` holds ``width`` × ``height`` × 4 bytes, rows from the top, in RGBA order."""

    width: int
    height: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_images(pdf: bytes, scale: float) -> list[PageImage]:
    """All pages on white. ``scale`` is pixels per point: 1.0 is 72 to the inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_image(page, scale) for page in document]
    finally:
        document.close()


def _image(page: pypdfium2.PdfPage, scale: float) -> PageImage:
    bitmap = page.render(
        scale=scale,
        rev_byteorder=True,
        force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
        fill_color=(255,) * 4,
    )
    try:
        row = bitmap.width * 4
        held = bytes(bitmap.buffer)
        pixels = b"".join(
            held[top * bitmap.stride : top * bitmap.stride + row] for top in range(bitmap.height)
        )
        return PageImage(bitmap.width, bitmap.height, pixels)
    finally:
        bitmap.close()
        page.close()
