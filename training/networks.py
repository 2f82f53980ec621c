"""What a run trains, as one module."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from .model import WIDTHS, Decoder, DinNet, Encoder, Widths
from .teacher import LEVELS, Levels
from .teacher import WIDTHS as VGG_WIDTHS

SEEN_LEVELS = LEVELS[1:3]  # relu2_1, relu3_1: what the encoder's maps have the sizes of


class Networks(nn.Module):
    """All that is trained: encoder, decoder, DIN's predictor, and 1x1 lifts to the teacher's channels."""

    def __init__(self, widths: Widths = WIDTHS) -> None:
        super().__init__()
        self.encoder, self.decoder, self.din = Encoder(widths), Decoder(widths), DinNet(widths[2])
        self.lifts = nn.ModuleDict(
            {k: nn.Conv2d(i, o, 1) for k, i, o in zip(SEEN_LEVELS, widths[1:], VGG_WIDTHS[1:3], strict=True)}
        )

    def lifted(self, half: Tensor, features: Tensor) -> Levels:
        """The encoder's maps as the teacher's: relu2_1 [N, 128, H/2, W/2], relu3_1 [N, 256, H/4, W/4]."""
        maps = zip(SEEN_LEVELS, (half, features), strict=True)
        return {level: F.relu(self.lifts[level](x)) for level, x in maps}
