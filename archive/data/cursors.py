"""Cursors of the API: a place in the results of one question, signed."""

from __future__ import annotations

import base64
import re
import struct

from django.utils.crypto import constant_time_compare, salted_hmac

from archive.listing.slices import Place
from archive.search.question import Question

PLACE = struct.Struct(">IQ")
SIGNATURE = 9  # bytes
PATTERN = r"^([-_A-Za-z0-9]{28})?$"


class Forged(ValueError):
    """This archive did not issue the cursor, or issued it for other parameters."""


def written(place: Place, question: Question) -> str:
    packed = PLACE.pack(place.offset, place.key)
    signed = packed + _signature(packed, question)
    return base64.urlsafe_b64encode(signed).decode()


def is_well_formed(cursor: str) -> bool:
    return bool(re.fullmatch(PATTERN, cursor))


def read(cursor: str, question: Question) -> Place:
    if not cursor:
        return Place()
    signed = base64.b64decode(cursor, altchars="-_")
    packed, signature = signed[: PLACE.size], signed[PLACE.size :]
    if not constant_time_compare(signature, _signature(packed, question)):
        raise Forged(cursor)
    return Place(*PLACE.unpack(packed))


def _signature(packed: bytes, question: Question) -> bytes:
    parameters = sorted((each.name, each.values) for each in question.parameters)
    bound = repr((question.type, question.sort, parameters)).encode()
    mac = salted_hmac("archive.data.cursors", packed + bound, algorithm="sha256")
    return mac.digest()[:SIGNATURE]
