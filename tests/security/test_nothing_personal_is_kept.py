"""After a flood of searches, no postcode and no sentence stands in the database, a log, an address or a report."""

import io
import logging
import re
import unicodedata

import pytest
from django.db import connection
from django.utils import timezone

from search.documents import asset_documents
from search.engines import engine
from search.exporting import write
from search.models import SearchRecord
from search.place_names import forget_text_places
from tests.factories.assets_map import make_gazetteer, make_place
from tests.factories.directory import make_asset, make_session

pytestmark = pytest.mark.django_db

# Real in the test's gazetteer, closed, outside, unknown, and such as people write them.
POSTCODES = ["RM18 8AF", "RM18 8AX", "DA12 2BN", "RM18 8ZZ"]
WAYS = [
    "{out} {inn}", "{out}{inn}", "{low_out}{low_inn}", "{out}  {inn}", "{out}-{inn}", "{out}.{inn}", "{out}, {inn}",
    "{out}\u00a0{inn}", "({out} {inn})", "{wide}", "{out}\t{inn}",
]  # fmt: skip
SENTENCES = [
    "My husband Zebediah died in March and I sit alone every evening {code}",
    "{code} mum keeps wandering at night and I cannot cope Zebediah",
    "zebediah hits the wall when lunch is late, flat 12 Quokka House {code} please help",
    "I live at 12 Quokka House {code} and want lunch",
]
# Words of the sentences that neither the directory nor the places know.
MARKERS = ["zebediah", "quokka", "wandering"]


def written(code):
    """A postcode in every way that people write one."""
    out, inn = code.split()
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter != " " else "\u3000" for letter in code)
    return [
        way.format(out=out, inn=inn, low_out=out.lower(), low_inn=inn.lower(), wide=wide) for way in WAYS
    ]  # fmt: skip


def squeezed(text):
    """A text as its letters and digits, so that no way of writing a postcode hides it."""
    return re.sub(r"[^A-Z0-9]+", "", unicodedata.normalize("NFKD", text).upper())


def dumped():
    """All that the database holds, but for what this test put into the directory."""
    found = []
    ours = {"directory_venue"}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in ours:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(found)


class Flood:
    """Searches by a client, and every address that the site gave or led to."""

    def __init__(self, client):
        self.client = client
        self.addresses = []
        self.asked = 0

    def post(self, **fields):
        answer = self.client.post("/find/", fields, follow=True)
        assert answer.status_code == 200
        self.addresses += [address for address, _status in answer.redirect_chain]
        self._take(answer)

    def get(self, path, **fields):
        answer = self.client.get(path, fields, follow=True)
        assert answer.status_code == 200
        self.addresses += [address for address, _status in answer.redirect_chain]
        # Without a redirect the page was asked for by the visitor's own address, and may lead back to it.
        if answer.redirect_chain:
            self._take(answer)

    def _take(self, answer):
        self.asked += 1
        self.addresses.append(answer.wsgi_request.get_full_path())
        page = answer.content.decode()
        self.addresses += re.findall(r'(?:href|action|src|data-[a-z-]+)="([^"]*)"', page)


@pytest.fixture
def logs():
    """Whatever is logged, in full."""
    written = io.StringIO()
    handler, root = logging.StreamHandler(written), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("search.engines").warning("The log is heard.")
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def flood(client, own_folder, logs):
    make_gazetteer(own_folder)
    make_place()
    forget_text_places()
    make_session(make_asset(name="Riverside Lunch Club", summary="Lunch for a husband or wife who sits alone."))
    make_asset(name="Memory Café", reach=["by-phone"], summary="Mum, dad, night and day.")
    engine().rebuild(asset_documents())
    flood = Flood(client)
    for code in POSTCODES:
        for way in written(code):
            flood.post(text="lunch", place=way)
            flood.post(text=f"lunch {way}")
            flood.post(text=f"lunch near {way}, ring first", place="Tilbury")
            flood.get("/find/", text=f"lunch {way}")
            flood.get("/find/", text="lunch", place=way)
            flood.get("/find/", text="lunch", place="RM18 8", kind=way, category=way, day=way, ignore=way)
        for sentence in SENTENCES:
            flood.post(text=sentence.format(code=code))
            flood.post(text=sentence.format(code=""), place=code)
    return flood


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    engine.cache_clear()
    yield tmp_path
    engine.cache_clear()


def test_no_postcode_and_no_sentence_is_kept_anywhere(flood, logs):
    assert flood.asked > 150
    assert SearchRecord.objects.count() > 100
    report = io.StringIO()
    write(report, timezone.localdate(), timezone.localdate())
    assert "lunch" in report.getvalue()
    assert "The log is heard." in logs.getvalue()
    places = {
        "database": dumped(),
        "logs": logs.getvalue(),
        "addresses": "\n".join(flood.addresses),
        "export": report.getvalue(),
    }
    for where, text in places.items():
        kept = squeezed(text)
        assert [code for code in POSTCODES if code.replace(" ", "") in kept] == [], where
        assert [word for word in MARKERS if word in text.casefold()] == [], where


def test_no_order_of_words_is_kept(flood):
    for words in SearchRecord.objects.values_list("words", flat=True):
        assert words.split() == sorted(set(words.split()))


def test_the_cookie_alone_knows_the_postcode_and_is_not_kept_with_the_search(flood):
    flood.post(text="lunch", place="RM18 8AF")
    assert "RM188AF" in squeezed(flood.client.cookies["where"].value)
    assert "RM188AF" not in squeezed(repr(list(SearchRecord.objects.values())))
