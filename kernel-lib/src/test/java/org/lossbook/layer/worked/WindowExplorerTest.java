package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.conv2d;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
import org.lossbook.layer.convolution.Conv2d;
import org.lossbook.testing.JavaScriptCalls;

class WindowExplorerTest {
  /** The script's sums are those of the worked steps, for each filter. */
  @Test
  void theSumsAreThoseOfJava() {
    var random = new Random(3);
    Values image = Values.of(random.doubles(42).toArray(), 6, 7);
    for (Conv2d layer :
        List.of(
            conv2d(1, 2),
            conv2d(2, 3).same(),
            conv2d(3, 2).strides(2),
            conv2d(1, 2).dilation(2),
            conv2d(2, 2).tanh(),
            conv2d(2, 2).relu(),
            conv2d(2, 3).same().strides(2))) {
      var calls = new JavaScriptCalls();
      WindowExplorer explorer = layer.explore(image);
      double[] expected = layer.explain(image).result().toDoubles();
      int filters = layer.outputShape(6, 7, 1)[2];
      for (int f = 0; f < filters; f++) {
        calls.call(
            "() => { const it = "
                + explorer.data()
                + "; return it.sums(it.numbers, it.taps, it.kernel, it.filters, "
                + f
                + ", it.bias["
                + f
                + "]).map((v) => it.activate(1, v)[0]); }");
      }
      List<double[]> answers = calls.answers();
      for (int f = 0; f < filters; f++) {
        double[] sums = answers.get(f);
        assertThat(sums.length * filters).isEqualTo(expected.length);
        for (int place = 0; place < sums.length; place++) {
          assertThat(sums[place])
              .as("%s, filter %d, place %d", layer, f, place)
              .isCloseTo(expected[place * filters + f], within(1e-9));
        }
      }
    }
  }

  @Test
  void itIsOnePageWithAStillPicture() {
    double[][] nine = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}};
    double[][] four = {{0, 1}, {2, 3}};
    var explorer = conv2d(1, 2).explore(nine, four);
    assertThat(explorer.mimeBundle().get("text/html")).contains("<img", "Trust Notebook");
    assertThat(explorer.toString()).contains("0·0 + 1·1 + 3·2 + 4·3");
  }

  @Test
  void anActivationOfRowsIsRefused() {
    assertThatThrownBy(() -> conv2d(2, 2).softmax().explore(Values.of(new double[9], 3, 3)))
        .hasMessage(
            "conv2d.explore expects an activation of each number alone but receives softmax: explore the layer without it.");
  }

  @Test
  void anImageOfSeveralChannelsIsRefused() {
    assertThatThrownBy(() -> conv2d(1, 2).explore(Values.of(new double[27], 3, 3, 3)))
        .hasMessage(
            "conv2d.explore expects an image of one channel but receives one of 3: explore one of them, such as the grey image.");
  }
}
