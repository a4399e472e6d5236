"""What ``badgepress serve`` adds to the pages it shows: a script that loads them again after a rebuild.

It stands in a file of its own, because the policy of every page lets nothing inline run.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"/livereload/(\d+)/(\d+)\.js")

# MkDocs' server answers /livereload/EPOCH/PAGE with the newest epoch: once it is newer than EPOCH, or after a
# minute. A hidden page does not ask: browsers keep few connections to one host.
_SCRIPT = """\
(() => {
  let asking = null;
  const ask = async () => {
    asking = new AbortController();
    const { signal } = asking;
    let wait = 3000;
    try {
      const answer = await fetch("/livereload/%(epoch)d/%(page)d", { signal });
      if (Number(await answer.text()) > %(epoch)d) return location.reload();
      if (answer.ok) wait = 0;
    } catch (reason) {
      if (signal.aborted) return;
    }
    setTimeout(() => { if (!signal.aborted) ask(); }, wait);
  };
  const follow = () => {
    if (asking) asking.abort();
    asking = null;
    if (document.visibilityState === "visible") ask();
  };
  addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { if (asking) asking.abort(); });
  follow();
})();
"""


def with_reload(html: bytes, epoch: int, page: int) -> bytes:
    """Return a page of the build ``epoch`` with a link to its script; ``page`` tells open pages apart."""
    link = b'<script src="/livereload/%d/%d.js" defer></script>' % (epoch, page)
    start, end, rest = html.rpartition(b"</body>")
    return start + link + end + rest if end else html + link


def reload_script(path: str) -> bytes | None:
    """Return the script at that path of the server; ``None`` where the path is no such script's."""
    match = _ADDRESS.fullmatch(path)
    if match is None:
        return None
    return (_SCRIPT % {"epoch": int(match[1]), "page": int(match[2])}).encode()
