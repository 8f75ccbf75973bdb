package org.lossbook.training;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.metric.DecisionThreshold;
import org.lossbook.metric.Metric;
import org.lossbook.network.Network;

/**
 * One output of a compiled model, with what it is trained and judged by.
 *
 * @param output where in the network
 * @param prefix of its figures' names: empty where it is the only one, else {@code price_}
 * @param outputLoss how its last function and its loss go together
 * @param weight what its loss counts in the total; its own figures are without it
 * @param metrics that judge it
 * @param settings of its loss
 * @hidden
 */
@Internal
public record OutputHead(
    Network.Output output,
    String prefix,
    OutputLoss outputLoss,
    double weight,
    List<Metric> metrics,
    LossParameters settings) {

  /** Metrics of one name get different ones, and take a yes for what the loss does. */
  public OutputHead {
    double yesAbove = outputLoss.yesAbove();
    metrics =
        MetricNames.apart(
            metrics.stream().map(metric -> DecisionThreshold.of(yesAbove, metric)).toList());
  }

  /** The numbers in one prediction. */
  public int size() {
    return Shapes.size(output.shape());
  }

  /** The numbers in a sample's target. */
  public int targets() {
    return new TrainingLoss(outputLoss.loss()).targets(size());
  }

  /** The loss that the reader asked for, to judge predictions by. */
  public BatchLoss evaluationLoss() {
    return new TrainingLoss(outputLoss.loss()).bind(size());
  }

  /** The loss that training computes. */
  BatchLoss trainingLoss() {
    return new TrainingLoss(outputLoss.trainingLoss()).bind(size());
  }

  public Loss loss() {
    return outputLoss.loss();
  }
}
