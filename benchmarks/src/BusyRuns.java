import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;

/**
 * What a training costs beside processes that keep the machine busy, on Linux and macOS: the
 * processor time and the duration of a step of {@code fit}, alone and beside eight of them, in
 * turn. Nothing else may run meanwhile.
 *
 * <pre>
 * java -Xmx1g -cp … benchmarks/src/BusyRuns.java 8
 * GOMP_SPINCOUNT=300000 java -Xmx1g -cp … benchmarks/src/BusyRuns.java 8    with OpenMP's own waits
 * </pre>
 */
public class BusyRuns {
  private static final int BATCH = 32;
  private static final int BATCHES = 40;
  private static final int ROUNDS = 7;

  /** Milliseconds a step. */
  private record Cost(double processor, double wall) {}

  public static void main(String[] arguments) throws IOException {
    int count = arguments.length == 0 ? 8 : Integer.parseInt(arguments[0]);
    compare(
        "CNN",
        count,
        sequential(
                input(28, 28, 1),
                conv2d(32, 3).relu(),
                maxPooling2d(2),
                conv2d(64, 3).relu(),
                maxPooling2d(2),
                conv2d(64, 3).relu(),
                flatten(),
                dense(64).relu(),
                dense(1))
            .compile(adam(), mse()),
        28,
        28,
        1);
    compare(
        "LSTM",
        count,
        sequential(input(50, 16), lstm(64), dense(1)).compile(adam(), mse()),
        50,
        16);
  }

  private static void compare(String name, int count, Model model, int... shape)
      throws IOException {
    Dataset data = data(shape);
    for (int i = 0; i < 10; i++) {
      cost(model, data); // compiles
    }
    List<Cost> quiet = new ArrayList<>();
    List<Cost> busy = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      quiet.add(cost(model, data));
      List<Process> others = start(count);
      try {
        busy.add(cost(model, data));
      } finally {
        others.forEach(Process::destroyForcibly);
        others.forEach(each -> each.onExit().join());
      }
    }
    Cost alone = median(quiet);
    Cost beside = median(busy);
    System.out.printf(
        Locale.ROOT,
        "%s: a step takes %.2f ms of processor time alone and %.2f ms beside %d busy processes, %.2f"
            + " times as much; it lasts %.2f and %.2f ms%n",
        name,
        alone.processor,
        beside.processor,
        count,
        beside.processor / alone.processor,
        alone.wall,
        beside.wall);
    model.close();
  }

  private static Dataset data(int... shape) {
    int[] all = new int[shape.length + 1];
    all[0] = BATCH * BATCHES;
    System.arraycopy(shape, 0, all, 1, shape.length);
    var random = new Random(7);
    float[] x = new float[Arrays.stream(all).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    return dataset(Values.of(x, all), Values.of(new float[all[0]], all[0]));
  }

  private static List<Process> start(int count) throws IOException {
    List<Process> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
    return others;
  }

  private static Cost cost(Model model, Dataset data) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long processor = system.getProcessCpuTime();
    long start = System.nanoTime();
    model.fit(data, epochs(1).batchSize(BATCH).quiet());
    return new Cost(
        (system.getProcessCpuTime() - processor) / 1e6 / BATCHES,
        (System.nanoTime() - start) / 1e6 / BATCHES);
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        costs.stream().mapToDouble(Cost::processor).sorted().toArray()[ROUNDS / 2],
        costs.stream().mapToDouble(Cost::wall).sorted().toArray()[ROUNDS / 2]);
  }
}
