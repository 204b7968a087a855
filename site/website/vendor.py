"""Takes what is needed out of a govuk-frontend package: run ``python site/website/vendor.py govuk-frontend-6.6.0.tgz``.

``npm pack govuk-frontend@6.6.0`` downloads the package; nothing here fetches anything, and Node is not needed to build
or run the site. Left out on purpose: the GDS Transport font and the crown and crest, which only GOV.UK may use, and the
components that no screen here has. Written: one style sheet, one script, the licence, and the fixtures that
``tests/website/test_components.py`` holds the templates against.
"""

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static" / "website" / "vendor" / "govuk-frontend"
FIXTURES = HERE.parents[1] / "tests" / "website" / "fixtures"
DIST = "package/dist/govuk/"

COMPONENTS = (
    "back-link", "breadcrumbs", "button", "checkboxes", "details", "error-message", "error-summary", "fieldset", "hint",
    "input", "inset-text", "label", "notification-banner", "pagination", "panel", "radios", "select",
    "service-navigation", "skip-link", "summary-list", "table", "tag", "textarea", "warning-text",
)  # fmt: skip
# Components whose rules are taken out of the style sheet. What is in neither list (grid, headings, footer …) stays.
DROPPED = re.compile(
    r"\.govuk-(?:accordion|cookie-banner|date-input|drop-zone|exit-this-page|feedback|file-upload|generic-header|header"
    r"|language-navigation|logo-dot|password-input|phase-banner|tabs|task-list|footer__(?:copyright-logo|crown|licence))"
)
SCRIPTS = (
    "components/button/button", "components/checkboxes/checkboxes", "components/error-summary/error-summary",
    "components/notification-banner/notification-banner", "components/radios/radios", "components/skip-link/skip-link",
)  # fmt: skip
FONT = "var(--font,system-ui,sans-serif)"

LICENCE = """govuk-frontend {version}, https://github.com/alphagov/govuk-frontend
Changed: the GDS Transport font, the crown, the crest and the components not used here are taken out.

The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule of a minified style sheet as (selector or at-rule, body); a statement without a body has None."""
    start = depth = opened = 0
    for match in re.finditer(r"[{};]", css):
        at, char = match.start(), match.group()
        if char == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : at]
                start = at + 1
        elif depth == 0:
            yield css[start:at], None
            start = at + 1


def prune(css: str) -> str:
    """The rules that this site uses; the fonts and the rules of components it does not have are left out."""
    kept = []
    for opening, body in blocks(css):
        head = opening.strip()
        if body is None:
            kept.append(f"{head};")
        elif head.startswith(("@media", "@supports")):
            inner = prune(body)
            kept.append(f"{head}{{{inner}}}" if inner else "")
        elif not head.startswith("@"):
            selectors = ",".join(one for one in head.split(",") if not DROPPED.search(one))
            kept.append(f"{selectors}{{{body}}}" if selectors and body != "font-family:sans-serif" else "")
    return "".join(kept)


def style_sheet(css: str) -> str:
    """The vendored style sheet, whose font is the custom property ``--font`` that hereabouts.css sets."""
    css = re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL)
    css = prune(css).replace("GDS Transport,arial,sans-serif", FONT).replace("GDS Transport", FONT)
    if "url(" in css or "@font-face" in css:
        raise SystemExit("The style sheet still asks for a font or a picture: add its component to DROPPED.")
    return css


def module(name: str, read: dict[str, str], written: dict[str, str]) -> None:
    """Writes one ES module, and first those it imports, as a constant that holds what it exports."""
    if name in written:
        return
    source = read[f"{name}.mjs"]
    lines = []
    for given in re.sub(r"/\*\*.*?\*/|//# sourceMappingURL.*", "", source, flags=re.DOTALL).splitlines():
        line = given.strip()
        if found := re.fullmatch(r"import \{(.*)\} from '(.*)\.mjs';", line):
            wanted = str(Path("/", name).parent.joinpath(found[2]).resolve()).lstrip("/")
            module(wanted, read, written)
            line = f"const {{{found[1]}}} = {constant(wanted)};"
        elif found := re.fullmatch(r"export \{(.*)\};", line):
            line = f"return {{{found[1]}}};"
        if line:
            lines.append(line)
    written[name] = f"const {constant(name)} = (() => {{\n" + "\n".join(lines) + "\n})();\n"


def constant(name: str) -> str:
    """A JavaScript name for a module's path."""
    return re.sub(r"\W", "_", name)


def script(read: dict[str, str], version: str) -> str:
    """One script that puts the components in use, and createAll, on ``globalThis.GOVUKFrontend``."""
    # init.mjs imports every component for initAll, which is not used here: createAll alone is cut out of it.
    imports = [line for line in read["init.mjs"].splitlines() if re.search(r"from '\./(?:common|errors)/", line)]
    create_all = read["init.mjs"][read["init.mjs"].index("function createAll(") :].replace(", initAll }", " }")
    own = {**read, "init.mjs": "\n".join([*imports, create_all])}
    written: dict[str, str] = {}
    for name in ("init", *SCRIPTS):
        module(name, own, written)
    spread = ", ".join(f"...{constant(name)}" for name in ("init", *SCRIPTS))
    notice = f"/*! govuk-frontend {version}, MIT licence, Crown copyright: see LICENCE.txt */\n"
    return notice + "".join(written.values()) + f"globalThis.GOVUKFrontend = {{ {spread} }};\n"


def fixtures(text: str, version: str) -> str:
    """A component's examples, without what only the package's own review pages need."""
    whole = json.loads(text)
    kept = [{key: one[key] for key in ("name", "options", "html")} for one in whole["fixtures"]]
    source = f"govuk-frontend {version}, MIT licence, Copyright (C) 2017 Crown Copyright (Government Digital Service)"
    return json.dumps({"source": source, "fixtures": kept}, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_package(path: Path) -> tuple[str, dict[str, str]]:
    """The version and the text files of the package, by their path under ``dist/govuk``."""
    wanted = (".mjs", ".min.css", "fixtures.json")
    with tarfile.open(path) as package:
        texts = {
            member.name: opened.read().decode()
            for member in package
            if (member.name.endswith(wanted) or member.name == "package/package.json")
            and (opened := package.extractfile(member))
        }
    version = json.loads(texts["package/package.json"])["version"]
    return version, {name.removeprefix(DIST): text for name, text in texts.items() if name.startswith(DIST)}


def main() -> None:
    """Writes the vendored files from the package named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    version, read = read_package(Path(sys.argv[1]))
    STATIC.mkdir(parents=True, exist_ok=True)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    STATIC.joinpath("govuk-frontend.min.css").write_text(style_sheet(read["govuk-frontend.min.css"]))
    STATIC.joinpath("govuk-frontend.js").write_text(script(read, version))
    STATIC.joinpath("LICENCE.txt").write_text(LICENCE.format(version=version))
    for name in COMPONENTS:
        FIXTURES.joinpath(f"{name}.json").write_text(fixtures(read[f"components/{name}/fixtures.json"], version))


if __name__ == "__main__":
    main()
