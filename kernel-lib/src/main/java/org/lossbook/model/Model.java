package org.lossbook.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.callback.CallbackException;
import org.lossbook.callback.History;
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
import org.lossbook.network.NetworkLayer;
import org.lossbook.network.SharedLayer;
import org.lossbook.network.Summary;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.TrainingMode;
import org.lossbook.training.fit.EvaluateOptions;
import org.lossbook.training.fit.Evaluation;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.SampleWeights;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.Table;

/**
 * A model: a network with weights, usually compiled with an optimizer, a loss and metrics. It is
 * the one object with state: {@link #fit fit} updates its weights and the optimizer's state, and
 * the next fit continues from there.
 *
 * <p>One call runs at a time: a second one waits and shows which call it waits for. The weights
 * live in native memory; {@link #close()} frees it at once, otherwise it is freed when the model is
 * garbage collected; what other models share stays until the last of them is closed.
 *
 * <p>A model is a layer, too. The networks that it is a layer of have the same weights, as in
 * Keras: training one of them changes all, and each has an optimizer of its own.
 *
 * <pre>{@code
 * var gan = sequential(generator, discriminator.trainable(false))
 *     .compile(adam(), binaryCrossentropy());
 * }</pre>
 */
public final class Model extends SharedLayer implements AutoCloseable, Renderable {
  private final ModelState state;

  /**
   * A model with initial weights.
   *
   * @param blueprint what it was made of
   * @param notCompiled why it cannot be trained yet, if so
   */
  Model(CompiledModel compiled, Blueprint<?> blueprint, String notCompiled) {
    state =
        new ModelState(compiled, blueprint, Optional.of(notCompiled).filter(why -> !why.isEmpty()));
  }

  /** A loaded model. */
  private Model(SavedModel.Loaded loaded) {
    state = new ModelState(loaded.compiled(), loaded.notCompiled(), loaded.progress());
  }

  /**
   * Loads a model from a file written by {@link #save} or by Keras: a {@code .keras} file of Keras
   * 3 or of Keras 2.12 to 2.15, or a whole model in HDF5, {@code .h5}, of Keras 2 or 3. The format
   * is detected from the content, not the name. The model predicts the same; if the file says how
   * it was compiled, training continues from there with the optimizer's state; otherwise call
   * {@link #compile} first.
   *
   * <pre>{@code
   * loadModel("model.h5").predict(x)
   * }</pre>
   *
   * <p>A notice tells what could not be loaded: a metric that Lossbook does not have, the
   * optimizer's state, or, if Lossbook does not have the loss or the optimizer, how to train it.
   * Mixed precision is computed in 32 bits.
   *
   * <p>Files are treated as untrusted: no code in them is run, and what Lossbook does not support
   * is rejected by name. For a file with weights alone, build the model and call {@link
   * #loadWeights}.
   *
   * @throws org.lossbook.io.ModelFileException if the file is missing, damaged, not a model, or
   *     contains something that Lossbook does not support; the message names it
   */
  public static Model loadModel(String file) {
    return new Model(SavedModel.load(ModelPath.toRead("loadModel", file), Blueprint::of));
  }

  /** The same with a {@code Path}. */
  public static Model loadModel(Path file) {
    return loadModel(FilePath.text("loadModel", file));
  }

  /**
   * Compiles the model again: its weights stay, the optimizer starts afresh.
   *
   * @return this model
   * @throws IllegalArgumentException if the loss does not match the model's output
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, Collections.singletonList(loss), metrics);
  }

  /** The same for a model with several outputs: one loss per output, in order. */
  public Model compile(Optimizer optimizer, List<? extends Loss> losses, Metric... metrics) {
    state.compile(optimizer, losses, Require.list(metrics));
    return this;
  }

