package org.lossbook.model;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lossbook.data.Dataset;
import org.lossbook.data.Preparation;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameters;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.model.callback.CallbackException;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A compiled network: the one thing with state. It has weights, which {@link #fit fit} moves, and
 * what the optimizer remembers; training goes on from there with the next fit.
 *
 * <p>One call runs at a time: a second one waits, and says for whom. The weights lie outside the
 * heap; {@link #close()} frees them at once, otherwise they go when the model is forgotten.
 */
public final class Model implements AutoCloseable, Renderable {
  private static final Cleaner CLEANER = Cleaner.create();

  private volatile Core core;
  private final Cleaner.Cleanable cleanable;
  private final Turn turn = new Turn();
  private volatile Loop loop;
  private volatile History history = new History(List.of(), Optional.empty(), List.of(), false);
  private int epochs;
  private boolean untouched = true;
  private OptionalLong seed = OptionalLong.empty();
  private Optional<String> notCompiled = Optional.empty();
  private volatile Optional<Preparation> preparation = Optional.empty();

  /**
   * @param seed of the first weights
   */
  Model(Core core, OptionalLong seed) {
    this.core = core;
    cleanable = CLEANER.register(this, core.weights());
    long first = seed.orElseGet(() -> new SplittableRandom().nextLong());
    core.network().initialize(parameters(), first);
    loop = new Loop(core, first);
    untouched = seed.isEmpty();
  }

  /**
   * A model whose weights are there.
   *
   * @param notCompiled why it cannot be trained yet, where it cannot
   */
  Model(Core core, Optional<String> notCompiled, SavedProgress progress) {
    this.core = core;
    this.notCompiled = notCompiled;
    epochs = progress.epochs();
    seed = progress.seed();
    untouched = false;
    cleanable = CLEANER.register(this, core.weights());
    loop = new Loop(core, new SplittableRandom().nextLong());
  }

  /**
   * A model from a {@code .keras} file, which {@link #save} wrote, or Keras. It predicts the same;
   * where the file says how it was compiled, training goes on from there, with what the optimizer
   * remembers; where it does not, {@link #compile} comes before it.
   *
   * <p>A file is read with distrust: nothing in it is run, and what Lossbook has not is refused by
   * its name.
   *
   * @throws org.lossbook.model.file.ModelFileException where the file is not there, damaged, or
   *     says what Lossbook has not: names it
   */
  public static Model loadModel(String file) {
    return SavedModel.load(SavedModel.path("loadModel", file, SavedModel.MODEL_ENDING));
  }

  /**
   * Compiles the model anew: its weights stay, what an optimizer remembered is gone.
   *
   * @return this model
   * @throws IllegalArgumentException where the loss does not fit the model's end
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, loss == null ? List.of() : List.of(loss), metrics);
  }

  /** The same for a model of several outputs, with a loss for each in their order. */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    return inTurn(
        "compile",
        () -> {
          Core next =
              new Compilation(core.network(), false)
                  .core(core.weights(), optimizer, losses, List.of(metrics));
          PlanCache.SHARED.forget(core.weights().number());
          core = next;
          loop = new Loop(core, new SplittableRandom().nextLong());
          notCompiled = Optional.empty();
          return this;
        });
  }

  /**
   * Writes the model to a file that {@link #loadModel} and Python's Keras read: layers, weights,
   * how it is compiled and what the optimizer remembers. A file that is there is replaced whole,
   * or, should anything go wrong, not at all.
   *
   * <p>After an epoch, training that goes on from the file comes to the same numbers, bit by bit,
   * as training that was never interrupted: the file has the epochs, and the seed that was given or
   * drawn.
   *
   * <p>Code cannot be in a file: a model whose loss is the reader's own, or moves by a schedule, is
   * to be compiled again after loading, which the answer of this call says. A loss or metric that
   * Keras has not stands there as one of Lossbook's; Keras names it as unknown, and loads the model
   * with {@code compile=False}.
   *
   * @param file its name, which ends in {@code .keras}
   * @return what was written
   * @throws org.lossbook.model.file.ModelFileException where it cannot be written, or where the
   *     model has a layer that a file cannot hold
   */
  public SavedFile save(String file) {
    var path = SavedModel.path("save", file, SavedModel.MODEL_ENDING);
    return sharing(
        "save", () -> SavedModel.save(core, notCompiled, new SavedProgress(epochs, seed), path));
  }

  /**
   * Writes the weights alone, as Keras's {@code save_weights} does, without what the optimizer
   * remembers.
   *
   * @param file its name, which ends in {@code .weights.h5}
   * @return what was written
   * @throws org.lossbook.model.file.ModelFileException where it cannot be written
   */
  public SavedFile saveWeights(String file) {
    var path = SavedModel.path("saveWeights", file, SavedModel.WEIGHTS_ENDING);
    return sharing("saveWeights", () -> SavedModel.saveWeights(core, path));
  }

  /**
   * Takes the weights of a model of the same layers from a file; what the optimizer remembers
   * stays.
   *
   * @param file a {@code .weights.h5} of {@link #saveWeights} or Keras, or a {@code .keras}
   * @return this model
   * @throws org.lossbook.model.file.ModelFileException where the file is damaged or of another
   *     model: names what is missing and what is too many; the weights are as they were
   */
  public Model loadWeights(String file) {
    var path =
        SavedModel.path("loadWeights", file, SavedModel.WEIGHTS_ENDING, SavedModel.MODEL_ENDING);
    return sharing(
        "loadWeights",
        () -> {
          SavedModel.loadWeights(core, path);
          loop.end("loadWeights(…)");
          untouched = false;
          return this;
        });
  }

  /**
   * Trains on a dataset.
   *
   * <p>Each epoch takes all samples once, in batches. {@code loss} and the metrics are those of all
   * its samples, each as the model was when it came to them; {@code val_} figures are measured at
   * its end. A second fit goes on from the first. A loss that is no number any more ends the run:
   * the history says what went first.
   *
   * @param options {@code epochs(5).batchSize(32).validation(digits.test()).seed(1)}
   * @return what was measured, which {@link #history()} gives too
   * @throws IllegalArgumentException where data and model do not fit, before the first step
   * @throws InterruptedTraining where the thread was interrupted, within a batch: the weights are
   *     kept
   * @throws CallbackException where a callback threw: says which, the weights are kept
   */
  public History fit(Dataset data, FitOptions options) {
    return inTurn("fit", () -> run(data, options));
  }

  /** Trains on arrays: a sample a row of {@code x}, its target in {@code y}. */
  public History fit(Object x, Object y, FitOptions options) {
    return fit(Dataset.of(x, y), options);
  }

  private History run(Dataset data, FitOptions options) {
    compiled("fit");
    var fit = new Fit(core, data, options, new Progress(options.isQuiet()), new Host());
    // One run of two epochs is two runs of one, also where nobody said a seed.
    long now =
        options.seed().orElseGet(() -> seed.orElseGet(() -> new SplittableRandom().nextLong()));
    seed = OptionalLong.of(now);
    if (untouched && options.seed().isPresent()) {
      core.network().initialize(parameters(), now);
    }
    preparation = data.preparation();
    fit.begin(); // before anything is trained or forgotten
    untouched = false;
    try {
      fit.run(now, epochs);
    } finally {
      loop.forget("fit");
      history = fit.history();
    }
    return history;
  }

  private final class Host implements Fit.Host {
    @Override
    public void lend(Runnable action) {
      turn.lend(action);
    }

    @Override
    public void trained() {
      epochs++;
    }

    @Override
    public void save(String file) {
      if (file.endsWith(SavedModel.WEIGHTS_ENDING)) {
        saveWeights(file);
      } else {
        Model.this.save(file);
      }
    }
  }

  /** What the last run of fit measured, up to where it ended or was interrupted. */
  public History history() {
    return history;
  }

  /** The loss and the metrics on samples and their targets. */
  public Evaluation evaluate(Dataset data) {
    return sharing(
        "evaluate",
        () -> {
          compiled("evaluate");
          new DataChecks(core).dataset("evaluate", data);
          var figures = new Judge(core, "evaluate").figures(data, Optional.empty());
          return new Evaluation(figures, data.size());
        });
  }

  /** The loss and the metrics on arrays. */
  public Evaluation evaluate(Object x, Object y) {
    return evaluate(Dataset.of(x, y));
  }

  /**
   * What the model says of samples.
   *
   * @param samples a dataset, a view of its samples, or an array of any kind, a sample a row; one
   *     sample alone may come without the first dimension. After a fit to the data of a table, a
   *     table of raw rows, which are prepared as these were. A picture, or a list of them: fitted
   *     to the input
   * @return {@code [n, …]}, a prediction a row
   */
  public INDArray predict(Object samples) {
    return predictValues(samples).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object samples) {
    return predictValues(samples, "");
  }

  /**
   * What a model of several outputs says in one of them.
   *
   * @param samples for several inputs a list of arrays, {@code List.of(images, facts)}
   * @param output its name, that of the layer that gives it
   */
  public INDArray predict(Object samples, String output) {
    return predictValues(samples, output).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object samples, String output) {
    return sharing(
        "predict",
        () -> {
          int head = core.head("predict", output);
          var shapes = core.network().inputShapes();
          return Predictor.of(core, head, RawSamples.ready(samples, preparation, shapes));
        });
  }

  /**
   * The network with the weights that it has now: to be a layer of another network, to be frozen,
   * cut or compiled anew. What is trained later does not reach it.
   *
   * <pre>{@code
   * var eyes = model.network().upTo("flatten").frozen();
   * sequential(input(28, 28, 1), eyes, dense(2).softmax())
   * }</pre>
   */
  public Blueprint<?> network() {
    return sharing(
        "network",
        () ->
            Blueprint.of(
                Altered.withWeights(
                    core.network(), name -> read(parameters().slot(name)).toFloats())));
  }

  /**
   * What a setting of the loss is now: one that is scheduled or learned moves while the model is
   * trained.
   *
   * @param name as its method is called, {@code delta}; where several losses have one, with its
   *     index, {@code delta_1}; of one output among several after its name, {@code price_delta}
   * @throws IllegalArgumentException where there is none: says which there are
   */
  public double setting(String name) {
    return sharing("setting", () -> setting(core.heads(), name));
  }

  /** What it is trained to make small. */
  public List<Loss> losses() {
    return core.heads().stream().map(Head::loss).toList();
  }

  /** The learning rate of the next step. */
  public double learningRate() {
    return core.update().updater().learningRate();
  }

  /**
   * Sets the learning rate of the steps to come, in place of what the optimizer was given, be it a
   * number or a schedule.
   *
   * @return this model
   * @throws IllegalArgumentException where it is negative or not finite
   */
  public Model learningRate(double rate) {
    return sharing(
        "learningRate",
        () -> {
          core.learningRate(rate);
          return this;
        });
  }

  private static double setting(List<Head> heads, String name) {
    for (Head head : heads) {
      if (!head.prefix().isEmpty() && name.startsWith(head.prefix())) {
        return head.settings().value(name.substring(head.prefix().length()));
      }
    }
    return heads.get(0).settings().value(name);
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(core.network());
  }

  /** The layers as a picture. */
  public Figure plot() {
    return core.network().picture();
  }

  /**
   * The loss of one batch, as {@link #fit fit} computes it: a forward run with dropout at work, and
   * what the weights cost. {@link LossValue#backward()} goes on from there, {@link #step()} from
   * that.
   *
   * @param x the samples, a row each: a dataset's view, {@code batch.x()}, or an array of any kind
   * @param y their targets
   * @throws IllegalArgumentException where they do not fit the model or the loss
   */
  public LossValue loss(Object x, Object y) {
    return inTurn(
        "loss",
        () -> {
          compiled("loss");
          untouched = false;
          return loop.loss(this, x, y);
        });
  }

  void backward(LossValue loss) {
    inTurn("backward", () -> loop.backward(loss));
  }

  /** Sets all gradients to zero, so that the next backward does not add to those that are there. */
  public void zeroGrad() {
    inTurn("zeroGrad", loop::zeroGrad);
  }

  /**
   * The optimizer's update of all weights, and of what the loss learns, by the gradients that are
   * there. They stay until {@link #zeroGrad()}.
   *
   * @throws IllegalStateException where there are none
   */
  public void step() {
    inTurn("step", loop::step);
  }

  /**
   * The gradient of the loss by a parameter, as {@link LossValue#backward()} left it; all zero
   * before it, and after {@link #zeroGrad()} and {@link #fit fit}.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @throws IllegalArgumentException where there is none: says which there are
   */
  public INDArray gradient(String name) {
    return gradientValues(name).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values gradientValues(String name) {
    return sharing(
        "gradient",
        () -> Values.of(core.gradient(name), parameters().slot(name).parameter().shape()));
  }

  /**
   * A parameter's numbers, a copy.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @throws IllegalArgumentException where there is none: says which there are
   */
  public INDArray weights(String name) {
    return weightValues(name).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values weightValues(String name) {
    return sharing("weights", () -> read(parameters().slot(name)));
  }

  /** The names of all parameters, in the order of the layers. */
  public List<String> weightNames() {
    return parameters().slots().stream().map(slot -> slot.parameter().name()).toList();
  }

  /**
   * Sets a parameter's numbers.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @param values as many as it has, in Keras's layout: an {@code INDArray} or an array of any kind
   * @return this model
   */
  public Model weights(String name, Object values) {
    Values given = Values.of("weights", values).finite("weights", name);
    return sharing(
        "weights",
        () -> {
          Parameters.Slot slot = parameters().slot(name);
          if (given.size() != slot.size()) {
            throw new IllegalArgumentException(
                Say.of(
                    "%s expects %s but receives %s: give as many numbers.",
                    name,
                    Arrays.toString(slot.parameter().shape()),
                    Arrays.toString(given.shape())));
          }
          parameters().write(Core.vector(slot), slot.offset(), given.toFloats(), slot.size());
          untouched = false;
          loop.end("model.weights(…)");
          return this;
        });
  }

  /**
   * One training step at a time, by hand, for one batch size: what {@link #fit fit} is made of,
   * without data and display. The caller closes it, and runs it beside no other call.
   */
  public TrainingStep trainingStep(int batch) {
    return inTurn(
        "trainingStep",
        () -> {
          compiled("trainingStep");
          untouched = false;
          return new TrainingStep(core, batch, this);
        });
  }

  /** Frees weights and plans, after the call that runs; a second close does nothing. */
  @Override
  public void close() {
    turn.take(
        "close",
        () -> {
          cleanable.clean();
          return this;
        });
  }

  /** A call that moves weights to look at something, and leaves all as it was in every case. */
  <T> T undisturbed(String call, Function<Core, T> look) {
    return inTurn(
        call,
        () -> {
          untouched = false;
          var before = new Snapshot(parameters());
          try {
            return look.apply(core);
          } finally {
            before.restore();
          }
        });
  }

  /** For the tests of this package. */
  Core core() {
    return core;
  }

  private void compiled(String call) {
    notCompiled.ifPresent(
        reason -> {
          throw new IllegalStateException(
              Say.of(
                  "%s expects a compiled model but this one is not, %s: call compile(adam(), …) with its loss first.",
                  call, reason));
        });
  }

  private Values read(Parameters.Slot slot) {
    float[] values = new float[slot.size()];
    parameters().read(Core.vector(slot), slot.offset(), values, values.length);
    return Values.of(values, slot.parameter().shape());
  }

  private Parameters parameters() {
    core.weights().open();
    return core.weights().parameters();
  }

  private void inTurn(String call, Runnable action) {
    inTurn(
        call,
        () -> {
          action.run();
          return this;
        });
  }

  private <T> T inTurn(String call, Supplier<T> action) {
    try {
      return turn.take(call, () -> opened(action));
    } finally {
      // Nothing frees the weights while a call of theirs runs, forgotten model or not.
      Reference.reachabilityFence(this);
    }
  }

  /** For what a callback may do between two steps. */
  private <T> T sharing(String call, Supplier<T> action) {
    try {
      return turn.share(call, () -> opened(action));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private <T> T opened(Supplier<T> action) {
    core.weights().open();
    return action.get();
  }

  @Override
  public Map<String, String> mimeBundle() {
    return summary().mimeBundle();
  }

  /** {@code model of 8 layers, 93,322 parameters, adam, sparseCategoricalCrossentropy}. */
  @Override
  public String toString() {
    return Say.of(
        "model of %d layers, %,d parameters, %s, %s",
        core.network().nodes().size(),
        summary().totalParameters(),
        notCompiled.isPresent() ? "not compiled" : core.optimizer().name(),
        notCompiled.isPresent() ? "" : core.lossName());
  }
}
