package org.lossbook.loss.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Bounds;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;

/**
 * The ends of a model that a loss cannot be trained with, and what to do about each.
 *
 * @hidden
 */
@Internal
public final class Mismatch {
  private Mismatch() {}

  public static Optional<String> of(LossSpec loss, OutputActivation end) {
    return shape(loss, end).or(() -> constant(loss, end)).or(() -> numbers(loss, end));
  }

  /** A loss by which nothing is learnt, whatever the model ends in. */
  public static Optional<String> withoutSlope(LossSpec loss) {
    return hasSlope(loss)
        ? Optional.empty()
        : Optional.of(
            loss.name()
                + " expects to depend on the prediction but "
                + (loss.formula().isSwitchedOff()
                    ? "is multiplied by 0: give times(…) another number."
                    : "its slope is 0 whatever ŷ is, so the model cannot learn from it: use ŷ"
                        + " in the formula, and not only in sign(), floor() or comparisons."));
  }

  /** Whether another prediction can make the loss smaller, as far as its formula tells. */
  private static boolean hasSlope(LossSpec loss) {
    return !loss.isFormula() || !loss.objective().gradient(loss.p()).equals(Expr.of(0));
  }

  private static Optional<String> shape(LossSpec loss, OutputActivation end) {
    return switch (loss.prediction()) {
      case DISTRIBUTION -> classes(loss, end);
      case LOGITS, SCORES -> classes(loss, end);
      case VECTOR -> direction(loss, end);
      case BOX -> width(loss, end, 4);
      case NORMAL, PAIR -> width(loss, end, 2);
      case TWO_VECTORS -> parts(loss, end, 2);
      case THREE_PLACES -> parts(loss, end, 3);
      default -> Optional.empty();
    };
  }

  private static Optional<String> numbers(LossSpec loss, OutputActivation end) {
    return switch (loss.prediction()) {
      case VALUE, VECTOR, TWO_VECTORS -> Optional.empty();
      case AMOUNT -> amount(loss, end);
      case SCORE, SCORES, PAIR, EMBEDDING, THREE_PLACES -> squeezed(loss, end);
      case LOGIT, LOGITS -> logits(loss, end);
      case PROBABILITY ->
          end.bounds().areProbabilities()
              ? Optional.empty()
              : unbounded(loss, end, "sigmoid", Bounds::areProbabilities);
      case DISTRIBUTION -> end.bounds().sumToOne() ? Optional.empty() : distribution(loss, end);
      case BOX -> box(loss, end);
      case NORMAL -> normal(loss, end);
    };
  }

  private static Optional<String> refused(LossSpec loss, String ending, String why, String advice) {
    return Optional.of(
        Messages.of(
            "%s expects %s but the model ends in %s, %s: %s.",
            called(loss), loss.prediction(), ending, why, advice));
  }

  private static String called(LossSpec loss) {
    boolean isForm = loss.prediction().isLogit() && !loss.domain().logitsOnly();
    return loss.name() + (isForm ? ".fromLogits()" : "");
  }

  private static Optional<String> classes(LossSpec loss, OutputActivation end) {
    return end.outputs() > 1
        ? Optional.empty()
        : Optional.of(
            loss.name()
                + " expects an output for each class but the model has one output: give its last"
                + " layer as many units as there are classes, or use binaryCrossentropy() with a"
                + " sigmoid for yes and no.");
  }

  /** The direction of one number is its sign, whose slope is 0. */
  private static Optional<String> direction(LossSpec loss, OutputActivation end) {
    return end.outputs() > 1
        ? Optional.empty()
        : Optional.of(
            Messages.of(
                "%s expects %s but the model has one output, of which only the sign would matter: give its last layer 2 units or more.",
                loss.name(), loss.prediction()));
  }

  private static Optional<String> width(LossSpec loss, OutputActivation end, int wanted) {
    return end.outputs() == wanted
        ? Optional.empty()
        : Optional.of(
            Messages.of(
                "%s expects %s but the model has %d %s: give its last layer %d units.",
                loss.name(),
                loss.prediction(),
                end.outputs(),
                end.outputs() == 1 ? "output" : "outputs",
                wanted));
  }

  private static Optional<String> parts(LossSpec loss, OutputActivation end, int parts) {
    return end.outputs() % parts == 0
        ? Optional.empty()
        : Optional.of(
            Messages.of(
                "%s expects %s but the model has %d %s: end it in concatenate() of %d layers of as many units.",
                loss.name(),
                loss.prediction(),
                end.outputs(),
                end.outputs() == 1 ? "output" : "outputs",
                parts));
  }

  /** Softmax shares 1 among the numbers of a row: a single one gets it all. */
  private static Optional<String> constant(LossSpec loss, OutputActivation end) {
    if (!end.bounds().isConstant()) {
      return Optional.empty();
    }
    Predicate<Bounds> moves = bounds -> !bounds.isConstant();
    String wanted =
        loss.prediction() == Prediction.AMOUNT ? "softplus" : loss.prediction().activation();
    List<Place> places = end.remedy().without(Bounds::isConstant);
    return refused(
        loss,
        described(end, places),
        "which is always " + Numbers.text(end.bounds().low()) + " for a single number",
        wanted.equals("linear") ? dropped(places) : end.remedy().take(wanted, moves));
  }

