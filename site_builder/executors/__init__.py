"""Where work runs: in this process, in processes of this machine, or on a Dask cluster.

What is handed over are functions that can be imported, with values that can be pickled. A task may run twice,
where a machine of a cluster is lost, so doing it again must come to the same.
"""

from site_builder.executors.each import WorkersLost, each
from site_builder.executors.refused import ExecutorRefused
from site_builder.executors.shared import refuse_unshared
from site_builder.executors.workers import workers

__all__ = ["ExecutorRefused", "WorkersLost", "each", "refuse_unshared", "workers"]
