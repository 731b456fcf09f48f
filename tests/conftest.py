import pytest


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> None:
    """Every test but those of pure code may use the database."""
    if "extraction" not in request.node.path.parts and "ops" not in request.node.path.parts:
        request.getfixturevalue("db" if not request.node.get_closest_marker("django_db") else "django_db_setup")
