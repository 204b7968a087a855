"""What every test may ask for, and the rule that in CI nothing is passed over in silence."""

import os

import pytest

IN_CI = bool(os.environ.get("CI"))


def _passed_over(report):
    return report.skipped and not hasattr(report, "wasxfail")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failed one: there, everything that tests need is installed."""
    report = yield
    if IN_CI and _passed_over(report):
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report


@pytest.fixture
def data_dir(settings, tmp_path):
    """A data folder of this test's own: no gazetteer, no index."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test():
    """Rows and terms are kept by id for a minute, and the next test's listings have the same ids."""
    from directory.rows import forget_rows, forget_terms

    forget_rows()
    forget_terms()
