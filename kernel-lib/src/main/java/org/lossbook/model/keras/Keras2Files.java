package org.lossbook.model.keras;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.HdfReader;
import org.lossbook.io.Json;
import org.lossbook.io.ModelFileException;

/**
 * Reads a model's config in the form of Keras 3's {@code config.json}, whichever Keras wrote it:
 * HDF5 keeps it in its attributes, and Keras 2 had another form.
 */
final class Keras2Files {
  private static final String VERSION = "keras_version";
  private static final String COMPILED = "compile_config";
  private static final String TRAINING = "training_config";

  /** The maximum length of a {@code config.json}. */
  private static final int LONGEST_TEXT = 16 << 20;

  private Keras2Files() {}

  /**
   * The config in an HDF5 file.
   *
   * @throws ModelFileException if it has no model; the message says what it has
   */
  static Map<String, Object> config(HdfReader file, Path path) {
    Optional<String> model = file.text("", "model_config");
    if (model.isEmpty()) {
      throw new ModelFileException(
          WeightPlaces.hasWeights(file)
              ? Messages.of(
                  "%s cannot be loaded: it has the weights alone, without the layers. Build the model as it was in Python, then call model.loadWeights(\"%s\").",
                  path, Shown.line(path.toString()))
              : Messages.of(
                  "%s cannot be loaded: it is HDF5, but not a Keras model: it has no model_config. In Python save the whole model with model.save(\"model.keras\").",
                  path));
    }
    Map<String, Object> config = new LinkedHashMap<>(object(model.get()));
    file.text("", TRAINING).ifPresent(text -> config.put(TRAINING, object(text)));
    return inKeras3Form(config, file.text("", VERSION));
  }

  private static Map<String, Object> object(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("its config is longer than any that Keras writes");
    }
    return Json.object(text);
  }

  /**
   * The config in the form of Keras 3.
   *
   * @param version the version of Keras that wrote it, if the file says so
   */
  static Map<String, Object> inKeras3Form(Map<String, Object> saved, Optional<String> version) {
    boolean isKeras2 = Keras2Layer.isOf(version);
    Map<String, Object> config =
        isKeras2 ? Keras2Network.translated(saved) : new LinkedHashMap<>(saved);
    version.ifPresent(text -> config.put(VERSION, text));
    Optional<Object> training = Json.get(saved, COMPILED).or(() -> Json.get(saved, TRAINING));
    config.remove(TRAINING);
    if (training.isPresent()) {
      Map<String, Object> compiled = Json.object(TRAINING, training.get());
      config.put(COMPILED, isKeras2 ? old(compiled, config) : named(compiled));
      version
          .flatMap(KerasVersion::of)
          .ifPresent(of -> config.computeIfPresent(COMPILED, (key, all) -> of.translated(all)));
    }
    return config;
  }

  /**
   * Translates how the model was compiled; an optimizer that Lossbook does not have is reported
   * later.
   */
  private static Map<String, Object> old(Map<String, Object> saved, Map<String, Object> config) {
    return Keras2Training.translated(saved, Keras2Network.outputs(config));
  }

  /** Renames the optimizer's key, which differs in HDF5 files of Keras 3. */
  private static Map<String, Object> named(Map<String, Object> saved) {
    Map<String, Object> config = new LinkedHashMap<>(saved);
    Json.get(config, "optimizer_config")
        .ifPresent(optimizer -> config.putIfAbsent("optimizer", optimizer));
    return config;
  }

  /** Whether Keras 2 wrote the file. */
  static boolean areKeras2(Map<String, Object> config) {
    return Keras2Layer.isOf(Json.get(config, VERSION).map(Object::toString));
  }

  /** The version in an archive's metadata. */
  static Optional<String> version(Optional<String> metadata) {
    // Keras wrote no archives before it wrote their metadata.
    return metadata
        .flatMap(KerasVersion::ofMetadata)
        .map(version -> version.major() + "." + version.minor())
        .or(() -> Optional.of("3"));
  }
}
