package org.lossbook.model;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.callback.History;
import org.lossbook.config.Require;
import org.lossbook.data.ClassLabels;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Preparation;
import org.lossbook.data.Texts;
import org.lossbook.data.Values;
import org.lossbook.engine.MemoryLock;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.model.keras.ModelPath;
import org.lossbook.model.keras.SavedFile;
import org.lossbook.model.keras.SavedModel;
import org.lossbook.model.keras.SavedProgress;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkEdits;
import org.lossbook.network.NetworkLayer;
import org.lossbook.network.Summary;
import org.lossbook.network.samples.RawSamples;
import org.lossbook.network.samples.TextSamples;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.InputGradients;
import org.lossbook.training.LayerOutputs;
import org.lossbook.training.ModelCompiler;
import org.lossbook.training.PlanCache;
import org.lossbook.training.Predictor;
import org.lossbook.training.Snapshot;
import org.lossbook.training.TrainingMode;
import org.lossbook.training.TrainingPlan;
import org.lossbook.training.fit.CallbackMemory;
import org.lossbook.training.fit.EvaluateOptions;
import org.lossbook.training.fit.Evaluation;
import org.lossbook.training.fit.Feed;
import org.lossbook.training.fit.Fit;
import org.lossbook.training.fit.FitData;
import org.lossbook.training.fit.FitOptions;
import org.lossbook.training.fit.ModelEvaluator;
import org.lossbook.training.fit.Progress;
import org.lossbook.training.fit.StreamFeed;
import tech.tablesaw.api.Table;

/**
 * The state behind a {@link Model}: how it is compiled, how far it is trained, and its lock. Each
 * call of the model is implemented here, and runs while holding the lock.
 *
 * @hidden
 */
@Internal
public final class ModelState {
  private static final Cleaner CLEANER = Cleaner.create();

  private volatile CompiledModel compiled;

  /** What the next compile compiles: other layers may be trained than now. */
  private volatile Blueprint<?> blueprint;

  private Cleaner.Cleanable cleanable;
  private final ModelLock lock = new ModelLock();
  private volatile ManualTrainingLoop loop;
  private volatile History history = new History(List.of(), Optional.empty(), List.of(), false);
  private int epochs;
  private volatile boolean untouched;
  private OptionalLong seed = OptionalLong.empty();
  private List<CallbackMemory> memories = List.of();
  private Optional<Fit> running = Optional.empty();
  private Optional<String> notCompiled = Optional.empty();
  private volatile Optional<Preparation> preparation = Optional.empty();
  private volatile List<String> classNames = List.of();

  /** The state of a model with initial weights. */
  ModelState(CompiledModel compiled, Blueprint<?> blueprint, Optional<String> notCompiled) {
    this.compiled = compiled;
    this.blueprint = blueprint;
    this.notCompiled = notCompiled;
    cleanable = CLEANER.register(this, compiled.weights());
    long first = blueprint.seed().orElseGet(() -> new SplittableRandom().nextLong());
    compiled.network().initialize(parameters(), first);
    loop = new ManualTrainingLoop(compiled, first);
    untouched = blueprint.seed().isEmpty();
  }

  /** The state of a model with loaded weights. */
  ModelState(CompiledModel compiled, Optional<String> notCompiled, SavedProgress progress) {
    this.compiled = compiled;
    blueprint = Blueprint.of(compiled.network());
    this.notCompiled = notCompiled;
    epochs = progress.epochs();
    seed = progress.seed();
    memories = progress.callbacks();
    cleanable = CLEANER.register(this, compiled.weights());
    loop = new ManualTrainingLoop(compiled, new SplittableRandom().nextLong());
  }

  /** The state of a model given by the reader. */
  public static ModelState of(String who, Model model) {
    return Require.given(
            model, who, "a model", "var model = sequential(…).compile(adam(), mse()) makes one")
        .state();
  }

  public CompiledModel compiled() {
    return compiled;
  }

  History history() {
    return history;
  }

  Parameters parameters() {
    compiled.weights().open();
    return compiled.weights().parameters();
  }

  void compile(Optimizer optimizer, List<? extends Loss> losses, List<Metric> metrics) {
    locked(
        "compile",
        () -> {
          replace(
              new ModelCompiler(current(), false)
                  .compile(compiled.weights(), optimizer, losses, metrics));
          notCompiled = Optional.empty();
          memories = List.of();
        });
  }

