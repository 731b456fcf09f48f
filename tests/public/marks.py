"""The words by which tests recognize what the public must never see.

Every text of a hidden record contains LEAK, every slug SLUG. QUERY occurs next to LEAK,
so a search for QUERY would find what is hidden, while an answer that only repeats the
query contains no LEAK.
"""

QUERY, LEAK, SLUG = "zzquery", "zzleak", "zzslug"
MARKED = f"{QUERY} {LEAK}"
