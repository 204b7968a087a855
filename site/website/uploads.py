"""What staff may send as a document, and how every file that was sent is given out again."""

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.static import serve
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from website.scanning import scan

PICTURES = "images"
MOST_PARTS = 2_000
MOST_UNPACKED = 200_000_000
CHUNK = 1 << 16
# Office files: the part that says what such a file is.
PACKED = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "mimetype",
    "ods": "mimetype",
    "odp": "mimetype",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
# Programs inside a document: no reader of a directory needs one.
PROGRAMS = ("vbaproject.bin", "activex/", "basic/", "scripts/")
STARTS = {"pdf": b"%PDF-", "rtf": b"{\\rtf"}
TEXTS = frozenset({"txt", "csv"})

# A file opened by itself can run nothing, load nothing and be framed by nobody.
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

View = Callable[..., HttpResponseBase]


def as_files(view: View) -> View:
    """A view whose files go out under `FILE_POLICY`."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.streaming or response.status_code == 304:
            response.headers["Content-Security-Policy"] = FILE_POLICY
        return response

    return answer


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture from wherever uploads are kept, and from its folder of pictures alone."""
    if isinstance(default_storage, FileSystemStorage):
        return serve(request, path, document_root=default_storage.path(PICTURES))
    name = posixpath.normpath(path)
    if name.startswith(("/", "..")):
        raise Http404
    try:
        file = default_storage.open(f"{PICTURES}/{name}")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, filename=posixpath.basename(name))


class DocumentForm(BaseDocumentForm):
    """Takes a document only when it is what its name says."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_document(file, file.name.rpartition(".")[2].lower())
            scan(file)
        return file


class ImageForm(BaseImageForm):
    """Wagtail itself has looked whether a picture is one, of its kind and not too large."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            scan(file)
        return file


def check_document(file: BinaryIO, kind: str) -> None:
    """Raise `ValidationError` with a sentence unless the content is of this kind; the file is wound back."""
    file.seek(0)
    try:
        if kind in PACKED:
            _check_packed(file, kind)
        elif not _reads_as(file, kind):
            raise _not_a(kind)
    finally:
        file.seek(0)


def _check_packed(file: BinaryIO, kind: str) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            names = [part.filename for part in parts]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _too_far()
            if PACKED[kind] not in names:
                raise _not_a(kind)
            if any(program in name.lower() for name in names for program in PROGRAMS):
                raise ValidationError(_("This file holds a program (a macro). Save it without one and send that."))
            if kind in OPEN_DOCUMENT and packed.read("mimetype")[:100].strip() != OPEN_DOCUMENT[kind]:
                raise _not_a(kind)
            _unpack(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _not_a(kind) from error


def _unpack(packed: zipfile.ZipFile) -> None:
    """Walk every part: the sizes that a zip file states can be a lie."""
    left = MOST_UNPACKED
    for part in packed.infolist():
        with packed.open(part) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_far()


def _reads_as(file: BinaryIO, kind: str) -> bool:
    if kind in STARTS:
        return file.read(1024).lstrip().startswith(STARTS[kind])
    if kind not in TEXTS:
        return False
    while chunk := file.read(CHUNK):
        if b"\x00" in chunk:
            return False
    return True


def _not_a(kind: str) -> ValidationError:
    return ValidationError(_("This is not a %(kind)s file, whatever its name says.") % {"kind": kind.upper()})


def _too_far() -> ValidationError:
    return ValidationError(_("This file unpacks to far more than it should."))
