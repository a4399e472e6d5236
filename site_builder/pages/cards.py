"""The pictures that other sites show beside a link, and phones on a home screen."""

from __future__ import annotations

CARD_SIZE = (1200, 630)
"""Width and height of a card in pixels: what Open Graph's readers show whole."""
TOUCH_ICON = "assets/badgepress/touch-icon.png"
"""The issuer's mark for a phone's home screen, 180 pixels each way."""
