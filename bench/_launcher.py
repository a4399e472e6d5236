"""Runs a command, given as ``_launcher.py REPORT WORD...``, and tells what all its processes cost.

A process of its own, and a slim one: a child counts the memory of the process it was started from as its own
until it runs its program. Nothing is imported that need not be. Linux only.
"""

import ctypes
import json
import os
import resource
import sys
import time

_SUBREAPER = 36
"""``PR_SET_CHILD_SUBREAPER``: what loses its parent comes to us, so that no process goes uncounted."""


def main(report: str, words: list[str]) -> int:
    """Run ``words``, write seconds and kilobytes to the file ``report``, and return the exit code."""
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    began = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ)
    code, seconds = -1, 0.0
    while True:
        try:
            process, status, _ = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if process == child:
            code, seconds = os.waitstatus_to_exitcode(status), time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"wall": seconds, "cpu": used.ru_utime + used.ru_stime, "kilobytes": used.ru_maxrss}
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is an import that costs memory
        json.dump(cost, file)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
