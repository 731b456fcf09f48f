from django.urls import path

from archive.listing.exits import feed, files, to_api
from policies import feeds, views
from policies.breakdowns import KINDS

urlpatterns = [
    path("proposals/", views.ProposalFilteredList.as_view(), name="proposals"),
    *files("proposals", "proposals", views.ProposalFile),
    feed("proposals", "proposals", feeds.ProposalFeed.as_view()),
    to_api("proposals"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
    *(
        address
        for kind in KINDS
        for address in files(
            f"proposals/<slug:slug>/{kind}",
            f"proposal-{kind}",
            views.BreakdownFile,
            kind=kind,
        )
    ),
    path("speakers/<slug:speaker>/on/<slug:topic>/", views.on_topic, name="on-topic"),
    path("lists/", views.lists, name="lists"),
    *files("lists", "lists", views.ListFile),
    feed("lists", "lists", feeds.ProposalListFeed.as_view()),
    to_api("lists"),
    path("lists/<slug:slug>/", views.proposal_list, name="list"),
    path("positions/", views.PositionFilteredList.as_view(), name="positions"),
    *files("positions", "positions", views.PositionFile),
    feed("positions", "positions", feeds.PositionFeed.as_view()),
    to_api("positions"),
    path("compare/", views.Compare.as_view(), name="compare"),
    *files("compare", "compare", views.CompareFile),
]
