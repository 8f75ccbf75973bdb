"""What each loss is compared with: Keras's class of it, or its definition in PyTorch where Keras has none.

The names are those of the library's factories. A definition takes the truth and the prediction and
returns a number a sample, or one number where the loss is of the whole batch.
"""

from typing import Any, Callable

import keras

Tensor = Any
Definition = Callable[..., Tensor]



class Generalized(keras.losses.CategoricalGeneralizedCrossEntropy):
    """Keras's own, which takes probabilities alone, behind a softmax where it is to take logits."""

    def __init__(self, from_logits: bool = False, **settings: Any) -> None:
        super().__init__(**settings)
        self.from_logits = from_logits

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        return super().call(y_true, keras.ops.softmax(y_pred) if self.from_logits else y_pred)


class Tversky(keras.losses.Tversky):
    """By the paper's names, as Keras has them from 3.16 on: alpha weighs false positives."""

    def __init__(self, alpha: float = 0.5, beta: float = 0.5, **settings: Any) -> None:
        before = tuple(int(part) for part in keras.__version__.split(".")[:2]) < (3, 16)
        super().__init__(*((beta, alpha) if before else (alpha, beta)), **settings)


class SoftenedLabels(keras.losses.SparseCategoricalCrossentropy):
    """Keras's own, and of one-hot rows where labels are softened, as PyTorch has it for labels too."""

    def __init__(self, label_smoothing: float = 0, **settings: Any) -> None:
        super().__init__(**settings)
        from_logits = settings.get("from_logits", False)
        self.softened = keras.losses.CategoricalCrossentropy(from_logits, label_smoothing)
        self.is_softened = label_smoothing > 0

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        if not self.is_softened:
            return super().call(y_true, y_pred)
        rows = keras.ops.one_hot(keras.ops.cast(y_true, "int32"), y_pred.shape[-1], dtype=y_pred.dtype)
        return self.softened.call(rows, y_pred)


class Ctc(keras.losses.CTC):
    """Keras's own, of labels as PyTorch wants them: whole numbers."""

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        return super().call(keras.ops.cast(y_true, "int32"), y_pred)


KERAS: dict[str, type[keras.losses.Loss]] = {
    "mse": keras.losses.MeanSquaredError,
    "mae": keras.losses.MeanAbsoluteError,
    "mape": keras.losses.MeanAbsolutePercentageError,
    "msle": keras.losses.MeanSquaredLogarithmicError,
    "huber": keras.losses.Huber,
    "logCosh": keras.losses.LogCosh,
    "poisson": keras.losses.Poisson,
    "cosineSimilarity": keras.losses.CosineSimilarity,
    "binaryCrossentropy": keras.losses.BinaryCrossentropy,
    "categoricalCrossentropy": keras.losses.CategoricalCrossentropy,
    "sparseCategoricalCrossentropy": SoftenedLabels,
    "sampledSoftmax": keras.losses.SparseCategoricalCrossentropy,  # where all classes are there
    "binaryFocalCrossentropy": keras.losses.BinaryFocalCrossentropy,
    "categoricalFocalCrossentropy": keras.losses.CategoricalFocalCrossentropy,
    "categoricalGeneralizedCrossEntropy": Generalized,
    "klDivergence": keras.losses.KLDivergence,
    "hinge": keras.losses.Hinge,
    "squaredHinge": keras.losses.SquaredHinge,
    "categoricalHinge": keras.losses.CategoricalHinge,
    "dice": keras.losses.Dice,
    "tversky": Tversky,
    "circle": keras.losses.Circle,
    "ctc": Ctc,
}


def rmse(y: Tensor, p: Tensor) -> Tensor:
    """Keras has it as a metric alone, which cannot be differentiated: the root over the whole batch."""
    return (y - p).square().mean().sqrt()


def quantile(y: Tensor, p: Tensor, q: float) -> Tensor:
    """Koenker and Bassett 1978."""
    import torch

    error = y - p
    return torch.maximum(q * error, (q - 1) * error).mean(dim=-1)


def barron(y: Tensor, p: Tensor, alpha: float | str, c: float) -> Tensor:
    """Barron 2019, equation 13: the limits at 2, 0 and minus infinity have formulas of their own."""
    import torch

    half = ((p - y) / c).square() / 2
    if alpha == 2:
        loss = half
    elif alpha == 0:
        loss = torch.log1p(half)
    elif alpha == "-inf":
        loss = 1 - torch.exp(-half)
    else:
        distance = abs(alpha - 2)
        loss = distance / alpha * ((2 * half / distance + 1) ** (alpha / 2) - 1)
    return loss.mean(dim=-1)


