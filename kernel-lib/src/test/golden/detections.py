"""What boxes found in images are worth: average precision after Pascal VOC's own code, in NumPy.

    python kernel-lib/src/test/golden/detections.py
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden"


def box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """torchvision.ops.box_iou: of each of the first with each of the second."""
    low, high = np.maximum(a[:, None, :2], b[None, :, :2]), np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.clip(high - low, 0, None).prod(2)
    area_a, area_b = (a[:, 2:] - a[:, :2]).prod(1), (b[:, 2:] - b[:, :2]).prod(1)
    return both / (area_a[:, None] + area_b[None] - both)


def average_precision(truth: list[np.ndarray], found: list[np.ndarray], threshold: float) -> float:
    """The area under the envelope of precision over recall, as VOCap.m and VOCevaldet.m compute it."""
    order = sorted(((-f[5], i, k) for i, image in enumerate(found) for k, f in enumerate(image)))
    taken = [np.zeros(len(t), bool) for t in truth]
    right = np.zeros(len(order))
    for n, (_, i, k) in enumerate(order):
        if len(truth[i]):
            iou = box_iou(found[i][k : k + 1, :4], truth[i][:, :4])[0]
            iou[taken[i]] = -1
            best = iou.argmax()
            if iou[best] >= threshold:
                taken[i][best], right[n] = True, 1
    recall = np.concatenate([[0], right.cumsum() / sum(map(len, truth)), [1]])
    precision = np.concatenate([[0], right.cumsum() / np.arange(1, len(right) + 1), [0]])
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(((recall[1:] - recall[:-1]) * envelope[1:]).sum())


def case(name: str, images: int, classes: int, threshold: float) -> dict[str, Any]:
    rng = np.random.default_rng(images + classes)
    truth, found = [], []
    for _ in range(images):
        n = rng.integers(0, 4)
        corners = rng.integers(0, 40, (n, 2))
        boxes = np.concatenate([corners, corners + rng.integers(8, 25, (n, 2))], 1)
        labels = rng.integers(0, classes, (n, 1))
        truth.append(np.concatenate([boxes, labels, np.ones((n, 1))], 1).astype(float))
        near = boxes[rng.random(n) < 0.8]
        near_labels = labels[: len(near)]
        near = near + rng.integers(-3, 4, near.shape)
        twice = near[:1] + 1
        boxes = np.concatenate([near, twice])
        labels = np.concatenate([near_labels, near_labels[:1]])
        scores = rng.permutation(1000)[: len(boxes), None] / 1000
        found.append(np.concatenate([boxes, labels, scores], 1).astype(float))
    of = lambda rows, label: [image[image[:, 4] == label] for image in rows]  # noqa: E731
    each = {
        label: average_precision(of(truth, label), of(found, label), threshold)
        for label in range(classes)
        if sum(map(len, of(truth, label)))
    }
    return {
        "name": name,
        "threshold": threshold,
        "truth": [image.tolist() for image in truth],
        "found": [image.tolist() for image in found],
        "each": {str(label): value for label, value in each.items()},
        "mean": float(np.mean(list(each.values()))),
    }


if __name__ == "__main__":
    cases = [
        case("one class", 12, 1, 0.5),
        case("three classes", 30, 3, 0.5),
        case("three classes, strictly", 30, 3, 0.75),
        case("five classes, loosely", 20, 5, 0.3),
    ]
    rows = ",\n".join(json.dumps(each) for each in cases)
    text = '{"source": "NumPy, after Pascal VOC, written by detections.py", "cases": [\n' + rows + "\n]}\n"
    (GOLDEN / "detections.json").write_text(text, encoding="utf-8")
