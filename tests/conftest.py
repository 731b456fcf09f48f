import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test but those of pure code may use the database.

    By a marker: pytest-django makes no test database for a run in which nothing is marked, and would use the real one.
    """
    for item in items:
        if not {"extraction", "ops"} & set(item.nodeid.split("/")) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)