  /** Goes on with the same weights, which may be trained in another way. */
  private void replace(CompiledModel next) {
    PlanCache.SHARED.forget(compiled.weights().number());
    if (next.weights() != compiled.weights()) {
      cleanable.clean(); // the gradients; the weights are those of the next as well
      cleanable = CLEANER.register(this, next.weights());
    }
    compiled = next;
    loop = new ManualTrainingLoop(compiled, new SplittableRandom().nextLong());
  }

  void trainable(Optional<String> layer, boolean trainable) {
    sharing(
        "trainable",
        () -> {
          blueprint = blueprint.train(layer, trainable);
          if (notCompiled.isPresent()) { // there is no compiled one that goes on
            replace(new ModelCompiler(current(), true).uncompiled(compiled.weights()));
          }
          return this;
        });
  }

  /** The network as the next compile compiles it. */
  Network current() {
    return blueprint.current();
  }

  /** The network with the weights of this model, for others to share. */
  NetworkLayer<?> shared(Model model) {
    untouched = false; // a seed of the first fit would draw weights that others have trained
    return blueprint.of(model, "", compiled.weights().parameters());
  }

  /** The part of the model that ends in a layer, with the same weights. */
  Model upTo(Model model, String layer) {
    return sharing(
        "upTo",
        () -> {
          untouched = false;
          return blueprint.of(model, "", compiled.weights().parameters()).upTo(layer).build();
        });
  }

  /** A network within the model, with the same weights. */
  Model part(Model model, String layer) {
    return sharing(
        "part",
        () -> {
          untouched = false;
          Network inner = NetworkEdits.inner(current(), "part", layer);
          return Blueprint.of(inner)
              .of(model, layer + "/", compiled.weights().parameters())
              .build();
        });
  }

  SavedFile save(String file) {
    var path = ModelPath.toWrite("save", file, ModelPath.MODEL_ENDING);
    return sharing("save", () -> SavedModel.save(compiled, notCompiled, progress(), path));
  }

  SavedFile saveWeights(String file) {
    var path = ModelPath.toWrite("saveWeights", file, ModelPath.WEIGHTS_ENDING);
    return sharing("saveWeights", () -> SavedModel.saveWeights(compiled, path));
  }

  void loadWeights(String file) {
    var path =
        ModelPath.toRead("loadWeights", file, ModelPath.WEIGHTS_ENDING, ModelPath.MODEL_ENDING);
    sharing(
        "loadWeights",
        () -> {
          SavedModel.loadWeights(compiled, path);
          weightsChanged("loadWeights(…)");
          return this;
        });
  }

  History fit(Dataset data, FitOptions options) {
    return locked("fit", () -> run(data, options));
  }

  History fit(DataStream data, FitOptions options) {
    return locked(
        "fit",
        () -> {
          requireCompiled("fit");
          Require.given(data, "fit", "a stream", "stream(batches) is one");
          Require.given(options, "fit", "options", "epochs(5) are some");
          var feed = new StreamFeed(compiled, data, options);
          return run(compiled, feed, options.heldOut(), Optional.empty(), options);
        });
  }

  private History run(Dataset given, FitOptions options) {
    requireCompiled("fit");
    DataChecks.given("fit", given);
    Require.given(options, "fit", "options", "epochs(5) are some");
    Dataset data = numbers("fit", given);
    CompiledModel sized = compiled.sizedFor("fit", data.sampleShapes());
    var feed = new FitData(sized, data, options);
    classNames = given.classNames();
    return run(sized, feed, feed.validation(), given.preparation(), options);
  }

  /** Targets as they are given, or as labels where they name the classes that were fitted to. */
  Object labels(String who, Object y) {
    if (!Texts.areTexts(y) || classNames.isEmpty()) {
      return y;
    }
    float[] labels = ClassLabels.of(who, Texts.of(who, y), classNames).numbers();
    return Values.of(labels, labels.length);
  }

