"""Hostile bytes at the doors of a real server, as production runs it: each is refused in words, or does nothing."""

import re

import pytest

from tests.security.conftest import HOST, PROXIED, read_answer

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
MARKED = "hewillkillmetonight"
# Words that only a file of the server could have said.
LEAKED = (b"root:x:", b"SQLite format", b"SECRET_KEY", b"Traceback")


def line(request_line, headers=PROXIED, body=b""):
    return f"{request_line}\r\n{headers}Connection: close\r\n\r\n".encode("latin1") + body


def get(path, more=""):
    return line(f"GET {path} HTTP/1.1", PROXIED + more)


def post(headers, body):
    return line("POST /find/ HTTP/1.1", PROXIED + FORM + headers, body)


# name: (bytes, what it may be answered with). 0: the line is closed.
HOSTILE = {
    "a line break in an address": (get("/find/%0d%0aSet-Cookie:%20evil=1"), {404}),
    "a line break in a query": (get("/find/?text=a%0d%0aSet-Cookie:%20evil=1"), {200, 302}),
    "a line break in where to go next": (get("/sign-in/?next=/%0d%0aSet-Cookie:%20evil=1"), {200}),
    "an address of another site": (get("http://evil.example/privacy/"), {200, 400, 404}),
    "an address that looks like another site": (get("//evil.example/"), {301, 302, 404}),
    "an address that looks like another site without its end": (get("//evil.example/find"), {301, 302, 404}),
    "backslashes for slashes": (get("/\\evil.example/find"), {301, 302, 400, 404}),
    "encoded backslashes": (get("/%5Cevil.example/find"), {301, 302, 404}),
    "a null byte in an address": (line("GET /find/\0 HTTP/1.1"), {400}),
    "an encoded null byte": (get("/listing/%00/"), {400, 404}),
    "bytes that are no text": (get("/listing/%ff%fe/"), {404}),
    "up and out of static files": (get("/static/../../../../etc/passwd"), {404}),
    "up and out, encoded": (get("/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"), {404}),
    "up and out, encoded twice": (get("/static/%252e%252e/%252e%252e/etc/passwd"), {404}),
    "the database by way of pictures": (get("/media/images/../../db.sqlite3"), {400, 404}),
    "the database by way of pictures, encoded": (get("/media/images/%2e%2e%2f%2e%2e%2fdb.sqlite3"), {400, 404}),
    "an absolute path by way of pictures": (get("/media/images//etc/passwd"), {404}),
    "the database as media": (get("/media/db.sqlite3"), {404}),
    "documents by way of media": (get("/media/documents/minutes.pdf"), {404}),
    "the secret key": (get("/secret_key/"), {404}),
    "no host": (line("GET / HTTP/1.1", ""), {400}),
    "another host": (line("GET / HTTP/1.1", "Host: evil.example\r\n"), {400}),
    "another host through the proxy": (line("GET / HTTP/1.1", PROXIED.replace(HOST, "evil.example")), {400}),
    "two hosts": (line("GET / HTTP/1.1", f"Host: {HOST}\r\nHost: evil.example\r\n"), {400}),
    "a host behind an at": (line("GET / HTTP/1.1", f"Host: {HOST}@evil.example\r\n"), {400}),
    "a host with no number for a port": (line("GET / HTTP/1.1", f"Host: {HOST}:evil\r\n"), {400}),
    "a host with a path": (line("GET / HTTP/1.1", f"Host: {HOST}/evil\r\n"), {400}),
    "a forwarded host": (get("/my-list/", "X-Forwarded-Host: evil.example\r\nX-Host: evil.example\r\n"), {200}),
    "a rewritten address": (get("/privacy/", "X-Original-URL: /admin/\r\nX-Rewrite-URL: /admin/\r\n"), {200}),
    "another method beside the method": (
        line("POST /privacy/ HTTP/1.1", PROXIED + "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n"),
        {403, 405},
    ),
    "a name of somebody signed in": (get("/admin/", "X-Remote-User: admin\r\nRemote-User: admin\r\n"), {302}),
    "two lengths": (post("Content-Length: 4\r\nContent-Length: 9\r\n", b"a=b&evil="), {400}),
    "a length and chunks": (post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), {400}),
    "chunks behind a comma": (post("Transfer-Encoding: identity, chunked\r\n", b"0\r\n\r\n"), {400, 411, 501}),
    "chunks of another spelling": (post("Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"), {400, 501}),
    "chunks twice": (post("Transfer-Encoding: chunked\r\n" * 2, b"0\r\n\r\n"), {400, 411, 501}),
    "chunks": (post("Transfer-Encoding: chunked\r\n", b"3\r\na=b\r\n0\r\n\r\n"), {411}),
    "a chunk of no size": (post("Transfer-Encoding: chunked\r\n", b"evil\r\n"), {400, 411}),
    "a length below nothing": (post("Content-Length: -1\r\n", b""), {400}),
    "a length with a plus": (post("Content-Length: +3\r\n", b"a=b"), {400}),
    "a length in words": (post("Content-Length: three\r\n", b"a=b"), {400}),
    "a length of two numbers": (post("Content-Length: 3, 3\r\n", b"a=b"), {400}),
    "a length beyond all measure": (post(f"Content-Length: {'9' * 40}\r\n", b"a=b"), {400, 413}),
    "a body larger than is taken": (post("Content-Length: 300000\r\n", b"a=" + b"b" * 299_998), {413}),
    "a request behind a request": (
        post("Content-Length: 3\r\n", b"a=bGET /admin/evil HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        {200, 302},
    ),
    "a header that goes on": (get("/", "X-One: a\r\n evil: b\r\n"), {400}),
    "a space before the colon": (get("/", "X-One : a\r\n"), {400}),
    "a header of no name": (get("/", ": a\r\n"), {400}),
    "a header without a colon": (get("/", "evil\r\n"), {400}),
    "a null byte in a header": (get("/", "X-One: a\0b\r\n"), {400}),
    "a carriage return in a header": (get("/", "X-One: a\rb\r\n"), {400}),
    "underscores for hyphens": (get("/", "X_Forwarded_Proto: http\r\n"), {200, 400}),
    "an address of 20,000 letters": (get("/find/?text=" + "a" * 20_000), {414}),
    "a hundred headers": (get("/", "".join(f"X-{n}: a\r\n" for n in range(100))), {431}),
    "a header of 20,000 letters": (get("/", f"X-One: {'a' * 20_000}\r\n"), {431}),
    "a cookie of 9,000 letters": (get("/", f"Cookie: said={'a' * 9_000}\r\n"), {431}),
    "a method that nobody knows": (line("BREW / HTTP/1.1"), {400, 405}),
    "a method of letters and signs": (line("G<script> / HTTP/1.1"), {400, 405}),
    "a method of 300 letters": (line(f"{'A' * 300} / HTTP/1.1"), {400, 405}),
    "a trace": (get("/").replace(b"GET", b"TRACE"), {405}),
    "a tunnel": (line("CONNECT evil.example:443 HTTP/1.1"), {400, 404, 405}),
    "options of everything": (line("OPTIONS * HTTP/1.1"), {200, 400, 404, 405}),
    "a version to come": (line("GET / HTTP/9.9"), {400}),
    "no version": (b"GET /\r\n\r\n", {400}),
    "another protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}),
    "noise": (bytes(range(128, 256)) * 4 + b"\r\n\r\n", {400}),
    "a secure connection where there is none": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "an expectation that nobody meets": (get("/", "Expect: the-impossible\r\n"), {400, 417}),
    "half a form": (post("Content-Length: 500\r\n", b"text=lunch"), {400}),
    "an upgrade": (get("/privacy/", "Upgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAAA\r\n"), {200, 400}),
    "a proxy's first line": (b"PROXY TCP4 192.0.2.9 192.0.2.1 1 2\r\n" + get("/"), {400}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_come_to_nothing(site, name):
    raw, expected = HOSTILE[name]
    with site.open() as door:
        door.sendall(raw)
        if name == "half a form":
            door.shutdown(1)
        answer = read_answer(door)
    assert answer is not None, "The line was closed without a word."
    assert answer.status in expected, answer.head
    assert "evil=1" not in (answer.header("Set-Cookie") or "")
    assert "evil.example" not in (answer.header("Location") or "").partition("?")[0].removeprefix("/evil.example/")
    assert not (answer.header("Location") or "").startswith(("//", "/\\", "http://"))
    assert b"evil.example/" not in answer.body
    assert not [words for words in LEAKED if words in answer.body]
    if answer.status >= 400:
        assert b"<h1" in answer.body
    assert site.ask("GET", "/privacy/").status == 200


def test_slow_visitors_keep_nobody_waiting(site):
    """More of them than the server has threads, ten times over: in their first lines, in a form, and silent."""
    slow = [site.open() for _each in range(40)]
    for door in slow[:20]:
        door.sendall(b"GET /privacy/ HTTP/1.1\r\nHost: direc")
    for door in slow[20:30]:
        door.sendall(f"POST /find/ HTTP/1.1\r\n{PROXIED}{FORM}Content-Length: 90\r\n\r\ntext=".encode())
    assert site.ask("GET", "/privacy/").status == 200
    slow[0].sendall(f"tory.example.org\r\n{PROXIED[PROXIED.index('X-') :]}\r\n".encode())
    slow[20].sendall(b"a" * 85)
    assert [read_answer(door).status for door in (slow[0], slow[20])] == [200, 200]
    for door in slow:
        door.close()


@pytest.mark.parametrize("name", ["Server-Timing", "X-Powered-By", "X-Debug", "Via"])
def test_nothing_is_said_of_what_it_is_made_of(site, name):
    answer = site.ask("GET", "/privacy/")
    assert answer.header(name) is None
    assert answer.header("Server") == "gunicorn"


def test_cookies_are_for_this_host_alone_and_https(site):
    for path, name in (("/sign-in/", "__Host-csrf"), ("/my-list/", "")):
        for cookie in re.findall(r"(?im)^set-cookie: (.*)", site.ask("GET", path).head):
            assert cookie.startswith(name or "__Host-")
            assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
            assert "SameSite=Lax" in cookie
            assert "Domain" not in cookie
    for cookie in re.findall(r"(?im)^set-cookie: (.*)", site.ask("GET", "/find/?text=RM18+8AD+Zebediah").head):
        assert cookie.startswith("__Host-")


def test_http_leads_to_https_with_every_header(site):
    answer = site.send(f"GET /privacy/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: http\r\n\r\n".encode())
    assert (answer.status, answer.header("Location")) == (301, f"https://{HOST}/privacy/")
    assert "default-src 'none'" in answer.header("Content-Security-Policy")
    assert answer.header("X-Content-Type-Options") == "nosniff"


def test_https_is_promised_for_a_year(site):
    assert site.ask("GET", "/privacy/").header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"
