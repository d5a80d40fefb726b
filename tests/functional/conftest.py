"""Programs that tests of this folder share."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="module")
def soffice() -> str:
    """Return the program; on a build machine it must be there."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) is not installed on this build machine")
        pytest.skip("LibreOffice (soffice) is not installed")
    return found