  /**
   * @param sized the model for the shapes of the data
   */
  private History run(
      CompiledModel sized,
      Feed feed,
      Optional<Dataset> validation,
      Optional<Preparation> prepared,
      FitOptions options) {
    var progress = new Progress(options.isQuiet());
    var fit = new Fit(sized, feed, validation, options, progress, new Host());
    // One run of two epochs equals two runs of one, even without a given seed.
    long now =
        options.seed().orElseGet(() -> seed.orElseGet(() -> new SplittableRandom().nextLong()));
    seed = OptionalLong.of(now);
    if (untouched && options.seed().isPresent()) {
      compiled.network().initialize(parameters(), now);
    }
    preparation = prepared;
    fit.begin(memories); // before anything is trained or forgotten
    untouched = false;
    running = Optional.of(fit);
    try {
      fit.run(now, epochs);
    } finally {
      loop.forget("fit");
      history = fit.history();
      memories = fit.memories();
      running = Optional.empty();
    }
    return history;
  }

  /** The progress that a fit continues from, even during one. */
  private SavedProgress progress() {
    return new SavedProgress(epochs, seed, running.map(Fit::memories).orElse(memories));
  }

  private final class Host implements Fit.Host {
    @Override
    public void lend(Runnable action) {
      lock.lend(action);
    }

    @Override
    public void trained() {
      epochs++;
    }

    @Override
    public void save(String name) {
      if (name.endsWith(ModelPath.WEIGHTS_ENDING)) {
        saveWeights(name);
      } else {
        ModelState.this.save(name);
      }
    }
  }

  /** A dataset whose texts are numbers, where the model reads texts. */
  private Dataset numbers(String who, Dataset data) {
    return TextSamples.numbers(who, compiled.network(), data);
  }

  Evaluation evaluate(Dataset given, EvaluateOptions options) {
    return sharing(
        "evaluate",
        () -> {
          requireCompiled("evaluate");
          Dataset read = numbers("evaluate", DataChecks.given("evaluate", given));
          CompiledModel sized = compiled.sizedFor("evaluate", read.sampleShapes());
          Dataset data = sized.fitted("evaluate", read);
          var checks = new DataChecks(sized);
          checks.dataset("evaluate", data);
          checks.weights("evaluate", data, options.sampleWeight());
          Dataset weighted = options.sampleWeight().map(data::weighted).orElse(data);
          var evaluator = new ModelEvaluator(sized, "evaluate", options.batchSize());
          return new Evaluation(evaluator.evaluate(weighted), data.size());
        });
  }

  Evaluation evaluate(DataStream data, EvaluateOptions options) {
    return sharing(
        "evaluate",
        () -> {
          requireCompiled("evaluate");
          Require.given(data, "evaluate", "a stream", "stream(batches) is one");
          return new ModelEvaluator(compiled, "evaluate").figures(data, options);
        });
  }

  Evaluation evaluate(Table rows, EvaluateOptions options) {
    return evaluate(
        sharing("evaluate", () -> RawSamples.rows("evaluate", rows, preparation)), options);
  }

  Values predict(Object samples, String output) {
    return sharing(
        "predict",
        () -> {
          int head = compiled.head("predict", output);
          return Predictor.of(compiled, head, ready(samples));
        });
  }

  Values predict(Object samples, String output, TrainingMode mode) {
    TrainingMode given =
        Require.given(mode, "predict", "a mode", "training() is one, and predict(x) needs none");
    return sharing(
        "predict",
        () -> {
          int head = compiled.head("predict", output);
          return Predictor.of(compiled, head, ready(samples), given);
        });
  }

  private Object ready(Object samples) {
    return RawSamples.ready(samples, preparation, compiled.network().inputShapes());
  }

  List<Values> outputs(String who, Object x, List<String> layers) {
    return sharing(who, () -> LayerOutputs.of(who, compiled, ready(x), layers));
  }

  List<Values> inputGradients(Object x, Object y, TrainingMode mode) {
    TrainingMode given =
        Require.given(mode, "inputGradient", "a mode", "training() is one; leave it out otherwise");
    return sharing(
        "inputGradient",
        () -> {
          requireCompiled("inputGradient");
          return InputGradients.ofLoss(compiled, ready(x), y, given);
        });
  }

  List<Values> outputGradients(Object x, String output, int unit) {
    return sharing(
        "outputGradient",
        () -> {
          int head = compiled.head("outputGradient", output);
          return InputGradients.ofOutput(compiled, ready(x), head, unit, TrainingMode.off());
        });
  }

  /** The network with a copy of the current weights. */
  Network network() {
    return sharing(
        "network",
        () -> NetworkEdits.withWeights(current(), name -> compiled.weights(name).toFloats()));
  }

  double setting(String name) {
    return sharing("setting", () -> compiled.setting(name));
  }

