from django.urls import path

from statements import views

urlpatterns = [
    path("statements/", views.StatementList.as_view(), name="statements"),
    path("statements.csv", views.StatementFile.as_view(), name="statements-file"),
    path("statements/<slug:uid>/", views.statement, name="statement"),
    path("speakers/", views.SpeakerList.as_view(), name="speakers"),
    path("speakers.csv", views.SpeakerFile.as_view(), name="speakers-file"),
    path("speakers/<slug:slug>/", views.speaker, name="speaker"),
]
