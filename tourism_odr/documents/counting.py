"""How many pages a PDF has."""

from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader


def pages_in(pdf: bytes) -> int:
    """The number of pages as the file says it; one for a file that does not say."""
    try:
        return max(1, int(PdfFileReader(BytesIO(pdf), strict=False).root["/Pages"]["/Count"]))
    except (PdfError, KeyError, TypeError, ValueError):
        return 1