  void learningRate(double rate) {
    sharing(
        "learningRate",
        () -> {
          compiled.learningRate("learningRate", rate);
          return this;
        });
  }

  void resetStates() {
    sharing(
        "resetStates",
        () -> {
          parameters().forgetStates(false);
          return this;
        });
  }

  LossValue loss(Model model, Object x, Object y, Optional<float[]> weights) {
    return locked(
        "loss",
        () -> {
          requireCompiled("loss");
          untouched = false;
          return loop.loss(model, x, y, weights);
        });
  }

  void backward(LossValue loss) {
    locked("backward", () -> loop.backward(loss));
  }

  void zeroGrad() {
    locked("zeroGrad", () -> loop.zeroGrad());
  }

  void step() {
    locked("step", () -> loop.step());
  }

  Values gradient(String name) {
    return sharing("gradient", () -> compiled.gradient(name));
  }

  Values weights(String name) {
    return sharing("weights", () -> compiled.weights(name));
  }

  void weights(String name, Values given) {
    sharing(
        "weights",
        () -> {
          compiled.weights(name, given);
          weightsChanged("model.weights(…)");
          return this;
        });
  }

  TrainingStep trainingStep(int batch) {
    if (batch < 1) {
      throw Messages.wrong(
          "trainingStep expects a batch of 1 sample or more but receives %d: 32 is a good first"
              + " choice.",
          batch);
    }
    return locked(
        "trainingStep",
        () -> {
          requireCompiled("trainingStep");
          untouched = false;
          if (!compiled.network().hasFixedSizes()) {
            throw Messages.wrong(
                "trainingStep expects a model of fixed sizes but this one takes %s: give input(…) its extents, or train with fit(…) or loss(x, y).",
                compiled.network().inputShapes().stream()
                    .map(Shapes::text)
                    .collect(Collectors.joining(" and ")));
          }
          return new TrainingStep(new TrainingPlan(compiled, batch), this);
        });
  }

  void close() {
    lock.take(
        "close",
        List.of(), // what others share stays until they are closed
        () -> {
          cleanable.clean();
          return this;
        });
  }

  /**
   * Runs what nothing else may disturb and what changes no weights, such as going on step by step.
   */
  public <T> T alone(String call, Function<CompiledModel, T> look) {
    return locked(call, () -> look.apply(compiled));
  }

  /** Runs an analysis that changes weights, and restores everything afterwards, even on failure. */
  public <T> T undisturbed(String call, Function<CompiledModel, T> look) {
    return locked(
        call,
        () -> {
          untouched = false;
          var before = new Snapshot(parameters());
          try {
            return look.apply(compiled);
          } finally {
            before.restore();
          }
        });
  }

  /** Records that the weights have changed. */
  private void weightsChanged(String why) {
    loop.end(why);
    untouched = false;
  }

  private void requireCompiled(String call) {
    notCompiled.ifPresent(
        reason -> {
          throw new IllegalStateException(
              Messages.of(
                  "%s expects a compiled model but this one is not, %s: call compile(adam(), …)"
                      + " with its loss first.",
                  call, reason));
        });
  }

  private void locked(String call, Runnable action) {
    locked(
        call,
        () -> {
          action.run();
          return this;
        });
  }

  private <T> T locked(String call, Supplier<T> action) {
    try {
      return lock.take(call, memory(), () -> opened(action));
    } finally {
      // Keeps the model reachable, so that its weights are not freed while a call runs.
      Reference.reachabilityFence(this);
    }
  }

  /** Runs a call that a callback may make between two steps. */
  private <T> T sharing(String call, Supplier<T> action) {
    try {
      return lock.share(call, memory(), () -> opened(action));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The locks of the weights, some of which other models may share. */
  private List<MemoryLock> memory() {
    return compiled.weights().parameters().locks();
  }

  private <T> T opened(Supplier<T> action) {
    compiled.weights().open();
    return action.get();
  }

  @Override
  public String toString() {
    boolean isCompiled = notCompiled.isEmpty();
    int layers = compiled.network().nodes().size();
    return Messages.of(
        "model of %d layer%s, %,d parameters, %s",
        layers,
        layers == 1 ? "" : "s",
        Summary.of(compiled.network()).totalParameters(),
        isCompiled ? compiled.optimizer().name() + ", " + compiled.lossName() : "not compiled");
  }
}
