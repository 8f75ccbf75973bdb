package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.adamw;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.cosineDecay;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.descend;
import static org.lossbook.Lossbook.dropout;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.images;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.l2;
import static org.lossbook.Lossbook.makeScenes;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.report;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lossbook.Lossbook;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Locales;
import org.lossbook.testing.Notepad;

/** What Lossbook writes is the same on every machine. */
class EveryLocaleTest {
  /** What a text says in digits other than 0 to 9, or with a decimal comma. */
  private static final Pattern FOREIGN = Pattern.compile("[\\p{Nd}&&[^0-9]]|(?<![\\d.,])0,\\d");

  private static void add(List<String> texts, Renderable shown) {
    texts.add(shown.toString());
    shown.mimeBundle().forEach((type, data) -> texts.add(type + " " + data));
  }

  private static String message(Supplier<Object> wrong) {
    try {
      return "no error but " + wrong.get();
    } catch (RuntimeException e) {
      return e.getMessage();
    }
  }

  @Test
  void lossesExplainThemselvesAlike() {
    Locales.sameInEvery(
        () -> {
          List<String> texts = new ArrayList<>();
          for (Loss loss : EveryLoss.plain()) {
            EveryLoss.Example example = EveryLoss.Example.of(loss, 4, 3);
            Values y = Values.of(toFloats(example.y()), 4, example.y().length / 4);
            Values p = Values.of(toFloats(example.p()), 4, example.columns());
            add(texts, loss.explain(y, p));
            add(texts, loss);
          }
          return texts;
        });
  }

  private static float[] toFloats(double... numbers) {
    float[] all = new float[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[i];
    }
    return all;
  }

  @Test
  void explorersHaveTheSameJavaScriptAndFiguresTheSameText() {
    Locales.sameInEvery(
        () -> {
          List<String> texts = new ArrayList<>();
          for (Loss loss : List.of(huber(), barron().alpha(0.5), categoricalCrossentropy())) {
            texts.add(loss.explore().mimeBundle().get("text/html"));
            loss.explore().curves().forEach(curve -> texts.add(curve.toString()));
            texts.add(loss.plot().toString() + loss.plot().alt() + loss.plot().svg());
          }
          texts.add(descend(x -> x.square(), 3, adam().learningRate(0.1)).steps(2).toString());
          texts.add(cosineDecay(0.1, 50).warmup(10).plot(80).alt());
          add(texts, adamw());
          add(texts, augment().shift(2.5).rotate(10).zoom(0.1));
          return texts;
        });
  }

  private static Model model() {
    return sequential(
            input(8, 8, 1),
            conv2d(1_200, 3).relu().kernelRegularizer(l2(0.01)),
            dropout(0.25),
            flatten(),
            dense(3).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
  }

  private static Dataset data() {
    float[] x = new float[12 * 64];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 37 % 101) / 101f;
    }
    float[] y = new float[12];
    for (int i = 0; i < y.length; i++) {
      y[i] = i % 3;
    }
    return dataset(Values.of(x, 12, 8, 8, 1), vector(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2));
  }

  @Test
  void modelsAndReportsReadAlike() {
    Locales.sameInEvery(
        () -> {
          List<String> texts = new ArrayList<>();
          try (Model model = model()) {
            add(texts, model.summary());
            texts.add(model.plot().alt());
            add(texts, model.evaluate(data()));
            texts.add(report(model, data()).toString());
            texts.add(images(makeScenes(3), 2).alt());
            texts.add(String.valueOf(model));
          }
          return texts;
        });
  }

  @Test
  void messagesReadAlike() {
    Locales.sameInEvery(
        () -> {
          List<String> texts = new ArrayList<>();
          try (Model model = model()) {
            texts.add(message(() -> model.predict(new double[1_500][7])));
            texts.add(message(() -> model.fit(data(), epochs(1).sampleWeight(new double[1_234]))));
          }
          texts.add(message(() -> Dataset.of(new double[1_500][2], new double[1_234])));
          texts.add(message(() -> dropout(1.5)));
          texts.add(message(() -> huber().delta(-0.5)));
          texts.add(message(() -> data().rows(0, 12_345)));
          texts.add(message(() -> mse().of(vector(1, 2), vector(1, 2, 3))));
          texts.add(message(() -> Lossbook.loadModel("no-such-ICE.keras")));
          Metric top = Lossbook.topKCategoricalAccuracy(3);
          texts.add(message(() -> top.of(vector(1, 2), vector(1, 2, 3))));
          return texts;
        });
  }

  /** Its lines hold durations, so they are looked at and not compared. */
  @Test
  void progressIsInDigitsThatEveryoneReads() {
    Locales.sameInEvery(
        () -> {
          List<String> shown = new ArrayList<>();
          Screen before = Screen.current();
          Screen.use(new Notepad(shown));
          try (Model model = model()) {
            shown.add(model.fit(data(), epochs(2).batchSize(5).validation(data())).toString());
          } finally {
            Screen.use(before);
          }
          assertThat(shown).isNotEmpty();
          shown.forEach(text -> assertThat(text).doesNotContainPattern(FOREIGN));
          return List.of();
        });
  }
}
