from django.urls import path

from innovation_pool.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entry_list, name="entry-list"),
    path("export.<str:ending>", views.entry_export, name="entry-export"),
]
