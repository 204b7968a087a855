"""What our own code never does, read from the code itself."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("site", "assets_map", "directory", "importers", "referrals", "search")


@cache
def modules():
    """Our modules by path, parsed."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def texts(*endings):
    """Our templates or scripts by path; what others made is left out."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*")) if path.suffix in endings]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths if "vendor" not in path.parts}


def calls():
    """Every call, as where it stands, the name that is called with what it is called on, and the call."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, ast.unparse(node.func), node


def imports():
    """Every import, as where it stands and the name of the module or of what is taken from it."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((path, f"{node.module}.{alias.name}") for alias in node.names)


def who_imports(*names):
    return {path for path, name in imports() if any(name == one or name.startswith(f"{one}.") for one in names)}


def is_fixed(node):
    """Whether a text stands in the code: a literal, a name of one, or these joined and repeated."""
    if isinstance(node, ast.JoinedStr):
        return all(is_fixed(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return is_fixed(node.value)
    if isinstance(node, ast.BinOp):
        return is_fixed(node.left) and is_fixed(node.right)
    if isinstance(node, ast.Name):
        return node.id.lstrip("_").isupper()
    if isinstance(node, ast.Attribute):
        return node.attr.isupper() or node.attr == "pattern"
    escaped = isinstance(node, ast.Call) and "re.escape" in ast.unparse(node)
    return isinstance(node, ast.Constant) or escaped


def test_it_has_something_to_read():
    assert len(modules()) > 100
    assert len(list(calls())) > 1_000


def test_nothing_is_run_that_somebody_wrote():
    """No `eval`, no templates made of texts, no scripts of other languages."""
    assert {path for path, name, _node in calls() if name in {"eval", "exec", "compile", "__import__"}} == set()
    assert {path for path, name, _node in calls() if name.split(".")[-1] in {"from_string", "Template"}} == set()
    assert who_imports("jinja2", "mako", "markdown", "code", "codeop") == set()


def test_no_command_goes_through_a_shell():
    assert who_imports("subprocess", "os.system", "os.popen", "pty") == {"site/config/supervising.py"}
    asked = {name for _path, name, _node in calls()}
    assert asked & {"os.system", "os.popen", "os.execv", "subprocess.getoutput", "subprocess.run"} == set()
    shells = [path for path, _name, node in calls() if any(one.arg == "shell" for one in node.keywords)]
    assert shells == []


def test_nothing_is_brought_to_life_from_bytes():
    """What comes from outside is read as JSON, CSV or cells, never as objects of Python's own."""
    assert who_imports("pickle", "marshal", "shelve", "dill", "joblib", "jsonpickle", "yaml") == set()
    loaded = [node for _path, name, node in calls() if name in {"np.load", "numpy.load"}]
    assert not any(one.arg == "allow_pickle" for node in loaded for one in node.keywords)


def test_no_xml_is_read_but_for_the_shape_of_a_workbook():
    """That reader keeps nothing, and follows no entity; `tests/importers/test_hostile_uploads.py` shows it."""
    assert who_imports("xml", "lxml", "xmlrpc", "html5lib", "bs4") == {"importers/workbooks.py"}


def test_there_is_nothing_for_other_injections_to_reach():
    """No LDAP, no XPath, no LaTeX, no memcached."""
    assert who_imports("ldap", "ldap3", "memcache", "pymemcache", "pylatex", "elementpath") == set()
    assert {path for path, name, _node in calls() if name.endswith((".xpath", ".iterfind"))} == set()


def test_every_pattern_stands_in_the_code():
    """What somebody typed is escaped before it is part of one."""
    readers = {"re.compile", "re.search", "re.match", "re.fullmatch", "re.sub", "re.split", "re.findall", "re.finditer"}
    loose = {f"{path}:{node.lineno}" for path, name, node in calls() if name in readers and not is_fixed(node.args[0])}
    assert {one.partition(":")[0] for one in loose} <= PATTERNS_OF_WORDS, loose


# Patterns put together from words that stand in the same module, or from the letters of a postcode.
PATTERNS_OF_WORDS = {
    "assets_map/place_lists.py",
    "assets_map/postcode_products.py",
    "assets_map/postcodes.py",
    "assets_map/shape_files.py",
}


def test_sql_is_djangos_or_stands_in_the_code():
    assert {path for path, name, _node in calls() if name.endswith((".raw", ".extra", "RawSQL"))} == set()
    loose = {
        path
        for path, name, node in calls()
        if name.endswith(("cursor.execute", "cursor.executemany")) and not is_fixed(node.args[0])
    }
    assert {path for path in loose if not path.startswith(NAMES_OF_TABLES)} == set()


# Names of tables and columns, each quoted by the database's own rule.
NAMES_OF_TABLES = ("site/config/backup/", "site/config/clearing_out.py")


