package org.lossbook.layer.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedLookup;

/**
 * An embedding: each word, a whole number from 0 on, becomes a vector that training learns, a row
 * of a table. {@code [t] -> [t, width]}, and so for any shape.
 *
 * <p>Parameters: embeddings {@code [words, width]}, initially uniform between −0.05 and 0.05.
 * {@code embedding(20_000, 32)} has 640,000. A number outside the table is an error that says which
 * word of which sample it is.
 *
 * <p>A training step on a table of more than 2<sup>18</sup> numbers, 1 MB, moves the vectors of its
 * batch's words alone, so that its time does not grow with the vocabulary; with plain {@code sgd()}
 * that is what Keras does. Optimizers that remember something of each weight leave that of the
 * other words as it is, as PyTorch's {@code SparseAdam} does: Adam's moments neither decay nor move
 * a word that is not met, where Keras's {@code adam} goes on moving it, and weight decay reaches
 * the words met. In a smaller table all vectors move, as in Keras, and so they do where something
 * looks at all of them: a regularizer or a constraint of the vectors, a dense layer that shares
 * them, an average of the weights, accumulated gradients, and Lamb, Adafactor and Muon. {@link
 * #sparseGradient} asks for one or the other.
 *
 * @question Which vector stands for a word?
 * @use For words and other categories by number.
 * @avoid For quantities: numbers that can be compared need no table.
 */
public final class Embedding extends BaseLayer<Embedding> {
  private static final String EMBEDDINGS = "embeddings";
  private static final int RANK = 2;

  /** So many numbers take an optimizer less time than the rest of a step. */
  private static final long MOST_DENSE = 1 << 18;

  private final int words;
  private final int width;
  private boolean maskZero;
  private Optional<Boolean> sparseGradient = Optional.empty();
  private Regularizer activityPenalty = Regularizer.NONE;

  /**
   * @param words how many there are: one more than the largest number
   * @param width how many numbers stand for each
   */
  public Embedding(int words, int width) {
    this.words = LayerChecks.requirePositive("embedding", "words", words);
    this.width = LayerChecks.requirePositive("embedding", "width", width);
  }

  /**
   * Lets 0 stand for padding: layers that follow and the loss skip those steps, as {@link Masking}
   * says. Number the words from 1 then.
   */
  public Embedding maskZero() {
    return maskZero(true);
  }

  /** Whether 0 stands for padding; false by default. */
  public Embedding maskZero(boolean maskZero) {
    return with(copy -> copy.maskZero = maskZero);
  }

  /**
   * Whether a step moves the vectors of its batch's words alone; by default where the table has
   * more than 2<sup>18</sup> numbers. Otherwise it moves all, those that were not met by what the
   * optimizer remembers of them, as in Keras, in a time that grows with the vocabulary. A file does
   * not hold it.
   */
  public Embedding sparseGradient(boolean sparse) {
    return with(copy -> copy.sparseGradient = Optional.of(sparse));
  }

  /** The initializer of the vectors, {@code randomUniform(-0.05, 0.05)} by default. */
  public Embedding embeddingsInitializer(Initializer initializer) {
    return initialized(List.of(EMBEDDINGS), "embeddingsInitializer", initializer);
  }

  /** The regularizer of the vectors. */
  public Embedding embeddingsRegularizer(Regularizer penalty) {
    return penalized(List.of(EMBEDDINGS), "embeddingsRegularizer", penalty);
  }

  /** The constraint of the vectors, such as {@code embeddingsConstraint(nonNegative())}. */
  public Embedding embeddingsConstraint(Constraint constraint) {
    return constrained(List.of(EMBEDDINGS), "embeddingsConstraint", constraint);
  }

  /** The regularizer of the layer's outputs, averaged over the samples. */
  public Embedding activityRegularizer(Regularizer penalty) {
    Regularizer given =
        Require.given(
            penalty,
            "embedding.activityRegularizer",
            "what it applies",
            "write activityRegularizer(l2(1e-4))");
    return with(copy -> copy.activityPenalty = given);
  }

  @Override
  public Regularizer activityPenalty() {
    return activityPenalty;
  }

  /**
   * Worked steps on your numbers, with first vectors; {@link #explain(Object, Object)} takes yours.
   *
   * @param words whole numbers, of any shape
   */
  @Override
  public LayerSteps explain(Object words) {
    return explained(words, Optional.empty());
  }

  /**
   * Worked steps on your numbers: which row of the table each word takes.
   *
   * <pre>{@code
   * embedding(3, 2).explain(vector(2, 0), matrix(row(1, 2), row(3, 4), row(5, 6)))   // y₁ is row 2: 5, 6
   * }</pre>
   *
   * @param words whole numbers, of any shape
   * @param embeddings the table, {@code [words, width]}
   * @throws IllegalArgumentException where the shapes do not fit, and for a number outside the
   *     table
   */
  public LayerSteps explain(Object words, Object embeddings) {
    return explained(words, GivenWeights.named(kind(), "embeddings", embeddings));
  }

  private LayerSteps explained(Object words, Optional<Object> embeddings) {
    Values table = GivenWeights.of(kind(), drawn(parametersFor(new int[0]).get(0)), embeddings);
    return WorkedLookup.of(
        this + ": each word takes its row of the table",
        Values.of("embedding.explain", words),
        table,
        maskZero);
  }

  @Override
  public String kind() {
    return "embedding";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = Arrays.copyOf(inputShape, inputShape.length + 1);
    shape[inputShape.length] = width;
    return shape;
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    return List.of(
        Parameter.trained(EMBEDDINGS, Initializers.randomUniform(-0.05, 0.05), words, width));
  }

  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return maskZero;
  }

  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    Tensor ids = LayerValue.tensor(inputs.get(0));
    int[] rows = Arrays.copyOf(ids.shape(), ids.shape().length + 1);
    rows[rows.length - 1] = 1;
    return graph.differs(graph.reshape(ids, rows), 0);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    boolean isLarge = (long) words * width > MOST_DENSE;
    return graph.lookup(x, weights.apply(EMBEDDINGS), sparseGradient.orElse(isLarge));
  }

  @Override
  public String toString() {
    return "embedding(" + words + ", " + width + ")";
  }

  @Override
  public Optional<Config> config() {
    Config config =
        Config.of("keras.layers", "Embedding")
            .with("input_dim", words)
            .with("output_dim", width)
            .with("mask_zero", maskZero);
    Config ruled = rules(EMBEDDINGS).in(config, EMBEDDINGS, RANK);
    return Optional.of(
        activityPenalty.isNone()
            ? ruled
            : ruled.with("activity_regularizer", activityPenalty.config()));
  }

  static Embedding from(Settings settings) {
    settings.ignore("input_length"); // Keras 2's, which says nothing that the input does not
    return new Embedding(settings.integer("input_dim"), settings.integer("output_dim"))
        .maskZero(settings.flag("mask_zero", false))
        .activityRegularizer(Regularizer.from(settings, "activity_regularizer"))
        .with(EMBEDDINGS, WeightRules.from(settings, EMBEDDINGS, RANK));
  }
}
