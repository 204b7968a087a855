"""A bucket on loopback that speaks as much of S3 as uploads need."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    @property
    def name(self):
        """What is asked for in the bucket; blank for the bucket itself."""
        return unquote(urlsplit(self.path).path).lstrip("/").partition("/")[2]

    def answer(self, status, body=b"", kind="application/xml", length=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Last-Modified", "Tue, 24 Nov 2026 09:00:00 GMT")
        self.send_header("ETag", '"0"')
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):  # how the server calls it
        self.server.kept[self.name] = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.headers.get("Authorization", ""))
        self.answer(200)

    def do_HEAD(self):
        found = self.server.kept.get(self.name)
        self.answer(404) if found is None else self.answer(200, kind="image/png", length=len(found))

    def do_GET(self):
        if not self.name:
            self.answer(200, self.listing())
        elif self.name in self.server.kept:
            self.answer(200, self.server.kept[self.name], "image/png")
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_DELETE(self):
        self.server.kept.pop(self.name, None)
        self.answer(204)

    def listing(self):
        asked = parse_qs(urlsplit(self.path).query)
        prefix = asked.get("prefix", [""])[0]
        below = [name for name in sorted(self.server.kept) if name.startswith(prefix)]
        files = [name for name in below if "/" not in name[len(prefix) :]]
        folders = dict.fromkeys(
            prefix + name[len(prefix) :].partition("/")[0] + "/" for name in below if name not in files
        )
        said = [f"<Contents><Key>{escape(name)}</Key><Size>1</Size></Contents>" for name in files]
        said += [f"<CommonPrefixes><Prefix>{escape(name)}</Prefix></CommonPrefixes>" for name in folders]
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(said)}</ListBucketResult>".encode()


@contextlib.contextmanager
def bucket():
    """A bucket's server: `kept` is what is in it, by name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.kept, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
