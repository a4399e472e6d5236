"""What an S3 server's answers mean, in words; nothing else of an answer is repeated."""

from __future__ import annotations

import re

from site_builder.uploading.refused import UploadRefused

_CODE = re.compile(r"<Code>([A-Za-z0-9.]{1,60})</Code>")
_STATUS = re.compile(r"status code: ([1-5][0-9]{2}\b)")

_CREDENTIALS = "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where there is one, AWS_SESSION_TOKEN"
_RIGHTS = "the credentials need s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject there"
_REGION = "set AWS_REGION to the bucket's region"
_HINTS = {
    "AccessDenied": _RIGHTS,
    "AllAccessDisabled": _RIGHTS,
    "AuthorizationHeaderMalformed": _REGION,
    "ExpiredToken": "ask for new credentials and run it again",
    "IllegalLocationConstraintException": _REGION,
    "InvalidAccessKeyId": _CREDENTIALS,
    "InvalidToken": _CREDENTIALS,
    "NoSuchBucket": "make the bucket first, or mend its name",
    "PermanentRedirect": _REGION,
    "RequestTimeTooSkewed": "set this machine's clock",
    "SignatureDoesNotMatch": _CREDENTIALS,
}
_BY_STATUS = {"301": _REGION, "401": _CREDENTIALS, "403": _RIGHTS}
_GOES_ON = "run it again: it goes on where it stopped"


def refusal(error: Exception, name: str) -> UploadRefused:
    """Return a failure of the library in words; ``name`` is the place that was asked."""
    text = str(error)
    if code := _CODE.search(text):
        return UploadRefused(f"the server refuses for {name}: {code[1]}", _HINTS.get(code[1], _GOES_ON))
    if status := _STATUS.search(text):
        hint = _BY_STATUS.get(status[1], _GOES_ON)
        return UploadRefused(f"the server answers {status[1]} for {name}", hint)
    if "HTTP error" in text:
        hint = f"look at --endpoint and the network, then {_GOES_ON}"
        return UploadRefused(f"the server of {name} does not answer", hint)
    return UploadRefused(f"{name} cannot be used ({type(error).__name__})", _GOES_ON)
