"""Signing in with the municipality's own account, where OIDC_ISSUER is set. Needs the extra `sso`."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """The directory says who somebody is; only whom the administrator has made a person comes in."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False
