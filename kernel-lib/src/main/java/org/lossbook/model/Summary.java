package org.lossbook.model;

import static org.lossbook.notebook.TextTable.Column.numbers;
import static org.lossbook.notebook.TextTable.Column.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Shapes;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.TextTable;

/**
 * The layers of a model as a table: name and kind, the shape that each gives, its parameters.
 *
 * @param totalParameters of all layers
 * @param trainableParameters of these, those that training moves
 */
public record Summary(List<Line> lines, int totalParameters, int trainableParameters)
    implements Renderable {

  /**
   * One layer.
   *
   * @param name its name in the model, {@code conv2d_1}
   * @param kind what it is, {@code conv2d}
   * @param outputShape as Keras prints it, {@code (None, 26, 26, 32)}
   * @param parameters the numbers in its parameters
   */
  public record Line(String name, String kind, String outputShape, int parameters) {}

  /** Keeps a copy of the lines. */
  public Summary {
    lines = List.copyOf(lines);
  }

  static Summary of(Network network) {
    List<Line> lines =
        network.nodes().stream()
            .map(
                node ->
                    new Line(
                        node.name(),
                        node.layer().kind(),
                        Shapes.withBatch(node.output()),
                        node.size()))
            .toList();
    int total = network.parameters().stream().mapToInt(Parameter::size).sum();
    int trainable =
        network.parameters().stream().filter(Parameter::trainable).mapToInt(Parameter::size).sum();
    return new Summary(lines, total, trainable);
  }

  private TextTable table() {
    List<String> footer = new ArrayList<>();
    footer.add(Say.of("Total parameters: %s", counted(totalParameters)));
    if (trainableParameters != totalParameters) {
      footer.add(
          Say.of(
              "Trainable: %s; kept beside them: %s",
              counted(trainableParameters), counted(totalParameters - trainableParameters)));
    }
    return new TextTable(
        "",
        List.of(words("Layer (kind)"), words("Output shape"), numbers("Parameters")),
        lines.stream()
            .map(
                line ->
                    List.of(
                        Say.of("%s (%s)", line.name(), line.kind()),
                        line.outputShape(),
                        Say.of("%,d", line.parameters())))
            .toList(),
        footer);
  }

  /** {@code 93,322 (364.5 KB)}. */
  private static String counted(int parameters) {
    double bytes = parameters * (double) Float.BYTES;
    return bytes < 1024 * 1024
        ? Say.of("%,d (%.1f KB)", parameters, bytes / 1024)
        : Say.of("%,d (%.1f MB)", parameters, bytes / 1024 / 1024);
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
