package org.lossbook.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.lossbook.Internal;
import org.lossbook.config.Require;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkEdits;
import org.lossbook.network.NetworkLayer;
import org.lossbook.network.Summary;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;
import org.lossbook.training.ModelCompiler;

/**
 * A network as an immutable specification: {@link #compile compile} makes a model with weights of
 * it, and it may be a layer in another network.
 *
 * @param <B> the specification itself, so that chained calls keep its type
 */
public abstract sealed class Blueprint<B extends Blueprint<B>> extends NetworkLayer<B>
    implements Renderable permits Sequential, Functional {
  private boolean mismatchAllowed;
  private OptionalLong seed = OptionalLong.empty();

  Blueprint(Network network) {
    super(network);
  }

  /**
   * The one of its kind for a network.
   *
   * @hidden
   */
  @Internal
  public static Blueprint<?> of(Network network) {
    Require.given(network, "A model", "a network", "sequential(…) makes one of layers");
    return network.isRow() ? new Sequential(network) : new Functional(network);
  }

  /**
   * Lets {@link #compile compile} take a loss that does not fit the model's end, such as softmax
   * before a loss from logits, so that a lesson can show what happens.
   */
  public B allowMismatch() {
    return changed(copy -> copy.mismatchAllowed = true);
  }

  /**
   * Draws the first weights from this seed. Without it they differ from model to model, unless the
   * first fit has a seed.
   */
  public B seed(long seed) {
    return changed(copy -> copy.seed = OptionalLong.of(seed));
  }

  /**
   * A model with first weights, ready to be trained.
   *
   * @param metrics figures to be measured beside the loss
   * @throws IllegalArgumentException where the loss does not fit the model's end: says which call
   *     to drop
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, Collections.singletonList(loss), metrics);
  }

  /**
   * A model of several outputs, each with a loss of its own; what is trained is their sum.
   *
   * <pre>{@code
   * model(x, List.of(price, sold))
   *     .compile(adam(), List.of(mse(), binaryCrossentropy().times(0.3)), accuracy().on("sold"))
   * }</pre>
   *
   * @param losses one for each output, in their order
   * @param metrics each says by {@link Metric#on} which output it judges
   */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    var compilation = new ModelCompiler(network(), mismatchAllowed);
    return new Model(compilation.compile(optimizer, losses, Require.list(metrics)), seed);
  }

  /**
   * A model with first weights that is not compiled: it predicts, and gives and takes weights; to
   * be trained or judged it is compiled first.
   *
   * <pre>{@code
   * var model = sequential(input(2), dense(1)).build()
   *     .weights("dense/kernel", matrix(row(3), row(-1)))
   *     .weights("dense/bias", vector(0.5));
   * model.predict(matrix(row(2, 4)))       // 3·2 − 1·4 + 0.5 = 2.5
   * }</pre>
   */
  public Model build() {
    return new Model(
        new ModelCompiler(network(), true).uncompiled(),
        seed,
        "for build() leaves optimizer and loss out");
  }

  /**
   * The part of it that ends in the layer of that name, with the first weights that it has.
   *
   * @throws IllegalArgumentException where there is none: says which there are
   */
  public B upTo(String layer) {
    return withNetwork(NetworkEdits.upTo(network(), layer));
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(network());
  }

  /** The layers as a picture. */
  public Figure plot() {
    return network().picture();
  }

  /** A copy, of which this class may change what it keeps to itself. */
  private B changed(Consumer<Blueprint<?>> change) {
    return with(change);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return summary().mimeBundle();
  }

  /** The table as text. */
  @Override
  public String toString() {
    return summary().toString();
  }
}
