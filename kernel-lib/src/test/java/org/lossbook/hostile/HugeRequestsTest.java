package org.lossbook.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.testing.Child;

/** What does not fit is refused before it is taken; in a process with a heap of 256 MB. */
class HugeRequestsTest {
  private static Map<String, String> answers;

  @BeforeAll
  static void ask(@TempDir Path folder) {
    Child child = Child.run(HugeRequests.class, folder, "256m");
    assertThat(child.errors()).isEmpty();
    assertThat(child.status()).isZero();
    answers =
        child.lines().stream()
            .map(line -> line.split("\t", 2))
            .collect(Collectors.toMap(each -> each[0], each -> each[1]));
  }

  @Test
  void nothingEndsInJavasOwnWords() {
    assertThat(answers.values()).noneMatch(answer -> answer.startsWith("FAULT"));
  }

  @Test
  void whatSoundsLargeAndFitsIsDone() {
    assertThat(answers)
        .containsEntry("strides", "worked")
        .containsEntry("summary", "worked")
        .containsEntry("evaluate", "worked")
        .containsEntry("oneHot", "worked")
        .containsEntry("points", "worked")
        .containsEntry("the batch it said", "worked");
  }

  @Test
  void aLayerSaysWhatItAsksForAndWhatThereIs() {
    says(
        "dense after many",
        "dense needs a kernel[784, 2000000000], 1,568,000,000,000 numbers or 5,841 GB of memory,"
            + " but this machine has ",
        " and one array at most 2,147,483,647 numbers: make dense smaller, or what comes before"
            + " it.");
    says("dense after one", "The model needs 30 GB of memory for 4,000,000,000 weights");
    says(
        "conv2d",
        "conv2d gives (None, 28, 28, 1073741824) for one sample, 841,813,590,016 numbers or 3,136"
            + " GB");
    says("conv2d kernel", "conv2d needs a kernel[30000, 30000, 1, 9], 8,100,000,000 numbers");
    says("input", "input expects samples of", "[batch, 65536, 65536, 1], 4,294,967,296 or 16 GB");
    says("input beyond long", "more than can be counted");
    says("reshape", "reshape expects samples of", "4,294,967,296 or 16 GB each");
    says("pooling", "max_pooling2d expects images at least as large as its window of 1073741824×");
    says("dilation", "conv2d expects images at least as large as its window of 2147483649×");
    says("concatenate", "concatenate expects", "2,147,483,647 numbers", "2,147,483,648");
  }

  @Test
  void aModelNamesItsLargestLayerAndWhatThereIsRoomFor() {
    says("weights", "389 MB of memory for 51,000,001 weights, 50,500,000 of them in wide");
    says("weights", "there is room for 2", "make wide smaller", "maxBytes");
    says("several layers", "3,700,100,000 weights, 1,600,040,000 of them in dense");
    says("optimizer", "adam, which keeps 2 numbers for each, needs 286 MB", "sgd()", "-Xmx");
  }

  @Test
  void aBatchNamesTheLayerThatTakesMostAndOneThatFits() {
    says("batch", "A batch of 64 samples needs 9.8 GB", "for what wide gives", "batchSize(4)");
    says("huge batch", "1,073,741,824 samples", "batchSize(4)");
    says("fit", "A batch of 8 samples needs", "batchSize(4)");
    says("batch of one number", "2,147,483,647 samples");
    says("predict", "predict of 2,000 samples needs 763 MB", "rows(0, 1000)");
  }

  @Test
  void dataSaysHowMuchItWouldTake() {
    says("syntheticDigits", "syntheticDigits(1073741824, …) needs 785 GB", "ask for fewer digits");
    for (String maker : new String[] {"Blobs", "Moons", "Regression", "Classification"}) {
      says("make" + maker, "make" + maker + "(1073741824) of ", " GB of memory", "fewer rows");
    }
    says("features", "features expects at most 5,000");
    says("toArray", "toArray() of [10000, 10000] needs 381 MB", "rows(0, 8)");
    says("toDoubles", "toDoubles() of [5000, 5000] needs 286 MB");
  }

  @Test
  void figuresAndSearchesHaveALimit() {
    says("confusionMatrix of scores", "at most 1,000 classes but receives rows of 100,000");
    says("images", "images expects at most 1,000 pictures but receives 2,147,483,647");
    says("pixels", "pixels expects at most 1000 rows and columns");
    says("landscape", "landscape expects a resolution of 3 to 201 places");
    says("search", "random expects at most 100,000 trials");
    says("grid", "grid expects at most 100,000 combinations");
    says("descend", "descend in 2,147,483,647 steps needs 320 GB");
  }

  private static void says(String request, String... parts) {
    assertThat(answers.get(request)).contains(parts);
  }
}
