"""Which state of the vectors a process sees, without reading them."""

from pathlib import Path

DIGESTS = "digests"
Stamp = tuple[int, int]  # time of the last change, size
NONE: Stamp = (0, 0)


def stamp(folder: Path) -> Stamp:
    try:
        status = (folder / DIGESTS).stat()
    except OSError:
        return NONE
    return status.st_mtime_ns, status.st_size
