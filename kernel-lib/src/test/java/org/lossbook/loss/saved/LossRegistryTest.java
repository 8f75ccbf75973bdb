package org.lossbook.loss.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.binaryFocalCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.categoricalFocalCrossentropy;
import static org.lossbook.Lossbook.categoricalGeneralizedCrossEntropy;
import static org.lossbook.Lossbook.circle;
import static org.lossbook.Lossbook.ctc;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.klDivergence;
import static org.lossbook.Lossbook.l1l2;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.loss;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.quantile;
import static org.lossbook.Lossbook.scheduled;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.tversky;
import static org.lossbook.Lossbook.uncertaintyWeighted;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.loss.LossSpecs;
import org.lossbook.loss.adversarial.AdversarialPair;

/** Every loss of the table of contents stands in a file, and comes back from there. */
class LossRegistryTest {
  static Stream<Loss> factories() throws ReflectiveOperationException {
    List<Method> factories =
        Stream.of(Lossbook.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 0)
            .toList();
    var losses = Stream.<Loss>builder();
    for (Method factory : factories) {
      if (Loss.class.isAssignableFrom(factory.getReturnType())) {
        losses.add((Loss) factory.invoke(null));
      } else if (factory.getReturnType() == AdversarialPair.class) {
        AdversarialPair pair = (AdversarialPair) factory.invoke(null);
        losses.add(pair.generator()).add(pair.discriminator());
      }
    }
    return losses.build();
  }

  static Stream<Loss> refined() {
    return Stream.of(
        huber(2.5).sum(),
        huber().delta(learned(0.5)),
        quantile(0.9).weightedMean(),
        barron().alpha(Double.NEGATIVE_INFINITY).c(2),
        barron().alpha(0),
        barron().alpha(2).c(3),
        barron().alpha(learned(1)).c(0.5),
        binaryCrossentropy().fromLogits().labelSmoothing(0.1),
        categoricalCrossentropy().labelSmoothing(0.2).bits(),
        sparseCategoricalCrossentropy().fromLogits().classWeight(Map.of(0, 1, 2, 5)).sum(),
        binaryFocalCrossentropy().classBalancing().alpha(0.3).gamma(1.5).fromLogits(),
        categoricalFocalCrossentropy().gamma(3).alpha(0.5).labelSmoothing(0.1),
        categoricalGeneralizedCrossEntropy(0.7).fromLogits(),
        klDivergence().base(10),
        dice().eachSample(),
        tversky(0.7, 0.3).eachSample(),
        circle().gamma(40).margin(0.2),
        mse().plus(l1l2(0.1, 0.01)),
        mse().times(0.7).plus(mae().times(0.3)),
        mse().times(0.7).plus(mae().times(0.3)).sum().plus(l1l2(0, 0.5)),
        mse().output(0).plus(huber(2).output(1)),
        uncertaintyWeighted(mse().output(0), mae().output(1)));
  }

  @ParameterizedTest
  @MethodSource({"factories", "refined"})
  void itSaysItselfInAFileAndIsReadFromThere(Loss loss) {
    Config config = loss.config().orElseThrow();
    Loss read = LossRegistry.LOSSES.read(config);

    assertThat(read.config()).contains(config);
    assertThat(read).hasToString(loss.toString());
    assertThat(read.settings()).hasSameSizeAs(loss.settings());
    assertThat(LossSpecs.of(read).reduction()).isEqualTo(LossSpecs.of(loss).reduction());
    assertThat(LossSpecs.of(read).classWeights()).isEqualTo(LossSpecs.of(loss).classWeights());
    assertThat(LossSpecs.of(read).penalty()).isEqualTo(LossSpecs.of(loss).penalty());
  }

  @Test
  void whatKerasHasStandsThereAsKerassAndAllElseAsOurs() {
    assertThat(huber(2).config().orElseThrow())
        .isEqualTo(
            Config.of("keras.losses", "Huber")
                .with("delta", 2.0)
                .with("reduction", "sum_over_batch_size"));
    assertThat(quantile(0.5).config().orElseThrow().isOurs()).isTrue();
    assertThat(categoricalCrossentropy().bits().config().orElseThrow().isOurs()).isTrue();
    assertThat(huber().delta(learned(1)).config().orElseThrow().isOurs()).isTrue();
    assertThat(mse().plus(l1l2(1, 1)).config().orElseThrow().isOurs()).isTrue();
  }

  @Test
  void codeIsInNoFile() {
    Loss cube = loss("cube", (y, p) -> y.minus(p).abs().pow(3));

    assertThat(cube.config()).isEmpty();
    assertThat(cube.times(2).plus(mse()).config()).isEmpty();
    assertThat(cube.sum().config()).isEmpty();
    assertThat(huber().delta(scheduled(epoch -> 1 + epoch)).config()).isEmpty();
  }

  @Test
  void kerassNamesAreKnown() {
    assertThat(LossRegistry.LOSSES.read("mse")).hasToString(mse().toString());
    assertThat(LossRegistry.LOSSES.read("mean_squared_error")).hasToString(mse().toString());
    assertThat(LossRegistry.LOSSES.read("kl_divergence")).hasToString(klDivergence().toString());
    assertThat(LossRegistry.LOSSES.read("ctc")).hasToString(ctc().toString());
    assertThatThrownBy(() -> LossRegistry.LOSSES.read("ranking"))
        .hasMessage("Lossbook has no loss ranking");
    assertThatThrownBy(
            () ->
                LossRegistry.LOSSES.read(
                    Config.of("keras.losses", "SparseCategoricalCrossentropy")
                        .with("ignore_classes", 3)))
        .hasMessageContaining("the setting ignore_classes = 3, which Lossbook does not support");
    assertThat(
            LossRegistry.LOSSES.read(
                Config.of("keras.losses", "SparseCategoricalCrossentropy").with("ignore_class", 3)))
        .hasToString(sparseCategoricalCrossentropy().ignore(3).toString());
    assertThatThrownBy(
            () ->
                LossRegistry.LOSSES.read(
                    Config.of("keras.losses", "Huber").with("reduction", "none")))
        .hasMessageContaining("for reduction but the file says \"none\"");
  }
}
