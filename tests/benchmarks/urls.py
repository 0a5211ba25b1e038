"""The addresses of the application, and those of the bare pages."""

from django.urls import path

from innovation_pool.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from innovation_pool.urls import urlpatterns as of_the_application
from tests.benchmarks import floor

urlpatterns = [
    path("floor/", floor.fifty_rows),
    path("floor/empty/", floor.empty),
    path("floor/cells/", floor.sixty_cells),
    *of_the_application,
]
