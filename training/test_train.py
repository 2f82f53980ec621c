"""A run that was stopped goes on as if it had not been; one that is still at full rate can be made longer."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
import torch

from . import train
from .checkpoint import CheckpointError, load_checkpoint, resume, save, start_from
from .restyling import Norm
from .run import Run
from .settings import Method, Precision, Settings

TINY = Settings(steps=8, anneal_steps=2, batch=1, crop=32, warm_up=2, feature_steps=2, adain_share=0.2)


def make_run(packs: Path, teacher_folder: Path, settings: Settings = TINY) -> Run:
    return Run(settings, packs, teacher_folder, torch.device("cpu"))


def weights(run: Run) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in run.networks.state_dict().items()}


def words(packs: Path, teacher_folder: Path, out: Path, settings: Settings = TINY) -> list[str]:
    """The command line that asks for these settings."""
    asked = ["--data", str(packs), "--teacher-weights", str(teacher_folder), "--out", str(out)]
    for field in fields(settings):
        option, value = field.name.replace("_", "-"), getattr(settings, field.name)
        if isinstance(value, bool):
            asked.append(f"--{option}" if value else f"--no-{option}")
        else:
            asked += [f"--{option}", str(value)]
    return [*asked, "--device", "cpu"]


@pytest.mark.parametrize(("precision", "optimiser"), [("bfloat16", "muon"), ("float32", "adam")])
def test_a_resumed_run_ends_with_the_weights_of_an_uninterrupted_one(
    precision: Precision, optimiser: Method, packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    settings = replace(TINY, precision=precision, optimiser=optimiser)
    whole = make_run(packs, teacher_folder, settings)
    while whole.step < settings.steps // 2:
        whole.train_step()
    save(whole, tmp_path / "checkpoint.pt")
    halfway = weights(whole)
    while whole.step < settings.steps:
        whole.train_step()
    torch.manual_seed(99)  # what another process would find
    resumed = make_run(packs, teacher_folder, replace(settings, seed=1))
    resumed.settings = settings
    resume(resumed, tmp_path / "checkpoint.pt")
    assert resumed.step == settings.steps // 2
    while resumed.step < settings.steps:
        resumed.train_step()
    ends, again = weights(whole), weights(resumed)
    assert all(torch.equal(ends[name], again[name]) for name in ends)
    assert not torch.equal(ends["decoder.conv1.weight"], halfway["decoder.conv1.weight"])
    assert whole.averages == resumed.averages
    means = whole.mean.networks, resumed.mean.networks
    assert all(torch.equal(value, means[1][name]) for name, value in means[0].items())


def test_a_run_resumed_with_more_steps_keeps_its_other_settings(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    first = replace(TINY, steps=3)
    train.train(words(packs, teacher_folder, tmp_path, first))
    longer = replace(TINY, steps=5, anneal_steps=3, batch=2, learning_rate=1.0, seed=1)
    run = train.train([*words(packs, teacher_folder, tmp_path, longer), "--resume"])
    assert run.step == 5
    assert run.settings == replace(first, steps=5, anneal_steps=3)
    state = load_checkpoint(tmp_path / "checkpoint.pt")
    assert Settings(**state["settings"]) == run.settings
    assert state["step"] == 5


def test_a_run_from_before_there_was_detail_goes_on_without(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    train.train(words(packs, teacher_folder, tmp_path, replace(TINY, steps=1)))
    state = load_checkpoint(tmp_path / "checkpoint.pt")
    for name in train.WITHOUT_DETAIL:
        del state["settings"][name]
    torch.save(state, tmp_path / "checkpoint.pt")
    asked = words(packs, teacher_folder, tmp_path, replace(TINY, steps=2))
    run = train.train([*asked, "--resume"])
    assert (run.settings.least_detail, run.settings.most_detail) == (0, 0)
    assert not run.detail.any()


def test_a_run_that_has_no_time_writes_what_it_has(packs: Path, teacher_folder: Path, tmp_path: Path) -> None:
    run = train.train([*words(packs, teacher_folder, tmp_path), "--minutes", "-1"])
    assert run.step == 0
    assert load_checkpoint(tmp_path / "checkpoint.pt")["step"] == 0


def test_the_log_has_the_losses_every_so_many_steps(
    packs: Path, teacher_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "LOG_EVERY", 4)
    train.train(words(packs, teacher_folder, tmp_path))
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [4, 8]
    assert {"features", "reconstruction"} <= lines[0].keys()


def test_every_norm_is_trained_and_only_whitening_minds_the_covariance(
    packs: Path, teacher_folder: Path
) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, adain_share=0.25, wct_share=0.25, group_share=0.25))
    for _ in range(16):
        run.restyle_loss(run.seen_pair(), run.draw_norm())
    names = set(run.averages)
    for norm in ("adain", "wct", "group-wct", "din"):
        assert {f"{norm} content", f"{norm} style", f"{norm} colour"} <= names
    assert {name for name in names if "covariance" in name} == {"wct covariance"}


def test_norms_that_share_a_batch_are_an_update_each(packs: Path, teacher_folder: Path) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, feature_steps=0, norms_a_step=3))
    norms: list[Norm] = []
    updates: list[int] = []
    run.optimisers[0].register_step_post_hook(lambda *_: updates.append(run.step))
    pairs: list[int] = []
    draw, seen = run.draw_norm, run.seen_pair
    run.draw_norm = lambda: norms.append(draw()) or norms[-1]
    run.seen_pair = lambda: pairs.append(run.step) or seen()
    run.train_step()
    run.train_step()
    assert updates == [0, 1, 1, 1]  # step 0 gives the picture back
    assert pairs == [1]
    assert len(norms) == 3


def test_the_encoder_gets_noise_and_the_teacher_does_not(packs: Path, teacher_folder: Path) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, noise=0.02))
    grey = torch.full((1, 3, 32, 32), 0.5)
    run.photos.batch = lambda count, size, device: grey
    pair = run.seen_pair()
    assert 0 < (pair.photo - grey).std() < 0.03
    for level, seen in run.teacher(grey).items():
        assert torch.equal(pair.photo_levels[level], seen)


def test_the_learning_rate_warms_up_stays_and_falls_at_the_end(packs: Path, teacher_folder: Path) -> None:
    settings = replace(TINY, steps=1000, warm_up=100, anneal_steps=200)
    run = make_run(packs, teacher_folder, settings)
    rates: dict[int, float] = {}
    for run.step in (0, 50, 100, 500, 800, 900, 1000):
        rates[run.step] = run.learning_rate()
    assert rates[0] < 0.03 * rates[100]
    assert rates[0] < rates[50] < rates[100] == rates[500] == rates[800]
    assert rates[900] == pytest.approx(rates[800] / 2, rel=0.02)
    assert rates[1000] == settings.last_learning_rate


def test_a_run_made_longer_has_the_same_rate_until_its_new_anneal(packs: Path, teacher_folder: Path) -> None:
    short, long = (
        make_run(packs, teacher_folder, replace(TINY, steps=steps, anneal_steps=200))
        for steps in (1000, 2000)
    )
    short.step = long.step = 800
    assert short.learning_rate() == long.learning_rate()
    short.step = long.step = 900
    assert short.learning_rate() < long.learning_rate()


def test_a_run_that_starts_from_another_takes_its_networks_and_names_its_settings(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    first = make_run(packs, teacher_folder)
    first.train_step()
    save(first, tmp_path / "first.pt")
    second = make_run(packs, teacher_folder, replace(TINY, seed=1))
    start_from(second, tmp_path / "first.pt")
    means = first.mean.networks, second.mean.networks
    for name, value in weights(second).items():
        assert torch.equal(value, means[0][name])
        assert torch.equal(value, means[1][name])
    assert not torch.equal(means[0]["decoder.conv1.weight"], weights(first)["decoder.conv1.weight"])
    assert second.step == 0
    assert [(stage["seed"], stage["reached"]) for stage in second.stages] == [(TINY.seed, 1)]
    save(second, tmp_path / "second.pt")
    third = make_run(packs, teacher_folder)
    start_from(third, tmp_path / "second.pt")
    assert [stage["seed"] for stage in third.stages] == [TINY.seed, 1]


def test_colours_of_a_checkpoint_that_does_not_list_them_are_not_carried_a_second_time(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    first = make_run(packs, teacher_folder)
    first.train_step()
    save(first, tmp_path / "first.pt")
    state = load_checkpoint(tmp_path / "first.pt")
    del state["carried"]
    torch.save(state, tmp_path / "first.pt")
    second = make_run(packs, teacher_folder, replace(TINY, seed=1))
    start_from(second, tmp_path / "first.pt")
    assert all(torch.equal(value, weights(second)[name]) for name, value in first.mean.networks.items())
    assert {(c.layer, *sorted(c.rows)) for c in second.carried} == {
        (c.layer, *sorted(c.rows)) for c in first.carried
    }


def test_a_checkpoint_with_features_at_two_levels_is_refused(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    run = make_run(packs, teacher_folder)
    torch.save({"networks": {"encoder.down8.weight": torch.zeros(128, 64, 3, 3)}}, tmp_path / "checkpoint.pt")
    for begin in (start_from, resume):
        with pytest.raises(
            CheckpointError, match=r"checkpoint\.pt has features at two levels, and only older"
        ):
            begin(run, tmp_path / "checkpoint.pt")


def test_photos_that_lose_their_colours_are_seen_so_by_encoder_and_teacher(
    packs: Path, teacher_folder: Path
) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, grey_share=1.0, stray_weight=1.0))
    pair = run.seen_pair()
    assert pair.grey.tolist() == [1.0] * TINY.batch
    assert float(pair.photo.std(1).max()) < 1e-6
    assert float(pair.painting.std(1).max()) > 0.01
    torch.testing.assert_close(pair.photo_levels["relu1_1"], run.teacher(pair.photo)["relu1_1"])
    run.restyle_loss(pair, Norm("adain"))
    assert run.averages["adain stray"] > 0


def test_a_run_of_the_decoder_alone_leaves_the_rest_as_it_was(packs: Path, teacher_folder: Path) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, feature_steps=0, decoder_only=True))
    before = {name: value.clone() for name, value in run.networks.state_dict().items()}
    for _ in range(3):
        run.train_step()
    moved = {
        name.split(".")[0]
        for name, value in run.networks.state_dict().items()
        if not value.equal(before[name])
    }
    assert moved == {"decoder"}
