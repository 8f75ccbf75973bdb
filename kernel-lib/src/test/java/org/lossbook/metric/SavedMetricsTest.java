package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.auc;
import static org.lossbook.Lossbook.binaryAccuracy;
import static org.lossbook.Lossbook.f1;
import static org.lossbook.Lossbook.fBeta;
import static org.lossbook.Lossbook.precision;
import static org.lossbook.Lossbook.r2;
import static org.lossbook.Lossbook.recall;
import static org.lossbook.Lossbook.specificity;
import static org.lossbook.Lossbook.truePositives;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.config.Config;
import org.lossbook.loss.Loss;
import org.lossbook.metric.confusion.ConfusionMetric;
import org.lossbook.metric.confusion.Decisions;
import org.lossbook.metric.saved.MetricRegistry;

/** Every metric of the table of contents stands in a file, and comes back from there. */
class SavedMetricsTest {
  static Stream<Metric> factories() throws ReflectiveOperationException {
    var metrics = Stream.<Metric>builder();
    for (Method factory : Lossbook.class.getMethods()) {
      boolean isMetric =
          Metric.class.isAssignableFrom(factory.getReturnType())
              && !Loss.class.isAssignableFrom(factory.getReturnType());
      if (isMetric
          && Modifier.isStatic(factory.getModifiers())
          && factory.getParameterCount() == 0) {
        metrics.add((Metric) factory.invoke(null));
      }
    }
    return metrics.build();
  }

  static Stream<Metric> refined() {
    return Stream.of(
        accuracy().named("right"),
        binaryAccuracy().threshold(0.25),
        precision().threshold(0.7),
        recall().topK(2).classId(1),
        recall().threshold(0.7).topK(2),
        precision().topK(2).threshold(0.7),
        specificity().threshold(0.7).topK(2),
        f1().topK(2).threshold(0.7).macro(),
        truePositives().threshold(0.7).topK(2),
        recall().macro().named("found"),
        specificity().weighted(),
        f1().micro(),
        f1().classId(2),
        fBeta(2).threshold(0.3).weighted(),
        auc().precisionRecall(),
        auc().macro(),
        r2().varianceWeighted().adjusted(3));
  }

  @ParameterizedTest
  @MethodSource({"factories", "refined"})
  void itSaysItselfInAFileAndIsReadFromThere(Metric metric) {
    Object saved =
        MetricRegistry.saved(metric)
            .orElseThrow(() -> new AssertionError(metric + " stands in no file"));
    Metric read = MetricRegistry.METRICS.read(saved);

    assertThat(MetricRegistry.saved(read)).contains(saved);
    assertThat(read.name()).isEqualTo(metric.name());
    if (metric instanceof ConfusionMetric<?> counted) {
      assertThat(Decisions.of((ConfusionMetric<?>) inner(read))).isEqualTo(Decisions.of(counted));
    }
    assertThat(read).isExactlyInstanceOf(metric.getClass());
  }

  private static Metric inner(Metric metric) {
    return metric instanceof NamedMetric named ? named.metric() : metric;
  }

  @Test
  void whatIsUnknownIsNamed() {
    assertThatThrownBy(() -> MetricRegistry.METRICS.read("bleu"))
        .hasMessage("Lossbook has no metric bleu");
    assertThatThrownBy(() -> MetricRegistry.METRICS.read(Config.of("keras.metrics", "MeanTensor")))
        .hasMessage("Lossbook has no metric MeanTensor");
    assertThatThrownBy(
            () ->
                MetricRegistry.METRICS.read(
                    Config.of("keras.metrics", "F1Score").without("average")))
        .hasMessageContaining("for average but the file says None");
  }
}
