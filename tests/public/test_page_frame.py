import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

TEMPLATES = Path(settings.BASE_DIR) / "templates"
CONSTANT = re.compile(r'\{% constant "([^"]+)" %\}')


def constant_parts() -> set[str]:
    return {
        name
        for page in TEMPLATES.rglob("*.html")
        for name in CONSTANT.findall(page.read_text())
    }


def test_a_constant_part_is_rendered_for_each_language() -> None:
    template = Template('{% load page_frame %}{% constant "_site_search.html" %}')
    written = []
    for language in ("en", "es", "en"):
        with override(language):
            written.append(template.render(Context({"request": "of somebody"})))
    assert written[0] == written[2]
    assert ">Search<" in written[0]
    assert ">Buscar<" in written[1]


@pytest.mark.parametrize("name", sorted(constant_parts()))
def test_a_constant_part_asks_for_no_variable(name: str) -> None:
    """A variable would be empty in a constant part: its template has no access to the
    page's context.
    """
    assert not re.search(r"\{\{|\{% (if|for|with)\b", (TEMPLATES / name).read_text())
