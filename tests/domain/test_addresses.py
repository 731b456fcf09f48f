"""Every record has an address that one can read, whatever script its title is in."""

import pytest

from archive.models import Article, Outlet, Topic
from policies.models import Proposal, ProposalList
from statements.models import Speaker
from tests.factories import (
    make_article,
    make_list,
    make_outlet,
    make_proposal,
    make_speaker,
    make_topic,
)
from tests.rules import sql

pytestmark = pytest.mark.django_db
EVERY_KIND = [
    (make_speaker, "name"),
    (make_article, "headline"),
    (make_list, "title"),
    (make_proposal, "title"),
    (make_topic, "name"),
    (make_outlet, "name"),
]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("李强", "li-qiang"),
        ("Арина Иванова", "arina-ivanova"),
        ("محمد الحسن", "mhmd-lhsn"),
        ("김철수", "gim-cheol-su"),
        ("Σωκράτης Φάμελλος", "sokratis-famellos"),
        ("გიორგი კვირიკაშვილი", "giorgi-kvirikashvili"),
        ("नरेन्द्र मोदी", "nrendr-modi"),
        ("首相が辞任", "shou-xiang-ga-ci-ren"),
        ("Mayor 李强 of Shanghai", "mayor-li-qiang-of-shanghai"),
        ("Hawaiʻi’s Kaʻahumanu", "hawaiis-kaahumanu"),
        ("Cafe\u0301 Ångström", "cafe-angstrom"),
        ("½ of 🗽", "1-2-of-statue-of-liberty"),
    ],
)
@pytest.mark.parametrize(("make", "field"), EVERY_KIND)
def test_an_address_reads_like_the_name(make, field, name, slug):
    assert make(**{field: name}).slug == slug


@pytest.mark.parametrize(("make", "field"), EVERY_KIND)
def test_two_names_of_one_reading_are_numbered(make, field):
    slugs = [make(**{field: name}).slug for name in ("李强", "里强", "李強")]
    assert slugs == ["li-qiang", "li-qiang-2", "li-qiang-3"]


@pytest.mark.parametrize(
    ("model", "make", "field", "kind"),
    [
        (Speaker, make_speaker, "name", "speaker"),
        (Article, make_article, "headline", "article"),
        (ProposalList, make_list, "title", "list"),
        (Proposal, make_proposal, "title", "proposal"),
        (Topic, make_topic, "name", "topic"),
        (Outlet, make_outlet, "name", "outlet"),
    ],
)
def test_a_title_without_any_letter_is_called_after_its_kind(model, make, field, kind):
    model.objects.all().delete()
    assert make(**{field: "?!"}).slug == kind
    assert make(**{field: "…"}).slug == f"{kind}-2"


def test_a_draft_follows_its_title_into_another_script():
    article = make_article(headline="Wahl", status="draft")
    titles = [("選挙", "xuan-ju"), ("Выборы", "vybory"), ("!", "article"), ("B", "b")]
    for headline, slug in titles:
        article.headline, article.slug = headline, article.slug
        article.save()
        article.refresh_from_db()
        assert article.slug == slug


def test_a_long_title_of_signs_gives_an_address_of_whole_letters():
    slug = make_article(headline="東京都知事選挙" * 20).slug
    assert len(slug) <= 70
    assert slug.startswith("dong-jing-dou-zhi-shi-xuan-ju")
    assert not slug.endswith("-")


def test_raw_sql_gets_the_same_address():
    sql("INSERT INTO archive_topic (name, slug) VALUES ('Миграция', '')")
    assert Topic.objects.get().slug == "migratsiya"
