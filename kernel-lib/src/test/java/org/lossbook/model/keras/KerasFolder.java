package org.lossbook.model.keras;

import static org.lossbook.Lossbook.loadModel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.model.TrainingStep;
import org.lossbook.network.Network;
import org.lossbook.testing.Golden;

/**
 * Compares models with Keras: those of a folder that {@code applications.py}, {@code
 * random_models.py} or {@code random_sequences.py} wrote. As a program it takes the folder and says
 * what differs.
 */
final class KerasFolder {
  private static final double PREDICTION = 1e-4;
  private static final double TRAINING = 2e-3;

  private final Path folder;

  KerasFolder(Path folder) {
    this.folder = folder;
  }

  /** A model of the folder; shows by its name. */
  record Saved(Path folder, JsonObject json) {
    List<String> files() {
      List<String> files = new ArrayList<>();
      json.getAsJsonArray("files").forEach(file -> files.add(file.getAsString()));
      return files;
    }

    @Override
    public String toString() {
      return json.get("name").getAsString();
    }

    /**
     * Loads it from each of its files, predicts, and trains where the file says how.
     *
     * @throws AssertionError if anything differs from Keras
     */
    void check() {
      for (String file : files()) {
        try (Model model = loadModel(folder.resolve(file))) {
          predicts(file, model);
        }
      }
      if (json.has("weights")) {
        try (Model model = loadModel(folder.resolve(files().get(0)))) {
          forget(model);
          String weights = json.get("weights").getAsString();
          predicts(weights, model.loadWeights(folder.resolve(weights)));
        }
      }
      if (json.has("batches")) {
        try (Model model = loadModel(folder.resolve(files().get(0)))) {
          trains(model);
        }
      }
    }

    private void predicts(String file, Model model) {
      Object x = values("x", json);
      List<Golden.Values> expected = tensors("y", json);
      List<String> outputs = outputs(model);
      for (int i = 0; i < expected.size(); i++) {
        Values received =
            expected.size() == 1 ? model.predictValues(x) : model.predictValues(x, outputs.get(i));
        close(file + ", output " + i, received.toFloats(), expected.get(i), PREDICTION);
      }
    }

    private void trains(Model model) {
      for (JsonElement batch : json.getAsJsonArray("batches")) {
        JsonObject numbers = batch.getAsJsonObject();
        Dataset data = Dataset.of(values("x", numbers), values("y", numbers));
        try (TrainingStep step = model.trainingStep(data.size())) {
          step.load(data, IntStream.range(0, data.size()).toArray(), 0);
          step.run();
        }
      }
      if (json.has("trained")) {
        endsAs(model, json.get("trained").getAsString());
        return;
      }
      JsonObject after = json.getAsJsonObject("after");
      if (after.size() != model.weightNames().size()) {
        throw new AssertionError(
            "weights " + model.weightNames() + " where Keras has " + after.keySet());
      }
      for (String name : after.keySet()) {
        Golden.Values expected = Golden.Values.of(after.getAsJsonObject(name));
        close(name + " trained", model.weightValues(name).toFloats(), expected, TRAINING);
      }
    }

    /** Compares the weights with those that Keras saved after the same steps. */
    private void endsAs(Model model, String file) {
      try (Model trained = loadModel(folder.resolve(file))) {
        for (String name : trained.weightNames()) {
          float[] received = model.weightValues(name).toFloats();
          float[] wanted = trained.weightValues(name).toFloats();
          double[] doubles =
              IntStream.range(0, wanted.length).mapToDouble(i -> wanted[i]).toArray();
          var expected = new Golden.Values(new int[] {wanted.length}, doubles);
          close(name + " trained", received, expected, TRAINING);
        }
      }
    }

    private static List<String> outputs(Model model) {
      return ModelState.of("KerasFolder", model).compiled().network().outputs().stream()
          .map(Network.Output::name)
          .toList();
    }

    private static void forget(Model model) {
      for (String name : model.weightNames()) {
        Values values = model.weightValues(name);
        model.weights(name, Values.of(new float[values.size()], values.shape()));
      }
    }
  }

  List<Saved> models() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(file -> new Saved(folder, json(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject json(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new JsonParser().parse(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Golden.Values> tensors(String which, JsonObject numbers) {
    List<Golden.Values> tensors = new ArrayList<>();
    for (JsonElement each : numbers.getAsJsonArray(which)) {
      tensors.add(Golden.Values.of(each.getAsJsonObject()));
    }
    return tensors;
  }

  /** One value, or a list where the model has several inputs or outputs. */
  private static Object values(String which, JsonObject numbers) {
    List<Values> values =
        tensors(which, numbers).stream().map(t -> Values.of(t.floats(), t.shape())).toList();
    return values.size() == 1 ? values.get(0) : values;
  }

  /** Compares numbers, by the largest of them. */
  static void close(String what, float[] received, Golden.Values expected, double bar) {
    double[] wanted = expected.data();
    if (received.length != wanted.length) {
      throw new AssertionError(
          "%s: %d numbers where Keras has %d".formatted(what, received.length, wanted.length));
    }
    double largest = 1e-3;
    double difference = 0;
    int worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      double far = Math.abs(received[i] - wanted[i]);
      if (!(far <= difference)) {
        difference = far;
        worst = i;
      }
    }
    if (!(difference <= bar * largest)) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: %g where Keras has %g, at %d; it differs by %.1e of the largest number",
              what,
              received[worst],
              wanted[worst],
              worst,
              difference / largest));
    }
  }

  /** Takes a folder, and perhaps the beginnings of names. */
  public static void main(String[] arguments) {
    int failures = 0;
    List<Saved> models = new KerasFolder(Path.of(arguments[0])).models();
    for (Saved model : models) {
      if (arguments.length > 1
          && Stream.of(arguments).skip(1).noneMatch(model.toString()::startsWith)) {
        continue;
      }
      long start = System.nanoTime();
      try {
        model.check();
        System.out.printf(
            Locale.ROOT, "%s: as Keras, %.1f s%n", model, (System.nanoTime() - start) / 1e9);
      } catch (RuntimeException | AssertionError e) {
        failures++;
        System.out.println(model + ": " + e.getMessage());
      }
    }
    System.out.printf("%d of %d models differ%n", failures, models.size());
    System.exit(failures == 0 ? 0 : 1);
  }
}
