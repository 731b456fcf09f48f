"""Cursors of the API: a place in the results of one question, signed."""

from __future__ import annotations

import base64
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
    return sign(PLACE.pack(*place), _bound(question))


def read(cursor: str, question: Question) -> Place:
    return Place(*PLACE.unpack(unsign(cursor, _bound(question))))


def sign(packed: bytes, bound: str) -> str:
    """A cursor that holds for `bound` only. The length of `packed` is a multiple of
    three.
    """
    signed = packed + _signature(packed, bound)
    return base64.urlsafe_b64encode(signed).decode()


def unsign(cursor: str, bound: str) -> bytes:
    signed = base64.b64decode(cursor, altchars="-_")
    packed, signature = signed[:-SIGNATURE], signed[-SIGNATURE:]
    if not constant_time_compare(signature, _signature(packed, bound)):
        raise Forged(cursor)
    return packed


def _signature(packed: bytes, bound: str) -> bytes:
    signed = packed + bound.encode()
    mac = salted_hmac("archive.data.cursors", signed, algorithm="sha256")
    return mac.digest()[:SIGNATURE]


def _bound(question: Question) -> str:
    parameters = sorted((each.name, each.values) for each in question.parameters)
    return repr((question.type, question.sort, parameters))
