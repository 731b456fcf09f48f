"""Serves search by meaning on this machine: python -m archive.meaning FOLDER"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from archive.meaning.model import Missing, Model
from archive.meaning.service import Busy, alone, serving
from archive.meaning.vectors import Vectors

POLL_SECONDS = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m archive.meaning")
    parser.add_argument("folder", type=Path, help="of the vectors, such as var/meaning")
    parser.add_argument("--parent", type=int, help="end when this process has ended")
    options = parser.parse_args()
    ended = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: ended.set())
    try:
        with alone(options.folder):
            vectors = Vectors(options.folder)
            with serving(options.folder, Model(), vectors):
                while not ended.wait(POLL_SECONDS):
                    if options.parent not in (None, os.getppid()):
                        break
    except Missing as reason:
        return complain(
            f"{reason}. Install it with `python3 manage.py up --meaning`, or with "
            "requirements/meaning.txt."
        )
    except Busy:
        return complain(f"another process serves {options.folder} already.")
    except OSError as error:
        return complain(f"cannot use {error.filename}: {error.strerror}.")
    return 0


def complain(sentence: str) -> int:
    sys.stderr.write(f"Search by meaning does not run: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
