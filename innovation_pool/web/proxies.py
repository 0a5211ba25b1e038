"""Who is asking, and over https or not, when a proxy stands in front.

The word of the networks in TRUSTED_PROXIES is taken, and of nobody else: from others the
headers are removed before anything can read them.
"""

from ipaddress import ip_address

from django.conf import settings

from innovation_pool.environment import UNIX_SOCKET

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


def is_trusted(address: str) -> bool:
    """Whether the address is one of our own proxies; a socket file has no address."""
    if not address:
        return UNIX_SOCKET in settings.TRUSTED_PROXIES
    try:
        asking = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    networks = (network for network in settings.TRUSTED_PROXIES if network != UNIX_SOCKET)
    return any(asking in network for network in networks)


def client_address(nearest: str, forwarded: str) -> str:
    """The address farthest out that our own proxies vouch for. `forwarded` reads client, proxy, proxy."""
    client = nearest
    for hop in reversed([hop.strip() for hop in forwarded.split(",") if hop.strip()]):
        if not is_trusted(client):
            break
        try:
            client = str(ip_address(hop))
        except ValueError:
            break
    return client


def proxies_middleware(get_response):
    """Puts the client's address where Django and allauth look for it, and the scheme likewise."""

    def middleware(request):
        nearest = request.META.get("REMOTE_ADDR", "")
        if is_trusted(nearest):
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = client_address(nearest, forwarded)
        else:
            for name in SAID_BY_PROXIES:
                request.META.pop(name, None)
        return get_response(request)

    return middleware
