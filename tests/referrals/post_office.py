"""A real mail server, and a GOV.UK Notify of our own that can misbehave."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from aiosmtpd.controller import Controller

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
NOTIFY_KEY = f"answering-{SERVICE}-{SECRET}"


class AnyPort(Controller):
    """Port 0 is whichever is free; it must be known before the server is asked whether it is there."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """`letters`: (sender, receivers, text) of each that was taken; `refuses`: what it answers to a receiver instead."""

    def __init__(self):
        self.letters = []
        self.refuses = {}
        self.breaks_off = False
        self._controller = AnyPort(self, hostname="127.0.0.1", port=0)

    def __enter__(self):
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(self, *_error):
        self._controller.stop(no_assert=True)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # named by aiosmtpd
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # the same
        if self.breaks_off:
            return "451 Not now"
        self.letters.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content.decode()))
        return "250 OK"


class Notify:
    """`texts`: what was taken; `answers`: what to answer next instead, (status, body) each, or seconds to be silent."""

    def __init__(self):
        self.texts = []
        self.answers = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, headers, asked):
        """What the real one answers."""
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            return 403, {"errors": [{"error": "AuthError", "message": "Invalid token: signature"}]}
        if claims["iss"] != SERVICE or abs(claims["iat"] - time.time()) > 30:
            return 403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]}
        self.texts.append(asked)
        return 201, {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": asked["reference"]}

    def _handler(notify):  # noqa: N805  # the handler's own methods have the name `self`
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                found = notify.answers.pop(0) if notify.answers else notify.take(self.headers, asked)
                if isinstance(found, float):
                    time.sleep(found)
                    found = (500, "")
                status, body = found
                content = (body if isinstance(body, str) else json.dumps(body)).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments):
                pass

            def handle(self):
                try:
                    super().handle()
                except ConnectionError:
                    self.close_connection = True

        return Handler
