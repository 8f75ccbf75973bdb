"""The larger networks in PyTorch, as papers and Keras have them."""

from __future__ import annotations

import torch
from torch import nn


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    """A convolution without a bias, and its batch normalization."""
    conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(outputs)]


class Residual(nn.Module):
    """A branch beside a shortcut, and what follows their sum."""

    def __init__(self, branch: nn.Module, shortcut: nn.Module, after: nn.Module) -> None:
        super().__init__()
        self.branch, self.shortcut, self.after = branch, shortcut, after

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.after(self.shortcut(x) + self.branch(x))


def resnet50() -> nn.Module:
    parts: list[nn.Module] = [*convolution(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for filters, count, first in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for number in range(count):
            stride = first if number == 0 else 1
            branch = [*convolution(inputs, filters, 1, stride), nn.ReLU(), *convolution(filters, filters, 3), nn.ReLU()]
            branch += convolution(filters, 4 * filters, 1)
            shortcut = convolution(inputs, 4 * filters, 1, stride) if number == 0 else [nn.Identity()]
            parts.append(Residual(nn.Sequential(*branch), nn.Sequential(*shortcut), nn.ReLU()))
            inputs = 4 * filters
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1000))


def mobilenet_v2() -> nn.Module:
    parts: list[nn.Module] = [*convolution(3, 32, 3, 2), nn.ReLU6()]
    inputs = 32
    blocks = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
    for widening, filters, count, first in blocks:
        for number in range(count):
            stride, wide = first if number == 0 else 1, inputs * widening
            branch = [*convolution(inputs, wide, 1), nn.ReLU6()] if widening > 1 else []
            branch += [*convolution(wide, wide, 3, stride, wide), nn.ReLU6(), *convolution(wide, filters, 1)]
            block = nn.Sequential(*branch)
            parts.append(Residual(block, nn.Identity(), nn.Identity()) if inputs == filters and stride == 1 else block)
            inputs = filters
    parts += [*convolution(inputs, 1280, 1), nn.ReLU6(), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*parts, nn.Linear(1280, 1000))


class UNet(nn.Module):
    """Five levels from 16 to 256 filters; four classes at every pixel."""

    FILTERS = (16, 32, 64, 128, 256)

    def __init__(self) -> None:
        super().__init__()
        self.down = nn.ModuleList(map(self.twice, (3, *self.FILTERS), self.FILTERS))
        pairs = list(zip(self.FILTERS[:0:-1], self.FILTERS[-2::-1]))
        self.widen = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, 2) for a, b in pairs)
        self.up = nn.ModuleList(self.twice(2 * b, b) for _, b in pairs)
        self.classes = nn.Conv2d(self.FILTERS[0], 4, 1)

    @staticmethod
    def twice(inputs: int, outputs: int) -> nn.Module:
        first, second = nn.Conv2d(inputs, outputs, 3, padding=1), nn.Conv2d(outputs, outputs, 3, padding=1)
        return nn.Sequential(first, nn.ReLU(), second, nn.ReLU())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        levels = []
        for level in self.down:
            x = level(nn.functional.max_pool2d(x, 2) if levels else x)
            levels.append(x)
        for widen, up, level in zip(self.widen, self.up, levels[-2::-1]):
            x = up(torch.cat([level, widen(x)], 1))
        return self.classes(x)


class Last(nn.Module):
    """A number from the state after the last step."""

    def __init__(self, recurrent: nn.RNNBase) -> None:
        super().__init__()
        self.recurrent, self.dense = recurrent, nn.Linear(recurrent.hidden_size, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dense(self.recurrent(x)[0][:, -1])


def lstm() -> nn.Module:
    return Last(nn.LSTM(16, 64, batch_first=True))


def gru() -> nn.Module:
    return Last(nn.GRU(16, 64, batch_first=True))


class Characters(nn.Module):
    """What comes after a character, in logits, from the state that those before it left."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.recurrent, self.dense = nn.LSTM(characters, 256, batch_first=True), nn.Linear(256, characters)

    def forward(self, x: torch.Tensor, state: tuple[torch.Tensor, ...] | None) -> tuple[torch.Tensor, tuple[torch.Tensor, ...]]:
        outputs, after = self.recurrent(x, state)
        return self.dense(outputs[:, -1]), after


class Encoder(nn.Module):
    """Two transformer encoder blocks of width 64 with 4 heads, then the mean of the steps and ten classes."""

    def __init__(self) -> None:
        super().__init__()
        blocks = (nn.TransformerEncoderLayer(64, 4, 128, dropout=0.0, layer_norm_eps=1e-3, batch_first=True) for _ in "ab")
        self.blocks = nn.Sequential(*blocks)
        self.classes = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classes(self.blocks(x).mean(1))


class Texts(nn.Module):
    """The mean of a text's word vectors, and a dense layer."""

    def __init__(self, words: int, way: str) -> None:
        super().__init__()
        self.bag, self.sparse = "bag" in way, "sparse" in way
        if self.bag:
            self.vectors: nn.Module = nn.EmbeddingBag(words, 16, mode="mean", sparse=self.sparse)
        else:
            self.vectors = nn.Embedding(words, 16, sparse=self.sparse)
        self.dense = nn.Linear(16, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        vectors = self.vectors(x)
        return self.dense(vectors if self.bag else vectors.mean(1))

    def optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam; for sparse gradients the one that takes them."""
        if not self.sparse:
            return [torch.optim.Adam(self.parameters(), fused=True)]
        dense = torch.optim.Adam(self.dense.parameters(), fused=True)
        return [torch.optim.SparseAdam(self.vectors.parameters()), dense]


NETWORKS = {"lstm": lstm, "gru": gru} | {"resnet": resnet50, "mobilenet": mobilenet_v2, "unet": UNet, "encoder": Encoder}
