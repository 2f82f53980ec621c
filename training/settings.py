"""Everything that a training run can be told, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

Precision = Literal["bfloat16", "float32"]
Method = Literal["muon", "adam"]


@dataclass(frozen=True)
class Settings:
    steps: int = 8000
    anneal_steps: int = 1200  # at the end, the learning rate falls; until then a run can be made longer
    batch: int = 4
    crop: int = 256  # px; what published systems use. On a CPU 128 to 160: smaller crops won in short runs
    precision: Precision = "bfloat16"  # of convolutions; statistics, roots and losses are float32
    optimiser: Method = "muon"  # of convolutions: from nothing it gets further than Adam in as many steps
    learning_rate: float = 1e-3
    mean_decay: float = 0.998  # of the weights' mean over some 500 steps, which is exported; 0: the last ones
    last_learning_rate: float = 1e-5
    warm_up: int = 100  # steps; longer than Adam's memory of the first gradients
    feature_steps: int = 3000  # learn VGG-19's features before restyling
    feature_weight: float = 0.05  # afterwards: VGG-19 hardly tells greens apart, so the encoder must be free
    pixel_weight: float = 10.0  # L1 of the picture given back; VGG-19 alone leaves it orange and blue
    reconstruct_every: int = 4
    norms_a_step: int = 1  # updates a batch; its teacher's features are half of an update's work, and shared
    content_weight: float = 1.0
    style_weight: float = 5.0
    covariance_weight: float = 1.0  # on WCT steps; in short runs scores are the same without it
    colour_weight: float = 4.0  # feature statistics alone left most styles orange and blue
    variation_weight: float = 0.3  # removes the leathery texture of flat skies
    range_weight: float = 1.0
    grey_share: float = 0.0  # of the photos that are restyled; in colour photos leaks hide among colours
    stray_weight: float = 0.0  # against colours of grey photos that do not follow their lightness
    noise: float = 0.0  # std in photos at most, of 0..1; 4/255 did not calm the weave in flat skies
    carry_colour: bool = True  # networks that have no path for it yet get one: see colour_paths.carry_colour
    least_detail: float = 0.5  # share of what the decoder loses that is added to its picture (detail.py) ...
    most_detail: float = 1.0  # ... drawn for each photo, since people may ask for more or less of it
    din_only: bool = False  # DIN's predictor alone; what the other norms give stays as it is
    decoder_only: bool = False  # the encoder's statistics, and what was fitted to them, stay as they are
    clip: float = 25.0  # of restyling's gradients, about 120; identity's are about 7
    seed: int = 20261125
    adain_share: float = 0.4
    wct_share: float = 0.2
    group_share: float = 0.15  # the rest is DIN's
    smallest_photo: float = 0.6  # crop's side at least, as a share of `crop`: photos of 512 px show less each
    smallest_painting: float = 0.5

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Settings:
        """What a manifest keeps of a run; that of an average also says what it is the mean of."""
        return cls(**{field.name: kept[field.name] for field in fields(cls) if field.name in kept})
