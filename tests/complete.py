"""The pytest plugin of `test --all`: a run that skipped a test, or ran none, fails."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and unrun(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(config: pytest.Config) -> None:
    for reason in unrun(config):
        config.get_terminal_writer().line(f"Not complete: {reason}")


def unrun(config: pytest.Config) -> list[str]:
    """Runs only in the process that collects the others' reports."""
    if hasattr(config, "workerinput"):
        return []
    stats = config.pluginmanager.get_plugin("terminalreporter").stats
    skipped = [f"skipped {report.nodeid}" for report in stats.get("skipped", [])]
    return skipped if stats.get("passed") else [*skipped, "no test passed"]
