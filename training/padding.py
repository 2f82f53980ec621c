"""Reflection padding by one cell, as every 3x3 convolution of encoder, decoder and VGG-19 pads."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.autograd.function import once_differentiable


class Reflect(Function):
    """As copies of slices: torch's own leaves channels-last on a GPU, and adds up gradients atomically."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        n, c, h, w = x.shape
        out = torch.empty(
            (n, c, h + 2, w + 2), dtype=x.dtype, device=x.device, memory_format=torch.channels_last
        )
        out[:, :, 1:-1, 1:-1] = x
        out[:, :, 1:-1, 0], out[:, :, 1:-1, -1] = x[..., 1], x[..., -2]
        out[:, :, 0], out[:, :, -1] = out[:, :, 2], out[:, :, -3]
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        (g,) = gradients
        rows = g[:, :, 1:-1].clone(memory_format=torch.channels_last)
        rows[:, :, 1] += g[:, :, 0]
        rows[:, :, -2] += g[:, :, -1]
        rows[..., 2] += rows[..., 0]
        rows[..., -3] += rows[..., -1]
        return rows[..., 1:-1]


def reflect(x: Tensor) -> Tensor:
    """[N, C, H, W] -> [N, C, H + 2, W + 2]; H and W at least 2."""
    padded = Reflect.apply(x)
    assert isinstance(padded, Tensor)
    return padded


class ReflectConv(nn.Conv2d):
    """A 3x3 convolution of the reflected map."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__(inputs, outputs, 3, stride)

    def forward(self, input: Tensor) -> Tensor:
        return super().forward(reflect(input))
