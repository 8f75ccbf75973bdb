package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Encoding;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Category encoding: makes categories, whole numbers from 0 to below a count, into rows with a
 * number for each category. By default a sample is a list of categories, and its row has a 1 for
 * each of them ({@code multi_hot}). {@code categoryEncoding(4): [n] -> [4]}
 *
 * <p>It has no weights and passes no gradient on.
 *
 * <pre>{@code
 * categoryEncoding(4)                            // (3, 1, 1) becomes (0, 1, 0, 1)
 * categoryEncoding(4).outputMode("count")        // (3, 1, 1) becomes (0, 2, 0, 1)
 * categoryEncoding(4).outputMode("one_hot")      // makes (0, 0, 0, 1) of 3
 * }</pre>
 *
 * @question How do categories become numbers without an order?
 * @use For a few categories, as one-hot, multi-hot or counts.
 * @avoid For many categories: an embedding is far narrower.
 */
public final class CategoryEncoding extends BaseLayer<CategoryEncoding> {
  private static final List<String> MODES = List.of("multi_hot", "one_hot", "count");

  private final int tokens;
  private OutputMode mode = OutputMode.named("category_encoding", "multi_hot", MODES);

  /**
   * @param numTokens how many categories there are
   */
  public CategoryEncoding(int numTokens) {
    tokens = LayerChecks.requirePositive("category_encoding", "categories", numTokens);
  }

  /**
   * What it makes of them, by Keras's names: {@code multi_hot} (the default), {@code count}, how
   * often each occurs, or {@code one_hot}, a row for each.
   */
  public CategoryEncoding outputMode(String name) {
    OutputMode named = OutputMode.named(kind(), name, MODES);
    return with(copy -> copy.mode = named);
  }

  @Override
  public String kind() {
    return "category_encoding";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length > 1 && mode.encoding().orElseThrow() != Encoding.ONE_HOT) {
      throw Messages.wrong(
          "category_encoding expects lists of categories [batch, n] but receives %s: add flatten() before it, or take outputMode(\"one_hot\").",
          LayerChecks.batched(inputShape));
    }
    return mode.shape(kind(), tokens, inputShape);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return mode.build(graph, x, tokens);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return mode.bounds(tokens, Shapes.size(inputShapes.get(0)));
  }

  @Override
  public String toString() {
    return "category_encoding(" + tokens + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "CategoryEncoding")
            .with("num_tokens", tokens)
            .with("output_mode", mode.kerasName()));
  }

  static CategoryEncoding from(Settings settings) {
    String mode = settings.text("output_mode", "multi_hot");
    return new CategoryEncoding(settings.integer("num_tokens"))
        .outputMode(mode.equals("binary") ? "multi_hot" : mode); // its name in Keras 2
  }
}
