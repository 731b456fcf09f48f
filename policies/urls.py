from django.urls import path

from policies import views
from policies.breakdowns import KINDS

urlpatterns = [
    path("proposals/", views.ProposalFilteredList.as_view(), name="proposals"),
    path("proposals.csv", views.ProposalFile.as_view(), name="proposals-file"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
    *(
        path(
            f"proposals/<slug:slug>/{kind}.csv",
            views.BreakdownFile.as_view(kind=kind),
            name=f"proposal-{kind}-file",
        )
        for kind in KINDS
    ),
    path(
        "speakers/<slug:speaker>/on/<slug:topic>/", views.on_topic, name="on-topic"
    ),
    path("lists/", views.lists, name="lists"),
    path("lists.csv", views.ListFile.as_view(), name="lists-file"),
    path("lists/<slug:slug>/", views.proposal_list, name="list"),
    path("positions/", views.PositionFilteredList.as_view(), name="positions"),
    path("positions.csv", views.PositionFile.as_view(), name="positions-file"),
    path("compare/", views.Compare.as_view(), name="compare"),
    path("compare.csv", views.CompareFile.as_view(), name="compare-file"),
]
