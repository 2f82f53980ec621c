"""Large kernels lose at most half a step of their channel; what cannot be stored is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from .rounding import LARGE, STEPS, RoundingError, rounded, to_float16


@pytest.fixture
def kernel() -> torch.Tensor:
    """[out, in, 3, 3], its channels of very different sizes, one of them of zeros."""
    generator = torch.Generator().manual_seed(5)
    sizes = torch.logspace(-3, 1, 48)[:, None, None, None]
    kernel = torch.randn(48, 64, 3, 3, generator=generator) * sizes
    kernel[7] = 0
    assert kernel.numel() >= LARGE
    return kernel


def test_a_large_kernel_is_off_by_half_a_step_of_each_channel_at_most(kernel: torch.Tensor) -> None:
    found = rounded("encoder.conv4.weight", kernel)
    assert found.stored.dtype == np.int8
    assert found.scale is not None and found.scale.dtype == np.float16
    assert found.scale.shape == (48,)
    step = kernel.abs().amax((1, 2, 3), keepdim=True) / STEPS
    apart = (torch.from_numpy(found.values) - kernel).abs()
    assert (apart <= 0.56 * step).all()  # the scale is rounded to float16, by 0.05 %: 127 of those
    assert apart.max() > 0.4 * step.max()
    assert not found.values[7].any()


def test_small_kernels_and_biases_stay_float16(kernel: torch.Tensor) -> None:
    for small in (kernel[:2], torch.randn(LARGE)):
        found = rounded("name", small)
        assert found.scale is None
        np.testing.assert_array_equal(found.values, small.half().float().numpy())


@pytest.mark.parametrize(
    ("value", "reason"), [(1e7, "float16 ends at 65504"), (np.nan, "not finite"), (np.inf, "not finite")]
)
def test_a_large_kernel_that_cannot_be_stored_is_refused(
    value: float, reason: str, kernel: torch.Tensor
) -> None:
    kernel[0, 0, 0, 0] = value
    with pytest.raises(RoundingError, match=f"a.kernel .*{reason}"):
        rounded("a.kernel", kernel)


def test_what_float16_cannot_hold_is_refused() -> None:
    with pytest.raises(RoundingError, match="bias reaches 70000, and float16 ends at 65504"):
        to_float16("bias", torch.tensor([0.0, 7e4]))
