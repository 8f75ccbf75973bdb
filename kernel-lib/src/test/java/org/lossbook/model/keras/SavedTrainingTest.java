package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.f1;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.quantile;
import static org.lossbook.Lossbook.scheduled;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.spatialDropout2d;
import static org.lossbook.Lossbook.specificity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;

/** How a model is compiled, in all the forms that Keras writes. */
class SavedTrainingTest {
  private static final String OWN =
      "{'module':%s,'class_name':'%s','config':%s,'registered_name':%s}";

  @TempDir Path folder;
  private final Screen before = Screen.current();
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void notices() {
    Screen.use(new Notepad(shown));
  }

  @AfterEach
  void restore() {
    Screen.use(before);
  }

  @Test
  void anUnknownMetricIsLeftOutByItsNameAndTrainingGoesOnAsWithoutIt() throws IOException {
    String metrics =
        "['mae', %s, %s, %s, 'MeanIoU', %s, ['mse']]"
            .formatted(
                own("'builtins'", "function", "'my_metric'", "'function'"),
                own("null", "Precision", "{'name':'mine'}", "'Precision'"),
                own("'my.code'", "F1", "{}", "'Mine>F1'"),
                own("'keras.metrics'", "Precision", "{'thresholds':['low','high']}", "null"));
    try (Model whole = load("adamw", "metrics", "['mae']");
        Model model = load("adamw", "metrics", metrics)) {
      assertThat(shown).hasSize(2);
      assertThat(shown.get(0))
          .startsWith("Notice: ")
          .endsWith(
              "adamw.keras is loaded without the metrics [Custom>Precision; MeanIoU; Mine>F1;"
                  + " Precision; my_metric], which Lossbook does not have or cannot measure here;"
                  + " its optimizer and its loss are unchanged.");
      assertThat(names(model)).containsExactly("mae", "mse");
      assertThat(model.toString()).endsWith(", adamw, mse");
      double[][] x = {{1, 0, 2, -1, 3}, {0, 1, 0, 1, 0}};
      double[][] y = {{1}, {2}};
      whole.fit(x, y, epochs(2).batchSize(1).seed(1).quiet());
      model.fit(x, y, epochs(2).batchSize(1).seed(1).quiet());
      assertThat(SavedModelTest.weights(model)).isEqualTo(SavedModelTest.weights(whole));
    }
  }

  @Test
  void aListOfThresholdsIsAFigureForEach() throws IOException {
    String metrics =
        "[%s]"
            .formatted(
                own(
                    "'keras.metrics'",
                    "Recall",
                    "{'name':'found','thresholds':[0.25,0.5]}",
                    "null"));
    try (Model model = load("pooled", "metrics", metrics)) {
      assertThat(names(model)).containsExactly("found_at_0.25", "found_at_0.5");
      assertThat(shown).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pooled;['accuracy','acc','Accuracy'];accuracy,acc,Accuracy",
        "pooled;['sparse_categorical_accuracy','SparseCategoricalAccuracy'];sparse_categorical_accuracy,SparseCategoricalAccuracy",
        "pooled;['sparse_top_k_categorical_accuracy','SparseTopKCategoricalAccuracy'];",
        "pooled;['auc','AUC','precision','Precision','recall','Recall'];auc,AUC,precision,Precision,recall,Recall",
        "pooled;['f1_score','F1Score','true_positives','FalseNegatives'];f1_score,F1Score,true_positives,FalseNegatives",
        "sgd;['mse','MSE','mean_squared_error','MeanSquaredError','mae','mape','msle'];mse,MSE,mean_squared_error,MeanSquaredError,mae,mape,msle",
        "sgd;['root_mean_squared_error','RootMeanSquaredError','r2_score','log_cosh_error','logcosh'];root_mean_squared_error,RootMeanSquaredError,r2_score,log_cosh_error,logcosh",
        "sgd;['bce','BCE','binary_crossentropy','kld','KLD','poisson','hinge'];bce,BCE,binary_crossentropy,kld,KLD,poisson,hinge",
        "sgd;['keras.src.losses.losses.mean_absolute_error'];mean_absolute_error",
        "sgd;[{'module':'builtins','class_name':'function','config':'mean_squared_error','registered_name':'function'}];mean_squared_error",
        "sgd;[{'module':'keras.src.losses.losses','class_name':'function','config':'mean_squared_error','registered_name':'mean_squared_error'}];mean_squared_error",
        "sgd;[{'module':'keras.metrics','class_name':'MeanSquaredError','config':{'name':'error','dtype':'float32'},'registered_name':null}];error",
        "sgd;[{'module':'keras.metrics','class_name':'MeanMetricWrapper','config':{'name':'q','dtype':'float32','fn':{'module':'builtins','class_name':'function','config':'mean_absolute_error','registered_name':'function'}},'registered_name':null}];q",
        "pooled;[{'module':'keras.metrics','class_name':'AUC','config':{'name':'auc_3','dtype':'float32','num_thresholds':200,'curve':'PR','summation_method':'interpolation','multi_label':true,'num_labels':3,'label_weights':null,'from_logits':false},'registered_name':null}];auc_3",
        "pooled;[{'module':'keras.metrics','class_name':'Recall','config':{'name':'found','thresholds':[0.25],'top_k':null,'class_id':1},'registered_name':null}];found",
        "sgd;{'out':['mae']};mae",
        "sgd;[['mae','mse']];mae,mse",
        "sgd;null;",
      })
  void metricsHaveTheNamesThatKerasGivesThem(String file, String metrics, String expected)
      throws IOException {
    try (Model model = load(file, "metrics", metrics)) {
      if (metrics.contains("_top_k_")) { // k is 5, and there are three classes
        assertThat(shown).hasSize(2);
      } else {
        assertThat(shown).isEmpty();
      }
      assertThat(names(model))
          .containsExactly(expected == null ? new String[0] : expected.split(","));
    }
  }

