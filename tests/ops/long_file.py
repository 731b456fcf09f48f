"""A site with two addresses: a file of 30 MB, longer than the buffers between a server
and its client, read from a cursor of the database; and what was left behind.
"""

import os
import threading

from django.conf import settings
from django.http import JsonResponse
from django.urls import path

from archive.serving.gateway import Gateway
from archive.wsgi import application as django

application = Gateway(django, {})
settings.ROOT_URLCONF = __name__


def long_file(request):
    from django.db import connection  # only once the apps are loaded

    from archive.listing import cells, file_views, formats

    def rows():
        with connection.chunked_cursor() as cursor:
            cursor.execute("SELECT repeat('x', 1000) FROM generate_series(1, 30000)")
            while batch := cursor.fetchmany(200):
                yield from (text for (text,) in batch)

    columns = [cells.Column("n", "", str)]
    blocks = file_views.in_blocks(rows())
    return file_views.download(request, formats.CSV, "long", columns, blocks)


def left(_request):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors")
        cursors = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
        )
        transactions = cursor.fetchone()[0]
    folder = "/proc/self/fd"
    names = [os.path.join(folder, name) for name in os.listdir(folder)]
    files = [os.readlink(name) for name in names if os.path.islink(name)]
    return JsonResponse(
        {
            "cursors": cursors,
            "transactions": transactions,
            "files": sum(name.endswith("(deleted)") for name in files),
            "threads": threading.active_count(),
        }
    )


urlpatterns = [path("long.csv", long_file), path("left", left)]
