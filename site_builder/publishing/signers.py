"""The private keys of one run: each is read only when something must be signed with it."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.assembling.addresses import Addresses
from site_builder.keys import KeyRefused, Role, Signer, is_published_key, load_signer
from site_builder.models.issuer import Issuer


class Signers:
    """The two private keys, each read only when something must be signed with it."""

    def __init__(self, issuer: Issuer, at: Addresses, environment: Mapping[str, str]) -> None:
        self._issuer, self._at, self._environment = issuer, at, environment
        self._loaded: dict[Role, Signer] = {}

    @property
    def used_demo_key(self) -> bool:
        """True where a key that everyone knows signed: its proofs are not worth recording."""
        return any(is_published_key(signer.public_key) for signer in self._loaded.values())

    def issue(self) -> Signer:
        """Return the key that signs badges."""
        return self._load(Role.ISSUE)

    def status(self) -> Signer:
        """Return the key that signs status lists."""
        return self._load(Role.STATUS)

    def _load(self, role: Role) -> Signer:
        if role not in self._loaded:
            signer = load_signer(role, environment=self._environment, host=self._at.host)
            self._check_listed(role, signer)
            self._loaded[role] = signer
        return self._loaded[role]

    def _check_listed(self, role: Role, signer: Signer) -> None:
        """Refuse a key that the reviewed issuer.yaml does not list as active in this role."""
        for key in self._issuer.keys:
            if key.public_key == signer.public_key and key.role != role.value:
                message = f"{role.variable} holds {key.id}, whose role is {key.role}"
                raise KeyRefused("wrong-key", message, "are the two keys swapped?")
            if key.public_key == signer.public_key:
                if key.state == "active":
                    return
                message = f"the {role.value} key {key.id} is {key.state} since {key.ended}"
                raise KeyRefused("wrong-key", message, "sign with the active key")
        if signer.is_demo:
            message = f"{role.variable} must hold the {role} key, or {role.variable}_FILE its path"
            hint = (
                "credentials/issuer.yaml does not list the demo key; "
                "to look without a key: badgepress build --preview"
            )
            raise KeyRefused("no-key", message, hint)
        message = f"the given {role.value} key {signer.public_key} is not listed in credentials/issuer.yaml"
        hint = f"add its public half there with role {role.value}, in a reviewed change"
        raise KeyRefused("wrong-key", message, hint)