def gaussian_nll(y: Tensor, p: Tensor) -> Tensor:
    """A row of predictions is (mean, logarithm of the variance)."""
    import torch

    return torch.nn.functional.gaussian_nll_loss(
        p[:, :1], y, p[:, 1:].exp(), full=False, reduction="none"
    )[:, 0]


def jensen_shannon(y: Tensor, p: Tensor) -> Tensor:
    """Lin 1991, natural logarithms; 0 log 0 is 0."""
    import torch

    middle = (y + p) / 2
    terms = torch.xlogy(y, y) + torch.xlogy(p, p) - torch.xlogy(y + p, middle)
    return terms.sum(dim=-1) / 2


def logistic(y: Tensor, p: Tensor) -> Tensor:
    """torch.nn.SoftMarginLoss, whose exp overflows far out, where this form is the same number."""
    import torch

    return torch.nn.functional.softplus(-y * p, threshold=40).mean(dim=-1)


def triplet(y: Tensor, p: Tensor, margin: float) -> Tensor:
    """Each sample as an anchor: the mean over its pairs of a positive and a negative in the batch."""
    import torch

    losses = []
    for anchor in range(len(y)):
        same = [i for i in range(len(y)) if y[i] == y[anchor] and i != anchor]
        other = [i for i in range(len(y)) if y[i] != y[anchor]]
        pairs = [(i, j) for i in same for j in other]
        if not pairs:
            losses.append(p[anchor].sum() * 0)
            continue
        positive, negative = (p[list(side)] for side in zip(*pairs))
        losses.append(
            torch.nn.functional.triplet_margin_loss(
                p[anchor].expand_as(positive), positive, negative, margin=margin, p=2, eps=1e-6
            )
        )
    return torch.stack(losses)


def contrastive(y: Tensor, p: Tensor, margin: float) -> Tensor:
    """Hadsell, Chopra and LeCun 2006, without their one half; y is 1 where the two are the same."""
    apart = (margin - p).clamp_min(0)
    return (y * p.square() + (1 - y) * apart.square()).mean(dim=-1)


def hinge_embedding(y: Tensor, p: Tensor, margin: float) -> Tensor:
    import torch

    return torch.nn.functional.hinge_embedding_loss(p, y, margin=margin, reduction="none").mean(dim=-1)


def margin_ranking(y: Tensor, p: Tensor, margin: float) -> Tensor:
    """A row of predictions is the two scores."""
    import torch

    return torch.nn.functional.margin_ranking_loss(p[:, 0], p[:, 1], y, margin=margin, reduction="none")


def cosine_embedding(y: Tensor, p: Tensor, margin: float) -> Tensor:
    """A row of predictions is the two vectors, one behind the other."""
    import torch

    half = p.shape[1] // 2
    return torch.nn.functional.cosine_embedding_loss(
        p[:, :half], p[:, half:], y, margin=margin, reduction="none"
    )


def triplet_margin(y: Tensor, p: Tensor, margin: float) -> Tensor:
    """A row of predictions is the anchor, the positive and the negative; the truth is not looked at."""
    import torch

    anchor, positive, negative = p.chunk(3, dim=1)
    return torch.nn.functional.triplet_margin_loss(
        anchor, positive, negative, margin=margin, reduction="none"
    )


def multi_margin(y: Tensor, scores: Tensor, margin: float, p: int = 1) -> Tensor:
    import torch

    return torch.nn.functional.multi_margin_loss(scores, y.long(), p=p, margin=margin, reduction="none")


