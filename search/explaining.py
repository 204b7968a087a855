"""Why a row stands where it does, for staff who ask with `?explain`: each part of its score, in words and numbers."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search import rank
from search.asking import Asked
from search.documents import AssetDocument, asset_documents
from search.query import Hit, Results
from search.reasons import distance_in_words, the
from search.stems import stem
from search.terms import Group
from search.understand import words_of

ADMIN = "wagtailadmin.access_admin"


class Part(NamedTuple):
    """One line: what it is, what holds of this row, and what it adds."""

    name: str
    holds: str
    points: str


def wants_explaining(request: HttpRequest, asked: Asked) -> bool:
    """Whether a member of staff asks why; for everybody else the word means nothing."""
    return asked.explain and request.user.has_perm(ADMIN)


def explanations(results: Results) -> dict[int, SafeString]:
    """For each row of the page, drawn: what its score is made of."""
    documents = {one.asset_id: one for one in asset_documents(hit.asset_id for hit in results.hits)}
    return {
        hit.asset_id: render_to_string(
            "search/_explained.html",
            {
                "score": two_digits(hit.score),
                "parts": parts(hit),
                "words": where_words_stand(results.terms.groups, documents[hit.asset_id]),
            },
        )
        for hit in results.hits
        if hit.asset_id in documents
    }


def parts(hit: Hit) -> list[Part]:
    """Lines for what added anything that can be seen at two digits."""
    names = part_names()
    return [
        Part(names.get(name, name), holds(name, points, hit), two_digits(points, sign="+"))
        for name, points in hit.parts.items()
        if round(points, 2)
    ]


def two_digits(points: float, *, sign: str = "-") -> str:
    """“1.15”, and “0.00” for what is hardly below nothing; `sign`: “+” shows that of a gain too."""
    return f"{round(points, 2) + 0.0:{sign}.2f}"


def part_names() -> dict[str, str]:
    return {
        "name": _("Called exactly what was typed"),
        "provider": _("Run by somebody called exactly what was typed"),
        "words": _("How many of the words it holds"),
        "text": _("How well those words describe it"),
        "meaning": _("How like the sentence it is, in meaning and in words"),
        "alike": _("How like the words it is, in meaning"),
        "near": _("How near it is"),
        "named": _("Names this place among what it covers"),
        "across": _("Lies across a barrier"),
        "fresh": _("How lately its facts were checked"),
        "taking": _("Takes new people"),
    }


def holds(name: str, points: float, hit: Hit) -> str:
    """What is so of this row."""
    if name == "near":
        return distance_in_words(hit.metres) if hit.metres is not None else _("no distance to measure")
    if name == "across" and hit.across:
        return the(hit.across)
    if name in {"meaning", "alike"} and hit.by_meaning:
        return _("by meaning alone")
    most = MOST.get(name)
    if most:
        return _("%(share)d%% of %(most)g") % {"share": round(100 * points / most), "most": most}
    return _("yes") if points else _("no")


MOST: Mapping[str, float] = {
    "words": rank.WORDS_MATCHED,
    "text": rank.TEXT,
    "meaning": rank.SENTENCE,
    "alike": rank.FEW_WORDS,
    "fresh": rank.FRESHNESS,
    "taking": rank.TAKING_NEW,
}


def where_words_stand(groups: Iterable[Group], document: AssetDocument) -> list[tuple[str, str]]:
    """For each thing asked, in which texts of the listing it stands, and as which words."""
    texts = {
        _("name"): document.name,
        _("subjects"): document.tags,
        _("summary"): document.summary,
        _("places"): document.where,
        _("description"): document.description,
    }
    stems = {name: [stem(word) for word in words_of(text)] for name, text in texts.items()}
    return [(group.typed, stands(group, stems)) for group in groups]


def stands(group: Group, texts: Mapping[str, list[str]]) -> str:
    found = []
    for phrase in group.alternatives:
        wanted = [stem(word) for word in phrase.words]
        where = [name for name, words in texts.items() if in_order(wanted, words)]
        if where:
            said = " ".join(phrase.words)
            weight = "" if phrase.weight == 1 else f" × {round(phrase.weight, 2):g}"
            found.append(f"{', '.join(where)} (“{said}”{weight})")
    return "; ".join(found) or _("nowhere")


def in_order(wanted: list[str], words: list[str]) -> bool:
    """Whether words stand one after the other."""
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
