package org.lossbook.model.keras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.base.Notice;
import org.lossbook.config.Reason;
import org.lossbook.engine.Parameters;
import org.lossbook.io.Archive;
import org.lossbook.io.ArchiveWriter;
import org.lossbook.io.AtomicFile;
import org.lossbook.io.FileKind;
import org.lossbook.io.HdfReader;
import org.lossbook.io.HdfWriter;
import org.lossbook.io.Json;
import org.lossbook.io.ModelFileException;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkLayer;
import org.lossbook.notebook.Screen;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.ModelCompiler;

/**
 * A model in a {@code .keras} file: its config, its weights and its training state.
 *
 * @hidden
 */
@Internal
public final class SavedModel {
  /** The version of Keras whose format is written. */
  private static final String KERAS = "3.15.1";

  private static final String CONFIG = "config.json";
  private static final String PROGRESS = "lossbook.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  private SavedModel() {}

  /**
   * A model loaded from a file, in its parts.
   *
   * @param notCompiled why it cannot be trained, if so
   * @hidden
   */
  @Internal
  public record Loaded(
      CompiledModel compiled, Optional<String> notCompiled, SavedProgress progress) {}

  public static SavedFile save(
      CompiledModel compiled, Optional<String> notCompiled, SavedProgress progress, Path file) {
    Map<String, Object> config = SavedNetwork.of(compiled.network());
    var training =
        notCompiled.isEmpty() ? SavedTraining.of(compiled) : SavedTraining.Written.NOTHING;
    var version = KerasVersion.of(KERAS).orElseThrow();
    config.put(
        "compile_config", training.config().map(version::translated).orElse(Optional.empty()));
    var pattern = DateTimeFormatter.ofPattern("yyyy-MM-dd'@'HH:mm:ss", Locale.ROOT);
    String date = LocalDateTime.now().format(pattern);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS);
    metadata.put("date_saved", date);
    var numbers = new HdfWriter();
    Parameters parameters = compiled.weights().parameters();
    var weights = new SavedWeights(compiled.network());
    weights.addTo(numbers, parameters);
    if (training.config().isPresent()) {
      new SavedOptimizer(compiled.optimizer(), weights.trained(parameters))
          .addTo(numbers, compiled.update().updater());
    }
    long bytes =
        AtomicFile.write(
            file,
            out -> {
              try (var archive = new ArchiveWriter(out)) {
                archive.text(METADATA, Json.text(metadata));
                archive.text(CONFIG, Json.text(config));
                archive.text(
                    PROGRESS,
                    SavedProgress.text(
                        compiled, progress, training.own(), notCompiled.or(training::leftOut)));
                archive.entry(WEIGHTS, numbers::writeTo);
              }
            });
    return new SavedFile(file, bytes, training.leftOut());
  }

  /**
   * Loads a model from a file of any supported format.
   *
   * @param asLayer what a network within the network becomes
   */
  public static Loaded load(Path file, Function<Network, ? extends NetworkLayer<?>> asLayer) {
    if (FileKind.of(file) == FileKind.HDF5) {
      try (var numbers = new HdfReader(file, file.toString())) {
        Map<String, Object> config =
            asFileErrors(
                file, () -> SavedVocabularies.requireThere(Keras2Files.config(numbers, file)));
        return load(file, network(file, config, asLayer), config, Optional.empty(), numbers);
      }
    }
    try (var archive = new Archive(file)) {
      Map<String, Object> config = config(archive, file);
      Path weights = temporary();
      try {
        archive.extract(WEIGHTS, weights);
        try (var numbers = new HdfReader(weights, file.toString())) {
          Map<String, Object> full =
              asFileErrors(file, () -> SavedVocabularies.into(config, archive, numbers));
          return load(file, network(file, full, asLayer), full, archive.text(PROGRESS), numbers);
        }
      } finally {
        delete(weights);
      }
    }
  }

  /**
   * The network that a config describes.
   *
   * @param asLayer what a network within the network becomes
   */
  public static Network network(
      Map<String, Object> config, Function<Network, ? extends NetworkLayer<?>> asLayer) {
    return NetworkReader.read(config, asLayer);
  }

  private static Network network(
      Path file, Map<String, Object> config, Function<Network, ? extends NetworkLayer<?>> asLayer) {
    return asFileErrors(file, () -> NetworkReader.read(config, asLayer));
  }

  private static Loaded load(
      Path file,
      Network network,
      Map<String, Object> config,
      Optional<String> progress,
      HdfReader numbers) {
    var saved = new SavedWeights(network);
    saved.check(numbers, file.toString()); // allocate memory only now
    String notCompiled = "for " + file + " does not say how";
    Optional<SavedTraining> training = Optional.empty();
    List<String> notices = new ArrayList<>();
    var compilation = new ModelCompiler(network, true);
    boolean isKeras2 = Keras2Files.areKeras2(config);
    try {
      training =
          TrainingReader.read(
              config, network, progress.map(SavedProgress::compileConfig).orElse(List.of()));
      if (training.isPresent()) {
        compilation = compilation.lossWeights(training.get().lossWeights());
        compilation.check(
            training.get().optimizer(), training.get().losses(), training.get().metrics());
        boolean hasState = isKeras2 || !StatePlaces.of(numbers, false).arrays().isEmpty();
        missing(file, training.get().without(), hasState).ifPresent(notices::add);
      }
    } catch (IllegalArgumentException e) {
      training = Optional.empty();
      notCompiled =
          "for " + file + " needs something that Lossbook does not have: " + e.getMessage();
      notices.add(
          Messages.of(
              "%s is loaded for prediction, but not for training: %s. To train or evaluate it, call compile(…) first.",
              file, sentence(e.getMessage())));
    }
    var compiler = compilation;
    CompiledModel compiled =
        training
            .map(all -> compiler.compile(all.optimizer(), all.losses(), all.metrics()))
            .orElseGet(compiler::uncompiled);
    Optional<SavedTraining> found = training;
    String reason = notCompiled;
    try {
      saved.read(numbers, compiled.weights().parameters());
      Loaded loaded =
          asFileErrors(
              file,
              () ->
                  found.isPresent()
                      ? new Loaded(
                          compiled,
                          Optional.empty(),
                          resume(compiled, file, progress, saved, numbers, isKeras2, notices))
                      : new Loaded(
                          compiled,
                          Optional.of(progress.flatMap(SavedProgress::reason).orElse(reason)),
                          SavedProgress.NONE));
      notices.forEach(text -> Screen.current().show(new Notice("Notice: " + text)).close());
      return loaded;
    } catch (RuntimeException | Error e) {
      compiled.weights().run();
      throw e;
    }
  }

  /** What could not be loaded of how the model was trained. */
  private static Optional<String> missing(Path file, List<String> without, boolean hasMemory) {
    String metrics =
        Messages.of(
            " without the metrics [%s], which Lossbook does not have or cannot measure here; its optimizer and its loss are unchanged.",
            String.join("; ", without));
    String memory =
        " without its optimizer's state, which is not in the file: training continues from the"
            + " weights alone.";
    String all =
        (without.isEmpty() ? "" : file + " is loaded" + metrics)
            + (without.isEmpty() || hasMemory ? "" : " ")
            + (hasMemory ? "" : file + " is loaded" + memory);
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  /** A message without its full stop, as part of a sentence. */
  private static String sentence(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** Restores the optimizer's state and the learned settings of the losses. */
  private static SavedProgress resume(
      CompiledModel compiled,
      Path file,
      Optional<String> progress,
      SavedWeights saved,
      HdfReader numbers,
      boolean isKeras2,
      List<String> notices) {
    var optimizer =
        new SavedOptimizer(compiled.optimizer(), saved.trained(compiled.weights().parameters()));
    StatePlaces places = StatePlaces.of(numbers, isKeras2);
    OptionalDouble rate = OptionalDouble.empty();
    if (isKeras2 && !optimizer.fits(numbers, compiled.update().updater(), places)) {
      notices.add(
          Messages.of(
              "%s is loaded without its optimizer's state, which the file does not hold in a form that Lossbook reads: training continues with a fresh %s.",
              file, compiled.optimizer().name()));
    } else {
      rate = optimizer.read(numbers, file.toString(), compiled.update().updater(), places);
    }
    if (progress.isPresent()) {
      return SavedProgress.read(progress.get(), compiled);
    }
    if (rate.isPresent()
        && (float) rate.getAsDouble() != (float) compiled.optimizer().learningRate()) {
      compiled.learningRate(rate.getAsDouble());
    }
    return SavedProgress.NONE;
  }

  public static SavedFile saveWeights(CompiledModel compiled, Path file) {
    var numbers = new HdfWriter();
    new SavedWeights(compiled.network()).addTo(numbers, compiled.weights().parameters());
    return new SavedFile(file, AtomicFile.write(file, numbers::writeTo), Optional.empty());
  }

  /** Loads a network's weights from a file of weights or of a whole model. */
  public static void loadWeights(CompiledModel compiled, Path file) {
    if (FileKind.of(file) == FileKind.HDF5) {
      loadWeights(compiled, file, file);
      return;
    }
    try (var archive = new Archive(file)) {
      Path weights = temporary();
      try {
        archive.extract(WEIGHTS, weights);
        loadWeights(compiled, weights, file);
      } finally {
        delete(weights);
      }
    }
  }

  private static void loadWeights(CompiledModel compiled, Path weights, Path named) {
    try (var numbers = new HdfReader(weights, named.toString())) {
      var saved = new SavedWeights(compiled.network());
      saved.check(numbers, named.toString());
      saved.read(numbers, compiled.weights().parameters());
    }
  }

  private static Map<String, Object> config(Archive archive, Path file) {
    String config =
        archive
            .text(CONFIG)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        Messages.of(
                            "%s cannot be loaded: it has no config.json; %s.",
                            file, archive.described())));
    return asFileErrors(
        file,
        () ->
            Keras2Files.inKeras3Form(
                Json.object(config), Keras2Files.version(archive.text(METADATA))));
  }

  /** Reports errors in a file's texts as errors of that file. */
  private static <T> T asFileErrors(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException | StackOverflowError e) {
      throw new ModelFileException(file + " cannot be loaded: " + Reason.of(e), e);
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
