"""One maker for all tests of the printed page: its faces are parsed once."""

from __future__ import annotations

import pytest

from einvoice_desktop.documents.pdf import ReportlabPdf


@pytest.fixture(scope="session")
def maker() -> ReportlabPdf:
    return ReportlabPdf()
