"""What Lossbook saves, Keras loads: it predicts the same, and trains on to the same."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "notebooks/tests/in_keras"
PYTHON = ROOT / ".venv-keras/bin/python"
JAVA = Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else shutil.which("java")
NEAR = 1e-5
# Centred RMSprop divides by a difference of two numbers that are nearly one.
NEAR_AFTER_STEPS = 5e-5


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    if not PYTHON.exists():
        pytest.fail("There is no .venv-keras: ./lossbook test makes it.")
    folder = tmp_path_factory.mktemp("saved")
    target = ROOT / "kernel-lib/target"
    subprocess.run(
        [JAVA, "-cp", f"{target}/*:{target}/lib/*", HERE / "SaveModels.java", folder], check=True, timeout=300
    )
    looked = subprocess.run([PYTHON, HERE / "look.py", folder], capture_output=True, text=True, timeout=600)
    assert looked.returncode == 0, looked.stderr
    found = json.loads(looked.stdout.splitlines()[-1])
    assert found["warnings"] == []
    assert found["unread"] == {}
    models = {model["name"]: model for model in found["models"]}
    assert len(models) == 17
    return models


@pytest.mark.parametrize("what", ["predicted", "by_weights"])
def test_it_predicts_the_same_in_keras(seen, what):
    assert {name: model[what] for name, model in seen.items() if not model[what] < NEAR} == {}


def test_it_trains_on_to_the_same_in_keras(seen):
    # Dropout drops what each side draws, and a loss that Keras has not cannot train there.
    alike = {name: model["after"] for name, model in seen.items() if name not in ("pictures", "ours")}
    assert {name: far for name, far in alike.items() if not far < NEAR_AFTER_STEPS} == {}


def test_keras_finds_how_it_is_compiled(seen):
    for name, model in seen.items():
        if name == "ours":
            continue
        # Keras counts the moves of the weights, of which three steps make one where gradients accumulate.
        assert model["steps"] == (3 if name == "accumulated" else 10)
        assert not name[0].isupper() or model["optimizer"] == name
    assert seen["SGD"]["loss"]["class_name"] == "Huber"
    assert seen["SGD"]["rate"] == pytest.approx(0.01)
    assert 0 < seen["scheduled"]["rate"] < 0.01
    assert seen["pooled"]["loss"]["config"]["from_logits"] is True
    assert seen["weighted"]["figures"] == ["far", "loss", "mae", "weighted_mae"]


def test_a_loss_that_keras_has_not_is_named(seen):
    assert "Barron" in seen["ours"]["refused"]
