"""Layers that make numbers of texts and of categories: what Keras finds in them and gives for others.

    KERAS_BACKEND=tensorflow python texts.py     writes ../resources/golden/texts.json, text_models.json, texts/*.keras and texts/*.h5
    KERAS_BACKEND=tensorflow python texts.py h5  writes texts/*.h5 alone

Keras computes these layers with TensorFlow alone; requirements-texts.txt says what to install.
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from typing import Any, Iterator  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from tensors import RESOURCES, stored, write  # noqa: E402

Case = dict[str, Any]

FILMS = [
    "A good film, a very good one!",
    "the film is bad",
    "",
    "...!?",
    "good Good GOOD bad",
    "one two  three\tfour\nfive",
]
ODD = [
    "İstanbul ıspanak ISTANBUL",
    "Straße STRASSE ß",
    "smile 😀 😀smile 👩‍👩‍👧",
    "e\u0301tude étude E\u0301TUDE",
    "no\u00a0break thin\u2009space line\u2028end",
    "don't re-do it's “quoted” – dash… ¿qué? §5",
    "[UNK] [unk] UNK",
    "\ufffd \U00010000 \uffee z",
]
ASKED = ["good film good unseen", "", "!!!", "a", "very VERY bad, one three four five six seven", "😀 ß İstanbul étude"]
REPEATED = ["b a c", "c b a", "d", "e d", "Z z", "é e", "zz zzz"]


def vectorizations() -> Iterator[tuple[Case, list[str], list[str]]]:
    ways: list[Case] = [
        {},
        {"max_tokens": 3},
        {"max_tokens": 5},
        {"max_tokens": 1000, "output_sequence_length": 4},
        {"output_sequence_length": 1},
        {"output_sequence_length": 12},
        {"standardize": "lower"},
        {"standardize": "strip_punctuation"},
        {"standardize": None},
        {"split": "character"},
        {"split": "character", "ngrams": 2, "max_tokens": 20},
        {"split": None},
        {"ngrams": 2},
        {"ngrams": 3, "max_tokens": 12},
        {"ngrams": [2]},
        {"ngrams": [1, 3], "output_sequence_length": 6},
    ]
    for mode in ("multi_hot", "count", "tf_idf"):
        ways += [
            {"output_mode": mode},
            {"output_mode": mode, "max_tokens": 2},
            {"output_mode": mode, "max_tokens": 6},
            {"output_mode": mode, "max_tokens": 60, "pad_to_max_tokens": True},
            {"output_mode": mode, "ngrams": 2, "max_tokens": 9},
            {"output_mode": mode, "split": "character"},
        ]
    for settings in ways:
        yield settings, FILMS, ASKED
    for settings in ({}, {"split": "character"}, {"output_mode": "tf_idf"}, {"standardize": "lower"}):
        yield settings, ODD, ASKED + ODD
        yield settings, REPEATED, ASKED + REPEATED


def lookups() -> Iterator[tuple[str, Case, Any, Any]]:
    colours = [["red", "green"], ["red", "blue"], ["red", ""], ["[UNK]", "é"]]
    numbers = [[7, -3], [7, 12], [0, 12], [-1, 2000000]]
    ways: list[Case] = [
        {},
        {"num_oov_indices": 3},
        {"max_tokens": 3},
        {"invert": False, "max_tokens": 4, "num_oov_indices": 2},
        {"num_oov_indices": 2, "salt": [133, 137]},
    ]
    for mode in ("one_hot", "multi_hot", "count", "tf_idf"):
        ways += [
            {"output_mode": mode},
            {"output_mode": mode, "num_oov_indices": 2, "max_tokens": 8, "pad_to_max_tokens": True},
        ]
    for settings in ways:
        for mask in (False, True):
            text = {**settings, **({"mask_token": ""} if mask else {})}
            number = {**settings, **({"mask_token": 0} if mask else {})}
            if "salt" in settings:
                number["oov_method"] = "farmhash"
            yield "string_lookup", text, colours, [["red", "violet"], ["", "green"], ["blue", "blue"], ["[UNK]", "x y"]]
            yield "integer_lookup", number, numbers, [[7, 8], [0, 12], [-3, -3], [-1, 123456]]
    yield "integer_lookup", {"num_oov_indices": 5, "oov_method": "farmhash"}, numbers, [[1, 2], [-9, 7], [33, 44]]
    yield "integer_lookup", {"invert": True}, numbers, [[1, 2], [0, 4]]
    yield "string_lookup", {"output_mode": "one_hot"}, colours, [["red"], ["violet"], [""]]
    yield "integer_lookup", {"output_mode": "one_hot"}, numbers, [[7], [1]]


LONG = "Grüße, this text is longer than sixty-four bytes, and so it goes another way through the hash function. "
HASHED = ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "häuser ü 16 by", "seventeen bytes !", "x" * 32, "y" * 33]
HASHED += ["z" * 64, "w" * 65, "😀", LONG, LONG * 3, "x" * 127, "x" * 128, "x" * 129, "one two", "-5", "12345678"]


def hashings() -> Iterator[tuple[Case, Any]]:
    rows = [[text] for text in HASHED]
    for bins in (1, 2, 3, 1000, 2147483647):
        for more in ({}, {"salt": 133}, {"salt": [133, 137]}, {"mask_value": ""}):
            yield {"num_bins": bins, **more}, rows
    pairs = [["a", "b"], ["", "a"], ["x", "x"]]
    for mode in ("one_hot", "multi_hot", "count"):
        yield {"num_bins": 4, "output_mode": mode}, pairs
        yield {"num_bins": 4, "output_mode": mode, "mask_value": "", "salt": 9}, pairs
    numbers = [[0, 1], [-1, 17], [123456, 16777216]]
    yield {"num_bins": 7}, numbers
    yield {"num_bins": 7, "salt": [1, 2]}, numbers
    yield {"num_bins": 7, "mask_value": 0}, numbers
    yield {"num_bins": 5, "output_mode": "multi_hot"}, numbers


def layer(name: str, settings: Case) -> Any:
    classes = {"text_vectorization": "TextVectorization", "string_lookup": "StringLookup"}
    classes |= {"integer_lookup": "IntegerLookup", "hashing": "Hashing"}
    given = {key: tuple(value) if key == "ngrams" and isinstance(value, list) else value for key, value in settings.items()}
    return getattr(keras.layers, classes[name])(**given)


def case(name: str, settings: Case, data: Any, asked: Any) -> Case:
    made = layer(name, settings)
    found = {}
    if settings.get("invert"):
        made = layer(name, {**settings, "vocabulary": [12, 7, -3, 5]})
        settings = {**settings, "vocabulary": [12, 7, -3, 5]}
    elif data is not None:
        made.adapt(data if name == "text_vectorization" else np.array(data))
        found = {"vocabulary": [w if isinstance(w, str) else int(w) for w in made.get_vocabulary()]}
    given = made(tf.constant(asked))
    y = np.array(given.numpy() if hasattr(given, "numpy") else given, np.float64)
    return {"layer": name, "settings": settings, "data": data, "asked": asked, **found, "y": stored(y)}


def cases() -> Iterator[Case]:
    for settings, data, asked in vectorizations():
        if settings.get("split", "") is None:
            asked = [[text] for text in asked]
        yield case("text_vectorization", settings, data, asked)
    for name, settings, data, asked in lookups():
        yield case(name, settings, data, asked)
    for settings, asked in hashings():
        yield case("hashing", settings, None, asked)


MODELS_OF_TEXTS = ["a good film", "bad bad film", "Good, good; the plot: thin!", "é 😀 film", ""]


def models() -> Iterator[tuple[str, Any, list[Any]]]:
    """Models that read texts, and samples for each of their inputs."""
    L = keras.layers
    words = L.TextVectorization(30, output_sequence_length=5)
    words.adapt(MODELS_OF_TEXTS)
    embedded = [words, L.Embedding(30, 4), L.GlobalAveragePooling1D(), L.Dense(2, "tanh")]
    yield "words", keras.Sequential([keras.Input((1,), dtype="string"), *embedded]), [[[t] for t in MODELS_OF_TEXTS]]
    rare = L.TextVectorization(40, output_mode="tf_idf", ngrams=2, pad_to_max_tokens=True)
    rare.adapt(MODELS_OF_TEXTS)
    text = keras.Input((), dtype="string")
    yield "rare", keras.Model(text, L.Dense(2)(rare(text))), [MODELS_OF_TEXTS]
    given = L.TextVectorization(vocabulary=["film", "good"], split="character", ngrams=(1, 3), output_sequence_length=7)
    text = keras.Input((1,), dtype="string")
    flat = L.Rescaling(0.25)(given(text))
    yield "given", keras.Model(text, L.Dense(2)(flat)), [[[t] for t in MODELS_OF_TEXTS]]
    colour, kind = keras.Input((1,), dtype="string"), keras.Input((2,), dtype="string")
    number = keras.Input((1,), dtype="int64")
    colours, numbers = L.StringLookup(output_mode="one_hot"), L.IntegerLookup(mask_token=0)
    more = L.IntegerLookup(output_mode="tf_idf", num_oov_indices=2)
    colours.adapt(["red", "green", "red"])
    numbers.adapt(np.array([[7], [0], [9]]))
    more.adapt(np.array([[7], [7], [9]]))
    parts = [colours(colour), L.Hashing(3, output_mode="multi_hot", salt=[1, 2])(kind), more(number)]
    parts += [L.Flatten()(L.Embedding(6, 2)(numbers(number)))]
    rows = [[["red"], ["blue"], ["green"]], [["a", "b"], ["c", "c"], ["", "a"]], [[7], [8], [0]]]
    yield "lookups", keras.Model([colour, kind, number], L.Dense(2)(L.Concatenate()(parts))), rows
    inner = keras.Sequential([keras.Input((5,)), *[type(each).from_config(each.get_config()) for each in embedded[1:]]])
    text = keras.Input((1,), dtype="string")
    yield "exported", keras.Model(text, inner(words(text))), [[[t] for t in MODELS_OF_TEXTS]]
    hashed = L.Hashing(11, mask_value="")
    text = keras.Input((1,), dtype="string")
    yield "hashed", keras.Model(text, L.Flatten()(L.Embedding(11, 3)(hashed(text)))), [[["a"], [""], ["b c"]]]


def saved_models() -> Iterator[Case]:
    (RESOURCES / "texts").mkdir(exist_ok=True)
    for name, model, rows in models():
        model.save(RESOURCES / "texts" / f"{name}.keras")
        inputs = [tf.constant(each) for each in rows]
        y = model(inputs[0] if len(inputs) == 1 else inputs)
        yield {"name": name, "x": rows, "y": stored(y.numpy())}


def legacy() -> None:
    """The same models in HDF5, which holds a vocabulary that was given and none that was adapted."""
    for name in ("given", "words"):
        model = keras.models.load_model(RESOURCES / "texts" / f"{name}.keras")
        model.save(RESOURCES / "texts" / f"{name}.h5")


if __name__ == "__main__" and sys.argv[1:] == ["h5"]:
    legacy()
elif __name__ == "__main__":
    everything = [{"name": f"{i} {each['layer']} {each['settings']}", **each} for i, each in enumerate(cases())]
    write("texts.json", everything, f"Keras {keras.__version__} on TensorFlow {tf.__version__}, float32")
    keras.utils.set_random_seed(1)
    write("text_models.json", list(saved_models()), f"Keras {keras.__version__} on TensorFlow {tf.__version__}, float32")
    legacy()