  /**
   * Saves the model to a file that {@link #loadModel} and Keras in Python can read: layers,
   * weights, how it is compiled and the optimizer's state. An existing file is replaced atomically:
   * completely, or, if anything fails, not at all.
   *
   * <p>Training that continues from a file saved after an epoch is bit for bit the same as training
   * that was never interrupted: the file holds the number of epochs, the seed, the optimizer's
   * state and that of the callbacks. This requires the same processor instructions and number of
   * threads: another number of threads, or AVX2 instead of AVX-512, adds in another order and gives
   * different bits. After {@code earlyStopping().restoreBestWeights()} or {@code useEma()} a fit
   * ends with the best or the averaged weights, and the next one continues from these; a checkpoint
   * during the run has the weights of that moment.
   *
   * <p>A file cannot hold code: a model with a custom loss, or one whose settings follow a
   * schedule, must be compiled again after loading, and the result of this call says so. A loss
   * that Keras does not have is written as one of Lossbook; Keras reports it as unknown, and loads
   * the model with {@code compile=False}. A metric that Keras does not have is stored for Lossbook
   * alone.
   *
   * @param file a name that ends in {@code .keras}
   * @return the file, and what was left out
   * @throws org.lossbook.io.ModelFileException if it cannot be written, or if the model has a layer
   *     that a file cannot hold
   */
  public SavedFile save(String file) {
    return state.save(file);
  }

  /** The same with a {@code Path}. */
  public SavedFile save(Path file) {
    return save(FilePath.text("save", file));
  }

  /**
   * Saves the weights alone, like Keras's {@code save_weights}, without the optimizer's state.
   *
   * @param file a name that ends in {@code .weights.h5}
   * @return the file, and what was left out
   * @throws org.lossbook.io.ModelFileException if it cannot be written
   */
  public SavedFile saveWeights(String file) {
    return state.saveWeights(file);
  }

  /** The same with a {@code Path}. */
  public SavedFile saveWeights(Path file) {
    return saveWeights(FilePath.text("saveWeights", file));
  }

  /**
   * Loads the weights of a model with the same layers; the optimizer's state stays.
   *
   * @param file a {@code .weights.h5} of {@link #saveWeights} or Keras, an {@code .h5} of Keras 2's
   *     {@code save_weights}, or a whole model that {@link #loadModel} reads
   * @return this model
   * @throws org.lossbook.io.ModelFileException if the file is damaged or holds another model's
   *     weights; the message names what is missing and what is unexpected, and the weights are
   *     unchanged
   */
  public Model loadWeights(String file) {
    state.loadWeights(file);
    return this;
  }

  /** The same with a {@code Path}. */
  public Model loadWeights(Path file) {
    return loadWeights(FilePath.text("loadWeights", file));
  }

  /**
   * Trains on a dataset.
   *
   * <p>Each epoch goes through all samples once, in batches. {@code loss} and the metrics are
   * running means over the epoch, while the model is still changing; {@code val_} figures are
   * measured at the end of the epoch. A second fit continues from the first. A loss that becomes
   * NaN or infinite ends the run; the history says what went first.
   *
   * @param options {@code epochs(5).batchSize(32).validation(digits.test()).seed(1)}
   * @return what was measured, also available as {@link #history()}
   * @throws IllegalArgumentException if the data does not fit the model, before the first step
   * @throws InterruptedTraining if the thread was interrupted; it stops within a batch, and the
   *     weights are kept
   * @throws CallbackException if a callback threw; the message says which, and the weights are kept
   */
  public History fit(Dataset data, FitOptions options) {
    return state.fit(data, options);
  }

  /**
   * Trains on arrays: each row of {@code x} is a sample, its target the same row of {@code y},
   * which may name classes, {@code List.of("good", "bad")}: they are labels in alphabetical order.
   */
  public History fit(Object x, Object y, FitOptions options) {
    return fit(Dataset.of(x, y), options);
  }

  /**
   * Trains on a stream of batches of unknown number: an epoch ends when the stream does, or after
   * {@code stepsPerEpoch}. Each batch is checked when it arrives; the display shows how many came
   * so far, and the length of an epoch once one has ended.
   *
   * @param data a {@link DataStream}: {@code stream(batches)}, {@code generator(() -> batch(x, y))}
   * @throws IllegalArgumentException if the stream is endless or single-pass and the options do not
   *     say where an epoch ends; if a batch does not fit the model
   */
  public History fit(Object data, FitOptions options) {
    return data instanceof Dataset dataset
        ? fit(dataset, options)
        : state.fit(DataChecks.stream("fit", data), options);
  }

  /** The history of the last fit, up to where it ended or was interrupted. */
  public History history() {
    return state.history();
  }

  /** Evaluates the model: its loss and metrics on a dataset. */
  public Evaluation evaluate(Dataset data) {
    return state.evaluate(data, EvaluateOptions.NONE);
  }

