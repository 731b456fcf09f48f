"""Records whose text is near in meaning to that of one record."""

from __future__ import annotations

from tantivy import Query, Schema, Searcher

from archive import meaning
from archive.search import ranking
from archive.search.query import OneOf, all_of
from archive.search.schema import key

NEAREST = 60  # texts of any kind that are asked for


def similar(
    searcher: Searcher, schema: Schema, type: str, pk: int, least: float
) -> list[int]:
    """Primary keys of records of the type with a cosine of `least` or more, nearest
    first, this one left out; none without search by meaning.
    """
    this = OneOf("key", (key(type, pk),)).query(schema)
    digests = ranking.keys(searcher, "sense", searcher.search(this, 1).hits)
    near = meaning.nearest(digests[0], NEAREST) if digests else []
    order = {digest: at for at, (digest, cosine) in enumerate(near) if cosine >= least}
    order |= {digest: -1 for digest in digests if digest}  # the same words elsewhere
    if not order:
        return []
    among = Query.term_set_query(schema, "sense", list(order))
    matching = all_of([OneOf("type", (type,)).query(schema), among])
    hits = searcher.search(matching, 2 * NEAREST).hits
    pks = ranking.keys(searcher, "pk", hits)
    pairs = zip(ranking.keys(searcher, "sense", hits), pks, strict=True)
    in_order = sorted(pairs, key=lambda pair: (order[pair[0]], pair[1]))
    return [other for _digest, other in in_order if other != pk]