def test_only_hashes_that_still_hold_are_used():
    fit = {"sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s", "scrypt"}
    used = {found[1] for _path, name, _node in calls() if (found := re.fullmatch(r"hashlib\.(\w+)", name))}
    used |= {name.split(".")[1] for _path, name in imports() if name.startswith("hashlib.")}
    named = {node.args[1].value for _path, name, node in calls() if name == "hashlib.file_digest"}
    assert (used - {"file_digest"}) | named <= fit


def test_only_modern_ciphers_are_used():
    """AES-GCM, and Fernet's AES-CBC under HMAC-SHA-256, for what the database keeps; and age, whose own choice is
    ChaCha20-Poly1305, for backups."""
    used = {name for path, name in imports() if name.startswith(("cryptography.", "Crypto", "nacl", "OpenSSL"))}
    fit = {"aead.AESGCM", "hashes.SHA256", "hkdf.HKDF", "exceptions.InvalidTag", "exceptions.InvalidSignature"}
    fit |= {"fernet.Fernet", "fernet.InvalidToken", "fernet.MultiFernet"}
    assert {".".join(name.split(".")[-2:]) for name in used} <= fit
    assert who_imports("pyrage") <= {path for path in modules() if path.startswith("site/config/backup/")}


def test_chance_is_asked_of_random_only_where_nobody_may_not_guess():
    """Pauses between tries; every secret is made by `secrets`."""
    assert who_imports("random") <= {"site/outbox/claims.py"}
    assert {path for path, name, _node in calls() if name.startswith("uuid.uuid1")} == set()


def test_templates_escape_what_they_show():
    loose = [path for path, text in texts(".html").items() if re.search(r"\|\s*safe\b|autoescape off|safeseq", text)]
    assert loose == []


SCRIPTS = texts(".js")


@pytest.mark.parametrize("path", SCRIPTS)
def test_scripts_write_text_as_text_and_run_none(path):
    loose = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(\s*['\"]|javascript:"
    )
    assert re.findall(loose, SCRIPTS[path]) == []


# Words that are not saved yet, sealed with a key that only the signed-in page has.
KEEPS = {"referrals/static/referrals/kept.js": {"localStorage"}}


@pytest.mark.parametrize("path", SCRIPTS)
def test_scripts_keep_nothing_in_the_browser_and_listen_to_no_other_window(path):
    used = re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|\"message\"", SCRIPTS[path])
    assert set(used) <= KEEPS.get(path, set())


@pytest.mark.parametrize("path", SCRIPTS)
def test_no_name_that_came_from_outside_becomes_a_property(path):
    """So that `__proto__` is nothing but a word."""
    loose = r"__proto__|\[(?!tool\])[a-z]\w*\]\s*=[^=]|Object\.assign\([^)]*json|\.\.\.json"
    assert re.findall(loose, SCRIPTS[path]) == []


def test_scripts_need_nothing_that_browsers_gave_up():
    everything = "\n".join([*SCRIPTS.values(), *texts(".html").values()])
    assert re.findall(r"<(?:applet|object|embed)\b|ActiveXObject|application/x-shockwave|\.callback=", everything) == []


def test_no_certificate_goes_unchecked():
    """Every library that speaks TLS is left to check who it speaks to."""
    off = {"verify", "verify_certs", "check_hostname", "ssl_assert_hostname"}
    loose = [
        f"{path}:{node.lineno}"
        for path, _name, node in calls()
        for one in node.keywords
        if one.arg in off and isinstance(one.value, ast.Constant) and not one.value.value
    ]
    assert loose == []
    everything = "\n".join(ast.unparse(tree) for tree in modules().values())
    assert not re.search(r"CERT_NONE|_create_unverified|disable_warnings|CURLOPT_SSL", everything)


def test_what_goes_out_goes_to_addresses_in_the_settings():
    """Nobody else opens a line, and those who do ask nothing of what was typed."""
    out = who_imports("requests", "urllib.request", "urllib3", "http.client", "httpx", "smtplib", "ftplib", "boto3")
    assert out <= {"site/accounts/adapters.py", "site/accounts/openid.py", "site/accounts/openid_views.py",
                   "site/accounts/views.py", "site/outbox/models/mail_check.py",
                       "referrals/messages/notify.py", "referrals/messages/sending.py"}  # fmt: skip
    lines = {path for path, name, _node in calls() if name in {"socket.create_connection", "socket.socket"}}
    assert lines <= {"site/config/serving.py", "site/website/scanning.py"}


def test_every_format_stands_in_the_code():
    """What was typed is put into a text and never is one: `"{0.__class__}"` stays as it is."""
    loose = [
        f"{path}:{node.lineno}"
        for path, name, node in calls()
        if name.endswith((".format", ".format_map")) and isinstance(node.func, ast.Attribute)
        and not isinstance(node.func.value, ast.Constant | ast.JoinedStr)
        and name != "super().format"
    ]  # fmt: skip
    assert {one.partition(":")[0] for one in loose} <= FORMATS_OF_OURS, loose


# Formats that stand in the same module, by name.
FORMATS_OF_OURS = {"search/templatetags/search.py", "site/website/vendor.py"}