  /**
   * The same with sample weights, or with another batch size.
   *
   * <pre>{@code model.evaluate(data, batchSize(64).sampleWeight(weights))}</pre>
   *
   * @param data a dataset, raw rows of a table, or a stream
   * @throws IllegalArgumentException if there is not exactly one weight per sample
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

  /** The same on a finite stream. */
  public Evaluation evaluate(DataStream data) {
    return evaluate(data, EvaluateOptions.NONE);
  }

  /**
   * The same on raw rows of a table, targets included, which are preprocessed like the training
   * data.
   *
   * @throws IllegalArgumentException if the model was not fitted to a table, or the rows do not fit
   */
  public Evaluation evaluate(Table rows) {
    return state.evaluate(rows, EvaluateOptions.NONE);
  }

  /** Evaluates the model: its loss and metrics on arrays. */
  public Evaluation evaluate(Object x, Object y) {
    return evaluate(Dataset.of(x, state.labels("evaluate", y)));
  }

  /** The same with sample weights, or with another batch size. */
  public Evaluation evaluate(Object x, Object y, EvaluateOptions options) {
    return evaluate(Dataset.of(x, state.labels("evaluate", y)), options);
  }

  /**
   * The same with sample weights: each sample's loss is multiplied by its weight, as are its
   * contributions to the metrics that are {@linkplain Metric#sampleWeighted weighted by samples}.
   *
   * @param weights one number per sample, or one for each position of its target, 0 or more
   */
  public Evaluation evaluate(Object x, Object y, Object weights) {
    return evaluate(x, y, EvaluateOptions.ofSampleWeight(weights));
  }

  /**
   * The model's predictions for samples.
   *
   * @param samples a dataset, a view of its samples, or an array of any kind with a sample per row;
   *     a single sample may lack the batch dimension. After fitting to a table also a table of raw
   *     rows, which are preprocessed like the training data. A picture or a list of them is resized
   *     to the input
   * @return {@code [n, …]}, one prediction per row
   */
  public INDArray predict(Object samples) {
    return predictValues(samples).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object samples) {
    return predictValues(samples, "");
  }

  /**
   * The predictions of one output of a model that has several.
   *
   * @param samples a list of arrays for several inputs, {@code List.of(images, facts)}
   * @param output its name, which is that of its layer
   */
  public INDArray predict(Object samples, String output) {
    return predictValues(samples, output).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object samples, String output) {
    return state.predict(samples, output);
  }

  /**
   * The predictions of the forward pass of training, with dropout and noise; nothing changes, not
   * even the moving statistics of a batch normalization.
   *
   * <pre>{@code
   * model.predict(x, training())     // again and again: how sure it is, by Monte-Carlo dropout
   * }</pre>
   */
  public INDArray predict(Object samples, TrainingMode mode) {
    return predictValues(samples, mode).toINDArray();
  }

