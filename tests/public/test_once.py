import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

ONCE = "{% load i18n once static %}{% once %}INSIDE{% endonce %}"


@pytest.mark.parametrize(
    "inside",
    [
        "{{ name }}",
        "{% if name %}a{% endif %}",
        "{% translate name %}",
        "{% translate 'On Record' as name %}",
        "{% url 'topic' name %}",
        "{% url 'home' as address %}",
        "{% static name %}",
        "{% include name %}",
        "{% include '_theme.html' %}",
        "{% include 'icons/'|add:name %}",
        "{% include 'icons/search.svg' with size=name %}",
        "{% translate 'Search'|add:name %}",
        "{% url name %}",
    ],
)
def test_what_may_differ_from_page_to_page_is_refused_when_the_template_is_read(inside: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="may differ from page to page"):
        Template(ONCE.replace("INSIDE", inside))


def test_a_part_is_written_anew_for_another_language() -> None:
    template = Template(ONCE.replace("INSIDE", "{% translate 'Search' %}"))
    written = []
    for language in ("en", "es", "en"):
        with override(language):
            written.append(template.render(Context()))
    assert written == ["Search", "Buscar", "Search"]


def test_every_constant_part_of_a_page_may_stand_inside() -> None:
    inside = "<b>{% translate 'Search' %}</b> {% url 'home' %} {% include 'icons/search.svg' %}"
    assert Template(ONCE.replace("INSIDE", inside)).render(Context()).startswith("<b>Search</b> / <svg")
