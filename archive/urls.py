from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from archive.alerts import views as alerts
from archive.data import feeds, reference
from archive.data.api import api
from archive.listing.exits import feed, files, to_api
from archive.pages import (
    articles,
    cards,
    citing,
    corrections,
    data_help,
    home,
    records,
    reports,
    sitemaps,
    theme,
    topics,
)
from archive.pages.editors import passwords
from archive.serving import health
from archive.site_search import views as site_search

handler400 = "archive.pages.errors.malformed"
handler404 = "archive.pages.errors.missing"
handler500 = "archive.pages.errors.fault"

CARDS = {
    "article": "articles/<slug:slug>/",
    "list": "lists/<slug:slug>/",
    "proposal": "proposals/<slug:slug>/",
    "speaker": "speakers/<slug:slug>/",
    "statement": "statements/<slug:uid>/",
    "topic": "topics/<slug:slug>/",
}

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    *files("articles", "articles", articles.ArticleFile),
    feed("articles", "articles", feeds.ArticleFeed.as_view()),
    to_api("articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("search/", site_search.everything, name="search"),
    path("help/search/", site_search.search_help, name="search_help"),
    path("theme/", theme.switch, name="theme"),
    path("help/data/", data_help.data_help, name="data_help"),
    path("help/topics/", topics.topics_help, name="topics_help"),
    path("healthz", health.healthz, name="healthz"),
    path("topics/", topics.topics, name="topics"),
    *files("topics", "topics", topics.TopicFile),
    to_api("topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("corrections/", corrections.page, name="corrections"),
    *files("corrections", "corrections", corrections.CorrectionFile),
    feed("corrections", "corrections", corrections.Feed()),
    feed("speakers/<slug:slug>", "speaker", feeds.speaker),
    feed("topics/<slug:slug>", "topic", feeds.topic),
    feed("proposals/<slug:slug>", "proposal", feeds.proposal),
    path("id/<slug:uid>/", records.record, name="record"),
    *citing.urls,
    *alerts.urls,
    path("report/", reports.report, name="report"),
    path("report/thanks/", reports.thanks, name="report_thanks"),
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("icon.svg"))),
    path("api/v1/", reference.reference, name="api"),
    path("api/v1/openapi.json", reference.openapi, name="openapi"),
    path("api/v1/", api.urls),
    *passwords.urls,
    path("admin/", admin.site.urls),
    *(
        path(f"{page}card.png", cards.card, {"kind": kind}, name=f"{kind}-card")
        for kind, page in CARDS.items()
    ),
    path("", include(sitemaps)),
    path("", include("statements.urls")),
    path("", include("policies.urls")),
]
