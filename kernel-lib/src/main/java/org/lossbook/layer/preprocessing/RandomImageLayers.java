package org.lossbook.layer.preprocessing;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.config.Registry;
import org.lossbook.layer.Layer;

/**
 * The classes by which files name the layers that change images at random.
 *
 * @hidden
 */
@Internal
public final class RandomImageLayers {
  private RandomImageLayers() {}

  /** The registry with these layers too. */
  public static Registry<Layer> addTo(Registry<Layer> layers) {
    Registry<Layer> all = layers;
    for (String color :
        List.of(
            "RandomBrightness",
            "RandomContrast",
            "RandomSaturation",
            "RandomHue",
            "RandomSharpness",
            "RandomColorDegeneration",
            "RandomGrayscale",
            "RandomInvert",
            "RandomPosterization")) {
      all = all.add(color, RandomColor::from);
    }
    for (String geometry :
        List.of(
            "RandomRotation",
            "RandomTranslation",
            "RandomZoom",
            "RandomShear",
            "RandomPerspective",
            "RandomElasticTransform")) {
      all = all.add(geometry, RandomGeometry::from);
    }
    return all.add("RandomFlip", RandomFlip::from)
        .add("RandomErasing", RandomErasing::from)
        .add("RandomGaussianBlur", RandomGaussianBlur::from)
        .add("RandomCrop", RandomCrop::from)
        .add("RandomColorJitter", RandomColorJitter::from)
        .add("Solarization", Solarization::from)
        .add("MixUp", MixUp::from)
        .add("CutMix", CutMix::from)
        .add("RandAugment", RandAugment::from)
        .add("AugMix", AugMix::from)
        .add("AutoContrast", AutoContrast::from)
        .add("Equalization", Equalization::from);
  }
}