  private static Optional<String> logits(LossSpec loss, OutputActivation end) {
    if (!isSqueezed(end.bounds())) {
      return Optional.empty();
    }
    List<Place> places = end.remedy().without(Mismatch::isSqueezed);
    boolean hasOther = !loss.domain().logitsOnly() && takesProbabilities(loss.prediction(), end);
    return refused(
        loss,
        described(end, places),
        places.stream().anyMatch(Mismatch::makesProbabilities)
            ? "which has already turned them into probabilities"
            : squeezes(end),
        dropped(places) + (hasOther ? ", or .fromLogits() from the loss" : ""));
  }

  private static boolean takesProbabilities(Prediction logits, OutputActivation end) {
    return logits == Prediction.LOGITS ? end.bounds().sumToOne() : end.bounds().areProbabilities();
  }

  private static boolean makesProbabilities(Place place) {
    return place.activation().equals("sigmoid") || place.activation().equals("softmax");
  }

  private static Optional<String> squeezed(LossSpec loss, OutputActivation end) {
    List<Place> places = end.remedy().without(Mismatch::isSqueezed);
    return isSqueezed(end.bounds())
        ? refused(loss, described(end, places), squeezes(end), dropped(places))
        : Optional.empty();
  }

  /** Whether numbers cannot speak against something, being never below 0, nor much in favour. */
  private static boolean isSqueezed(Bounds bounds) {
    return bounds.areNeverNegative() && bounds.areFinite();
  }

  private static String squeezes(OutputActivation end) {
    return "which squeezes them between "
        + Numbers.text(end.bounds().low())
        + " and "
        + Numbers.text(end.bounds().high());
  }

  private static Optional<String> unbounded(
      LossSpec loss, OutputActivation end, String wanted, Predicate<Bounds> like) {
    String advice = end.remedy().take(wanted, like);
    boolean canJoin =
        loss.fusedWith(wanted).isPresent()
            && !isSqueezed(end.bounds())
            && end.remedy().without(Mismatch::isSqueezed).isEmpty()
            && !advice.startsWith("drop");
    String other = ", or " + (advice.startsWith("add") ? "" : "add ") + ".fromLogits() to the loss";
    return refused(
        loss,
        end.remedy().described(like),
        "which gives no probabilities",
        advice + (canJoin ? other : ""));
  }

  private static Optional<String> distribution(LossSpec loss, OutputActivation end) {
    Optional<Remedy.Broken> broken = end.remedy().breaksRows();
    if (!end.bounds().areProbabilities() && broken.isEmpty()) {
      return unbounded(loss, end, "softmax", Bounds::sumToOne);
    }
    String advice = end.remedy().take("softmax", Bounds::sumToOne);
    String described = end.remedy().described(Bounds::sumToOne);
    return broken.isPresent()
        ? refused(
            loss,
            broken.get().described(),
            "whose rows no longer sum to one after " + broken.get().by(),
            advice)
        : refused(
            loss,
            described,
            "whose outputs are independent of each other",
            advice + ", or use binaryCrossentropy() if several classes may be true at once");
  }

  private static Optional<String> amount(LossSpec loss, OutputActivation end) {
    return end.bounds().areNeverNegative()
        ? Optional.empty()
        : refused(
            loss,
            end.remedy().described(Bounds::areNeverNegative),
            "which may go below 0",
            end.remedy().take("softplus", Bounds::areNeverNegative) + ", or relu in its place");
  }

  /** Corners may be shares of the picture's size, from a sigmoid. */
  private static Optional<String> box(LossSpec loss, OutputActivation end) {
    return unlike(loss, end, Bounds::sumToOne, "which makes the four sum to one");
  }

  /** A logarithm is below 0 where the variance is below 1. */
  private static Optional<String> normal(LossSpec loss, OutputActivation end) {
    return unlike(
        loss, end, Bounds::areNeverNegative, "which never goes below 0 as a logarithm may");
  }

  private static Optional<String> unlike(
      LossSpec loss, OutputActivation end, Predicate<Bounds> like, String why) {
    List<Place> places = end.remedy().without(like);
    return like.test(end.bounds())
        ? refused(loss, described(end, places), why, dropped(places))
        : Optional.empty();
  }

  /** By the functions that it is about, where there are any. */
  private static String described(OutputActivation end, List<Place> places) {
    return places.isEmpty()
        ? end.remedy().described(bounds -> false)
        : places.stream().map(Place::described).collect(Collectors.joining(" beside "));
  }

  private static String dropped(List<Place> places) {
    return places.isEmpty()
        ? "add a dense layer as the last one"
        : places.stream().map(Place::drop).collect(Collectors.joining(", and "));
  }
}
