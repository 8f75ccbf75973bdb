package org.lossbook.hostile;

import static org.lossbook.Lossbook.*;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.lossbook.callback.Callback;
import org.lossbook.data.Dataset;
import org.lossbook.data.Sample;
import org.lossbook.data.Values;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.series.Windows;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.search.Interval;
import org.lossbook.search.Space;
import org.lossbook.training.fit.FitOptions;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a call takes when all is well. The same place in two lists fits together. */
final class Sensible {
  static final String CSV = "table.csv";
  static final String PICTURE = "picture.png";
  static final String FOLDER = "pictures";
  static final String MODEL = "model.keras";
  static final String SOUND = "sound.wav";

  private static final double[][] X = {{0, 1}, {1, 0}, {1, 1}, {0, 0}};
  private static final double[] Y = {0, 1, 0, 1};
  private static final Dataset POINTS = dataset(X, Y);
  private static final Node INPUT = input(2);
  private static final Node OUTPUT = dense(2).of(INPUT);
  private static final Dataset DIGITS = syntheticDigits(20, 1);
  private static final Dataset BOXES = makeBoxes(4, 1);

  /** Of two numbers and two classes. */
  Model model() {
    return sequential(input(2), dense(3).relu(), dense(2).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
  }

  private static Model ofDigits() {
    return sequential(input(28, 28, 1), flatten(), dense(10).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy());
  }

  private static Model ofBoxes() {
    return sequential(input(48, 48, 1), flatten(), dense(4)).seed(1).compile(adam(), mse());
  }

  private static byte[] picture() {
    try {
      return Files.readAllBytes(Path.of(PICTURE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Model yesOrNo() {
    return sequential(input(2), dense(1).sigmoid()).compile(adam(), binaryCrossentropy());
  }

  static Table table() {
    return Table.create(
        "t",
        DoubleColumn.create("a", 1, 2, 3, 4),
        DoubleColumn.create("b", 0, 1, 0, 1),
        StringColumn.create("c", "u", "v", "u", "v"));
  }

  /** The files that the calls read. */
  static void writeFiles() throws IOException {
    Files.writeString(Path.of(CSV), "a,b\n1,0\n2,1\n3,0\n4,1\n");
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (String kind : List.of("cat", "dog")) {
      Path folder = Files.createDirectories(Path.of(FOLDER, kind));
      ImageIO.write(image, "png", folder.resolve("1.png").toFile());
    }
    ImageIO.write(image, "png", new File(PICTURE));
    new Sensible().model().save(MODEL);
    byte[] silence = new byte[800];
    var format = new AudioFormat(8000, 16, 1, true, false);
    var stream = new AudioInputStream(new ByteArrayInputStream(silence), format, 400);
    AudioSystem.write(stream, AudioFileFormat.Type.WAVE, new File(SOUND));
  }

  List<Offer> of(Class<?> type, String name) {
    List<Offer> made = new ArrayList<>();
    if (type == int.class || type == Integer.class || type == Number.class) {
      List.of(name.equals("samples") ? 28 : 2, 1, 3, 0, 28, 7)
          .forEach(value -> made.add(Offer.of(value)));
    } else if (type == long.class) {
      made.add(Offer.of(1L));
    } else if (type == double.class || type == Double.class) {
      List.of(name.equals("to") ? 1.5 : 0.5, 1.0, 2.0, 0.001)
          .forEach(value -> made.add(Offer.of(value)));
    } else if (type == float.class) {
      made.add(Offer.of(0.5f));
    } else if (type == char.class) {
      made.add(Offer.of(';'));
    } else if (type == boolean.class) {
      made.addAll(List.of(Offer.of(true), Offer.of(false)));
    } else if (type == Node.class && name.startsWith("output")) {
      made.add(Offer.of("h", OUTPUT)); // an input is no output
    } else if (type == String.class) {
      texts(name).forEach(text -> made.add(Offer.of("\"" + text + "\"", text)));
    } else {
      others(type).forEach((text, value) -> made.add(new Offer(text, () -> fresh(value))));
      if (name.equals("targetClassIds")) {
        made.add(0, new Offer("none but 0", () -> new int[] {0}));
      }
      if (name.equals("scores") && type == Object.class) { // of one word that looks at itself
        made.add(Math.min(2, made.size()), new Offer("one", () -> new double[][] {{1}}));
      }
      if (List.of("y", "yHat", "scores", "rates").contains(name) && made.size() > 1) {
        Collections.swap(made, 0, 1);
      }
    }
    return made;
  }

  private static List<String> texts(String name) {
    return switch (name) {
      case "folder" -> List.of(FOLDER);
      case "path", "file" -> List.of(CSV, PICTURE, FOLDER, MODEL, SOUND);
      case "name" -> List.of("UTF-8", "a", "dense", "relu");
      case "mode" -> List.of("horizontal", "fan_in");
      case "distribution" -> List.of("uniform", "truncated_normal");
      case "formats", "dates", "patterns", "format" -> List.of("dd.MM.yyyy");
      default ->
          List.of("a", "dense", "relu", "dense/kernel", "loss", "b", "c", "0", "delta", MODEL);
    };
  }

  private interface Making {
    Object make();
  }

  private static Object fresh(Object value) {
    return value instanceof Making making ? making.make() : value;
  }

  private Map<String, Object> others(Class<?> type) {
    Map<Class<?>, Map<String, Object>> all =
        Map.ofEntries(
            Map.entry(
                Model.class,
                offers(
                    "model", (Making) this::model,
                    "ofDigits", (Making) Sensible::ofDigits,
                    "yesOrNo", (Making) Sensible::yesOrNo,
                    "ofBoxes", (Making) Sensible::ofBoxes)),
            Map.entry(
                Dataset.class,
                offers("points", POINTS, "digits", DIGITS, "points", POINTS, "boxes", BOXES)),
            Map.entry(
                Object.class,
                offers(
                    "x",
                    X,
                    "y",
                    Y,
                    "one",
                    new double[] {1, 0},
                    "matrix",
                    new double[][] {{1, 0}, {0, 1}},
                    "number",
                    0.5,
                    "text",
                    "a")),
            Map.entry(Stream.class, offers("parts", (Making) () -> Stream.of(Sample.of(X, Y)))),
            Map.entry(Iterable.class, offers("parts", List.of(Sample.of(X, Y)))),
            Map.entry(
                Iterator.class,
                offers("parts", (Making) () -> List.of(Sample.of(X, Y)).iterator())),
            Map.entry(double[].class, offers("vector", Y, "two", new double[] {1, 2})),
            Map.entry(double[][].class, offers("matrix", X)),
            Map.entry(float[].class, offers("floats", new float[64])),
            Map.entry(
                int[].class,
                offers(
                    "one", new int[] {2}, "two", new int[] {1, 2}, "image", new int[] {28, 28, 1})),
            Map.entry(byte[].class, offers("bytes", (Making) Sensible::picture)),
            Map.entry(
                Expr.class,
                offers(
                    "p", Expr.variable("p", "p", Shape.ELEMENT),
                    "sample", Expr.variable("s", "s", Shape.SAMPLE),
                    "scalar", Expr.of(2))),
            Map.entry(
                Layer.class,
                offers("dense(2)", dense(2), "input(2)", input(2), "lstm(2)", lstm(2))),
            Map.entry(Node.class, offers("x", INPUT, "h", OUTPUT)),
            Map.entry(
                Loss.class, offers("mse()", mse(), "sparse", sparseCategoricalCrossentropy())),
            Map.entry(Metric.class, offers("accuracy()", accuracy())),
            Map.entry(Optimizer.class, offers("adam()", adam())),
            Map.entry(AdversarialPair.class, offers("minimax()", minimax())),
            Map.entry(Schedule.class, offers("cosineDecay", cosineDecay(0.1, 10))),
            Map.entry(FitOptions.class, offers("epochs(1)", epochs(1).quiet())),
            Map.entry(Callback.class, offers("earlyStopping", earlyStopping().monitor("loss"))),
            Map.entry(Regularizer.class, offers("l2", l2(0.1))),
            Map.entry(ScheduledOrLearned.class, offers("learned", learned(0.5))),
            Map.entry(Constraint.class, offers("maxNorm", maxNorm(2))),
            Map.entry(Augmentation.class, offers("augment", augment().shift(2))),
            Map.entry(Windows.class, offers("test", windows(new double[40], 2).split(0.8).test())),
            Map.entry(Space.class, offers("space", space("units", 2, 3))),
            Map.entry(Interval.class, offers("uniform", uniform(0.1, 1))),
            Map.entry(Table.class, offers("table", table())),
            Map.entry(Values.class, offers("values", Values.of("x", X))),
            Map.entry(SplittableRandom.class, offers("random", new SplittableRandom(1))),
            Map.entry(Class.class, offers("Number.class", Number.class)),
            Map.entry(Optional.class, offers("empty", Optional.empty())),
            Map.entry(
                BufferedImage.class,
                offers("image", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB))),
            Map.entry(Map.class, offers("map", Map.of(0, 1.0, 1, 2.0), "none", Map.of())));
    return all.getOrDefault(type, Map.of());
  }

  private static Map<String, Object> offers(Object... namesAndValues) {
    Map<String, Object> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(
          namesAndValues[i] + (map.containsKey(namesAndValues[i]) ? "'" : ""),
          namesAndValues[i + 1]);
    }
    return map;
  }

  static List<Object> list(Object... values) {
    return Arrays.asList(values);
  }
}
