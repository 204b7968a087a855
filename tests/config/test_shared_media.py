"""Uploads that several machines share are kept in a bucket, and given out by the site alone."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from config.backup import emptiness
from config.environment import shared_media
from tests.config.bucket import bucket


@pytest.fixture
def shared(settings):
    """A bucket that the site keeps its uploads in; what stands in it, by name."""
    with bucket() as server:
        url = f"http://127.0.0.1:{server.server_port}"
        kept_in = shared_media("uploads", url=url, region="eu-west-2", key=("an-id", "a-key"))
        settings.STORAGES = {**settings.STORAGES, "default": kept_in}
        yield server
        default_storage.connection.meta.client.close()


def test_without_a_bucket_uploads_are_files_of_the_data_folder():
    assert shared_media("", url="", region="", key=("", "")) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage"
    }


def test_what_is_kept_is_in_the_bucket_and_signed_for(shared):
    assert default_storage.save("images/hall.png", ContentFile(b"a hall")) == "images/hall.png"
    assert shared.kept == {"images/hall.png": b"a hall"}
    assert shared.asked[0].startswith("AWS4-HMAC-SHA256 Credential=an-id/")


def test_a_second_file_of_the_same_name_gets_another(shared):
    first, second = (default_storage.save("images/hall.png", ContentFile(one)) for one in (b"one", b"two"))
    assert first != second
    assert sorted(shared.kept.values()) == [b"one", b"two"]


@pytest.mark.django_db
def test_pictures_are_given_out_by_the_site_and_nothing_beside_them(shared, client):
    default_storage.save("images/hall.png", ContentFile(b"a hall"))
    default_storage.save("documents/plan.pdf", ContentFile(b"a plan"))
    assert default_storage.url("images/hall.png") == "/media/images/hall.png"
    answer = client.get("/media/images/hall.png")
    assert (answer.status_code, answer.getvalue(), answer["Content-Type"]) == (200, b"a hall", "image/png")
    assert "sandbox" in answer["Content-Security-Policy"]
    for path in ("none.png", "../documents/plan.pdf", "a/../../documents/plan.pdf", "..%2Fdocuments/plan.pdf", ""):
        assert client.get(f"/media/images/{path}").status_code == 404


def test_backups_find_every_upload_in_it_and_a_failed_restore_takes_its_own_away(shared):
    for name in ("images/hall.png", "documents/2026/plan.pdf", "letter.txt"):
        default_storage.save(name, ContentFile(b"kept"))
    found = list(emptiness.stored(""))
    assert found == ["letter.txt", "documents/2026/plan.pdf", "images/hall.png"]
    for name in found:
        default_storage.delete(name)
    assert shared.kept == {}


def test_settings_choose_the_bucket(settings):
    assert (
        type(storages.create_storage(shared_media("uploads", url="", region="", key=("", "")))).__name__
        == "SharedMedia"
    )
