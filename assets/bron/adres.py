"""Where a source may send us: on to the next page of the same answer, or by a redirect within its own host."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

# The catalogues of CBS. Through a mirror their pages still name these.
CBS_V3 = "https://opendata.cbs.nl"
CBS_V4 = "https://datasets.cbs.nl/odata/v1/CBS"
CBS_DERDEN = "https://dataderden.cbs.nl"
_CATALOGI = frozenset(urlsplit(a).hostname for a in (CBS_V3, CBS_V4, CBS_DERDEN))
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def next_page(url: str, link: str) -> str:
    """Give the address of the next page of `url`: the question of its link, asked where the page was asked.

    The server may name itself otherwise than we reach it (http for https, behind a mirror). Raises ValueError for a
    link to anything but the same list of the same source.
    """
    asked, following = urlsplit(url), urlsplit(urljoin(url, link))
    same_list = asked.path.rsplit("/", 1)[-1] == following.path.rsplit("/", 1)[-1]
    known_host = following.hostname in {asked.hostname, *_CATALOGI}
    if following.scheme not in {"http", "https"} or not known_host or not same_list:
        raise ValueError(link)
    return urlunsplit((asked.scheme, asked.netloc, asked.path, following.query, ""))


def redirected(url: str, location: str) -> str:
    """Give the address that a redirect leads to. Raises ValueError when that is not the same host over https.

    From http to https of the same host is allowed; only a server on this machine may stay on http.
    """
    target = urljoin(url, location)
    asked, found = urlsplit(url), urlsplit(target)
    if found.username is not None or found.hostname is None or found.hostname != asked.hostname:
        raise ValueError(location)
    if found.scheme == "https" and found.port in {None, 443, asked.port}:
        return target
    if found.scheme == asked.scheme == "http" and found.hostname in _LOOPBACK and found.port == asked.port:
        return target
    raise ValueError(location)
