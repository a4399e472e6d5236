"""The one way to ask for workers: none said is this machine, ``dask://HOST:PORT`` a cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from site_builder.executors.inline import Inline
from site_builder.executors.refused import ExecutorRefused

_FORM = re.compile(r"inline|local(?::(?P<width>[1-9][0-9]{0,3}))?|dask://(?P<address>[^\s/]+:[0-9]{1,5})")


@contextmanager
def workers(spec: str | None, tasks: int) -> Iterator[Executor]:
    """Yield what does ``tasks`` tasks, as ``spec`` says; when the block ends, nothing of it runs any more.

    ``None`` and ``local`` are processes of this machine, as many as it may use (``local:N``: N); one task, or
    one processor, is done in this process, as ``inline`` does it. ``dask://HOST:PORT`` names the scheduler of
    a Dask cluster, whose workers must find the same folders at the same paths.
    Raises ``ExecutorRefused`` where ``spec`` is something else or the cluster cannot be used.
    """
    found = _FORM.fullmatch("local" if spec is None else spec)
    if found is None:
        message = f"the executor must be local, local:N, inline or dask://HOST:PORT, not {spec!r}"
        raise ExecutorRefused(message)
    if found["address"]:
        from site_builder.executors.cluster import cluster

        with cluster(found["address"]) as executor:
            yield executor
    elif found[0] == "inline":
        yield Inline()
    else:
        with _local(int(found["width"] or 0), tasks) as executor:
            yield executor


@contextmanager
def _local(width: int, tasks: int) -> Iterator[Executor]:
    # Imported here: a run with one task starts no process, and is over before this is.
    from site_builder.executors.local import Local, usable

    width = min(width or usable(), tasks)
    if width < 2:
        yield Inline()
        return
    pool = Local(width)
    try:
        yield pool
    except Exception:
        raise
    except BaseException:
        # An interrupt: what is being done is of no use any more.
        pool.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
