package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.io.ModelFileException;
import org.lossbook.model.Model;

/** A file is what its content says, and what is no model is named as what it is. */
class OldFormsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "adam-2.15.h5, digits.keras",
    "adam-2.15.h5, digits.hdf5",
    "adam-2.15.h5, digits",
    "adam-2.15.keras, digits.h5",
    "rmsprop-3.15.h5, digits.keras"
  })
  void itsNameSaysNothing(String file, String name) throws IOException {
    Path copy = Files.copy(Path.of(Keras2FilesTest.path(file)), folder.resolve(name));
    try (Model model = loadModel(copy);
        Model same = loadModel(Keras2FilesTest.path(file))) {
      assertThat(SavedModelTest.weights(model)).isEqualTo(SavedModelTest.weights(same));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adam-2.15.h5", "adam-2.15.keras", "branching-2.15.h5", "amsgrad-3.15.h5"})
  void whatIsLoadedFromAnOldFileIsSavedAsOneOfNow(String file) {
    try (Model model = loadModel(Keras2FilesTest.path(file))) {
      model.save(folder.resolve("now.keras"));
      try (Model now = loadModel(folder.resolve("now.keras"))) {
        assertThat(SavedModelTest.weights(now)).isEqualTo(SavedModelTest.weights(model));
        assertThat(now).hasToString(model.toString());
      }
    }
  }

  @Test
  void settingsReadAsTheyWereWritten() {
    try (Model model = loadModel(Keras2FilesTest.path("legacy_sgd-2.15.h5"))) {
      assertThat(model.learningRate()).isEqualTo(0.05 / 1.2);
    }
    try (Model model = loadModel(Keras2FilesTest.path("adam-2.15.h5"))) {
      assertThat(model.learningRate()).isEqualTo(0.01);
    }
  }

  @Test
  void anOptimizerOfAnotherMeaningIsNotTakenForOneOfNow() {
    try (Model model = loadModel(Keras2FilesTest.path("legacy_nadam-2.15.h5"))) {
      assertThat(model.toString()).endsWith(", not compiled");
    }
  }

  @Test
  void anOptimizersStateThatDoesNotFitIsLeftOutAndTrainingBeginsAfresh() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(Keras2FilesTest.path("adam-2.15.keras"))) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    String config = new String(entries.get("config.json"), StandardCharsets.UTF_8);
    entries.put("config.json", bytes(config.replace("\"amsgrad\": false", "\"amsgrad\": true")));
    Path file = Files.write(folder.resolve("amsgrad.keras"), HostileFileTest.archive(entries));
    try (Model model = loadModel(file)) {
      var data = dataset(matrix(row(1, 2, 3, 4)), matrix(row(1)));
      assertThat(model.fit(data, epochs(1).quiet()).last("loss")).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights-2.15.h5", "weights-3.15.weights.h5"})
  void weightsAloneAreNamedAndTakenAsTheMessageSays(String name) {
    String file = Keras2FilesTest.path(name);
    refused(
        Path.of(file),
        "it has the weights alone, without the layers. Build the model as it was in Python, then"
            + " call model.loadWeights(\""
            + file
            + "\")");
    try (Model model =
        sequential(input(4), dense(2).tanh(), dense(1)).seed(1).compile(sgd(), mse())) {
      var before = SavedModelTest.weights(model);
      assertThat(SavedModelTest.weights(model.loadWeights(file))).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uncompiled-2.15.h5",
        "uncompiled-2.15.keras",
        "adam-2.13.keras",
        "adam-2.14.keras"
      })
  void weightsAreTakenFromAWholeModelOfEachForm(String file) {
    try (Model model = sequential(input(4), dense(2).tanh(), dense(1)).compile(sgd(), mse());
        Model there = loadModel(Keras2FilesTest.path(file))) {
      model.loadWeights(Keras2FilesTest.path(file));
      assertThat(SavedModelTest.weights(model).values())
          .containsExactlyInAnyOrderElementsOf(SavedModelTest.weights(there).values());
    }
    try (Model other = sequential(input(4), dense(3), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(() -> other.loadWeights(Keras2FilesTest.path(file)))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("is [4, 2] where [4, 3] is expected");
    }
    try (Model other = sequential(input(4), dense(2)).compile(sgd(), mse())) {
      assertThatThrownBy(() -> other.loadWeights(Keras2FilesTest.path(file)))
          .hasMessageContaining("holds the weights of another model: it lacks");
    }
  }

  @Test
  void codeAndTensorFlowsOperationsAreRefusedByTheirNames() {
    for (String file : List.of("lambda-2.15.h5", "lambda-3.15.h5")) {
      refused(Path.of(Keras2FilesTest.path(file)), "Lambda", "never run");
    }
    refused(
        Path.of(Keras2FilesTest.path("operation-2.15.h5")),
        " is TensorFlow's operation \"math.multiply\" between two layers");
  }

  static Stream<Object[]> others() throws IOException {
    return Stream.of(
        new Object[] {"empty", new byte[0], "it is empty"},
        new Object[] {
          "lfs",
          bytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"),
          "it is a Git LFS pointer, a note of where the model is and not the model; run git lfs"
              + " pull"
        },
        new Object[] {"page", bytes("\n<!DOCTYPE html>\n<html lang=\"en\">"), "it is a web page"},
        new Object[] {"bare page", bytes("\ufeff<HTML><body>404"), "it is a web page"},
        new Object[] {
          "json", bytes("{\"class_name\": \"Sequential\"}"), "it is JSON, the layers alone"
        },
        new Object[] {
          "tfjs", bytes("{\"format\": \"layers-model\", \"modelTopology\": {}}"), "TensorFlow.js"
        },
        new Object[] {
          "pickle", new byte[] {(byte) 0x80, 4, (byte) 0x95, 1}, "it is a Python pickle"
        },
        new Object[] {"tflite", bytes("\34\0\0\0TFL3\24\0"), "it is a model of TensorFlow Lite"},
        new Object[] {
          "onnx", new byte[] {8, 8, 0x12, 7, 'p', 'y'}, "it seems to be a model of ONNX"
        },
        new Object[] {"pb", new byte[] {8, 1, 0x12, 7, 1, 2}, "TensorFlow's SavedModel format"},
        new Object[] {"npy", latin("\u0093NUMPY\1\0"), "it is an array of NumPy"},
        new Object[] {"gz", latin("\37\u008b\10\0"), "it is a packed archive"},
        new Object[] {"safe", bytes("\u0010\0\0\0\0\0\0\0{\"a\":1}"), "safetensors"},
        new Object[] {
          "noise", bytes("anything else"), "it is neither a .keras file, which is a zip archive"
        },
        new Object[] {"torch", zip("archive/data.pkl", "archive/data/0"), "it is a PyTorch file"},
        new Object[] {"npz", zip("a.npy", "b.npy"), "it holds arrays of NumPy"},
        new Object[] {"saved", zip("m/saved_model.pb"), "it holds TensorFlow's SavedModel format"},
        new Object[] {
          "packed",
          zip("__MACOSX/._m.keras", "m/m.keras"),
          "it holds m/m.keras: unpack it and load that"
        },
        new Object[] {
          "zip", zip("readme.txt"), "it has no config.json; so it is not a .keras file"
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void whatIsNoModelIsNamedAsWhatItIs(String name, byte[] content, String what) throws IOException {
    for (String ending : List.of(".keras", ".h5")) {
      refused(Files.write(folder.resolve("a" + ending), content), what);
    }
  }

  @Test
  void aFolderAndNothingAreNamedToo() throws IOException {
    refused(folder, "it is a folder, where a file is expected");
    Files.write(folder.resolve("saved_model.pb"), new byte[] {8, 1});
    refused(folder, "it is a folder in TensorFlow's SavedModel format");
    assertThatThrownBy(() -> loadModel(folder.resolve("none.h5")))
        .hasMessageStartingWith("loading expects a .keras or .h5 file but there is none at ");
    assertThatThrownBy(() -> loadModel(" "))
        .hasMessageStartingWith("loadModel expects the name of a file but receives an empty text");
  }

  private static void refused(Path file, String... parts) {
    assertThatThrownBy(() -> loadModel(file).close())
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + " cannot be loaded: ")
        .hasMessageContainingAll(parts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(String... names) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name, new byte[] {1});
    }
    return HostileFileTest.archive(entries);
  }
}
