package org.lossbook.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.FilePath;

/**
 * CSV log: appends a line to a file after each epoch, with its number, counted from 0, its figures,
 * and the learning rate of its steps, so that a run can be examined while it is running and after a
 * crash. An epoch in which the loss became NaN has a line, too.
 *
 * <pre>{@code
 * epochs(50).callbacks(csvLog("run.csv"))
 * epochs(50).callbacks(csvLog("run.csv").append().separator(";"))
 * }</pre>
 *
 * <p>Keras's {@code CSVLogger}, whose files count epochs from 0 where the history counts from 1;
 * the columns are in the order of the history. An existing file is overwritten unless the log is
 * set to {@link #append() append}.
 *
 * @param path of the file; missing folders are created
 * @param separator between the cells of a line, a comma by default
 * @param appending whether lines are added to an existing file
 */
public record CsvLog(String path, String separator, boolean appending) implements Callback {
  private static final String NAME = "csvLog";

  /** With these settings. */
  public CsvLog {
    CallbackChecks.path(NAME, path);
    if (separator == null || separator.isEmpty()) {
      throw new IllegalArgumentException(
          NAME + " expects a separator but receives none: try separator(\";\").");
    }
  }

  /** Logs to a new file. */
  public static CsvLog csvLog(String path) {
    return new CsvLog(path, ",", false);
  }

  /** The same with a {@code Path}. */
  public static CsvLog csvLog(Path path) {
    return csvLog(FilePath.text(NAME, path));
  }

  /** Adds its lines to an existing file. */
  public CsvLog append() {
    return new CsvLog(path, separator, true);
  }

  /** Uses another separator between the cells of a line. */
  public CsvLog separator(String mark) {
    return new CsvLog(path, mark, appending);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Watcher start(Run run) {
    Require.given(run, NAME, "a run of fit", "model.fit(data, epochs(9).callbacks(…)) begins one");
    List<String> columns = run.names();
    Path file = Path.of(path);
    begin(
        file,
        "epoch"
            + separator
            + columns.stream().map(this::quoted).collect(Collectors.joining(separator)));
    return new Watcher() {
      @Override
      public void endPartialEpoch() {
        endEpoch();
      }

      @Override
      public void endEpoch() {
        Map<String, Double> figures = run.figures();
        String cells =
            columns.stream()
                .map(name -> figures.containsKey(name) ? figures.get(name).toString() : "")
                .collect(Collectors.joining(separator));
        write(file, (run.epoch() - 1) + separator + cells);
      }
    };
  }

  /** Quotes a name that contains the separator. */
  private String quoted(String name) {
    boolean plain = !name.contains(separator) && !name.contains("\"");
    return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private void begin(Path file, String head) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (!appending) {
        Files.deleteIfExists(file);
      }
      if (!Files.exists(file) || Files.size(file) == 0) {
        write(file, head);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(Path file, String line) {
    try {
      Files.writeString(
          file,
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException(
        Messages.of("csvLog cannot write %s (%s): choose a writable path.", path, e), e);
  }

  /** As it is written in code: {@code csvLog("run.csv")}. */
  @Override
  public String toString() {
    return "csvLog(\""
        + path
        + "\")"
        + (appending ? ".append()" : "")
        + (separator.equals(",") ? "" : ".separator(\"" + separator + "\")");
  }
}
