"""What most tests of a pool's pages begin with. A file that needs other years makes its own pool."""

import pytest

from tests.pool import given


@pytest.fixture
def pool(db):
    """An adopted year and an estimate."""
    return given.a_pool({2021: 1_000_000}, {2022: 500_000}, name="Innovationspuljen")
