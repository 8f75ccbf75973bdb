package org.lossbook.optimizer;

import org.lossbook.Internal;
import org.lossbook.config.Registry;

/**
 * The optimizers that a file may name. A new one is one line here.
 *
 * @hidden
 */
@Internal
public final class OptimizerRegistry {
  /** By Keras's classes. */
  public static final Registry<Optimizer> OPTIMIZERS =
      Registry.<Optimizer>of("optimizer", BaseOptimizer.MODULE)
          .add("SGD", Sgd::from)
          .add("Adagrad", Adagrad::from)
          .add("Adadelta", Adadelta::from)
          .add("RMSprop", RmsProp::from)
          .add("Adam", Adam::from)
          .add("AdamW", AdamW::from)
          .add("Nadam", Nadam::from)
          .add("Adamax", Adamax::from)
          .add("Lion", Lion::from)
          .add("Ftrl", Ftrl::from)
          .add("Lamb", Lamb::from)
          .add("Adafactor", Adafactor::from)
          .add("Muon", Muon::from);

  private OptimizerRegistry() {}
}
