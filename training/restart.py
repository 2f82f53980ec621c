"""Begins a run with exported weights, for a checkpoint that is gone; older ones get opponent colours."""

from __future__ import annotations

from pathlib import Path

import torch

from .colour_paths import colours_in, find_carried, turn_to_opponent
from .export import fill, read_export
from .model import DinNet
from .run import Run


def start_from_export(run: Run, folder: Path) -> None:
    """folder: what `training.export` wrote. The lifts to the teacher's channels begin anew."""
    exported = read_export(folder)
    networks = run.networks.cpu()
    fill(networks, exported)
    turn_older(run)
    networks.to(run.device)
    run.begin_mean()
    before = exported.manifest["run"]
    run.stages = [*before["stages"], {**before["settings"], "reached": before["step"]}]


def turn_older(run: Run) -> None:
    """Finds the carried colours, and turns red, green and blue to opponent axes."""
    networks = run.networks
    run.carried = find_carried(networks)
    rows = next((taken for layer, taken, *_ in run.carried if layer == "encoder.conv4"), None)
    if rows is None:
        return
    colours = colours_in(networks.encoder, rows)
    gain = colours.max().item()
    if torch.allclose(colours.sort(1).values, torch.tensor([0, 0, gain]), atol=0.01 * gain):
        order = [rows[i] for i in colours.argmax(0).tolist()]  # red's, green's, blue's
        turn_to_opponent(networks.encoder, networks.decoder, order, gain)
        leave_alone(networks.din, order)
        run.carried = find_carried(networks)


@torch.no_grad()
def leave_alone(net: DinNet, rows: list[int]) -> None:
    """Makes DIN act as AdaIN on channels whose meaning changed, and hear nothing of them."""
    c, k = net.channels, net.group_size
    see = net.see.weight  # [hidden, mean C | std C | correlation C x k]
    pointwise = torch.zeros(c, k, dtype=torch.bool)
    for row in rows:
        group = slice(row // k * k, row // k * k + k)
        pointwise[row] = pointwise[group, row % k] = True
    heard = torch.cat((torch.zeros(2 * c, dtype=torch.bool), pointwise.flatten()))
    heard[rows] = heard[[c + row for row in rows]] = True
    see[:, heard] = 0
    for head, meant in ((net.pointwise, pointwise.flatten()), (net.bias, rows)):
        head.weight[meant] = 0
        head.bias[meant] = 0
    for head in (net.depthwise.weight.view(c, 9, -1), net.depthwise.bias.view(c, 9)):
        head[rows] = 0