  @Test
  void aWeightedMetricIsMeasuredBesideTheOthersUnderTheNameThatKerasGivesIt() throws IOException {
    try (Model model = load("sgd", "weighted_metrics", "['mae', 'mse']")) {
      assertThat(shown).isEmpty();
      assertThat(names(model)).containsExactly("mae", "weighted_mae", "mse");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'mean_squared_error';mse",
        "['mse'];mse",
        "{'out':'mse'};mse",
        "'keras.src.losses.losses.mean_absolute_error';mae",
        "{'module':'builtins','class_name':'function','config':'mean_squared_error','registered_name':'function'};mse",
        "{'module':'keras.losses','class_name':'MeanSquaredError','config':{'name':'mean_squared_error','reduction':'auto','fn':'mean_squared_error'},'registered_name':null};mse",
        "'bce';binaryCrossentropy",
        "'huber_loss';huber",
      })
  void aLossIsKnownByAllNamesThatKerasHasForIt(String loss, String expected) throws IOException {
    try (Model model = load("sgd", "loss", loss)) {
      assertThat(shown).isEmpty();
      assertThat(model.losses().get(0).name()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "loss;'center_loss';Lossbook has no loss center_loss",
        "loss;{'module':'builtins','class_name':'function','config':'my_loss','registered_name':'function'};Lossbook has"
            + " no loss my_loss",
        "loss;{'module':null,'class_name':'Huber','config':{},'registered_name':'Huber'};Lossbook has"
            + " no loss Custom>Huber",
        "loss;{'class_name':'__lambda__','config':{'value':['4wEAAA',null,null]}};Lossbook has"
            + " no loss for a Python lambda",
        "loss;null;no loss is in the file",
        "loss_weights;1e999;it has loss_weights Infinity, which are not numbers",
        "optimizer;null;no optimizer is in the file",
        "optimizer;'gradient_descent';Lossbook has no optimizer gradient_descent",
        "optimizer;{'module':'keras.optimizers','class_name':'Adam','config':{'decay':0.5},'registered_name':null};Adam"
            + " expects 0 for decay",
      })
  void withoutItsLossOrItsOptimizerAModelPredictsAndSaysWhatIsMissing(
      String what, String value, String reason) throws IOException {
    double[][] x = {{1, 0, 2, -1, 3}};
    try (Model whole = load("plain_sgd", "run_eagerly", "false");
        Model model = load("plain_sgd", what, value)) {
      assertThat(shown).hasSize(2);
      assertThat(shown.get(0))
          .contains("plain_sgd.keras is loaded for prediction, but not for training: " + reason)
          .endsWith(". To train or evaluate it, call compile(…) first.");
      assertThat(model.predictValues(x).toFloats()).isEqualTo(whole.predictValues(x).toFloats());
      assertThatThrownBy(() -> model.fit(x, new double[][] {{1}}, epochs(1).quiet()))
          .hasMessageContaining("fit expects a compiled model but this one is not")
          .hasMessageContaining(reason);
    }
  }

  @Test
  void whatHasNoMeaningHereIsPassedOver() throws IOException {
    String optimizer =
        own(
            "'keras.optimizers'",
            "SGD",
            "{'learning_rate':0.1,'jit_compile':true,'is_legacy_optimizer':false,'decay':0.0,'loss_scale_factor':2.0,'gradient_accumulation_steps':1,'ema_overwrite_frequency':100,'momentum':0.0,'nesterov':false}",
            "null");
    try (Model model = load("plain_sgd", "optimizer", optimizer)) {
      assertThat(shown).isEmpty();
      assertThat(model.toString()).contains(", sgd, ");
    }
  }

  @Test
  void aModelThatWasNeverCompiledIsLoadedWithoutANotice() {
    try (Model model = loadModel(golden("uncompiled"))) {
      assertThat(shown).isEmpty();
      assertThatThrownBy(() -> model.fit(new double[1][5], new double[1][1], epochs(1).quiet()))
          .hasMessageContaining("uncompiled.keras does not say how: call compile(adam(), …)");
    }
  }

  @Test
  void whatKerasCannotReadOfAModelStandsBesideItsConfig() throws IOException {
    String file = folder.resolve("a.keras").toString();
    double[][] x = {{1, 0}, {0, 1}, {1, 1}};
    double[] y = {0, 1, 1};
    try (Model model =
        sequential(input(2), dense(1).sigmoid())
            .seed(1)
            .compile(
                adam(),
                binaryCrossentropy().times(0.25),
                accuracy(),
                accuracy().named("right"),
                specificity(),
                f1().threshold(0),
                quantile(0.9),
                mae().named("apart"),
                mae().sampleWeighted(),
                specificity().sampleWeighted())) {
      model.save(file);
      JsonObject compiled = compileConfig(file);
      assertThat(compiled.get("loss_weights").getAsDouble()).isEqualTo(0.25);
      assertThat(compiled.getAsJsonObject("loss").get("class_name").getAsString())
          .isEqualTo("BinaryCrossentropy");
      assertThat(compiled.get("weighted_metrics").toString())
          .doesNotContain("lossbook")
          .contains("\"MeanAbsoluteError\"");
      assertThat(compiled.get("metrics").toString())
          .doesNotContain("lossbook")
          .contains("\"accuracy\"", "\"BinaryAccuracy\"", "\"right\"", "\"apart\"");
      try (Model loaded = loadModel(file)) {
        assertThat(shown).isEmpty();
        assertThat(names(loaded)).isEqualTo(names(model));
        assertThat(loaded.evaluate(x, y).toString()).isEqualTo(model.evaluate(x, y).toString());
        loaded.save(file);
        assertThat(compileConfig(file)).isEqualTo(compiled);
      }
    }
  }

  @Test
  void aLayerWithoutWeightsSaysNothingOfTraining() throws IOException {
    String file = folder.resolve("a.keras").toString();
    try (Model model =
        sequential(input(4, 4, 2), spatialDropout2d(0.5), flatten(), dense(1).frozen()).build()) {
      model.save(file);
    }
    String layers = config(file).getAsJsonObject("config").get("layers").toString();
    assertThat(layers).containsOnlyOnce("\"trainable\"").contains("\"trainable\":false");
  }

  @Test
  void aFactorThatFollowsAScheduleIsNotTakenForANumber() {
    assertThat(new TrainingLoss(mse().times(0.5)).factor()).isEqualTo(0.5);
    Loss moving = mse().times(scheduled(epoch -> 1 + epoch));
    assertThat(new TrainingLoss(moving).unscaled()).isSameAs(moving);
    assertThat(new TrainingLoss(moving).factor()).isOne();
  }

  @Test
  void aFileWithoutWhatTheOptimizerRemembersSaysSo() throws IOException {
    String file = folder.resolve("a.weights.h5").toString();
    Map<String, byte[]> entries = entries("plain_sgd");
    try (Model model = loadModel(golden("plain_sgd"))) {
      model.saveWeights(file);
    }
    entries.put("model.weights.h5", Files.readAllBytes(Path.of(file)));
    Path stripped = folder.resolve("a.keras");
    Files.write(stripped, HostileFileTest.archive(entries));
    try (Model model = loadModel(stripped.toString())) {
      assertThat(shown.get(0))
          .endsWith(
              "a.keras is loaded without its optimizer's state, which is not in the file:"
                  + " training continues from the weights alone.");
      model.fit(new double[2][5], new double[2][1], epochs(1).quiet());
    }
  }

  private static JsonObject compileConfig(String file) throws IOException {
    return config(file).getAsJsonObject("compile_config");
  }

  private static JsonObject config(String file) throws IOException {
    try (ZipFile zip = new ZipFile(file);
        InputStream in = zip.getInputStream(zip.getEntry("config.json"))) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  private List<String> names(Model model) {
    return ModelState.of("test", model).compiled().heads().get(0).metrics().stream()
        .map(Metric::name)
        .toList();
  }

  private static String own(String module, String className, String config, String registered) {
    return OWN.formatted(module, className, config, registered);
  }

  /** A model of Keras's with another value in its compile_config. */
  private Model load(String name, String what, String value) throws IOException {
    Path file = folder.resolve(name + ".keras");
    Map<String, byte[]> entries = entries(name);
    JsonObject config =
        JsonParser.parseString(new String(entries.get("config.json"), StandardCharsets.UTF_8))
            .getAsJsonObject();
    config.getAsJsonObject("compile_config").add(what, JsonParser.parseString(value));
    entries.put("config.json", config.toString().getBytes(StandardCharsets.UTF_8));
    Files.write(file, HostileFileTest.archive(entries));
    return loadModel(file.toString());
  }

  private static Map<String, byte[]> entries(String name) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(golden(name))) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static String golden(String name) {
    return SavedTrainingTest.class.getResource("/golden/keras/" + name + ".keras").getPath();
  }
}
