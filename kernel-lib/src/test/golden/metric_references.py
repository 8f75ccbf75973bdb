"""What metrics mean where Keras has none: scikit-learn's meaning, in a few lines of NumPy each."""

from typing import Any

import numpy as np


def answers(truth: np.ndarray, prediction: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both as columns of yes and no scores, a class each: [n, classes]."""
    scores = prediction if prediction.ndim > 1 else prediction[:, None]
    if truth.ndim > 1:
        return truth, scores
    return (truth[:, None], scores) if scores.shape[1] == 1 else (np.eye(scores.shape[1])[truth.astype(int)], scores)


def said(truth: np.ndarray, scores: np.ndarray, threshold: float | None, top_k: int | None) -> np.ndarray:
    """What counts as said to be yes."""
    if threshold is None and top_k is None and scores.shape[1] == 1:
        threshold = 0.5
    if threshold is not None:
        return (scores > threshold).astype(float)
    rank = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1, kind="stable")
    return (rank < (top_k or 1)).astype(float)


def share(part: Any, whole: Any) -> np.ndarray:
    """0/0 is 0."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)


FIGURES = {
    "precision": lambda tp, fp, fn, tn, beta: share(tp, tp + fp),
    "recall": lambda tp, fp, fn, tn, beta: share(tp, tp + fn),
    "specificity": lambda tp, fp, fn, tn, beta: share(tn, tn + fp),
    "fBeta": lambda tp, fp, fn, tn, beta: share(
        (1 + beta**2) * tp, (1 + beta**2) * tp + beta**2 * fn + fp
    ),
    "truePositives": lambda tp, fp, fn, tn, beta: tp,
    "trueNegatives": lambda tp, fp, fn, tn, beta: tn,
    "falsePositives": lambda tp, fp, fn, tn, beta: fp,
    "falseNegatives": lambda tp, fp, fn, tn, beta: fn,
}


def counted(metric: str) -> Any:
    """A figure of the four counts, of each class or averaged."""

    def of(
        truth: np.ndarray,
        prediction: np.ndarray,
        weight: np.ndarray,
        average: str | None = "macro",
        threshold: float | None = None,
        top_k: int | None = None,
        class_id: int | None = None,
        beta: float = 1.0,
    ) -> np.ndarray:
        y, scores = answers(truth, prediction)
        p = said(truth, scores, threshold, top_k)
        w = weight[:, None]
        counts = [(w * a * b).sum(0) for a, b in ((y, p), (1 - y, p), (y, 1 - p), (1 - y, 1 - p))]
        if average == "micro":
            return FIGURES[metric](*[c.sum() for c in counts], beta)
        each = FIGURES[metric](*counts, beta)
        if class_id is not None:
            return each[class_id]
        support = counts[0] + counts[2]
        return {
            None: lambda: each,
            "macro": lambda: each.mean(),
            "weighted": lambda: (each * support).sum() / support.sum(),
        }[average]()

    return of


def roc_area(y: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> float:
    """The share of pairs of a yes and a no that are in order, equal scores counting half."""
    yes, no = y == 1, y == 0
    if weight[yes].sum() == 0 or weight[no].sum() == 0:
        return float("nan")
    above = (scores[yes][:, None] > scores[no][None, :]) + 0.5 * (
        scores[yes][:, None] == scores[no][None, :]
    )
    pairs = weight[yes][:, None] * weight[no][None, :]
    return (pairs * above).sum() / pairs.sum()


def precision_recall_area(y: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> float:
    """Precision integrated over recall by Gauss's rule, both counts growing evenly in a group of ties."""
    places, parts = np.polynomial.legendre.leggauss(64)
    places, parts = (places + 1) / 2, parts / 2
    total = weight[y == 1].sum()
    found = said_yes = area = 0.0
    if total == 0:
        return float("nan")
    for score in np.unique(scores)[::-1]:
        group = scores == score
        tp, all_of = weight[group & (y == 1)].sum(), weight[group].sum()
        if all_of:
            # u² where the group is much of what was said: the bend is at its start.
            t = places**2
            along = (found + t * tp) / (said_yes + t * all_of)
            area += (2 * places * parts * along).sum() * tp / total
        found, said_yes = found + tp, said_yes + all_of
    return area


def auc(
    truth: np.ndarray,
    prediction: np.ndarray,
    weight: np.ndarray,
    curve: str = "ROC",
    average: str | None = "micro",
) -> np.ndarray:
    """The exact area of each class, of all together, or averaged over those that have one."""
    area = roc_area if curve == "ROC" else precision_recall_area
    y, scores = answers(truth, prediction)
    if average == "micro":
        return np.asarray(area(y.reshape(-1), scores.reshape(-1), np.repeat(weight, y.shape[1])))
    each = np.array([area(y[:, c], scores[:, c], weight) for c in range(y.shape[1])])
    support = (y * weight[:, None]).sum(0)
    if average is None:
        return each
    has = ~np.isnan(each)
    by = support[has] if average == "weighted" else np.ones(has.sum())
    return np.asarray((each[has] * by).sum() / by.sum())


def average_precision(
    truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray, average: str | None = "micro"
) -> np.ndarray:
    """The steps of recall times the precision there: scikit-learn's average_precision_score."""

    def of(y: np.ndarray, scores: np.ndarray, w: np.ndarray) -> float:
        total, area, before = (w * y).sum(), 0.0, 0.0
        for score in np.unique(scores)[::-1]:
            above = scores >= score
            found = (w * y)[above].sum()
            area += (found - before) * share(found, w[above].sum())
            before = found
        return area / total if total else float("nan")

    y, scores = answers(truth, prediction)
    if average == "micro":
        return np.asarray(of(y.reshape(-1), scores.reshape(-1), np.repeat(weight, y.shape[1])))
    each = np.array([of(y[:, c], scores[:, c], weight) for c in range(y.shape[1])])
    if average is None:
        return each
    has = ~np.isnan(each)
    by = (y * weight[:, None]).sum(0)[has] if average == "weighted" else np.ones(has.sum())
    return np.asarray((each[has] * by).sum() / by.sum())


def first_rank(y: np.ndarray, scores: np.ndarray) -> int:
    """The place of the first relevant item, behind all others with its score."""
    return 1 + int(((y <= 0) & (scores >= scores[y > 0].max())).sum())


def over_rows(of: Any) -> Any:
    """The weighted mean over the rows that have a relevant item."""

    def mean(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray, **settings: Any) -> np.ndarray:
        has = (truth > 0).any(1)
        each = [of(y, p, **settings) for y, p in zip(truth[has], prediction[has])]
        return np.asarray(np.average(each, weights=weight[has]))

    return mean


def box_iou(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The diagonal of torchvision's box_iou; a box with corners in the wrong order has no area."""
    low, high = np.maximum(truth[:, :2], prediction[:, :2]), np.minimum(truth[:, 2:], prediction[:, 2:])
    both = np.clip(high - low, 0, None).prod(1)
    areas = sum(np.clip(b[:, 2:] - b[:, :2], 0, None).prod(1) for b in (truth, prediction))
    return np.asarray(np.average(share(both, areas - both), weights=weight))


def ndcg(y: np.ndarray, scores: np.ndarray, k: int = 10) -> float:
    """Gains over the logarithm of the place, equal scores sharing theirs: scikit-learn's ndcg_score."""
    discount = np.where(np.arange(len(y)) < k, 1 / np.log2(np.arange(len(y)) + 2), 0)
    order = np.argsort(-scores, kind="stable")
    shared = np.array([y[scores == score].mean() for score in scores])[order]
    return float((shared * discount).sum() / (np.sort(y)[::-1] * discount).sum())


def matrix(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The weights of class k predicted as l."""
    if prediction.ndim == 1:
        y, p, classes = truth.astype(int), (prediction > 0.5).astype(int), 2
    else:
        classes = prediction.shape[1]
        y = truth.argmax(1) if truth.ndim > 1 else truth.astype(int)
        p = prediction.argmax(1)
    counts = np.zeros((classes, classes))
    np.add.at(counts, (y, p), weight)
    return counts


def matthews(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Covariance of one-hot truth and prediction over the root of their variances: Gorodkin 2004."""
    c = matrix(truth, prediction, weight)
    t, p, s = c.sum(1), c.sum(0), c.sum()
    cov_tp, cov_tt, cov_pp = np.trace(c) * s - t @ p, s**2 - t @ t, s**2 - p @ p
    return share(cov_tp, np.sqrt(cov_tt * cov_pp))


def kappa(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """One minus observed over expected disagreement: scikit-learn's cohen_kappa_score."""
    c = matrix(truth, prediction, weight)
    expected = np.outer(c.sum(1), c.sum(0)) / c.sum()
    other = 1 - np.eye(len(c))
    return np.asarray(1 - (other * c).sum() / (other * expected).sum())


def balanced(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray) -> np.ndarray:
    c = matrix(truth, prediction, weight)
    has = c.sum(1) > 0
    return np.asarray((np.diag(c)[has] / c.sum(1)[has]).mean())


def correlation(truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray, same: bool) -> np.ndarray:
    """Pearson's, or Lin's concordance, over all samples."""
    y, p, w = truth.reshape(-1), prediction.reshape(-1), weight / weight.sum()
    y_mean, p_mean = w @ y, w @ p
    cov, y_var, p_var = w @ ((y - y_mean) * (p - p_mean)), w @ (y - y_mean) ** 2, w @ (p - p_mean) ** 2
    if same:
        return np.asarray(2 * cov / (y_var + p_var + (y_mean - p_mean) ** 2))
    return np.asarray(cov / np.sqrt(y_var * p_var))


def perplexity(
    truth: np.ndarray,
    prediction: np.ndarray,
    weight: np.ndarray,
    from_logits: bool = False,
    ignored_label: int | None = None,
) -> np.ndarray:
    """KerasHub's: the exponential of the mean cross-entropy over what is not ignored."""
    p = prediction.reshape(-1, prediction.shape[-1])
    y = truth.reshape(-1).astype(int)
    w = np.repeat(weight, len(y) // len(weight)) * (y != (-1 if ignored_label is None else ignored_label))
    if from_logits:
        p = np.exp(p - p.max(1, keepdims=True))
    p = np.clip(p / p.sum(1, keepdims=True), 1e-7, 1 - 1e-7)
    return np.asarray(np.exp(-(w * np.log(p[np.arange(len(y)), y])).sum() / w.sum()))


def sequence_accuracy(
    truth: np.ndarray, prediction: np.ndarray, weight: np.ndarray, ignored_label: int | None = None
) -> np.ndarray:
    """The share of samples all of whose positions are right, of those that have any that count."""
    right = prediction.argmax(-1) == truth if prediction.ndim > truth.ndim else prediction == truth
    if ignored_label is not None:
        right |= truth == ignored_label
        weight = weight * (truth != ignored_label).any(1)
    return np.asarray((weight * right.all(1)).sum() / weight.sum())


def edits(truth: list[int], said: list[int]) -> int:
    """Levenshtein's distance by its recursion over the ends."""
    table = {(i, 0): i for i in range(len(truth) + 1)} | {(0, j): j for j in range(len(said) + 1)}
    for i, label in enumerate(truth, 1):
        for j, other in enumerate(said, 1):
            table[i, j] = min(
                table[i - 1, j - 1] + (label != other), table[i - 1, j] + 1, table[i, j - 1] + 1
            )
    return table[len(truth), len(said)]


def edit_distance(
    truth: np.ndarray,
    prediction: np.ndarray,
    weight: np.ndarray,
    normalize: bool = True,
    ctc: bool = False,
    ignored_label: int | None = None,
) -> np.ndarray:
    """KerasHub's, of rows that numbers below 0 fill up; or of the labels that a CTC model says."""
    total = length = 0.0
    for y, p, w in zip(truth.astype(int), prediction, weight):
        said = p.argmax(-1) if p.ndim > 1 else p.astype(int)
        if ctc:
            said = [label for i, label in enumerate(said) if i == 0 or label != said[i - 1]]
        if p.ndim > 1 and len(y) == len(said) and not ctc:
            said = [other for label, other in zip(y, said) if label >= 0 and label != ignored_label]
        out = {0 if ctc else ignored_label}
        kept = [[int(label) for label in row if label >= 0 and label not in out] for row in (y, said)]
        total += w * edits(*kept)
        length += w * (len(kept[0]) if normalize else 1)
    return np.asarray(total / length)


REFERENCES = {
    **{metric: counted(metric) for metric in FIGURES},
    "auc": auc,
    "averagePrecision": average_precision,
    "boxIoU": box_iou,
    "hitRate": over_rows(lambda y, scores, k=10: float(first_rank(y, scores) <= k)),
    "meanReciprocalRank": over_rows(lambda y, scores: 1 / first_rank(y, scores)),
    "ndcg": over_rows(ndcg),
    "matthewsCorrelation": matthews,
    "cohenKappa": kappa,
    "balancedAccuracy": balanced,
    "pearsonCorrelation": lambda y, p, w: correlation(y, p, w, False),
    "concordanceCorrelation": lambda y, p, w: correlation(y, p, w, True),
    "perplexity": perplexity,
    "sequenceAccuracy": sequence_accuracy,
    "editDistance": edit_distance,
}
