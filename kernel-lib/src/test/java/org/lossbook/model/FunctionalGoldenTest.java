package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.average;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.cropping1d;
import static org.lossbook.Lossbook.cropping2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dot;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.globalAveragePooling1d;
import static org.lossbook.Lossbook.globalAveragePooling2d;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.maximum;
import static org.lossbook.Lossbook.minimum;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.multiply;
import static org.lossbook.Lossbook.permute;
import static org.lossbook.Lossbook.repeatVector;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.softmax;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.subtract;
import static org.lossbook.Lossbook.upSampling1d;
import static org.lossbook.Lossbook.upSampling2d;
import static org.lossbook.Lossbook.zeroPadding1d;
import static org.lossbook.Lossbook.zeroPadding2d;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Node;
import org.lossbook.loss.Loss;
import org.lossbook.testing.Golden;

/** Networks that branch beside Keras: predictions, losses, and the weights after three steps. */
class FunctionalGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("functional");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictionsLossesAndWeightsAreThoseOfKeras(Golden.Case golden) {
    try (Model model =
        network(golden.text("name")).compile(sgd().learningRate(0.0625), losses(golden))) {
      JsonObject weights = golden.object("weights");
      assertThat(model.weightNames()).containsExactlyInAnyOrderElementsOf(weights.keySet());
      weights.keySet().forEach(name -> model.weights(name, values(weights.getAsJsonObject(name))));
      List<Values> x = all(golden, "x");
      List<Values> y = all(golden, "y");

      List<Values> said = all(golden, "predictions");
      for (int i = 0; i < said.size(); i++) {
        String output = ModelState.of("test", model).compiled().heads().get(i).output().name();
        close(model.predictValues(x.size() > 1 ? x : x.get(0), output), said.get(i), output);
      }

      for (int step = 0; step < 3; step++) {
        double loss = golden.json().getAsJsonArray("losses").get(step).getAsDouble();
        var once = epochs(1).batchSize(4).shuffle(false).quiet();
        var history = model.fit(x.size() > 1 ? x : x.get(0), y.size() > 1 ? y : y.get(0), once);
        assertThat(history.last("loss")).isCloseTo(loss, within(loss));
        JsonObject after = golden.json().getAsJsonArray("after").get(step).getAsJsonObject();
        for (String name : after.keySet()) {
          close(model.weightValues(name), values(after.getAsJsonObject(name)), name);
        }
      }
    }
  }

  private static Functional network(String name) {
    return switch (name) {
      case "joints" -> joints();
      case "images" -> images();
      case "shared" -> shared();
      case "frozen" -> frozen();
      case "nested" -> nested();
      case "squeeze" -> squeeze();
      case "attention" -> attention();
      default -> throw new AssertionError("no network " + name);
    };
  }

  private static Functional joints() {
    var a = input(4);
    var b = input(4);
    var p = dense(3).tanh().named("p").of(a);
    var q = dense(3).named("q").of(b);
    var all =
        concatenate()
            .of(
                add().of(p, q, p),
                subtract().of(p, q),
                multiply().of(p, q, q),
                average().of(p, q),
                maximum().of(p, q),
                minimum().of(p, q),
                dot().of(p, q),
                dot().normalized().of(p, q));
    return model(List.of(a, b), dense(2).named("out").of(all));
  }

  private static Functional images() {
    var x = input(5, 6, 2);
    var c = conv2d(3, 3).same().relu().named("c").of(x);
    var d = conv2d(3, 3).same().named("d").of(c);
    var r = activation("relu").of(add().of(c, d));
    var wide = concatenate().axis(2).of(r, c);
    var deep = concatenate().of(wide, wide);
    var flat = flatten().of(maxPooling2d(2).of(deep));
    return model(x, dense(3).softmax().named("out").of(flat));
  }

  private static Functional shared() {
    var a = input(6);
    var b = input(2, 3, 1);
    var both = dense(4).relu().named("both");
    Node p = both.of(a);
    Node q = both.of(flatten().of(b));
    var price = dense(1).named("price").of(add().of(p, q));
    var sold = dense(1).sigmoid().named("sold").of(concatenate().of(p, price));
    return model(List.of(a, b), List.of(price, sold));
  }

  private static Functional frozen() {
    var x = input(4);
    var h = dense(5).tanh().named("first").of(x);
    var still = dense(5).relu().named("still").frozen().of(h);
    var norm = batchNormalization().named("norm").frozen().of(still);
    return model(x, dense(1).named("out").of(norm));
  }

  private static Functional nested() {
    var inner =
        sequential(input(3), dense(4).relu().named("one"), dense(2).named("two")).named("inner");
    var a = input(3);
    var b = input(3);
    var product = multiply().of(inner.of(a), inner.of(b));
    return model(List.of(a, b), dense(1).sigmoid().named("out").of(product));
  }

  private static Functional squeeze() {
    var x = input(5, 4, 3);
    var c = conv2d(4, 3).relu().named("c").of(zeroPadding2d(1, 0, 2, 1).of(x));
    var mean = globalAveragePooling2d().keepdims().of(c);
    var s = dense(4).sigmoid().named("up").of(dense(2).relu().named("down").of(mean));
    var m = multiply().of(c, s);
    var smooth = upSampling2d(2, 1).interpolation("bilinear").of(m);
    var wide = concatenate().axis(2).of(smooth, upSampling2d(2, 1).of(m));
    var p = permute(2, 1, 3).of(cropping2d(1, 0, 2, 1).of(wide));
    var shares = softmax(1, 2).of(dense(3).tanh().named("pixels").of(p));
    return model(x, dense(1).named("out").of(flatten().of(shares)));
  }

  private static Functional attention() {
    var x = input(5, 3);
    var q = dense(4).named("q").of(x);
    var k = dense(4).named("k").of(x);
    var shares = softmax().of(dot().axes(2).of(q, k));
    var mixed = dot().axes(2, 1).of(shares, dense(3).tanh().named("v").of(x));
    var last = dense(3).named("last").of(flatten().of(x));
    var y = subtract().of(add().of(mixed, repeatVector(5).of(last)), last);
    var most = maximum().of(y, dense(1).named("one").of(y));
    var cosines = dot().axes(-1).normalized().of(most, most);
    var moved = upSampling1d(2).of(cropping1d(1, 2).of(zeroPadding1d(2).of(cosines)));
    return model(x, dense(1).named("out").of(globalAveragePooling1d().of(moved)));
  }

  private static List<Loss> losses(Golden.Case golden) {
    return switch (golden.text("name")) {
      case "images" -> List.of(sparseCategoricalCrossentropy());
      case "shared" -> List.of(mse(), binaryCrossentropy().times(0.3));
      case "nested" -> List.of(binaryCrossentropy());
      default -> List.of(mse());
    };
  }

  private static List<Values> all(Golden.Case golden, String field) {
    List<Values> all = new ArrayList<>();
    for (JsonElement element : golden.json().getAsJsonArray(field)) {
      all.add(values(element.getAsJsonObject()));
    }
    return all;
  }

  private static Values values(JsonObject tensor) {
    Golden.Values values = Golden.Values.of(tensor);
    return Values.of(values.floats(), values.shape());
  }

  private static void close(Values actual, Values expected, String what) {
    assertThat(actual.size()).as(what).isEqualTo(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .as("%s, number %d", what, i)
          .isCloseTo(expected.get(i), within(expected.get(i)));
    }
  }

  private static Offset<Double> within(double expected) {
    return Offset.offset(1e-5 + 1e-5 * Math.abs(expected));
  }
}
