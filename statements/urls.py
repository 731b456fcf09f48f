from django.urls import path

from archive.listing.exits import feed, files, to_api
from statements import feeds, views

urlpatterns = [
    path("statements/", views.StatementList.as_view(), name="statements"),
    *files("statements", "statements", views.StatementFile),
    feed("statements", "statements", feeds.StatementFeed.as_view()),
    to_api("statements"),
    path("statements/<slug:uid>/", views.statement, name="statement"),
    path("speakers/", views.SpeakerList.as_view(), name="speakers"),
    *files("speakers", "speakers", views.SpeakerFile),
    feed("speakers", "speakers", feeds.SpeakerFeed.as_view()),
    to_api("speakers"),
    path("speakers/<slug:slug>/", views.speaker, name="speaker"),
]
