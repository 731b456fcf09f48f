"""A site with a single address, a file of 30 MB: longer than the buffers between a
server and its client.
"""

from django.conf import settings
from django.urls import path

from archive.wsgi import application

__all__ = ["application"]
settings.ROOT_URLCONF = __name__


def long_file(request):
    from archive.listing import (  # only once the apps are loaded
        cells,
        file_views,
        formats,
    )

    rows = ("x" * 1000 for _ in range(30_000))
    columns = [cells.Column("n", "", str)]
    blocks = file_views.in_blocks(rows)
    return file_views.download(request, formats.CSV, "long", columns, blocks)


urlpatterns = [path("long.csv", long_file)]
