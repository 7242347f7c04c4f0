"""Where do the tests find the scripts that make the pages?"""

from importlib import import_module

import pytest


@pytest.fixture
def generator(monkeypatch, request):
    """Imports a module of `docs/generate`."""
    monkeypatch.syspath_prepend(request.config.rootpath / "docs" / "generate")
    return import_module
