import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.lossbook.model.Model;

/**
 * How long a model of 100 MB takes to load, and how much memory at most. Two runs, since the second
 * is to begin with nothing in memory:
 *
 * <pre>
 * java -cp … benchmarks/src/LoadRuns.java save FOLDER
 * java -Xmx1g -cp … benchmarks/src/LoadRuns.java load FOLDER/weights.keras
 * </pre>
 */
public class LoadRuns {
  private static final int WIDTH = 5000;
  private static final int WIDTH_TRAINED = 2886;

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("save")) {
      save(Path.of(arguments[1], "weights.keras"), WIDTH);
      save(Path.of(arguments[1], "trained.keras"), WIDTH_TRAINED);
      return;
    }
    Path file = Path.of(arguments[1]);
    Path small = Files.createTempFile("small", ".keras");
    try (Model model = sequential(input(2), dense(2)).compile(adam(), mse())) {
      model.save(small.toString());
    }
    loadModel(small.toString()).close(); // classes and natives are there
    Files.delete(small);
    System.gc();
    long before = memory("VmRSS");
    long start = System.nanoTime();
    Model model = loadModel(file.toString());
    double seconds = (System.nanoTime() - start) / 1e9;
    long most = memory("VmHWM") - before;
    double size = Files.size(file);
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f MB in %.2f s, at most %.0f MB more memory, %.2f times its size%n",
        file.getFileName(),
        size / 1e6,
        seconds,
        most / 1e6,
        most / size);
    model.close();
  }

  private static void save(Path file, int width) {
    try (Model model = sequential(input(width), dense(width)).seed(1).compile(adam(), mse())) {
      if (file.getFileName().toString().startsWith("weights")) {
        model.compile(org.lossbook.optimizer.Sgd.sgd(), mse());
      }
      model.save(file.toString());
    }
  }

  /** Of this process, from Linux: heap and native together. */
  private static long memory(String which) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(which)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new AssertionError(which);
  }
}
