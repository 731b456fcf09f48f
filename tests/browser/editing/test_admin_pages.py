"""Every page of the admin in Chromium: nothing on the console, and no horizontal
scrolling on a telephone.
"""

import pytest
from django.contrib import admin
from django.urls import reverse

from archive.core import roles
from archive.ingest import load_seed
from archive.models import Article, Report
from policies.models import Position, Proposal, ProposalList
from statements.models import Speaker, Statement
from tests.editing.forms import change_url
from tests.factories import make_speaker, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def pages():
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if model._meta.model_name not in ("articleversion", "group"):
            yield reverse(f"{name}_add")
        if record := model._default_manager.first():
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[record.pk])
    yield from (
        reverse(f"admin:{name}")
        for name in (
            "index",
            "guide",
            "password_change",
            "who",
        )
    )


SCREENS = [((390, 800), "dark"), ((1280, 720), "light")]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fit(page, size, theme):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)


def test_no_page_complains_and_none_is_wider_than_the_screen(desk):
    """Each page is loaded on the first screen and then shown on the other."""
    load_seed()
    editor = desk("Ada", roles.ADMINISTRATOR)
    seen = 0
    for address in pages():
        fit(editor.page, *SCREENS[0])
        answer = editor.page.goto(address)
        if answer.status == 403:  # not a violation, but the console mentions it
            editor.complaints[:] = [
                each for each in editor.complaints if "403" not in each
            ]
            continue
        seen += 1
        assert answer.status == 200, address
        for screen in SCREENS:
            fit(editor.page, *screen)
            wide = editor.page.evaluate(WIDER)
            assert wide <= 0, f"{address}: {wide} pixels too wide for {screen}"
    assert seen > 30


def test_the_login_page_and_a_wrong_password(desk):
    editor = desk()
    editor.open("/admin/login/")
    editor.page.fill("#id_username", "nobody")
    editor.page.fill("#id_password", "wrong")
    editor.page.click("#login-form [type=submit]")
    assert "correct username and password" in editor.page.inner_text(".errornote")


def test_the_theme_can_be_switched(desk):
    editor = desk("Edda")
    editor.open("/admin/")
    seen = set()
    for _ in range(3):
        editor.page.click("button.theme-toggle >> visible=true")
        seen.add(
            editor.page.evaluate("getComputedStyle(document.body).backgroundColor")
        )
    assert len(seen) == 2


def test_a_history_can_be_read_on_a_telephone(desk):
    load_seed()
    page = desk("Edda", viewport={"width": 390, "height": 800}).page
    page.goto(
        reverse(
            "admin:statements_statement_history",
            args=[Statement.objects.earliest("pk").pk],
        )
    )
    widths = page.evaluate(
        "[...document.querySelectorAll('#change-history td')].map(cell => "
        "cell.clientWidth)"
    )
    assert widths
    assert min(widths) > 300


def test_no_column_of_a_list_is_cut_off_at_a_desk(desk):
    load_seed()
    page = desk("Edda", viewport={"width": 1360, "height": 800}).page
    for model in (Article, Statement, Speaker, ProposalList, Proposal, Position):
        page.goto(
            reverse(
                f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            )
        )
        hidden = page.evaluate(
            "(box => box.scrollWidth - "
            "box.clientWidth)(document.querySelector('.results'))"
        )
        assert hidden <= 0, f"{hidden} pixels of {model._meta.verbose_name_plural}"


@pytest.mark.parametrize(
    "address",
    [
        "/admin/archive/outlet/add/?_popup=1",
        "/admin/archive/article/step/withdraw/?record=archive.article:{}",
    ],
)
def test_no_field_is_cut_off_on_a_telephone(desk, address):
    load_seed()
    page = desk("Edda", viewport={"width": 390, "height": 800}).page
    page.goto(address.format(Article.objects.get().pk))
    room = page.evaluate(
        "[...document.querySelectorAll('#content :is(input, textarea)')].map(field => "
        "field.closest('.form-row, form').getBoundingClientRect().right - "
        "field.getBoundingClientRect().right)"
    )
    assert min(room) >= 0


def test_a_history_breaks_lines_between_words(desk):
    load_seed()
    page = desk("Edda", viewport={"width": 1360, "height": 800}).page
    version = Article.objects.get().latest_version
    page.goto(reverse("admin:archive_articleversion_history", args=[version.pk]))
    lines = page.locator("#change-history tbody td:nth-child(3)").first.evaluate(
        "cell => { const range = document.createRange();"
        " range.selectNodeContents(cell); return range.getClientRects().length }"
    )
    assert lines == 1  # "added"


PHONE = {"width": 390, "height": 800}
WIDTHS = (
    "nodes => nodes.map(each => each.getBoundingClientRect().width)"
    ".filter(width => width)"
)


def test_a_role_can_be_typed_on_a_telephone(desk):
    speaker = make_speaker(name="Ann Lee")
    speaker.affiliations.create(is_published=True, title="Mayor", known_on="2024-12-12")
    page = desk("Edda", viewport=PHONE).page
    page.goto(reverse("admin:statements_speaker_change", args=[speaker.pk]))
    widths = page.eval_on_selector_all("#affiliations-group .vTextField", WIDTHS)
    assert len(widths) >= 2
    assert min(widths) >= 150


def test_no_line_of_a_choice_runs_under_its_button_on_a_telephone(desk):
    page = desk("Edda", viewport=PHONE).page
    page.goto(change_url(make_statement()))
    room = page.eval_on_selector_all(
        "#id_correction label",
        """labels => labels.map(label => {
            const words = document.createRange();
            words.selectNodeContents(label);
            words.setStartAfter(label.querySelector("input"));
            const lines = [...words.getClientRects()].filter(line => line.width > 1);
            const button = label.querySelector("input").getBoundingClientRect();
            return Math.min(...lines.map(line => line.left)) - button.right;
        })""",
    )
    assert len(room) == 3
    assert min(room) >= 0


def test_an_answer_to_reports_has_room_on_a_telephone(desk):
    Report.objects.create(note="Wrong.")
    page = desk("Edda", viewport=PHONE).page
    page.goto(reverse("admin:archive_report_changelist"))
    widths = page.eval_on_selector_all("#changelist .actions label", WIDTHS)
    assert len(widths) == 2
    assert min(widths) >= 300
