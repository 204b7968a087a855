"""A real browser before a real server: `page.goto("/find/?text=lunch&place=RM18+8")`.

The server is `hereabouts serve` on a port of its own, filled once for each test process; nothing may leave 127.0.0.1.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys.post import Post

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
# Milliseconds.
PAGE_PATIENCE = 20_000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}

# Playwright's own loop runs in this thread, and Django would take every query for one inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Served(NamedTuple):
    """A running site: where it answers, its data folder, and a member of staff who may do everything."""

    address: str
    data: Path
    staff: str
    password: str


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def database_of_its_own():
    """(DATABASE_URL, how to remove it): SQLite in the data folder, or another database on the PostgreSQL in use."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return "", lambda: None
    import psycopg

    name = f"journeys_{os.getpid()}"
    server = url.rpartition("/")[0]

    def run(sql):
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    run(f"CREATE DATABASE {name}")
    return f"{server}/{name}", lambda: run(f"DROP DATABASE {name} WITH (FORCE)")


def answers(address):
    try:
        with urllib.request.urlopen(f"{address}/privacy/", timeout=5) as response:
            return response.status < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def await_answer(address, process, said):
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and process.poll() is None:
        if answers(address):
            return
        time.sleep(0.1)
    pytest.fail(f"The site did not start: {said.read_text()}")


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The filled site, running until the last journey of this process has ended."""
    data = tmp_path_factory.mktemp("served")
    database, remove = database_of_its_own()
    site = Served(f"http://127.0.0.1:{free_port()}", data, "sam@example.org", secrets.token_urlsafe(12))
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PORT", "DJANGO_ALLOW_ASYNC_UNSAFE", "ELASTICSEARCH_URL"}
    }
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HEREABOUTS_DATA": str(data),
        "DATABASE_URL": database,
        "PUBLIC_URL": site.address,
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "JOURNEY_STAFF": site.staff,
        "JOURNEY_PASSWORD": site.password,
        # For journeys by way of the real Keycloak, where it runs.
        "OIDC_NAME": "your example account",
        "OIDC_ROLES": "moderators=moderator",
    }
    said = data / "said.txt"
    process = None
    try:
        with said.open("w") as out:
            shared = {"env": environment, "cwd": ROOT, "stdout": out, "stderr": subprocess.STDOUT}
            if subprocess.run([sys.executable, "-m", "tests.journeys.filling"], check=False, **shared).returncode:
                pytest.fail(f"The site could not be filled: {said.read_text()}")
            port = site.address.rpartition(":")[2]
            serve = [sys.executable, "site/manage.py", "serve", "--port", port, "--workers", "1"]
            process = subprocess.Popen(serve, **shared)
        await_answer(site.address, process, said)
        yield site
    finally:
        if process is not None:
            process.terminate()
            process.wait(30)
        remove()


@pytest.fixture
def post(served):
    """What providers were sent: `post.once(lambda: post.mails("lunch@example.org"))`."""
    return Post(served.data / "said.txt")


@pytest.fixture(scope="session")
def base_url(served):
    """Where `page.goto("/find/")` goes."""
    return served.address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        pytest.skip("There is no Chromium here: install the package chromium to run the journeys.")
    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(quiet)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London"}


class Watch:
    """What pages did that no page may do: asked another machine, broke the policy, or failed in a script."""

    def __init__(self, address):
        self.address = address
        self.found = []

    def over(self, context):
        """Watch everything that happens in a browser context."""
        context.on("request", self._request)
        context.on("weberror", lambda error: self.found.append(f"script failed: {error.error}"))
        context.on("console", self._console)
        return context

    def _request(self, request):
        if not request.url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self.found.append(f"asked {request.url}")

    def _console(self, message):
        if "Content Security Policy" in message.text:
            self.found.append(message.text)


@pytest.fixture
def watch(served):
    """Fails the test at its end; contexts that a test makes itself join by `watch.over(context)`."""
    watch = Watch(served.address)
    yield watch
    assert watch.found == []


@pytest.fixture
def context(context, watch):
    """Pages of this test; what they do wrong fails it."""
    context.set_default_timeout(PAGE_PATIENCE)
    return watch.over(context)


@pytest.fixture
def as_staff(served):
    """`as_staff(context, "kim")`: the browser of a coordinator who is signed in."""

    def sign_in(context, name="robin"):
        kept = (served.data / f"{name}.txt").read_text()
        context.add_cookies([{"name": "sessionid", "value": kept, "url": served.address}])
        return context

    return sign_in


@pytest.fixture
def page_at(browser, base_url, watch, as_staff):
    """`page_at(NARROW, "kim")`: a page of that size in a browser of its own, somebody's or nobody's."""
    made = []

    def opened(size=DESKTOP, name="", **options):
        context = watch.over(browser.new_context(base_url=base_url, viewport=size, **options))
        context.set_default_timeout(PAGE_PATIENCE)
        made.append(context)
        return (as_staff(context, name) if name else context).new_page()

    yield opened
    for context in made:
        context.close()


@pytest.fixture
def page_without_scripts(browser, base_url, watch):
    """A page of a browser in which JavaScript is off."""
    context = watch.over(browser.new_context(base_url=base_url, java_script_enabled=False, viewport=DESKTOP))
    context.set_default_timeout(PAGE_PATIENCE)
    yield context.new_page()
    context.close()


def assert_axe_finds_nothing(page):
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    broken = [
        f"{rule['id']} ({rule['impact']}): {rule['help']} – {node['html'][:160]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]
    assert broken == [], f"{page.url}: " + "\n".join(broken)


@pytest.fixture
def axe():
    """`axe(page)`: no rule of axe is broken on this page, as it stands now."""
    return assert_axe_finds_nothing


@pytest.fixture
def axe_without_scripts(page_without_scripts, browser, base_url):
    """`axe_without_scripts("/find/", size)`: the same of a page as it stands for somebody without JavaScript.

    axe is a script itself and would wait for ever where scripts are off: it reads the page's words in a second browser
    window, in which none of the site's own scripts arrives.
    """
    reading = browser.new_context(base_url=base_url)
    reading.set_default_timeout(PAGE_PATIENCE)

    def check(address, size=DESKTOP):
        page_without_scripts.set_viewport_size(size)
        page_without_scripts.goto(address)
        words = re.sub("</?noscript[^>]*>", "", page_without_scripts.content())
        page = reading.new_page()
        page.set_viewport_size(size)
        page.route("**/*", lambda route: _without_scripts(route, page_without_scripts.url, words))
        page.goto(page_without_scripts.url)
        assert_axe_finds_nothing(page)

    yield check
    reading.close()


def _without_scripts(route, address, words):
    if route.request.url == address:
        route.fulfill(body=words, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()
