"""Detail: its contrast, how much of it is kept, and that training sees pictures with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from . import detail
from .run import Run
from .settings import Settings


def test_one_colour_has_no_contrast_and_greys_have_none_of_colour() -> None:
    flat = torch.tensor([0.2, 0.9, 0.4])[None, :, None, None].expand(1, 3, 9, 7)
    nothing = torch.full((1, 2), detail.EPSILON**0.5)
    torch.testing.assert_close(detail.contrast(flat), nothing, atol=1e-6, rtol=0)
    torch.manual_seed(1)
    greys = detail.contrast(torch.rand(1, 1, 20, 20).expand(1, 3, 20, 20))[0]
    assert greys[0] > 0.1 and greys[1] == pytest.approx(detail.EPSILON**0.5, abs=1e-5)


def test_the_blur_takes_slow_waves_away_and_leaves_grain() -> None:
    torch.manual_seed(2)
    wave = torch.sin(torch.arange(64) / 16).expand(1, 3, 64, 64)
    grain = 0.1 * torch.randn(1, 3, 64, 64)
    assert detail.fine_structure(wave)[..., 4:-4].abs().max() < 0.01
    assert detail.fine_structure(grain).std() > 0.8 * grain.std()


def test_all_is_kept_at_no_strength_and_never_more_than_there_was() -> None:
    photo, rough, smooth = (torch.tensor([[v, v]]) for v in (0.04, 0.4, 0.01))
    assert detail.kept(photo, smooth, strength=0).tolist() == [[1, 1]]
    assert detail.kept(photo, rough).tolist() == [[detail.DETAIL, detail.DETAIL]]
    torch.testing.assert_close(detail.kept(photo, smooth), torch.full((1, 2), detail.DETAIL / 4))


def test_lightness_and_colour_are_scaled_apart() -> None:
    torch.manual_seed(3)
    lost = torch.randn(2, 3, 4, 4)
    lightness = lost.mean(1, keepdim=True)
    torch.testing.assert_close(detail.scaled(lost, torch.ones(2, 2)), lost)
    grey = detail.scaled(lost, torch.tensor([[1.0, 0], [0.5, 0]]))
    torch.testing.assert_close(grey[0], lightness[0].expand(3, 4, 4))
    torch.testing.assert_close(grey[1], 0.5 * lightness[1].expand(3, 4, 4))


def test_training_adds_a_share_of_what_is_lost_to_what_the_decoder_gives(
    packs: Path, teacher_folder: Path
) -> None:
    settings = Settings(batch=2, crop=32, precision="float32", least_detail=0.5, most_detail=0.5)
    run = Run(settings, packs, teacher_folder, torch.device("cpu"))
    pair, norm = run.seen_pair(), run.draw_norm()
    with torch.no_grad():
        lost = pair.photo - run.networks.decoder(run.networks.encoder(pair.photo))
    gain = (detail.contrast(pair.painting) / detail.contrast(pair.photo)).clamp(max=1)
    torch.testing.assert_close(pair.detail, detail.scaled(lost, 0.5 * gain))
    with_detail = run.restyle_loss(pair, norm)
    assert with_detail != run.restyle_loss(pair._replace(detail=torch.zeros_like(lost)), norm)


def test_each_photo_gets_a_share_of_its_own(packs: Path, teacher_folder: Path) -> None:
    settings = Settings(batch=4, crop=32, precision="float32")
    run = Run(settings, packs, teacher_folder, torch.device("cpu"))
    pair = run.seen_pair()
    whole = run.detail_of(pair.photo, pair.painting, torch.ones(4, 1))
    shares = (pair.detail.flatten(1).norm(dim=1) / whole.flatten(1).norm(dim=1)).tolist()
    assert all(settings.least_detail <= share <= settings.most_detail for share in shares)
    assert len({round(share, 4) for share in shares}) == 4
