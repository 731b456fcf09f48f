import pytest

WITHOUT_DATABASE = {"extraction", "ops"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may use the database, but those of pure code and of set-up.

    A marker and not a fixture: pytest-django makes a test database only for tests that carry it.
    """
    for item in items:
        if not WITHOUT_DATABASE.intersection(item.path.parts) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
