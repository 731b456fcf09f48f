from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from archive import corrections, datahelp, health, reporting, sitemaps, sitesearch, theme, views

handler400 = "archive.refusals.malformed"
handler404 = "archive.refusals.missing"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("articles/", views.ArticleList.as_view(), name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("search/", sitesearch.everything, name="search"),
    path("help/search/", sitesearch.search_help, name="search_help"),
    path("theme/", theme.switch, name="theme"),
    path("help/data/", datahelp.data_help, name="data_help"),
    path("healthz", health.healthz, name="healthz"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("corrections/", corrections.page, name="corrections"),
    path("corrections.atom", corrections.Feed(), name="corrections-feed"),
    path("id/<slug:uid>/", views.record, name="record"),
    path("report/", reporting.report, name="report"),
    path("report/thanks/", reporting.thanks, name="report_thanks"),
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("icon.svg"))),
    path("admin/", admin.site.urls),
    path("", include(sitemaps)),
    path("", include("statements.urls")),
    path("", include("policies.urls")),
]
