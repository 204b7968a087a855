"""The one way to the cluster: a client that never waits longer than it may, and whose failures have our names.

`EngineDown` refused, slow, or too busy · `IndexMissing` there is no such index · `IndexBroken` it will not be asked so.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any

import orjson
from elasticsearch import (
    ApiError,
    ConflictError,
    Elasticsearch,
    NotFoundError,
    OrjsonSerializer,
    SerializationError,
    TransportError,
)

from search.breaker import EngineDown, Refused
from search.index_folder import IndexBroken, IndexMissing

# How long a writer waits for one answer: bulk work is slow and nobody watches it.
WRITING_SECONDS = 60.0
# The status of a search that broke inside the cluster.
FAILED = 500
BUSY = frozenset({408, 429, 502, 503, 504})
# A full disk, or somebody who lets nothing be written.
BLOCKED = "cluster_block_exception"
GONE = frozenset({"index_not_found_exception", "no_shard_available_action_exception"})


@dataclass(frozen=True)
class Address:
    """Where the cluster is and how to be let in."""

    urls: tuple[str, ...]
    api_key: str = ""
    user: str = ""
    password: str = ""
    ca: str = ""
    # The longest that somebody who searches is kept waiting, all requests of one answer together.
    seconds: float = 1.8


class Deadline:
    """What is left of the time for one answer."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def left(self) -> float:
        """Seconds; raises `EngineDown` when there are none."""
        left = self._end - time.monotonic()
        if left <= 0.01:
            raise EngineDown("The search cluster was too slow.")
        return left


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn the client's exceptions into ours."""
    try:
        yield
    except ConflictError:
        # Somebody else wrote first: whoever writes on a condition knows what to do.
        raise
    except NotFoundError as error:
        raise IndexMissing("The cluster has no such index.") from error
    except ApiError as error:
        if reason(error.body) == BLOCKED:
            raise Refused((), BLOCKED) from error
        if error.meta.status in BUSY:
            raise EngineDown(f"The search cluster is busy: {reason(error.body)}") from error
        raise IndexBroken(f"The search cluster refused a request: {reason(error.body)}") from error
    except SerializationError as error:
        raise IndexBroken(f"The search cluster's answer cannot be read: {error}") from error
    except TransportError as error:
        raise EngineDown(f"The search cluster does not answer: {type(error).__name__}") from error


def reason(body: Any) -> str:
    """What the cluster says of an error, without what was asked."""
    error = body.get("error") if isinstance(body, dict) else None
    return str(error.get("type", "")) if isinstance(error, dict) else ""


@dataclass
class Cluster:
    """A client, made when first asked for."""

    address: Address
    _clients: dict[int, Elasticsearch] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def client(self) -> Elasticsearch:
        at = self.address
        given: dict[str, Any] = {"ca_certs": at.ca} if at.ca else {}
        if at.api_key:
            given["api_key"] = at.api_key
        elif at.user:
            given["basic_auth"] = (at.user, at.password)
        # A node that refuses costs nothing and the next one is asked; one that is slow has cost too much already.
        tries = len(at.urls) - 1
        given |= {"max_retries": tries, "retry_on_timeout": False, "retry_on_status": ()}
        return Elasticsearch(list(at.urls), serializer=OrjsonSerializer(), **given)

    def within(self, seconds: float = WRITING_SECONDS) -> Elasticsearch:
        """The client for requests of so many seconds, kept by twentieths: making one takes half a millisecond."""
        twentieths = ceil(seconds * 20)
        if twentieths not in self._clients:
            self._clients[twentieths] = self.client.options(request_timeout=twentieths / 20)
        return self._clients[twentieths]

    def searched(self, searches: list[dict[str, Any]], deadline: Deadline) -> list[dict[str, Any]]:
        """Answers to several searches at once; raises what the first of them failed with."""
        answers = self._answers(searches, deadline)
        if any(answer.get("status") == FAILED for answer in answers):
            # Lucene passes over what cannot be among the best, and with some nested queries reads past the end of an
            # index in doing so. Where all that is found is counted, it passes over nothing.
            whole = [{**one, "track_total_hits": True} if "query" in one else one for one in searches]
            answers = self._answers(whole, deadline)
        for answer in answers:
            if "error" in answer:
                raise failure(answer)
        return answers

    def _answers(self, searches: list[dict[str, Any]], deadline: Deadline) -> list[dict[str, Any]]:
        # The client would write them by the standard library, and leaves alone what is written.
        lines: list[Any] = [orjson.dumps(one) for one in searches]
        with named_failures():
            found = self.within(deadline.left()).msearch(
                searches=lines, filter_path=WANTED, include_named_queries_score=True
            )
        return list(found["responses"])


WANTED = [
    "responses.hits.total.value",
    "responses.hits.max_score",
    "responses.hits.hits._id",
    "responses.hits.hits._score",
    "responses.hits.hits._source",
    "responses.hits.hits.fields",
    "responses.hits.hits.matched_queries",
    "responses.aggregations",
    "responses.error.type",
    "responses.error.root_cause.type",
    "responses.error.root_cause.reason",
    "responses.status",
]


def failure(answer: dict[str, Any]) -> Exception:
    """One search's error as an exception."""
    error = answer["error"]
    kinds = {error.get("type"), *(cause.get("type") for cause in error.get("root_cause", ()))}
    if kinds & GONE or answer.get("status") == 404:
        return IndexMissing("The cluster's index is gone.")
    if answer.get("status") in BUSY:
        return EngineDown(f"The search cluster is busy: {error.get('type')}")
    causes = "; ".join(str(cause.get("reason", "")) for cause in error.get("root_cause", ()))
    return IndexBroken(f"The search cluster could not read the question: {causes}")
