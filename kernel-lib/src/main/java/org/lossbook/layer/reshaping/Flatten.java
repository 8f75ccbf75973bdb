package org.lossbook.layer.reshaping;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/**
 * Flattens each sample into one row, row-major, channels last. {@code [3, 3, 64] -> [576]}
 *
 * @question How does an image become a row for a dense layer?
 * @use Between convolutions and a dense layer.
 * @avoid For large images: global pooling needs far fewer weights.
 */
public final class Flatten extends Reshaping<Flatten> {
  private boolean channelsFirst;

  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return new int[] {Shapes.size(inputShape)};
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int rank = x.shape().length;
    if (rank == 1) {
      return x;
    }
    Tensor ordered =
        channelsFirst
            ? graph.permute(x, IntStream.range(1, rank + 1).map(axis -> axis % rank).toArray())
            : x;
    return graph.reshape(ordered, x.size());
  }

  /** Not where a file says that the channels come first: they are moved to the end. */
  @Override
  public boolean onlyReshapes() {
    return !channelsFirst;
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "Flatten");
    return Optional.of(channelsFirst ? config.with("data_format", "channels_first") : config);
  }

  static Flatten from(Settings settings) {
    String format = settings.text("data_format", "channels_last");
    boolean isFirst = format.equals("channels_first");
    if (!isFirst) {
      settings.requireOneOf("data_format", "channels_last");
    }
    return new Flatten().with(copy -> copy.channelsFirst = isFirst);
  }
}
