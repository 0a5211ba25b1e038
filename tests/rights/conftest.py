"""The world the tests of rights walk through."""

import pytest

from tests.rights.world import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world()
