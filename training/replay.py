"""Updates as recordings: on a GPU, Python takes twice as long to ask for an update's kernels as they run.

One kind of update (one norm, one group size) is always the same kernels on the same memory, so each is
recorded once as a CUDA graph and played again with one launch. On a CPU, and with several processes, work
is just done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import torch
from torch import Tensor

from . import distributed

DONE_FIRST = 3  # times: optimiser's states, cuDNN's choices and running means come into being


class Replay:
    def __init__(self, device: torch.device) -> None:
        self.records = device.type == "cuda" and distributed.count() == 1
        self.stream = torch.cuda.Stream(device) if self.records else None
        self.done: Counter[str] = Counter()
        self.graphs: dict[str, torch.cuda.CUDAGraph] = {}
        self.kept: dict[str, Tensor] = {}

    def keep(self, name: str, values: Tensor) -> Tensor:
        """The same values where the recordings look for what is called `name`."""
        if not self.records:
            return values
        if name not in self.kept:
            self.kept[name] = values.clone()
        return self.kept[name].copy_(values)

    def run(self, kind: str, work: Callable[[], object]) -> None:
        """work: reads what was kept and what lives as long as the run, and never waits for the device."""
        if self.stream is None:
            work()
        elif kind in self.graphs:
            self.graphs[kind].replay()
        elif self.done[kind] < DONE_FIRST:
            self.done[kind] += 1
            self.stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(self.stream):
                work()
            torch.cuda.current_stream().wait_stream(self.stream)
        else:
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                work()
            graph.replay()
            self.graphs[kind] = graph
