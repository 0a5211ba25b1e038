"""Addresses of the pools, their money and the board's meetings."""

from django.urls import path

from pool.views import movements, pools

app_name = "pool"
urlpatterns = [
    path("pool/", pools.pool_list, name="pool-list"),
    path("pool/<int:pool_id>/", pools.pool_detail, name="pool-detail"),
    path("pool/<int:pool_id>/movements/", movements.movement_list, name="movement-list"),
    path("pool/<int:pool_id>/years/<int:year>/", pools.year_detail, name="year-detail"),
]
