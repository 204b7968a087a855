"""Somebody else's system: takes parcels by HTTP, applies each once by its idempotency key, and can misbehave."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`applied` by key; `arrivals` counts each key's; `at_once` holds keys delivered twice at a time."""

    def __init__(self):
        self.applied = {}
        self.arrivals = Counter()
        self.at_once = set()
        # Statuses to answer with, by the content of a parcel; contents after which the line breaks, once each.
        self.answers = {}
        self.breaks_off = set()
        self.open = threading.Event()
        self.open.set()
        self._under_way = Counter()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, key, parcel):
        """The status to answer with; none: the line breaks before an answer, though the parcel is taken."""
        with self._lock:
            self.arrivals[key] += 1
            self._under_way[key] += 1
            if self._under_way[key] > 1:
                self.at_once.add(key)
        self.open.wait()
        with self._lock:
            self._under_way[key] -= 1
            content = parcel["content"]
            if content in self.answers:
                return self.answers[content]
            self.applied.setdefault(key, parcel)
            if content in self.breaks_off:
                self.breaks_off.discard(content)
                return None
        return 201

    def _handler(receiver):  # noqa: N805  # the handler's own methods have the name `self`
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                parcel = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = receiver.take(self.headers["Idempotency-Key"], parcel)
                if status is not None:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, *_arguments):
                pass

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    self.close_connection = True

        return Handler
