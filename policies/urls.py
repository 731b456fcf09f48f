from django.urls import path

from policies import views

urlpatterns = [
    path("proposals/", views.ProposalFilteredList.as_view(), name="proposals"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
    path("lists/<slug:slug>/", views.proposal_list, name="list"),
    path("positions/", views.PositionFilteredList.as_view(), name="positions"),
]