def boxes(y: Tensor, p: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Intersection, union and the smallest box around both, of rows (x1, y1, x2, y2)."""
    import torch

    def area(low: Tensor, high: Tensor) -> Tensor:
        return (high - low).prod(dim=-1)

    low = torch.maximum(y[:, :2], p[:, :2])
    high = torch.minimum(y[:, 2:], p[:, 2:])
    common = area(low, torch.maximum(high, low))
    union = area(y[:, :2], y[:, 2:]) + area(p[:, :2], p[:, 2:]) - common
    around = area(torch.minimum(y[:, :2], p[:, :2]), torch.maximum(y[:, 2:], p[:, 2:]))
    return common, union, around


def iou(y: Tensor, p: Tensor) -> Tensor:
    """1 - IoU with torchvision's epsilon."""
    common, union, _ = boxes(y, p)
    return 1 - common / (union + 1e-7)


def giou(y: Tensor, p: Tensor) -> Tensor:
    """torchvision.ops.generalized_box_iou_loss; Rezatofighi et al. 2019."""
    common, union, around = boxes(y, p)
    return 1 - common / (union + 1e-7) + (around - union) / (around + 1e-7)


def cross_entropy(y: Tensor, z: Tensor) -> Tensor:
    """The discriminator's binary cross-entropy from logits: 1 is real, 0 is made."""
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none").mean(-1)


def log_sigmoid(z: Tensor) -> Tensor:
    import torch

    return torch.nn.functional.logsigmoid(z).mean(dim=-1)


TORCH: dict[str, Definition] = {
    "rmse": rmse,
    "quantile": quantile,
    "barron": barron,
    "gaussianNll": gaussian_nll,
    "jensenShannon": jensen_shannon,
    "logistic": logistic,
    "triplet": triplet,
    "contrastive": contrastive,
    "hingeEmbedding": hinge_embedding,
    "marginRanking": margin_ranking,
    "multiMargin": multi_margin,
    "cosineEmbedding": cosine_embedding,
    "tripletMargin": triplet_margin,
    "iou": iou,
    "giou": giou,
    # Goodfellow et al. 2014: the minimax game and its non-saturating form.
    "minimaxDiscriminator": cross_entropy,
    "minimaxGenerator": lambda y, z: log_sigmoid(-z),
    "nonSaturatingDiscriminator": cross_entropy,
    "nonSaturatingGenerator": lambda y, z: -log_sigmoid(z),
    # Arjovsky, Chintala and Bottou 2017.
    "wassersteinDiscriminator": lambda y, z: ((1 - 2 * y) * z).mean(dim=-1),
    "wassersteinGenerator": lambda y, z: -z.mean(dim=-1),
    # Mao et al. 2017, with a = 0 and b = c = 1.
    "leastSquaresDiscriminator": lambda y, z: (z - y).square().mean(dim=-1) / 2,
    "leastSquaresGenerator": lambda y, z: (z - 1).square().mean(dim=-1) / 2,
}


def clipped(p: Tensor) -> Tensor:
    return p.clip(1e-7, 1 - 1e-7)


def cce_as_given(y: Tensor, p: Tensor, label_smoothing: float = 0.0) -> Tensor:
    y = y * (1 - label_smoothing) + label_smoothing / p.shape[-1]
    return -(y * clipped(p).log()).sum(dim=-1)


def sparse_as_given(y: Tensor, p: Tensor, label_smoothing: float = 0.0) -> Tensor:
    import torch

    return cce_as_given(torch.nn.functional.one_hot(y.long(), p.shape[-1]), p, label_smoothing)


def focal_as_given(
    y: Tensor, p: Tensor, alpha: float = 0.25, gamma: float = 2.0, label_smoothing: float = 0.0
) -> Tensor:
    y = y * (1 - label_smoothing) + label_smoothing / p.shape[-1]
    p = clipped(p)
    return -(alpha * (1 - p) ** gamma * y * p.log()).sum(dim=-1)


# Keras divides a row of probabilities by its sum and differentiates through that; these do not divide.
AS_GIVEN: dict[str, Definition] = {
    "categoricalCrossentropy": cce_as_given,
    "sparseCategoricalCrossentropy": sparse_as_given,
    "sampledSoftmax": sparse_as_given,
    "categoricalFocalCrossentropy": focal_as_given,
}


def circle(y: Tensor, p: Tensor, gamma: float = 80, margin: float = 0.4) -> Tensor:
    """Keras's circle loss, anchors without a positive or without a negative set to 0 beforehand."""
    import torch

    far = (1 - p @ p.T).clamp_min(0)
    same = y[:, None] == y[None, :]
    others = same & ~torch.eye(len(y), dtype=torch.bool)
    paired = others.any(dim=1) & ~same.all(dim=1)
    pull = -gamma * (margin + far) * (margin - far)
    push = gamma * (1 + margin - far).clamp_min(0) * (1 - margin - far)
    both = [
        torch.where(mask, terms, -torch.inf)[paired].logsumexp(dim=1)
        for mask, terms in ((others, pull), (~same, push))
    ]
    return torch.nn.functional.softplus(sum(both))


def generalized_logits(y: Tensor, z: Tensor, from_logits: bool, q: float = 0.5) -> Tensor:
    """Keras's behind a softmax, with p^q as a power of e, whose slope is finite where p underflows."""
    import torch

    log = torch.log_softmax(z, dim=-1).gather(1, y.long()[:, None])[:, 0]
    return (1 - (q * log).exp()) / q


# Where Keras on PyTorch has NaN for a gradient although there is a number for it.
GRADIENTS: dict[str, Definition] = {
    "circle": circle,
    "categoricalGeneralizedCrossEntropy": generalized_logits,
}
