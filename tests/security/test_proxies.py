"""The proxies that the how-to pages give: their own tools read them, and the site stands behind each."""

import re
import subprocess

import pytest

from tests.config.test_commands import free_port
from tests.security.conftest import HOST
from tests.security.proxies import CADDY, NGINX, SHIPPED, Proxy, environment, nginx, running

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
MARKED = "hewillkillmetonight"
MEGABYTE = 1024 * 1024
needs_caddy = pytest.mark.skipif(not CADDY, reason="No caddy: apt install caddy.")
needs_nginx = pytest.mark.skipif(not NGINX, reason="No nginx: apt install nginx.")
KINDS = [pytest.param("caddy", marks=needs_caddy), pytest.param("nginx", marks=needs_nginx)]


def told(command, **given):
    return subprocess.run(command, check=False, capture_output=True, text=True, **given)


@needs_caddy
@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.many"])
def test_caddy_reads_its_file_and_would_write_it_so(name, tmp_path):
    given = {**environment(tmp_path), "ALLOWED_HOSTS": "a.example.org, b.example.org"}
    read = told([CADDY, "validate", "--adapter", "caddyfile", "--config", str(SHIPPED / name)], env=given)
    assert read.returncode == 0, read.stderr
    assert "not formatted" not in read.stderr


def test_one_web_process_and_many_are_served_alike_but_for_how_they_are_found():
    def rest(name):
        text = (SHIPPED / name).read_text(encoding="utf-8").partition("\n")[2]
        text = re.sub(r"^\treverse_proxy.*?(?=^\thandle_errors)", "", text, flags=re.MULTILINE | re.DOTALL)
        return text.replace("{$ALLOWED_HOSTS}", "help.example.org")

    assert rest("Caddyfile") == rest("Caddyfile.many")
    assert "handle_errors" in rest("Caddyfile")


@needs_nginx
def test_nginx_reads_its_file(tmp_path):
    read = told([*nginx(Proxy(tmp_path, 443, 80), 8000), "-t"])
    assert read.returncode == 0, read.stderr
    assert "warn" not in read.stderr


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def proxy(kind, site, tmp_path_factory):
    with running(kind, tmp_path_factory.mktemp("proxies") / kind, site.port) as proxy:
        yield proxy


def test_the_site_s_own_headers_reach_the_visitor(proxy):
    answer = proxy.ask("GET", "/privacy/")
    assert answer.status == 200
    assert "default-src 'none'" in answer.header("Content-Security-Policy")
    assert answer.header("X-Content-Type-Options") == "nosniff"
    assert answer.header("Strict-Transport-Security").startswith("max-age=31536000")
    assert answer.header("Cache-Control") == "private, no-cache"
    assert not any(letter.isdigit() for letter in answer.header("Server") or "")


def test_http_leads_to_https(proxy):
    answer = proxy.ask_without_tls("/privacy/?a=b")
    assert answer.status in {301, 308}
    assert answer.header("Location") == f"https://{HOST}/privacy/?a=b"


def test_no_visitor_says_who_they_are_or_how_they_came(proxy, kind):
    """More sign-ins from one address than it may send, each with another address of its own choosing."""
    body, here = b"login=nobody%40example.org&password=kettle", {"caddy": "127.0.0.3", "nginx": "127.0.0.4"}[kind]

    def sign_in(by, number=1):
        return proxy.ask("POST", "/sign-in/", f"{FORM}X-Forwarded-For: 192.0.2.{number}\r\n", body, by=by).status

    assert next(number for number in range(250) if sign_in(here, number) == 429) >= 60
    assert sign_in("127.0.0.2") == 403
    assert proxy.ask("GET", "/privacy/", "X-Forwarded-Proto: http\r\n").status == 200


def test_a_host_that_is_not_ours_is_not_answered(proxy):
    raw = f"GET /privacy/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: {HOST}\r\nConnection: close\r\n\r\n"
    answer = proxy.send(raw.encode())
    assert answer.status == 400 or answer.body == b""


def test_a_file_as_large_as_staff_may_send_gets_through_and_the_site_itself_refuses_a_larger_one(proxy):
    staff = f"{FORM}Cookie: __Host-session=any\r\n"
    assert proxy.ask("POST", "/admin/images/add/", staff, b"a" * 20 * MEGABYTE).status in {302, 403}
    for path, headers, size in (("/admin/images/add/", staff, 20 * MEGABYTE + 1), ("/find/", FORM, 262_145)):
        answer = proxy.ask("POST", path, headers, b"a" * size)
        assert answer.status == 413
        assert b"<h1" in answer.body


def test_when_the_site_is_away_the_visitor_is_told_and_the_log_keeps_nothing_of_theirs(kind, tmp_path):
    with running(kind, tmp_path / kind, free_port()) as proxy:
        headers = "".join(f"{name}: {MARKED}\r\n" for name in ("Referer", "User-Agent", "Cookie", "X-Forwarded-For"))
        answer = proxy.ask("GET", f"/answer/?link={MARKED}", headers)
        assert answer.status in {502, 503}
        assert b"Please try again in a minute." in answer.body
        assert answer.header("Content-Security-Policy") == "default-src 'none'"
        assert proxy.ask("POST", f"/find/?{MARKED}", headers, b"a" * 26 * MEGABYTE).status in {413, 502}
    said = proxy.said()
    assert "/answer/" in said
    assert MARKED not in said
