"""What a run trains, as one module."""

from __future__ import annotations

from torch import nn

from .model import WIDTHS, Decoder, Encoder, Widths, din_nets
from .teacher import LEVELS
from .teacher import WIDTHS as VGG_WIDTHS

SEEN_LEVELS = LEVELS[1:]  # relu2_1, relu3_1, relu4_1: what the encoder's maps have the sizes of


class Networks(nn.Module):
    """All that is trained: encoder, decoder, DIN's predictors, and 1x1 lifts to the teacher's channels."""

    def __init__(self, widths: Widths = WIDTHS) -> None:
        super().__init__()
        self.encoder, self.decoder, self.din = Encoder(widths), Decoder(widths), din_nets(widths[2:])
        self.lifts = nn.ModuleDict(
            {k: nn.Conv2d(i, o, 1) for k, i, o in zip(SEEN_LEVELS, widths[1:], VGG_WIDTHS[1:], strict=True)}
        )
