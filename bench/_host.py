"""A static host for measurements: compressed as hosts compress, cached as they let files be cached."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_PACKED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}


class _Host(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as everywhere

    def do_GET(self) -> None:
        """Answer with a file of the folder, or with its page for lost addresses."""
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        file = path if found else Path(self.directory, "404.html")
        body = _body(file)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", TYPES.get(file.suffix, TYPES[""]))
        self.send_header("Content-Length", str(len(body)))
        if file.suffix in _PACKED:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@cache
def _body(file: Path) -> bytes:
    data = file.read_bytes()
    return gzip.compress(data, 6, mtime=0) if file.suffix in _PACKED else data


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Yield the address, with its last slash, at which ``folder`` is served while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
