"""Everything that can be read in a file that leaves the service: text, metadata, decompressed streams, members."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject


@lru_cache(512)  # the same paper is searched once for each of its readers
def words_in(data: bytes, name: str = "") -> str:
    """The words of a PDF, of every member of a ZIP, or of plain text."""
    if data.startswith(b"%PDF"):
        return " ".join(_of_pdf(data))
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            inside = [words_in(archive.read(member), member) for member in archive.namelist()]
            return " ".join([name, str(archive.comment), *archive.namelist(), *inside])
    return f"{name} {data.decode('utf-8', 'ignore')}"


def _of_pdf(data: bytes) -> Iterator[str]:
    """Pages as text, the metadata, and every stream of the file as it is once unpacked."""
    reader = PdfReader(BytesIO(data))
    yield str(reader.metadata)
    yield from (page.extract_text() for page in reader.pages)
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(found, StreamObject) and "/Subtype" not in found:
            yield found.get_data().decode("latin-1")
        elif found is not None:
            yield str(found)
    yield data.decode("latin-1")
