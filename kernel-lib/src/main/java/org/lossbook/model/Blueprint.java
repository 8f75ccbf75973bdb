package org.lossbook.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.lossbook.Internal;
import org.lossbook.base.Notice;
import org.lossbook.config.Require;
import org.lossbook.engine.Parameters;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkEdits;
import org.lossbook.network.NetworkLayer;
import org.lossbook.network.Summary;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.Screen;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.ModelCompiler;

/**
 * A network as an immutable specification. {@link #compile compile} turns it into a model with
 * weights; it can also be a layer of another network.
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
   * The sequential or functional blueprint of a network.
   *
   * @hidden
   */
  @Internal
  public static Blueprint<?> of(Network network) {
    Require.given(network, "A model", "a network", "sequential(…) makes one of layers");
    return network.isSequential() ? new Sequential(network) : new Functional(network);
  }

  /**
   * Allows {@link #compile compile} to accept a loss that does not match the model's output, such
   * as softmax before a loss on logits, so that a lesson can show what happens.
   */
  public B allowMismatch() {
    return changed(copy -> copy.mismatchAllowed = true);
  }

  /**
   * Seeds the initial weights. Without a seed they differ from model to model, unless the first fit
   * has one.
   */
  public B seed(long seed) {
    return changed(copy -> copy.seed = OptionalLong.of(seed));
  }

  /**
   * Compiles the network: a model with initial weights, ready to be trained.
   *
   * @param metrics what to measure besides the loss
   * @throws IllegalArgumentException if the loss does not match the model's output; the message
   *     names the call to drop
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, Collections.singletonList(loss), metrics);
  }

  /**
   * Compiles a network with several outputs, each with its own loss; training minimizes their sum.
   *
   * <pre>{@code
   * model(x, List.of(price, sold))
   *     .compile(adam(), List.of(mse(), binaryCrossentropy().times(0.3)), accuracy().on("sold"))
   * }</pre>
   *
   * @param losses one per output, in order
   * @param metrics each names the output it measures with {@link Metric#on}
   */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    Network network = current();
    var compilation = new ModelCompiler(network, mismatchAllowed);
    CompiledModel compiled = compilation.compile(optimizer, losses, Require.list(metrics));
    network
        .droppedMasks()
        .forEach(text -> Screen.current().show(new Notice("Notice: " + text)).close());
    return new Model(compiled, this, "");
  }

  /**
   * Builds an uncompiled model with initial weights: it can predict, and its weights can be read
   * and set; compile it before training or evaluating it.
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
        new ModelCompiler(current(), true).uncompiled(),
        this,
        "for build() leaves optimizer and loss out");
  }

  /**
   * The part of the network that ends in the named layer, with its initial weights.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public B upTo(String layer) {
    return withNetwork(NetworkEdits.upTo(network(), layer));
  }

  /** The network, with every model in it as it is now. */
  Network current() {
    return NetworkEdits.resolved(network());
  }

  /** The same with its layers trained, or one of them. */
  Blueprint<?> train(Optional<String> layer, boolean trainable) {
    return layer.isPresent() ? trainable(layer.get(), trainable) : trainable(trainable);
  }

  /** The network of a model, with its weights. */
  B of(Model model, String prefix, Parameters weights) {
    return withNetwork(current()).ownedBy(model, prefix, weights);
  }

  /** The seed of the initial weights. */
  OptionalLong seed() {
    return seed;
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(current());
  }

  /** The layers as a picture. */
  public Figure plot() {
    return network().picture();
  }

  /** A modified copy. */
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
