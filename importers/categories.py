"""The tree of categories as a load sees it: those in the directory, and those that the file brings."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.models import Category, CategoryCode
from importers.columns import Notes, check_columns, column, needed, values_of
from importers.records import Problem
from importers.spreadsheets import Sheet, fold
from importers.values import listed

Path = tuple[str, ...]
COLUMNS = (needed("name", "Category", "Name"), column("under", "Under"), column("codes", "Codes", read=listed))
DEEPEST = 3


class NamedCategory(NamedTuple):
    """One row of a sheet of categories: its path, and what other lists call it, as “list: code”."""

    path: Path
    codes: tuple[str, ...]


def read_categories(sheet: Sheet) -> tuple[list[NamedCategory], list[Problem]]:
    """The categories of a sheet, each above its own; one that stands under a name not above it is left out."""
    check_columns(sheet.headings, COLUMNS, where=_("The sheet “%(name)s”") % {"name": sheet.name})
    paths: dict[str, Path] = {}
    found: list[NamedCategory] = []
    problems: list[Problem] = []
    for row in sheet:
        notes = Notes(row, sheet.name)
        values = values_of(row, COLUMNS, notes)
        name, under = str(values.get("name", ""))[:80], str(values.get("under", ""))
        above = paths.get(fold(under), ()) if under else ()
        if not name or (under and not above) or len(above) >= DEEPEST:
            notes.warn("Under", under, _("No category of that name stands above this one, which was left out."))
        else:
            paths[fold(name)] = (*above, name)
            found.append(NamedCategory((*above, name), tuple(values.get("codes", ()))))
        problems += notes.problems
    return found, problems


def known_paths(brought: Iterable[NamedCategory]) -> dict[str, Path]:
    """The path of each category by its folded name; of two alike, the one nearer the top."""
    known = {category.pk: category for category in Category.objects.all()}
    paths = [one.path for one in brought]
    for category in known.values():
        path, above = [category.name], category.parent_id
        while above is not None:
            path.insert(0, known[above].name)
            above = known[above].parent_id
        paths.append(tuple(path))
    return {fold(path[-1]): path for path in sorted(paths, key=len, reverse=True)}


class CategoryTree:
    """Finds categories by path, and makes what is missing. Known by its address, so that staff may rename one."""

    def __init__(self) -> None:
        self.by_slug = {category.slug: category for category in Category.objects.all()}

    def at(self, path: Path) -> Category:
        parent: Category | None = None
        for name in path:
            parent = self._child(name, parent)
        if parent is None:
            raise ValueError("A path of categories names at least one.")
        return parent

    def _child(self, name: str, parent: Category | None) -> Category:
        plain = slugify(name)[:80] or "category"
        slugs = [plain, f"{slugify(parent.slug)}-{plain}"[:80] if parent else f"{plain}-all"]
        for slug in slugs:
            found = self.by_slug.get(slug)
            if found is not None and (
                found.parent_id == (parent.pk if parent else None) or fold(found.name) != fold(name)
            ):
                return found
            if found is None:
                made = Category.objects.create(name=name, slug=slug, parent=parent, position=len(self.by_slug))
                self.by_slug[slug] = made
                return made
        return self.by_slug[slugs[-1]]

    def keep(self, brought: Iterable[NamedCategory]) -> None:
        """Make the categories that a file brings, and add codes that they lack; nothing is taken away."""
        for one in brought:
            category = self.at(one.path)
            has = {(code.scheme, code.code) for code in category.codes.all()}
            for text in one.codes:
                scheme, _colon, code = (part.strip() for part in text.partition(":"))
                if code and (scheme[:40], code[:120]) not in has:
                    CategoryCode.objects.create(category=category, scheme=scheme[:40], code=code[:120])
