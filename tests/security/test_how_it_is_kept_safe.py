"""The pages for a security team say what is so."""

import re
import tomllib
from pathlib import Path

import pytest

from accounts.guessing import FREE_TRIES
from config.environment import USUAL_LIMITS
from config.settings import base
from directory import shortlist
from importers import spreadsheets, workbooks
from search import finding, suggestions, views
from search.query import LONGEST_TEXT, MOST_PAGE_SIZE
from website import uploads

ROOT = Path(__file__).resolve().parents[2]
KEPT_SAFE = (ROOT / "docs" / "security" / "how-it-is-kept-safe.md").read_text(encoding="utf-8")
STANDS_ON = (ROOT / "docs" / "security" / "what-it-stands-on.md").read_text(encoding="utf-8")
KEYS = (ROOT / "docs" / "security" / "cryptography.md").read_text(encoding="utf-8")
PROXY = " ".join((ROOT / "docs" / "how-to" / "proxy" / "nginx.conf").read_text(encoding="utf-8").split())
CADDY = (ROOT / "docs" / "how-to" / "proxy" / "Caddyfile").read_text(encoding="utf-8")


def section(title, page=KEPT_SAFE):
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_what_may_come_in_is_written_down_with_where_it_is_checked():
    told = section("What may come in")
    assert f"cut at {LONGEST_TEXT} characters" in told
    modules = re.findall(r"\| `((?:accounts|assets_map|directory|importers|search|website)\.[a-z_.]+)", told)
    assert len(modules) >= 10
    for name in modules:
        place = ROOT / name.replace(".", "/")
        ours = [place, ROOT / "site" / name.replace(".", "/")]
        assert any(one.is_dir() or one.with_suffix(".py").is_file() for one in ours), name


def test_what_must_make_sense_together_is_written_down():
    told = " ".join(section("What may come in").split())
    for words in ("first date", "upper age", "point is that of its postcode", "no two councils share a GSS code"):
        assert words in told


def test_limits_of_one_person_and_of_everybody_are_those_of_the_code():
    told = section("How much, and how often")
    for number in (
        MOST_PAGE_SIZE,
        shortlist.MOST,
        views.MOST_PRINTED,
        finding.MOST_POINTS,
        suggestions.MOST_SUGGESTIONS,
    ):
        assert re.search(rf"\| {number:,} \|", told), number
    assert re.search(rf"before a wait \| {FREE_TRIES} \|", told)
    everybody = (ROOT / "docs" / "how-to" / "limits-and-logs.md").read_text(encoding="utf-8")
    for kind, number in USUAL_LIMITS.items():
        assert re.search(rf"`{kind}`.*\| {number:,} \|", everybody), kind


def test_what_costs_most_is_written_down_with_what_bounds_it():
    told = section("How much, and how often")
    for words in ("searches", "printed sheets", "suggestions", "spreadsheets", "index", "60 seconds"):
        assert words in told


def test_kinds_and_sizes_of_files_are_those_of_the_code():
    told = section("Files")
    for kind in base.WAGTAILDOCS_EXTENSIONS:
        assert kind.upper() in told
    for kind in ("JPEG", "PNG", "GIF", "WebP"):
        assert kind in told
    assert (
        f"{base.WAGTAILIMAGES_MAX_UPLOAD_SIZE >> 20} MB, {base.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000} million"
        in told
    )
    assert f"{base.WAGTAILDOCS_MAX_UPLOAD_SIZE >> 20} MB; unpacked {uploads.MOST_UNPACKED // 1_000_000} MB" in told
    assert f"{spreadsheets.MOST_BYTES // 1_000_000} MB; unpacked {workbooks.MOST_UNPACKED // 1_000_000} MB" in told


def test_ways_in_and_how_guesses_are_slowed_down_are_written_down():
    told = section("Signing in")
    for words in ("OpenID Connect", "passkey", "one-time link", "There are no others", "locks a colleague out"):
        assert words in told
    assert f"after {['', 'one', 'two', 'three', 'four', 'five'][FREE_TRIES]} each next one waits" in told


def test_limits_of_sessions_are_those_of_the_settings():
    told = section("Signing in")
    assert f"{base.IDLE_MINUTES} minutes" in told
    assert f"{base.SIGNED_IN_HOURS} hours" in told
    assert "How many at once" in told
    assert "With a council's sign-in" in told


def test_rules_by_function_record_and_field_are_written_down():
    told = section("Who may do what")
    for words in ("By function", "By record", "By field", "where a listing came from", "an access event"):
        assert words in told


def test_everything_it_talks_to_is_written_down():
    told = section("Whom it talks to")
    for words in (
        "PostgreSQL",
        "Elasticsearch",
        "OpenID Connect",
        "mail server",
        "media storage",
        "ClamAV",
        "map tiles",
    ):
        assert words in told


def test_every_kind_of_data_has_a_level_and_how_it_is_kept():
    told = section("What it knows, and how each kind is kept")
    assert len(re.findall(r"^\| \*\*", told, re.MULTILINE)) == 6
    assert "config/retention.py" in told


def test_every_log_is_written_down_with_who_reads_it_and_how_long_it_stays():
    told = section("What is written down")
    rows = [row for row in told.splitlines() if row.startswith("| ") and not row.startswith(("| log", "| ---"))]
    assert len(rows) >= 7
    assert all(row.count("|") == 5 for row in rows)


def test_keys_and_algorithms_are_written_down():
    for name in ("SECRET_KEY", "OIDC_CLIENT_SECRET", "age", "TLS"):
        assert name in section("Keys", KEYS)
    for name in ("PBKDF2", "HMAC-SHA-256", "AES-256-GCM", "X25519", "TLS 1.2 and 1.3"):
        assert name in section("What is in use", KEYS)
    assert "NIST SP 800-57" in KEYS


def test_every_library_is_written_down_and_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [one for name, needs in project["optional-dependencies"].items() if name != "dev" for one in needs]
    names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in [*project["dependencies"], *extras]}
    assert (
        set(re.findall(r"^\| ([a-z0-9]\S+) \| ", section("What each is for", STANDS_ON), re.MULTILINE)) - {"library"}
        == names
    )
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert names <= pinned


def test_how_soon_each_is_brought_up_to_date_is_written_down():
    told = section("How soon", STANDS_ON)
    assert re.findall(r"\| (\d+) days", told) == ["2", "7", "30", "30", "90"]


@pytest.mark.parametrize("words", ["ssl_protocols TLSv1.2 TLSv1.3;", "return 301 https://", "X-Forwarded-Proto https;"])
def test_the_proxy_that_we_describe_speaks_tls_of_today_and_leads_there(words):
    assert words in PROXY
    assert re.search(r"ssl_ciphers ECDHE\S+;", PROXY)


def test_the_proxy_that_we_describe_serves_no_folder():
    assert not re.search(r"autoindex|file_server|\balias\b|\broot \*|Forwarded-For \$http", PROXY + CADDY)
