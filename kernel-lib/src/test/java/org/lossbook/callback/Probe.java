package org.lossbook.callback;

import static org.lossbook.Lossbook.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;

/** What tests look at from outside, in a process of its own. */
public final class Probe {
  private Probe() {}

  /** Says one line: the answer to the question in the first argument. */
  public static void main(String[] arguments) {
    switch (arguments[0]) {
      case "weights" -> System.out.println(trainedWeights());
      case "forgotten" -> System.out.println(forgottenModels());
      case "fits" -> System.out.println(manyFits());
      case "saves" -> saveForEver(arguments[1]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Runs this class in a process with that heap. */
  public static String ask(String heap, String question) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      var process =
          new ProcessBuilder(
                  java,
                  "-Xmx" + heap,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Probe.class.getName(),
                  question)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError("The probe " + question + " failed: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Saves models of two sizes in turn until it is killed; says when it has begun. */
  private static void saveForEver(String file) {
    try (var small = ofWidth(64);
        var large = ofWidth(2048)) {
      small.save(file);
      System.out.println("begun");
      while (true) {
        large.save(file);
        small.save(file);
      }
    }
  }

  public static Model ofWidth(int units) {
    return sequential(input(64), dense(units).relu(), dense(8).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy());
  }

  /** Starts a process that saves models there without end, and waits until it does. */
  public static Process saving(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                "saves",
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() < 0) {
      throw new AssertionError("The process that saves ended before it began.");
    }
    return process;
  }

  /** A few steps of a network large enough for all threads, as one number. */
  public static String trainedWeights() {
    try (var model =
        sequential(
                input(28, 28, 1),
                conv2d(16, 3).relu(),
                maxPooling2d(2),
                conv2d(16, 3).relu(),
                flatten(),
                dropout(0.2),
                dense(10).softmax())
            .compile(adam(), sparseCategoricalCrossentropy())) {
      model.fit(noise(150, 28, 28), epochs(2).batchSize(32).seed(1).quiet());
      List<Object> all = new ArrayList<>();
      for (String name : model.weightNames()) {
        all.add(Arrays.hashCode(model.weightValues(name).toFloats()));
      }
      return Integer.toHexString(all.hashCode());
    }
  }

  private static Dataset noise(int samples, int height, int width) {
    var random = new Random(1);
    float[][][] x = new float[samples][height][width];
    double[] y = new double[samples];
    for (int i = 0; i < samples; i++) {
      for (float[] row : x[i]) {
        for (int j = 0; j < width; j++) {
          row[j] = random.nextFloat();
        }
      }
      y[i] = i % 10;
    }
    return Dataset.of(x, y);
  }

  private static Sequential network() {
    return sequential(input(28, 28), flatten(), dense(256).relu(), dense(10).softmax());
  }

  /** How many megabytes the process grows by between the 40th and the 140th forgotten model. */
  private static long forgottenModels() {
    Dataset data = noise(50, 28, 28);
    long before = 0;
    for (int i = 0; i < 140; i++) {
      var model = network().compile(adam(), sparseCategoricalCrossentropy());
      model.fit(data, epochs(1).batchSize(32).validation(data).quiet());
      if (i == 40) {
        before = residentMegabytes();
      }
    }
    return residentMegabytes() - before;
  }

  /** The same between the 20th and the 120th fit of one model. */
  private static long manyFits() {
    Dataset data = noise(80, 28, 28);
    long before = 0;
    try (var model = network().compile(adam(), sparseCategoricalCrossentropy())) {
      for (int i = 0; i < 120; i++) {
        // A batch size of its own for each run: a hundred different plans.
        var options = epochs(1).batchSize(1 + i % 70).validation(data.take(20));
        model.fit(data.take(40 + i % 40), options.quiet());
        if (i == 20) {
          before = residentMegabytes();
        }
      }
      return residentMegabytes() - before;
    }
  }

  private static long residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
