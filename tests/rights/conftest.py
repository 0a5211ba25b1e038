"""The world the tests of rights walk through."""

from copy import deepcopy

import pytest

from tests.rights.world import World, make_world


@pytest.fixture(scope="module")
def made(shared) -> World:
    return make_world()


@pytest.fixture
def world(made, db) -> World:
    return deepcopy(made)
