package org.lossbook.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.CallbackException;
import org.lossbook.config.Require;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.FilePath;
import org.lossbook.data.Values;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.model.keras.ModelPath;
import org.lossbook.model.keras.SavedFile;
import org.lossbook.model.keras.SavedModel;
import org.lossbook.network.Summary;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.fit.EvaluateOptions;
import org.lossbook.training.fit.Evaluation;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.History;
import org.lossbook.training.fit.SampleWeights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/**
 * A compiled network: the one thing with state. It has weights, which {@link #fit fit} moves, and
 * what the optimizer remembers; training goes on from there with the next fit.
 *
 * <p>One call runs at a time: a second one waits, and says for whom. The weights lie outside the
 * heap; {@link #close()} frees them at once, otherwise they go when the model is forgotten.
 */
public final class Model implements AutoCloseable, Renderable {
  private final ModelState state;

  /**
   * @param seed of the first weights
   */
  Model(CompiledModel compiled, OptionalLong seed) {
    state = new ModelState(compiled, seed, Optional.empty());
  }

  /** One with first weights that has yet to be compiled. */
  Model(CompiledModel compiled, OptionalLong seed, String notCompiled) {
    state = new ModelState(compiled, seed, Optional.of(notCompiled));
  }

  /** One whose weights are there. */
  private Model(SavedModel.Loaded loaded) {
    state = new ModelState(loaded.compiled(), loaded.notCompiled(), loaded.progress());
  }

  /**
   * A model from a file that {@link #save} wrote, or Keras: a {@code .keras} of Keras 3 or of Keras
   * 2.12 to 2.15, or a whole model in HDF5, {@code .h5}, of Keras 2 or 3. Which one it is, its
   * content says and not its name. It predicts the same; where the file says how it was compiled,
   * training goes on from there, with what the optimizer remembers; where it does not, {@link
   * #compile} comes before it.
   *
   * <pre>{@code
   * loadModel("model.h5").predict(x)
   * }</pre>
   *
   * <p>A notice says what a loaded model does without: a metric that Lossbook does not have, what
   * its optimizer remembered, or, where it is the loss or the optimizer, all training. Mixed
   * precision is computed in 32 bits.
   *
   * <p>A file is read with distrust: nothing in it is run, and what Lossbook does not have is
   * refused by its name. Weights alone are no model: build it and take them with {@link
   * #loadWeights}.
   *
   * @throws org.lossbook.io.ModelFileException where the file is not there, damaged, something else
   *     than a model, or says what Lossbook does not have: names it
   */
  public static Model loadModel(String file) {
    return new Model(SavedModel.load(ModelPath.toRead("loadModel", file), Blueprint::of));
  }

  /** The same by Java's own path. */
  public static Model loadModel(Path file) {
    return loadModel(FilePath.text("loadModel", file));
  }

