"""A few listings changed in every index that is read or being built, and the vocabulary with them."""

from collections.abc import Iterable
from typing import Any

from elasticsearch import Elasticsearch

from search.breaker import Refused
from search.documents import AssetDocument
from search.elastic.building import behind
from search.elastic.cluster import WRITING_SECONDS, Cluster, named_failures
from search.elastic.mapping import words_in
from search.elastic.naming import Names
from search.elastic.vocabulary import Change, names_in
from search.elastic.word_store import WordStore
from search.elastic.writing import FEW, FEW_SECONDS, puts, removals, write
from search.index_folder import IndexMissing

IDS_A_REQUEST = 1_000
WORDS_A_REQUEST = 10_000
KEPT_FIELDS = ("words", "name_hash", "provider_hash")


class Changing:
    """One change: these documents put, those ids removed."""

    def __init__(
        self, cluster: Cluster, names: Names, documents: Iterable[AssetDocument], remove: Iterable[int]
    ) -> None:
        self.cluster, self.names = cluster, names
        self.documents = list({document.asset_id: document for document in documents}.values())
        self.put = [document.asset_id for document in self.documents]
        self.gone = sorted(set(remove) - set(self.put))
        self.few = len(self.put) + len(self.gone) <= FEW

    @property
    def client(self) -> Elasticsearch:
        return self.cluster.within(FEW_SECONDS if self.few else WRITING_SECONDS)

    def make(self, words: WordStore, *, since: int) -> None:
        """Write it; what was refused is raised when all is done."""
        targets = sorted(behind(self.client, self.names.write))
        if not targets:
            raise IndexMissing("The cluster has no index yet.")
        before = self.held()
        lines = [*removals(self.gone, targets, since), *puts(self.documents, targets, since)]
        refused = write(self.cluster, lines, few=self.few, refresh=True).as_refusal()
        # Written again when what was refused is: until then the words of those listings are as they were.
        if refused is None or not refused.ids.issuperset({*self.put, *self.gone}):
            self.note(words, before)
        if refused is not None:
            raise refused

    def note(self, words: WordStore, before: tuple[set[str], set[int]]) -> None:
        """Let the vocabulary follow; when it may not be written, the whole change stays to be made."""
        try:
            words.note(self.difference(words, *before))
        except Refused as error:
            raise Refused((*self.put, *self.gone), str(error)) from error

    def held(self) -> tuple[set[str], set[int]]:
        """Words and name hashes that the index that is read holds of these listings."""
        words: set[str] = set()
        hashes: set[int] = set()
        ids = [str(one) for one in (*self.gone, *self.put)]
        for start in range(0, len(ids), IDS_A_REQUEST):
            some = ids[start : start + IDS_A_REQUEST]
            with named_failures():
                hits = self.client.search(
                    index=self.names.read,
                    query={"ids": {"values": some}},
                    size=len(some),
                    source=False,
                    docvalue_fields=[{"field": field} for field in KEPT_FIELDS],
                    track_total_hits=False,
                )["hits"]["hits"]
            for hit in hits:
                fields: dict[str, list[Any]] = hit.get("fields", {})
                words.update(fields.get("words", ()))
                hashes.update(int(one) for name in KEPT_FIELDS[1:] for one in fields.get(name, ()))
        return words, hashes - {0}

    def difference(self, store: WordStore, had_words: set[str], had_names: set[int]) -> Change:
        """Words and names that are new, and those that nobody has any more."""
        words: set[str] = set()
        hashes: set[int] = set()
        for document in self.documents:
            words |= words_in(document)
            hashes |= names_in(document)
        known = store.held()
        have = {} if known is None else known.known()
        left_words, left_names = sorted(had_words - words), sorted(had_names - hashes)
        still_words = self.in_use(["words"], left_words)
        still_names = self.in_use(["name_hash", "provider_hash"], list(map(str, left_names)))
        return Change(
            {word: 1 for word in words if word not in have},
            tuple(name for name in hashes if known is None or not known.holds_name(name)),
            tuple(word for word in left_words if word not in still_words),
            tuple(name for name in left_names if str(name) not in still_names),
        )

    def in_use(self, fields: list[str], values: list[str]) -> set[str]:
        """Those of some values that a listing still has."""
        found: set[str] = set()
        for start in range(0, len(values), WORDS_A_REQUEST):
            some = values[start : start + WORDS_A_REQUEST]
            counts = {field: {"terms": {"field": field, "include": some, "size": len(some)}} for field in fields}
            holding = [{"terms": {field: some}} for field in fields]
            with named_failures():
                answer = self.client.search(
                    index=self.names.read,
                    size=0,
                    query={"bool": {"should": holding}},
                    aggs=counts,
                    track_total_hits=False,
                )
            for field in fields:
                found.update(bucket["key"] for bucket in answer["aggregations"][field]["buckets"])
        return found
