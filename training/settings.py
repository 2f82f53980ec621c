"""Everything that a training run can be told, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from .teacher import TeacherName


@dataclass(frozen=True)
class Settings:
    teacher: TeacherName = "distilled"  # on a CPU; "vgg19" costs twice a step and is what the judge uses
    steps: int = 6000
    batch: int = 8
    crop: int = 128  # px; statistics of 16 x 16 cells at relu4_1
    wct_batch: int = 2
    wct_crop: int = 256  # px; a 128 x 128 covariance from 256 cells means little
    learning_rate: float = 2e-3
    last_learning_rate: float = 2e-5
    warm_up: int = 100  # steps; longer than Adam's memory of the first gradients
    feature_share: float = 0.15  # of the run: learn features before restyling
    reconstruct_every: int = 4
    content_weight: float = 1.0
    style_weight: float = 2.5
    covariance_weight: float = 0.5  # on WCT steps; without it every norm learns the same picture
    colour_weight: float = 2.0  # a bottleneck at one depth carries colour only if it is asked for
    variation_weight: float = 0.05  # removes the leathery texture of flat skies
    range_weight: float = 1.0
    alive_weight: float = 1.0
    clip: float = 5.0
    seed: int = 20261122
    adain_share: float = 0.4
    wct_share: float = 0.2
    group_share: float = 0.15  # the rest is DIN's
    smallest_photo: float = 0.9  # crop's side at least, as a share of `crop`
    smallest_painting: float = 0.75
