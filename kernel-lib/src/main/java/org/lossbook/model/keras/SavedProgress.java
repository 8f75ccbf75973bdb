package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.LossParameters;
import org.lossbook.training.fit.CallbackMemory;

/**
 * The training state that Keras's files have no place for, in {@code lossbook.json}, which Keras
 * ignores.
 *
 * @param epochs how many the model was trained for
 * @param seed the seed of shuffling and dropout, if one was drawn or given
 * @param callbacks the state of the callbacks of the last fit
 * @hidden
 */
@Internal
public record SavedProgress(int epochs, OptionalLong seed, List<CallbackMemory> callbacks) {
  /** The progress of a model that Keras wrote. */
  static final SavedProgress NONE = new SavedProgress(0, OptionalLong.empty(), List.of());

  /**
   * @param compileConfig how it is compiled, as far as Keras's config cannot hold it: an object per
   *     output
   * @param notCompiled why the model must be compiled after loading, if so
   */
  static String text(
      CompiledModel compiled,
      SavedProgress progress,
      List<Object> compileConfig,
      Optional<String> notCompiled) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", 1);
    if (!compileConfig.isEmpty()) {
      all.put("compiled", compileConfig);
    }
    notCompiled.ifPresent(reason -> all.put("not_compiled", reason));
    all.put("epochs", progress.epochs);
    progress.seed.ifPresent(seed -> all.put("seed", Long.toString(seed))); // JSON has doubles
    all.put("learning_rate", compiled.update().updater().learningRate());
    List<Object> losses = new ArrayList<>();
    compiled.heads().forEach(head -> losses.add(loss(head.settings())));
    all.put("losses", losses);
    if (!progress.callbacks.isEmpty()) {
      all.put("callbacks", progress.callbacks.stream().map(CallbackMemory::saved).toList());
    }
    return Json.text(all);
  }

  private static Map<String, Object> loss(LossParameters settings) {
    LossParameters.Learned learned = settings.learned();
    Map<String, Object> loss = new LinkedHashMap<>();
    if (learned.free().length > 0) {
      loss.put("values", numbers(learned.values()));
      loss.put("free", numbers(learned.free()));
      loss.put("step", settings.updater().step());
      Map<String, Object> state = new LinkedHashMap<>();
      settings.updater().state().forEach((name, vector) -> state.put(name, numbers(vector)));
      loss.put("state", state);
    }
    return loss;
  }

  /** How the model is compiled, as far as Keras's config cannot hold it. */
  static List<Object> compileConfig(String text) {
    return Json.list("compiled", Json.object(text).getOrDefault("compiled", List.of()));
  }

  /** Why the model must be compiled, if so. */
  static Optional<String> reason(String text) {
    return Json.get(Json.object(text), "not_compiled").map(reason -> Shown.line(reason.toString()));
  }

  /** Restores the progress from a file, after the rest of the model. */
  static SavedProgress read(String text, CompiledModel compiled) {
    Map<String, Object> all = Json.object(text);
    if (number(all, "format") != 1) {
      throw new IllegalArgumentException(
          "it was written by a later version of Lossbook: load it with that one");
    }
    double epochs = number(all, "epochs");
    if (!(epochs >= 0 && epochs == (int) epochs)) {
      throw new IllegalArgumentException("its lossbook.json says " + epochs + " epochs");
    }
    List<Object> losses = Json.list("losses", all.getOrDefault("losses", List.of()));
    if (losses.size() != compiled.heads().size()) {
      throw Messages.wrong(
          "its lossbook.json has %d losses where the model has %d",
          losses.size(), compiled.heads().size());
    }
    for (int h = 0; h < losses.size(); h++) {
      learned(Json.object("loss", losses.get(h)), compiled.heads().get(h).settings());
    }
    double rate = number(all, "learning_rate");
    if (rate != compiled.update().updater().learningRate()) {
      compiled.learningRate(rate);
    }
    OptionalLong seed =
        Json.get(all, "seed").stream()
            .mapToLong(each -> Long.parseLong(each.toString()))
            .findFirst();
    return new SavedProgress(
        (int) epochs,
        seed,
        CallbackMemory.read(Json.list("callbacks", all.getOrDefault("callbacks", List.of()))));
  }

  private static void learned(Map<String, Object> saved, LossParameters settings) {
    LossParameters.Learned now = settings.learned();
    if (now.free().length == 0) {
      return;
    }
    double[] values = doubles(saved, "values", now.values().length);
    float[] free = floats(doubles(saved, "free", now.free().length));
    Optimizer.Updater updater = settings.updater();
    Map<String, Object> state = Json.object("state", saved.getOrDefault("state", Map.of()));
    Map<String, float[]> vectors = new LinkedHashMap<>();
    updater
        .state()
        .forEach((name, vector) -> vectors.put(name, floats(doubles(state, name, vector.length))));
    updater.restore(vectors, (long) number(saved, "step"));
    settings.learned(new LossParameters.Learned(values, free));
  }

  private static double number(Map<String, Object> object, String name) {
    if (object.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("its lossbook.json has no number " + name);
  }

  private static double[] doubles(Map<String, Object> object, String name, int count) {
    List<Object> list = Json.list(name, object.getOrDefault(name, ""));
    if (list.size() != count || !list.stream().allMatch(Number.class::isInstance)) {
      throw Messages.wrong("its lossbook.json does not have %d numbers as %s", count, name);
    }
    return list.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static List<Object> numbers(float[] numbers) {
    List<Object> list = new ArrayList<>();
    for (float number : numbers) {
      list.add((double) number);
    }
    return list;
  }

  private static List<Object> numbers(double[] numbers) {
    List<Object> list = new ArrayList<>();
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }
}
