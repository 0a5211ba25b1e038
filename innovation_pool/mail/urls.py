from django.urls import path

from innovation_pool.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.mail_list, name="mail-list"),
    path("release/", views.mail_release, name="mail-release"),
    path("<int:pk>/", views.mail_mend, name="mail-mend"),
]
