package org.lossbook.loss;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.Lossbook;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/** Every loss that {@link Lossbook} has a factory for, found there, and numbers to try it with. */
public final class EveryLoss {
  private static final BinaryOperator<Expr> OWN = (y, p) -> y.minus(p).square().log1p();

  private EveryLoss() {}

  /** Each loss as its factory makes it. */
  public static List<Loss> plain() {
    return Arrays.stream(Lossbook.class.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()))
        .sorted(Comparator.comparing(Method::toGenericString))
        .flatMap(EveryLoss::made)
        .toList();
  }

  /** The loss of that name with its defaults, where its factory has any. */
  static Loss named(String name) {
    return plain().stream().filter(loss -> loss.name().equals(name)).findFirst().orElseThrow();
  }

  /** Each loss, and what its own calls make of it: from logits, in bits, with other settings. */
  public static List<Loss> inEveryForm() {
    List<Loss> forms = new ArrayList<>();
    for (Loss loss : plain()) {
      forms.add(loss);
      forms.add(loss.sum());
      for (Loss form : with(loss, "fromLogits")) {
        forms.add(form);
        forms.addAll(with(form, "labelSmoothing", 0.1));
      }
      forms.addAll(with(loss, "bits"));
      forms.addAll(with(loss, "labelSmoothing", 0.1));
      for (Setting s : loss.settings()) {
        forms.addAll(with(loss, s.name(), other(s)));
      }
    }
    return forms;
  }

  private static double other(Setting s) {
    return s.high() < Double.POSITIVE_INFINITY ? (s.value() + s.high()) / 2 : s.value() + 0.7;
  }

  private static Stream<Loss> made(Method factory) {
    Class<?> type = factory.getReturnType();
    if (!Loss.class.isAssignableFrom(type) && !isPair(type)) {
      return Stream.empty();
    }
    Object[] arguments =
        Arrays.stream(factory.getParameterTypes()).map(EveryLoss::argument).toArray();
    Object made = call(factory, null, arguments);
    return isPair(type)
        ? Arrays.stream(type.getRecordComponents()).map(c -> (Loss) call(c.getAccessor(), made))
        : Stream.of((Loss) made);
  }

  private static Object argument(Class<?> type) {
    if (type == double.class || type == String.class) {
      return type == String.class ? "own" : 0.7;
    }
    Loss[] others = {Lossbook.mse().times(0.5)};
    return type == Loss.class ? Lossbook.huber() : type == Loss[].class ? others : OWN;
  }

  /** Such as the two losses of an adversarial game. */
  private static boolean isPair(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .allMatch(c -> Loss.class.isAssignableFrom(c.getType()));
  }

  /** What a method of that name makes of a loss, if it has one. */
  static List<Loss> with(Loss loss, String name, Object... arguments) {
    return Arrays.stream(loss.getClass().getMethods())
        .filter(m -> m.getName().equals(name) && !m.isBridge())
        .filter(m -> m.getParameterCount() == arguments.length)
        .filter(m -> arguments.length == 0 || m.getParameterTypes()[0] == double.class)
        .map(m -> (Loss) call(m, loss, arguments))
        .toList();
  }

  private static Object call(Method method, Object on, Object... arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(method + " fails", e);
    }
  }

  /** A batch that a loss accepts. */
  record Example(double[] y, double[] p, int rows, int columns) {
    static Example of(Loss loss, int rows, long seed) {
      Random random = new Random(seed);
      int columns =
          switch (loss.spec().prediction()) {
            case BOX -> 4;
            case NORMAL, PAIR -> 2;
            case TWO_VECTORS -> 4;
            case THREE_PLACES -> 6;
            default -> 3;
          };
      int targets = loss.spec().targets(columns);
      double[] y = numbers(rows * targets, i -> target(loss.spec().target(), i, random));
      double[] p = numbers(rows * columns, i -> prediction(loss.spec().prediction(), i, random));
      sumToOne(y, targets, loss.spec().target() == Target.DISTRIBUTION);
      sumToOne(p, columns, loss.spec().prediction() == Prediction.DISTRIBUTION);
      return new Example(y, p, rows, columns);
    }

    /** The shape of one prediction: all rows are steps of one where the loss sees them together. */
    int[] sample(Loss loss) {
      return isSequence(loss) ? new int[] {rows, columns} : new int[] {columns};
    }

    static boolean isSequence(Loss loss) {
      return loss.spec().target() == Target.SEQUENCE;
    }

    private static double[] numbers(int length, java.util.function.IntToDoubleFunction each) {
      return IntStream.range(0, length).mapToDouble(each).toArray();
    }

    private static double prediction(Prediction kind, int i, Random random) {
      return switch (kind) {
        case AMOUNT, PROBABILITY, DISTRIBUTION -> 0.05 + 0.9 * random.nextDouble();
        case BOX -> corner(i, random);
        default -> 2 * random.nextGaussian();
      };
    }

    private static double target(Target kind, int i, Random random) {
      return switch (kind) {
        case AMOUNT -> random.nextInt(4);
        case PROBABILITY, DISTRIBUTION -> random.nextDouble();
        case SIGN, SIDE, GROUP -> random.nextInt(2);
        case LABEL -> random.nextInt(3);
        case SEQUENCE -> i % 4 == 0 ? 1 + i / 4 % 2 : 0; // a label at every fourth step
        case BOX -> corner(i, random);
        default -> 2 * random.nextGaussian();
      };
    }

    /** The second corner lies beyond the first. */
    private static double corner(int i, Random random) {
      return (i % 4 < 2 ? 0 : 1) + random.nextDouble();
    }

    private static void sumToOne(double[] flat, int columns, boolean isDistribution) {
      for (int from = 0; isDistribution && from < flat.length; from += columns) {
        double sum = Arrays.stream(flat, from, from + columns).sum();
        for (int i = from; i < from + columns; i++) {
          flat[i] /= sum;
        }
      }
    }
  }
}
