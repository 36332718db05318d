"""Ask a time-stamp authority (RFC 3161) for a token, over HTTP(S)."""

from asyncio import to_thread
from urllib.request import HTTPRedirectHandler, Request, build_opener

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

TIMEOUT_SECONDS = 10
ANSWER_MAX_BYTES = 100_000
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class _StayThere(HTTPRedirectHandler):
    def redirect_request(self, *_) -> None:
        """Follow nothing: the address is the operator's choice."""


class AuthorityAt(TimeStamper):
    """The authority that answers at `url`."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("https://", "http://")):
            raise ValueError("the address of a time-stamp authority begins with https:// or http://")
        self.url = url
        super().__init__()

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = await to_thread(self._post, req.dump())
        try:
            response = tsp.TimeStampResp.load(answer, strict=True)
            response.native  # noqa: B018  asn1crypto reads lazily: read all of it here
        except (ValueError, TypeError) as error:
            raise TimestampRequestError("the time-stamp authority answers something else") from error
        return response

    def _post(self, query: bytes) -> bytes:
        request = Request(self.url, data=query, headers=HEADERS)  # noqa: S310  the scheme is checked above
        try:
            with build_opener(_StayThere).open(request, timeout=TIMEOUT_SECONDS) as answer:
                return answer.read(ANSWER_MAX_BYTES)
        except OSError as error:
            raise TimestampRequestError("the time-stamp authority gives no answer") from error
