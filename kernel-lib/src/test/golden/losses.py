"""Losses: values per sample, reduced, and their gradient, on ordinary and on extreme predictions."""

from collections import Counter
from functools import partial
from typing import Any

import keras
import numpy as np

from loss_batches import Batch, batches
from loss_references import AS_GIVEN, GRADIENTS, KERAS, TORCH, Definition
from tensors import loaded, read, short, stored

Case = dict[str, Any]

DIGITS = 17
FEWEST = 200


def own_way(record: Case) -> bool:
    """Keras on TensorFlow finds the logits behind a sigmoid again and does not clip; the others do."""
    focal = record["loss"] == "binaryFocalCrossentropy" and record["name"].endswith("logits far out")
    return focal and keras.config.backend() == "tensorflow"


def values(loss: str, batch: Batch, y: Any, p: Any, reduction: str) -> Any:
    """The loss of each sample (or of the whole batch, where it is one number), or their reduction."""
    if loss in KERAS:
        made = KERAS[loss](reduction=reduction, dtype="float64", **batch.settings)
        return made(y, p, batch.weight)
    each = TORCH[loss](y, p, **batch.settings)
    if batch.weight is not None:
        each = each * y.new_tensor(batch.weight)
    if reduction == "mean_with_sample_weight":
        return each.sum() / y.new_tensor(batch.weight).sum()
    return {"none": lambda: each, "sum": each.sum, "sum_over_batch_size": each.mean}[reduction]()


def case(loss: str, batch: Batch) -> Case:
    """One loss on one batch: every sample's value, their mean and sum, the mean's gradient."""
    import torch

    p = torch.tensor(batch.prediction, requires_grad=True)
    y = torch.tensor(batch.truth)
    each = values(loss, batch, y, p, "none")
    mean = values(loss, batch, y, p, "sum_over_batch_size")
    if {each.dtype, mean.dtype} != {torch.float64}:
        raise TypeError(f"{loss}, {batch.name} was not computed in float64")
    record: Case = {
        "name": f"{loss} {batch.name}",
        "loss": loss,
        "settings": batch.settings,
        "yTrue": stored(batch.truth, DIGITS),
        "yPred": stored(batch.prediction, DIGITS),
    }
    if batch.weight is not None:
        record["sampleWeight"] = stored(batch.weight, DIGITS)
    record["mean"] = short(mean.item(), DIGITS)
    if each.ndim:
        record["sum"] = short(values(loss, batch, y, p, "sum").item(), DIGITS)
        record["perSample"] = stored(each.detach().numpy().reshape(len(y)), DIGITS)
    if batch.weight is not None:
        weighted = values(loss, batch, y, p, "mean_with_sample_weight")
        record["weightedMean"] = short(weighted.item(), DIGITS)
    if batch.slope:
        (gradient,) = torch.autograd.grad(mean, [p])
        if not gradient.isfinite().all():
            gradient = torch.tensor(defined(GRADIENTS[loss], batch))
        record["gradient"] = stored(gradient.numpy(), DIGITS)
        if loss in AS_GIVEN and not batch.settings.get("from_logits"):
            record["gradientAsGiven"] = stored(defined(AS_GIVEN[loss], batch), DIGITS)
    return record


def defined(definition: Definition, batch: Batch) -> np.ndarray:
    """The gradient of a definition's mean over those samples that it gives a number to."""
    import torch

    p = torch.tensor(batch.prediction, requires_grad=True)
    each = definition(torch.tensor(batch.truth), p, **batch.settings)
    weight = 1 if batch.weight is None else torch.tensor(batch.weight)
    if not len(each):
        return np.zeros_like(batch.prediction)
    return torch.autograd.grad((each * weight).mean(), [p])[0].numpy()


def cases(loss: str) -> list[Case]:
    """The cases of a loss, of enough rows for each of its forms."""
    made = [case(loss, batch) for batch in batches(loss)]
    rows: Counter[bool] = Counter()
    for each in made:
        rows["from_logits" in each["settings"]] += each["yPred"]["shape"][0]
    if min(rows.values()) < FEWEST:
        raise ValueError(f"{loss} has {dict(rows)} rows, fewer than {FEWEST}")
    return made


FILES = {f"losses/{loss}": partial(cases, loss) for loss in (*KERAS, *TORCH)}


def check() -> int:
    """Compares the stored values per sample with the running back end's; returns the misses.

    TensorFlow's sparse cross-entropy divides a row by its sum once more after clipping it at 1e-7.
    """
    misses = 0
    for loss in KERAS:
        for record in read(f"losses/{loss}.json"):
            if own_way(record):
                continue
            weight = record.get("sampleWeight")
            made = KERAS[loss](reduction="none", dtype="float64", **record["settings"])
            found = made(
                loaded(record["yTrue"]),
                loaded(record["yPred"]),
                loaded(weight) if weight else None,
            )
            found = np.asarray(keras.ops.convert_to_numpy(found)).reshape(-1)
            wanted = loaded(record["perSample"]) if "perSample" in record else record["mean"]
            difference = np.max(np.abs(found - wanted) / (1 + np.abs(wanted)))
            if not difference <= 2e-7:
                misses += 1
                print(f"{record['name']} differs by {difference:.3g}")
    return misses
