"""A site with a single address, a file of 30 MB: longer than the buffers between a
server and its client.
"""

from django.conf import settings
from django.urls import path

from archive.wsgi import application

__all__ = ["application"]
settings.ROOT_URLCONF = __name__


def long_file(request):
    from archive.listing import csv, csv_views  # only once the apps are loaded

    rows = ("x" * 1000 for _ in range(30_000))
    columns = [csv.Column("n", "", str)]
    return csv_views.download(request, "long", columns, rows)


urlpatterns = [path("long.csv", long_file)]
