"""The vectors of all texts in one file, each known by the digest of its text.

folder/vectors      384 signed bytes a text: the vector, scaled so that its largest
                    number is 127
folder/digests      8 bytes a text, in the same order, written after its vector

One process writes them. Whatever is lost can be made again from the texts.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.meaning.model import SIZE
from archive.meaning.stamps import DIGESTS

RESCORED = 1_000  # of the nearest by signs alone, compared by all their bits
BLOCK = 50_000  # texts whose signs are compared at a time
VECTORS = "vectors"

Vector = NDArray[np.float32]
Places = NDArray[np.int64]
NO_SIGNS = np.empty((0, SIZE // 64), np.uint64)


@dataclass(frozen=True)
class _Content:
    """One state of the files. `signs`, 48 bytes a text, are in memory; `vectors` are
    mapped. `sorted_digests` are those of the texts at `places`.
    """

    digests: NDArray[np.uint64]
    vectors: NDArray[np.int8]
    signs: NDArray[np.uint64]
    sorted_digests: NDArray[np.uint64]
    places: Places

    def places_of(self, digests: Iterable[int]) -> Places:
        """The place of each text, -1 for one that is not known."""
        searched = np.array(list(digests), dtype=np.uint64)
        if not len(self.digests):
            return np.full(len(searched), -1, dtype=np.int64)
        at = np.searchsorted(self.sorted_digests, searched)
        at = np.minimum(at, len(self.digests) - 1)
        is_known = self.sorted_digests[at] == searched
        return np.where(is_known, self.places[at], -1)

    def cosines(self, vector: Vector, places: Places) -> Vector:
        compared = self.vectors[places].astype(np.float32)
        lengths = np.linalg.norm(compared, axis=1)
        cosines: Vector = (compared @ vector) / np.maximum(lengths, 1e-9)
        return cosines

    def nearest_by_signs(self, place: int) -> Places:
        if len(self.digests) <= RESCORED:
            return np.arange(len(self.digests))
        blocks = (
            self.signs[at : at + BLOCK] for at in range(0, len(self.signs), BLOCK)
        )
        distances = np.concatenate(
            [
                np.bitwise_count(block ^ self.signs[place]).sum(axis=1, dtype=np.uint16)
                for block in blocks
            ]
        )
        return np.argpartition(distances, RESCORED)[:RESCORED]


class Vectors:
    """The files of a folder. Its threads may read while one of them writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _repair(folder)
        self._content = _read(folder, NO_SIGNS)

    def __len__(self) -> int:
        return len(self._content.digests)

    def unknown(self, digests: Collection[int]) -> list[int]:
        places = self._content.places_of(digests)
        return [one for one, place in zip(digests, places, strict=True) if place < 0]

    def add(self, digests: Sequence[int], vectors: Sequence[Vector]) -> None:
        """Adds texts; those that are known stay as they are."""
        new = dict(zip(digests, vectors, strict=True))
        unknown = self.unknown(new)
        if not unknown:
            return
        scaled = np.stack([_scaled(new[digest]) for digest in unknown])
        _append(self.folder / VECTORS, scaled.tobytes())
        added = np.array(unknown, dtype=np.uint64)
        _append(self.folder / DIGESTS, added.tobytes())
        self._content = _read(self.folder, self._content.signs)

    def keep(self, digests: Collection[int]) -> int:
        """Forgets all other texts; returns how many."""
        content = self._content
        places = content.places_of(digests)
        places = np.unique(places[places >= 0])
        forgotten = len(content.digests) - len(places)
        if forgotten:
            remaining = content.digests[places], content.vectors[places]
            # killed between the two, no digest must stand beside another's vector
            (self.folder / DIGESTS).unlink()
            _replace(self.folder / VECTORS, remaining[1].tobytes())
            _replace(self.folder / DIGESTS, remaining[0].tobytes())
            self._content = _read(self.folder, NO_SIGNS)
        return forgotten

    def similarities(
        self, vector: Vector, digests: Iterable[int]
    ) -> list[float | None]:
        """The cosine of the vector and each text; None for one that is not known."""
        content = self._content
        places = content.places_of(digests)
        if not len(content.digests):
            return [None] * len(places)
        cosines = content.cosines(vector, np.maximum(places, 0))
        return [
            None if place < 0 else float(cosines[at]) for at, place in enumerate(places)
        ]

    def nearest(self, known: int, count: int) -> list[tuple[int, float]]:
        """(digest, cosine) of the texts nearest to a known one, itself left out.

        First by the signs of the 384 numbers, then by the numbers.
        """
        content = self._content
        (place,) = content.places_of([known])
        if place < 0:
            return []
        vector = content.vectors[place].astype(np.float32)
        near = content.nearest_by_signs(int(place))
        near = near[near != place]
        cosines = content.cosines(vector / np.linalg.norm(vector), near)
        best = np.argsort(-cosines, kind="stable")[:count]
        return [(int(content.digests[near[one]]), float(cosines[one])) for one in best]


def _repair(folder: Path) -> None:
    """Cuts off what a process that was killed wrote without its pair."""
    vectors, digests = folder / VECTORS, folder / DIGESTS
    for path in (vectors, digests):
        path.touch()
    count = min(vectors.stat().st_size // SIZE, digests.stat().st_size // 8)
    for path, size in ((vectors, SIZE), (digests, 8)):
        if path.stat().st_size != count * size:
            os.truncate(path, count * size)


def _read(folder: Path, signs: NDArray[np.uint64]) -> _Content:
    """Maps the files anew; `signs` are those of the first texts, already made."""
    digests = np.fromfile(folder / DIGESTS, dtype=np.uint64)
    vectors: NDArray[np.int8] = np.empty((0, SIZE), np.int8)
    if count := len(digests):
        vectors = np.memmap(folder / VECTORS, np.int8, "r", shape=(count, SIZE))
    further = (
        np.packbits(vectors[at : at + BLOCK] > 0, axis=1).view(np.uint64)
        for at in range(len(signs), count, BLOCK)
    )
    order = np.argsort(digests)
    return _Content(
        digests, vectors, np.concatenate([signs, *further]), digests[order], order
    )


def _scaled(vector: Vector) -> NDArray[np.int8]:
    scaled = vector * (127 / max(float(np.abs(vector).max()), 1e-9))
    return np.round(scaled).astype(np.int8)


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(path: Path, content: bytes) -> None:
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    _append(new, content)
    new.replace(path)
