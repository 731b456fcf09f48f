"""Where the socket is. A path of a socket holds at most 107 bytes."""

import hashlib
import os
import tempfile
from pathlib import Path

MAX_BYTES = 100


def socket_of(folder: Path) -> Path:
    """In the folder, or, if that path is too long, in a short one of this user."""
    path = folder / "socket"
    if len(bytes(path)) <= MAX_BYTES:
        return path
    digest = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"on-record-{os.geteuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.lstat().st_uid != os.geteuid() or short.is_symlink():
        raise PermissionError(f"{short} belongs to another account.")
    return short / "socket"
