"""An evaluation's scores as Markdown."""

from __future__ import annotations

from typing import Any

from .pairs import CURVE_TO

COLUMNS = {
    "content": "content",
    "style": "style",
    "gram": "Gram",
    "area": "area",
    "ssim": "SSIM",
    "colour_mean": "colour mean /255",
    "colour_spread": "colour spread /255",
}


def table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *rows])


def mean_scores(norms: dict[str, Any]) -> str:
    """The mean of each score by norm; the area where curves were asked for."""
    columns = [k for k in COLUMNS if all(k in found["mean"] for found in norms.values())]
    rows = [[norm, *(f"{found['mean'][k]:.4f}" for k in columns)] for norm, found in norms.items()]
    return table(["norm", *(COLUMNS[k] for k in columns)], rows)


def curves(norms: dict[str, Any]) -> str:
    """Content and style loss by strength."""
    with_curve = {norm: found["curve"] for norm, found in norms.items() if "curve" in found}
    if not with_curve:
        return ""
    strengths = list(next(iter(with_curve.values())))
    rows = [
        [norm, *(" / ".join(f"{v:.3f}" for v in points[s]) for s in strengths)]
        for norm, points in with_curve.items()
    ]
    return (
        f"\nContent / style by strength; area is the mean style loss over content losses 0 to {CURVE_TO:g}:"
        f"\n\n{table(['norm', *strengths], rows)}\n"
    )


def differences(apart: dict[str, float]) -> str:
    if not apart:
        return ""
    rows = [[both, f"{value:.2f}"] for both, value in apart.items()]
    return f"\nMean pixel difference of two norms, /255:\n\n{table(['norms', 'apart'], rows)}\n"


def report(scores: dict[str, Any]) -> str:
    size = scores["size"]
    text = f"{scores['pairs']} pairs at {size} px, strength 1.\n\n{mean_scores(scores['norms'])}\n"
    text += curves(scores["norms"]) + differences(scores["apart"])
    if "presets" in scores:
        text += f"\nPhotos and presets, against the presets' paintings:\n\n{mean_scores(scores['presets'])}\n"
        text += curves(scores["presets"]) + differences(scores["presets_apart"])
    return (
        f"{text}\nIdentity error (content = style, AdaIN): {scores['identity']['mean']:.2f}/255.\n"
        f"Flat channels: {scores['flat']:.1%}.\n"
    )