  /** The same for one output of a model that has several. */
  public INDArray predict(Object samples, String output, TrainingMode mode) {
    return predictValues(samples, output, mode).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values predictValues(Object samples, TrainingMode mode) {
    return predictValues(samples, "", mode);
  }

  /** The same for one output of a model that has several. */
  public Values predictValues(Object samples, String output, TrainingMode mode) {
    return state.predict(samples, output, mode);
  }

  /**
   * What a layer within the model gives for samples, as when it predicts.
   *
   * <pre>{@code
   * model.output(x, "conv2d_1")             // [n, height, width, filters]
   * model.output(x, "functional/dense")     // of a layer within a network within the model
   * }</pre>
   *
   * @param layer its name, as {@link #summary()} shows it; of one that is used several times it is
   *     the first use
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public INDArray output(Object samples, String layer) {
    return outputValues(samples, layer).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values outputValues(Object samples, String layer) {
    return state.outputs("output", samples, Collections.singletonList(layer)).get(0);
  }

  /** What several layers give in one pass, by their names in this order. */
  public Map<String, INDArray> outputs(Object samples, String... layers) {
    List<String> names =
        Require.all(
            Require.list(layers), String.class, "outputs", "names of layers", "summary() has them");
    if (names.isEmpty()) {
      throw Messages.wrong(
          "outputs expects the names of layers but receives none: predict(x) gives the last output.");
    }
    List<Values> values = state.outputs("outputs", samples, names);
    Map<String, INDArray> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), values.get(i).toINDArray());
    }
    return byName;
  }

  /**
   * The gradient of the loss with respect to the samples, dL/dx: where a small change would change
   * the loss most. The loss is that of the batch, without regularization penalties, in prediction:
   * no dropout, and batch normalization by its moving statistics.
   *
   * <pre>{@code
   * var g = model.inputGradient(x, y);          // as a picture: saliency
   * var fooled = x.add(sign(g).mul(0.1));       // FGSM, with Transforms.sign of ND4J
   * }</pre>
   *
   * @param x the samples, one per row
   * @param y their targets
   * @return in the shape of x
   * @throws IllegalArgumentException if they do not fit the model or the loss, or if the model has
   *     several inputs: {@link #inputGradients} is for these
   */
  public INDArray inputGradient(Object x, Object y) {
    return inputGradient(x, y, TrainingMode.off());
  }

  /** The same in training: with dropout, and with the statistics of the batch. */
  public INDArray inputGradient(Object x, Object y, TrainingMode mode) {
    return single("inputGradient", state.inputGradients(x, y, mode)).toINDArray();
  }

  /** The gradients of the loss with respect to each input of a model that has several. */
  public List<INDArray> inputGradients(Object x, Object y) {
    return inputGradients(x, y, TrainingMode.off());
  }

  /** The same in training: with dropout, and with the statistics of the batch. */
  public List<INDArray> inputGradients(Object x, Object y, TrainingMode mode) {
    return state.inputGradients(x, y, mode).stream().map(Values::toINDArray).toList();
  }

  /**
   * The gradient of one number of the output with respect to the samples, each by its own sample:
   * what speaks for a class, {@code model.outputGradient(image, 3)}.
   *
   * @param unit which number of the output, counted from 0
   * @return in the shape of x
   */
  public INDArray outputGradient(Object x, int unit) {
    return outputGradient(x, "", unit);
  }

  /** The same for one output of a model that has several. */
  public INDArray outputGradient(Object x, String output, int unit) {
    return single("outputGradient", state.outputGradients(x, output, unit)).toINDArray();
  }

  private static Values single(String who, List<Values> gradients) {
    if (gradients.size() > 1) {
      throw Messages.wrong(
          "%s expects a model of one input but this one has %d: inputGradients(x, y) gives a list.",
          who, gradients.size());
    }
    return gradients.get(0);
  }

  /**
   * The network with a copy of the current weights: to use as a layer of another network, to
   * freeze, to cut or to compile again. Later training of this model does not affect it; a model
   * that is itself a layer shares its weights instead.
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
   * Sets whether training changes the weights, in all its layers, as in Keras: it takes effect with
   * the next {@link #compile}, of this model and of every model that this one is a layer of. Until
   * then both train as they were compiled; {@link #summary()} already counts as the next compile
   * will.
   *
   * <pre>{@code
   * var gan = sequential(generator, discriminator.trainable(false)).compile(adam(), binaryCrossentropy())
   * }</pre>
   *
   * @return this model
   */
  @Override
  public Model trainable(boolean trainable) {
    state.trainable(Optional.empty(), trainable);
    return this;
  }

  /**
   * The same for one layer.
   *
   * <pre>{@code
   * model.trainable(false).trainable("dense_1", true).compile(adam(), mse())
   * }</pre>
   *
   * @param layer its name; of a layer within another network {@code sequential/dense_1}
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  @Override
  public Model trainable(String layer, boolean trainable) {
    state.trainable(
        Optional.of(
            Require.given(layer, "trainable", "the name of a layer", "summary() shows all")),
        trainable);
    return this;
  }

  /**
   * The part of this model that ends in the named layer, as a model with the same weights: what one
   * learns, the other knows. {@code network().upTo(…)} has a copy of them.
   *
   * <pre>{@code
   * var encoder = autoencoder.upTo("code");
   * }</pre>
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public Model upTo(String layer) {
    return state.upTo(this, layer);
  }

  /**
   * A network within this model, as a model with the same weights, as Keras's {@code get_layer}
   * gives it.
   *
   * <pre>{@code
   * var generator = loadModel("gan.keras").part("generator");
   * }</pre>
   *
   * @param layer its name; of a network within another network {@code outer/inner}
   * @throws IllegalArgumentException if there is none; the message lists the layers
   */
  public Model part(String layer) {
    return state.part(this, layer);
  }

  /**
   * The network as it is now, with the model's weights.
   *
   * @hidden
   */
  @Internal
  @Override
  protected NetworkLayer<?> current() {
    return state.shared(this);
  }

  /**
   * The current value of a setting of the loss; scheduled and learned ones change during training.
   *
   * @param name the name of its method, {@code delta}; with an index if several losses have one,
   *     {@code delta_1}; with the output's name first if there are several outputs, {@code
   *     price_delta}
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public double setting(String name) {
    return state.setting(name);
  }

  /** The losses that training minimizes, one per output. */
  public List<Loss> losses() {
    return state.compiled().heads().stream().map(OutputHead::loss).toList();
  }

  /** The learning rate of the next step. */
  public double learningRate() {
    return state.compiled().update().updater().learningRate();
  }

  /**
   * Sets the learning rate from the next step on, replacing the optimizer's number or schedule.
   *
   * @return this model
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public Model learningRate(double rate) {
    state.learningRate(rate);
    return this;
  }

  /**
   * Sets the states of {@code stateful()} recurrent layers to zero, as at the start of other
   * sequences; the next batch may have another size.
   *
   * @return this model
   */
  public Model resetStates() {
    state.resetStates();
    return this;
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(state.current());
  }

  /** The layers as a picture. */
  public Figure plot() {
    return state.compiled().network().picture();
  }

  /**
   * The loss of one batch, as {@link #fit fit} computes it: a forward pass in training mode, with
   * dropout and regularization penalties. {@link LossValue#backward()} comes next, then {@link
   * #step()}.
   *
   * @param x the samples, one per row: a dataset's view, {@code batch.x()}, or an array of any kind
   * @param y their targets
   * @throws IllegalArgumentException if they do not fit the model or the loss
   */
  public LossValue loss(Object x, Object y) {
    return state.loss(this, x, y, Optional.empty());
  }

  /**
   * The same with sample weights, by which each sample's loss is multiplied, as with {@link
   * FitOptions#sampleWeight}.
   *
   * @param weights one number per sample, or one for each position of its target, 0 or more
   */
  public LossValue loss(Object x, Object y, Object weights) {
    return state.loss(this, x, y, Optional.of(SampleWeights.of("loss", weights)));
  }

  void backward(LossValue loss) {
    state.backward(loss);
  }

  /** Sets all gradients to zero, so that the next backward pass does not add to earlier ones. */
  public void zeroGrad() {
    state.zeroGrad();
  }

  /**
   * One optimizer step: updates all weights, and the learned settings of the loss, with the current
   * gradients, which stay until {@link #zeroGrad()}.
   *
   * @throws IllegalStateException if there are none
   */
  public void step() {
    state.step();
  }

  /**
   * The gradient of the loss with respect to a parameter, as {@link LossValue#backward()} left it;
   * zero before that, and after {@link #zeroGrad()} and {@link #fit fit}.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public INDArray gradient(String name) {
    return gradientValues(name).toINDArray();
  }

  /** The same as plain numbers, without ND4J. */
  public Values gradientValues(String name) {
    return state.gradient(name);
  }

  /**
   * The weights of a parameter, as a copy.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @throws IllegalArgumentException if there is none; the message lists them
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
   * Sets the weights of a parameter.
   *
   * @param name its full name, e.g. {@code dense_1/kernel}
   * @param values in Keras's layout, which is {@code [inputs, units]} for a dense kernel and {@code
   *     [height, width, channels, filters]} for a convolution's: an {@code INDArray} or an array of
   *     any kind, in that shape, with or without dimensions of length 1, or flat
   * @return this model
   * @throws IllegalArgumentException if the shape differs, or there is no such parameter
   */
  public Model weights(String name, Object values) {
    state.weights(name, Values.of("weights", values).finite("weights", name));
    return this;
  }

  /**
   * A single training step for one batch size, to run in a loop of your own: {@link #fit fit}
   * without data handling and display. The caller closes it, and runs no other call meanwhile.
   */
  public TrainingStep trainingStep(int batch) {
    return state.trainingStep(batch);
  }

  /** Frees weights and plans once the running call has ended; closing twice is harmless. */
  @Override
  public void close() {
    state.close();
  }

  /** Its state: how it is compiled and how far it is trained. */
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
