"""The secret key that signs sessions, for installations that set none."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Returns the key stored in `folder`, generated on the first call; two simultaneous
    first calls return the same key.
    """
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = folder / f"secret_key.{os.getpid()}"
        with open(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as file:
            file.write(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process stored its key first
        finally:
            fresh.unlink()
    return path.read_text()
