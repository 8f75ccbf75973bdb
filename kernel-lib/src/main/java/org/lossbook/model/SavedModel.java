package org.lossbook.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.engine.Parameters;
import org.lossbook.loss.MeanSquaredError;
import org.lossbook.model.file.Archive;
import org.lossbook.model.file.ArchiveWriter;
import org.lossbook.model.file.HdfReader;
import org.lossbook.model.file.HdfWriter;
import org.lossbook.model.file.Json;
import org.lossbook.model.file.ModelFileException;
import org.lossbook.model.file.WholeFile;
import org.lossbook.optimizer.Sgd;

/** A model in a {@code .keras} file: what it is, its numbers, and how it was being trained. */
final class SavedModel {
  /** The Keras whose form this is. */
  private static final String KERAS = "3.15.1";

  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  private SavedModel() {}

  /** The file of that name, once the name is one for such a file. */
  static Path path(String call, String name, String ending) {
    if (name == null || !name.endsWith(ending)) {
      throw new IllegalArgumentException(
          "%s expects a file name that ends in %s but receives %s."
              .formatted(call, ending, name == null ? "none" : "\"" + name + "\""));
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "%s expects the name of a file but receives \"%s\".".formatted(call, name), e);
    }
  }

  static SavedFile save(Core core, Path file) {
    Network network = core.network();
    Map<String, Object> config = SavedNetwork.of(network);
    config.put("compile_config", Optional.empty());
    String date = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'@'HH:mm:ss"));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS);
    metadata.put("date_saved", date);
    var numbers = new HdfWriter();
    new SavedWeights(network).addTo(numbers, core.weights().parameters());
    long bytes =
        WholeFile.write(
            file,
            out -> {
              try (var archive = new ArchiveWriter(out)) {
                archive.text(METADATA, Json.text(metadata));
                archive.text(CONFIG, Json.text(config));
                archive.entry(WEIGHTS, numbers::writeTo);
              }
            });
    return new SavedFile(file, bytes, Optional.empty());
  }

  static Model load(Path file) {
    try (var archive = new Archive(file)) {
      Network network = network(archive, file);
      Path weights = temporary();
      try {
        archive.extract(WEIGHTS, weights);
        try (var numbers = new HdfReader(weights, file.toString())) {
          var saved = new SavedWeights(network);
          saved.check(numbers);
          Core core = Core.of(network, Sgd.sgd(), MeanSquaredError.mse(), List.of());
          try {
            Parameters parameters = core.weights().parameters();
            saved.read(numbers, parameters);
          } catch (RuntimeException | Error e) {
            core.weights().run();
            throw e;
          }
          return new Model(core, Optional.of(file + " says not how"));
        }
      } finally {
        delete(weights);
      }
    }
  }

  private static Network network(Archive archive, Path file) {
    String config =
        archive
            .text(CONFIG)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        file
                            + " cannot be loaded: it has no config.json, so it is no .keras file."));
    try {
      return SavedNetwork.read(Json.object(config));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("lossbook", ".h5");
    } catch (IOException e) {
      throw new ModelFileException(
          "There is no room for a temporary file in " + System.getProperty("java.io.tmpdir") + ".",
          e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
