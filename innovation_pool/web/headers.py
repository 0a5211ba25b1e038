"""The headers every response carries, errors too. No inline script or style, nothing from elsewhere."""

from urllib.parse import urlsplit

from django.conf import settings

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# A person works with a businesscase, not with the camera.
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_security_policy() -> str:
    """The policy as one line. The button for single sign-on posts, by a redirect, to its issuer."""
    policy = dict(POLICY)
    if settings.OIDC_ISSUER:
        issuer = urlsplit(settings.OIDC_ISSUER)
        policy["form-action"] += f" {issuer.scheme}://{issuer.netloc}"
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def headers_middleware(get_response):
    """Adds what is missing; a view that sets one of them itself (a download, say) keeps its own."""
    headers = {
        "Content-Security-Policy": content_security_policy(),
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        # Static files say themselves how long they keep; everything else is private.
        "Cache-Control": "no-store",
    }

    def middleware(request):
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
