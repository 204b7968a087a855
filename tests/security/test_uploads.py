"""What staff send is what its name says, is small enough, and is given out as a file and nothing else."""

import io
import socket
import threading
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from accounts.roles import Role
from website import uploads
from website.scanning import NotClean, NotScanned, scan
from website.uploads import FILE_POLICY, check_document

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
PAGE = b"<html><script>alert(1)</script></html>"


def packed(**parts):
    """An office file with these parts; `__` stands for `/`, `_dot_` for `.`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def picture(kind="PNG", size=(4, 4)):
    made = io.BytesIO()
    Picture.new("RGB", size).save(made, kind)
    return made.getvalue()


DOCX = packed(word__document_dot_xml="<a/>")
ODT = packed(mimetype="application/vnd.oasis.opendocument.text")
LYING_ODT = packed(mimetype="application/zip")
MACRO = packed(word__document_dot_xml="<a/>", word__vbaProject_dot_bin="x")

WHAT_THEY_ARE = [("a.pdf", PDF), ("a.docx", DOCX), ("a.odt", ODT), ("a.txt", b"words"), ("a.rtf", b"{\\rtf1 a}")]
WHAT_THEY_ARE_NOT = [
    ("a.pdf", PAGE), ("a.docx", PDF), ("a.docx", ODT), ("a.xlsx", DOCX), ("a.odt", LYING_ODT), ("a.docx", MACRO),
    ("a.txt", b"MZ\x00\x00"), ("a.csv", DOCX), ("a.rtf", PAGE), ("a.pdf", b""),
]  # fmt: skip


@pytest.fixture
def editor(as_role, db):
    return as_role(Role.EDITOR)


def send(client, name, content, door="wagtaildocs:add"):
    return client.post(reverse(door), {"title": "A document", "file": SimpleUploadedFile(name, content)})


def send_one_of_many(client, name, content, what="docs"):
    asked = {"title": name, "files[]": SimpleUploadedFile(name, content)}
    door = reverse(f"wagtail{what}:add_multiple")
    return client.post(door, asked, headers={"X-Requested-With": "XMLHttpRequest"}).json()


def read(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(("name", "content"), WHAT_THEY_ARE)
def test_a_document_that_is_what_its_name_says_is_kept(name, content):
    check_document(io.BytesIO(content), name.rpartition(".")[2])


@pytest.mark.parametrize(("name", "content"), WHAT_THEY_ARE_NOT)
def test_a_document_that_is_not_what_its_name_says_is_refused_in_words(name, content):
    with pytest.raises(ValidationError, match="file"):
        check_document(io.BytesIO(content), name.rpartition(".")[2])


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    bomb = packed(word__document_dot_xml=b"0" * 300_000)
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 200_000)
    with pytest.raises(ValidationError, match="unpacks to far more"):
        check_document(io.BytesIO(bomb), "docx")


def test_a_document_that_lies_about_its_size_is_refused(monkeypatch):
    bomb = packed(word__document_dot_xml=b"0" * 300_000).replace((300_000).to_bytes(4, "little"), b"\x05\0\0\0")
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 200_000)
    with pytest.raises(ValidationError, match="file"):
        check_document(io.BytesIO(bomb), "docx")


def test_a_document_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PARTS", 3)
    with pytest.raises(ValidationError, match="unpacks to far more"):
        check_document(io.BytesIO(packed(word__document_dot_xml="", a="", b="", c="")), "docx")


def test_no_door_of_documents_takes_a_false_one(editor):
    assert send(editor, "a.pdf", PAGE).status_code == 200
    assert not send_one_of_many(editor, "a.pdf", PAGE)["success"]
    chosen = editor.post(
        reverse("wagtaildocs_chooser:create"),
        {"document-chooser-upload-title": "A", "document-chooser-upload-file": SimpleUploadedFile("a.pdf", PAGE)},
    )
    assert chosen.json()["step"] == "reshow_creation_form"
    assert get_document_model().objects.count() == 0


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.zip", "a.docm", "a.pdf.html", "a"])
def test_other_kinds_of_documents_are_refused(editor, name):
    assert send(editor, name, PDF).status_code == 200
    assert get_document_model().objects.count() == 0


def test_a_document_that_is_too_large_is_refused(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000
    assert b"too big" in send(editor, "a.pdf", PDF + b" " * 1000).content
    assert get_document_model().objects.count() == 0


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\a.pdf", "/etc/a.pdf", "a';b=c, d.pdf", "💥.pdf"])
def test_a_name_never_leads_out_of_the_folder_or_into_a_header(editor, name, settings):
    send(editor, name, PDF)
    document = get_document_model().objects.get()
    assert document.file.path.startswith(f"{settings.MEDIA_ROOT}/documents/")
    answer = editor.get(document.url)
    assert read(answer) == PDF
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_a_document_is_given_out_as_a_file_that_can_run_nothing(editor, client):
    send(editor, "a.pdf", PDF)
    answer = client.get(get_document_model().objects.get().url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == FILE_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert read(answer) == PDF


def test_a_document_asked_for_by_another_name_is_not_there(editor):
    send(editor, "a.pdf", PDF)
    pk = get_document_model().objects.get().pk
    assert editor.get(f"/documents/{pk}/a.html").status_code == 404


def test_pictures_are_given_out_as_files_and_nothing_else_of_the_folder_is(client, db, settings):
    for folder, name, content in (("images", "logo.png", picture()), ("documents", "a.pdf", PDF)):
        (settings.MEDIA_ROOT / folder).mkdir(parents=True, exist_ok=True)
        (settings.MEDIA_ROOT / folder / name).write_bytes(content)
    answer = client.get("/media/images/logo.png")
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", FILE_POLICY)
    assert read(answer) == picture()
    outside = ("/media/images/", "/media/images/../documents/a.pdf", "/media/documents/a.pdf", "/media/", "/documents/")
    for path in outside:
        assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.png", PAGE),
        ("a.png", picture("JPEG")),
        ("a.php", picture()),
    ],
)
def test_what_is_no_picture_of_its_kind_is_refused(editor, name, content):
    said = send_one_of_many(editor, name, content, "images")
    assert not said["success"]
    assert get_image_model().objects.count() == 0


def test_a_picture_is_kept(editor):
    assert send_one_of_many(editor, "a.png", picture(), "images")["success"]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(editor, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000
    assert "too many pixels" in send_one_of_many(editor, "a.png", picture(size=(40, 40)), "images")["error_message"]


def test_a_picture_that_is_too_large_is_refused(editor, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    assert "too big" in send_one_of_many(editor, "a.png", picture(), "images")["error_message"]


class Scanner:
    """Stands in for clamd: keeps what it was sent, and gives one answer."""

    def __init__(self, answer):
        self.answer, self.heard = answer, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self):
        line, _address = self.door.accept()
        with line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(said.read(4), "big"):
                self.heard += said.read(length)
            line.sendall(self.answer)

    def close(self):
        self.thread.join()
        self.door.close()


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [(b"stream: OK\0", None), (b"stream: Eicar-Signature FOUND\0", NotClean), (b"what? ERROR\0", NotScanned)],
)
def test_a_scanner_that_is_named_hears_every_byte_and_is_obeyed(settings, answer, refusal):
    content = b"some words " * 20_000
    scanner = Scanner(answer)
    settings.CLAMAV = scanner.address
    try:
        if refusal is None:
            scan(io.BytesIO(content))
        else:
            with pytest.raises(refusal):
                scan(io.BytesIO(content))
    finally:
        scanner.close()
    assert scanner.heard == content


def test_a_scanner_that_does_not_answer_lets_nothing_in(settings, editor, tmp_path):
    settings.CLAMAV = str(tmp_path / "no-such-socket")
    assert "does not answer" in send_one_of_many(editor, "a.png", picture(), "images")["error_message"]
    assert b"does not answer" in send(editor, "a.pdf", PDF).content
    assert get_image_model().objects.count() + get_document_model().objects.count() == 0
