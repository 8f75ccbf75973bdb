import static org.lossbook.Lossbook.*;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.listing.Listing;
import org.lossbook.listing.Listings;
import org.lossbook.listing.Run;
import org.lossbook.model.Model;

/** Lossbook as a contender: answers the requests that {@code peers/protocol.py} describes. */
public final class LossbookWorker {
  private static final Map<String, List<String>> WAYS =
      Map.ofEntries(
          Map.entry("cnn", List.of("fit", "augmented", "plan")),
          Map.entry("dense", List.of("fit", "plan")),
          Map.entry("binary", List.of("fit", "plan")),
          Map.entry("lstm", List.of("fit", "plan")),
          Map.entry("gru", List.of("fit", "plan")),
          Map.entry("embedding", List.of("fit", "plan")),
          Map.entry("embedding1m", List.of("fit", "plan")),
          Map.entry("unet", List.of("fit", "plan")),
          Map.entry("encoder", List.of("fit", "plan")),
          Map.entry("generate", List.of("generate")),
          Map.entry("long", List.of("plan")),
          Map.entry("predict", List.of("predict", "predictValues")),
          Map.entry("resnet", List.of("predict", "predictValues")),
          Map.entry("mobilenet", List.of("predict", "predictValues")),
          Map.entry("mse", List.of("formula")),
          Map.entry("bce", List.of("formula")),
          Map.entry("adam", List.of("update")));

  /** Started with an argument, it is another contender: the loops that one would write by hand. */
  private static final Map<String, List<String>> LOOPS =
      Map.of("mse", List.of("loop"), "bce", List.of("loop"), "adam", List.of("loop"));

  /** 64 MB of samples, an eighth of the heap. */
  private static final int MOST_NUMBERS = 16 << 20;

  /** How many a generated text is made of. */
  private static final int CHARACTERS = 64;

  private final Map<String, List<String>> ways;
  private final Map<List<Object>, Steps> ready = new HashMap<>();

  private LossbookWorker(Map<String, List<String>> ways) {
    this.ways = ways;
  }

