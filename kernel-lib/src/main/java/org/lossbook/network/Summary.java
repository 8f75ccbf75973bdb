package org.lossbook.network;

import static org.lossbook.notebook.TextTable.Column.numbers;
import static org.lossbook.notebook.TextTable.Column.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.LayerOutput;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * The summary of a model as a table: each layer's name, and its kind where the name does not say
 * it, its output shape and number of parameters.
 *
 * @param totalParameters the number of weights in all layers
 * @param trainableParameters how many of these are trainable
 * @param masked the names of the layers whose output has a mask
 */
public record Summary(
    List<Line> lines, long totalParameters, long trainableParameters, List<String> masked)
    implements Renderable {

  /**
   * One layer.
   *
   * @param name its name in the model, {@code conv2d_1}
   * @param kind its kind, {@code conv2d}
   * @param outputShape as Keras prints it, {@code (None, 26, 26, 32)}
   * @param parameters the number of its weights; 0 if a layer is used again
   * @param connectedTo the names of the layers it reads
   */
  public record Line(
      String name, String kind, String outputShape, long parameters, List<String> connectedTo) {
    /** Copies the names. */
    public Line {
      connectedTo = List.copyOf(connectedTo);
    }
  }

  /** Copies the lines. */
  public Summary {
    lines = List.copyOf(lines);
    masked = List.copyOf(masked);
  }

  /**
   * The summary of a network.
   *
   * @hidden
   */
  @Internal
  public static Summary of(Network network) {
    Require.given(network, "A summary", "a network", "sequential(…).summary() is one");
    List<Line> lines = new ArrayList<>();
    if (!network.isChain()) {
      for (Network.Source source : network.inputs()) {
        lines.add(new Line(source.name(), "input", Shapes.withBatch(source.given()), 0, List.of()));
      }
    }
    for (Network.Node node : network.nodes()) {
      if (node.layer() instanceof LayerOutput) {
        continue; // the layer itself has a line
      }
      lines.add(
          new Line(
              node.name(),
              node.isReused() ? node.layer().kind() + ", again" : node.layer().kind(),
              Shapes.withBatch(node.output()),
              node.size(),
              node.inputs().stream()
                  .map(network::source)
                  .map(network::nameOf)
                  .distinct()
                  .toList()));
    }
    List<Parameter> all = network.distinctParameters();
    long total = all.stream().mapToLong(Parameter::size).sum();
    long trainable = all.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
    return new Summary(lines, total, trainable, network.maskedNames());
  }

  private TextTable table() {
    List<String> footer = new ArrayList<>();
    footer.add(Messages.of("Total parameters: %s", counted(totalParameters)));
    if (trainableParameters != totalParameters) {
      footer.add(
          Messages.of(
              "Trainable: %s; non-trainable: %s",
              counted(trainableParameters), counted(totalParameters - trainableParameters)));
    }
    if (!masked.isEmpty()) {
      footer.add(Messages.of("Padded steps are masked after: %s", String.join(", ", masked)));
    }
    // In a sequential model each layer reads the one above it.
    boolean isChain = lines.stream().noneMatch(line -> line.kind().equals("input"));
    List<TextTable.Column> head = new ArrayList<>();
    head.add(words("Layer"));
    head.add(words("Output shape"));
    head.add(numbers("Parameters"));
    if (!isChain) {
      head.add(words("Connected to"));
    }
    return new TextTable(
        "", head, lines.stream().map(line -> cells(line, isChain)).toList(), footer);
  }

  private static List<String> cells(Line line, boolean isChain) {
    List<String> cells = new ArrayList<>();
    String name = line.name();
    boolean isByDefault = name.replaceFirst("_\\d+$", "").equals(line.kind()); // dense_1
    cells.add(isByDefault ? name : Messages.of("%s (%s)", name, line.kind()));
    cells.add(line.outputShape());
    cells.add(Messages.of("%,d", line.parameters()));
    if (!isChain) {
      cells.add(String.join(", ", line.connectedTo()));
    }
    return cells;
  }

  /** {@code 93,322 (364.5 KB)}. */
  private static String counted(long parameters) {
    double bytes = parameters * (double) Float.BYTES;
    if (bytes < 1024) {
      return Messages.of("%,d (%.0f B)", parameters, bytes);
    }
    return bytes < 1024 * 1024
        ? Messages.of("%,d (%.1f KB)", parameters, bytes / 1024)
        : Messages.of("%,d (%.1f MB)", parameters, bytes / 1024 / 1024);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return table().mimeBundle();
  }

  @Override
  public String toString() {
    return table().toString();
  }
}
