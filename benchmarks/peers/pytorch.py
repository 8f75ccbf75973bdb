"""PyTorch as a contender: fused optimizers, channels last, one batch that stays where it is."""

from __future__ import annotations

import torch
import torch._inductor.config
from protocol import Run, Worker
from samples import CHARACTERS, WORDS, numbers, samples
from torch import nn
from torch_networks import NETWORKS, Characters, Texts


def network(task: str) -> nn.Module:
    """The task's network, ending in logits."""
    if task in NETWORKS:
        made = NETWORKS[task]()
        return made if task == "encoder" else made.to(memory_format=torch.channels_last)
    if task == "dense":
        parts = [nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3)]
        return nn.Sequential(*parts)
    if task == "binary":
        parts = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 1)]
        return nn.Sequential(*parts)
    convolutions = [nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2)]
    convolutions += [nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)]
    convolutions += [nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten()]
    head = [nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10)]
    return nn.Sequential(*convolutions, *head).to(memory_format=torch.channels_last)


def texts(task: str, batch: int, way: str) -> Run:
    """Steps of the network of word vectors."""
    model = Texts(WORDS[task], way)
    run_model = torch.compile(model) if "compiled" in way else model
    optimizers = model.optimizers()
    loss = nn.BCEWithLogitsLoss()
    x, y = tensors(task, batch)

    def train(steps: int) -> None:
        for _ in range(steps):
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss(run_model(x), y).backward()
            for optimizer in optimizers:
                optimizer.step()

    return train


def tensors(task: str, batch: int) -> tuple[torch.Tensor, torch.Tensor]:
    """One batch in PyTorch's order of axes."""
    x, y = samples(task, batch)
    inputs = torch.from_numpy(x)
    if inputs.ndim == 4:
        inputs = inputs.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    return inputs, torch.from_numpy(y)


LOSSES = {
    "mse": nn.functional.mse_loss,
    "bce": nn.functional.binary_cross_entropy_with_logits,
}


def losing(task: str, batch: int, way: str) -> Run:
    """The loss and, by autograd, its gradient."""
    loss = torch.compile(LOSSES[task]) if way == "compiled" else LOSSES[task]
    y, z = map(torch.from_numpy, numbers(task, batch))
    z.requires_grad_()
    threads = 1 if way == "one thread" else torch.get_num_threads()

    def run(steps: int) -> None:
        usual = torch.get_num_threads()
        torch.set_num_threads(threads)
        for _ in range(steps):
            z.grad = None
            loss(z, y).backward()
        torch.set_num_threads(usual)

    return run


def generating(way: str) -> Run:
    """A text that goes on, a character a step, with the state handed over."""
    model = Characters(CHARACTERS).eval()
    run_model = torch.compile(model) if way == "compiled" else model

    def generate(steps: int) -> None:
        state, character = None, 1
        with torch.inference_mode():
            for _ in range(steps):
                x = torch.zeros(1, 1, CHARACTERS)
                x[0, 0, character] = 1
                logits, state = run_model(x, state)
                character = int(torch.multinomial(logits.softmax(1), 1))

    return generate


PREDICTING = ("predict", "resnet", "mobilenet")


def prepare(task: str, batch: int, way: str) -> Run:
    if task in LOSSES:
        return losing(task, batch, way)
    if task == "generate":
        return generating(way)
    if task in WORDS:
        return texts(task, batch, way)
    model = network(task)
    # Frozen weights are folded and laid out as the kernels want them, once.
    torch._inductor.config.freezing = way == "frozen"
    run_model = model if way == "eager" else torch.compile(model)
    x, y = tensors(task, batch)
    if task in PREDICTING:
        model.eval()

        def predict(steps: int) -> None:
            with torch.inference_mode():
                for _ in range(steps):
                    run_model(x).softmax(1).numpy()

        return predict
    if task == "binary":
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, fused=True)
        loss = nn.BCEWithLogitsLoss()
    elif task in ("lstm", "gru"):
        optimizer = torch.optim.Adam(model.parameters(), fused=True)
        loss = nn.MSELoss()
    else:
        optimizer = torch.optim.Adam(model.parameters(), fused=True)
        loss = nn.CrossEntropyLoss()

    def train(steps: int) -> None:
        for _ in range(steps):
            optimizer.zero_grad()
            loss(run_model(x), y).backward()
            optimizer.step()

    return train


BOTH = ["eager", "compiled"]
WAYS = {"cnn": BOTH, "dense": BOTH, "binary": BOTH, "predict": BOTH, "long": ["eager"]}
WAYS |= {"resnet": [*BOTH, "frozen"], "mobilenet": [*BOTH, "frozen"], "unet": BOTH, "encoder": BOTH, "lstm": BOTH, "gru": BOTH, "generate": BOTH}
WAYS |= {task: [*BOTH, "bag", "bag compiled", "sparse", "bag sparse"] for task in WORDS}
WAYS |= {task: [*BOTH, "one thread"] for task in LOSSES}

if __name__ == "__main__":
    Worker(WAYS, prepare, {"PyTorch": torch.__version__.split("+")[0]}).serve()