  /** Does so many steps and returns when the last one is finished. */
  private interface Steps {
    void steps(int count);
  }

  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // Whatever else is printed must not come between the answers.
    System.setOut(System.err);
    var worker = new LossbookWorker(args.length > 0 ? LOOPS : WAYS);
    var gson = new Gson();
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = requests.readLine(); line != null; line = requests.readLine()) {
      JsonObject request = gson.fromJson(line, JsonObject.class);
      if (request.get("do").getAsString().equals("quit")) {
        return;
      }
      answers.println(gson.toJson(worker.answerOrSay(request)));
      answers.flush();
    }
  }

  private Map<String, Object> answerOrSay(JsonObject request) {
    try {
      return answer(request);
    } catch (RuntimeException | LinkageError problem) { // the table says what could not be done
      problem.printStackTrace();
      return Map.of("error", String.valueOf(problem).lines().findFirst().orElse("?"));
    }
  }

  private Map<String, Object> answer(JsonObject request) {
    return switch (request.get("do").getAsString()) {
      case "ways" ->
          Map.of("ways", ways.getOrDefault(request.get("task").getAsString(), List.of()));
      case "versions" ->
          Map.of("versions", Map.of("Java", Runtime.version().feature() + " (Lossbook)"));
      case "run" -> Map.of("seconds", seconds(request));
      case "listings" -> Map.of("listings", Listings.all().stream().map(Listing::name).toList());
      case "listing" -> trained(request.get("name").getAsString(), request.get("seed").getAsLong());
      default -> throw new IllegalArgumentException("no such request: " + request);
    };
  }

  private double seconds(JsonObject request) {
    var task = request.get("task").getAsString();
    int batch = request.get("batch").getAsInt();
    var way = request.get("way").getAsString();
    Steps run = ready.computeIfAbsent(List.of(task, batch, way), key -> prepare(task, batch, way));
    long start = System.nanoTime();
    run.steps(request.get("steps").getAsInt());
    return (System.nanoTime() - start) / 1e9;
  }

  private static Steps prepare(String task, int batch, String way) {
    if (way.equals("formula") || way.equals("loop") || way.equals("update")) {
      Runnable once = once(task, batch, way);
      return count -> {
        for (int i = 0; i < count; i++) {
          once.run();
        }
      };
    }
    Model model = network(task);
    return switch (way) {
      case "generate" -> count -> generate(model, 1).length(count).seed(7).ids();
      case "fit", "augmented" -> fit(model, task, batch, way.equals("augmented"));
      case "plan" -> {
        var step = model.trainingStep(batch);
        step.load(data(task, batch), IntStream.range(0, batch).toArray(), 0);
        yield count -> {
          for (int i = 0; i < count; i++) {
            step.run();
          }
        };
      }
      case "predict" -> {
        var sample = samples(task, 1).toINDArray();
        yield count -> {
          for (int i = 0; i < count; i++) {
            model.predict(sample);
          }
        };
      }
      default -> {
        var sample = samples(task, 1);
        yield count -> {
          for (int i = 0; i < count; i++) {
            model.predictValues(sample);
          }
        };
      }
    };
  }

  /** What is done with so many numbers at once. */
  private static Runnable once(String task, int count, String way) {
    if (task.equals("adam")) {
      return way.equals("loop") ? UpdateRuns.loop(count) : UpdateRuns.update(count);
    }
    return way.equals("loop") ? LossRuns.loop(task, count) : LossRuns.formula(task, count);
  }

  /**
   * One epoch over as many batches as there are steps, or several where so many samples would fill
   * the heap. A repeated slice finds its data made.
   */
  private static Steps fit(Model model, String task, int batch, boolean augmented) {
    var made = new HashMap<Integer, Dataset>();
    int most = Math.max(1, MOST_NUMBERS / batch / numbersOfASample(task));
    return count -> {
      int epoch = Math.min(count, most);
      for (int steps : count % epoch == 0 ? new int[] {epoch} : new int[] {epoch, count % epoch}) {
        var data = made.computeIfAbsent(steps, n -> data(task, batch * n));
        var seen = augmented ? data.augmented(augment().shift(2).rotate(10).zoom(0.1)) : data;
        model.fit(seen, epochs(steps == epoch ? count / epoch : 1).batchSize(batch).quiet());
      }
    };
  }

  private static Model network(String task) {
    return switch (task) {
      case "dense" ->
          sequential(input(10), dense(64).relu(), dense(64).relu(), dense(3).softmax())
              .seed(7)
              .compile(adam(), sparseCategoricalCrossentropy());
      case "binary" ->
          sequential(input(784), dense(128).relu(), dense(64).relu(), dense(1))
              .seed(7)
              .compile(sgd(), binaryCrossentropy().fromLogits());
      case "embedding", "embedding1m" ->
          sequential(
                  input(200),
                  embedding(words(task), 16),
                  globalAveragePooling1d(),
                  dense(1).sigmoid())
              .seed(7)
              .compile(adam(), binaryCrossentropy());
      case "lstm" -> sequence(lstm(64));
      case "gru" -> sequence(gru(64));
      case "generate" ->
          sequential(input(anyLength(), CHARACTERS), lstm(256), dense(CHARACTERS).softmax())
              .seed(7)
              .compile(adam(), sparseCategoricalCrossentropy());
      case "resnet", "mobilenet", "unet", "encoder" ->
          LargeNetworks.of(task).seed(7).compile(adam(), sparseCategoricalCrossentropy());
      default -> cnn().seed(7).compile(adam(), sparseCategoricalCrossentropy());
    };
  }

  private static Model sequence(Layer recurrent) {
    return sequential(input(50, 16), recurrent, dense(1))
        .seed(7)
        .compile(adam(), meanSquaredError());
  }

  private static org.lossbook.model.Sequential cnn() {
    return sequential(
        input(28, 28, 1),
        conv2d(32, 3).relu(),
        maxPooling2d(2),
        conv2d(64, 3).relu(),
        maxPooling2d(2),
        conv2d(64, 3).relu(),
        flatten(),
        dense(64).relu(),
        dense(10).softmax());
  }

  /** How many words a task's texts have; 0 where it has none. */
  private static int words(String task) {
    return switch (task) {
      case "embedding" -> 20_000;
      case "embedding1m" -> 1_000_000;
      default -> 0;
    };
  }

  /** The shape of a sample. */
  private static int[] shape(String task) {
    return switch (task) {
      case "dense" -> new int[] {10};
      case "binary" -> new int[] {784};
      case "embedding", "embedding1m" -> new int[] {200};
      case "lstm", "gru" -> new int[] {50, 16};
      case "resnet", "mobilenet" -> new int[] {224, 224, 3};
      case "unet" -> new int[] {128, 128, 3};
      case "encoder" -> new int[] {64, 64};
      default -> new int[] {28, 28, 1};
    };
  }

  private static int numbersOfASample(String task) {
    return IntStream.of(shape(task)).reduce(1, (a, b) -> a * b);
  }

  /** Seeded random samples; what they mean makes no step slower or faster. */
  private static Values samples(String task, int count) {
    var random = new Random(7);
    var numbers = new float[count * numbersOfASample(task)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = words(task) > 0 ? random.nextInt(words(task)) : random.nextFloat();
    }
    return Values.of(numbers, batched(count, shape(task)));
  }

  private static int[] batched(int count, int... shape) {
    return IntStream.concat(IntStream.of(count), IntStream.of(shape)).toArray();
  }

  private static Dataset data(String task, int count) {
    int classes =
        switch (task) {
          case "dense" -> 3;
          case "binary", "lstm", "gru", "embedding", "embedding1m" -> 2;
          case "unet" -> 4; // a label for each pixel
          default -> 10;
        };
    int[] places = task.equals("unet") ? new int[] {count, 128, 128} : new int[] {count};
    var labels = new float[IntStream.of(places).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
    }
    return dataset(samples(task, count), Values.of(labels, places));
  }

  /** A listing trained whole, on MNIST itself: what it states, what it came to, the seconds. */
  private static Map<String, Object> trained(String name, long seed) {
    var listing =
        Listings.all().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
    var digits = mnist();
    long start = System.nanoTime();
    var results = listing.run(Run.whole(digits, seed));
    double seconds = (System.nanoTime() - start) / 1e9;
    return Map.of(
        "seconds",
        seconds,
        "results",
        results.stream()
            .map(r -> Map.of("stated", r.stated(), "reached", r.reached(), "ok", r.isReached()))
            .toList());
  }
}
