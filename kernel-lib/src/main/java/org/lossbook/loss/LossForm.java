package org.lossbook.loss;

import org.lossbook.config.Config;
import org.lossbook.config.Settings;

/**
 * What a file says of a loss beside its numbers, by Keras's names; most losses have none of it.
 *
 * @param logits {@code from_logits}
 * @param smoothing {@code label_smoothing}
 * @param base of the logarithm, which Keras has not
 * @param balanced {@code apply_class_balancing}
 * @param eachSample {@code axis=-1} of the losses of masks
 */
record LossForm(
    boolean logits, double smoothing, double base, boolean balanced, boolean eachSample) {

  static LossForm of(Loss loss) {
    if (loss instanceof CrossEntropy<?> entropy) {
      CrossEntropy.Form form = entropy.form();
      boolean balanced = loss instanceof BinaryFocalCrossentropy focal && focal.focus().balanced();
      return new LossForm(form.logits(), form.smoothing(), form.base().base(), balanced, false);
    }
    if (loss instanceof Divergence<?> divergence) {
      return new LossForm(false, 0, divergence.base().base(), false, false);
    }
    boolean logits =
        loss instanceof CategoricalGeneralizedCrossEntropy && loss.prediction().isLogit();
    boolean eachSample = loss instanceof Overlap overlap && overlap.ofEachSample();
    return new LossForm(logits, 0, Math.E, false, eachSample);
  }

  Config addTo(Config config) {
    boolean isKeras = base == Math.E;
    Config with = config;
    switch (config.className()) {
      case "BinaryCrossentropy", "CategoricalCrossentropy", "CategoricalFocalCrossentropy" ->
          with = with.with("from_logits", logits).with("label_smoothing", smoothing);
      case "BinaryFocalCrossentropy" ->
          with =
              with.with("from_logits", logits)
                  .with("label_smoothing", smoothing)
                  .with("apply_class_balancing", balanced);
      case "SparseCategoricalCrossentropy" -> with = with.with("from_logits", logits);
      case "CategoricalGeneralizedCrossEntropy" -> {
        isKeras = !logits;
        with = logits ? with.with("from_logits", true) : with;
      }
      case "Dice", "Tversky" -> with = eachSample ? with.with("axis", -1) : with.without("axis");
      default -> {}
    }
    with = base == Math.E ? with : with.with("base", base);
    return isKeras ? with : LossKind.own(with);
  }

  static LossForm read(Settings settings) {
    boolean ofMasks = settings.className().equals("Dice") || settings.className().equals("Tversky");
    boolean eachSample = ofMasks && settings.has("axis");
    settings.only("axis", -1).only("remove_diagonal", true);
    return new LossForm(
        settings.flag("from_logits", false),
        settings.number("label_smoothing", 0),
        settings.number("base", Math.E),
        settings.flag("apply_class_balancing", false),
        eachSample);
  }

  Loss applied(Loss loss, Settings settings) {
    Loss with = loss;
    if (with instanceof BinaryFocalCrossentropy focal && balanced) {
      with = focal.classBalancing();
    }
    if (with instanceof CrossEntropy<?> entropy) {
      with = entropy.with(new CrossEntropy.Form(logits, smoothing, new LogBase(base)));
    } else if (with instanceof Divergence<?> divergence) {
      with = divergence.base(base);
    } else if (logits) {
      with = with.fromLogits();
    } else if (eachSample) {
      with = with instanceof Dice dice ? dice.eachSample() : ((Tversky) with).eachSample();
    }
    LossForm now = of(with);
    if (!now.equals(this)) {
      settings.wrong("form", now.toString(), this);
    }
    return with;
  }
}
