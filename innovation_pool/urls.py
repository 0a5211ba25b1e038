"""Every address of the application. May know everyone."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.views.hearing import hearing
from pool.views.overview import overview

handler400 = "innovation_pool.web.errors.bad_request"
handler403 = "innovation_pool.web.errors.permission_denied"
handler404 = "innovation_pool.web.errors.page_not_found"
handler500 = "innovation_pool.web.errors.server_error"
# Not Django's but allauth's: the throttle on sign-in looks for this name.
handler429 = "innovation_pool.web.errors.too_many_requests"

# Master data alone is kept in the admin. What the framework puts there besides (groups, addresses of
# allauth) is used by nobody here, and would be a second place to change who may what.
for label in ("auth", "account", "socialaccount"):
    if apps.is_installed(f"allauth.{label}") or label == "auth":
        for model in apps.get_app_config(label).get_models():
            if admin.site.is_registered(model):
                admin.site.unregister(model)

# The application's own name over it; the way back is in `templates/admin/base_site.html`.
admin.site.site_header = format_lazy("{} · {}", _("Innovation pool"), settings.MUNICIPALITY)
admin.site.site_title = _("Innovation pool")
admin.site.index_title = _("Master data")
admin.site.site_url = None

# One way to sign in, the throttled one, for the administrator too.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", overview, name="overview"),
    path("", include("innovation_pool.web.urls")),
    path("", include("pool.urls")),
    path("businesscases/", include("businesscases.urls")),
    # The personal link of a hearing body: short, and outside everything that takes an account.
    path("hearing/<str:token>/", hearing, name="hearing"),
    path("accounts/", include("innovation_pool.accounts.urls")),
    path("audit/", include("innovation_pool.audit.urls")),
    path("mails/", include("innovation_pool.mail.urls")),
    path("admin/", admin.site.urls),
]

if settings.OIDC_ISSUER:
    urlpatterns += [
        path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
