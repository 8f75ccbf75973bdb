"""The larger networks in Keras; they end in logits, as Keras recommends."""

from __future__ import annotations

import keras


def resnet50() -> keras.Model:
    return keras.applications.ResNet50(weights=None, classifier_activation=None)


def mobilenet_v2() -> keras.Model:
    return keras.applications.MobileNetV2(weights=None, classifier_activation=None)


def unet() -> keras.Model:
    """Five levels from 16 to 256 filters; four classes at every pixel."""
    layers = keras.layers

    def twice(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        return x

    image = keras.Input((128, 128, 3))
    levels = [twice(image, 16)]
    for filters in (32, 64, 128, 256):
        levels.append(twice(layers.MaxPooling2D(2)(levels[-1]), filters))
    x = levels.pop()
    for filters in (128, 64, 32, 16):
        widened = layers.Conv2DTranspose(filters, 2, strides=2)(x)
        x = twice(layers.Concatenate()([levels.pop(), widened]), filters)
    return keras.Model(image, layers.Conv2D(4, 1)(x))


def lstm() -> keras.Model:
    return keras.Sequential([keras.Input((50, 16)), keras.layers.LSTM(64), keras.layers.Dense(1)])


def gru() -> keras.Model:
    return keras.Sequential([keras.Input((50, 16)), keras.layers.GRU(64), keras.layers.Dense(1)])


def encoder() -> keras.Model:
    """Two transformer encoder blocks of width 64 with 4 heads, then the mean of the steps and ten classes."""
    layers = keras.layers
    steps = keras.Input((64, 64))
    x = steps
    for _ in range(2):
        x = layers.LayerNormalization()(layers.Add()([x, layers.MultiHeadAttention(4, 16)(x, x)]))
        h = layers.Dense(64)(layers.Dense(128, activation="relu")(x))
        x = layers.LayerNormalization()(layers.Add()([x, h]))
    return keras.Model(steps, layers.Dense(10)(layers.GlobalAveragePooling1D()(x)))


NETWORKS = {"lstm": lstm, "gru": gru} | {"resnet": resnet50, "mobilenet": mobilenet_v2, "unet": unet, "encoder": encoder}