  /**
   * Compiles the model anew: its weights stay, what an optimizer remembered is gone.
   *
   * @return this model
   * @throws IllegalArgumentException where the loss does not fit the model's end
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, Collections.singletonList(loss), metrics);
  }

  /** The same for a model of several outputs, with a loss for each in their order. */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    state.compile(optimizer, losses, Require.list(metrics));
    return this;
  }

  /**
   * Writes the model to a file that {@link #loadModel} and Python's Keras read: layers, weights,
   * how it is compiled and what the optimizer remembers. A file that is there is replaced whole,
   * or, should anything go wrong, not at all.
   *
   * <p>After an epoch, training that goes on from the file comes to the same numbers, bit by bit,
   * as training that was never interrupted: the file has the epochs, the seed that was given or
   * drawn, what the optimizer remembers and what the callbacks have counted. That holds where the
   * processor has the same instructions and as many threads compute: another number of threads, or
   * AVX2 in place of AVX-512, adds in another order and gives other bits. A fit ends with the best
   * weights of {@code earlyStopping().restoreBestWeights()} or the averages of {@code useEma()},
   * and the next one goes on from these; a checkpoint on the way has the weights as they were.
   *
   * <p>Code cannot be in a file: a model whose loss is the reader's own, or moves by a schedule, is
   * to be compiled again after loading, which the answer of this call says. A loss that Keras does
   * not have is written as Lossbook's own; Keras names it as unknown, and loads the model with
   * {@code compile=False}. A metric that Keras does not have is kept for Lossbook alone.
   *
   * @param file its name, which ends in {@code .keras}
   * @return what was written
   * @throws org.lossbook.io.ModelFileException where it cannot be written, or where the model has a
   *     layer that a file cannot hold
   */
  public SavedFile save(String file) {
    return state.save(file);
  }

  /** The same by Java's own path. */
  public SavedFile save(Path file) {
    return save(FilePath.text("save", file));
  }

  /**
   * Writes the weights alone, as Keras's {@code save_weights} does, without what the optimizer
   * remembers.
   *
   * @param file its name, which ends in {@code .weights.h5}
   * @return what was written
   * @throws org.lossbook.io.ModelFileException where it cannot be written
   */
  public SavedFile saveWeights(String file) {
    return state.saveWeights(file);
  }

  /** The same by Java's own path. */
  public SavedFile saveWeights(Path file) {
    return saveWeights(FilePath.text("saveWeights", file));
  }

  /**
   * Takes the weights of a model of the same layers from a file; what the optimizer remembers
   * stays.
   *
   * @param file a {@code .weights.h5} of {@link #saveWeights} or Keras, an {@code .h5} of Keras 2's
   *     {@code save_weights}, or a whole model that {@link #loadModel} reads
   * @return this model
   * @throws org.lossbook.io.ModelFileException where the file is damaged or of another model: names
   *     what is missing and what is too many; the weights are as they were
   */
  public Model loadWeights(String file) {
    state.loadWeights(file);
    return this;
  }

  /** The same by Java's own path. */
  public Model loadWeights(Path file) {
    return loadWeights(FilePath.text("loadWeights", file));
  }

  /**
   * Trains on a dataset.
   *
   * <p>Each epoch takes all samples once, in batches. {@code loss} and the metrics are those of all
   * its samples, each as the model was when it came to them; {@code val_} figures are measured at
   * its end. A second fit goes on from the first. A loss that became NaN or infinite ends the run:
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
    return state.fit(data, options);
  }

  /** Trains on arrays: a sample a row of {@code x}, its target in {@code y}. */
  public History fit(Object x, Object y, FitOptions options) {
    return fit(Dataset.of(x, y), options);
  }

  /**
   * Trains on batches that come one after the other, how many nobody knows before: an epoch ends
   * where the stream does, or after {@code stepsPerEpoch}. Each batch is checked when it comes; the
   * display shows how many came, and what an epoch has once one has ended.
   *
   * @param data a {@link DataStream}: {@code stream(batches)}, {@code generator(() -> batch(x, y))}
   * @throws IllegalArgumentException where the stream has no end or can be gone through once only,
   *     and the options do not say where an epoch ends; where a batch does not fit the model
   */
  public History fit(Object data, FitOptions options) {
    return data instanceof Dataset dataset
        ? fit(dataset, options)
        : state.fit(DataChecks.stream("fit", data), options);
  }

  /** What the last run of fit measured, up to where it ended or was interrupted. */
  public History history() {
    return state.history();
  }

  /** The loss and the metrics on samples and their targets. */
  public Evaluation evaluate(Dataset data) {
    return state.evaluate(data, EvaluateOptions.NONE);
  }

  /**
   * The same with a weight for each sample, or in batches of a size of your own.
   *
   * <pre>{@code model.evaluate(data, batchSize(64).sampleWeight(weights))}</pre>
   *
   * @param data a dataset, raw rows of a table, or a stream
   * @throws IllegalArgumentException where there is not one weight for each sample
   */
  public Evaluation evaluate(Object data, EvaluateOptions options) {
    EvaluateOptions how = EvaluateOptions.given(options);
    if (data instanceof Dataset dataset) {
      return state.evaluate(dataset, how);
    }
    return data instanceof Table rows
        ? state.evaluate(rows, how)
        : state.evaluate(DataChecks.stream("evaluate", data), how);
  }

  /** The same on a stream, to its end. */
  public Evaluation evaluate(DataStream data) {
    return evaluate(data, EvaluateOptions.NONE);
  }

  /**
   * The same on raw rows of a table, targets included, which are prepared as those were that the
   * model was fitted to.
   *
   * @throws IllegalArgumentException where it was fitted to something else, or the rows do not fit
   */
  public Evaluation evaluate(Table rows) {
    return state.evaluate(rows, EvaluateOptions.NONE);
  }

  /** The loss and the metrics on arrays. */
  public Evaluation evaluate(Object x, Object y) {
    return evaluate(Dataset.of(x, y));
  }

  /** The same with a weight for each sample, or in batches of a size of your own. */
  public Evaluation evaluate(Object x, Object y, EvaluateOptions options) {
    return evaluate(Dataset.of(x, y), options);
  }

  /**
   * The same with a weight for each sample: its loss is multiplied by it, and it counts so in the
   * metrics that are {@linkplain Metric#sampleWeighted weighted by samples}.
   *
   * @param weights as many numbers as there are samples, 0 or more
   */
  public Evaluation evaluate(Object x, Object y, Object weights) {
    return evaluate(x, y, EvaluateOptions.ofSampleWeight(weights));
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
    return state.predict(samples, output);
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
    return Blueprint.of(state.network());
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
    return state.setting(name);
  }

  /** What it is trained to make small. */
  public List<Loss> losses() {
    return state.compiled().heads().stream().map(OutputHead::loss).toList();
  }

  /** The learning rate of the next step. */
  public double learningRate() {
    return state.compiled().update().updater().learningRate();
  }

  /**
   * Sets the learning rate of the steps to come, in place of what the optimizer was given, be it a
   * number or a schedule.
   *
   * @return this model
   * @throws IllegalArgumentException where it is not above 0, or not finite
   */
  public Model learningRate(double rate) {
    state.learningRate(rate);
    return this;
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(state.compiled().network());
  }

  /** The layers as a picture. */
  public Figure plot() {
    return state.compiled().network().picture();
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
    return state.loss(this, x, y, Optional.empty());
  }

  /**
   * The same with a weight for each sample, by which its loss is multiplied, as {@link
   * FitOptions#sampleWeight} does it.
   *
   * @param weights as many numbers as there are samples, 0 or more
   */
  public LossValue loss(Object x, Object y, Object weights) {
    return state.loss(this, x, y, Optional.of(SampleWeights.of("loss", weights)));
  }

  void backward(LossValue loss) {
    state.backward(loss);
  }

  /** Sets all gradients to zero, so that the next backward does not add to those that are there. */
  public void zeroGrad() {
    state.zeroGrad();
  }

  /**
   * The optimizer's update of all weights, and of what the loss learns, by the gradients that are
   * there. They stay until {@link #zeroGrad()}.
   *
   * @throws IllegalStateException where there are none
   */
  public void step() {
    state.step();
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
    return state.gradient(name);
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
    return state.weights(name);
  }

  /** The names of all parameters, in the order of the layers. */
  public List<String> weightNames() {
    return state.parameters().slots().stream().map(slot -> slot.parameter().name()).toList();
  }

  /**
   * Sets a parameter's numbers.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @param values in Keras's layout, which is {@code [inputs, units]} for a dense kernel and {@code
   *     [height, width, channels, filters]} for a convolution's: an {@code INDArray} or an array of
   *     any kind, in that shape, where dimensions of length 1 may be left out, or in one row
   * @return this model
   * @throws IllegalArgumentException where they are of another shape, or there is no such parameter
   */
  public Model weights(String name, Object values) {
    state.weights(name, Values.of("weights", values).finite("weights", name));
    return this;
  }

  /**
   * One training step at a time, by hand, for one batch size: what {@link #fit fit} is made of,
   * without data and display. The caller closes it, and runs it beside no other call.
   */
  public TrainingStep trainingStep(int batch) {
    return state.trainingStep(batch);
  }

  /** Frees weights and plans, after the call that runs; a second close does nothing. */
  @Override
  public void close() {
    state.close();
  }

  /** How it is compiled and trained, for what looks into it. */
  ModelState state() {
    return state;
  }

  @Override
  public Map<String, String> mimeBundle() {
    return summary().mimeBundle();
  }

  /** {@code model of 8 layers, 93,322 parameters, adam, sparseCategoricalCrossentropy}. */
  @Override
  public String toString() {
    return state.toString();
  }
}
